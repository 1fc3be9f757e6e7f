//! A signal in words: who sent it, what it came into the midst of, and when which handler is called.

use super::tooltip::{line_words, sentence, title};
use super::words::instant;
use crate::journal::signals::{ALARM, is_signal, sending};
use crate::journal::{Entry, Kind, Line, State, Subject};
use crate::time::Time;
use crate::trace::{Instant, Span, SpanRef, Trace};

/// The signal of an entry, if it is one.
pub fn of_entry<'a>(trace: &'a Trace, entry: &Entry) -> Option<&'a Instant> {
    let next = Time(entry.at.0.saturating_add(1));
    let marks = trace.instants_of(entry.subject, entry.at, next).iter().map(|&mark| trace.instant(mark));
    let mut signals = marks.filter(|mark| is_signal(trace.text_of(mark.name)));
    signals.find(|mark| matches!(entry.what, crate::journal::What::Mark { name, .. } if name == mark.name))
}

/// The span that a mark came into; a signal that ended one came into that.
pub fn marked(trace: &Trace, mark: u32) -> Option<SpanRef> {
    let mark = trace.instant(mark);
    let place = trace.span_at(mark.subject, mark.at)?;
    let before = place.span.checked_sub(1).map(|span| SpanRef { span, ..place });
    let has_ended = is_signal(trace.text_of(mark.name)) && trace.span(place).start == mark.at;
    Some(before.filter(|_| has_ended).unwrap_or(place))
}

/// Those that came while a span lasted; one that ended it came to it and not to the next.
pub fn within(trace: &Trace, place: SpanRef) -> impl Iterator<Item = &Instant> {
    let span = trace.span(place);
    let first = if place.span == 0 { span.start } else { Time(span.start.0 + 1) };
    let marks = trace.instants_of(place.track, first, Time(span.end.0.saturating_add(1)));
    marks.iter().map(|&mark| trace.instant(mark)).filter(|mark| is_signal(trace.text_of(mark.name)))
}

/// Who sent it, and when.
pub fn sender(trace: &Trace, signal: &Instant) -> Option<(Subject, Time)> {
    signal.flow.map(|flow| &trace.flows()[flow as usize]).map(|flow| (flow.from, flow.from_at))
}

/// What happens to whom it comes: "gets SIGTERM from thread B (a.py:11) while it is sleeping; …".
pub fn words(trace: &Trace, signal: &Instant) -> String {
    let name = trace.text_of(signal.name);
    let mut said = format!("gets {name}");
    if let Some((from, at)) = sender(trace, signal) {
        said.push_str(&format!(" from {}", title(trace, from)));
        let line = sent_line(trace, signal).or(trace.span_at(from, at).and_then(|place| trace.line_of(place)));
        said.extend(line.map(|line| format!(" ({})", line_words(trace, line))));
    } else if name == ALARM {
        said.push_str(", as its timer has run out,");
    }
    let before = interrupted(trace, signal);
    if let Some(span) = &before {
        let doing = sentence(trace, signal.subject, span);
        // What exactly it runs, or wants, is told of the span itself.
        let doing = if span.state == State::Waiting { &*doing } else { doing.split(':').next().unwrap_or_default() };
        said.push_str(&format!(" while it is {doing}"));
    }
    let process = trace.ancestor(signal.subject, Kind::Process);
    match signal.detail.map(|handler| trace.text_of(handler)) {
        Some(handler) => {
            let place = signal.line.map_or(String::new(), |line| format!(" ({})", line_words(trace, line)));
            let when = match before.filter(|span| span.state == State::Running) {
                Some(_) => " at the next check point".into(),
                None => goes_on(trace, signal).map_or(String::new(), |at| format!(" at {}", instant(at, trace.end()))),
            };
            said.push_str(&format!("; its handler {handler}{place} is called{when}"));
        }
        None if process.is_some_and(|process| trace.track(process).ended == Some(signal.at)) => {
            said.push_str(", which ends the process");
        }
        None => {}
    }
    said
}

