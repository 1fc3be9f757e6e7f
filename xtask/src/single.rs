//! The page as one file, for where there is no server and no network: `offline.html`, which a browser opens from a disk.
//!
//! Browsers let no page from a disk fetch a file beside it, so everything that the page would fetch is inside, as `data:`
//! addresses by name; `static/element.js` looks there first.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What the file is called.
pub const NAME: &str = "offline.html";

/// Makes the file from those of a built page.
pub fn write(folder: &Path, names: &[String]) -> Result<(), String> {
    let bytes = |name: &str| fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"));
    let text = |name: &str| String::from_utf8(bytes(name)?).map_err(|e| format!("{name}: {e}"));
    let mut carried = String::from("globalThis.coroscopeFiles = {\n");
    for name in names.iter().filter(|name| !matches!(name.as_str(), "index.html" | "element.js" | "page.css" | NAME)) {
        let _ = writeln!(carried, "  {name:?}: \"data:{};base64,{}\",", media_type(name), base64(&bytes(name)?));
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

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "html" => "text/html",
        "json" => "application/json",
        "py" => "text/x-python",
        _ => "application/octet-stream",
    }
}

/// Bytes as text, three in four characters.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * i) & 63) as usize] as char;
            text.push(if i <= three.len() { sign } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_others_read_them() {
        let all = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(all, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }

    #[test]
    fn a_script_does_not_end_within_its_comments() {
        assert_eq!(inline("// <script></script>"), "// <script><\\/script>");
    }
}
