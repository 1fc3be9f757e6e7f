//! Programs over the natives of this room; what they print is what CPython 3.11 printed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{native, source};
use crate::python::code::Source;
use crate::python::trap::Trap;
use crate::python::value::Value;
use crate::python::vm::{FoundSource, Modules, Options, Vm, Why};
use crate::time::{Duration, Time};

#[path = "tests/lifetimes.rs"]
mod lifetimes;

fn options() -> Options {
    Options {
        version: (3, 11),
        argv: vec!["main.py".into()],
        library_set: "LNOW",
        seed: 0,
        pid: 1,
        parent_pid: 1,
        cpu_count: 4,
        price: |_, _| 64,
        prices: Default::default(),
        watch: Default::default(),
        has_gil: true,
        operation_costs: Rc::new(BTreeMap::new()),
        object_counts: Rc::new(BTreeMap::new()),
        environ: Vec::new(),
    }
}

/// Runs a program on a machine that sleeps at once and grants every lock; returns its output and exit status.
fn run(text: &str) -> (String, Option<i64>) {
    let main = Rc::new(Source { filename: "main.py".into(), text: text.into(), is_library: false });
    let own = BTreeMap::from([("main".to_string(), FoundSource { source: main, is_package: false })]);
    let finder = Modules { own, library: source, natives: native, codes: Default::default() };
    let mut vm = Vm::new(options(), finder);
    let fiber = vm.spawn_main("run_script", vec![Value::str("main.py")]);
    vm.enter(fiber);
    let (mut now, mut out) = (Time::ZERO, String::new());
    loop {
        match vm.run(now, 0, 1 << 40) {
            // A module was compiled.
            Why::Budget if vm.used_ticks() < 1 << 40 => now = vm.now(),
            Why::Budget => panic!("the program does not end; it printed {out}"),
            Why::Done(Ok(status)) => {
                let status = if let Value::Int(status) = status { Some(status) } else { None };
                return (out, status);
            }
            Why::Done(Err(exc)) => {
                let lines = vm.format_exception(&exc).map_or(Vec::new(), |lines| lines);
                panic!("the start of the program failed: {}", lines.join("\n"));
            }
            Why::Trap(trap) => {
                now = vm.now();
                let answer = match trap {
                    Trap::CheckPoint => continue,
                    Trap::Write { text, .. } => {
                        out.push_str(&text);
                        Value::None
                    }
                    Trap::Sleep(length) => {
                        now += length;
                        Value::None
                    }
                    Trap::Acquire { timeout, .. } => {
                        now += timeout.unwrap_or(Duration::ZERO);
                        Value::bool(true)
                    }
                    _ => Value::None,
                };
                vm.answer(Ok(answer));
            }
        }
    }
}

fn check(program: &str, expected: &str) {
    let (out, status) = run(program);
    assert_eq!((out.trim_end(), status), (expected.trim(), Some(0)));
}

/// The program's lines are expressions; shows each value, or its exception.
fn check_each(cases: &[(&str, &str)]) {
    let mut program = String::from(
        "def show(f):\n    try:\n        print(f())\n    except Exception as e:\n        print(type(e).__name__, e)\n",
    );
    for (expression, _) in cases {
        program.push_str(&format!("show(lambda: ({expression}))\n"));
    }
    let (out, _) = run(&program);
    for (line, (expression, expected)) in out.lines().zip(cases) {
        assert_eq!(line, *expected, "{expression}");
    }
    assert_eq!(out.lines().count(), cases.len(), "{out}");
}

#[test]
fn lists_sort_stably_by_keys_and_say_what_is_wrong() {
    check_each(&[
        ("sorted(['b', 'A', 'c', 'a'], key=str.lower, reverse=True)", "['c', 'b', 'A', 'a']"),
        ("sorted([(1, 'b'), (1, 'a'), (0, 'z')])", "[(0, 'z'), (1, 'a'), (1, 'b')]"),
        ("sorted([1.5, 2, -3, True])", "[-3, True, 1.5, 2]"),
        ("sorted([1, 'a'])", "TypeError '<' not supported between instances of 'str' and 'int'"),
        ("[].pop()", "IndexError pop from empty list"),
        ("[1].remove(2)", "ValueError list.remove(x): x not in list"),
        ("[1].append()", "TypeError list.append() takes exactly one argument (0 given)"),
        ("[1].insert(1)", "TypeError insert expected 2 arguments, got 1"),
        ("[1, 2, 3, 2].index(2, 2)", "3"),
    ]);
    check(
        "
class K:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
ks = [K(n * 7919 % 101) for n in range(100)]
ks.sort()
print([k.n for k in ks] == sorted(n * 7919 % 101 for n in range(100)))
calls = []
def key(n):
    calls.append(n)
    return -n
print(sorted([3, 1, 2], key=key), calls)
",
        "True\n[3, 2, 1] [3, 1, 2]",
    );
}

