//! `_socket` and `_select`: the simulated loopback network.

use std::rc::Rc;

use super::{add_functions, bytes, float, int, optional, required, text, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::{SocketRequest, Trap};
use crate::python::vm::{ErrorKind, R, Vm};
use crate::time::Duration;

/// Sockets by descriptor.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("open_stream", |_, _| ask(SocketRequest::OpenStream)),
            ("bind", |vm, args| ask(SocketRequest::Bind(fd(vm, args)?, port(vm, args)?))),
            ("listen", |vm, args| {
                let backlog = int(vm, args, 1, "backlog")?.clamp(0, u32::MAX as i64) as u32;
                ask(SocketRequest::Listen(fd(vm, args)?, backlog))
            }),
            ("connect", |vm, args| ask(SocketRequest::Connect(fd(vm, args)?, port(vm, args)?))),
            ("error_of", |vm, args| ask(SocketRequest::ErrorOf(fd(vm, args)?))),
            ("accept", |vm, args| ask(SocketRequest::Accept(fd(vm, args)?))),
            ("send", |vm, args| {
                let fd = fd(vm, args)?;
                let data = required(vm, args, 1, "data")?;
                let data = bytes(vm, data)?;
                ask(SocketRequest::Send(fd, data))
            }),
            ("recv", |vm, args| {
                let fd = fd(vm, args)?;
                let n = int(vm, args, 1, "n")?;
                if n < 0 {
                    return vm.value_error("negative buffersize in recv");
                }
                ask(SocketRequest::Recv(fd, n as usize))
            }),
            ("open_datagrams", |_, _| ask(SocketRequest::OpenDatagrams)),
            ("bind_datagrams", |vm, args| ask(SocketRequest::BindDatagrams(fd(vm, args)?, port(vm, args)?))),
            ("connect_datagrams", |vm, args| ask(SocketRequest::ConnectDatagrams(fd(vm, args)?, port(vm, args)?))),
            ("send_to", |vm, args| {
                let fd = fd(vm, args)?;
                let message = required(vm, args, 1, "data")?;
                let message = bytes(vm, message)?;
                let port = match optional(args, 2, "port") {
                    Some(_) => Some(port_at(vm, args, 2)?),
                    None => None,
                };
                ask(SocketRequest::SendTo(fd, message, port))
            }),
            ("recv_from", |vm, args| {
                let fd = fd(vm, args)?;
                let n = int(vm, args, 1, "n")?;
                if n < 0 {
                    return vm.value_error("negative buffersize in recvfrom");
                }
                ask(SocketRequest::RecvFrom(fd, n as usize))
            }),
            ("no_delay", |vm, args| ask(SocketRequest::NoDelay(fd(vm, args)?))),
            ("shutdown", |vm, args| ask(SocketRequest::Shutdown(fd(vm, args)?))),
            ("close", |vm, args| ask(SocketRequest::Close(fd(vm, args)?))),
            ("pair", |_, _| ask(SocketRequest::Pair)),
            ("name_of", |vm, args| ask(SocketRequest::NameOf(fd(vm, args)?))),
            ("peer_of", |vm, args| ask(SocketRequest::PeerOf(fd(vm, args)?))),
            ("wait", |vm, args| {
                let fd = fd(vm, args)?;
                let write = required(vm, args, 1, "write")?;
                let write = vm.truth(write)?;
                let timeout = match optional(args, 2, "timeout") {
                    Some(seconds) => Some(Duration::from_secs(float(vm, seconds)?.max(0.0))),
                    None => None,
                };
                ask(SocketRequest::Wait { fd, write, timeout })
            }),
            ("resolve", |vm, args| ask(SocketRequest::Resolve(text(vm, args, 0, "host")?))),
        ],
    );
}

/// Pollers, which are epoll's.
pub fn fill_select(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("new", |_, _| ask(SocketRequest::NewPoller)),
            ("set", |vm, args| {
                let (poller, fd) = (fd(vm, args)?, int(vm, args, 1, "fd")? as i32);
                let mask = int(vm, args, 2, "mask")? as u8 & 3;
                ask(SocketRequest::SetInterest { poller, fd, mask })
            }),
            ("wait", |vm, args| {
                let poller = fd(vm, args)?;
                let timeout = match optional(args, 1, "timeout") {
                    Some(seconds) => Some(whole_millis(float(vm, seconds)?)),
                    None => None,
                };
                ask(SocketRequest::Poll { poller, timeout })
            }),
            ("close", |vm, args| ask(SocketRequest::ClosePoller(fd(vm, args)?))),
        ],
    );
}

/// epoll's timeouts are whole milliseconds, rounded up (S-OS-08).
fn whole_millis(seconds: f64) -> Duration {
    Duration::millis(libm::ceil(seconds.max(0.0) * 1e3) as u64)
}

fn ask(request: SocketRequest) -> R {
    trap(Trap::Socket(request))
}

fn fd(vm: &mut Vm, args: &Args) -> R<i32> {
    Ok(int(vm, args, 0, "fd")? as i32)
}

fn port(vm: &mut Vm, args: &Args) -> R<u16> {
    port_at(vm, args, 1)
}

fn port_at(vm: &mut Vm, args: &Args, place: usize) -> R<u16> {
    let port = int(vm, args, place, "port")?;
    u16::try_from(port).map_err(|_| vm.error(ErrorKind::Overflow, "port must be 0-65535."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_rounded_up_to_whole_milliseconds_and_never_negative() {
        assert_eq!(whole_millis(0.0051), Duration::millis(6));
        assert_eq!(whole_millis(0.0001), Duration::millis(1));
        assert_eq!(whole_millis(0.0), Duration::ZERO);
        assert_eq!(whole_millis(-3.0), Duration::ZERO);
    }
}
