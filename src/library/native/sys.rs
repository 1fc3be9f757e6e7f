//! `sys`.

use std::rc::Rc;

use super::{add_class, add_functions, float, required, text, trap};
use crate::python::class::{Class, Layout};
use crate::python::function::{Args, NativeFn, NativeKind};
use crate::python::hash::simple_hash;
use crate::python::heap;
use crate::python::instance::{Instance, Payload};
use crate::python::module::{HOME, Module};
use crate::python::name::Sym;
use crate::python::names;
use crate::python::set::Set;
use crate::python::trap::Trap;
use crate::python::types::Method;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Stop, Vm};
use crate::time::Duration;

use NativeKind::{Getter, Method as M};

/// The GIL's switch interval, as the module keeps it.
const INTERVAL: &str = "_switch_interval";

/// The GIL of 3.2 and later (S-GIL-10).
const SWITCH_INTERVAL: &[(&str, NativeFn)] = &[
    ("getswitchinterval", |vm, _| Ok(vm.sys(INTERVAL)?.unwrap_or(Value::float(0.005)))),
    ("setswitchinterval", |vm, args| {
        let interval = required(vm, args, 0, "interval")?;
        let seconds = float(vm, interval)?;
        if seconds <= 0.0 {
            return vm.value_error("switch interval must be strictly positive");
        }
        if let Some(Value::Module(module)) = vm.modules.str("sys") {
            module.dict.set_str(INTERVAL, Value::float(seconds));
        }
        trap(Trap::SetSwitchInterval(Duration::from_secs(seconds)))
    }),
];

/// The GIL of 2.7 (S-GIL-01).
const CHECK_INTERVAL: &[(&str, NativeFn)] = &[
    ("getcheckinterval", |vm, _| Ok(Value::Int(vm.check_interval.unwrap_or(100)))),
    ("setcheckinterval", |vm, args| {
        let interval = required(vm, args, 0, "n")?;
        let interval = vm.expect_int(interval)?;
        vm.check_interval = Some(interval);
        if let Some(ticker) = &mut vm.ticker {
            ticker.interval = interval.max(1);
        }
        Ok(Value::None)
    }),
];

