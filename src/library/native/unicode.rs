//! `_unicode`: names, normal forms, combining classes and general categories of characters.

use std::rc::Rc;

use unicode_general_category::get_general_category;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};

use super::{add_functions, text};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

/// What `unicodedata` is made of.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("normalize", |vm, args| {
                let (form, text) = (text(vm, args, 0, "form")?, text(vm, args, 1, "unistr")?);
                Ok(Value::string(match form.as_str() {
                    "NFC" => text.nfc().collect::<String>(),
                    "NFD" => text.nfd().collect::<String>(),
                    "NFKC" => text.nfkc().collect::<String>(),
                    "NFKD" => text.nfkd().collect::<String>(),
                    _ => return vm.value_error("invalid normalization form"),
                }))
            }),
            ("combining", |vm, args| Ok(Value::Int(canonical_combining_class(character(vm, args)?) as i64))),
            ("category", |vm, args| Ok(Value::str(get_general_category(character(vm, args)?).abbreviation()))),
            ("name", |vm, args| Ok(unicode_names2::name(character(vm, args)?).map_or(Value::None, Value::string))),
            ("lookup", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                Ok(unicode_names2::character(&name).map_or(Value::None, |c| Value::string(c.into())))
            }),
            // What a character is made of, as a text: first the canonical form, then the compatible one.
            ("decompositions", |vm, args| {
                let c = character(vm, args)?;
                let (mut canonical, mut compatible) = (String::new(), String::new());
                decompose_canonical(c, |part| canonical.push(part));
                decompose_compatible(c, |part| compatible.push(part));
                Ok(Value::tuple([Value::string(canonical), Value::string(compatible)]))
            }),
        ],
    );
}

fn character(vm: &mut Vm, args: &Args) -> R<char> {
    let text = text(vm, args, 0, "chr")?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => vm.type_error("argument must be a unicode character, not str"),
    }
}
