//! What is compiled, as sentences.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::dis::dis;
use super::verify::verify;
use super::{NEWEST, Purpose, compile, compile_module};
use crate::python::code::{Code, Source};
use crate::python::diagnostic::{Diagnostic, DiagnosticKind};

fn source(text: &str) -> Rc<Source> {
    Rc::new(Source { filename: "x.py".into(), text: text.into(), is_library: false })
}

/// Code before fusion; the fused code is verified as well.
fn compiled(text: &str) -> Rc<Code> {
    let check = |code: &Code| verify(code).unwrap_or_else(|problem| panic!("{problem}\n{}", dis(code)));
    check(&compile_module(source(text), NEWEST).unwrap_or_else(|errors| panic!("{errors:?}")));
    let code = compile(source(text), Purpose::Module, NEWEST, false).unwrap_or_else(|errors| panic!("{errors:?}"));
    check(&code);
    code
}

fn complaint(text: &str) -> Diagnostic {
    compile_module(source(text), NEWEST).expect_err("the text is wrong").remove(0)
}

fn python_files(at: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(at) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            python_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "py") {
            found.push(path);
        }
    }
}

/// Compiles and verifies every Python file below the directories named in `COROSCOPE_COMPILE`.
#[test]
#[ignore = "a check of many files, run by hand"]
fn every_file_compiles_to_well_formed_code() {
    let directories = std::env::var("COROSCOPE_COMPILE").expect("directories, separated by colons");
    let mut files = Vec::new();
    for directory in directories.split(':') {
        python_files(Path::new(directory), &mut files);
    }
    let mut failures = Vec::new();
    let mut n_lines = 0;
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        n_lines += text.lines().count();
        let source = Rc::new(Source { filename: file.to_string_lossy().into(), text, is_library: false });
        match compile_module(source.clone(), NEWEST) {
            Ok(code) => {
                if let Err(problem) = verify(&code) {
                    failures.push(format!("{}: {problem}", file.display()));
                }
            }
            Err(errors) => failures.push(errors[0].render(&source.filename, &source.text)),
        }
    }
    println!("{} files, {n_lines} lines", files.len());
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), files.len(), failures.join("\n"));
}

#[test]
fn a_function_returns_none_at_its_end() {
    assert_eq!(
        dis(&compiled("def f(a, b=2):\n    a + b\n")),
        "\
<module>:
   1    0 LoadConst (2,)
        1 MakeFunction 1 <f>
        2 StoreGlobal f
        3 LoadConst None
        4 Return

f:
   2    0 LoadFast a
        1 LoadFast b
        2 Binary Add
        3 PopTop
        4 LoadConst None
        5 Return
"
    );
}

/// Line, column from 1, and message, as CPython 3.11 gives them.
fn complains(text: &str, line: u32, column: u32, message: &str) {
    let got = complaint(text);
    assert_eq!((got.line, got.col + 1, &*got.message), (line, column, message), "{text}");
}

#[test]
fn waiting_outside_of_coroutines_is_refused_as_s_gen_10_says() {
    complains("await x", 1, 1, "'await' outside function");
    complains("class A:\n    await x", 2, 5, "'await' outside function");
    complains("def f():\n await x", 2, 2, "'await' outside async function");
    complains("lambda: await x", 1, 9, "'await' outside async function");
    complains("async with x: pass", 1, 1, "'async with' outside async function");
    complains("def f():\n async for i in x: pass", 2, 2, "'async for' outside async function");
    let message = "asynchronous comprehension outside of an asynchronous function";
    complains("[i async for i in x]", 1, 1, message);
    complains("def f(): return [i async for i in x]", 1, 17, message);
    complains("async def f():\n yield from x", 2, 2, "'yield from' inside async function");
    complains("async def f():\n yield 1\n return 2", 3, 2, "'return' with value in async generator");
    complains("yield 1", 1, 1, "'yield' outside function");
}

#[test]
fn control_flow_out_of_nothing_is_refused() {
    complains("return", 1, 1, "'return' outside function");
    complains("break", 1, 1, "'break' outside loop");
    complains("if x:\n    continue", 2, 5, "'continue' not properly in loop");
    complains("for x in y:\n    def f():\n        break", 3, 9, "'break' outside loop");
    complains("try:\n    pass\nexcept:\n    pass\nexcept A:\n    pass", 3, 1, "default 'except:' must be last");
}

