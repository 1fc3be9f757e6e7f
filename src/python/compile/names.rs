//! Loading, storing and deleting names, wherever they live.

use super::scope::{Place, ScopeKind, mangle};
use super::{Compiler, Purpose};
use crate::python::code::Op;
use crate::python::name::Sym;

impl Compiler<'_> {
    /// The name as it is stored: private names of classes are mangled.
    pub(super) fn mangled(&self, name: &str) -> Sym {
        let scope = self.units.last().expect("a unit is open").scope as usize;
        mangle(self.scopes.all[scope].private.as_deref(), name)
    }

    fn place(&mut self, name: Sym) -> (Place, u32) {
        self.unit().slots.get(&name).copied().unwrap_or((Place::GlobalAssumed, 0))
    }

    /// Names bound by this block, and those bound nowhere, are looked up in its namespace first.
    fn has_namespace(&self) -> bool {
        match self.kind() {
            ScopeKind::Class => true,
            ScopeKind::Module => self.purpose != Purpose::Module,
            _ => false,
        }
    }

    pub(super) fn load(&mut self, name: Sym) {
        let (kind, has_namespace) = (self.kind(), self.has_namespace());
        let op = match (self.place(name), kind) {
            ((Place::Local, slot), _) if kind.is_function() => Op::LoadFast(slot),
            ((Place::Free, slot), ScopeKind::Class) => Op::LoadClassDeref(slot),
            ((Place::Cell | Place::Free, slot), _) => Op::LoadDeref(slot),
            ((Place::Local | Place::GlobalAssumed, _), _) if has_namespace => Op::LoadName(self.unit().name(name)),
            _ => Op::LoadGlobal { cache: self.unit().cache(), name: self.unit().name(name) },
        };
        self.emit(op);
    }

    pub(super) fn store(&mut self, name: Sym) {
        let (kind, has_namespace) = (self.kind(), self.has_namespace());
        let op = match (self.place(name), kind) {
            ((Place::Local, slot), _) if kind.is_function() => Op::StoreFast(slot),
            ((Place::Cell | Place::Free, slot), _) => Op::StoreDeref(slot),
            ((Place::Local | Place::GlobalAssumed, _), _) if has_namespace => Op::StoreName(self.unit().name(name)),
            _ => Op::StoreGlobal { cache: self.unit().cache(), name: self.unit().name(name) },
        };
        self.emit(op);
    }

    pub(super) fn delete(&mut self, name: Sym) {
        let (kind, has_namespace) = (self.kind(), self.has_namespace());
        let op = match (self.place(name), kind) {
            ((Place::Local, slot), _) if kind.is_function() => Op::DeleteFast(slot),
            ((Place::Cell | Place::Free, slot), _) => Op::DeleteDeref(slot),
            ((Place::Local | Place::GlobalAssumed, _), _) if has_namespace => Op::DeleteName(self.unit().name(name)),
            _ => Op::DeleteGlobal(self.unit().name(name)),
        };
        self.emit(op);
    }

    /// Forgets the name of an `except … as name`, whether it is still bound or not.
    pub(super) fn forget(&mut self, name: Sym) {
        if self.kind().is_function()
            && let (Place::Local, slot) = self.place(name)
        {
            return self.emit(Op::ClearFast(slot));
        }
        self.none();
        self.store(name);
        self.delete(name);
    }

    pub(super) fn load_attr(&mut self, name: Sym) {
        let op = Op::LoadAttr { cache: self.unit().cache(), name: self.unit().name(name) };
        self.emit(op);
    }

    pub(super) fn store_attr(&mut self, name: Sym) {
        let op = Op::StoreAttr { cache: self.unit().cache(), name: self.unit().name(name) };
        self.emit(op);
    }
}
