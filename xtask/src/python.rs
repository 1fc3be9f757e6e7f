//! Python's speed natively and in a page: `cargo xtask bench python`.
//!
//! The bench target `python` is compiled like the page – the same profile, wasm-bindgen, the same level of wasm-opt –
//! and put beside Pyodide, whose npm package brings its own wasm.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::browser::Browser;
use crate::process::{cargo, command, output, root, run};
use crate::server::Server;
use crate::tools::Tools;

/// Runs the programs whose names contain one of the words, or all, beside CPython and beside Pyodide.
pub fn run_both(words: &[&str]) -> Result<(), String> {
    run(cargo(&["bench", "--bench", "python", "--"]).args(words))?;
    let (tools, browser) = (Tools::ready()?, Browser::ready()?);
    let scripts = root().join("benches/python");
    let npm = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    run(command("npm", &npm).current_dir(&scripts))?;
    let site = root().join("target/bench-python");
    build(&tools, &site)?;
    for file in ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"] {
        copy(&scripts.join("node_modules/pyodide").join(file), &site.join(file))?;
    }
    fs::write(site.join("index.html"), "<!doctype html><title>Python in a page</title>").map_err(|e| e.to_string())?;
    let server = Server::bind(0, "/", site)?;
    let mut bench = command("node", &["browser.mjs"]);
    bench.args(words).current_dir(scripts).env("CHROMIUM", &browser.chromium).env("PAGE", server.address());
    thread::spawn(move || server.run());
    run(&mut bench)
}

/// Compiles the bench target as Trunk compiles the page.
fn build(tools: &Tools, site: &Path) -> Result<(), String> {
    let mut build = cargo(&["build", "--release", "--bench", "python", "--target", "wasm32-unknown-unknown"]);
    let built = output(build.arg("--message-format=json-render-diagnostics"))?;
    let wasm = built
        .lines()
        .filter(|line| line.contains("\"name\":\"python\""))
        .find_map(|line| line.split("\"executable\":\"").nth(1)?.split('"').next().map(PathBuf::from))
        .ok_or("cargo does not say where it put the wasm")?;
    let mut glue = command(tools.bin("wasm-bindgen"), &["--target", "web", "--no-typescript", "--out-name", "bench"]);
    run(glue.arg("--out-dir").arg(site).arg(wasm))?;
    let wasm = site.join("bench_bg.wasm");
    let level = ["-O3", "--one-caller-inline-max-function-size=100"];
    run(command("wasm-opt", &level).env("PATH", tools.path()).arg(&wasm).arg("-o").arg(&wasm))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|e| format!("{}: {e}", from.display()))
}
