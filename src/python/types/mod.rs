//! The built-in classes and their methods, one file a family.

use std::rc::Rc;

use super::class::{Class, Layout};
use super::diagnostic::DiagnosticKind;
use super::function::{Native, NativeFn, NativeKind};
use super::name::Sym;
use super::value::Value;
use super::vm::class_statement;

pub mod arguments;
pub mod bytearray;
pub mod bytes;
pub mod bytes_methods;
pub mod codec;
pub mod complex;
pub mod dict;
pub mod exception;
pub mod float;
pub mod float_text;
pub mod format;
pub mod function;
pub mod generator;
pub mod int;
pub mod int_text;
pub mod iterators;
pub mod list;
mod member;
pub mod object;
pub mod pages;
pub mod percent;
pub mod repr;
pub mod set;
pub mod str;
pub mod str_methods;
pub mod template;
#[cfg(test)]
mod tests;
pub mod tuple;
pub mod unicode;
pub mod wrappers;

/// A method for the table of a class: qualified name, how it binds, implementation.
pub type Method = (&'static str, NativeKind, NativeFn);

macro_rules! types {
    (@base object $root:ident) => { &$root };
    (@base $base:ident $root:ident) => { &$base };
    ($($field:ident: $name:literal ($base:ident) $layout:expr,)*; $($exc:ident: $exc_name:literal ($exc_base:ident),)*) => {
        /// The built-in classes of one interpreter.
        pub struct Types {
            /// `object`
            pub object: Rc<Class>,
            /// `type`
            pub type_: Rc<Class>,
            $(#[doc = concat!("`", $name, "`")] pub $field: Rc<Class>,)*
            $(#[doc = concat!("`", $exc_name, "`")] pub $exc: Rc<Class>,)*
            /// What a class statement calls.
            pub build_class: Value,
            iterators: Vec<(&'static str, Rc<Class>)>,
        }

        impl Types {
            /// All built-in classes with their methods.
            pub fn new() -> Types {
                let root = Class::new("object", vec![], vec![], None, Layout::Plain, false);
                let type_ = make("type", &root, Layout::Type);
                $(let $field = make($name, types!(@base $base root), $layout);)*
                $(let $exc = make($exc_name, types!(@base $exc_base root), Layout::Exception);)*
                let object = root;
                let iterators = iterators::NAMES.iter().map(|name| (*name, make(name, &object, Layout::Plain))).collect();
                let types = Types {
                    object, type_, $($field,)* $($exc,)*
                    build_class: Native::value("__build_class__", NativeKind::Function, class_statement),
                    iterators,
                };
                types.add_methods();
                types
            }

            /// The classes of the iterators of built-in types.
            pub fn of_iterators(&self) -> impl Iterator<Item = &Rc<Class>> {
                self.iterators.iter().map(|(_, class)| class)
            }

            /// Every class with the name under which `builtins` may know it.
            pub fn all(&self) -> Vec<(&'static str, &Rc<Class>)> {
                vec![("object", &self.object), ("type", &self.type_), $(($name, &self.$field),)* $(($exc_name, &self.$exc),)*]
            }
        }
    };
}

fn make(name: &str, base: &Rc<Class>, layout: Layout) -> Rc<Class> {
    let layout = if layout == Layout::Plain { base.layout } else { layout };
    Class::new(name, vec![base.clone()], base.mro.borrow().clone(), None, layout, false)
}

types! {
    none: "NoneType" (object) Layout::Plain,
    ellipsis: "ellipsis" (object) Layout::Plain,
    not_implemented: "NotImplementedType" (object) Layout::Plain,
    int: "int" (object) Layout::Builtin("int"),
    bool: "bool" (int) Layout::Builtin("int"),
    float: "float" (object) Layout::Builtin("float"),
    complex: "complex" (object) Layout::Builtin("complex"),
    str: "str" (object) Layout::Builtin("str"),
    bytes: "bytes" (object) Layout::Builtin("bytes"),
    bytearray: "bytearray" (object) Layout::Plain,
    tuple: "tuple" (object) Layout::Builtin("tuple"),
    list: "list" (object) Layout::Builtin("list"),
    dict: "dict" (object) Layout::Builtin("dict"),
    set: "set" (object) Layout::Builtin("set"),
    frozenset: "frozenset" (object) Layout::Builtin("frozenset"),
    range: "range" (object) Layout::Plain,
    slice: "slice" (object) Layout::Plain,
    function: "function" (object) Layout::Plain,
    builtin_function: "builtin_function_or_method" (object) Layout::Plain,
    method_descriptor: "method_descriptor" (object) Layout::Plain,
    getset_descriptor: "getset_descriptor" (object) Layout::Plain,
    member_descriptor: "member_descriptor" (object) Layout::Plain,
    method: "method" (object) Layout::Plain,
    generator: "generator" (object) Layout::Plain,
    coroutine: "coroutine" (object) Layout::Plain,
    async_generator: "async_generator" (object) Layout::Plain,
    coroutine_wrapper: "coroutine_wrapper" (object) Layout::Plain,
    async_generator_asend: "async_generator_asend" (object) Layout::Plain,
    async_generator_athrow: "async_generator_athrow" (object) Layout::Plain,
    module: "module" (object) Layout::Plain,
    cell: "cell" (object) Layout::Plain,
    code: "code" (object) Layout::Plain,
    frame: "frame" (object) Layout::Plain,
    traceback: "traceback" (object) Layout::Plain,
    property: "property" (object) Layout::Plain,
    staticmethod: "staticmethod" (object) Layout::Plain,
    classmethod: "classmethod" (object) Layout::Plain,
    super_: "super" (object) Layout::Plain,
    mapping_proxy: "mappingproxy" (object) Layout::Plain,
    dict_keys: "dict_keys" (object) Layout::Plain,
    dict_values: "dict_values" (object) Layout::Plain,
    dict_items: "dict_items" (object) Layout::Plain,
    weak_reference: "ReferenceType" (object) Layout::Plain,
    ;
    base_exception: "BaseException" (object),
    base_exception_group: "BaseExceptionGroup" (base_exception),
    generator_exit: "GeneratorExit" (base_exception),
    keyboard_interrupt: "KeyboardInterrupt" (base_exception),
    system_exit: "SystemExit" (base_exception),
    exception: "Exception" (base_exception),
    arithmetic_error: "ArithmeticError" (exception),
    floating_point_error: "FloatingPointError" (arithmetic_error),
    overflow_error: "OverflowError" (arithmetic_error),
    zero_division_error: "ZeroDivisionError" (arithmetic_error),
    assertion_error: "AssertionError" (exception),
    attribute_error: "AttributeError" (exception),
    buffer_error: "BufferError" (exception),
    eof_error: "EOFError" (exception),
    import_error: "ImportError" (exception),
    module_not_found_error: "ModuleNotFoundError" (import_error),
    lookup_error: "LookupError" (exception),
    index_error: "IndexError" (lookup_error),
    key_error: "KeyError" (lookup_error),
    memory_error: "MemoryError" (exception),
    name_error: "NameError" (exception),
    unbound_local_error: "UnboundLocalError" (name_error),
    os_error: "OSError" (exception),
    blocking_io_error: "BlockingIOError" (os_error),
    child_process_error: "ChildProcessError" (os_error),
    connection_error: "ConnectionError" (os_error),
    broken_pipe_error: "BrokenPipeError" (connection_error),
    connection_aborted_error: "ConnectionAbortedError" (connection_error),
    connection_refused_error: "ConnectionRefusedError" (connection_error),
    connection_reset_error: "ConnectionResetError" (connection_error),
    file_exists_error: "FileExistsError" (os_error),
    file_not_found_error: "FileNotFoundError" (os_error),
    interrupted_error: "InterruptedError" (os_error),
    is_a_directory_error: "IsADirectoryError" (os_error),
    not_a_directory_error: "NotADirectoryError" (os_error),
    permission_error: "PermissionError" (os_error),
    process_lookup_error: "ProcessLookupError" (os_error),
    timeout_error: "TimeoutError" (os_error),
    reference_error: "ReferenceError" (exception),
    runtime_error: "RuntimeError" (exception),
    not_implemented_error: "NotImplementedError" (runtime_error),
    recursion_error: "RecursionError" (runtime_error),
    stop_async_iteration: "StopAsyncIteration" (exception),
    stop_iteration: "StopIteration" (exception),
    syntax_error: "SyntaxError" (exception),
    indentation_error: "IndentationError" (syntax_error),
    tab_error: "TabError" (indentation_error),
    system_error: "SystemError" (exception),
    type_error: "TypeError" (exception),
    value_error: "ValueError" (exception),
    unicode_error: "UnicodeError" (value_error),
    unicode_decode_error: "UnicodeDecodeError" (unicode_error),
    unicode_encode_error: "UnicodeEncodeError" (unicode_error),
    unicode_translate_error: "UnicodeTranslateError" (unicode_error),
    exception_group: "ExceptionGroup" (base_exception_group),
    warning: "Warning" (exception),
    bytes_warning: "BytesWarning" (warning),
    deprecation_warning: "DeprecationWarning" (warning),
    encoding_warning: "EncodingWarning" (warning),
    future_warning: "FutureWarning" (warning),
    import_warning: "ImportWarning" (warning),
    pending_deprecation_warning: "PendingDeprecationWarning" (warning),
    resource_warning: "ResourceWarning" (warning),
    runtime_warning: "RuntimeWarning" (warning),
    syntax_warning: "SyntaxWarning" (warning),
    unicode_warning: "UnicodeWarning" (warning),
    user_warning: "UserWarning" (warning),
}

/// Names in `builtins` that are not classes a program may name.
const HIDDEN: &[&str] = &[
    "NoneType",
    "ellipsis",
    "NotImplementedType",
    "function",
    "builtin_function_or_method",
    "method_descriptor",
    "getset_descriptor",
    "member_descriptor",
    "method",
    "generator",
    "coroutine",
    "async_generator",
    "coroutine_wrapper",
    "async_generator_asend",
    "async_generator_athrow",
    "module",
    "cell",
    "code",
    "frame",
    "traceback",
    "mappingproxy",
    "dict_keys",
    "dict_values",
    "dict_items",
    "ReferenceType",
];

impl Default for Types {
    fn default() -> Types {
        Types::new()
    }
}

impl Types {
    fn add_methods(&self) {
        // ExceptionGroup is an Exception too, which the table of single bases above cannot say.
        let group = &self.exception_group;
        *group.bases.borrow_mut() = vec![self.base_exception_group.clone(), self.exception.clone()];
        *group.mro.borrow_mut() = vec![
            group.clone(),
            self.base_exception_group.clone(),
            self.exception.clone(),
            self.base_exception.clone(),
            self.object.clone(),
        ];
        let tables: &[(&Rc<Class>, &[Method])] = &[
            (&self.object, object::METHODS),
            (&self.type_, object::TYPE_METHODS),
            (&self.none, object::NONE_METHODS),
            (&self.module, object::MODULE_METHODS),
            (&self.int, int::METHODS),
            (&self.bool, int::BOOL_METHODS),
            (&self.float, float::METHODS),
            (&self.complex, float::COMPLEX_METHODS),
            (&self.str, str::METHODS),
            (&self.bytes, bytes::METHODS),
            (&self.bytearray, bytes::ARRAY_METHODS),
            (&self.tuple, tuple::METHODS),
            (&self.range, tuple::RANGE_METHODS),
            (&self.slice, tuple::SLICE_METHODS),
            (&self.list, list::METHODS),
            (&self.dict, dict::METHODS),
            (&self.dict_keys, dict::VIEW_METHODS),
            (&self.dict_values, dict::VIEW_METHODS),
            (&self.dict_items, dict::VIEW_METHODS),
            (&self.mapping_proxy, dict::PROXY_METHODS),
            (&self.set, set::METHODS),
            (&self.frozenset, set::FROZEN_METHODS),
            (&self.function, function::METHODS),
            (&self.builtin_function, function::NATIVE_METHODS),
            (&self.method_descriptor, function::NATIVE_METHODS),
            (&self.method, function::BOUND_METHODS),
            (&self.code, function::CODE_METHODS),
            (&self.cell, function::CELL_METHODS),
            (&self.generator, generator::METHODS),
            (&self.coroutine, generator::COROUTINE_METHODS),
            (&self.coroutine_wrapper, generator::WRAPPER_METHODS),
            (&self.async_generator, generator::ASYNC_METHODS),
            (&self.async_generator_asend, generator::WRAPPER_METHODS),
            (&self.async_generator_athrow, generator::WRAPPER_METHODS),
            (&self.property, wrappers::PROPERTY_METHODS),
            (&self.getset_descriptor, member::METHODS),
            (&self.member_descriptor, member::METHODS),
            (&self.staticmethod, wrappers::STATIC_METHODS),
            (&self.classmethod, wrappers::CLASS_METHODS),
            (&self.super_, wrappers::SUPER_METHODS),
            (&self.weak_reference, wrappers::WEAK_METHODS),
            (&self.frame, wrappers::FRAME_METHODS),
            (&self.traceback, wrappers::TRACEBACK_METHODS),
            (&self.base_exception, exception::METHODS),
            (&self.base_exception_group, exception::GROUP_METHODS),
            (&self.os_error, exception::OS_METHODS),
            (&self.stop_iteration, exception::STOP_METHODS),
            (&self.system_exit, exception::EXIT_METHODS),
            (&self.key_error, exception::KEY_METHODS),
            (&self.import_error, exception::IMPORT_METHODS),
            (&self.syntax_error, exception::SYNTAX_METHODS),
            (&self.attribute_error, exception::ATTRIBUTE_METHODS),
            (&self.name_error, exception::NAME_METHODS),
            (&self.unicode_encode_error, codec::ENCODE_ERROR_METHODS),
            (&self.unicode_decode_error, codec::DECODE_ERROR_METHODS),
            (&self.unicode_translate_error, codec::TRANSLATE_ERROR_METHODS),
        ];
        for (class, methods) in tables {
            add(class, methods);
        }
        for class in [&self.list, &self.dict, &self.set, &self.bytearray] {
            class.dict.borrow_mut().insert(super::names::HASH, Value::None);
        }
        for (name, class) in &self.iterators {
            add(class, iterators::methods(name));
        }
        for (_, class) in self.all() {
            class.dict.borrow_mut().entry(super::names::MODULE).or_insert_with(|| Value::str("builtins"));
        }
    }

    /// The classes that programs find in `builtins`.
    pub fn public(&self) -> Vec<(&'static str, &Rc<Class>)> {
        let mut all = self.all();
        all.retain(|(name, _)| !HIDDEN.contains(name));
        for name in ["enumerate", "zip", "map", "filter", "reversed"] {
            let found = self.iterators.iter().find(|(n, _)| *n == name).expect("a lazy iterator's class");
            all.push((found.0, &found.1));
        }
        all
    }

    /// The class of an iterator's type name.
    pub fn iterator_class(&self, name: &str) -> Rc<Class> {
        self.iterators.iter().find(|(n, _)| *n == name).map_or(&self.object, |(_, class)| class).clone()
    }

    /// The class of a complaint about a program's text.
    pub fn syntax_class(&self, kind: DiagnosticKind) -> Rc<Class> {
        match kind {
            DiagnosticKind::IndentationError => &self.indentation_error,
            DiagnosticKind::TabError => &self.tab_error,
            DiagnosticKind::SyntaxError | DiagnosticKind::Unsupported => &self.syntax_error,
        }
        .clone()
    }

    /// Classes that cannot be bases.
    pub fn is_final(&self, class: &Rc<Class>) -> bool {
        [&self.bool, &self.none, &self.function, &self.range, &self.slice, &self.generator, &self.coroutine]
            .iter()
            .any(|c| Rc::ptr_eq(c, class))
    }
}

/// Puts methods into a class.
pub fn add(class: &Rc<Class>, methods: &[Method]) {
    for (qualname, kind, function) in methods {
        let name = qualname.rsplit('.').next().unwrap_or(qualname);
        class.dict.borrow_mut().insert(Sym::new(name), Native::value(qualname, *kind, *function));
    }
}
