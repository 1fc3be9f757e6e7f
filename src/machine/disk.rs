//! The files of the machine, in memory: one tree that all its processes share.
//!
//! Paths are absolute and normal: `/home/user/notes.txt`. A file stays readable for those who have it open after it was
//! removed, as on every Unix.

use std::collections::BTreeMap;

use crate::time::Time;

/// Number of a file or folder; never used twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// Why a call on files failed; the numbers are Linux's `errno`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DiskError {
    /// No such file or directory.
    NotFound = 2,
    /// Bad file descriptor.
    BadFile = 9,
    /// File exists.
    Exists = 17,
    /// Not a directory.
    NotAFolder = 20,
    /// Is a directory.
    IsAFolder = 21,
    /// Invalid argument.
    Invalid = 22,
    /// No space left on device.
    Full = 28,
    /// Directory not empty.
    NotEmpty = 39,
}

/// How to open a file.
#[derive(Clone, Copy, Default, Debug)]
pub struct OpenFlags {
    /// Make it where it does not exist.
    pub create: bool,
    /// It must not exist.
    pub exclusive: bool,
    /// Empty it.
    pub truncate: bool,
    /// It will be written, so it must not be a folder.
    pub write: bool,
}

/// What `stat` tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stat {
    /// Which.
    pub id: FileId,
    /// A folder, not a file.
    pub is_folder: bool,
    /// Bytes.
    pub size: usize,
    /// Last change.
    pub changed: Time,
}

struct Node {
    /// `None`: a folder.
    bytes: Option<Vec<u8>>,
    /// Keeps nothing of what is written (`/dev/null`).
    is_sink: bool,
    changed: Time,
}

/// The tree.
pub struct Disk {
    nodes: Vec<Node>,
    /// Every path that exists; a folder's children follow it, in order of name.
    paths: BTreeMap<String, FileId>,
    /// Bytes in all files, removed ones included.
    used: usize,
}

/// What all files together may hold [bytes].
const CAPACITY: usize = 64 << 20;

impl Disk {
    /// A disk with these folders, their parents included, and nothing else.
    pub fn new(folders: &[&str]) -> Disk {
        let mut disk = Disk { nodes: Vec::new(), paths: BTreeMap::new(), used: 0 };
        disk.add("/", None, Time::ZERO);
        for folder in folders {
            let ends = folder.match_indices('/').skip(1).map(|(i, _)| i).chain([folder.len()]);
            for end in ends {
                if !disk.paths.contains_key(&folder[..end]) {
                    disk.add(&folder[..end], None, Time::ZERO);
                }
            }
        }
        disk
    }

    /// Puts a file there that is always empty and takes everything.
    pub fn add_sink(&mut self, path: &str) {
        let id = self.add(path, Some(Vec::new()), Time::ZERO);
        self.nodes[id.0 as usize].is_sink = true;
    }

    fn is_sink(&self, file: FileId) -> bool {
        self.nodes.get(file.0 as usize).is_some_and(|node| node.is_sink)
    }

    fn add(&mut self, path: &str, bytes: Option<Vec<u8>>, now: Time) -> FileId {
        let id = FileId(self.nodes.len() as u32);
        self.nodes.push(Node { bytes, is_sink: false, changed: now });
        self.paths.insert(path.to_string(), id);
        id
    }

    fn find(&self, path: &str) -> Result<FileId, DiskError> {
        if let Some(id) = self.paths.get(path) {
            return Ok(*id);
        }
        // `/a/b/c` where `/a` is a file is another mistake than where it is not there.
        let mut parent = parent(path);
        while parent.len() > 1 && !self.paths.contains_key(parent) {
            parent = self::parent(parent);
        }
        let is_folder = self.paths.get(parent).is_some_and(|id| self.nodes[id.0 as usize].bytes.is_none());
        Err(if is_folder { DiskError::NotFound } else { DiskError::NotAFolder })
    }

    fn folder(&self, path: &str) -> Result<FileId, DiskError> {
        let id = self.find(path)?;
        if self.nodes[id.0 as usize].bytes.is_some() { Err(DiskError::NotAFolder) } else { Ok(id) }
    }

    fn bytes(&mut self, file: FileId) -> Result<&mut Vec<u8>, DiskError> {
        let node = self.nodes.get_mut(file.0 as usize).ok_or(DiskError::BadFile)?;
        node.bytes.as_mut().ok_or(DiskError::IsAFolder)
    }

