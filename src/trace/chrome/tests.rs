//! Files of others and of ours, read.

use super::write::tests::sample;
use super::*;
use crate::journal::{Journal, Kind, Line, State, Subject};
use crate::time::Time;
use crate::trace::{Recording, SpanRef, Tint, Trace};

fn opened(text: &str) -> Recording {
    read(text.as_bytes()).unwrap_or_else(|broken| panic!("{broken}"))
}

fn broken(text: &str) -> String {
    read(text.as_bytes()).expect_err("it is broken").to_string()
}

/// Every row with its slices: `kind name: start-end what, …`.
fn rows(trace: &Trace) -> Vec<String> {
    let row = |track: &crate::trace::Track| {
        let spans = trace.spans(track.subject).map(|span| {
            let place = span.line.map_or(String::new(), |line| format!(" {}:{}", trace.text_of(line.file), line.line));
            format!("{}-{} {}{place}", span.start.0, span.end.0, trace.text_of(span.reason))
        });
        let spans = spans.collect::<Vec<_>>().join(", ");
        format!("{:?} {}: {spans}", track.kind, trace.text_of(track.name)).trim_end_matches(": ").to_string()
    };
    trace.tracks().iter().map(row).collect()
}

#[test]
fn a_run_that_is_written_and_read_is_the_same_again() {
    let mut j = Journal::new();
    let p = j.born(Time(0), Kind::Process, "main", None, None, None);
    let t = j.born(Time(1), Kind::Thread, "MainThread", Some(p), None, None);
    let file = j.name("a b.py");
    let runs = Some(j.state(Time(2), t, State::Running, "", None, None, Some(Line { file, line: 3 })));
    let l = j.born(Time(3), Kind::Loop, "loop", Some(t), runs, None);
    let a = j.born(Time(3), Kind::Task, "a", Some(l), runs, Some(Line { file, line: 9 }));
    j.state(Time(4), a, State::Running, "", None, runs, None);
    let b = j.born(Time(5), Kind::Task, "b \"quoted\"\n", Some(l), runs, None);
    j.state(Time(6), b, State::Ready, "ready queue", None, runs, None);
    j.state(Time(7), a, State::Waiting, "task", Some(b), runs, None);
    j.count(Time(7), l, "ready queue", 1);
    j.count(Time(9), l, "ready queue", -2);
    let said = j.name("hello\n");
    j.push(crate::journal::Entry {
        at: Time(9),
        subject: p,
        what: crate::journal::What::Output { stream: 2, text: said },
        cause: None,
        line: None,
    });
    j.mark(Time(10), a, "cancelled", Some("deadline"), None);
    j.mark(Time(10), a, "pass", None, None);
    j.state(Time(11), b, State::Done, "", None, None, None);
    j.state(Time(20), a, State::Ready, "", None, None, None);
    j.count(Time(1_000_000_000_000_007), l, "ready queue", -2);
    for trace in [Trace::of(&j), sample()] {
        let text = to_string(&trace);
        let again = opened(&text).trace;
        assert_eq!(to_string(&again), text);
        assert_eq!((again.end(), again.is_recording()), (trace.end(), false));
        assert_eq!(again.flows(), trace.flows());
        for track in trace.tracks() {
            for span in 0..track.spans.len() as u32 {
                let place = SpanRef { track: track.subject, span };
                assert_eq!(again.waker(place), trace.waker(place));
            }
        }
    }
}

#[test]
fn slices_inside_slices_are_rows_below_and_time_begins_with_the_first() {
    let text = r#"[
        {"ph":"X","name":"main (app.py:3)","ts":1000,"dur":10,"pid":1,"tid":2},
        {"ph":"B","name":"f","ts":1002,"pid":1,"tid":2}, {"ph":"X","name":"g","ts":1003,"dur":1.5,"pid":1,"tid":2},
        {"ph":"E","ts":1006,"pid":1,"tid":2},
        {"ph":"M","name":"thread_name","pid":1,"tid":2,"args":{"name":"worker"}},
        {"ph":"M","name":"process_name","pid":1,"args":{"name":"app"}},
        {"ph":"X","name":"other","ts":"1001","dur":"2","pid":"gpu","tid":"q"}
    ]"#;
    assert_eq!(
        rows(&opened(text).trace),
        [
            "Process app",
            "Thread worker: 0-10000 main app.py:3",
            "Call worker: 2000-6000 f",
            "Call worker: 3000-4500 g",
            "Process process gpu",
            "Thread thread q: 1000-3000 other",
        ]
    );
}

