//! What the page is made of below its elements: links, words, colours, gestures, in the browser that will run them.

use coroscope::page::command::{Pointer, PointerAction};
use coroscope::page::diagnostics::{of_traceback, of_what_went_on};
use coroscope::page::gesture::{Gesture, Intention};
use coroscope::page::highlight::{Class, tokens};
use coroscope::page::import::is_beside;
use coroscope::page::link::Link;
use coroscope::page::playback::{Playback, SPEEDS_NS};
use coroscope::page::words::{instant, is_same_value, percent, said, short, unit};
use coroscope::time::{Duration, Time};
use coroscope::timeline::{Arrangement, Fold, Folds};
use wasm_bindgen_test::wasm_bindgen_test;

fn shown(text: &str) -> String {
    let mut out = String::new();
    for (class, part) in tokens(text) {
        match class {
            Class::Plain => out.push_str(part),
            class => out.push_str(&format!("<{}:{part}>", class.css_name())),
        }
    }
    out
}

#[wasm_bindgen_test]
fn words_strings_numbers_and_comments_are_told_apart() {
    assert_eq!(
        shown("async def f(n=0x1F): # why\n    return f'{n}' + None"),
        "<k:async> <k:def> <f:f>(n=<n:0x1F>): <c:# why>\n    <k:return> <s:f'{n}'> + <k:None>"
    );
}

#[wasm_bindgen_test]
fn form_comments_cells_and_decorators_have_classes_of_their_own() {
    assert_eq!(
        shown("# %% server.py\nn = 5  #@param {}\n@app.get('/')\n"),
        "<h:# %% server.py>\nn = <n:5>  <p:#@param {}>\n<f:@app.get>(<s:'/'>)\n"
    );
}

#[wasm_bindgen_test]
fn unfinished_text_keeps_every_character() {
    for text in ["'", "x = '''a\nb", "r\"\\", "é = \"ü", "'\\", "f", "", "\\", "0x"] {
        let joined: String = tokens(text).iter().map(|(_, part)| *part).collect();
        assert_eq!(joined, text);
    }
}

#[wasm_bindgen_test]
fn what_is_written_is_read_back() {
    let mut arrangement = Arrangement::default();
    arrangement.toggle_pin("web, & more/GIL 1");
    arrangement.toggle_pin("web/timers");
    arrangement.hide("web/Tasks");
    arrangement.only = "get".into();
    let mut folds = Folds::default();
    folds.choose("web".into(), Fold::Closed);
    folds.choose("web/Threads".into(), Fold::Compact);
    let link = Link {
        arrangement,
        folds,
        scenario: Some("server-blocking".into()),
        parameters: [("n".into(), "50".into()), ("mode".into(), "async def & more".into())].into(),
        at: Some(Time(12_345_678)),
        range: Some((Time(2_500_000), Time(40_000_000))),
        is_folded: true,
        marks: vec![Time(1_000_000), Time(2_500_000)],
        trace: Some("traces/a b.json".into()),
        python: Some("3.13".into()),
        seed: Some(7),
        schedule: "12:1,~3.25".parse().unwrap(),
        text: Some("print('é')\n".repeat(40)),
    };
    let written = link.format();
    let expected = "v=1&s=server-blocking&trace=traces/a%20b.json&p.mode=async%20def%20%26%20more&p.n=50&python=3.13&seed=7&x=12:1,~3.25&t=12.345678&range=2.5,40&fold=1&m=1,2.5&pin=web%2C%20%26%20more/GIL%201&pin=web/timers&hide=web/Tasks&only=get&close=web&thin=web/Threads&c=";
    assert!(written.starts_with(expected), "{written}");
    assert_eq!(Link::parse(&written), (link, vec![]));
}

#[wasm_bindgen_test]
fn damaged_parts_become_notices_and_the_rest_is_read() {
    let (link, notices) = Link::parse("#v=9&s=a&t=soon&python=2.5&x=12:one&c=%%%&p.n=3&other=1");
    assert_eq!(
        link,
        Link { scenario: Some("a".into()), parameters: [("n".into(), "3".into())].into(), ..Link::default() }
    );
    assert_eq!(notices.len(), 5);
}

#[wasm_bindgen_test]
fn texts_of_every_length_survive_a_link() {
    for n_chars in 0..12 {
        let link = Link { text: Some("x=é".repeat(3).chars().take(n_chars).collect()), ..Link::default() };
        assert_eq!(Link::parse(&link.format()), (link, vec![]));
    }
}