    /// The file at a path, made or emptied as the flags say.
    pub fn open(&mut self, path: &str, flags: OpenFlags, now: Time) -> Result<FileId, DiskError> {
        match self.find(path) {
            Ok(_) if flags.exclusive => Err(DiskError::Exists),
            Ok(id) => {
                if self.nodes[id.0 as usize].bytes.is_none() {
                    return Err(DiskError::IsAFolder);
                }
                if flags.truncate {
                    self.truncate(id, 0, now)?;
                }
                Ok(id)
            }
            Err(DiskError::NotFound) if flags.create => {
                self.folder(parent(path))?;
                Ok(self.add(path, Some(Vec::new()), now))
            }
            Err(error) => Err(error),
        }
    }

    /// At most so many bytes from a place on; none at the end.
    pub fn read(&mut self, file: FileId, at: usize, max: usize) -> Result<Vec<u8>, DiskError> {
        let bytes = self.bytes(file)?;
        let rest = &bytes[at.min(bytes.len())..];
        Ok(rest[..max.min(rest.len())].to_vec())
    }

    /// Writes at a place, or with `None` at the end; a gap is filled with zeros. Where the writing ended.
    pub fn write(&mut self, file: FileId, at: Option<usize>, data: &[u8], now: Time) -> Result<usize, DiskError> {
        let used = self.used;
        if self.is_sink(file) {
            return Ok(at.unwrap_or(0).saturating_add(data.len()));
        }
        let bytes = self.bytes(file)?;
        let at = at.unwrap_or(bytes.len());
        let end = at.checked_add(data.len()).ok_or(DiskError::Full)?;
        let grown = end.saturating_sub(bytes.len());
        if used.saturating_add(grown) > CAPACITY {
            return Err(DiskError::Full);
        }
        if end > bytes.len() {
            bytes.resize(end, 0);
        }
        bytes[at..end].copy_from_slice(data);
        self.used += grown;
        self.nodes[file.0 as usize].changed = now;
        Ok(end)
    }

    /// Cuts a file to a size, or fills it up with zeros.
    pub fn truncate(&mut self, file: FileId, size: usize, now: Time) -> Result<(), DiskError> {
        let used = self.used;
        if self.is_sink(file) {
            return Ok(());
        }
        let bytes = self.bytes(file)?;
        let used = used - bytes.len() + size;
        if used > CAPACITY {
            return Err(DiskError::Full);
        }
        bytes.resize(size, 0);
        self.used = used;
        self.nodes[file.0 as usize].changed = now;
        Ok(())
    }

    /// What is at a path.
    pub fn stat(&self, path: &str) -> Result<Stat, DiskError> {
        self.stat_of(self.find(path)?)
    }

    /// What an open file is.
    pub fn stat_of(&self, id: FileId) -> Result<Stat, DiskError> {
        let node = self.nodes.get(id.0 as usize).ok_or(DiskError::BadFile)?;
        let size = node.bytes.as_ref().map_or(4096, Vec::len);
        Ok(Stat { id, is_folder: node.bytes.is_none(), size, changed: node.changed })
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) -> Result<(), DiskError> {
        let id = self.find(path)?;
        if self.nodes[id.0 as usize].bytes.is_none() {
            return Err(DiskError::IsAFolder);
        }
        self.paths.remove(path);
        Ok(())
    }

