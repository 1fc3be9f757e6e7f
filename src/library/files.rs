//! Where the library's Python lies: compiled into the program, and read from the source tree in a development build,
//! where a change of a library file needs no new build.

#[cfg(any(target_arch = "wasm32", not(debug_assertions)))]
mod place {
    use include_dir::{Dir, include_dir};

    static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/library/lib");

    pub fn read(path: &str) -> Option<String> {
        FILES.get_file(path)?.contents_utf8().map(str::to_string)
    }

    pub fn paths() -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![&FILES];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            found.extend(folder.files().map(|file| file.path().to_string_lossy().into_owned()));
        }
        found
    }
}

#[cfg(all(debug_assertions, not(target_arch = "wasm32")))]
mod place {
    use std::fs;
    use std::path::{Path, PathBuf};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/library/lib")
    }

    pub fn read(path: &str) -> Option<String> {
        fs::read_to_string(root().join(path)).ok()
    }

    pub fn paths() -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![root()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                match path.strip_prefix(root()) {
                    _ if path.is_dir() => folders.push(path),
                    Ok(inside) => found.push(inside.to_string_lossy().into_owned()),
                    Err(_) => {}
                }
            }
        }
        found
    }
}

/// The paths of all files, relative to the library's folder, in no particular order.
pub use place::paths;
/// The text of a file by its path relative to the library's folder.
pub use place::read;
