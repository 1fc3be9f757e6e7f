//! `_thread`: threads, raw locks and re-entrant locks. The machine blocks and wakes (S-THR).

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{add_class, add_functions, float, int, make_object, optional, required, signal, text, trap};
use crate::python::builtins::arity;
use crate::python::class::Layout;
use crate::python::function::{Args, NativeKind};
use crate::python::module::Module;
use crate::python::object::{Data, NativeData};
use crate::python::trap::{Purpose, Trap};
use crate::python::types::Method;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Stop, Vm};
use crate::time::Duration;

use NativeKind::{Method as M, StaticMethod};

/// The longest timeout, in seconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// A raw lock of the machine.
struct Lock {
    number: u32,
    purpose: RefCell<Option<Purpose>>,
}

/// A lock that its owner may take again.
struct RLock {
    number: u32,
    /// The thread that has it, 0 for nobody.
    owner: Cell<u64>,
    /// How often it took it.
    count: Cell<u32>,
}

impl NativeData for Lock {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(Lock { number: self.number, purpose: self.purpose.clone() })
    }
}

impl NativeData for RLock {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(RLock { number: self.number, owner: self.owner.clone(), count: self.count.clone() })
    }
}

/// Threads and locks.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("start_new_thread", start),
            ("start_new", start),
            ("get_ident", |vm, _| Ok(Value::Int(vm.fiber.ident as i64))),
            ("get_native_id", |vm, _| Ok(Value::Int(vm.options.pid as i64 + vm.fiber.ident as i64 - 1))),
            ("stack_size", |vm, args| {
                let size = match args.get(0, "size") {
                    Some(size) => vm.expect_int(size)?,
                    None => 0,
                };
                if size != 0 && size < 32_768 {
                    return vm.value_error(format!("size not valid: {size} bytes"));
                }
                Ok(Value::Int(0))
            }),
            ("exit", |vm, _| {
                let class = vm.types.system_exit.clone();
                Err(Stop::Raise(vm.exception(&class, vec![])))
            }),
            ("_name_thread", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                trap(Trap::NameThread(name))
            }),
            ("_thread_dict", |vm, _| Ok(Value::Dict(vm.fiber.thread_dict.clone()))),
            ("_count", |vm, _| Ok(Value::from(vm.n_other_fibers()))),
            ("allocate_lock", allocate),
            ("interrupt_main", signal::interrupt_main),
            ("_send_errand", |vm, args| {
                let ident = int(vm, args, 0, "ident")?;
                let errand = optional(args, 1, "function").filter(|function| !matches!(function, Value::None)).cloned();
                Ok(Value::bool(vm.send_errand(ident as u64, errand)))
            }),
            ("allocate", allocate),
            ("_stands_for", |vm, args| {
                let reason = text(vm, args, 1, "reason")?.into();
                let thread = match optional(args, 2, "ident") {
                    Some(ident) => Some(vm.expect_int(ident)? as u64),
                    None => None,
                };
                match native::<Lock>(args.pos.first()) {
                    Some(lock) => *lock.purpose.borrow_mut() = Some(Purpose { reason, thread }),
                    None => return vm.type_error("a lock is expected"),
                }
                Ok(Value::None)
            }),
        ],
    );
    let object = vm.types.object.clone();
    let lock = add_class(module, "lock", &object, Layout::Plain, LOCK_METHODS);
    module.dict.set_str("LockType", Value::Class(lock));
    add_class(module, "RLock", &object, Layout::Builtin("_thread.RLock"), RLOCK_METHODS);
    module.dict.set_str("TIMEOUT_MAX", Value::float(TIMEOUT_MAX));
    module.dict.set_str("error", Value::Class(vm.types.runtime_error.clone()));
}

fn start(vm: &mut Vm, args: &Args) -> R {
    let function = required(vm, args, 0, "function")?.clone();
    let positional = match required(vm, args, 1, "args")?.core() {
        Value::Tuple(t) => t.items.to_vec(),
        _ => return vm.type_error("2nd arg must be a tuple"),
    };
    let kwargs = match optional(args, 2, "kwargs").map(Value::core) {
        Some(Value::Dict(d)) => d.entries().into_iter().map(|e| (e.key, e.value)).collect(),
        Some(_) => return vm.type_error("optional 3rd arg must be a dictionary"),
        None => Vec::new(),
    };
    trap(Trap::StartThread { function, args: positional, kwargs })
}

