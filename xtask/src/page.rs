//! Building the page with Trunk, and weighing what it is made of.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{command, on_path, output, root, run};
use crate::single;
use crate::tools::Tools;

/// What may load before there is a picture that can be handled, under brotli [bytes]: the page, and of its two parts in
/// WebAssembly the small one, which the index page asks for. The simulator comes after it.
const BUDGET: u64 = 350_000;

/// Builds the page for publication into a folder of the repository.
pub fn build(folder: &str) -> Result<PathBuf, String> {
    let tools = Tools::ready()?;
    let place = root().join(folder);
    let args = ["build", "--release", "--offline", "true", "--public-url", "./", "--dist"];
    run(trunk(&tools, &args).arg(&place))?;
    single::write(&place, &files(&place)?)?;
    Ok(place)
}

/// Builds the page for development and serves it, again at every change.
pub fn watch(port: u16) -> Result<(), String> {
    let tools = Tools::ready()?;
    let place = root().join("target/page-dev");
    let port = port.to_string();
    let args = ["serve", "--offline", "true", "--address", "127.0.0.1", "--port", &port, "--dist"];
    run(trunk(&tools, &args).arg(place))
}

fn trunk(tools: &Tools, args: &[&str]) -> std::process::Command {
    let mut trunk = command(tools.bin("trunk"), args);
    // Trunk reads NO_COLOR as the value of a flag that must be true or false.
    trunk.env("PATH", tools.path()).env_remove("NO_COLOR");
    trunk
}

/// One published file.
struct Weight {
    /// Its path in the folder.
    name: String,
    /// As it is [bytes].
    plain: u64,
    /// Under brotli [bytes].
    brotli: u64,
    /// Loads before the reader does anything.
    early: bool,
}

/// Prints the weight of every file of the folder; fails when what loads before the first use is over the budget,
/// or when the index page names an address that only works at the root of a site.
pub fn weigh(folder: &Path) -> Result<(), String> {
    if on_path("node").is_none() {
        return Err("there is no node to compress with: install Node.js 18 or later".into());
    }
    let index = fs::read_to_string(folder.join("index.html")).map_err(|e| format!("index.html: {e}"))?;
    if let Some(address) = addresses(&index).into_iter().find(|address| address.starts_with('/')) {
        return Err(format!("index.html names `{address}`, which does not work below a sub-path: make it relative"));
    }
    let script = "const fs=require('fs'),z=require('zlib');for(const f of process.argv.slice(1))\
                  console.log(z.brotliCompressSync(fs.readFileSync(f)).length)";
    let mut names = files(folder)?;
    // It holds all the others, and nobody fetches it to see a page.
    names.retain(|name| name != single::NAME);
    let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    let sizes = output(command("node", &["-e", script, "--"]).args(&paths))?;
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let early = early_files(&names, &read);
    let mut weights = Vec::new();
    for (name, size) in names.iter().zip(sizes.lines()) {
        weights.push(Weight {
            name: name.clone(),
            plain: fs::metadata(folder.join(name)).map_err(|e| format!("{name}: {e}"))?.len(),
            brotli: size.parse().map_err(|_| format!("node said `{size}` for a size"))?,
            early: early.contains(name),
        });
    }
    weights.sort_by_key(|weight| (!weight.early, std::cmp::Reverse(weight.brotli)));
    println!("{:>10} {:>10}  file (* loads before the first use)", "plain", "brotli");
    for Weight { name, plain, brotli, early } in &weights {
        println!("{plain:>10} {brotli:>10}  {name}{}", if *early { " *" } else { "" });
    }
    let total = |only_early: bool| weights.iter().filter(|w| w.early || !only_early).map(|w| w.brotli).sum::<u64>();
    println!("{:>10} {:>10}  all", "", total(false));
    println!("{:>10} {:>10}  before the first use, of at most {BUDGET}", "", total(true));
    match total(true) <= BUDGET {
        true => Ok(()),
        false => Err(format!("{} bytes load before the first use, {BUDGET} may", total(true))),
    }
}

