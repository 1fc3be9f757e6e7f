//! The recorded runs of the page's scenarios: what it shows of each before the simulator is there.
//!
//! They are made by the command line, by the same simulator from the same texts, so that the page's own run is the same.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{cargo, command, root, run};

/// Fills the folder that Trunk is building.
pub fn make_for_trunk() -> Result<(), String> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").ok_or("this is Trunk's: write `cargo xtask record FOLDER`")?;
    make(&Path::new(&staging).join("recorded"))
}

/// Records every scenario into a file of its name.
pub fn make(folder: &Path) -> Result<(), String> {
    run(&mut cargo(&["build", "--quiet", "--bin", "coroscope"]))?;
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for scenario in scenarios()? {
        let name = scenario.file_stem().unwrap_or_default();
        let output = folder.join(name).with_extension("run");
        run(command(target().join("debug/coroscope"), &["record"]).arg(&scenario).arg("-o").arg(output))?;
    }
    Ok(())
}

/// The texts of the scenarios, in order.
fn scenarios() -> Result<Vec<PathBuf>, String> {
    let folder = root().join("static/scenarios");
    let files = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten();
    let mut found: Vec<PathBuf> = files.map(|file| file.path()).collect();
    found.retain(|path| path.extension() == Some("py".as_ref()));
    found.sort();
    Ok(found)
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
