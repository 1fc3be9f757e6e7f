//! What things cost in virtual time: the cost table.
//!
//! The figures stand in `costs/lab.toml`, measured on one machine with CPython 3.11; another preset and a
//! scenario's header override single ones. Four sections:
//!
//! - `[machine]`: what the operating system takes and decides, one field of [`Machine`] each [ns unless said];
//! - `[bytecode]`: what a class of operations of the viewer's own code costs, one field of [`Bytecode`] each
//!   **[ps]**, because most are shorter than ten nanoseconds; `[bytecode."3.13"]` overrides it for a version;
//! - `[python]`: versions that were not measured, as percent of one that was;
//! - `[operation]`: named operations of the simulated library and models [ns].
//! - `[objects]`: how many containers a thing of an imitated package keeps alive, for the collector of cycles.
//!
//! The picosecond figures are for adding up; a program's clock only ever moves by whole nanoseconds.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::nearest::did_you_mean;
use super::version::Python;

const LAB: &str = include_str!("costs/lab.toml");

/// The presets: a name and what it overrides in `lab`.
const PRESETS: [(&str, &str); 2] = [("lab", ""), ("article", include_str!("costs/article.toml"))];

/// The number of a named operation; the same for every table of one build.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OperationId(pub u16);

/// A cost table.
#[derive(Clone, PartialEq, Debug)]
pub struct Costs {
    /// What the operating system takes and decides.
    pub machine: Machine,
    /// Names in the order of their numbers, which is alphabetical.
    names: Vec<Box<str>>,
    /// By operation number [ns].
    operations: Vec<u64>,
    /// How many containers things keep alive.
    objects: BTreeMap<String, u64>,
    /// Operations of the viewer's code on the measured version.
    bytecode: Bytecode,
    /// What other measured versions take instead, by version and field [ps].
    by_version: BTreeMap<Python, BTreeMap<String, u64>>,
    /// Versions that were not measured: which one they are like, and how much they take of it [percent].
    like: BTreeMap<Python, (Python, u64)>,
}

