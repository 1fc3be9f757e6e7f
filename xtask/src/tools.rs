//! The tools that build the page: installed when they are missing, at the versions named here.
//!
//! They live in `$COROSCOPE_TOOLS`, else `~/.cache/coroscope/tools`, so that a new clone and `cargo clean` keep them.
//! Trunk and wasm-bindgen are compiled here from their published sources; with optimisation they would take three
//! times as long to install and save a second a build (measured on two cores: 4 + 2 minutes).

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::process::{cargo, command, on_path, output, run};

const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Must be the version of the crate `wasm-bindgen` in Cargo.toml, to the last number.
const WASM_BINDGEN: &str = "0.2.126";
/// The npm package that holds wasm-opt.
const BINARYEN: &str = "132.0.0";

/// Where the tools are.
pub struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// Makes sure that everything is there that builds the page.
    pub fn ready() -> Result<Tools, String> {
        let tools = Tools { folder: folder()? };
        fs::create_dir_all(&tools.folder).map_err(|e| format!("{}: {e}", tools.folder.display()))?;
        tools.target()?;
        tools.crate_from_source("trunk", TRUNK, &["trunk"], "0")?;
        tools.crate_from_source(
            "wasm-bindgen-cli",
            WASM_BINDGEN,
            &["wasm-bindgen", "wasm-bindgen-test-runner"],
            "1",
        )?;
        tools.binaryen()?;
        Ok(tools)
    }

    /// A tool of the cache by name.
    pub fn bin(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    /// PATH with the tools in front.
    pub fn path(&self) -> OsString {
        let mut folders = vec![self.folder.join("bin"), self.npm().join("node_modules/.bin")];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        std::env::join_paths(folders).expect("a folder of PATH holds no colon")
    }

    fn npm(&self) -> PathBuf {
        self.folder.join(format!("binaryen-{BINARYEN}"))
    }

    fn target(&self) -> Result<(), String> {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let sysroot = output(&mut command(&rustc, &["--print", "sysroot"]))?;
        if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
            return Ok(());
        }
        if on_path("rustup").is_none() {
            return Err(format!(
                "this Rust cannot compile for {TARGET}, and there is no rustup to add it: install rustup"
            ));
        }
        announced(&format!("the Rust target {TARGET}"), || run(&mut command("rustup", &["target", "add", TARGET])))
    }

    fn crate_from_source(&self, name: &str, version: &str, bins: &[&str], opt_level: &str) -> Result<(), String> {
        if bins.iter().all(|bin| has_version(&self.bin(bin), version)) {
            return Ok(());
        }
        announced(&format!("{name} {version} (compiled here, some minutes)"), || {
            let build = self.folder.join("build");
            let mut install = cargo(&["install", "--locked", "--force", "--no-default-features", "--version", version]);
            for bin in bins {
                install.args(["--bin", bin]);
            }
            // Time to install counts, not speed: no optimisation to speak of, no link-time work, no debug information.
            for setting in [
                &*format!("opt-level={opt_level}"),
                "codegen-units=256",
                "lto=\"off\"",
                "debug=false",
                "strip=true",
                "panic=\"unwind\"",
            ] {
                install.arg("--config").arg(format!("profile.release.{setting}"));
            }
            install.arg("--root").arg(&self.folder).arg(name);
            // Settings for the crate's own build must not leak into the tools'.
            install.env("CARGO_TARGET_DIR", &build).env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
            run(&mut install)?;
            fs::remove_dir_all(&build).map_err(|e| format!("{}: {e}", build.display()))
        })
    }

    fn binaryen(&self) -> Result<(), String> {
        let place = self.npm();
        if place.join("node_modules/.bin/wasm-opt").exists() {
            return Ok(());
        }
        if on_path("npm").is_none() {
            return Err("there is no npm: install Node.js 18 or later (on Debian: apt-get install nodejs npm)".into());
        }
        announced(&format!("wasm-opt (binaryen {BINARYEN})"), || {
            fs::create_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
            let package = format!("binaryen@{BINARYEN}");
            let mut install = command("npm", &["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
            run(install.arg("--prefix").arg(&place).arg(package))
        })
    }
}

fn folder() -> Result<PathBuf, String> {
    if let Some(folder) = std::env::var_os("COROSCOPE_TOOLS") {
        return Ok(folder.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    Ok(cache.ok_or("there is no home folder: set COROSCOPE_TOOLS to where the tools shall be")?.join("coroscope/tools"))
}

fn has_version(bin: &Path, version: &str) -> bool {
    let shown = Command::new(bin).arg("--version").output();
    shown.is_ok_and(|shown| String::from_utf8_lossy(&shown.stdout).split_whitespace().any(|word| word == version))
}

fn announced(what: &str, install: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    println!("installing {what} …");
    let start = Instant::now();
    install()?;
    println!("installed {what} in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_and_the_crate_wasm_bindgen_are_one_version() {
        let manifest = fs::read_to_string(crate::process::root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={WASM_BINDGEN}\"")));
    }
}