/// Everything but the streams and hooks, which `_bootstrap.py` sets.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, FUNCTIONS);
    let (major, minor) = vm.options.version;
    add_functions(module, if major == 2 { CHECK_INTERVAL } else { SWITCH_INTERVAL });
    if major == 3 && minor < 9 {
        // Deprecated, and without effect since 3.2.
        add_functions(module, CHECK_INTERVAL);
    }
    if (major, minor) >= (3, 13) {
        add_functions(module, &[("_is_gil_enabled", |vm, _| Ok(Value::bool(vm.options.has_gil)))]);
    }
    let micro = match minor {
        7 if major == 2 => 18,
        6 => 15,
        7 => 16,
        8 => 18,
        9 => 18,
        10 => 13,
        11 => 7,
        12 => 1,
        _ => 0,
    };
    let tuple = vm.types.tuple.clone();
    let object = vm.types.object.clone();
    let info = add_class(module, "version_info", &tuple, Layout::Builtin("tuple"), VERSION_METHODS);
    let numbers = [major as i64, minor as i64, micro].map(Value::Int);
    let numbers = Value::tuple(numbers.into_iter().chain([Value::str("final"), Value::Int(0)]));
    let version_info = heap::instance(Instance::new(info, Payload::Value(numbers)));
    let dict = &module.dict;
    dict.set_str("version_info", version_info.clone());
    let hex = ((major as i64) << 24) | ((minor as i64) << 16) | (micro << 8) | 0xf0;
    dict.set_str("hexversion", Value::Int(hex));
    dict.set_str("api_version", Value::Int(1013));
    dict.set_str(
        "version",
        Value::string(format!("{major}.{minor}.{micro} (main, Jan  1 2026, 12:00:00) [GCC 12.2.0]")),
    );
    dict.set_str("platform", Value::str("linux"));
    dict.set_str("byteorder", Value::str("little"));
    dict.set_str("maxsize", Value::Int(i64::MAX));
    dict.set_str("maxunicode", Value::Int(0x10_ffff));
    dict.set_str("executable", Value::str("/usr/bin/python3"));
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
        dict.set_str(name, Value::str("/usr"));
    }
    dict.set_str("copyright", Value::str(""));
    dict.set_str("dont_write_bytecode", Value::bool(true));
    dict.set_str("argv", Value::list(vm.options.argv.iter().map(|a| Value::str(a)).collect()));
    dict.set_str("path", Value::list(vec![Value::str(HOME), Value::str("/usr/lib/python3.11")]));
    dict.set_str("modules", Value::Dict(vm.modules.clone()));
    dict.set_str("orig_argv", Value::list(vm.options.argv.iter().map(|a| Value::str(a)).collect()));
    let names = Set::new(true);
    for name in stdlib_names(vm.options.version).map(Value::str) {
        names.push(simple_hash(&name).expect("text has a hash"), name);
    }
    dict.set_str("stdlib_module_names", Value::Set(Rc::new(names)));
    dict.set_str("warnoptions", Value::list(vec![]));
    dict.set_str("builtin_module_names", Value::tuple(["builtins", "sys", "math", "_thread"].map(Value::str)));
    dict.set_str("float_repr_style", Value::str("short"));
    dict.set_str(INTERVAL, Value::float(0.005));
    let no = || Value::Int(0);
    let flags = [
        ("debug", no()),
        ("inspect", no()),
        ("interactive", no()),
        ("optimize", no()),
        ("dont_write_bytecode", no()),
        ("no_user_site", no()),
        ("no_site", no()),
        ("ignore_environment", no()),
        ("verbose", no()),
        ("bytes_warning", no()),
        ("quiet", no()),
        ("hash_randomization", no()),
        ("isolated", no()),
        ("dev_mode", Value::bool(false)),
        ("utf8_mode", no()),
        ("safe_path", Value::bool(false)),
        ("thread_inherit_context", no()),
        ("context_aware_warnings", no()),
    ];
    namespace(module, &object, "flags", &flags);
    let implementation = [
        ("name", Value::str("cpython")),
        ("version", version_info),
        ("hexversion", Value::Int(hex)),
        ("cache_tag", Value::string(format!("cpython-{major}{minor}"))),
    ];
    namespace(module, &object, "implementation", &implementation);
    let float_info = [
        ("max", Value::float(f64::MAX)),
        ("min", Value::float(f64::MIN_POSITIVE)),
        ("epsilon", Value::float(f64::EPSILON)),
        ("dig", Value::Int(15)),
        ("mant_dig", Value::Int(53)),
        ("max_exp", Value::Int(1024)),
        ("min_exp", Value::Int(-1021)),
        ("max_10_exp", Value::Int(308)),
        ("min_10_exp", Value::Int(-307)),
        ("radix", Value::Int(2)),
        ("rounds", Value::Int(1)),
    ];
    namespace(module, &object, "float_info", &float_info);
    let hash_info = [
        ("width", Value::Int(64)),
        ("modulus", Value::Int((1 << 61) - 1)),
        ("inf", Value::Int(314_159)),
        ("nan", Value::Int(0)),
        ("imag", Value::Int(1_000_003)),
    ];
    namespace(module, &object, "hash_info", &hash_info);
    let int_info = [
        ("bits_per_digit", Value::Int(30)),
        ("sizeof_digit", Value::Int(4)),
        ("default_max_str_digits", Value::Int(4300)),
        ("str_digits_check_threshold", Value::Int(640)),
    ];
    namespace(module, &object, "int_info", &int_info);
    let thread_info = [("name", Value::str("pthread")), ("lock", Value::str("semaphore")), ("version", Value::None)];
    namespace(module, &object, "thread_info", &thread_info);
    add_class(module, "_asyncgen_hooks", &tuple, Layout::Builtin("tuple"), HOOK_METHODS);
}

/// An object with these attributes, under its name in the module.
fn namespace(module: &Module, object: &Rc<Class>, name: &str, attributes: &[(&str, Value)]) {
    let class = Class::new(name, vec![object.clone()], object.mro.borrow().clone(), None, Layout::Plain, false);
    class.dict.borrow_mut().insert(names::MODULE, Value::str("sys"));
    let instance = Instance::new(class, Payload::None);
    for (name, value) in attributes {
        instance.set_attribute(Sym::new(name), value.clone());
    }
    module.dict.set_str(name, heap::instance(instance));
}