#[wasm_bindgen_test]
fn values_written_by_a_browser_are_read() {
    let (link, _) = Link::parse("p.mode=async+def&p.x=100%25&p.y=%zz");
    assert_eq!(link.parameters["mode"], "async def");
    assert_eq!(link.parameters["x"], "100%");
    assert_eq!(link.parameters["y"], "%zz");
}

#[wasm_bindgen_test]
fn speeds_are_one_two_five_from_a_microsecond_to_a_thousand_seconds() {
    assert_eq!(SPEEDS_NS[..4], [1e3, 2e3, 5e3, 1e4]);
    assert_eq!(SPEEDS_NS[27], 1e12);
}

#[wasm_bindgen_test]
fn playing_from_the_end_starts_again_and_stops_at_the_end() {
    let end = Time(24_000_000_000);
    let mut playback = Playback::default();
    playback.speed = Playback::comfortable_speed(end);
    assert_eq!(SPEEDS_NS[playback.speed], 2e9);
    playback.rest_in(end);
    assert_eq!(playback.at(), Time(12_000_000_000));
    playback.toggle(end);
    assert_eq!(playback.at(), Time::ZERO);
    playback.advance(1_000.0, end);
    assert_eq!(playback.at(), Time(2_000_000_000));
    playback.advance(60_000.0, end);
    assert_eq!((playback.at(), playback.is_playing), (end, false));
    playback.toggle(end);
    assert_eq!((playback.at(), playback.is_playing), (Time::ZERO, true));
}

#[wasm_bindgen_test]
fn a_shorter_run_keeps_the_cursor_inside() {
    let mut playback = Playback::default();
    playback.seek(Time(90), Time(100));
    playback.rest_in(Time(50));
    assert_eq!(playback.at(), Time(50));
}

#[wasm_bindgen_test]
fn durations_are_short() {
    let shown: Vec<_> = [0, 950, 1_500, 999_960, 12_345_678, 50_346_000_000].map(|ns| short(Duration(ns))).into();
    assert_eq!(shown, ["0 s", "950 ns", "1.5 µs", "1 ms", "12.35 ms", "50.35 s"]);
}

#[wasm_bindgen_test]
fn instants_of_one_run_have_one_unit() {
    let run = Time(2_000_000_000);
    assert_eq!(instant(Time(1_500_000_000), run), "1.5000 s");
    assert_eq!(instant(Time(0), run), "0.0000 s");
}

#[wasm_bindgen_test]
fn shares_are_percent() {
    let shown: Vec<_> = [0.0, 0.0001, 0.034, 0.5, 1.0].map(percent).into();
    assert_eq!(shown, ["0.0 %", "< 0.1 %", "3.4 %", "50 %", "100 %"]);
}

fn pointer(action: PointerAction, id: i32, x_px: f32, y_px: f32) -> Pointer {
    Pointer { action, id, x_px, y_px, is_touch: true, has_shift: false, has_alt: false }
}

#[wasm_bindgen_test]
fn a_press_that_hardly_moves_is_a_click_and_another_pans() {
    let mut gesture = Gesture::default();
    assert_eq!(gesture.take(pointer(PointerAction::Down, 1, 50.0, 100.0)), None);
    assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 52.0, 100.0)), None);
    let click = Some(Intention::Click { x_px: 52.0, y_px: 100.0 });
    assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 52.0, 100.0)), click);
    gesture.take(pointer(PointerAction::Down, 1, 50.0, 100.0));
    let pan = Some(Intention::Pan { dx_px: 10.0, dy_px: 0.0 });
    assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 60.0, 100.0)), pan);
    assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 60.0, 100.0)), None);
}

#[wasm_bindgen_test]
fn the_ruler_scrubs() {
    let mut gesture = Gesture::default();
    let scrub = |x_px| Some(Intention::Scrub { x_px });
    assert_eq!(gesture.take(pointer(PointerAction::Down, 1, 50.0, 10.0)), scrub(50.0));
    assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 80.0, 200.0)), scrub(80.0));
}

#[wasm_bindgen_test]
fn two_fingers_zoom_between_them_and_end_without_a_click() {
    let mut gesture = Gesture::default();
    gesture.take(pointer(PointerAction::Down, 1, 100.0, 100.0));
    gesture.take(pointer(PointerAction::Down, 2, 200.0, 100.0));
    let zoom = Some(Intention::Zoom { x_px: 200.0, factor: 2.0 });
    assert_eq!(gesture.take(pointer(PointerAction::Move, 2, 300.0, 100.0)), zoom);
    assert_eq!(gesture.take(pointer(PointerAction::Up, 2, 300.0, 100.0)), None);
    assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 100.0, 100.0)), None);
}

