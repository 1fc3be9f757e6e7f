//! The chores of the project: `cargo xtask serve`, `cargo xtask test`, `cargo xtask dist`.
//!
//! Each works in a fresh clone: what is missing is installed first, at pinned versions, outside the repository
//! (see `tools`).

mod bench;
mod browser;
mod page;
mod process;
mod python;
mod recordings;
mod server;
mod single;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
The chores of coroscope.

  cargo xtask serve [--port N]   build the page and serve it on http://127.0.0.1:8080/
  cargo xtask serve --dev        the same, built again at every change of a source file
  cargo xtask test               everything a change must pass, in a real browser too
  cargo xtask test --quick       the same without the page and the browser
  cargo xtask bench page         the benchmarks of the built page (benches/web)
  cargo xtask bench python [WORD …]
                                 Python's speed beside CPython, and in a page beside Pyodide
  cargo xtask record FOLDER      fill a folder with the recorded runs of the page's scenarios; Trunk does it at every build
  cargo xtask dist               fill dist/ with the files to publish, and weigh them; offline.html is all of them in one

Tools are installed once, in $COROSCOPE_TOOLS (or ~/.cache/coroscope/tools).
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve"] => serve(8080),
        ["serve", "--dev"] => page::watch(8080),
        ["serve", "--port", port] => port.parse().map_err(|_| format!("`{port}` is no port")).and_then(serve),
        ["test"] => test::run_and_report(true),
        ["test", "--quick"] => test::run_and_report(false),
        ["bench", "page"] => bench::run_all(),
        ["bench", "python", ref words @ ..] => python::run_both(words),
        ["dist"] => dist(),
        ["record", folder] => recordings::make(folder.as_ref()),
        ["record"] => recordings::make_for_trunk(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no chore `{}`\n\n{HELP}", words.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(port: u16) -> Result<(), String> {
    let built = page::build("target/page")?;
    let server = server::Server::bind(port, "/", built)?;
    println!("coroscope is on {} (Ctrl+C ends it)", server.address());
    server.run();
    Ok(())
}

fn dist() -> Result<(), String> {
    let built = page::build("dist")?;
    page::weigh(&built)
}
