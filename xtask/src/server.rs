//! A small server of static files on the loopback address.
//!
//! It can serve its folder from a sub-path and nothing else, which is how the end-to-end test finds out whether the
//! page's addresses are relative.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;

/// A server that has its port and waits to be run.
pub struct Server {
    listener: TcpListener,
    /// Begins and ends in `/`.
    mount: String,
    folder: PathBuf,
}

impl Server {
    /// Takes a port of 127.0.0.1 (0: any free one) for a folder that is to appear at `mount`.
    pub fn bind(port: u16, mount: &str, folder: PathBuf) -> Result<Server, String> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .map_err(|e| format!("port {port} of 127.0.0.1 cannot be had: {e}; choose another with --port"))?;
        Ok(Server { listener, mount: mount.into(), folder })
    }

    /// The address of the folder's index page.
    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map(|address| address.port()).unwrap_or_default();
        format!("http://127.0.0.1:{port}{}", self.mount)
    }

    /// Serves until the process ends.
    pub fn run(self) {
        for stream in self.listener.incoming().flatten() {
            let (mount, folder) = (self.mount.clone(), self.folder.clone());
            // A browser that goes away in the middle is no error of ours.
            thread::spawn(move || answer(stream, &mount, folder).ok());
        }
    }
}

fn answer(mut stream: TcpStream, mount: &str, folder: PathBuf) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let found = file_of(path, mount).and_then(|name| Some((fs::read(folder.join(&name)).ok()?, media_type(&name))));
    let (status, body, kind) = match found {
        Some((body, kind)) => ("200 OK", body, kind),
        None => ("404 Not Found", format!("no {path} here\n").into_bytes(), "text/plain"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-cache\r\n\
         access-control-allow-origin: *\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file that a path names, relative to the folder; `None` outside the mount or above the folder.
fn file_of(path: &str, mount: &str) -> Option<String> {
    let name = decoded(path).strip_prefix(mount)?.to_string();
    let inside = !name.split(['/', '\\']).any(|part| part == "..") && !name.starts_with('/');
    let name = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name };
    inside.then_some(name)
}

/// The path with `%20` and the like put back.
fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| (byte as char).to_digit(16));
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What a file of the page is, by its name.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "py" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_outside_the_mount_or_above_the_folder_name_nothing() {
        assert_eq!(file_of("/a/b/", "/a/b/").as_deref(), Some("index.html"));
        assert_eq!(file_of("/a/b/x%20y.js", "/a/b/").as_deref(), Some("x y.js"));
        assert_eq!(file_of("/x.js", "/a/b/"), None);
        assert_eq!(file_of("/a/b/%2e%2e/x.js", "/a/b/"), None);
        assert_eq!(file_of("/a/b//etc/passwd", "/a/b/"), None);
    }
}