#[test]
fn dicts_keep_their_order_and_views_are_sets() {
    check_each(&[
        ("dict(zip('ab', [1, 2]))", "{'a': 1, 'b': 2}"),
        ("dict([(1, 2, 3)])", "ValueError dictionary update sequence element #0 has length 3; 2 is required"),
        ("{1: 2, 3: 4}.items() <= {(1, 2), (3, 4), (5, 6)}", "True"),
        ("{1, 2} & {1: 0}.keys()", "{1}"),
        ("{}.popitem()", "KeyError 'popitem(): dictionary is empty'"),
        ("list(reversed({1: 2, 3: 4}))", "[3, 1]"),
        ("{1: 2}.__or__({3: 4})", "{1: 2, 3: 4}"),
        ("dict.fromkeys('ab', 0)", "{'a': 0, 'b': 0}"),
        ("hash([])", "TypeError unhashable type: 'list'"),
    ]);
    check(
        "
class D(dict):
    def __missing__(self, key): return key * 2
    def __setitem__(self, key, value): super().__setitem__(key, value + 1)
d = D(a=1)
d['q'] = 1
print(d, d['zz'], d.get('zz'), d == {'a': 1, 'q': 2})
d |= [(8, 9)]
print(d)
try:
    for key in d: d[key * 2] = 1
except RuntimeError as e: print(e)
",
        "{'a': 1, 'q': 2} zzzz None True\n{'a': 1, 'q': 2, 8: 9}\ndictionary changed size during iteration",
    );
}

#[test]
fn sets_combine_and_compare() {
    check_each(&[
        ("{1, 2, 3} ^ {1, 7}", "{2, 3, 7}"),
        ("{1, 2}.union([7], (8,))", "{8, 1, 2, 7}"),
        ("{1} | [2]", "TypeError unsupported operand type(s) for |: 'set' and 'list'"),
        ("{1}.issubset(range(9))", "True"),
        ("set().pop()", "KeyError 'pop from an empty set'"),
        ("{frozenset([1, 2]): 5}[frozenset([2, 1])]", "5"),
        ("type({3} | frozenset([1])).__name__", "set"),
        ("type('S', (set,), {})([1])", "S({1})"),
    ]);
}

#[test]
fn builtins_answer_and_complain_as_in_cpython() {
    check_each(&[
        ("list(zip([1, 2], 'ab', 'xyz'))", "[(1, 'a', 'x'), (2, 'b', 'y')]"),
        ("list(zip([1], [1, 2], strict=True))", "ValueError zip() argument 2 is longer than argument 1"),
        ("zip(1)", "TypeError 'int' object is not iterable"),
        ("max([])", "ValueError max() arg is an empty sequence"),
        ("max([1, 2, 2.0]), min([-3, 2], key=abs)", "(2, 2)"),
        ("pow(3, -1, 7), pow(-5, 3, -7)", "(5, -6)"),
        ("pow(2, -1, 4)", "ValueError base is not invertible for the given modulus"),
        ("divmod(-7, 3), divmod(7.5, 2)", "((-3, 2), (3.0, 1.5))"),
        ("divmod(1.0, 0)", "ZeroDivisionError float divmod()"),
        ("sum(range(1000000)), sum([[1], [2]], [])", "(499999500000, [1, 2])"),
        ("sum(['a'], '')", "TypeError sum() can't sum strings [use ''.join(seq) instead]"),
        ("isinstance(3, 5)", "TypeError isinstance() arg 2 must be a type, a tuple of types, or a union"),
        ("isinstance('a', int | str), issubclass(bool, int)", "(True, True)"),
        ("round(2.5), round(2.675, 2), round(1234, -2)", "(2, 2.67, 1200)"),
        ("hex(-2 ** 70)", "-0x400000000000000000"),
        ("list(iter(iter([1, 2, 0, 5]).__next__, 0))", "[1, 2]"),
        ("print('a', foo=5)", "TypeError 'foo' is an invalid keyword argument for print()"),
        ("len(5)", "TypeError object of type 'int' has no len()"),
    ]);
}

#[test]
fn print_writes_pieces_to_an_object_of_the_program() {
    check(
        "
import sys
class W:
    def __init__(self): self.pieces = []
    def write(self, text): self.pieces.append(text)
    def flush(self): self.pieces.append('flushed')
w = W()
print('a', 1, file=w, flush=True)
print(w.pieces)
sys.stdout, old = w, sys.stdout
print('b')
sys.stdout = old
print(w.pieces[-2:])
",
        "['a', ' ', '1', '\\n', 'flushed']\n['b', '\\n']",
    );
}

#[test]
fn generators_under_builtins_run_once_and_to_their_end() {
    check(
        "
def g():
    try:
        yield 1
        yield 2
        return 'end'
    finally:
        print('closed')
print(any(x == 2 for x in [1, 2, 3 / 1]))
print(sum(g()), list(g()), dict(zip(g(), 'ab')))
i = g()
next(i), next(i)
try: next(i)
except StopIteration as e: print(e.value)
",
        "True\nclosed\nclosed\nclosed\n3 [1, 2] {1: 'a', 2: 'b'}\nclosed\nend",
    );
}