#[test]
fn processes_and_threads_stand_by_their_sort_index() {
    let x = |pid, tid| format!(r#"{{"ph":"X","name":"x","ts":0,"dur":1,"pid":{pid},"tid":{tid}}}"#);
    let sort = |what, pid, tid, index| {
        format!(r#"{{"ph":"M","name":"{what}_sort_index","pid":{pid},"tid":{tid},"args":{{"sort_index":{index}}}}}"#)
    };
    let events = [x(1, 1), x(1, 2), x(2, 1), sort("process", 2, 0, -5), sort("thread", 1, 1, 9)];
    let names: Vec<String> = rows(&opened(&format!("[{}]", events.join(","))).trace);
    assert_eq!(
        names.iter().map(|row| row.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["Process process 2", "Thread thread 1", "Process process 1", "Thread thread 2", "Thread thread 1"]
    );
}

#[test]
fn slices_that_overlap_have_rows_of_their_own_and_rows_are_used_again() {
    let e =
        |ph, id, ts, name| format!(r#"{{"ph":"{ph}","cat":"io","id":{id},"name":"{name}","ts":{ts},"pid":1,"tid":1}}"#);
    let events = [
        e("b", "\"0x1\"", 0, "a"),
        e("b", "2", 1, "b"),
        e("b", "2", 2, "inner"),
        e("n", "2", 3, "tick"),
        e("e", "2", 4, "inner"),
        e("e", "\"0x1\"", 5, "a"),
        e("b", "3", 6, "c"),
        e("e", "2", 7, "b"),
        e("e", "3", 9, "c"),
    ];
    let trace = opened(&format!("[{}]", events.join(","))).trace;
    assert_eq!(
        rows(&trace),
        ["Process process 1", "Task io: 0-5000 a, 6000-9000 c", "Task io: 1000-7000 b", "Call io: 2000-4000 inner"]
    );
    let marks: Vec<_> = trace.instants().iter().map(|mark| (mark.subject.0, mark.at.0)).collect();
    assert_eq!(marks, [(2, 3000)]);
}

#[test]
fn a_slice_has_its_arguments_and_its_colour_and_what_has_no_counterpart_is_told() {
    let text = r#"[
        {"ph":"X","name":"get","ts":0,"dur":5,"pid":1,"tid":1,"cname":"good","args":{"path":"/a \"b\"","n":[1,2]}},
        {"ph":"B","name":"get","ts":5,"pid":1,"tid":1,"cname":"grey","args":{}},
        {"ph":"X","name":"in","ts":6,"dur":1,"pid":1,"tid":1,"args":{"k":"v"}},
        {"ph":"E","ts":9,"pid":1,"tid":1,"args":{"late":1}},
        {"ph":"b","name":"io","cat":"c","id":1,"ts":1,"pid":1,"tid":1,"cname":"thread_state_iowait","args":{"fd":3}},
        {"ph":"n","name":"half","cat":"c","id":1,"ts":2,"pid":1,"tid":1,"args":{"bytes":10,"of":20}},
        {"ph":"e","name":"io","cat":"c","id":1,"ts":3,"pid":1,"tid":1}
    ]"#;
    let Recording { trace, notices, .. } = opened(text);
    let said = |track, span| {
        let place = SpanRef { track: Subject(track), span };
        let arguments: Vec<String> = trace.arguments(place).map(|(what, value)| format!("{what}={value}")).collect();
        (trace.said_of(place).tint, arguments.join(" "))
    };
    assert_eq!(rows(&trace)[1..3], ["Thread thread 1: 0-5000 get, 5000-9000 get", "Call thread 1: 6000-7000 in"]);
    assert_eq!(said(1, 0), (Some(Tint::Lane(2)), "path=/a \"b\" n=[1,2]".into()));
    assert_eq!(said(1, 1), (None, String::new()));
    assert_eq!(said(2, 0), (None, "k=v".into()));
    assert_eq!(said(3, 0), (Some(Tint::Waiting), "fd=3".into()));
    let mark = trace.instants()[0];
    assert_eq!(mark.detail.map(|detail| trace.text_of(detail)), Some("bytes: 10; of: 20"));
    assert_eq!(
        notices,
        ["colours that have no counterpart here: `grey`", "arguments of ends, which are not shown: those of 1"]
    );
}

#[test]
fn counters_are_series_and_fractions_are_kept_as_thousandths() {
    let text = r#"{"traceEvents":[
        {"ph":"C","name":"mem","ts":0,"pid":1,"args":{"heap":5,"stack":1}},
        {"ph":"C","name":"mem","ts":2,"pid":1,"args":{"heap":7,"stack":1}},
        {"ph":"C","name":"cpu","ts":1,"pid":1,"args":{"value":0.25}}
    ]}"#;
    let trace = opened(text).trace;
    let shown: Vec<_> =
        trace.counters().iter().map(|counter| (trace.text_of(counter.name), &counter.values[..])).collect();
    assert_eq!(shown, [("mem heap", &[5, 7][..]), ("mem stack", &[1]), ("cpu [1/1000]", &[250])]);
}

#[test]
fn an_arrow_goes_from_slice_to_slice() {
    let text = r#"[
        {"ph":"X","name":"outer","ts":0,"dur":10,"pid":1,"tid":1}, {"ph":"X","name":"inner","ts":2,"dur":3,"pid":1,"tid":1},
        {"ph":"X","name":"next","ts":20,"dur":5,"pid":1,"tid":2},
        {"ph":"s","name":"go","cat":"c","id":7,"ts":3,"pid":1,"tid":1}, {"ph":"f","name":"go","cat":"c","id":7,"ts":15,"pid":1,"tid":2}
    ]"#;
    let trace = opened(text).trace;
    let flow = trace.flows()[0];
    assert_eq!((flow.from, flow.from_at, flow.to, flow.to_at), (Subject(2), Time(3000), Subject(3), Time(15000)));
    let next = trace.span_at(Subject(3), Time(21_000)).unwrap();
    assert_eq!(trace.waker(next).map(|waker| waker.subject), Some(Subject(2)));
}

