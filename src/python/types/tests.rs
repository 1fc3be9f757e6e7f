//! Text and numbers against CPython, expression by expression.

use crate::python::vm::tests::run;

/// Expressions and their outcomes under CPython 3.11.
const CASES: &str = include_str!("text_cases.txt");

/// A program that shows the outcome of every expression.
fn program() -> (String, Vec<(&'static str, &'static str)>) {
    let mut text = String::new();
    let mut expected = Vec::new();
    for line in CASES.lines().filter(|l| !l.starts_with('#')) {
        if let Some(statement) = line.strip_prefix('!') {
            text.push_str(&format!("{statement}\n"));
            continue;
        }
        let (expression, outcome) = line.rsplit_once(" => ").expect("a case has an arrow");
        text.push_str(&format!(
            "try:\n    show_text(repr(({expression})))\nexcept BaseException as e:\n    \
             show_text(type(e).__name__ + ': ' + str(e))\n"
        ));
        expected.push((expression, outcome));
    }
    (format!("def show_text(text):\n    show(text)\n{text}"), expected)
}

#[test]
fn every_expression_gives_what_cpython_gives() {
    let (text, expected) = program();
    let shown = run(&text);
    assert_eq!(shown.len(), expected.len(), "{}", shown.last().map_or("", |l| l));
    for ((expression, outcome), shown) in expected.into_iter().zip(shown) {
        assert_eq!(shown, super::str::repr(outcome), "{expression}");
    }
}
