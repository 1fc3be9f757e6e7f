//! The life of an interpreter: its start, its fibers, its end.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::frame::{Fiber, Pending};
use super::identity::Ids;
use super::routine::NOT_DUE;
use super::signals::Signals;
use super::{Action, FiberId, LIBRARY_PRICE, R, RECURSION_LIMIT, Vm, Watch};
use crate::python::builtins;
use crate::python::code::{Code, Const, Op, Source};
use crate::python::compile;
use crate::python::diagnostic::Diagnostic;
use crate::python::dict::Dict;
use crate::python::generations::Generations;
use crate::python::grave;
use crate::python::heap::Heap;
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::types::{self, Types};
use crate::python::unit::{Cache, Surcharges, Unit};
use crate::python::value::Value;
use crate::time::Time;

/// Frames that start a program: the call of `_start`, the function of `_bootstrap`, and the one that runs the file.
const N_START_FRAMES: usize = 3;

/// Makes a native module: fills its namespace.
pub type NativeModule = fn(&mut Vm, &Rc<Module>);

/// A module's text.
#[derive(Clone)]
pub struct FoundSource {
    /// The text and its file name.
    pub source: Rc<Source>,
    /// A package (`__init__.py`).
    pub is_package: bool,
}

/// Compiled library modules, kept from run to run.
pub type CodeCache = Rc<RefCell<BTreeMap<Rc<str>, Rc<Code>>>>;

/// Where modules are found.
#[derive(Clone)]
pub struct Modules {
    /// The program's own files, by dotted name.
    pub own: BTreeMap<String, FoundSource>,
    /// Library modules, by dotted name.
    pub library: fn(&str) -> Option<FoundSource>,
    /// Modules written in Rust.
    pub natives: fn(&str) -> Option<NativeModule>,
    /// Compiled library modules.
    pub codes: CodeCache,
}

impl Modules {
    /// The native module of this name.
    pub fn native(&self, name: &str) -> Option<NativeModule> {
        (self.natives)(name)
    }

    /// The text of this module: the program's own before the library's.
    pub fn source(&self, name: &str) -> Option<FoundSource> {
        self.own.get(name).cloned().or_else(|| (self.library)(name))
    }

    /// There is such a module.
    pub fn finds(&self, name: &str) -> bool {
        self.own.contains_key(name) || self.native(name).is_some() || (self.library)(name).is_some()
    }

    /// The code of a library module that has been compiled.
    pub fn compiled(&self, source: &Source) -> Option<Rc<Code>> {
        if source.is_library { self.codes.borrow().get(&source.filename).cloned() } else { None }
    }

    /// Compiles a text; a library module only once.
    pub fn compile(&self, source: &Rc<Source>, version: (u32, u32)) -> Result<Rc<Code>, Vec<Diagnostic>> {
        if let Some(code) = self.compiled(source) {
            return Ok(code);
        }
        let version = if source.is_library { compile::NEWEST } else { version };
        let code = compile::compile_module(source.clone(), version)?;
        if source.is_library {
            self.codes.borrow_mut().insert(source.filename.clone(), code.clone());
        }
        Ok(code)
    }
}

/// What an interpreter is told at its start.
#[derive(Clone)]
pub struct Options {
    /// `(3, 11)`
    pub version: (u32, u32),
    /// `sys.argv`
    pub argv: Vec<String>,
    /// Which package versions the library imitates: "L2024" or "LNOW".
    pub library_set: &'static str,
    /// Seed of `random` and everything else that is random in reality.
    pub seed: u64,
    /// `os.getpid()`
    pub pid: u32,
    /// `os.getppid()`
    pub parent_pid: u32,
    /// `os.cpu_count()`
    pub cpu_count: u32,
    /// Price of an operation of the program's own code [ticks].
    pub price: fn(&Prices, Op) -> u32,
    /// The figures that `price` reads.
    pub prices: Prices,
    /// Where a thread looks whether it should drop the GIL.
    pub watch: Watch,
    /// Whether it has a GIL.
    pub has_gil: bool,
    /// Cost of a named library operation [ns].
    pub operation_costs: Rc<BTreeMap<String, u64>>,
    /// How many containers that the collector of cycles looks at belong to a thing of the library, by its name.
    pub object_counts: Rc<BTreeMap<String, u64>>,
    /// Names of environment variables and their values.
    pub environ: Vec<(String, String)>,
}

