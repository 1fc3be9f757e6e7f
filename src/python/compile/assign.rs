//! Assignment, augmented assignment, annotation and deletion.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAugAssign};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use super::expr::operator;
use super::hint;
use crate::python::code::{Const, Op};
use crate::python::name::Sym;

impl<'a> Compiler<'a> {
    /// `[v] -> []`: assigns to any target.
    pub(super) fn assign_to(&mut self, target: &'a Expr) {
        let before = self.enter(target.range());
        match target {
            Expr::Name(name) => {
                let name = self.mangled(&name.id);
                self.store(name);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value);
                self.start_at_attribute(attribute.attr.range());
                let name = self.mangled(&attribute.attr.id);
                self.store_attr(name);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value);
                self.expr(&subscript.slice);
                self.emit(Op::StoreItem);
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, target.range()),
            Expr::List(list) => self.unpack(&list.elts, target.range()),
            Expr::Starred(_) => {
                self.error(target.range(), "starred assignment target must be in a list or tuple");
            }
            other => self.error(other.range(), "cannot assign to expression"),
        }
        self.at = before;
    }

    fn unpack(&mut self, targets: &'a [Expr], whole: TextRange) {
        match targets.iter().position(Expr::is_starred_expr) {
            None => self.emit(Op::UnpackSequence(targets.len() as u32)),
            Some(star) => {
                if targets[star + 1..].iter().any(Expr::is_starred_expr) {
                    self.error(whole, "multiple starred expressions in assignment");
                    return;
                }
                let after = targets.len() - star - 1;
                if star > 255 || after > u16::MAX as usize {
                    self.error(targets[star].range(), "too many expressions in star-unpacking assignment");
                    return;
                }
                self.emit(Op::UnpackEx { before: star as u16, after: after as u16 });
            }
        }
        for target in targets {
            match target {
                Expr::Starred(starred) => self.assign_to(&starred.value),
                other => self.assign_to(other),
            }
        }
    }

    pub(super) fn augmented(&mut self, assign: &'a StmtAugAssign) {
        let op = Op::Inplace(operator(assign.op));
        match &*assign.target {
            Expr::Name(name) => {
                let sym = self.mangled(&name.id);
                let before = self.enter(name.range());
                self.load(sym);
                self.at = before;
                self.expr(&assign.value);
                self.emit(op);
                self.enter(name.range());
                self.store(sym);
                self.at = before;
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value);
                let name = self.mangled(&attribute.attr.id);
                let before = self.enter(assign.target.range());
                self.emit(Op::Dup);
                self.start_at_attribute(attribute.attr.range());
                self.load_attr(name);
                self.at = before;
                self.expr(&assign.value);
                self.emit(op);
                self.enter(assign.target.range());
                self.start_at_attribute(attribute.attr.range());
                self.emit(Op::Swap(1));
                self.store_attr(name);
                self.at = before;
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value);
                self.expr(&subscript.slice);
                let before = self.enter(assign.target.range());
                self.emit(Op::Dup2);
                self.emit(Op::LoadItem);
                self.at = before;
                self.expr(&assign.value);
                self.emit(op);
                self.enter(assign.target.range());
                self.emit(Op::RotDown(2));
                self.emit(Op::StoreItem);
                self.at = before;
            }
            other => self.error(other.range(), "illegal expression for augmented assignment"),
        }
    }

    pub(super) fn annotated(&mut self, assign: &'a StmtAnnAssign) {
        if let Some(value) = &assign.value {
            self.expr(value);
            self.assign_to(&assign.target);
        }
        let keeps = !self.kind().is_function();
        match &*assign.target {
            Expr::Name(name) if assign.simple && keeps => {
                self.annotation(&assign.annotation);
                self.load(Sym::new("__annotations__"));
                let name = self.mangled(&name.id).text();
                self.constant(Const::Str(name));
                self.emit(Op::StoreItem);
            }
            Expr::Name(_) => {}
            target => {
                if assign.value.is_none() {
                    match target {
                        Expr::Attribute(attribute) => {
                            self.expr(&attribute.value);
                            self.emit(Op::PopTop);
                        }
                        Expr::Subscript(subscript) => {
                            self.expr(&subscript.value);
                            self.emit(Op::PopTop);
                            self.expr(&subscript.slice);
                            self.emit(Op::PopTop);
                        }
                        other => self.error(other.range(), "illegal target for annotation"),
                    }
                }
                if keeps && !self.string_annotations {
                    self.expr(&assign.annotation);
                    self.emit(Op::PopTop);
                }
            }
        }
    }

    /// The value of an annotation, or its text.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) {
        if self.string_annotations {
            let text = hint::written(annotation).unwrap_or_else(|| self.text(annotation.range()).to_owned());
            self.constant(Const::Str(text.into()));
        } else if let Expr::Starred(starred) = annotation {
            // `*args: *Ts`: the one thing that the unpacked type gives.
            self.expr(&starred.value);
            self.emit(Op::UnpackSequence(1));
        } else {
            self.expr(annotation);
        }
    }

    pub(super) fn delete_target(&mut self, target: &'a Expr) {
        let before = self.enter(target.range());
        match target {
            Expr::Name(name) => {
                let name = self.mangled(&name.id);
                self.delete(name);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value);
                let name = self.mangled(&attribute.attr.id);
                let name = self.unit().name(name);
                self.emit(Op::DeleteAttr(name));
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value);
                self.expr(&subscript.slice);
                self.emit(Op::DeleteItem);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|t| self.delete_target(t)),
            Expr::List(list) => list.elts.iter().for_each(|t| self.delete_target(t)),
            other => self.error(other.range(), "cannot delete expression"),
        }
        self.at = before;
    }
}
