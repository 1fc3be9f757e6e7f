//! A trace as Chrome's trace event JSON, for Perfetto and `chrome://tracing`.
//!
//! Every thread, event loop, task, request, lock and GIL is a row of its process: tasks overlap, so they cannot share
//! the row of their thread. The row's number (`tid`) is the subject's. Times are microseconds with three decimals,
//! so no nanosecond is lost. The same trace gives the same bytes.
//!
//! What viewers have no word for, and reading back needs, stands where they do not look: a key `coroscope`, and metadata
//! events `coroscope_subject`. Phases: M, X, C, i, s, f.

use std::io::{self, Write};

use crate::journal::{Kind, Line, State, Subject};
use crate::time::Time;
use crate::trace::Trace;

/// Process number of subjects that belong to no process: the machine.
const MACHINE_PID: u32 = 0;

/// Writes the whole trace. Fails only where the writer does.
pub fn write(trace: &Trace, mut out: impl Write) -> io::Result<()> {
    let end = micros(trace.end().0);
    write!(out, r#"{{"displayTimeUnit":"ns","coroscope":{{"version":1,"end":{end}}},"traceEvents":["#)?;
    let mut first = true;
    let mut put = |event: &str| -> io::Result<()> {
        let comma = if std::mem::take(&mut first) { "\n" } else { ",\n" };
        write!(out, "{comma}{event}")
    };
    write_names(trace, &mut put)?;
    // Viewers accept any order, people and tests prefer time: collect (time, order of writing) and sort.
    let mut events = Events::default();
    for track in trace.tracks() {
        events.add_spans(trace, track.subject);
    }
    events.add_instants(trace);
    events.add_outputs(trace);
    events.add_counters(trace);
    events.add_flows(trace);
    events.all.sort_by_key(|&(at, _)| at);
    for (_, event) in &events.all {
        put(event)?;
    }
    writeln!(out, "\n]}}")
}

/// The trace as a string.
pub fn to_string(trace: &Trace) -> String {
    let mut bytes = Vec::new();
    write(trace, &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

fn write_names(trace: &Trace, put: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    let mut named = |kind: &str, pid: u32, tid: u32, name: &str| {
        put(&format!(r#"{{"ph":"M","name":"{kind}","pid":{pid},"tid":{tid},"args":{{"name":{}}}}}"#, quoted(name)))
    };
    named("process_name", MACHINE_PID, 0, "machine")?;
    for track in trace.tracks() {
        let (pid, tid, name) = (pid_of(trace, track.subject), tid_of(track.subject), trace.text_of(track.name));
        if track.kind == Kind::Process {
            named("process_name", pid, 0, name)?;
        } else {
            named("thread_name", pid, tid, &format!("{} {name}", kind_word(track.kind)))?;
        }
    }
    for track in trace.tracks() {
        let (kind, name) = (kind_word(track.kind), quoted(trace.text_of(track.name)));
        let parent = track.parent.map_or("null".into(), |parent| parent.0.to_string());
        let ended = track.ended.map_or("null".into(), |ended| micros(ended.0));
        let (born, line) = (micros(track.born.0), line_arg(trace, track.born_line));
        let place = place(trace, track.subject);
        put(&format!(
            r#"{{"ph":"M","name":"coroscope_subject",{place},"args":{{"kind":"{kind}","name":{name},"parent":{parent},"born":{born},"ended":{ended}{line}}}}}"#
        ))?;
    }
    Ok(())
}

#[derive(Default)]
struct Events {
    all: Vec<(Time, String)>,
}

impl Events {
    fn add_spans(&mut self, trace: &Trace, subject: Subject) {
        let place = place(trace, subject);
        let ends = trace.track(subject).spans.ends();
        for (i, span) in trace.spans(subject).enumerate() {
            let reason = trace.text_of(span.reason);
            let state = state_word(span.state);
            let name = if reason.is_empty() { state.to_string() } else { format!("{state}: {reason}") };
            let mut args = format!(r#""state":"{state}","reason":{}"#, quoted(reason));
            if let Some(on) = span.on {
                args += &format!(r#","on":{},"subject":{}"#, quoted(trace.name_of(on)), on.0);
            }
            args += &line_arg(trace, span.line);
            if ends[i] == Time::NEVER {
                args += r#","open":true"#;
            }
            let (ts, dur) = (micros(span.start.0), micros(span.duration().0));
            let name = quoted(&name);
            let event = format!(
                r#"{{"ph":"X","name":{name},"cat":"{state}","ts":{ts},"dur":{dur},{place},"args":{{{args}}}}}"#
            );
            self.all.push((span.start, event));
        }
    }

    fn add_instants(&mut self, trace: &Trace) {
        for instant in trace.instants() {
            let (name, ts) = (quoted(trace.text_of(instant.name)), micros(instant.at.0));
            let detail = instant.detail.map_or("null".into(), |detail| quoted(trace.text_of(detail)));
            let line = line_arg(trace, instant.line);
            let place = place(trace, instant.subject);
            let event =
                format!(r#"{{"ph":"i","s":"t","name":{name},"ts":{ts},{place},"args":{{"detail":{detail}{line}}}}}"#);
            self.all.push((instant.at, event));
        }
    }

    fn add_outputs(&mut self, trace: &Trace) {
        for output in trace.outputs() {
            let name = if output.stream == 2 { "stderr" } else { "stdout" };
            let (ts, text) = (micros(output.at.0), quoted(trace.text_of(output.text)));
            let (line, place) = (line_arg(trace, output.line), place(trace, output.process));
            let event = format!(
                r#"{{"ph":"i","s":"p","name":"{name}","cat":"output","ts":{ts},{place},"args":{{"detail":{text}{line}}}}}"#
            );
            self.all.push((output.at, event));
        }
    }

    fn add_counters(&mut self, trace: &Trace) {
        for counter in trace.counters() {
            let place = place(trace, counter.subject);
            let kind = quoted(trace.text_of(counter.name));
            let name = quoted(&format!("{} {}", trace.name_of(counter.subject), trace.text_of(counter.name)));
            for (&at, value) in counter.times.iter().zip(&counter.values) {
                let ts = micros(at.0);
                let event =
                    format!(r#"{{"ph":"C","name":{name},"cat":{kind},"ts":{ts},{place},"args":{{"value":{value}}}}}"#);
                self.all.push((at, event));
            }
        }
    }

    fn add_flows(&mut self, trace: &Trace) {
        for (id, flow) in trace.flows().iter().enumerate() {
            let name = if flow.is_birth { "spawn" } else { "wake" };
            let ends = [("s", "", flow.from, flow.from_at), ("f", r#","bp":"e""#, flow.to, flow.to_at)];
            for (phase, binding, subject, at) in ends {
                let (ts, place) = (micros(at.0), place(trace, subject));
                let event =
                    format!(r#"{{"ph":"{phase}","name":"{name}","cat":"flow","id":{id},"ts":{ts},{place}{binding}}}"#);
                self.all.push((at, event));
            }
        }
    }
}

fn place(trace: &Trace, subject: Subject) -> String {
    format!(r#""pid":{},"tid":{}"#, pid_of(trace, subject), tid_of(subject))
}

/// Processes are numbered from 1 by their subject; 0 is the machine.
fn pid_of(trace: &Trace, subject: Subject) -> u32 {
    trace.ancestor(subject, Kind::Process).map_or(MACHINE_PID, |process| process.0 + 1)
}

fn tid_of(subject: Subject) -> u32 {
    subject.0 + 1
}

fn line_arg(trace: &Trace, line: Option<Line>) -> String {
    let Some(Line { file, line }) = line else { return String::new() };
    format!(r#","line":{}"#, quoted(&format!("{}:{line}", trace.text_of(file))))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Nanoseconds as microseconds, exactly.
fn micros(ns: u64) -> String {
    format!("{}.{:03}", ns / 1000, ns % 1000)
}

fn state_word(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Ready => "ready",
        State::Waiting => "waiting",
        State::Done => "done",
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Process => "process",
        Kind::Thread => "thread",
        Kind::Task => "task",
        Kind::Gil => "GIL",
        Kind::Loop => "loop",
        Kind::Pool => "pool",
        Kind::Lock => "lock",
        Kind::Request => "request",
        Kind::Core => "core",
        Kind::Call => "call",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::journal::Journal;

    pub(in crate::trace::chrome) fn sample() -> Trace {
        let mut j = Journal::new();
        let core = j.born(Time(0), Kind::Core, "core 0", None, None, None);
        let p = j.born(Time(0), Kind::Process, "say \"hi\"", None, None, None);
        let a = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        let file = j.name("a.py");
        let line = Some(Line { file, line: 4 });
        j.state(Time(0), core, State::Running, "", Some(a), None, None);
        let ran = j.state(Time(0), a, State::Running, "", None, None, line);
        let b = j.born(Time(1500), Kind::Task, "b", Some(a), Some(ran), line);
        j.count(Time(1500), p, "ready queue", 1);
        j.state(Time(2000), b, State::Waiting, "token", Some(a), None, None);
        j.mark(Time(2001), a, "drop request", Some("by B"), None);
        j.state(Time(2500), a, State::Done, "", None, None, None);
        j.state(Time(1_000_000_007), b, State::Ready, "ready queue", None, Some(ran), None);
        Trace::of(&j)
    }

    #[test]
    fn every_event_has_the_fields_of_its_phase_and_time_goes_forward() {
        let json: serde_json::Value = serde_json::from_str(&to_string(&sample())).unwrap();
        let events = json["traceEvents"].as_array().unwrap();
        let mut last_ts = 0.0;
        let mut phases = std::collections::BTreeMap::<String, usize>::new();
        for event in events {
            let phase = event["ph"].as_str().unwrap();
            *phases.entry(phase.to_string()).or_default() += 1;
            assert!(event["name"].is_string() && event["pid"].is_u64() && event["tid"].is_u64(), "{event}");
            let required: &[&str] = match phase {
                "M" => &["/args/name"],
                "X" => &["/ts", "/dur", "/args/reason"],
                "C" => &["/ts", "/args/value"],
                "i" => &["/ts", "/s"],
                "s" | "f" => &["/ts", "/id"],
                other => panic!("phase {other} is not one that we write"),
            };
            for field in required {
                assert!(event.pointer(field).is_some(), "{event} lacks {field}");
            }
            if phase != "M" {
                let ts = event["ts"].as_f64().unwrap();
                assert!(ts >= last_ts, "{event} is before {last_ts}");
                last_ts = ts;
            }
        }
        let count = |phase: &str| phases.get(phase).copied().unwrap_or(0);
        assert_eq!(["X", "C", "i", "s", "f"].map(count), [4, 1, 1, 1, 1]);
    }

    #[test]
    fn no_nanosecond_is_lost() {
        assert!(to_string(&sample()).contains(r#""ts":1000000.007"#));
    }

    #[test]
    fn a_task_has_a_row_of_its_own_in_its_process() {
        let text = to_string(&sample());
        assert!(text.contains(r#""name":"thread_name","pid":2,"tid":4,"args":{"name":"task b"}"#), "{text}");
    }

    #[test]
    fn the_same_trace_gives_the_same_bytes() {
        assert_eq!(to_string(&sample()), to_string(&sample()));
    }
}