/// Prices of operations [ticks], by class.
#[derive(Clone, Copy, Default, Debug)]
#[allow(missing_docs)]
pub struct Prices {
    pub local: u32,
    pub jump: u32,
    pub jump_back: u32,
    pub for_iter: u32,
    pub global: u32,
    pub attr_load: u32,
    pub attr_store: u32,
    pub item_load: u32,
    pub item_store: u32,
    pub arithmetic: u32,
    pub bitwise: u32,
    pub compare: u32,
    pub call: u32,
    pub call_argument: u32,
    pub build: u32,
    pub format_value: u32,
    pub resume: u32,
    pub raise: u32,
    pub import: u32,
    pub other: u32,
    /// What operations take more or less where they meet what only the run can tell.
    pub surcharges: Surcharges,
}

impl Vm {
    /// An interpreter with builtins and no module but `builtins` and `sys`.
    pub fn new(options: Options, finder: Modules) -> Vm {
        let types = Rc::new(Types::new());
        if options.version >= (3, 9) {
            for class in [&types.list, &types.dict, &types.tuple, &types.set, &types.frozenset] {
                types::add(class, types::object::GENERIC_METHODS);
            }
        }
        if options.version >= (3, 12) {
            types::add(&types.int, types::int::METHODS_3_12);
        }
        if options.version >= (3, 11) {
            types::add(&types.object, types::object::METHODS_3_11);
            types::add(&types.base_exception_group, types::object::GENERIC_METHODS);
        }
        types::exception::add_places(&types, options.version);
        let builtins = Rc::new(Dict::new());
        for (name, class) in types.public() {
            builtins.set_str(name, Value::Class(class.clone()));
        }
        builtins.set_str("EnvironmentError", Value::Class(types.os_error.clone()));
        builtins.set_str("IOError", Value::Class(types.os_error.clone()));
        let settled = options.object_counts.get("interpreter").copied().unwrap_or(0);
        let mut vm = Vm {
            generations: Generations::new(settled),
            fiber: Fiber::new(0),
            current: FiberId(0),
            fibers: vec![None],
            types,
            builtins: builtins.clone(),
            modules: Rc::new(Dict::new()),
            finder,
            options,
            breaker: false,
            ticker: None,
            check_interval: None,
            is_paused: false,
            left: 0,
            held_back: 0,
            effort: 0,
            budget: 0,
            began: Time::ZERO,
            already: 0,
            cursor: 0,
            recording: 0,
            loops: 0,
            nesting: 0,
            origin_depth: 0,
            machinery: Machinery::new(),
            exchange: Rc::default(),
            heap: Heap::default(),
            ids: Ids::new(),
            next_lock: 0,
            next_ident: 1,
            units: Vec::new(),
            classes: Vec::new(),
            prepared: Vec::new(),
            module_dicts: Vec::new(),
            released: Vec::new(),
            recursion_limit: RECURSION_LIMIT,
            asyncgen_hooks: [Value::None, Value::None],
            signals: Signals::default(),
            inherited: Vec::new(),
        };
        builtins::fill(&builtins);
        vm.register_module("builtins", builtins);
        vm
    }

    /// Code made ready: prices by whether it is the program's own.
    pub fn make_unit(&mut self, code: Rc<Code>) -> Rc<Unit> {
        let unit = if code.source.is_library {
            Unit::new(code, std::iter::repeat(LIBRARY_PRICE))
        } else {
            let (price, figures) = (self.options.price, self.options.prices);
            let prices: Vec<u32> = code.ops.iter().map(|op| price(&figures, *op).max(1)).collect();
            Unit { surcharges: figures.surcharges, ..Unit::new(code, prices) }
        };
        self.adopt(unit)
    }

    /// Code whose caches are emptied at the end, so that they keep nothing alive.
    pub fn adopt(&mut self, unit: Unit) -> Rc<Unit> {
        let unit = Rc::new(unit);
        self.units.push(Rc::downgrade(&unit));
        unit
    }

