//! The benchmarks of the built page: `cargo xtask bench page` runs every script of `benches/web/`.

use std::fs;

use crate::browser::Browser;
use crate::process::{command, root, run};
use crate::server::Server;
use crate::{page, test};

/// Builds the page, serves it and runs the scripts.
pub fn run_all() -> Result<(), String> {
    let built = page::build("target/page")?;
    let browser = Browser::ready()?;
    test::install_web_packages()?;
    let folder = root().join("benches/web");
    let files = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten();
    let mut scripts: Vec<_> =
        files.map(|file| file.path()).filter(|path| path.extension() == Some("mjs".as_ref())).collect();
    scripts.sort();
    let server = Server::bind(0, "/", built)?;
    let address = server.address();
    std::thread::spawn(move || server.run());
    for script in scripts {
        let mut bench = command("node", &[]);
        run(bench.arg(&script).env("CHROMIUM", &browser.chromium).env("PAGE", &address))?;
    }
    Ok(())
}