#[test]
fn a_list_may_lack_its_end_but_an_event_may_not() {
    let event = r#"{"ph":"X","name":"x","ts":0,"dur":1,"pid":1,"tid":1}"#;
    for text in [format!("[{event}"), format!("[{event},\n"), format!("\u{feff}[{event}]"), "[]".into(), "[".into()] {
        assert!(read(text.as_bytes()).is_ok(), "{text}");
    }
    assert_eq!(
        broken(&format!("[{event},\n{{\"ph\":\"X\",\"na")),
        "line 2, column 13 (byte 67): EOF while parsing a string"
    );
    assert!(broken(&format!("{{\"traceEvents\":[{event}")).contains("EOF while parsing"));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    assert_eq!(
        broken("[\n {\"ph\":\"X\",\"name\":\"x\",\"pid\":1,\"tid\":1}\n]"),
        "line 2, column 2 (byte 3): expected a number of microseconds as `ts` in an event of phase `X`, \
         found `{\"ph\":\"X\",\"name\":\"x\",\"pi`"
    );
    assert_eq!(
        broken("[{\"ph\":\"X\" \"ts\":1}]"),
        "line 1, column 12 (byte 11): expected `,` or `}`, found `\"ts\":1}]`"
    );
    assert_eq!(
        broken("[{\"name\":1}]"),
        "line 1, column 10 (byte 9): invalid type: integer `1`, expected a string, found `1}]`"
    );
    assert_eq!(broken(""), "line 1, column 1 (byte 0): the file is empty: expected Chrome's trace event JSON");
    assert_eq!(
        broken("print('hello')"),
        "line 1, column 1 (byte 0): expected `[` or `{`, the beginning of Chrome's trace event JSON, found `print('hello')`"
    );
    assert_eq!(
        broken("{\"nodes\":[],\"samples\":[]}"),
        "line 1, column 1 (byte 0): this is JSON but no trace: expected a list of events, or an object with `traceEvents`; \
         found only `nodes`, `samples`"
    );
    let gzip = read(&[0x1f, 0x8b, 8, 0]).unwrap_err().to_string();
    assert!(gzip.contains("unpack it first"), "{gzip}");
    let binary = read(&[0x0a, 0xff, 0x01]).unwrap_err().to_string();
    assert!(binary.contains("Perfetto's binary trace"), "{binary}");
}

#[test]
fn what_is_not_shown_is_counted() {
    let text = r#"[{"ph":"P","ts":1},{"ph":"P","ts":2},{"ph":"E","ts":1,"pid":1,"tid":1},
        {"ph":"X","name":"a","ts":0,"dur":5,"pid":1,"tid":1},{"ph":"X","name":"b","ts":3,"dur":5,"pid":1,"tid":1}]"#;
    assert_eq!(
        opened(text).notices,
        [
            "events that are not shown: 2 of phase `P`",
            "ends without a beginning, which are left out: 1",
            "slices that reach out of the one they began in, which are cut at its end: 1"
        ]
    );
}

#[test]
fn what_is_in_a_file_and_not_shown_is_said() {
    let text = r#"{"displayTimeUnit":"ms","samples":[],"traceEvents":[
        {"ph":"X","name":"a","cat":"c","ts":0,"dur":5,"tts":1,"tdur":2,"pid":1,"tid":1,"sf":3},
        {"ph":"X","name":"b","ts":6,"dur":5,"tts":1,"pid":1,"tid":1},
        {"ph":"b","name":"io","cat":"c","id":1,"ts":1,"pid":1,"tid":1},{"ph":"e","name":"io","cat":"c","id":1,"ts":3,"pid":1,"tid":1},
        {"ph":"M","name":"num_cpus","pid":1,"args":{"number":4}}
    ],"stackFrames":{"3":{"name":"f"}}}"#;
    assert_eq!(
        opened(text).notices,
        [
            "what events have and is not shown: 1 `cat`, 1 `sf`, 2 `tts`, 1 `tdur`",
            "what the file has beside and is not shown: `num_cpus`, `samples`, `stackFrames`",
        ]
    );
}
