//! Files to save: the picture as PNG or SVG, the events as a table, the run for viewers of traces.

use std::fmt::Write as _;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::dom;
use super::elements::Elements;
use super::error::Error;
use super::look::Look;
use super::picture::Picture;
use super::simulator;
use crate::journal::{EntryId, Journal, Line};
use crate::time::Time;
use crate::timeline::{approximate_width_px, event_words, svg};
use crate::trace::Trace;

/// A kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// What is seen, as pixels.
    Png,
    /// What is seen, as shapes.
    Svg,
    /// Every event, as comma-separated values.
    Csv,
    /// The run in the format of Chrome's and Perfetto's viewers.
    Json,
}

/// Lets the reader save what is seen or what happened, under a name.
pub fn save(
    form: Form,
    name: &str,
    picture: &Picture,
    elements: &Elements,
    look: &Look,
    at: Time,
) -> Result<(), Error> {
    let trace = picture.trace();
    match form {
        Form::Png => {
            let name = name.to_string();
            let saved = Closure::once_into_js(move |blob: JsValue| {
                if let Ok(blob) = blob.dyn_into::<Blob>() {
                    let _ = offer(&blob, &name);
                }
            });
            Ok(elements.canvas.to_blob(saved.unchecked_ref())?)
        }
        Form::Svg => {
            let scene = look.scene(picture, at, &approximate_width_px);
            let is_dark = dom::is_dark(&elements.scheme);
            let palette = if is_dark { svg::Palette::Dark } else { svg::Palette::Light };
            offer(&blob_of(&svg::paint(&scene, palette), "image/svg+xml")?, name)
        }
        Form::Csv => offer(&blob_of(&csv(trace, picture.runner.journal()), "text/csv")?, name),
        Form::Json => offer(&blob_of(&simulator::chrome_json(trace), "application/json")?, name),
    }
}

/// Every event as a row: when [ns], who, what, and at which line.
pub fn csv(trace: &Trace, journal: &Journal) -> String {
    let mut out = String::from("at_ns,lane,what,line\n");
    for (i, entry) in journal.entries().iter().enumerate() {
        let what = event_words(trace, EntryId(i as u32), entry);
        let line = entry.line.map_or(String::new(), |Line { file, line }| format!("{}:{line}", trace.text_of(file)));
        let (who, what, line) = (quoted(trace.name_of(entry.subject)), quoted(&what), quoted(&line));
        let _ = writeln!(out, "{},{who},{what},{line}", entry.at.0);
    }
    out
}

/// A value as RFC 4180 wants it.
fn quoted(text: &str) -> String {
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into(),
    }
}

fn blob_of(text: &str, kind: &str) -> Result<Blob, Error> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Ok(Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?)
}

/// Gives the reader a file, as a link that is pressed at once.
fn offer(blob: &Blob, name: &str) -> Result<(), Error> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = dom::make("a", "").unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has its own hold of the file by the time that the click has been dealt with.
    let revoke = Closure::once_into_js(move || Url::revoke_object_url(&address));
    let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 10_000);
    Ok(())
}
