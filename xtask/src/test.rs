//! Everything a change must pass: `cargo xtask test`.
//!
//! Every step runs although one before it failed, unless it needs what that one was to make; the summary at the
//! end says which failed and how long each took.

use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use crate::browser::Browser;
use crate::page;
use crate::process::{cargo, command, root, run};
use crate::server::Server;
use crate::single;
use crate::tools::Tools;

const WASM: &str = "wasm32-unknown-unknown";

/// Runs all steps and prints the summary; without the browser only those that need neither it nor the page.
pub fn run_and_report(with_browser: bool) -> Result<(), String> {
    let steps = steps(with_browser);
    println!();
    for Step { name, secs, failure } in &steps {
        let outcome = if failure.is_some() { "FAILED" } else { "ok" };
        println!("{outcome:>7} {secs:>7.1} s  {name}");
    }
    let failed: Vec<_> =
        steps.iter().filter_map(|step| Some(format!("{}: {}", step.name, step.failure.as_ref()?))).collect();
    match failed.is_empty() {
        true => Ok(()),
        false => Err(failed.join("\nxtask: ")),
    }
}

fn steps(with_browser: bool) -> Vec<Step> {
    let mut steps = Steps(Vec::new());
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> Result<(), String>| steps.take(name, work);
    step("format", &mut || run(&mut cargo(&["fmt", "--all", "--check"])));
    step("lints", &mut || run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])));
    step("tests", &mut || run(&mut cargo(&["test", "--workspace"])));
    if with_browser {
        let mut tools = None;
        step("tools", &mut || Tools::ready().map(|ready| tools = Some(ready)));
        let mut browser = None;
        step("browser", &mut || Browser::ready().map(|ready| browser = Some(ready)));
        step("lints for wasm", &mut || run(&mut cargo(&["clippy", "--lib", "--target", WASM, "--", "-D", "warnings"])));
        step("lints for the viewer", &mut || {
            let viewer = ["--no-default-features", "--features", "viewer", "--target", WASM, "--", "-D", "warnings"];
            run(cargo(&["clippy", "--lib"]).args(viewer))
        });
        if let (Some(tools), Some(browser)) = (&tools, &browser) {
            step("tests in the browser", &mut || wasm_tests(tools, browser));
            let mut built = None;
            step("page", &mut || page::build("target/page").map(|place| built = Some(place)));
            if let Some(built) = &built {
                step("weight", &mut || page::weigh(built));
                step("page in the browser", &mut || page_test(browser, built.clone()));
            }
        }
    }
    steps.0
}

/// What came of one step.
struct Step {
    name: &'static str,
    secs: f64,
    failure: Option<String>,
}

struct Steps(Vec<Step>);

impl Steps {
    fn take(&mut self, name: &'static str, work: &mut dyn FnMut() -> Result<(), String>) {
        println!("\n--- {name} ---");
        let start = Instant::now();
        let failure = work().err();
        if let Some(message) = &failure {
            println!("{message}");
        }
        self.0.push(Step { name, secs: start.elapsed().as_secs_f64(), failure });
    }
}

/// The tests of `tests/wasm.rs`, compiled for wasm and run inside a page.
fn wasm_tests(tools: &Tools, browser: &Browser) -> Result<(), String> {
    let mut tests = cargo(&["test", "--profile", "browser", "--target", WASM, "--test", "wasm"]);
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.bin("wasm-bindgen-test-runner"))
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join("tests/web/webdriver.json"))
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    run(&mut tests)
}

/// `tests/web/page.mjs` against the built page, at the root of a site and below a sub-path.
fn page_test(browser: &Browser, built: PathBuf) -> Result<(), String> {
    install_web_packages()?;
    let offline = built.join(single::NAME);
    let root_site = Server::bind(0, "/", built.clone())?;
    let sub_path = Server::bind(0, "/some/course/week 3/", built)?;
    let mut test = command("node", &["page.mjs"]);
    test.current_dir(root().join("tests/web"))
        .env("CHROMIUM", &browser.chromium)
        .env("PAGE", root_site.address())
        .env("PAGE_ALONE", format!("file://{}", offline.display()))
        .env("PAGE_BELOW", sub_path.address().replace(' ', "%20"));
    for server in [root_site, sub_path] {
        thread::spawn(move || server.run());
    }
    run(&mut test)
}

/// What `tests/web/package-lock.json` names, into `tests/web/node_modules`.
pub fn install_web_packages() -> Result<(), String> {
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(install.current_dir(root().join("tests/web")))
}