    // --- fibers ---

    /// The fiber that runs.
    pub fn current_fiber(&self) -> FiberId {
        self.current
    }

    /// How many fibers are under way beside the one that runs.
    pub fn n_other_fibers(&self) -> usize {
        self.fibers.iter().flatten().filter(|fiber| !fiber.frames.is_empty()).count()
    }

    /// A new fiber that will call the function.
    pub fn spawn(&mut self, function: Value, args: Vec<Value>, kwargs: Vec<(Sym, Value)>) -> FiberId {
        let ident = self.next_ident;
        self.next_ident += 1;
        let id = FiberId(self.fibers.len() as u32);
        self.fibers.push(Some(Fiber::new(ident)));
        let before = self.current;
        self.enter(id);
        self.begin_call(function, args, kwargs, super::frame::After::Push);
        self.enter(before);
        id
    }

    /// The thread number that Python sees for a fiber.
    pub fn ident_of(&self, id: FiberId) -> u64 {
        if id == self.current { self.fiber.ident } else { self.fibers[id.0 as usize].as_ref().map_or(0, |f| f.ident) }
    }

    /// Makes a fiber the one that runs.
    pub fn enter(&mut self, id: FiberId) {
        if id == self.current {
            return;
        }
        let next = self.fibers[id.0 as usize].take().expect("a fiber that has not been dropped");
        let last = std::mem::replace(&mut self.fiber, next);
        self.fibers[self.current.0 as usize] = Some(last);
        self.current = id;
    }

    /// Forgets a fiber that is done.
    pub fn drop_fiber(&mut self, id: FiberId) {
        if id == self.current {
            self.fiber = Fiber::new(0);
        } else {
            self.fibers[id.0 as usize] = None;
        }
    }

    /// The program's line that a fiber executes.
    pub fn place_of(&mut self, id: FiberId) -> Option<(Rc<str>, u32)> {
        let before = self.current;
        self.enter(id);
        let place = self.user_place();
        self.enter(before);
        place
    }

    /// Starts a fiber that imports `_bootstrap` and calls one of its functions.
    pub fn spawn_main(&mut self, function: &str, args: Vec<Value>) -> FiberId {
        let start = crate::python::function::Native::with_data(
            "_start",
            Value::tuple([Value::str(function), Value::list(args)]),
            |vm, args| {
                let Value::Tuple(what) = &args.pos[0] else { unreachable!("made by spawn_main") };
                let (name, call_args) = (what.items[0].clone(), what.items[1].clone());
                let module = vm.import_module("_bootstrap")?;
                let function = vm.get_attribute(&module, name.as_str().unwrap_or(""))?;
                let call_args = vm.collect(&call_args)?;
                vm.tail_call(function, call_args)
            },
        );
        let id = self.spawn(start, Vec::new(), Vec::new());
        self.signals.main = id;
        let before = self.current;
        self.enter(id);
        // What stands below the program's first frame; CPython starts it from C.
        self.fiber.n_uncounted = N_START_FRAMES;
        self.enter(before);
        id
    }

    /// An attribute of `sys`, where the interpreter keeps its own settings.
    pub fn sys(&mut self, name: &str) -> R<Option<Value>> {
        Ok(self.library_function("sys", name))
    }

    /// Asks for a body to run; for natives such as `exec` of a module file.
    pub fn run_body(&mut self, code: Rc<Code>, globals: Rc<Dict>) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => {
                let unit = self.make_unit(code);
                Err(Self::need(Action::Body(unit, globals, None, Vec::new())))
            }
        }
    }
}

/// The file name of the VM's own code, whose frames are nobody's business.
const MACHINERY_FILE: &str = "<machinery>";

/// Code of the VM's own frames, by the functions of `machinery.py`.
#[derive(Clone)]
pub(super) struct Machinery {
    /// Calls its first argument with the others.
    pub call: Rc<Unit>,
    /// Collects an iterator into a list.
    pub gather: Rc<Unit>,
    /// `any` over an iterator.
    pub any_of: Rc<Unit>,
    /// `all` over an iterator.
    pub all_of: Rc<Unit>,
    /// The next element of a `map`.
    pub mapped: Rc<Unit>,
    /// The next element of a `filter`.
    pub filtered: Rc<Unit>,
}