fn allocate(vm: &mut Vm, _args: &Args) -> R {
    let module = vm.import_module("_thread")?;
    let class = vm.get_attribute(&module, "lock")?;
    new_lock(vm, &class)
}

/// A lock object for a number that is known.
pub(super) fn lock_numbered(vm: &mut Vm, number: u32) -> R {
    let module = vm.import_module("_thread")?;
    let class = vm.get_attribute(&module, "lock")?;
    make_object(vm, &class, Data::Native(Box::new(Lock { number, purpose: RefCell::default() })))
}

/// The number of a lock object.
pub(super) fn number_of(value: &Value) -> Option<u32> {
    native::<Lock>(Some(value)).map(|lock| lock.number)
}

fn new_lock(vm: &mut Vm, class: &Value) -> R {
    let number = vm.fresh_lock();
    make_object(vm, class, Data::Native(Box::new(Lock { number, purpose: RefCell::default() })))
}

/// What `acquire(blocking=True, timeout=-1)` says: whether to wait, and how long at most.
fn patience(vm: &mut Vm, args: &Args) -> R<(bool, Option<Duration>)> {
    let blocking = match args.get(1, "blocking") {
        Some(blocking) => vm.truth(blocking)?,
        None => true,
    };
    let timeout = match args.get(2, "timeout") {
        Some(timeout) => float(vm, timeout)?,
        None => -1.0,
    };
    if !blocking && timeout != -1.0 {
        return vm.value_error("can't specify a timeout for a non-blocking call");
    }
    if timeout < 0.0 && timeout != -1.0 {
        let what = if vm.options.version >= (3, 13) { "a non-negative number" } else { "positive" };
        return vm.value_error(format!("timeout value must be {what}"));
    }
    if timeout > TIMEOUT_MAX {
        return Err(vm.error(ErrorKind::Overflow, "timeout value is too large"));
    }
    Ok((blocking, (timeout >= 0.0).then(|| Duration::from_secs(timeout))))
}

const LOCK_METHODS: &[Method] = &[
    ("lock.__new__", StaticMethod, |vm, args| {
        arity(vm, args, "lock", 0, 0)?;
        new_lock(vm, &args.pos[0])
    }),
    ("lock.__init__", M, |_, _| Ok(Value::None)),
    ("lock.acquire", M, |vm, args| {
        let (lock, purpose) = (lock_of(vm, args)?, purpose_of(args));
        let (blocking, timeout) = patience(vm, args)?;
        trap(Trap::Acquire { lock, blocking, timeout, purpose })
    }),
    ("lock.release", M, |vm, args| trap(Trap::Release { lock: lock_of(vm, args)? })),
    ("lock.locked", M, |vm, args| trap(Trap::IsLocked { lock: lock_of(vm, args)? })),
    ("lock.__enter__", M, |vm, args| {
        let (lock, purpose) = (lock_of(vm, args)?, purpose_of(args));
        trap(Trap::Acquire { lock, blocking: true, timeout: None, purpose })
    }),
    ("lock.__exit__", M, |vm, args| trap(Trap::Release { lock: lock_of(vm, args)? })),
    ("lock.__repr__", M, |vm, args| {
        let lock = lock_of(vm, args)?;
        let locked = vm.ask(Trap::IsLocked { lock })?;
        let state = if vm.truth(&locked)? { "locked" } else { "unlocked" };
        let id = vm.id_of(&args.pos[0]);
        Ok(Value::string(format!("<{state} _thread.lock object at 0x{id:x}>")))
    }),
];

fn native<T: 'static>(value: Option<&Value>) -> Option<&T> {
    match value.map(Value::core) {
        Some(Value::Obj(o)) => match &o.data {
            Data::Native(data) => data.as_any().downcast_ref(),
            _ => None,
        },
        _ => None,
    }
}

fn lock_of(vm: &mut Vm, args: &Args) -> R<u32> {
    match native::<Lock>(args.pos.first()) {
        Some(lock) => Ok(lock.number),
        None => vm.type_error("a lock is expected"),
    }
}

fn purpose_of(args: &Args) -> Option<Purpose> {
    native::<Lock>(args.pos.first()).and_then(|lock| lock.purpose.borrow().clone())
}