#[test]
fn names_declared_in_contradiction_are_refused() {
    complains("def f(a, b, a): pass", 1, 13, "duplicate argument 'a' in function definition");
    complains("nonlocal x", 1, 1, "nonlocal declaration not allowed at module level");
    complains("def f():\n    nonlocal x", 2, 5, "no binding for nonlocal 'x' found");
    complains("def f(x):\n    global x", 2, 5, "name 'x' is parameter and global");
    complains("def f():\n    x = 1\n    global x", 3, 5, "name 'x' is assigned to before global declaration");
    complains("def f():\n    print(x)\n    global x", 3, 5, "name 'x' is used prior to global declaration");
}

#[test]
fn broken_text_is_refused_in_cpythons_words() {
    complains("x = = 1\n", 1, 5, "invalid syntax");
    complains("if x\n    y\n", 1, 5, "expected ':'");
    complains("x = (1,\ny = 2\n", 1, 5, "'(' was never closed");
    complains("x = 1)\n", 1, 6, "unmatched ')'");
    complains("x = (1]\n", 1, 7, "closing parenthesis ']' does not match opening parenthesis '('");
    complains("print x\n", 1, 1, "Missing parentheses in call to 'print'. Did you mean print(...)?");
    complains("x = 'abc\n", 1, 5, "unterminated string literal (detected at line 1)");
    complains("if x:\ny = 1\n", 2, 1, "expected an indented block after 'if' statement on line 1");
    complains("f(a, b c)\n", 1, 6, "invalid syntax. Perhaps you forgot a comma?");
    complains("f() = 1\n", 1, 1, "cannot assign to function call here. Maybe you meant '==' instead of '='?");
    complains("if x = 1:\n    pass\n", 1, 4, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
}

#[test]
fn a_with_statement_calls_exit_on_every_way_out() {
    let code =
        compiled("def f():\n    for i in x:\n        with m as k:\n            if i: return g(k)\n            break\n");
    let exits = dis(&code).matches("Call 3").count();
    assert_eq!(exits, 2, "return and break, no way falls out of the body:\n{}", dis(&code));
    assert_eq!(dis(&code).matches("WithExceptStart").count(), 1);
}

#[test]
fn a_finally_body_runs_on_every_way_out() {
    let text = "def f():\n    while a:\n        try:\n            if b: return 1\n            if c: continue\n        finally:\n            g()\n";
    assert_eq!(dis(&compiled(text)).matches("LoadGlobal g").count(), 4, "return, continue, fall, exception");
}

#[test]
fn all_statements_compile_to_code_whose_heights_agree() {
    compiled(
        "try:\n    a()\nexcept* (A, B) as e:\n    b(e)\nexcept* C:\n    pass\nelse:\n    c()\nfinally:\n    d()\n\
         for x, *y in z:\n    try:\n        continue\n    except A as e:\n        break\n    except:\n        raise\nelse:\n    del x, y[0], z.a\n\
         async def f(a, /, b=1, *c, d, e=2, **g) -> int:\n    async with a as b, c: return [i async for i in b if i]\n    async for i in a:\n        await i\n        break\n    else: pass\n\
         def h():\n    a.b += 1; a[b] -= 2\n    return 1 < x < y and not (z or a < b < c) if w else lambda *, q=1: q\n\
         class K(B, metaclass=M, **kw):\n    x: int = 1\n    def m(self): return super().m(__class__)\n\
         print(*a, 1, *b, k=1, **c); g(*a); x = [*a, 1]; {**a, 'b': 1}; {1, *a}\n\
         assert x, f'{a!r:>{w}} {b=}'\n\
         import a.b as c, d.e\nfrom .. import q as r\n",
    );
}

#[test]
fn a_closure_reaches_through_a_class_body() {
    let text = "def f():\n    x = 1\n    class A:\n        x = 2\n        y = x\n        def g(self): return x\n    return A\n";
    let listing = dis(&compiled(text));
    assert!(listing.contains("LoadName x"), "the class reads its own x:\n{listing}");
    assert!(listing.contains("LoadDeref x"), "the method reads the function's:\n{listing}");
}

#[test]
fn super_without_arguments_needs_no_call() {
    let text = "class A(B):\n    def f(self): return super().f(1)\n";
    assert!(dis(&compiled(text)).contains("LoadSuperAttr f"));
    let shadowed = format!("super = g\n{text}");
    assert!(!dis(&compiled(&shadowed)).contains("LoadSuperAttr"));
}

#[test]
fn private_names_are_mangled_in_classes_only() {
    let listing = dis(&compiled("class _A:\n    def f(self): return self.__x, self.__y__\nz.__x\n"));
    assert!(listing.contains("LoadAttr _A__x") && listing.contains("LoadAttr __y__"), "{listing}");
    assert!(listing.contains("LoadAttr __x\n"), "{listing}");
}

#[test]
fn constants_are_folded() {
    let listing = dis(&compiled("x = -1, 2 * 3 + 60 * 60, 'a' * 3\ny in {1, 2}\n"));
    assert!(listing.contains("(-1, 3606, \"aaa\")"), "{listing}");
    assert!(listing.contains("frozenset(1, 2)"), "{listing}");
}

#[test]
fn loops_over_locals_are_fused() {
    let text = "def f(n):\n    t = 0\n    for i in n:\n        if i < n: t += 1\n        t = t + i\n    return t\n";
    let code = compile_module(source(text), NEWEST).expect("compiles");
    verify(&code).expect("well formed");
    let listing = dis(&code);
    for word in ["ForIterStore i", "InplaceFastConst Add t 1", "BinaryFast2 Add t i", "CompareJumpIfFalse"] {
        assert!(listing.contains(word), "{word}:\n{listing}");
    }
}

#[test]
fn patterns_leave_the_stack_as_they_found_it() {
    compiled(
        "match x:\n    case [a, *_, {'k': b, **r}, C(c, d=(1 | 2 | None) as e)] if a > b: f(a, b, c, e, r)\n    \
         case ([p, q] | {'p': q, 'q': p}) as z: g(p, q, z)\n    case a.b | -1 | 2j: pass\n    case _: pass\n",
    );
    complains(
        "match x:\n    case a: pass\n    case 1: pass\n",
        2,
        10,
        "name capture 'a' makes remaining patterns unreachable",
    );
    complains("match x:\n    case [a, a]: pass\n", 2, 14, "multiple assignments to name 'a' in pattern");
}

#[test]
fn type_parameters_live_in_a_hidden_function() {
    let code = compiled(
        "class C[T: int](B, k=1):\n    def f[U, *Ts, **P](self, x: U = 1, *, y=2) -> T: return super().f(x)\n",
    );
    let listing = dis(&code);
    assert!(listing.contains("<generic parameters of C>:"), "{listing}");
    assert!(listing.contains("C.f:") && !listing.contains("<locals>.f"), "{listing}");
    compiled("type A[T] = list[T]\ntype B = A[int] | B\nclass D:\n    type E = int\n");
}

#[test]
fn what_cannot_be_run_yet_says_so() {
    let got = complaint("x = t'{y}'\n");
    assert_eq!(got.kind, DiagnosticKind::Unsupported);
    assert_eq!(got.message, "a template string cannot be run here yet");
}

/// Compares complaints with CPython's for the cases of the JSON file named in `COROSCOPE_ERRORS`:
/// `[text, null | [kind, message, line, column from 1, end line, end column]]`.
#[test]
#[ignore = "a check against real CPython, run by hand"]
fn complaints_are_cpythons() {
    let path = std::env::var("COROSCOPE_ERRORS").expect("a file of cases");
    type Case<T> = (String, Option<T>);
    let text = std::fs::read_to_string(path).expect("readable");
    let cases: Vec<Case<(String, String, u32, u32)>> = serde_json::from_str::<Vec<Case<Vec<serde_json::Value>>>>(&text)
        .expect("cases")
        .into_iter()
        .map(|(text, expected)| {
            let expected = expected.map(|e| {
                let number = |i: usize| e[i].as_u64().unwrap_or(0) as u32;
                (e[0].as_str().unwrap_or("").into(), e[1].as_str().unwrap_or("").into(), number(2), number(3))
            });
            (text, expected)
        })
        .collect();
    let mut n_wrong = 0;
    for (text, expected) in &cases {
        let got = match compile_module(source(text), NEWEST) {
            Ok(_) => None,
            Err(errors) => {
                let e = &errors[0];
                Some((e.kind.to_string(), e.message.clone(), e.line, e.col + 1))
            }
        };
        if got != *expected {
            n_wrong += 1;
            println!("{text:?}\n  want {expected:?}\n  got  {got:?}");
        }
    }
    println!("{n_wrong} of {} differ", cases.len());
}
