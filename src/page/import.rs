//! A recorded trace in place of a run: a file that is dropped on the viewer or chosen, or an address beside the page.
//!
//! The file is read whole, its events one by one; then it is a picture like that of a run, only without a program.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, Event, EventTarget, File, HtmlInputElement, Response};

use super::command::Command;
use super::dom::{self, Listener};
use super::error::Error;
use super::pending::Pending;
use super::runner::Runner;
use super::scope::Inbox;
use super::session::Session;
use super::shell;
use super::simulator;
use crate::trace::Recording;

/// The bytes of a file, or why there are none.
pub type Bytes = Result<Vec<u8>, String>;

/// Listens for dropped files and for the button that asks for one.
pub fn listen(root: &EventTarget, inbox: &Inbox) -> Vec<Listener> {
    let carries_file = |event: &Event| {
        let transfer = event.unchecked_ref::<DragEvent>().data_transfer()?;
        transfer.types().iter().any(|kind| kind == "Files").then_some(transfer)
    };
    // Without this the browser would go to the file and leave the page.
    let over = Listener::active(root, "dragover", move |event| {
        if carries_file(&event).is_some() {
            event.prevent_default();
        }
    });
    let (dropped, chosen) = (inbox.clone(), inbox.clone());
    let drop = Listener::active(root, "drop", move |event| {
        if let Some(transfer) = carries_file(&event) {
            event.prevent_default();
            if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
                read_file(file, dropped.clone());
            }
        }
    });
    let click = Listener::new(root, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("#open-trace").ok().flatten().is_some()) {
            choose(chosen.clone());
        }
    });
    vec![over, drop, click]
}

/// Lets the reader choose a file.
fn choose(inbox: Inbox) {
    let input: HtmlInputElement = dom::make("input", "").unchecked_into();
    input.set_type("file");
    input.set_accept(".json,application/json");
    let chosen = input.clone();
    let on_change = wasm_bindgen::closure::Closure::once_into_js(move || {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            read_file(file, inbox);
        }
    });
    let _ = input.add_event_listener_with_callback("change", on_change.unchecked_ref());
    input.click();
}

fn read_file(file: File, inbox: Inbox) {
    spawn_local(async move {
        let bytes = bytes_of(JsFuture::from(file.array_buffer()).await);
        inbox.send(Command::OpenTrace { name: file.name(), bytes, address: None });
    });
}

/// Fetches a trace from beside the page.
fn fetch(address: String, inbox: Inbox) {
    spawn_local(async move {
        let name = address.rsplit('/').next().unwrap_or(&address).to_string();
        let bytes = fetched(&address).await.map_err(|error| error.to_string());
        inbox.send(Command::OpenTrace { name, bytes, address: Some(address) });
    });
}

async fn fetched(address: &str) -> Result<Vec<u8>, Error> {
    let response: Response = JsFuture::from(dom::window().fetch_with_str(address)).await?.unchecked_into();
    if !response.ok() {
        return Err(Error::new(format!("{} {}", response.status(), response.status_text()).trim()));
    }
    bytes_of(JsFuture::from(response.array_buffer()?).await).map_err(Error::new)
}

fn bytes_of(buffer: Result<JsValue, JsValue>) -> Bytes {
    buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec()).map_err(|thrown| Error::from(thrown).to_string())
}

/// Whether an address of a trace leads to the page's own folder or one below or beside it: no other host is asked, so
/// a link cannot make a reader's browser tell anybody anything.
pub fn is_beside(address: &str) -> bool {
    let is_path = |c: char| c.is_alphanumeric() || "/._-~%+@ ".contains(c);
    !address.is_empty() && !address.starts_with('/') && address.chars().all(is_path)
}

impl Session {
    /// Asks for the trace that an address names, in place of a run.
    pub(super) fn fetch_trace(&mut self, address: String) {
        self.wants_run = false;
        if is_beside(&address) {
            dom::set_text(&self.elements.empty, &format!("Loading {address} …"));
            fetch(address, self.inbox.clone());
        } else {
            let words = format!(
                "`{address}` is not opened: a trace's address is a path from this page, such as `traces/a.json`"
            );
            self.notices.add(&self.elements.notices, &words);
        }
    }

    /// Shows a file in place of what is seen; where it cannot be read, says why, and what is seen stays.
    pub(super) fn open_trace(&mut self, name: &str, bytes: Bytes, address: Option<String>) {
        let begun_ms = dom::now_ms();
        let read = bytes.and_then(|bytes| simulator::read_trace(&bytes));
        match read {
            Ok(recording) => self.show_recording(name, recording, address, dom::now_ms() - begun_ms),
            Err(why) => self.notices.add(&self.elements.notices, &format!("{name} cannot be opened as a trace: {why}")),
        }
    }

    fn show_recording(&mut self, name: &str, recording: Recording, address: Option<String>, read_ms: f64) {
        self.open(String::new(), String::new(), "");
        self.wants_run = false;
        self.show_diagnostic(None);
        self.program.trace = address;
        let Recording { trace, n_events, notices } = recording;
        let n_spans: usize = trace.tracks().iter().map(|track| track.spans.len()).sum();
        self.pending = Some(Pending::new(Runner::recorded(trace)));
        self.finish_run();
        // There is no text to write times beside, no console, and a recording is no run of ours to find faults with.
        self.due.clear();
        dom::set(&self.elements.viewer, "data-recording", "");
        dom::set_text(&self.elements.title, name);
        dom::set_text(&self.elements.about, &format!("A recorded trace: {n_spans} spans from {n_events} events."));
        for notice in notices {
            self.notices.add(&self.elements.notices, &notice);
        }
        self.address_changed();
        shell::announce_trace(&self.host, n_spans, read_ms);
    }
}