/// Makes a struct of `u64` fields that can be set by name.
macro_rules! figures {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: u64,)*
        }

        impl $name {
            /// The names of the figures.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            fn field(&mut self, name: &str) -> Option<&mut u64> {
                match name {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

figures! {
    /// What the operating system takes and decides. Lengths are [ns].
    Machine {
        /// How long a thread may run while others want its core (S-OS-02).
        slice,
        /// The clock's tick: slices end at its multiples.
        tick,
        /// From one thread to another on a core.
        ctx_switch,
        /// From being woken to being runnable, on an idle core that still polls for work (S-OS-03).
        wake_latency,
        /// The same on a core that was idle for longer than `halt_after`.
        wake_latency_halted,
        /// How long an idle core polls.
        halt_after,
        /// The same on a core that was idle for longer than `nap_after`.
        wake_latency_nap,
        /// How long a core must have been idle for that.
        nap_after,
        /// The same on a core that was idle for longer than `idle_after`.
        wake_latency_idle,
        /// How long a core must have been idle for its next wake-up to be slow.
        idle_after,
        /// The same on a core that was idle for longer than `deep_idle_after`.
        wake_latency_deep,
        /// How long a core must have been idle to sleep deeply.
        deep_idle_after,
        /// How much later than asked a timed wait ends (S-OS-04).
        timer_slack,
        /// How much longer than asked a timed wait takes, beyond the slack [millionths] (S-OS-05).
        sleep_overshoot_ppm,
        /// The most that `sleep_overshoot_ppm` adds.
        sleep_overshoot_max,
        /// A system call that does not block.
        syscall,
        /// From a write on one end of a loopback connection to being readable at the other.
        loopback,
        /// Below this a pause of a core leaves its caches warm.
        cold_from,
        /// After a pause of 0.15 ms: what a core owes to its caches when it comes back to a process.
        cold_150us,
        /// The same after 1 ms.
        cold_1ms,
        /// The same after 10 ms.
        cold_10ms,
        /// The same after 100 ms and more.
        cold_100ms,
        /// How long work takes until that is paid [percent of what it takes warm].
        cold_percent,
        /// What a core owes beside where another core has worked for the process since.
        cold_move,
        /// What it owes beside where another thread came between on the core itself.
        cold_switch,
        /// How long work takes until that is paid [percent of what it takes warm].
        cold_switch_percent,
        /// What waking a thread on an idle core takes the one that wakes it; so long is the GIL of Python 2 free at a check
        /// where somebody waits.
        wake_call,
        /// How long it is free where a waiter was woken before and has not tried yet.
        gil_release_awaited,
        /// The same where nobody waits: released and taken again.
        gil_release_unwanted,
        /// `Thread.start()` in the thread that calls it, until the operating system has made the thread.
        thread_create,
        /// From there to the first instruction of the new thread, beside the wake-up.
        thread_begin,
        /// How much of every CPU cost is charged [percent]: a faster computer has less.
        cpu_percent,
    }
}

figures! {
    /// What the classes of operations cost that the viewer's own code executes **[ps]**.
    Bytecode {
        /// Loading or storing a local or a constant, moving the stack.
        local,
        /// A jump forward, taken or not.
        jump,
        /// A jump back to the head of a loop.
        jump_back,
        /// The next item of a `for` loop over a built-in iterator.
        for_iter,
        /// Loading a global or a built-in name.
        global,
        /// Loading an attribute.
        attr_load,
        /// Storing an attribute.
        attr_store,
        /// `a[b]` of a list or tuple.
        item_load,
        /// `a[b]` of a dict.
        dict_load,
        /// `a[b] = c`.
        item_store,
        /// `+ - * // %` on integers, and every other binary operation that has no class of its own.
        arithmetic,
        /// `& | ^ ~ << >>`.
        bitwise,
        /// `+ - * /` on floats.
        float_arithmetic,
        /// `< <= == != > >= is in`.
        compare,
        /// Calling a function written in C.
        call_c,
        /// Calling a function of Python and returning from it.
        call_python,
        /// Each argument of a call.
        call_argument,
        /// Calling a class: the object, beside its `__init__`.
        call_class,
        /// Entering and leaving the block of a `with` statement, beside the two calls.
        with,
        /// Acquiring or releasing a lock that is free, beside the call.
        lock,
        /// Making a tuple, list, dict, set or slice.
        build,
        /// Formatting one value of an f-string.
        format_value,
        /// Resuming a generator or coroutine and coming back from it.
        resume,
        /// Raising an exception and finding its handler.
        raise,
        /// `import` of a module that is loaded.
        import,
        /// Everything else.
        other,
    }
}

impl Costs {
    /// The table of this name: `lab` or `article`.
    pub fn preset(name: &str) -> Result<Costs, String> {
        let Some((_, overrides)) = PRESETS.iter().find(|(preset, _)| *preset == name) else {
            let names: Vec<_> = PRESETS.iter().map(|(name, _)| *name).collect();
            return Err(format!("there is no cost table `{name}`: choose {}", names.join(" or ")));
        };
        let mut costs = Costs::read(LAB)?;
        let table = DeTable::parse(overrides).map_err(|e| format!("costs/{name}.toml: {}", e.message()))?;
        for (section, value) in table.get_ref() {
            let mut figures = BTreeMap::new();
            for (key, value) in table_of(section.get_ref(), value.get_ref())? {
                let name = match &**section.get_ref() {
                    "operation" => key.get_ref().to_string(),
                    section => format!("{section}.{}", key.get_ref()),
                };
                named(&name, value.get_ref(), &mut figures)?;
            }
            for (name, figure) in figures {
                costs.set(&name, figure)?;
            }
        }
        Ok(costs)
    }

    /// Reads a whole table.
    fn read(text: &str) -> Result<Costs, String> {
        let table = DeTable::parse(text).map_err(|e| format!("costs/lab.toml: {}", e.message()))?;
        let mut costs = Costs {
            machine: Machine::default(),
            names: Vec::new(),
            operations: Vec::new(),
            objects: BTreeMap::new(),
            bytecode: Bytecode::default(),
            by_version: BTreeMap::new(),
            like: BTreeMap::new(),
        };
        let mut operations = BTreeMap::new();
        for (section, value) in table.get_ref() {
            let section = &**section.get_ref();
            for (key, value) in table_of(section, value.get_ref())? {
                let (key, value) = (&**key.get_ref(), value.get_ref());
                match (section, value) {
                    ("operation", value) => named(key, value, &mut operations)?,
                    ("objects", value) => named(key, value, &mut costs.objects)?,
                    ("bytecode", DeValue::Table(version)) => {
                        let figures = costs.by_version.entry(Python::parse(key)?).or_default();
                        for (name, ps) in version {
                            let name = &**name.get_ref();
                            Bytecode::default().field(name).ok_or_else(|| unknown("bytecode", name))?;
                            figures.insert(name.into(), whole(name, ps.get_ref())?);
                        }
                    }
                    ("python", DeValue::Table(like)) => {
                        let base = like.get("like").and_then(|v| v.get_ref().as_str());
                        let percent = like.get("percent").ok_or_else(|| format!("python {key} needs a `percent`"))?;
                        let base = Python::parse(base.ok_or_else(|| format!("python {key} needs a `like`"))?)?;
                        costs.like.insert(Python::parse(key)?, (base, whole(key, percent.get_ref())?));
                    }
                    ("machine", value) => {
                        *costs.machine.field(key).ok_or_else(|| unknown(section, key))? = whole(key, value)?;
                    }
                    ("bytecode", value) => {
                        *costs.bytecode.field(key).ok_or_else(|| unknown(section, key))? = whole(key, value)?;
                    }
                    _ => return Err(format!("a cost table has no section `{section}`")),
                }
            }
        }
        (costs.names, costs.operations) = operations.into_iter().map(|(name, ns)| (name.into(), ns)).unzip();
        Ok(costs)
    }

    /// The number of an operation.
    pub fn id(&self, operation: &str) -> Option<OperationId> {
        self.names.binary_search_by(|name| (**name).cmp(operation)).ok().map(|idx| OperationId(idx as u16))
    }

    /// The name of an operation.
    pub fn name(&self, id: OperationId) -> &str {
        &self.names[usize::from(id.0)]
    }

    /// What an operation costs on this machine [ns].
    pub fn ns(&self, id: OperationId) -> u64 {
        self.scaled(self.operations[usize::from(id.0)])
    }

    /// What the operation of this name costs on this machine [ns].
    pub fn ns_of(&self, operation: &str) -> Option<u64> {
        self.id(operation).map(|id| self.ns(id))
    }

    /// All named operations with what they cost on this machine [ns].
    pub fn operations(&self) -> impl Iterator<Item = (&str, u64)> {
        self.names.iter().zip(&self.operations).map(|(name, ns)| (&**name, self.scaled(*ns)))
    }

    /// How many containers the things of imitated packages keep alive, by name.
    pub fn objects(&self) -> &BTreeMap<String, u64> {
        &self.objects
    }

    /// What operations of the viewer's code cost under a version of Python on this machine [ps].
    pub fn bytecode(&self, python: Python) -> Bytecode {
        let (measured, percent) = self.like.get(&python).copied().unwrap_or((python, 100));
        let mut figures = self.bytecode;
        for (name, &ps) in self.by_version.get(&measured).into_iter().flatten() {
            if let Some(field) = figures.field(name) {
                *field = ps;
            }
        }
        for name in Bytecode::NAMES {
            if let Some(field) = figures.field(name) {
                *field = self.scaled(*field * percent / 100);
            }
        }
        figures
    }

    /// Overrides one figure: `machine.FIELD`, `bytecode.FIELD` (which then holds for every version) or an operation.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), String> {
        let field = match name.split_once('.') {
            Some(("machine", field)) => self.machine.field(field).ok_or_else(|| unknown("machine", field))?,
            Some(("bytecode", field)) => {
                self.by_version.values_mut().for_each(|figures| {
                    figures.remove(field);
                });
                self.bytecode.field(field).ok_or_else(|| unknown("bytecode", field))?
            }
            _ => match self.id(name) {
                Some(id) => &mut self.operations[usize::from(id.0)],
                None => {
                    let hint = did_you_mean(name, self.names.iter().map(|name| &**name));
                    return Err(format!("there is no cost `{name}`{hint}: see src/world/costs/lab.toml for the names"));
                }
            },
        };
        *field = value;
        Ok(())
    }

    fn scaled(&self, cpu: u64) -> u64 {
        cpu * self.machine.cpu_percent / 100
    }
}

fn unknown(section: &str, name: &str) -> String {
    let names = if section == "machine" { Machine::NAMES } else { Bytecode::NAMES };
    format!(
        "there is no cost `{section}.{name}`{}: choose {}",
        did_you_mean(name, names.iter().copied()),
        names.join(", ")
    )
}

/// Collects operations; `asyncio.step = 1` is a table in TOML, `"asyncio.step" = 1` is not, and both are one name.
fn named(name: &str, value: &DeValue<'_>, operations: &mut BTreeMap<String, u64>) -> Result<(), String> {
    match value {
        DeValue::Table(table) => table
            .iter()
            .try_for_each(|(key, value)| named(&format!("{name}.{}", key.get_ref()), value.get_ref(), operations)),
        value => match operations.insert(name.into(), whole(name, value)?) {
            None => Ok(()),
            Some(_) => Err(format!("the cost `{name}` is given twice")),
        },
    }
}

fn table_of<'a>(section: &str, value: &'a DeValue<'a>) -> Result<&'a DeTable<'a>, String> {
    value.as_table().ok_or_else(|| format!("`{section}` must be a table of costs"))
}

