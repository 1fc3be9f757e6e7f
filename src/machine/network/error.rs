//! Why calls on sockets fail.

use std::fmt;

/// Why a call on a socket failed; the name of the C error is in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetworkError {
    /// There is nothing to read, nobody to accept or no room to write (`EAGAIN`).
    WouldBlock,
    /// The connection is being made already (`EALREADY`).
    Already,
    /// The socket is connected already (`EISCONN`).
    IsConnected,
    /// Nobody listens at the port (`ECONNREFUSED`).
    Refused,
    /// The other side has closed with bytes of ours unread (`ECONNRESET`).
    Reset,
    /// This side can no longer send (`EPIPE`).
    BrokenPipe,
    /// No attempt to connect was answered (`ETIMEDOUT`).
    TimedOut,
    /// The port is taken (`EADDRINUSE`).
    AddressInUse,
    /// The socket is not connected (`ENOTCONN`).
    NotConnected,
    /// The socket is in another condition than the call needs (`EINVAL`).
    Invalid,
    /// The process has no such descriptor (`EBADF`).
    BadDescriptor,
    /// A message without an address, from a socket that is not connected (`EDESTADDRREQ`).
    NoDestination,
    /// A message that fits into no packet (`EMSGSIZE`).
    MessageTooLong,
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NetworkError::WouldBlock => "resource temporarily unavailable",
            NetworkError::Already => "operation already in progress",
            NetworkError::IsConnected => "transport endpoint is already connected",
            NetworkError::Refused => "connection refused",
            NetworkError::Reset => "connection reset by peer",
            NetworkError::BrokenPipe => "broken pipe",
            NetworkError::TimedOut => "connection timed out",
            NetworkError::AddressInUse => "address already in use",
            NetworkError::NotConnected => "transport endpoint is not connected",
            NetworkError::Invalid => "invalid argument",
            NetworkError::BadDescriptor => "bad file descriptor",
            NetworkError::NoDestination => "destination address required",
            NetworkError::MessageTooLong => "message too long",
        })
    }
}
