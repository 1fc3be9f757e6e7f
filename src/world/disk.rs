//! Calls of programs on the machine's files.

use crate::machine::{Disk, DiskError, FileId, OpenFlags};
use crate::python::module::HOME;
use crate::python::trap::DiskRequest;
use crate::python::value::Value;
use crate::time::Time;

use super::run::Run;
use super::scenario::SourceFile;

/// A disk with the scenario's files in the folder where its programs run.
pub(super) fn disk_with(files: &[SourceFile]) -> Disk {
    let mut disk = Disk::new(&[HOME, "/tmp", "/dev"]);
    disk.add_sink("/dev/null");
    let flags = OpenFlags { create: true, write: true, ..OpenFlags::default() };
    for SourceFile { name, text, .. } in files {
        let path = format!("{HOME}/{name}");
        let mut folder = HOME.len();
        while let Some(i) = path[folder + 1..].find('/') {
            folder += 1 + i;
            let _ = disk.make_folder(&path[..folder], Time::ZERO);
        }
        let written = disk.open(&path, flags, Time::ZERO);
        let _ = written.and_then(|file| disk.write(file, Some(0), text.as_bytes(), Time::ZERO));
    }
    disk
}

impl Run {
    /// What a call on files answers; the negative `errno` of one that fails.
    pub(super) fn disk_call(&mut self, request: DiskRequest) -> Value {
        let answer = self.try_disk_call(request);
        answer.unwrap_or_else(|error| Value::Int(-(error as i64)))
    }

    fn try_disk_call(&mut self, request: DiskRequest) -> Result<Value, DiskError> {
        let now = self.kernel.now();
        let disk = &mut self.disk;
        let stat = |stat: crate::machine::Stat| {
            let numbers = [stat.id.0 as i64, stat.is_folder as i64, stat.size as i64, stat.changed.0 as i64];
            Value::tuple(numbers.map(Value::Int))
        };
        Ok(match request {
            DiskRequest::Open { path, flags } => {
                let has = |flag| flags.contains(flag);
                let flags = OpenFlags { create: has('c'), exclusive: has('x'), truncate: has('t'), write: has('w') };
                Value::Int(disk.open(&path, flags, now)?.0 as i64)
            }
            DiskRequest::Read { file, at, max } => Value::bytes(disk.read(FileId(file), at, max)?),
            DiskRequest::Write { file, at, data } => Value::from(disk.write(FileId(file), at, &data, now)?),
            DiskRequest::Truncate { file, size } => {
                disk.truncate(FileId(file), size, now)?;
                Value::None
            }
            DiskRequest::Stat(path) => stat(disk.stat(&path)?),
            DiskRequest::StatOf(file) => stat(disk.stat_of(FileId(file))?),
            DiskRequest::Remove(path) => {
                disk.remove(&path)?;
                Value::None
            }
            DiskRequest::MakeFolder(path) => {
                disk.make_folder(&path, now)?;
                Value::None
            }
            DiskRequest::RemoveFolder(path) => {
                disk.remove_folder(&path)?;
                Value::None
            }
            DiskRequest::List(path) => Value::list(disk.list(&path)?.iter().map(|name| Value::str(name)).collect()),
            DiskRequest::Rename(from, to) => {
                disk.rename(&from, &to)?;
                Value::None
            }
        })
    }
}
