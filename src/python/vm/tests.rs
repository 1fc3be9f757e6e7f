//! The VM without a library: programs that show values by a native function of the test.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{FoundSource, Modules, Options, Vm, Why};
use crate::python::code::Source;
use crate::python::function::{Native, NativeKind};
use crate::python::value::Value;
use crate::time::Time;

thread_local! {
    static SHOWN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn options() -> Options {
    Options {
        version: (3, 11),
        argv: Vec::new(),
        library_set: "LNOW",
        seed: 0,
        pid: 1,
        parent_pid: 1,
        cpu_count: 1,
        price: |_, _| 64,
        prices: Default::default(),
        watch: Default::default(),
        has_gil: true,
        operation_costs: Rc::new(BTreeMap::new()),
        object_counts: Rc::new(BTreeMap::new()),
        environ: Vec::new(),
    }
}

/// Runs a program in slices of this many ticks and returns what it showed, or the text of its exception.
fn run_sliced(text: &str, slice: i64) -> Vec<String> {
    SHOWN.with_borrow_mut(Vec::clear);
    let source = Rc::new(Source { filename: "test.py".into(), text: text.into(), is_library: false });
    let own = BTreeMap::from([("test".to_string(), FoundSource { source, is_package: false })]);
    let finder = Modules { own, library: |_| None, natives: |_| None, codes: Default::default() };
    let mut vm = Vm::new(options(), finder);
    let show = Native::value("show", NativeKind::Function, |vm, args| {
        let mut line = Vec::new();
        for value in args.pos {
            line.push(vm.repr(value)?);
        }
        SHOWN.with_borrow_mut(|shown| shown.push(line.join(" ")));
        Ok(Value::None)
    });
    vm.builtins.set_str("show", show);
    let start = Native::value("start", NativeKind::Function, |vm, _| vm.import_module("test"));
    let fiber = vm.spawn(start, Vec::new(), Vec::new());
    vm.enter(fiber);
    for _ in 0..1_000_000 {
        match vm.run(Time::ZERO, 0, slice) {
            Why::Budget => {}
            Why::Trap(_) => panic!("these programs ask the machine for nothing"),
            Why::Done(Ok(_)) => return SHOWN.take(),
            Why::Done(Err(exc)) => {
                let text = vm.format_exception(&exc).map_or(vec!["?".into()], |lines| lines);
                let mut shown = SHOWN.take();
                shown.extend(text);
                return shown;
            }
        }
    }
    panic!("the program does not end");
}

/// What a program shows.
pub(in crate::python) fn run(text: &str) -> Vec<String> {
    run_sliced(text, 1 << 40)
}

fn check(text: &str, expected: &[&str]) {
    for slice in [1 << 40, 64, 1000] {
        assert_eq!(run_sliced(text, slice), expected, "in slices of {slice} ticks");
    }
}

#[test]
fn functions_have_defaults_closures_and_star_arguments() {
    check(
        "
def f(a, b=2, *c, d=4, **e):
    return a, b, c, d, e
show(f(1), f(1, 3, 5, 7, d=8, z=9))
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
s = counter()
s()
show(s(), f(*[1, 2, 3], **{'k': 1}))
",
        &["(1, 2, (), 4, {}) (1, 3, (5, 7), 8, {'z': 9})", "2 (1, 2, (3,), 4, {'k': 1})"],
    );
}

#[test]
fn classes_inherit_and_special_methods_are_found() {
    check(
        "
class A:
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        return A(self.x + other.x)
    def __repr__(self):
        return f'A({self.x})' if type(self) is A else 'B'
    @property
    def double(self):
        return self.x * 2
    def __len__(self):
        return self.x
    def __eq__(self, o):
        return self.x == o.x
class B(A):
    def __init__(self, x):
        super().__init__(x + 1)
a = A(1) + B(2)
show(a, a.double, A(3) == A(3), not A(0), B(1))
",
        &["A(4) 8 True True B"],
    );
}

#[test]
fn generators_pass_values_both_ways_and_close() {
    check(
        "
def g():
    try:
        x = yield 1
        show('got', x)
        yield from (i * i for i in range(3))
        return 'end'
    finally:
        show('closed')
def outer():
    r = yield from g()
    show('result', r)
o = outer()
show(next(o), o.send('v'))
for v in o:
    show(v)
h = g()
next(h)
del h
show('after')
",
        &["'got' 'v'", "1 0", "1", "4", "'closed'", "'result' 'end'", "'closed'", "'after'"],
    );
}

#[test]
fn exceptions_chain_and_finally_runs() {
    check(
        "
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError('bad') from e
    finally:
        show('fin')
try:
    f()
except ValueError as e:
    show(e, e.__cause__)
def g():
    for i in range(3):
        try:
            continue
        finally:
            show(i)
g()
with_log = []
class C:
    def __enter__(self):
        return 5
    def __exit__(self, *a):
        show(a[0])
        return True
with C() as c:
    show(c)
    {}['k']
show('end')
",
        &[
            "'fin'",
            "ValueError('bad') ZeroDivisionError('division by zero')",
            "0",
            "1",
            "2",
            "5",
            "<class 'KeyError'>",
            "'end'",
        ],
    );
}

#[test]
fn an_uncaught_exception_has_a_traceback_with_carets() {
    check(
        "
def f(x):
    return x['a']['b'] + 1
f({'a': {}})
",
        &[
            "Traceback (most recent call last):",
            "  File \"test.py\", line 4, in <module>",
            "    f({'a': {}})",
            "  File \"test.py\", line 3, in f",
            "    return x['a']['b'] + 1",
            "           ~~~~~~^^^^^",
            "KeyError: 'b'",
        ],
    );
}

#[test]
fn coroutines_await_each_other() {
    check(
        "
class Later:
    def __await__(self):
        x = yield 'please'
        return x
async def inner(n):
    return n + await Later()
async def outer():
    a = await inner(1)
    b = await inner(2)
    return a, b
c = outer()
show(c.send(None), c.send(10))
try:
    c.send(20)
except StopIteration as e:
    show(e.value)
async def agen():
    for i in range(2):
        yield i
async def use():
    return [x async for x in agen()]
u = use()
try:
    u.send(None)
except StopIteration as e:
    show(e.value)
",
        &["'please' 'please'", "(11, 22)", "[0, 1]"],
    );
}

#[test]
fn a_native_that_needs_python_gets_its_answers() {
    check(
        "
class K:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        show('hash', self.n)
        return 7
    def __eq__(self, other):
        show('eq', self.n, other.n)
        return self.n == other.n
    def __repr__(self):
        return 'K'
d = {K(1): 'a'}
d[K(2)] = 'b'
show(d[K(1)])
show([K(1), (K(2),)])
",
        &["'hash' 1", "'hash' 2", "'eq' 1 2", "'hash' 1", "'eq' 1 1", "'a'", "[K, (K,)]"],
    );
}

#[test]
fn finalisers_run_when_the_last_reference_goes() {
    check(
        "
class D:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        show('del', self.n)
def f():
    d = D(1)
    show('in f')
f()
x = D(2)
x = D(3)
show('reassigned')
D(4)
show('end')
del x
",
        &["'in f'", "'del' 1", "'del' 2", "'reassigned'", "'del' 4", "'end'", "'del' 3"],
    );
}

#[test]
fn any_and_all_stop_where_they_know_and_close_the_generator() {
    check(
        "
def g():
    try:
        for i in range(5000):
            yield i
    finally:
        show('closed')
show(any(i == 3 for i in g()), all(i < 4 for i in g()))
show(any([]), all([]), any(map(bool, [0, 2])), any(i < 0 for i in g()))
",
        &["'closed'", "'closed'", "True False", "'closed'", "False True True False"],
    );
}

/// A special method that is entered at once answers like one that is asked along the general way.
#[test]
fn special_methods_of_operations_answer_decline_and_raise() {
    check(
        "
class Count:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return NotImplemented if self.n == 2 else self.n
show([v for v in Count()], list(Count()))
class Falsy:
    def __bool__(self):
        show('bool')
        return False
class A:
    def __add__(self, other):
        return NotImplemented
    def __iadd__(self, other):
        return NotImplemented
    def __radd__(self, other):
        return 'A.radd'
    def __eq__(self, other):
        return []
    def __lt__(self, other):
        return Falsy()
    def __getitem__(self, key):
        return NotImplemented
class B(A):
    def __radd__(self, other):
        return 'B.radd'
a, b = A(), B()
show(a + b, a == 1, a[3])
def adds():
    c = a
    c += 1
for wrong in (lambda: a + a, adds, lambda: [] + a):
    try:
        show(wrong())
    except TypeError as e:
        show(e)
if a < 1:
    show('less')
else:
    show('not less')
",
        &[
            "[1, NotImplemented, 3] [1, NotImplemented, 3]",
            "'B.radd' [] NotImplemented",
            "TypeError(\"unsupported operand type(s) for +: 'A' and 'A'\")",
            "TypeError(\"unsupported operand type(s) for +=: 'A' and 'int'\")",
            "'A.radd'",
            "'bool'",
            "'not less'",
        ],
    );
}

/// What an inline cache learnt holds no longer than the class it learnt it from.
#[test]
fn caches_of_attributes_follow_classes_and_metaclasses() {
    check(
        "
class M(type):
    @property
    def named(cls):
        return cls.__name__ + '!'
class C(metaclass=M):
    k = 1
    @property
    def p(self):
        return self.k
    @classmethod
    def c(cls):
        return cls.__name__
    @staticmethod
    def s():
        return 's'
c = C()
for i in range(3):
    show(C.named, C.k, c.k, c.p, c.c(), C.c(), c.s(), C.s())
    if i == 0:
        C.k = 2
        C.s = staticmethod(lambda: 't')
    else:
        c.k = 3
        C.p = 'p'
def refuses(self):
    raise ValueError('p')
C.p = property(refuses)
try:
    c.p
except ValueError as e:
    show(e)
",
        &[
            "'C!' 1 1 1 'C' 'C' 's' 's'",
            "'C!' 2 2 2 'C' 'C' 't' 't'",
            "'C!' 2 3 'p' 'C' 'C' 't' 't'",
            "ValueError('p')",
        ],
    );
}

#[test]
fn keywords_and_defaults_go_to_their_parameters() {
    check(
        "
def f(a, b=2, /, c=3, *, d, e=5):
    return a, b, c, d, e
show(f(1, d=4), f(1, 2, d=4, c=9), f(1, e=1, d=2))
calls = [lambda: f(1), lambda: f(1, b=2, d=1), lambda: f(1, 2, 3, c=3, d=1), lambda: f(d=1), lambda: f(1, z=1, d=2)]
for call in calls:
    try:
        call()
    except TypeError as e:
        show(e)
e = enumerate([1])
show(next(e), next(e, 'end'), next(e, 'end'))
show(list(enumerate('ab', 3)), [x for x in zip(range(3), enumerate('xy'))])
",
        &[
            "(1, 2, 3, 4, 5) (1, 2, 9, 4, 5) (1, 2, 3, 2, 1)",
            "TypeError(\"f() missing 1 required keyword-only argument: 'd'\")",
            "TypeError(\"f() got some positional-only arguments passed as keyword arguments: 'b'\")",
            "TypeError(\"f() got multiple values for argument 'c'\")",
            "TypeError(\"f() missing 1 required positional argument: 'a'\")",
            "TypeError(\"f() got an unexpected keyword argument 'z'\")",
            "(0, 1) 'end' 'end'",
            "[(3, 'a'), (4, 'b')] [(0, (0, 'x')), (1, (1, 'y'))]",
        ],
    );
}