thread_local! {
    /// The machinery's functions, compiled once.
    static MACHINERY: Vec<Rc<Code>> = {
        let text = include_str!("machinery.py").into();
        let source = Source { filename: MACHINERY_FILE.into(), text, is_library: true };
        let module = compile::compile_module(Rc::new(source), compile::NEWEST).expect("the machinery is correct Python");
        let function = |c: &Const| match c {
            Const::Code(code) => Some(code.clone()),
            _ => None,
        };
        module.consts.iter().filter_map(function).collect()
    };
}

impl Machinery {
    fn new() -> Machinery {
        let mut functions = MACHINERY
            .with(Vec::clone)
            .into_iter()
            .map(|code| Rc::new(Unit::new(code, std::iter::repeat(LIBRARY_PRICE))));
        let mut next = || functions.next().expect("the machinery has it");
        Machinery { call: next(), gather: next(), any_of: next(), all_of: next(), mapped: next(), filtered: next() }
    }
}

impl Fiber {
    /// The exception being handled (`sys.exc_info()`): of the innermost generator that handles one, or outside of all.
    pub fn handled_exception(&self) -> &Value {
        if !self.handled.is_none() {
            return &self.handled;
        }
        let generators = self.frames.iter().rev().filter(|frame| frame.generator.is_some());
        generators.map(|frame| &frame.outer_handled).find(|outer| !outer.is_none()).unwrap_or(&self.handled)
    }

    /// The answers have served. Out of line, as this follows most operations of the loop.
    #[inline(never)]
    pub fn forget_answers(&mut self) {
        self.answers.clear();
    }

    /// The operation before this place runs: answers to another are nothing to it.
    #[inline(never)]
    pub fn forget_answers_to_others(&mut self, ip: usize) {
        if self.answers_at != (self.frames.len() as u32, ip as u32) {
            self.answers.clear();
        }
    }

    /// A fiber without frames.
    pub fn new(ident: u64) -> Fiber {
        Fiber {
            stack: Vec::new(),
            frames: Vec::new(),
            n_uncounted: 0,
            handled: Value::None,
            answers: Vec::new(),
            answers_at: (0, 0),
            pending: Pending::Nothing,
            thread_dict: Rc::new(Dict::new()),
            context: Value::None,
            ident,
            deferred: Vec::new(),
            routines: Vec::new(),
            due: NOT_DUE,
            result: None,
            begun: None,
            interrupted: Vec::new(),
            repeated: None,
        }
    }
}

impl Drop for Vm {
    /// Breaks the reference cycles that every program has: functions and their modules, classes and their methods.
    fn drop(&mut self) {
        self.asyncgen_hooks = [Value::None, Value::None];
        self.signals.handlers.clear();
        self.fiber = Fiber::new(0);
        self.fibers.clear();
        for unit in self.units.drain(..).filter_map(|u| u.upgrade()) {
            unit.caches.borrow_mut().fill(Cache::Empty);
            unit.nested.borrow_mut().clear();
        }
        // A fork shares them.
        let owns_types = Rc::strong_count(&self.types) == 1;
        let released = self.released.drain(..).filter_map(|dict| dict.upgrade());
        for entry in self.module_dicts.drain(..).chain(released).flat_map(|dict| dict.take()) {
            // Classes of native modules, which no list knows; of some the module has an instance alone.
            match &entry.value {
                Value::Class(class) if !class.is_heap && owns_types => class.clear(),
                Value::Instance(instance) if !instance.class().is_heap && owns_types => instance.class().clear(),
                _ => {}
            }
        }
        for class in self.classes.drain(..).filter_map(|c| c.upgrade()) {
            class.clear();
        }
        if owns_types {
            let built_in = self.types.all().into_iter().map(|(_, class)| class);
            built_in.chain(self.types.of_iterators()).for_each(|class| class.clear());
        }
        drop(self.modules.take());
        self.inherited.clear();
        self.heap.living().for_each(|held| super::collect::clear(&held));
        grave::clear();
    }
}
