//! The loop over operations: one arm an operation, those that are met most before the rest.

use super::frame::After;
use super::moments::Between;
use super::operator;
use super::{Stop, Vm, Why};
use crate::python::code::{BinaryOp, Op};
use crate::python::grave;
use crate::python::heap;
use crate::python::unit::Step;
use crate::python::value::Value;

/// Stores the place of the next operation before anything that may look at it.
macro_rules! save {
    ($vm:ident, $ip:ident) => {
        $vm.fiber.frames.last_mut().expect("a frame runs").ip = $ip as u32
    };
}

impl Vm {
    /// The next operation of the current fiber is a check point's continuation or any other.
    #[allow(clippy::cognitive_complexity)]
    pub(super) fn run_loop(&mut self) -> Why {
        'frame: loop {
            if self.fiber.result.is_some()
                && let Some(result) = self.fiber.result.take()
            {
                return Why::Done(result);
            }
            // What died while frames were put aside or unwound, and finalisers that wait for their turn.
            if !grave::is_empty() {
                self.finalize_dead();
            } else if !self.fiber.deferred.is_empty() {
                self.run_deferred();
            }
            if self.fiber.due == self.fiber.frames.len() {
                match self.drive() {
                    Some(why) => return why,
                    None => continue 'frame,
                }
            }
            let frame = self.fiber.frames.last().expect("a fiber that is not done has a frame");
            let unit = frame.unit.clone();
            let base = frame.base as usize;
            let mut ip = frame.ip as usize;
            let steps = &unit.steps[..];

            /// Runs an operation's general case; goes on after it when it succeeds.
            macro_rules! general {
                ($e:expr) => {{
                    save!(self, ip);
                    self.cursor = 0;
                    self.recording = 0;
                    self.loops = 0;
                    if !self.fiber.answers.is_empty() {
                        self.fiber.forget_answers_to_others(ip);
                    }
                    match $e {
                        Ok(value) => {
                            if !self.fiber.answers.is_empty() {
                                self.fiber.forget_answers();
                            }
                            value
                        }
                        Err(stop) => match self.handle(stop) {
                            Some(why) => return why,
                            None => continue 'frame,
                        },
                    }
                }};
            }
            /// Finalises what the operation dropped. Every operation that may drop something ends with it: what is left
            /// over would be finalised at the next stop, whose place depends on the fuel.
            macro_rules! reap {
                () => {
                    if !grave::is_empty() {
                        save!(self, ip);
                        if self.finalize_dead() {
                            continue 'frame;
                        }
                    }
                };
            }
            macro_rules! pop {
                () => {
                    self.fiber.stack.pop().expect("operand stack underflow")
                };
            }
            macro_rules! push {
                ($v:expr) => {
                    self.fiber.stack.push($v)
                };
            }
            macro_rules! top {
                () => {
                    self.fiber.stack.last().expect("operand stack underflow")
                };
            }
            macro_rules! load_fast {
                ($i:expr) => {{
                    let value = self.fiber.stack[base + $i as usize].clone();
                    if value.is_null() {
                        general!(Err::<(), Stop>(self.unbound($i.into())));
                    }
                    push!(value);
                }};
            }
            /// The operator before had this for its result.
            macro_rules! charge_float {
                ($value:expr) => {
                    if let Value::Float(_) = $value {
                        self.left -= i64::from(unit.surcharges.float);
                    }
                };
            }
            /// The operation that follows has been done; it costs what it costs.
            macro_rules! skip {
                () => {{
                    self.left -= steps[ip].price as i64;
                    ip += 1;
                }};
            }
            macro_rules! jump_if {
                ($wanted:expr, $target:expr) => {{
                    let truth = match top!() {
                        Value::Bool(b) => b.get(),
                        Value::None => false,
                        Value::Int(i) => *i != 0,
                        _ => general!(self.top_truth()),
                    };
                    pop!().discard();
                    if truth == $wanted {
                        ip = $target as usize;
                    }
                    reap!();
                }};
            }

            loop {
                if self.left <= 0 {
                    save!(self, ip);
                    match self.between(&unit, ip) {
                        Between::GoesOn => {}
                        Between::Enters => continue 'frame,
                        Between::Stops(why) => return why,
                    }
                }
                let Step { op, price } = steps[ip];
                self.left -= price as i64;
                ip += 1;
                match op {
                    Op::Nop => {}
                    Op::PopTop => {
                        pop!().discard();
                        reap!();
                    }
                    Op::Dup => push!(top!().clone()),
                    Op::Dup2 => {
                        let n = self.fiber.stack.len();
                        let (a, b) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
                        push!(a);
                        push!(b);
                    }
                    Op::Swap(n) => {
                        let last = self.fiber.stack.len() - 1;
                        self.fiber.stack.swap(last, last - n as usize);
                    }
                    Op::Copy(n) => {
                        let last = self.fiber.stack.len() - 1;
                        push!(self.fiber.stack[last - n as usize].clone());
                    }
                    Op::RotDown(n) => {
                        let len = self.fiber.stack.len();
                        self.fiber.stack[len - 1 - n as usize..].rotate_right(1);
                    }
                    Op::PushNull => push!(Value::Null),
                    Op::LoadConst(i) => push!(unit.consts[i as usize].clone()),
                    Op::LoadFast(i) => load_fast!(i),
                    Op::LoadFastAttr(i, cache) | Op::LoadFastMethod(i, cache) => {
                        let slot = base + i as usize;
                        let is_known = match op {
                            Op::LoadFastAttr(..) => self.load_attribute_of(&unit, cache, slot),
                            _ => self.load_method_of(&unit, cache, slot),
                        };
                        if is_known {
                            skip!();
                        } else {
                            load_fast!(i);
                        }
                    }
                    Op::StoreFastAttr(i, cache) => {
                        if self.store_attribute_of(&unit, cache, base + i as usize) {
                            skip!();
                            reap!();
                        } else {
                            load_fast!(i);
                        }
                    }
                    Op::StoreFast(i) => {
                        let value = pop!();
                        std::mem::replace(&mut self.fiber.stack[base + i as usize], value).discard();
                        reap!();
                    }
                    Op::DeleteFast(i) => {
                        let old = std::mem::take(&mut self.fiber.stack[base + i as usize]);
                        if old.is_null() {
                            general!(Err::<(), Stop>(self.unbound(i)));
                        }
                        drop(old);
                        reap!();
                    }
                    Op::ClearFast(i) => {
                        drop(std::mem::take(&mut self.fiber.stack[base + i as usize]));
                        reap!();
                    }
                    Op::MakeCell(i) => {
                        let slot = &mut self.fiber.stack[base + i as usize];
                        let value = std::mem::take(slot);
                        *slot = heap::cell(value);
                    }
                    Op::LoadClosure(i) => push!(self.fiber.stack[base + i as usize].clone()),
                    Op::LoadDeref(i) => {
                        let value = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.borrow().clone(),
                            _ => Value::Null,
                        };
                        if value.is_null() {
                            general!(Err::<(), Stop>(self.unbound_cell(i)));
                        }
                        push!(value);
                    }
                    Op::LoadClassDeref(i) => {
                        let value = general!(self.load_class_deref(i, base));
                        push!(value);
                    }
                    Op::StoreDeref(i) => {
                        let value = pop!();
                        let old = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.replace(value),
                            _ => value,
                        };
                        drop(old);
                        reap!();
                    }
                    Op::DeleteDeref(i) => {
                        let old = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.take(),
                            _ => Value::Null,
                        };
                        if old.is_null() {
                            general!(Err::<(), Stop>(self.unbound_cell(i)));
                        }
                        drop(old);
                        reap!();
                    }
                    Op::LoadGlobal { cache, name } => {
                        let found = self.cached_global(&unit, cache);
                        let value = match found {
                            Some(value) => value,
                            None => general!(self.load_global(&unit, cache, name)),
                        };
                        push!(value);
                    }
                    Op::StoreGlobal { cache, name } => {
                        let value = pop!();
                        self.store_global(&unit, cache, name, value);
                        reap!();
                    }
                    Op::DeleteGlobal(name) => {
                        general!(self.delete_global(name));
                        reap!();
                    }
                    Op::LoadName(name) => {
                        let value = general!(self.load_name(name));
                        push!(value);
                    }
                    Op::StoreName(name) => {
                        general!(self.store_name(name));
                        reap!();
                    }
                    Op::DeleteName(name) => {
                        general!(self.delete_name(name));
                        reap!();
                    }
                    Op::LoadAttr { cache, name } => {
                        let value = match self.cached_attribute(&unit, cache) {
                            Some(value) => value,
                            None => match general!(self.load_attribute(&unit, cache, name)) {
                                Some(value) => value,
                                None => continue 'frame,
                            },
                        };
                        *self.fiber.stack.last_mut().expect("operand stack underflow") = value;
                        reap!();
                    }
                    Op::LoadMethod { cache, name } => {
                        if !self.cached_method(&unit, cache) {
                            general!(self.load_method(&unit, cache, name));
                        }
                        reap!();
                    }
                    Op::LoadSuperAttr(name) => {
                        general!(self.load_super_attribute(name));
                        reap!();
                    }
                    Op::StoreAttr { cache, name } => {
                        if !self.store_cached_attribute(&unit, cache) {
                            general!(self.store_attribute(&unit, cache, name));
                        }
                        reap!();
                    }
                    Op::DeleteAttr(name) => {
                        general!(self.delete_attribute(name));
                        reap!();
                    }
                    Op::LoadItem => {
                        if let [.., Value::Dict(_), _] = &self.fiber.stack[..] {
                            self.left -= i64::from(unit.surcharges.dict_load);
                        }
                        if !self.load_item_fast() && general!(self.load_item()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::StoreItem => {
                        if !self.store_item_fast() {
                            general!(self.store_item());
                        }
                        reap!();
                    }
                    Op::DeleteItem => {
                        general!(self.delete_item());
                        reap!();
                    }
                    Op::BuildSlice(n) => self.build_slice(n),
                    Op::Binary(operator) => {
                        if !self.binary_fast(operator)
                            && (operator != BinaryOp::Add || !self.grow_operand(base, steps[ip].op))
                        {
                            if general!(self.binary(operator, false)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                        charge_float!(top!());
                    }
                    Op::Inplace(operator) => {
                        if !self.binary_fast(operator)
                            && (operator != BinaryOp::Add || !self.grow_operand(base, steps[ip].op))
                        {
                            if general!(self.binary(operator, true)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                        charge_float!(top!());
                    }
                    Op::Unary(operator) => {
                        general!(self.unary(operator));
                        reap!();
                    }
                    Op::Compare(operator) => {
                        if !self.compare_fast(operator) {
                            if general!(self.compare(operator)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::Is(inverted) => {
                        let (b, a) = (pop!(), pop!());
                        push!(Value::bool(a.is(&b) != inverted));
                        drop((a, b));
                        reap!();
                    }
                    Op::Contains(inverted) => {
                        general!(self.contains_op(inverted));
                        reap!();
                    }
                    Op::BuildTuple(n) => {
                        let tuple = match n {
                            2 => {
                                let (b, a) = (pop!(), pop!());
                                Value::pair(a, b)
                            }
                            _ => {
                                let start = self.fiber.stack.len() - n as usize;
                                Value::tuple(self.fiber.stack.drain(start..))
                            }
                        };
                        push!(tuple);
                    }
                    Op::BuildList(n) => {
                        let start = self.fiber.stack.len() - n as usize;
                        let list = Value::list(self.fiber.stack.split_off(start));
                        push!(list);
                    }
                    Op::BuildSet(n) => {
                        general!(self.build_set(n as usize));
                        reap!();
                    }
                    Op::BuildDict(n) => {
                        general!(self.build_dict(n as usize));
                        reap!();
                    }
                    Op::BuildString(n) => self.build_string(n as usize),
                    Op::FormatValue { conversion, has_spec } => {
                        general!(self.format_value(conversion, has_spec));
                        reap!();
                    }
                    Op::ListAppend(n) => {
                        let value = pop!();
                        let at = self.fiber.stack.len() - n as usize;
                        if let Value::List(list) = &self.fiber.stack[at] {
                            list.items.borrow_mut().push(value);
                        }
                    }
                    Op::SetAdd(n) => {
                        general!(self.set_add(n as usize));
                        reap!();
                    }
                    Op::MapAdd(n) => {
                        general!(self.map_add(n as usize));
                        reap!();
                    }
                    Op::ListExtend(n) => {
                        general!(self.list_extend(n as usize));
                        reap!();
                    }
                    Op::SetUpdate(n) => {
                        general!(self.set_update(n as usize));
                        reap!();
                    }
                    Op::DictUpdate(n) => {
                        general!(self.dict_update(n as usize));
                        reap!();
                    }
                    Op::DictMerge(n) => {
                        general!(self.dict_merge(n as usize));
                        reap!();
                    }
                    Op::StarArgs => {
                        general!(self.star_args());
                        reap!();
                    }
                    Op::ListToTuple => {
                        if let Value::List(list) = pop!() {
                            let items = std::mem::take(&mut *list.items.borrow_mut());
                            push!(Value::tuple(items));
                        }
                    }
                    Op::UnpackSequence(n) => {
                        general!(self.unpack_sequence(n as usize));
                        reap!();
                    }
                    Op::UnpackEx { before, after } => {
                        general!(self.unpack_ex(before as usize, after as usize));
                        reap!();
                    }
                    Op::Jump(target) => ip = target as usize,
                    Op::JumpBack(target) => ip = target as usize,
                    Op::PopJumpIfTrue(target) => jump_if!(true, target),
                    Op::PopJumpIfFalse(target) => jump_if!(false, target),
                    Op::PopJumpIfNone(target) => {
                        if pop!().is_none() {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::PopJumpIfNotNone(target) => {
                        if !pop!().is_none() {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::JumpIfTrueOrPop(target) => {
                        if general!(self.top_truth()) {
                            ip = target as usize;
                        } else {
                            drop(pop!());
                        }
                        reap!();
                    }
                    Op::JumpIfFalseOrPop(target) => {
                        if general!(self.top_truth()) {
                            drop(pop!());
                        } else {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::GetIter => {
                        if !matches!(top!(), Value::Iter(_)) {
                            if general!(self.get_iter()) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::ForIter(target) => {
                        let next = match self.next_fast() {
                            Some(next) => next,
                            None => {
                                save!(self, ip);
                                if self.resume_for(After::ForIter(target)) {
                                    continue 'frame;
                                }
                                match general!(self.for_iter()) {
                                    Some(next) => next,
                                    None => continue 'frame,
                                }
                            }
                        };
                        match next {
                            Some(value) => push!(value),
                            None => {
                                drop(pop!());
                                ip = target as usize;
                            }
                        }
                        reap!();
                    }
                    Op::ForIterStore(slot, target) => {
                        let next = match self.next_fast() {
                            Some(next) => next,
                            None => {
                                save!(self, ip);
                                if self.resume_for(After::ForIterStore(slot, target)) {
                                    continue 'frame;
                                }
                                match general!(self.for_iter()) {
                                    Some(next) => next,
                                    None => continue 'frame,
                                }
                            }
                        };
                        match next {
                            Some(value) => {
                                std::mem::replace(&mut self.fiber.stack[base + slot as usize], value).discard();
                            }
                            None => {
                                drop(pop!());
                                ip = target as usize;
                            }
                        }
                        reap!();
                    }
                    Op::Call(argc) => {
                        save!(self, ip);
                        if self.call_python_fast(argc as usize) || self.call_resuming(argc as usize) {
                            continue 'frame;
                        }
                        if general!(self.call_op(argc as usize, None, &unit.surcharges)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::CallKw { argc, names } => {
                        if general!(self.call_op(argc as usize, Some(names), &unit.surcharges)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::CallEx(has_kwargs) => {
                        if general!(self.call_ex(has_kwargs)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::MakeFunction { flags, code } => self.make_function(&unit, flags, code),
                    Op::LoadBuildClass => push!(self.types.build_class.clone()),
                    Op::Return => {
                        let value = pop!();
                        self.return_value(value);
                        if !grave::is_empty() && !self.fiber.frames.is_empty() {
                            self.finalize_dead();
                        }
                        continue 'frame;
                    }
                    Op::ReturnGenerator => {
                        save!(self, ip);
                        self.return_generator();
                        continue 'frame;
                    }
                    Op::Yield => {
                        save!(self, ip);
                        let value = pop!();
                        if let Some(why) = self.yield_value(value) {
                            return why;
                        }
                        continue 'frame;
                    }
                    Op::YieldFrom => match self.yield_from_op(ip) {
                        Ok(true) => continue 'frame,
                        Ok(false) => reap!(),
                        Err(stop) => match self.handle(stop) {
                            Some(why) => return why,
                            None => continue 'frame,
                        },
                    },
                    Op::GetAwaitable(place) => {
                        if general!(self.get_awaitable(place)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::GetYieldFromIter => {
                        general!(self.get_yield_from_iter());
                        reap!();
                    }
                    Op::GetAiter => {
                        general!(self.get_aiter());
                        reap!();
                    }
                    Op::GetAnext => {
                        if general!(self.get_anext()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::EndAsyncFor => {
                        general!(self.end_async_for());
                        reap!();
                    }
                    Op::BeforeWith => {
                        if general!(self.before_with()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::BeforeAsyncWith => {
                        if general!(self.before_async_with()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::WithExceptStart => {
                        general!(self.with_except_start());
                        reap!();
                    }
                    Op::PushExc => {
                        let exc = pop!();
                        push!(std::mem::replace(&mut self.fiber.handled, exc.clone()));
                        push!(exc);
                    }
                    Op::PopExcept => {
                        self.fiber.handled = pop!();
                        reap!();
                    }
                    Op::CheckExcMatch => {
                        general!(self.check_exc_match());
                        reap!();
                    }
                    Op::CheckEgMatch => {
                        general!(self.check_eg_match());
                        reap!();
                    }
                    Op::PrepReraiseStar => {
                        general!(self.prep_reraise_star());
                        reap!();
                    }
                    Op::Reraise => {
                        let exc = pop!();
                        general!(Err::<(), Stop>(Stop::Reraise(exc)));
                    }
                    Op::Raise(n) => {
                        general!(self.raise(n));
                    }
                    Op::LoadAssertionError => push!(Value::Class(self.types.assertion_error.clone())),
                    Op::ImportName(name) => {
                        general!(self.import_name(name));
                        reap!();
                    }
                    Op::ImportFrom(name) => {
                        general!(self.import_from(name));
                        reap!();
                    }
                    Op::ImportStar => {
                        general!(self.import_star());
                        reap!();
                    }
                    Op::MatchSequence => {
                        general!(self.match_sequence());
                        reap!();
                    }
                    Op::MatchMapping => {
                        general!(self.match_mapping());
                        reap!();
                    }
                    Op::MatchKeys => {
                        general!(self.match_keys());
                        reap!();
                    }
                    Op::MatchClass(n) => {
                        general!(self.match_class(n as usize));
                        reap!();
                    }
                    Op::GetLen => {
                        general!(self.get_len());
                        reap!();
                    }
                    Op::Imaginary => {
                        let imaginary = pop!();
                        push!(self.imaginary(&imaginary));
                    }
                    Op::SetupAnnotations => self.setup_annotations(),
                    Op::LoadFast2(a, b) => {
                        let (a, b) = (base + a as usize, base + b as usize);
                        let (x, y) = (self.fiber.stack[a].clone(), self.fiber.stack[b].clone());
                        if x.is_null() {
                            general!(Err::<(), Stop>(self.unbound((a - base) as u32)));
                        }
                        if y.is_null() {
                            general!(Err::<(), Stop>(self.unbound((b - base) as u32)));
                        }
                        push!(x);
                        push!(y);
                    }
                    Op::LoadFastConst(a, k) => {
                        let x = self.fiber.stack[base + a as usize].clone();
                        if x.is_null() {
                            general!(Err::<(), Stop>(self.unbound(a as u32)));
                        }
                        push!(x);
                        push!(unit.consts[k as usize].clone());
                    }
                    Op::StoreLoadFast(a, b) => {
                        let value = pop!();
                        std::mem::replace(&mut self.fiber.stack[base + a as usize], value).discard();
                        let loaded = self.fiber.stack[base + b as usize].clone();
                        if loaded.is_null() {
                            general!(Err::<(), Stop>(self.unbound(b as u32)));
                        }
                        push!(loaded);
                        reap!();
                    }
                    Op::BinaryFastConst(operator, a, k) | Op::InplaceFastConst(operator, a, k) => {
                        let left = &self.fiber.stack[base + a as usize];
                        let right = &unit.consts[k as usize];
                        match operator::small(operator, left, right) {
                            Some(value) => {
                                charge_float!(&value);
                                push!(value);
                            }
                            None => {
                                if left.is_null() {
                                    general!(Err::<(), Stop>(self.unbound(a as u32)));
                                }
                                if operator == BinaryOp::Add && self.grow_slot(base, a, right, steps[ip].op) {
                                    continue;
                                }
                                let in_place = matches!(op, Op::InplaceFastConst(..));
                                let place = base + a as usize;
                                match general!(self.binary_values(operator, place, right, in_place)) {
                                    Some(value) => push!(value),
                                    None => continue 'frame,
                                }
                                reap!();
                            }
                        }
                    }
                    Op::BinaryFast2(operator, a, b) | Op::InplaceFast2(operator, a, b) => {
                        let (a, b) = (base + a as usize, base + b as usize);
                        match operator::small(operator, &self.fiber.stack[a], &self.fiber.stack[b]) {
                            Some(value) => {
                                charge_float!(&value);
                                push!(value);
                            }
                            None => {
                                for slot in [a, b] {
                                    if self.fiber.stack[slot].is_null() {
                                        general!(Err::<(), Stop>(self.unbound((slot - base) as u32)));
                                    }
                                }
                                let right = self.fiber.stack[b].clone();
                                if operator == BinaryOp::Add
                                    && self.grow_slot(base, (a - base) as u16, &right, steps[ip].op)
                                {
                                    continue;
                                }
                                let in_place = matches!(op, Op::InplaceFast2(..));
                                match general!(self.binary_values(operator, a, &right, in_place)) {
                                    Some(value) => push!(value),
                                    None => continue 'frame,
                                }
                                drop(right);
                                reap!();
                            }
                        }
                    }
                    Op::CompareJumpIfFalse(operator, target) => {
                        let n = self.fiber.stack.len();
                        let (a, b) = (&self.fiber.stack[n - 2], &self.fiber.stack[n - 1]);
                        let truth = match operator::small_compare(operator, a, b) {
                            Some(truth) => truth,
                            None => match general!(self.compare_truth(operator)) {
                                Some(truth) => truth,
                                None => continue 'frame,
                            },
                        };
                        pop!().discard();
                        pop!().discard();
                        if !truth {
                            ip = target as usize;
                        }
                        reap!();
                    }
                }
            }
        }
    }
}