/// The line at which it was sent.
fn sent_line(trace: &Trace, signal: &Instant) -> Option<Line> {
    let sent = sending(trace.text_of(signal.name));
    let all = trace.instants();
    let (first, last) = (all.partition_point(|it| it.at < signal.at), all.partition_point(|it| it.at <= signal.at));
    all[first..last].iter().find(|mark| trace.text_of(mark.name) == sent)?.line
}

/// What it came into the midst of.
fn interrupted(trace: &Trace, signal: &Instant) -> Option<Span> {
    let place = trace.span_at(signal.subject, signal.at)?;
    let span = trace.span(place);
    let before = place.span.checked_sub(1).map(|span| SpanRef { span, ..place });
    if span.start < signal.at { Some(span) } else { before.map(|before| trace.span(before)) }
}

/// When whoever got it runs again.
fn goes_on(trace: &Trace, signal: &Instant) -> Option<Time> {
    let spans = &trace.track(signal.subject).spans;
    let first = spans.starts().partition_point(|&start| start < signal.at);
    (first..spans.len()).find(|&i| spans.states()[i] == State::Running).map(|i| spans.starts()[i])
}

#[cfg(test)]
mod tests {
    use super::super::explain;
    use super::super::narration;
    use super::*;
    use crate::journal::{Journal, What};

    /// A thread sends a signal to the main thread, which sleeps, and another one while it runs.
    fn sent() -> (Journal, [Subject; 2]) {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let main = j.born(Time(0), Kind::Thread, "MainThread", Some(p), None, None);
        let other = j.born(Time(0), Kind::Thread, "worker", Some(p), None, None);
        let file = j.name("a.py");
        let line = |line| Some(Line { file, line });
        j.state(Time(0), main, State::Waiting, "sleep", None, None, line(17));
        j.state(Time(0), other, State::Running, "", None, None, line(10));
        let sends = j.mark(Time(50), other, "sends SIGTERM", None, line(11));
        let (name, detail) = (j.name("SIGTERM"), Some(j.name("on_term")));
        let come = |at, cause, line| Entry { at, subject: main, what: What::Mark { name, detail }, cause, line };
        j.push(come(Time(50), Some(sends), line(4)));
        j.state(Time(50), main, State::Ready, "core", None, Some(sends), None);
        j.state(Time(70), main, State::Running, "", None, None, line(5));
        let again = j.state(Time(80), other, State::Running, "", None, None, line(12));
        j.push(come(Time(90), Some(again), line(4)));
        j.state(Time(100), main, State::Done, "", None, None, None);
        (j, [main, other])
    }

    #[test]
    fn a_signal_names_its_sender_what_it_interrupts_and_its_handler() {
        let (journal, _) = sent();
        let trace = Trace::of(&journal);
        assert_eq!(
            narration(&trace, &journal, Time(50)),
            "50 ns: MainThread gets SIGTERM from thread worker (a.py:11) while it is sleeping; its handler on_term \
             (a.py:4) is called at 70 ns"
        );
        let told = narration(&trace, &journal, Time(90));
        assert!(
            told.ends_with(
                "(a.py:12) while it is running; its handler on_term (a.py:4) is called at the next check point"
            ),
            "{told}"
        );
    }

    #[test]
    fn whoever_got_a_signal_leads_to_its_sender_and_one_arrow_leads_back() {
        let (journal, [main, other]) = sent();
        let trace = Trace::of(&journal);
        let slept = explain(&trace, SpanRef { track: main, span: 0 });
        assert!(!slept.text().contains("Ended by"), "{}", slept.text());
        assert_eq!((slept.senders, slept.waker.map(|step| step.subject)), (vec![], Some(other)));
        let ran = explain(&trace, SpanRef { track: main, span: 2 });
        assert!(ran.text().contains("At 90 ns it gets SIGTERM from thread worker (a.py:12)"), "{}", ran.text());
        assert_eq!(ran.senders.iter().map(|step| (step.subject, step.at)).collect::<Vec<_>>(), [(other, Time(90))]);
        let sends = explain(&trace, SpanRef { track: other, span: 0 });
        assert_eq!(sends.woken.iter().map(|step| step.at).collect::<Vec<_>>(), [Time(50)]);
    }
}