    /// Makes a folder in one that exists.
    pub fn make_folder(&mut self, path: &str, now: Time) -> Result<(), DiskError> {
        match self.find(path) {
            Ok(_) => Err(DiskError::Exists),
            Err(DiskError::NotFound) => {
                self.folder(parent(path))?;
                self.add(path, None, now);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Removes an empty folder.
    pub fn remove_folder(&mut self, path: &str) -> Result<(), DiskError> {
        self.folder(path)?;
        if !self.list(path)?.is_empty() {
            return Err(DiskError::NotEmpty);
        }
        self.paths.remove(path);
        Ok(())
    }

    /// The names in a folder, in order.
    pub fn list(&self, path: &str) -> Result<Vec<String>, DiskError> {
        self.folder(path)?;
        let inside = inside(path);
        let below = self.paths.range(inside.clone()..).take_while(|(path, _)| path.starts_with(&inside));
        let names = below.map(|(path, _)| &path[inside.len()..]);
        Ok(names.filter(|name| !name.is_empty() && !name.contains('/')).map(str::to_string).collect())
    }

    /// Gives a file or folder another path; a file that is there is replaced.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), DiskError> {
        let id = self.find(from)?;
        self.folder(parent(to))?;
        let is_folder = self.nodes[id.0 as usize].bytes.is_none();
        if from == to {
            return Ok(());
        }
        if is_folder && to.starts_with(&inside(from)) {
            return Err(DiskError::Invalid);
        }
        match self.stat(to) {
            Ok(there) if there.is_folder && !is_folder => return Err(DiskError::IsAFolder),
            Ok(there) if !there.is_folder && is_folder => return Err(DiskError::NotAFolder),
            Ok(there) if there.is_folder && !self.list(to)?.is_empty() => return Err(DiskError::NotEmpty),
            _ => {}
        }
        let below = inside(from);
        let moved = self.paths.extract_if(.., |path, _| path == from || path.starts_with(&below));
        let moved: Vec<(String, FileId)> = moved.collect();
        for (path, id) in moved {
            self.paths.insert(format!("{to}{}", &path[from.len()..]), id);
        }
        Ok(())
    }
}

fn parent(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(i) => &path[..i],
    }
}

/// What the paths of everything in a folder begin with.
fn inside(folder: &str) -> String {
    if folder == "/" { "/".into() } else { format!("{folder}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAKE: OpenFlags = OpenFlags { create: true, exclusive: false, truncate: false, write: true };

    fn disk() -> Disk {
        Disk::new(&["/home/user", "/tmp"])
    }

    #[test]
    fn what_is_written_can_be_read_and_a_gap_is_zeros() {
        let mut disk = disk();
        let file = disk.open("/tmp/a", MAKE, Time(1)).unwrap();
        assert_eq!(disk.write(file, None, b"ab", Time(2)), Ok(2));
        assert_eq!(disk.write(file, Some(4), b"c", Time(3)), Ok(5));
        assert_eq!(disk.read(file, 1, 9).unwrap(), b"b\0\0c");
        assert_eq!(disk.stat("/tmp/a").unwrap(), Stat { id: file, is_folder: false, size: 5, changed: Time(3) });
    }

    #[test]
    fn a_removed_file_stays_with_those_who_have_it_open() {
        let mut disk = disk();
        let file = disk.open("/tmp/a", MAKE, Time(1)).unwrap();
        disk.write(file, None, b"x", Time(1)).unwrap();
        disk.remove("/tmp/a").unwrap();
        assert_eq!(disk.stat("/tmp/a"), Err(DiskError::NotFound));
        assert_eq!(disk.read(file, 0, 9).unwrap(), b"x");
    }

    #[test]
    fn a_folder_lists_its_own_names_alone() {
        let mut disk = disk();
        disk.make_folder("/tmp/b", Time(1)).unwrap();
        disk.open("/tmp/b/deep", MAKE, Time(1)).unwrap();
        disk.open("/tmp/a", MAKE, Time(1)).unwrap();
        assert_eq!(disk.list("/tmp").unwrap(), ["a", "b"]);
        assert_eq!(disk.list("/").unwrap(), ["home", "tmp"]);
        assert_eq!(disk.remove_folder("/tmp/b"), Err(DiskError::NotEmpty));
    }

    #[test]
    fn each_mistake_has_its_errno() {
        let mut disk = disk();
        disk.open("/tmp/a", MAKE, Time(1)).unwrap();
        let flags = OpenFlags::default();
        assert_eq!(disk.open("/tmp/none", flags, Time(1)), Err(DiskError::NotFound));
        assert_eq!(disk.open("/tmp/a/b", MAKE, Time(1)), Err(DiskError::NotAFolder));
        assert_eq!(disk.open("/nowhere/b", MAKE, Time(1)), Err(DiskError::NotFound));
        assert_eq!(disk.open("/tmp", MAKE, Time(1)), Err(DiskError::IsAFolder));
        assert_eq!(disk.open("/tmp/a", OpenFlags { exclusive: true, ..MAKE }, Time(1)), Err(DiskError::Exists));
        assert_eq!(disk.make_folder("/tmp", Time(1)), Err(DiskError::Exists));
        assert_eq!(disk.write(FileId(99), None, b"", Time(1)), Err(DiskError::BadFile));
    }

    #[test]
    fn a_renamed_folder_takes_along_what_is_in_it() {
        let mut disk = disk();
        disk.make_folder("/tmp/b", Time(1)).unwrap();
        let file = disk.open("/tmp/b/x", MAKE, Time(1)).unwrap();
        disk.rename("/tmp/b", "/home/user/c").unwrap();
        assert_eq!(disk.stat("/home/user/c/x").unwrap().id, file);
        assert_eq!(disk.stat("/tmp/b/x"), Err(DiskError::NotFound));
        assert_eq!(disk.rename("/home", "/home/user/d"), Err(DiskError::Invalid));
    }

    #[test]
    fn the_disk_is_full_before_the_hosts_memory_is() {
        let mut disk = disk();
        let file = disk.open("/tmp/a", MAKE, Time(1)).unwrap();
        assert_eq!(disk.write(file, Some(usize::MAX), b"x", Time(1)), Err(DiskError::Full));
        assert_eq!(disk.truncate(file, CAPACITY + 1, Time(1)), Err(DiskError::Full));
    }
}