/// All files below the folder, by path, in order.
fn files(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).map_err(|e| format!("{}: {e}", place.display()))?.flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => open.push(path),
                false => found.extend(path.strip_prefix(folder).ok().map(|name| name.to_string_lossy().into_owned())),
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files that a browser fetches on its own when it opens the index page: those that it names outside links for
/// readers, those that their style sheets and scripts name in turn. Of what a script names in a text, other scripts
/// and wasm count only when it imports them at its head, because an `import()` or `fetch` of them waits for the reader.
fn early_files(names: &[String], read: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut early = vec![String::from("index.html")];
    let mut next = 0;
    while next < early.len() {
        let name = early[next].clone();
        next += 1;
        let text = match name.rsplit('.').next().unwrap_or_default() {
            "html" | "css" | "js" => read(&name),
            _ => continue,
        };
        let is_script = name.ends_with(".js");
        let named: Vec<String> = match name.as_str() {
            "index.html" => addresses(&text),
            _ => quoted(&text)
                .filter(|(text, head)| *head || !(is_script && is_code(text)))
                .map(|(t, _)| t.into())
                .collect(),
        };
        for address in named {
            let file = address.trim_start_matches("./").split(['?', '#']).next().unwrap_or_default().to_string();
            if names.contains(&file) && !early.contains(&file) {
                early.push(file);
            }
        }
    }
    early
}

fn is_code(address: &str) -> bool {
    let address = address.split(['?', '#', '$']).next().unwrap_or_default();
    address.ends_with(".js") || address.ends_with(".wasm") || address.ends_with(".mjs")
}

/// The addresses in `src`, `href` and inline scripts of a page, without those of links to follow.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in html.split('<').skip(1) {
        let is_link = tag.starts_with("a ") || tag.starts_with("a\n");
        let is_lazy =
            tag.contains("loading=\"lazy\"") || tag.contains("rel=\"alternate\"") || tag.contains("rel=alternate");
        if is_link || is_lazy {
            continue;
        }
        let is_script = tag.starts_with("script");
        for attribute in ["src=", "href="] {
            for (at, _) in tag.match_indices(attribute) {
                let value = &tag[at + attribute.len()..];
                let value = match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                    _ => value.split([' ', '>', '\n']).next(),
                };
                found.extend(value.map(String::from));
            }
        }
        if is_script {
            found.extend(quoted(tag.split_once('>').map_or("", |(_, body)| body)).map(|(text, _)| text.to_string()));
        }
    }
    found.retain(|address| !address.contains(':') && !address.is_empty());
    found
}

/// The texts in quotes (or in `url(…)`), each with whether an `import … from` at the head of a script names it.
fn quoted(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let in_quotes = |quote: char| {
        let mut at = 0;
        text.split(quote).enumerate().filter_map(move |(idx, part)| {
            let before = text[..at].trim_end_matches(quote).trim_end();
            at += part.len() + quote.len_utf8();
            let is_import = before.ends_with(" from") || before.ends_with("}from") || before.ends_with("import");
            (idx % 2 == 1).then_some((part, is_import))
        })
    };
    let urls = text.split("url(").skip(1).filter_map(|part| part.split(')').next()).map(|address| (address, true));
    in_quotes('"').chain(in_quotes('\'')).chain(in_quotes('`')).chain(urls)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn early(files: &[(&str, &str)]) -> Vec<String> {
        let names: Vec<String> = files.iter().map(|(name, _)| name.to_string()).collect();
        let read = |name: &str| files.iter().find(|(n, _)| *n == name).map(|(_, text)| text.to_string()).unwrap();
        let mut early = early_files(&names, &read);
        early.sort();
        early
    }

    #[test]
    fn a_script_that_fetches_the_simulator_later_does_not_make_it_early() {
        let found = early(&[
            (
                "index.html",
                "<link rel=stylesheet href=\"page.css\"><script src=element.js></script><a href=\"more.html\">",
            ),
            (
                "element.js",
                "fetch(beside(\"viewer.html\")); import(beside(`app.js${again}`)); fetch(beside('app.wasm'))",
            ),
            ("page.css", "body { background: url(paper.png) }"),
            ("viewer.html", ""),
            ("paper.png", ""),
            ("app.js", ""),
            ("app.wasm", ""),
            ("more.html", ""),
        ]);
        assert_eq!(found, ["element.js", "index.html", "page.css", "paper.png", "viewer.html"]);
    }

    #[test]
    fn a_page_that_starts_the_simulator_itself_makes_it_early() {
        let script = "<script type=\"module\">import init from './app.js'; init('./app.wasm')</script>";
        let found = early(&[
            ("index.html", script),
            ("app.js", "import { x } from \"./part.js\";"),
            ("app.wasm", ""),
            ("part.js", ""),
        ]);
        assert_eq!(found, ["app.js", "app.wasm", "index.html", "part.js"]);
        let preload =
            "<link rel=\"modulepreload\" href=\"./app.js\"><link rel=\"preload\" href=\"./app.wasm\" as=\"fetch\">";
        assert_eq!(early(&[("index.html", preload), ("app.js", ""), ("app.wasm", "")]).len(), 3);
    }
}