#[test]
fn deques_and_dicts_of_collections() {
    check(
        "
from collections import OrderedDict, defaultdict, deque
class Q(deque): pass
print(deque([1, 2, 3], maxlen=2), deque('abc')[-1], deque('ab') < deque('b'), bool(deque()))
print(Q([1]), len(Q('ab')), isinstance(Q(), deque), list(Q('ab')))
d = defaultdict(list)
d['x'].append(1)
print(d, 'y' in d, d['y'])
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end('a')
o.move_to_end('c', last=False)
print(o, o.popitem(last=False), o == OrderedDict(a=1, b=2), o == {'a': 1, 'b': 2})
try:
    q = deque([1, 2])
    for x in q: q.append(x)
except RuntimeError as e: print(e)
try: deque().popleft()
except IndexError as e: print(e)
",
        "deque([2, 3], maxlen=2) c True False
Q([1]) 2 True ['a', 'b']
defaultdict(<class 'list'>, {'x': [1], 'y': []}) False []
OrderedDict([('b', 2), ('a', 1)]) ('c', 3) False True
deque mutated during iteration
pop from an empty deque",
    );
}

#[test]
fn an_uncaught_exception_and_an_exit_give_their_status() {
    let (out, status) = run("import sys\ndef f():\n    raise ValueError('bad')\nf()\n");
    assert_eq!(
        out,
        "Traceback (most recent call last):\n  File \"main.py\", line 4, in <module>\n    f()\n  File \"main.py\", \
         line 3, in f\n    raise ValueError('bad')\nValueError: bad\n"
    );
    assert_eq!(status, Some(1));
    assert_eq!(run("import sys\nsys.exit(7)"), (String::new(), Some(7)));
    assert_eq!(run("import sys\nsys.exit('sorry')"), ("sorry\n".into(), Some(1)));
    assert_eq!(run("import sys\nsys.exit()"), (String::new(), Some(0)));
}

#[test]
fn a_coroutine_that_nobody_awaited_is_warned_about() {
    let (out, status) = run("async def f(): pass\nf()\nprint('on')\n");
    assert_eq!(
        out,
        "main.py:2: RuntimeWarning: coroutine 'f' was never awaited\n  f()\nRuntimeWarning: Enable tracemalloc to \
         get the object allocation traceback\non\n"
    );
    assert_eq!(status, Some(0));
}

#[test]
fn clocks_advance_by_sleeping_and_locks_nest() {
    check(
        "
import time, threading
before = time.monotonic()
time.sleep(1.5)
print(round(time.monotonic() - before, 3))
lock = threading.RLock()
with lock:
    with lock: print('nested')
try: lock.release()
except RuntimeError as e: print(e)
try: threading.Lock().acquire(False, 1)
except ValueError as e: print(e)
",
        "1.5\nnested\ncannot release un-acquired lock\ncan't specify a timeout for a non-blocking call",
    );
}

#[test]
fn an_interpreter_leaves_nothing_behind() {
    let text = "import collections, random, threading, weakref\nd = collections.deque([1])\n";
    let main = Rc::new(Source { filename: "main.py".into(), text: text.into(), is_library: false });
    let own = BTreeMap::from([("main".to_string(), FoundSource { source: main, is_package: false })]);
    let finder = Modules { own, library: source, natives: native, codes: Default::default() };
    let mut vm = Vm::new(options(), finder);
    let fiber = vm.spawn_main("run_script", vec![Value::str("main.py")]);
    vm.enter(fiber);
    while let Why::Budget | Why::Trap(Trap::CheckPoint) = vm.run(Time::ZERO, 0, 1 << 40) {}
    let Some(Value::Module(module)) = vm.modules.str("_collections") else { panic!("the module was imported") };
    let Some(Value::Class(deque)) = module.dict.str("deque") else { panic!("the module has it") };
    let mut classes = vec![("deque", Rc::downgrade(&deque)), ("object", Rc::downgrade(&vm.types.object))];
    classes.extend(vm.types.all().into_iter().map(|(name, class)| (name, Rc::downgrade(class))));
    classes.extend(vm.types.of_iterators().map(|class| ("an iterator", Rc::downgrade(class))));
    drop((module, deque));
    drop(vm);
    let left: Vec<&str> = classes.iter().filter(|(_, class)| class.strong_count() > 0).map(|(name, _)| *name).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn where_a_main_file_lacks_a_block_at_most_its_first_column_is_marked() {
    let said = |text| run(text).0;
    let message = "IndentationError: expected an indented block after function definition on line 1\n";
    assert_eq!(said("def f():\nreturn 1\n"), format!("  File \"main.py\", line 2\n    return 1\n    ^\n{message}"));
    assert_eq!(said("def f():\n"), format!("  File \"main.py\", line 1\n    def f():\n{message}"));
}
