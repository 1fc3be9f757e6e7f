//! `_disk`: the files of the simulated machine. A call that fails answers with the negative `errno`.

use std::rc::Rc;

use super::{add_functions, bytes, int, optional, required, text, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::{DiskRequest, Trap};
use crate::python::vm::{R, Vm};

/// Calls by path, and by the number of an open file.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("open", |vm, args| {
                let (path, flags) = (text(vm, args, 0, "path")?, text(vm, args, 1, "flags")?);
                ask(DiskRequest::Open { path, flags })
            }),
            ("read", |vm, args| {
                let (file, at, max) = (file(vm, args)?, size(vm, args, 1)?, size(vm, args, 2)?);
                ask(DiskRequest::Read { file, at, max })
            }),
            ("write", |vm, args| {
                let at = match optional(args, 1, "at") {
                    Some(_) => Some(size(vm, args, 1)?),
                    None => None,
                };
                let file = file(vm, args)?;
                let data = required(vm, args, 2, "data")?;
                let data = bytes(vm, data)?;
                ask(DiskRequest::Write { file, at, data })
            }),
            ("truncate", |vm, args| {
                let (file, size) = (file(vm, args)?, size(vm, args, 1)?);
                ask(DiskRequest::Truncate { file, size })
            }),
            ("stat", |vm, args| ask(DiskRequest::Stat(text(vm, args, 0, "path")?))),
            ("stat_of", |vm, args| ask(DiskRequest::StatOf(file(vm, args)?))),
            ("remove", |vm, args| ask(DiskRequest::Remove(text(vm, args, 0, "path")?))),
            ("make_folder", |vm, args| ask(DiskRequest::MakeFolder(text(vm, args, 0, "path")?))),
            ("remove_folder", |vm, args| ask(DiskRequest::RemoveFolder(text(vm, args, 0, "path")?))),
            ("list", |vm, args| ask(DiskRequest::List(text(vm, args, 0, "path")?))),
            ("rename", |vm, args| {
                let (from, to) = (text(vm, args, 0, "from")?, text(vm, args, 1, "to")?);
                ask(DiskRequest::Rename(from, to))
            }),
        ],
    );
}

fn ask(request: DiskRequest) -> R {
    trap(Trap::Disk(request))
}

fn file(vm: &mut Vm, args: &Args) -> R<u32> {
    Ok(int(vm, args, 0, "file")?.clamp(0, u32::MAX as i64) as u32)
}

/// A number of bytes; what is past 4 GiB counts as 4 GiB, on hosts of 32 bits too.
fn size(vm: &mut Vm, args: &Args, i: usize) -> R<usize> {
    Ok(int(vm, args, i, "size")?.clamp(0, u32::MAX as i64) as usize)
}
