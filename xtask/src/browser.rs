//! The browser that the tests drive: Debian's Chromium and its driver.

use std::path::PathBuf;

use crate::process::{command, on_path, run};

/// Where the browser and its driver are.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// The program through which wasm-bindgen's test runner speaks to it.
    pub driver: PathBuf,
}

impl Browser {
    /// Finds the browser; installs it where this user may.
    pub fn ready() -> Result<Browser, String> {
        if let Some(browser) = Browser::found() {
            return Ok(browser);
        }
        let packages = ["chromium", "chromium-driver"];
        let missing =
            format!("the tests need {}: run `apt-get install {}` as root", packages.join(" and "), packages.join(" "));
        if !is_root() || on_path("apt-get").is_none() {
            return Err(missing);
        }
        println!("installing {} …", packages.join(" and "));
        let apt = |args: &[&str]| run(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"));
        apt(&["update", "-qq"])?;
        apt(&["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"])?;
        Browser::found().ok_or(missing)
    }

    fn found() -> Option<Browser> {
        let named = |names: &[&str]| names.iter().find_map(|name| on_path(name));
        Some(Browser {
            chromium: named(&["chromium", "chromium-browser", "google-chrome"])?,
            driver: named(&["chromedriver", "chromium.chromedriver"])?,
        })
    }
}

fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}
