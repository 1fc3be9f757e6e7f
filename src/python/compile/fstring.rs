//! Formatted strings.

use ruff_python_ast::{ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement};

use super::Compiler;
use crate::python::code::{Const, Conversion, Op};

impl<'a> Compiler<'a> {
    pub(super) fn fstring(&mut self, string: &'a ExprFString) {
        let mut pieces = Pieces::default();
        for part in string.value.iter() {
            match part {
                FStringPart::Literal(literal) => pieces.text.push_str(&literal.value),
                FStringPart::FString(inner) => self.fstring_elements(&inner.elements, &mut pieces),
            }
        }
        self.join(pieces);
    }

    fn fstring_elements(&mut self, elements: &'a [InterpolatedStringElement], pieces: &mut Pieces) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => pieces.text.push_str(&literal.value),
                InterpolatedStringElement::Interpolation(field) => {
                    if let Some(debug) = &field.debug_text {
                        pieces.text.push_str(debug.as_str());
                    }
                    self.flush(pieces);
                    self.field(field);
                    pieces.count += 1;
                }
            }
        }
    }

    fn field(&mut self, field: &'a InterpolatedElement) {
        self.expr(&field.expression);
        let conversion = match field.conversion {
            ConversionFlag::Str => Conversion::Str,
            ConversionFlag::Repr => Conversion::Repr,
            ConversionFlag::Ascii => Conversion::Ascii,
            ConversionFlag::None if field.debug_text.is_some() && field.format_spec.is_none() => Conversion::Repr,
            ConversionFlag::None => Conversion::None,
        };
        if let Some(spec) = &field.format_spec {
            let mut pieces = Pieces::default();
            self.fstring_elements(&spec.elements, &mut pieces);
            self.join(pieces);
        }
        self.emit(Op::FormatValue { conversion, has_spec: field.format_spec.is_some() });
    }

    fn flush(&mut self, pieces: &mut Pieces) {
        if !pieces.text.is_empty() {
            let text = std::mem::take(&mut pieces.text);
            self.constant(Const::Str(text.into()));
            pieces.count += 1;
        }
    }

    fn join(&mut self, mut pieces: Pieces) {
        self.flush(&mut pieces);
        match pieces.count {
            0 => self.constant(Const::Str("".into())),
            1 => {}
            n => self.emit(Op::BuildString(n)),
        }
    }
}

/// What has been left on the stack so far, and literal text still to come.
#[derive(Default)]
struct Pieces {
    text: String,
    count: u32,
}