#[wasm_bindgen_test]
fn the_innermost_own_line_counts() {
    let stderr = "Traceback (most recent call last):\n  File \"a.py\", line 2, in <module>\n    f()\n  File \"/x/b.py\", line 7, in f\n    g()\n  File \"asyncio/runners.py\", line 9, in run\nValueError: no: never\n";
    let found = of_traceback(stderr, &["a.py", "b.py"]).unwrap();
    assert_eq!((found.file.as_str(), found.line, found.message.as_str()), ("b.py", Some(7), "ValueError: no: never"));
}

#[wasm_bindgen_test]
fn an_exception_is_told_whatever_it_is_called() {
    let of = |tail: &str| {
        let stderr =
            format!("starting\nTraceback (most recent call last):\n  File \"a.py\", line 2, in f\n    g()\n{tail}");
        of_traceback(&stderr, &["a.py"]).map(|found| found.message)
    };
    assert_eq!(of("socket.gaierror: [Errno -2] no\n").as_deref(), Some("socket.gaierror: [Errno -2] no"));
    assert_eq!(of("__main__.Stop\nbye\n").as_deref(), Some("__main__.Stop"));
    let group = "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 5, in <module>\n  |     run()\n\
                 \x20 | ExceptionGroup: unhandled errors (1 sub-exception)\n  +-+---------------- 1 ----------------\n\
                 \x20   | Traceback (most recent call last):\n    |   File \"a.py\", line 2, in f\n    |     g()\n    | ValueError: no\n\
                 \x20   +------------------------------------\n";
    let found = of_traceback(group, &["a.py"]).unwrap();
    assert_eq!((found.line, &*found.message), (Some(2), "ExceptionGroup: unhandled errors (1 sub-exception)"));
}

#[wasm_bindgen_test]
fn what_fails_in_a_thread_is_told_although_the_program_goes_on() {
    let stderr = "Exception in thread Thread-1 (f):\nTraceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nNameError: no g\n";
    let found = of_what_went_on(stderr, &["a.py"]).unwrap();
    assert_eq!((found.line, &*found.message), (Some(3), "Exception in thread Thread-1 (f): NameError: no g"));
    let logged = "ERROR: it failed\nTraceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nNameError: no g\n";
    assert_eq!(of_what_went_on(logged, &["a.py"]), None, "a program that logs an exception has caught it");
}

#[wasm_bindgen_test]
fn a_syntax_error_has_a_column() {
    let stderr = "  File \"a.py\", line 3\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n";
    let found = of_traceback(stderr, &["a.py"]).unwrap();
    assert_eq!((found.line, found.column), (Some(3), Some(5)));
}

#[wasm_bindgen_test]
fn words_on_standard_error_are_no_diagnostic() {
    assert_eq!(of_traceback("INFO: started\nerror while reading\n", &["a.py"]), None);
}

#[wasm_bindgen_test]
fn equal_numbers_are_the_same_value_and_other_texts_are_not() {
    assert!(is_same_value("1", "1.0"));
    assert!(is_same_value("1_000", "1000"));
    assert!(!is_same_value("1", "2"));
    assert!(!is_same_value("def", "async def"));
}

#[wasm_bindgen_test]
fn a_unit_is_what_a_label_ends_with_in_brackets() {
    assert_eq!(unit("Time of a request [s]"), "s");
    assert_eq!(unit("How many"), "");
}

#[wasm_bindgen_test]
fn a_label_says_what_a_parameter_is_and_then_what_to_do_with_it() {
    let label = "How long a thread works [µs]\nGive it more, and the turns get shorter.";
    assert_eq!(unit(label), "µs");
    assert_eq!(said(label), "How long a thread works. Give it more, and the turns get shorter.");
    assert_eq!(said("How many\narrive."), "How many arrive.");
    assert_eq!(said("Time [s]"), "Time");
}

#[wasm_bindgen_test]
fn a_trace_is_fetched_from_beside_the_page_and_from_nowhere_else() {
    for address in ["a.json", "traces/a-1_2.json", "../a%20b.json", "./a b.json"] {
        assert!(is_beside(address), "{address}");
    }
    for address in ["", "/etc/a.json", "//other.example/a.json", "https://other.example/a", "data:,[]", "a\\b"] {
        assert!(!is_beside(address), "{address}");
    }
}
