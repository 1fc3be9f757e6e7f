//! The names that the language itself looks up, interned in a fixed order.

use super::name::Sym;

macro_rules! names {
    ($($name:ident = $text:literal,)*) => {
        /// Numbers in the order of the list.
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Number {
            $($name,)*
        }

        $(
            #[doc = concat!("`", $text, "`")]
            pub const $name: Sym = Sym(Number::$name as u32);
        )*

        /// All of them, in order.
        pub const ALL: &[&str] = &[$($text),*];
    };
}

names! {
    INIT = "__init__", NEW = "__new__", DEL = "__del__", REPR = "__repr__", STR = "__str__", FORMAT = "__format__",
    EQ = "__eq__", NE = "__ne__", LT = "__lt__", LE = "__le__", GT = "__gt__", GE = "__ge__", HASH = "__hash__",
    BOOL = "__bool__", LEN = "__len__", GETATTR = "__getattr__", GETATTRIBUTE = "__getattribute__",
    SETATTR = "__setattr__", DELATTR = "__delattr__", GET = "__get__", SET = "__set__", DELETE = "__delete__",
    SET_NAME = "__set_name__", INIT_SUBCLASS = "__init_subclass__", CLASS_GETITEM = "__class_getitem__",
    CALL = "__call__", ITER = "__iter__", NEXT = "__next__", AITER = "__aiter__", ANEXT = "__anext__",
    AWAIT = "__await__", ENTER = "__enter__", EXIT = "__exit__", AENTER = "__aenter__", AEXIT = "__aexit__",
    GETITEM = "__getitem__", SETITEM = "__setitem__", DELITEM = "__delitem__", CONTAINS = "__contains__",
    REVERSED = "__reversed__", MISSING = "__missing__", INDEX = "__index__", INT = "__int__", FLOAT = "__float__",
    ROUND = "__round__", TRUNC = "__trunc__", FLOOR = "__floor__", CEIL = "__ceil__", COMPLEX = "__complex__",
    ADD = "__add__", RADD = "__radd__", IADD = "__iadd__", SUB = "__sub__", RSUB = "__rsub__", ISUB = "__isub__",
    MUL = "__mul__", RMUL = "__rmul__", IMUL = "__imul__", TRUEDIV = "__truediv__", RTRUEDIV = "__rtruediv__",
    ITRUEDIV = "__itruediv__", FLOORDIV = "__floordiv__", RFLOORDIV = "__rfloordiv__", IFLOORDIV = "__ifloordiv__",
    MOD = "__mod__", RMOD = "__rmod__", IMOD = "__imod__", POW = "__pow__", RPOW = "__rpow__", IPOW = "__ipow__",
    LSHIFT = "__lshift__", RLSHIFT = "__rlshift__", ILSHIFT = "__ilshift__", RSHIFT = "__rshift__",
    RRSHIFT = "__rrshift__", IRSHIFT = "__irshift__", AND = "__and__", RAND = "__rand__", IAND = "__iand__",
    OR = "__or__", ROR = "__ror__", IOR = "__ior__", XOR = "__xor__", RXOR = "__rxor__", IXOR = "__ixor__",
    MATMUL = "__matmul__", RMATMUL = "__rmatmul__", IMATMUL = "__imatmul__", NEG = "__neg__", POS = "__pos__",
    INVERT = "__invert__", ABS = "__abs__", DIVMOD = "__divmod__", RDIVMOD = "__rdivmod__",
    DICT = "__dict__", CLASS = "__class__", NAME = "__name__", QUALNAME = "__qualname__", MODULE = "__module__",
    DOC = "__doc__", SLOTS = "__slots__", ANNOTATIONS = "__annotations__", CLASSCELL = "__classcell__",
    BASES = "__bases__", MRO = "__mro__", WRAPPED = "__wrapped__", DEFAULTS = "__defaults__",
    KWDEFAULTS = "__kwdefaults__", CODE = "__code__", GLOBALS = "__globals__", CLOSURE = "__closure__",
    SELF = "__self__", FUNC = "__func__", FILE = "__file__", PATH = "__path__", PACKAGE = "__package__",
    BUILTINS = "__builtins__", ALL_NAMES = "__all__", CAUSE = "__cause__", CONTEXT = "__context__",
    SUPPRESS_CONTEXT = "__suppress_context__", TRACEBACK = "__traceback__", NOTES = "__notes__",
    INSTANCECHECK = "__instancecheck__", SUBCLASSCHECK = "__subclasscheck__", SUBCLASSHOOK = "__subclasshook__",
    DIR = "__dir__", BYTES = "__bytes__", LENGTH_HINT = "__length_hint__", PREPARE = "__prepare__",
    ABSTRACTMETHODS = "__abstractmethods__", ISABSTRACTMETHOD = "__isabstractmethod__", MRO_ENTRIES = "__mro_entries__",
    REDUCE = "__reduce__", WEAKREF = "__weakref__", SUBCLASSES = "__subclasses__", ORIG_BASES = "__orig_bases__",
    ARGS = "args", SEND = "send", THROW = "throw", CLOSE = "close", VALUE = "value", MAIN = "__main__", APPEND = "append",
    SELF_NAME = "self", JOIN = "join", GETSTATE = "__getstate__", COPY = "__copy__", DEEPCOPY = "__deepcopy__",
    SORT_KEYS = "sort_keys", KEY = "key", REVERSE = "reverse", DEFAULT = "default", SEP = "sep", END = "end",
    FLUSH = "flush", KEYS = "keys", STRICT = "strict", START = "start", INITIAL = "initial", BASE = "base",
    METACLASS = "metaclass", SPEC = "__spec__", LOADER = "__loader__", EXCEPTIONS = "exceptions", MESSAGE = "message",
    WRITE = "write", OBJ = "obj", PRINT_FILE_AND_LINE = "print_file_and_line", TEXT_SIGNATURE = "__text_signature__",
    TYPE_PARAMS = "__type_params__", MATCH_ARGS = "__match_args__", FSPATH = "__fspath__", SIZEOF = "__sizeof__",
}
