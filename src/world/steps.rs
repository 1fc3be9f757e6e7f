//! One line of a program as the operations that it is made of: what `x += 1` does one after another.
//!
//! A thread that is asked to drop the GIL does so at a check point: when a call returns or enters a function, and where a
//! loop turns back (S-GIL-16). Between the others nobody else runs Python of the same process.

use std::rc::Rc;

use super::prepare::Prepared;
use super::prices::{price, prices};
use super::step::Step;
use crate::python::code::{Code, Const, Op, Source};
use crate::python::compile::compile_module;
use crate::python::compile::dis::operation;
use crate::python::compile::effect::jump;
use crate::python::vm::TICKS_PER_NS;

impl Prepared {
    /// The operations of a line of a file, in their order; none where the file does not compile or the line does nothing.
    pub fn steps(&self, file: &str, line: u32) -> Vec<Step> {
        let Some(file) = self.files.iter().find(|own| own.name == file) else { return Vec::new() };
        let version = (self.python.major.into(), self.python.minor.into());
        let source = Source { filename: file.name.as_str().into(), text: file.text.clone(), is_library: false };
        let Ok(code) = compile_module(Rc::new(source), version) else { return Vec::new() };
        let prices = prices(&self.costs.bytecode(self.python));
        let mut steps = Vec::new();
        visit(&code, &mut |code, i, op| {
            if code.positions[i].line == line {
                let is_call = matches!(op, Op::Call(_) | Op::CallKw { .. } | Op::CallEx(_));
                steps.push(Step {
                    function: code.qualname.to_string(),
                    words: operation(code, op),
                    cost_ns: f64::from(price(&prices, op)) / TICKS_PER_NS as f64,
                    is_check_point: is_call || jump(op).is_some_and(|(to, _)| to as usize <= i),
                });
            }
        });
        steps
    }
}

/// Shows every operation of a code and of the codes inside it, with its number.
fn visit(code: &Code, show: &mut impl FnMut(&Code, usize, Op)) {
    for (i, &op) in code.ops.iter().enumerate() {
        show(code, i, op);
    }
    for value in &code.consts {
        if let Const::Code(inner) = value {
            visit(inner, show);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::world::{Scenario, Settings};

    fn steps(text: &str, line: u32) -> Vec<(String, bool)> {
        let prepared = Scenario::parse("a.py", text).unwrap().with(&Settings::default()).unwrap();
        prepared.steps("a.py", line).into_iter().map(|step| (step.words, step.is_check_point)).collect()
    }

    #[test]
    fn a_counter_is_read_added_to_and_written_in_three_steps() {
        let found = steps("counter = 0\ndef f():\n    global counter\n    counter += 1\n", 4);
        let words: Vec<&str> = found.iter().map(|(words, _)| words.split(' ').next().unwrap_or_default()).collect();
        let place = |word: &str| words.iter().position(|other| other.starts_with(word));
        assert!(place("LoadGlobal") < place("Inplace") && place("Inplace") < place("StoreGlobal"), "{words:?}");
        assert!(found.iter().all(|(_, is_check_point)| !is_check_point), "{found:?}");
    }

    #[test]
    fn the_gil_may_change_hands_after_a_call() {
        let found = steps("counter = 0\ndef f():\n    return int(counter)\n", 3);
        assert_eq!(found.iter().filter(|(_, is_check_point)| *is_check_point).count(), 1, "{found:?}");
    }

    #[test]
    fn a_line_without_code_has_no_steps() {
        assert_eq!(steps("# nothing\nx = 1\n", 1), []);
    }
}
