//! Functions of Python: made where a `def` or `lambda` runs, their code made ready once.

use std::rc::Rc;

use super::Vm;
use crate::python::code::{flag, make};
use crate::python::function::Function;
use crate::python::heap;
use crate::python::names;
use crate::python::unit::Unit;
use crate::python::value::Value;

impl Vm {
    /// `MakeFunction`
    pub(super) fn make_function(&mut self, unit: &Rc<Unit>, flags: u16, code: u32) {
        let nested = self.nested_unit(unit, code);
        let mut pop = |flag: u16| (flags & flag != 0).then(|| self.fiber.stack.pop().expect("operand stack underflow"));
        let closure = match pop(make::CLOSURE) {
            Some(Value::Tuple(cells)) => cells
                .items
                .iter()
                .filter_map(|c| match c {
                    Value::Cell(cell) => Some(cell.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        let as_dict = |value: Option<Value>| match value {
            Some(Value::Dict(dict)) => Some(dict),
            _ => None,
        };
        let annotations = as_dict(pop(make::ANNOTATIONS));
        let kw_defaults = as_dict(pop(make::KW_DEFAULTS));
        let defaults = match pop(make::DEFAULTS) {
            Some(Value::Tuple(t)) => Some(t),
            _ => None,
        };
        let globals = self.frame().globals.clone();
        let module = globals.name(names::NAME).unwrap_or(Value::None);
        let doc = match nested.consts.first() {
            Some(doc @ Value::Str(_)) if nested.code.has(flag::OPTIMIZED) => doc.clone(),
            _ => Value::None,
        };
        let function = Function {
            name: nested.names[0].clone().into(),
            qualname: nested.names[1].clone().into(),
            unit: nested.into(),
            globals,
            defaults: defaults.into(),
            kw_defaults: kw_defaults.into(),
            closure,
            annotations: annotations.into(),
            doc: doc.into(),
            module: module.into(),
            attributes: None.into(),
            id: 0.into(),
            weak_references: Default::default(),
        };
        self.fiber.stack.push(heap::function(function));
    }

    /// The code of a nested function, made ready once.
    fn nested_unit(&mut self, unit: &Rc<Unit>, index: u32) -> Rc<Unit> {
        if let Some(known) = &unit.nested.borrow()[index as usize] {
            return known.clone();
        }
        let crate::python::code::Const::Code(code) = &unit.code.consts[index as usize] else {
            unreachable!("MakeFunction names a code constant");
        };
        let nested = self.make_unit(code.clone());
        unit.nested.borrow_mut()[index as usize] = Some(nested.clone());
        nested
    }
}