fn whole(name: &str, value: &DeValue<'_>) -> Result<u64, String> {
    let number = value.as_integer().and_then(|n| u64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok());
    number.ok_or_else(|| format!("the cost `{name}` must be a whole number from 0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(text: &str) -> Python {
        Python::parse(text).unwrap()
    }

    #[test]
    fn every_preset_can_be_read() {
        for (name, _) in PRESETS {
            let costs = Costs::preset(name).unwrap();
            assert!(costs.machine.slice > 0 && costs.machine.cpu_percent > 0);
        }
        assert_eq!(Costs::preset("free").unwrap_err(), "there is no cost table `free`: choose lab or article");
    }

    #[test]
    fn every_figure_of_the_machine_and_of_bytecode_is_given() {
        let table = DeTable::parse(LAB).unwrap();
        for (section, names) in [("machine", Machine::NAMES), ("bytecode", Bytecode::NAMES)] {
            let table = table.get_ref()[section].get_ref().as_table().unwrap();
            for name in names {
                assert!(table.contains_key(*name), "lab.toml says nothing about {section}.{name}");
            }
        }
    }

    #[test]
    fn the_article_overrides_single_figures() {
        let (lab, article) = (Costs::preset("lab").unwrap(), Costs::preset("article").unwrap());
        assert_eq!(lab.machine.sleep_overshoot_ppm, 0);
        assert_eq!(article.machine.sleep_overshoot_ppm, 6_500);
        assert_eq!(lab.machine.slice, article.machine.slice);
    }

    #[test]
    fn operations_have_dense_numbers_in_order_of_name() {
        let text = "[machine]\ncpu_percent = 50\n[operation]\nb.two = 20\n\"a.one\" = 10\n";
        let mut costs = Costs::read(text).unwrap();
        assert_eq!(costs.id("a.one"), Some(OperationId(0)));
        assert_eq!(costs.id("b.two"), Some(OperationId(1)));
        assert_eq!(costs.name(OperationId(1)), "b.two");
        assert_eq!(costs.id("c"), None);
        assert_eq!(costs.ns_of("b.two"), Some(10));
        costs.set("b.two", 40).unwrap();
        assert_eq!(costs.ns(OperationId(1)), 20);
    }

    #[test]
    fn an_unknown_cost_is_refused_with_the_nearest_name() {
        let mut costs = Costs::preset("lab").unwrap();
        assert!(costs.set("machine.slices", 1).unwrap_err().contains("did you mean slice?"));
        assert!(costs.set("nothing.like.it", 1).unwrap_err().contains("lab.toml"));
        assert!(Costs::read("[operation]\na.b = 1\n\"a.b\" = 2\n").unwrap_err().contains("twice"));
        assert!(Costs::read("[operations]\na = 1\n").unwrap_err().contains("no section"));
    }

    /// One turn of a loop as the truth tables measured it [ns, p50], from the operations it consists of.
    fn loop_turns(b: Bytecode) -> [f64; 3] {
        let for_pass = b.for_iter + b.local + b.jump_back;
        let spin = for_pass + 4 * b.local + b.bitwise + b.arithmetic;
        let countdown = b.arithmetic + 3 * b.local + b.compare + 2 * b.local + b.jump + b.jump_back;
        [for_pass, spin, countdown].map(|ps| ps as f64 / 1000.0)
    }

    #[test]
    fn loops_take_what_was_measured_on_each_version() {
        // costs.json: for-range-pass, for-iadd-and, while-decrement.
        let measured = [
            ("2.7", [7.5, 21.1, 14.1]),
            ("3.11", [11.6, 28.8, 19.1]),
            ("3.12", [14.0, 33.2, 18.8]),
            ("3.13", [15.0, 32.6, 19.5]),
        ];
        let costs = Costs::preset("lab").unwrap();
        for (version, expected) in measured {
            for (got, expected) in loop_turns(costs.bytecode(python(version))).into_iter().zip(expected) {
                assert!((got - expected).abs() < 0.05, "{version}: {got} instead of {expected}");
            }
        }
    }

    #[test]
    fn an_unmeasured_version_is_a_part_of_a_measured_one() {
        let costs = Costs::preset("lab").unwrap();
        let (measured, like) = (costs.bytecode(python("3.13")), costs.bytecode(python("3.14")));
        assert_eq!(like.arithmetic, measured.arithmetic * 97 / 100);
        for version in Python::all().filter(|version| *version != python("3.11")) {
            assert!(costs.by_version.contains_key(&version) || costs.like.contains_key(&version), "{version}");
        }
    }

    #[test]
    fn an_override_of_bytecode_holds_for_every_version() {
        let mut costs = Costs::preset("lab").unwrap();
        costs.set("bytecode.arithmetic", 1_000).unwrap();
        assert_eq!(costs.bytecode(python("3.13")).arithmetic, 1_000);
        assert_eq!(costs.bytecode(python("3.11")).arithmetic, 1_000);
    }
}
