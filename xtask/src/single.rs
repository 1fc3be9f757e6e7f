//! The page as one file, for where there is no server and no network: `offline.html`, which a browser opens from a disk.
//!
//! Browsers let no page from a disk fetch a file beside it, so everything that the page would fetch is inside, as `data:`
//! addresses by name; `static/element.js` looks there first.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::process::{command, output};
use crate::server::media_type;

/// What the file is called.
pub const NAME: &str = "offline.html";

/// Makes the file from those of a built page.
pub fn write(folder: &Path, names: &[String]) -> Result<(), String> {
    let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| format!("{name}: {e}"));
    let is_carried = |name: &&String| !matches!(name.as_str(), "index.html" | "element.js" | "page.css" | NAME);
    let names: Vec<&String> = names.iter().filter(is_carried).collect();
    // Chores have no dependencies; Node, which the page's tests need anyway, writes bytes as text.
    let script = "const fs=require('fs');for(const f of process.argv.slice(1))console.log(fs.readFileSync(f).toString('base64'))";
    let paths = names.iter().map(|name| folder.join(name));
    let encoded = output(command("node", &["-e", script, "--"]).args(paths))?;
    let mut carried = String::from("globalThis.coroscopeFiles = {\n");
    for (name, encoded) in names.iter().zip(encoded.lines()) {
        let _ = writeln!(carried, "  {name:?}: \"data:{};base64,{encoded}\",", media_type(name).replace(' ', ""));
    }
    carried.push_str("};");
    let mut page = String::new();
    for line in text("index.html")?.lines() {
        let line = line.trim_end();
        if let Some(name) = between(line, "<link rel=\"stylesheet\" href=\"", "\"") {
            let _ = writeln!(page, "<style>\n{}</style>", text(name)?);
        } else if let Some(name) = between(line, "<script src=\"", "\"") {
            let _ = writeln!(page, "<script>\n{carried}\n</script>\n<script>\n{}</script>", inline(&text(name)?));
        } else if !["preload", "data-trunk"].iter().any(|word| line.contains("<link") && line.contains(word)) {
            page.push_str(line);
            page.push('\n');
        }
    }
    if !page.contains(&carried) {
        return Err(format!("index.html has no line that loads its script, which {NAME} is to carry"));
    }
    fs::write(folder.join(NAME), page).map_err(|e| format!("{NAME}: {e}"))
}

/// A script that may stand in a page: the end of an element in a comment would end it there.
fn inline(script: &str) -> String {
    script.replace("</script", "<\\/script")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_does_not_end_within_its_comments() {
        assert_eq!(inline("// <script></script>"), "// <script><\\/script>");
    }
}