fn item(args: &Args, i: usize) -> Value {
    match args.pos.first().map(Value::core) {
        Some(Value::Tuple(t)) => t.items.get(i).cloned().unwrap_or(Value::None),
        _ => Value::None,
    }
}

const VERSION_METHODS: &[Method] = &[
    ("version_info.major", Getter, |_, args| Ok(item(args, 0))),
    ("version_info.minor", Getter, |_, args| Ok(item(args, 1))),
    ("version_info.micro", Getter, |_, args| Ok(item(args, 2))),
    ("version_info.releaselevel", Getter, |_, args| Ok(item(args, 3))),
    ("version_info.serial", Getter, |_, args| Ok(item(args, 4))),
    ("version_info.__repr__", M, version_repr),
    ("version_info.__str__", M, version_repr),
];

fn version_repr(vm: &mut Vm, args: &Args) -> R {
    let mut parts = Vec::new();
    for (i, name) in ["major", "minor", "micro", "releaselevel", "serial"].iter().enumerate() {
        parts.push(format!("{name}={}", vm.repr(&item(args, i))?));
    }
    Ok(Value::string(format!("sys.version_info({})", parts.join(", "))))
}

const HOOK_METHODS: &[Method] = &[
    ("asyncgen_hooks.firstiter", Getter, |_, args| Ok(item(args, 0))),
    ("asyncgen_hooks.finalizer", Getter, |_, args| Ok(item(args, 1))),
];

const FUNCTIONS: super::Functions = &[
    ("exit", |vm, args| {
        let class = vm.types.system_exit.clone();
        let status = match args.pos.first() {
            None | Some(Value::None) => vec![],
            Some(Value::Tuple(t)) => t.items.to_vec(),
            Some(status) => vec![status.clone()],
        };
        Err(Stop::Raise(vm.exception(&class, status)))
    }),
    ("exc_info", |vm, _| {
        let exc = vm.fiber.handled_exception().clone();
        Ok(match &exc {
            Value::Instance(i) => {
                let class = Value::Class(i.class().clone());
                let traceback = vm.traceback_of(&exc);
                Value::tuple([class, exc.clone(), traceback])
            }
            _ => Value::tuple([Value::None, Value::None, Value::None]),
        })
    }),
    ("exception", |vm, _| Ok(vm.fiber.handled_exception().clone())),
    ("_getframe", |vm, args| {
        let depth = match args.pos.first() {
            Some(depth) => vm.expect_int(depth)?.max(0) as usize,
            None => 0,
        };
        match vm.frame_object(depth) {
            Some(frame) => Ok(frame),
            None => vm.value_error("call stack is not deep enough"),
        }
    }),
    ("getrefcount", |vm, args| {
        let value = required(vm, args, 0, "object")?;
        // As in CPython the argument itself counts: the caller's operand is it.
        Ok(Value::Int(references(value).map_or(u32::MAX as i64, |n| n as i64)))
    }),
    ("intern", |vm, args| {
        text(vm, args, 0, "string")?;
        Ok(args.pos[0].clone())
    }),
    ("getrecursionlimit", |vm, _| Ok(Value::from(vm.recursion_limit))),
    ("setrecursionlimit", |vm, args| {
        let limit = required(vm, args, 0, "limit")?;
        let limit = vm.expect_int(limit)?;
        if limit < 1 {
            return vm.value_error("recursion limit must be greater or equal than 1");
        }
        vm.recursion_limit = (limit as usize).min(100_000);
        Ok(Value::None)
    }),
    ("get_asyncgen_hooks", |vm, _| {
        let [first, finalizer] = vm.asyncgen_hooks.clone();
        let hooks = Value::tuple([first, finalizer]);
        match vm.sys("_asyncgen_hooks")? {
            Some(Value::Class(class)) => Ok(heap::instance(Instance::new(class, Payload::Value(hooks)))),
            _ => Ok(hooks),
        }
    }),
    ("set_asyncgen_hooks", |vm, args| {
        for (i, name) in ["firstiter", "finalizer"].iter().enumerate() {
            if let Some(hook) = args.get(i, name) {
                let old = std::mem::replace(&mut vm.asyncgen_hooks[i], hook.clone());
                drop(old);
            }
        }
        Ok(Value::None)
    }),
    ("getdefaultencoding", |_, _| Ok(Value::str("utf-8"))),
    ("getfilesystemencoding", |_, _| Ok(Value::str("utf-8"))),
    ("is_finalizing", |vm, _| Ok(vm.sys("_finalizing")?.unwrap_or(Value::bool(false)))),
    ("getsizeof", |vm, args| {
        let value = required(vm, args, 0, "object")?;
        match size(value) {
            Some(n) => Ok(Value::Int(n)),
            None => {
                let what = vm.type_name(value);
                Err(vm
                    .error(ErrorKind::NotImplemented, format!("sys.getsizeof() of '{what}' objects is not simulated")))
            }
        }
    }),
    ("get_coroutine_origin_tracking_depth", |vm, _| Ok(Value::from(vm.origin_depth))),
    ("set_coroutine_origin_tracking_depth", |vm, args| {
        let depth = required(vm, args, 0, "depth")?;
        match usize::try_from(vm.expect_int(depth)?) {
            Ok(depth) => {
                vm.origin_depth = depth;
                Ok(Value::None)
            }
            Err(_) => vm.value_error("depth must be >= 0"),
        }
    }),
    ("audit", |_, _| Ok(Value::None)),
    ("gettrace", |_, _| Ok(Value::None)),
    ("getprofile", |_, _| Ok(Value::None)),
    ("settrace", |vm, _| Err(vm.error(ErrorKind::NotImplemented, "sys.settrace() is not simulated"))),
    ("setprofile", |vm, _| Err(vm.error(ErrorKind::NotImplemented, "sys.setprofile() is not simulated"))),
];