const RLOCK_METHODS: &[Method] = &[
    ("RLock.__new__", StaticMethod, |vm, args| {
        let number = vm.fresh_lock();
        let lock = RLock { number, owner: Cell::new(0), count: Cell::new(0) };
        let class = required(vm, args, 0, "cls")?.clone();
        make_object(vm, &class, Data::Native(Box::new(lock)))
    }),
    ("RLock.__init__", M, |_, _| Ok(Value::None)),
    ("RLock.acquire", M, |vm, args| {
        let (blocking, timeout) = patience(vm, args)?;
        acquire_again(vm, args, blocking, timeout)
    }),
    ("RLock.__enter__", M, |vm, args| acquire_again(vm, args, true, None)),
    ("RLock.release", M, release_once),
    ("RLock.__exit__", M, release_once),
    ("RLock._is_owned", M, |vm, args| {
        let me = vm.fiber.ident;
        Ok(Value::bool(rlock(vm, args)?.owner.get() == me))
    }),
    ("RLock._recursion_count", M, |vm, args| {
        let me = vm.fiber.ident;
        let lock = rlock(vm, args)?;
        Ok(Value::Int(if lock.owner.get() == me { lock.count.get() as i64 } else { 0 }))
    }),
    ("RLock._release_save", M, |vm, args| {
        let (owner, count) = {
            let lock = rlock(vm, args)?;
            (lock.owner.get(), lock.count.get())
        };
        if count == 0 {
            return Err(vm.error(ErrorKind::Runtime, "cannot release un-acquired lock"));
        }
        let number = rlock(vm, args)?.number;
        vm.ask(Trap::Release { lock: number })?;
        let lock = rlock(vm, args)?;
        lock.owner.set(0);
        lock.count.set(0);
        Ok(Value::tuple([Value::Int(count as i64), Value::Int(owner as i64)]))
    }),
    ("RLock._acquire_restore", M, |vm, args| {
        arity(vm, args, "_acquire_restore", 1, 1)?;
        let Value::Tuple(state) = &args.pos[1] else { return vm.type_error("a saved state is expected") };
        let [Value::Int(count), Value::Int(owner)] = state.items.as_slice() else {
            return vm.type_error("a saved state is expected");
        };
        let number = rlock(vm, args)?.number;
        vm.ask(Trap::Acquire { lock: number, blocking: true, timeout: None, purpose: None })?;
        let lock = rlock(vm, args)?;
        lock.owner.set(*owner as u64);
        lock.count.set(*count as u32);
        Ok(Value::None)
    }),
    ("RLock.__repr__", M, |vm, args| {
        let lock = rlock(vm, args)?;
        let (owner, count) = (lock.owner.get(), lock.count.get());
        let state = if count > 0 { "locked" } else { "unlocked" };
        let id = vm.id_of(args.pos[0].core());
        Ok(Value::string(format!("<{state} _thread.RLock object owner={owner} count={count} at 0x{id:x}>")))
    }),
];

fn rlock<'a>(vm: &mut Vm, args: &Args<'a>) -> R<&'a RLock> {
    match native::<RLock>(args.pos.first()) {
        Some(lock) => Ok(lock),
        None => vm.type_error("an RLock is expected"),
    }
}

fn acquire_again(vm: &mut Vm, args: &Args, blocking: bool, timeout: Option<Duration>) -> R {
    let me = vm.fiber.ident;
    let lock = rlock(vm, args)?;
    if lock.owner.get() == me {
        lock.count.set(lock.count.get() + 1);
        return Ok(Value::bool(true));
    }
    let got = vm.ask(Trap::Acquire { lock: lock.number, blocking, timeout, purpose: None })?;
    if matches!(got, Value::Bool(answer) if answer.get()) {
        lock.owner.set(me);
        lock.count.set(1);
    }
    Ok(got)
}

fn release_once(vm: &mut Vm, args: &Args) -> R {
    let me = vm.fiber.ident;
    let lock = rlock(vm, args)?;
    if lock.owner.get() != me {
        return Err(vm.error(ErrorKind::Runtime, "cannot release un-acquired lock"));
    }
    if lock.count.get() > 1 {
        lock.count.set(lock.count.get() - 1);
        return Ok(Value::None);
    }
    // Nobody else can see the lock in between: the GIL is held until this has run again.
    vm.ask(Trap::Release { lock: lock.number })?;
    lock.owner.set(0);
    lock.count.set(0);
    Ok(Value::None)
}