/// The names of the standard library's modules, simulated or not: `name +3.12 -3.13` came and went with these versions.
fn stdlib_names(version: (u32, u32)) -> impl Iterator<Item = &'static str> {
    include_str!("stdlib_names.txt").lines().filter_map(move |line| {
        let mut words = line.split(' ');
        let name = words.next()?;
        let holds = |limit: &str| {
            let minor = limit.rsplit_once('.').and_then(|(_, minor)| minor.parse().ok()).unwrap_or(0);
            (version >= (3, minor)) == limit.starts_with('+')
        };
        words.all(holds).then_some(name)
    })
}

/// How many references there are to an object, if it is counted.
fn references(value: &Value) -> Option<usize> {
    Some(match value {
        Value::Big(x) => Rc::strong_count(x),
        Value::Str(x) => Rc::strong_count(x),
        Value::Bytes(x) => Rc::strong_count(x),
        Value::Tuple(x) => Rc::strong_count(x),
        Value::List(x) => Rc::strong_count(x),
        Value::Dict(x) => Rc::strong_count(x),
        Value::Set(x) => Rc::strong_count(x),
        Value::Func(x) => Rc::strong_count(x),
        Value::Class(x) => Rc::strong_count(x),
        Value::Instance(x) => Rc::strong_count(x),
        Value::Gen(x) => Rc::strong_count(x),
        Value::Iter(x) => Rc::strong_count(x),
        Value::Obj(x) => Rc::strong_count(x),
        Value::Bound(x) => Rc::strong_count(x),
        Value::Module(x) => Rc::strong_count(x),
        _ => return None,
    })
}

/// The size of an object on a 64-bit CPython 3.11 [bytes], where it follows from the value alone.
fn size(value: &Value) -> Option<i64> {
    let digits = |bits: u64| 24 + 4 * bits.div_ceil(30) as i64;
    Some(match value {
        Value::Int(i) => digits(64 - i.unsigned_abs().leading_zeros() as u64),
        Value::Bool(b) => 24 + 4 * *b as i64,
        Value::Big(b) => digits(b.bits()),
        Value::Float(_) => 24,
        Value::Str(s) if s.is_ascii() => 49 + s.n_chars() as i64,
        Value::Bytes(b) => 33 + b.len() as i64,
        Value::Tuple(t) => 40 + 8 * t.items.len() as i64,
        Value::None | Value::Ellipsis | Value::NotImplemented => 16,
        Value::Range(_) => 48,
        _ => return None,
    })
}
