"""Trees of programs: nodes, parsing, walking, `literal_eval`, `dump`; back to text in `ast._unparse`.

The native `_ast.tree` gives a tree as tuples `(class, place, *fields)`; here it becomes nodes.
"""
import sys

import _ast

PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000

_MISSING = object()
_NEW = sys.version_info >= (3, 13)


class AST:
    """The base of all nodes."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        name = type(self).__name__
        fields = self._fields
        if len(args) > len(fields):
            s = "" if len(fields) == 1 else "s"
            raise TypeError(f"{name} constructor takes at most {len(fields)} positional argument{s}")
        for field, value in zip(fields, args):
            setattr(self, field, value)
        for field, value in kwargs.items():
            if field in fields[: len(args)]:
                raise TypeError(f"{name} got multiple values for argument '{field}'")
            setattr(self, field, value)
        if _NEW:
            _fill_in(self, fields, len(args), kwargs)

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)


def _fill_in(node, fields, given, kwargs):
    """Since 3.13 a field that may be left out is there: `None`, an empty list, or the context `Load`."""
    kinds = _KINDS.get(type(node).__name__, {})
    for field in fields[given:]:
        if field in kwargs:
            continue
        kind = kinds.get(field, "")
        if kind == "*":
            setattr(node, field, [])
        elif kind == "?":
            setattr(node, field, None)
        elif kind == "ctx":
            setattr(node, field, Load())


# Each base: its places, its classes, each with its fields. Behind a field `*` means many, `?` none or one.
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_GRAMMAR = {
    "mod": "Module body* type_ignores*|Interactive body*|Expression body|FunctionType argtypes* returns",
    "stmt": "FunctionDef name args body* decorator_list* returns? type_comment? type_params*"
    "|AsyncFunctionDef name args body* decorator_list* returns? type_comment? type_params*"
    "|ClassDef name bases* keywords* body* decorator_list* type_params*|Return value?|Delete targets*"
    "|Assign targets* value type_comment?|TypeAlias name type_params* value|AugAssign target op value"
    "|AnnAssign target annotation value? simple|For target iter body* orelse* type_comment?"
    "|AsyncFor target iter body* orelse* type_comment?|While test body* orelse*|If test body* orelse*"
    "|With items* body* type_comment?|AsyncWith items* body* type_comment?|Match subject cases*|Raise exc? cause?"
    "|Try body* handlers* orelse* finalbody*|TryStar body* handlers* orelse* finalbody*|Assert test msg?"
    "|Import names*|ImportFrom module? names* level?|Global names*|Nonlocal names*|Expr value|Pass|Break|Continue",
    "expr": "BoolOp op values*|NamedExpr target value|BinOp left op right|UnaryOp op operand|Lambda args body"
    "|IfExp test body orelse|Dict keys* values*|Set elts*|ListComp elt generators*|SetComp elt generators*"
    "|DictComp key value generators*|GeneratorExp elt generators*|Await value|Yield value?|YieldFrom value"
    "|Compare left ops* comparators*|Call func args* keywords*|FormattedValue value conversion format_spec?"
    "|JoinedStr values*|Constant value kind?|Attribute value attr ctx|Subscript value slice ctx|Starred value ctx"
    "|Name id ctx|List elts* ctx|Tuple elts* ctx|Slice lower? upper? step?",
    "expr_context": "Load|Store|Del",
    "boolop": "And|Or",
    "operator": "Add|Sub|Mult|MatMult|Div|Mod|Pow|LShift|RShift|BitOr|BitXor|BitAnd|FloorDiv",
    "unaryop": "Invert|Not|UAdd|USub",
    "cmpop": "Eq|NotEq|Lt|LtE|Gt|GtE|Is|IsNot|In|NotIn",
    "comprehension": "target iter ifs* is_async",
    "excepthandler": "ExceptHandler type? name? body*",
    "arguments": "posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*",
    "arg": "arg annotation? type_comment?",
    "keyword": "arg? value",
    "alias": "name asname?",
    "withitem": "context_expr optional_vars?",
    "match_case": "pattern guard? body*",
    "pattern": "MatchValue value|MatchSingleton value|MatchSequence patterns*|MatchMapping keys* patterns* rest?"
    "|MatchClass cls patterns* kwd_attrs* kwd_patterns*|MatchStar name?|MatchAs pattern? name?|MatchOr patterns*",
    "type_ignore": "TypeIgnore lineno tag",
    "type_param": "TypeVar name bound? default_value?|ParamSpec name default_value?|TypeVarTuple name default_value?",
}
_PLACED = ("stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern", "type_param")
_SINCE_3_12 = ("TypeAlias", "type_param", "TypeVar", "ParamSpec", "TypeVarTuple")
_KINDS = {}


def _make(name, base, fields, attributes):
    words = fields.split()
    if sys.version_info < (3, 12):
        words = [word for word in words if word != "type_params*"]
    if not _NEW:
        words = [word for word in words if word != "default_value?"]
    names = tuple(word.rstrip("*?") for word in words)
    _KINDS[name] = {word.rstrip("*?"): "ctx" if word == "ctx" else word[-1] for word in words}
    body = {"_fields": names, "__match_args__": names, "__module__": "ast", "_attributes": attributes}
    for word in words:
        if word.endswith("?"):
            body[word[:-1]] = None
    if attributes:
        body["end_lineno"] = body["end_col_offset"] = None
    cls = globals()[name] = type(name, (base,), body)
    return cls


def _make_all():
    for base, line in _GRAMMAR.items():
        if base in _SINCE_3_12 and sys.version_info < (3, 12):
            continue
        attributes = _PLACE if base in _PLACED else ()
        is_sum = "|" in line or line[0].isupper()
        kind = _make(base, AST, "" if is_sum else line, attributes)
        for one in line.split("|") if is_sum else ():
            name, _, fields = one.partition(" ")
            if name not in _SINCE_3_12 or sys.version_info >= (3, 12):
                _make(name, kind, fields, attributes)


_make_all()


class _Same(type):
    """The class of what older programs write for `Constant`."""

    def __instancecheck__(cls, instance):
        return type(instance) is Constant and cls._fits(instance.value)


def _value(self):
    return self.value


def _set_value(self, value):
    self.value = value


Constant.n = Constant.s = property(_value, _set_value)


def _old_constant(name, fits):
    def new(cls, *args, **kwargs):
        if cls is old:
            return Constant(*args, **kwargs)
        return Constant.__new__(cls)

    old = _Same(name, (Constant,), {"_fits": staticmethod(fits), "__new__": new, "__module__": "ast"})
    return old


Num = _old_constant("Num", lambda v: isinstance(v, (int, float, complex)) and not isinstance(v, bool))
Str = _old_constant("Str", lambda v: isinstance(v, str))
Bytes = _old_constant("Bytes", lambda v: isinstance(v, bytes))
NameConstant = _old_constant("NameConstant", lambda v: v is None or isinstance(v, bool))
Ellipsis = _old_constant("Ellipsis", lambda v: v is ...)


def _build(part):
    """A node, or a list of them, of the native's tuples."""
    if type(part) is tuple:
        cls = globals()[part[0]]
        node = cls.__new__(cls)
        for field, value in zip(cls._fields, part[2:]):
            kind = type(value)
            setattr(node, field, _build(value) if kind is tuple or kind is list else value)
        if part[1] is not None:
            node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = part[1]
        return node
    return [_build(one) if type(one) is tuple else one for one in part]


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None, optimize=-1):
    """The tree of a text."""
    if isinstance(source, AST):
        return source
    return _build(_ast.tree(source, filename, mode))


def _only_tree(source, filename, mode):
    """`compile` with `PyCF_ONLY_AST`."""
    return parse(source, filename, mode)


def _code_of_tree(tree, filename, mode):
    """`compile` of a tree: by way of its text, in which every statement is in the line of its node."""
    if not isinstance(tree, AST):
        raise TypeError("compile() arg 1 must be a string, bytes or AST object")
    wanted = {"exec": Module, "eval": Expression, "single": Interactive}[mode]
    if not isinstance(tree, wanted):
        raise TypeError(f"expected {wanted.__name__} node, got {type(tree).__name__}")
    from ast._unparse import text_in_place

    for node in walk(tree):
        for name in node._attributes[:2]:
            if not hasattr(node, name):
                raise TypeError(f'required field "{name}" missing from {type(node).__mro__[-3].__name__}')
        for name in node._fields:
            kind = _KINDS.get(type(node).__name__, {}).get(name, "")
            if not hasattr(node, name) and kind != "?":
                raise TypeError(f'required field "{name}" missing from {type(node).__name__}')
    return compile(text_in_place(tree), filename, mode)


def literal_eval(node_or_string):
    """The value of a text or tree that consists of literals alone."""
    node = node_or_string
    if isinstance(node, str):
        node = parse(node.lstrip(" \t"), mode="eval")
    if isinstance(node, Expression):
        node = node.body
    return _literal(node)


def _malformed(node):
    message = "malformed node or string"
    if line := getattr(node, "lineno", None):
        message += f" on line {line}"
    return ValueError(f"{message}: {node!r}")


def _number(node):
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        raise _malformed(node)
    return node.value


def _signed(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        operand = _number(node.operand)
        return +operand if isinstance(node.op, UAdd) else -operand
    return _number(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set":
        if node.args == node.keywords == []:
            return set()
    elif isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            raise _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    elif isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _signed(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed(node)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False):
    """A tree as the text of the calls that would make it."""
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {node.__class__.__name__!r}")
    if isinstance(indent, int):
        indent = " " * indent

    def is_left_out(value):
        if not _NEW or show_empty:
            return False
        return value == [] or sys.version_info >= (3, 14) and isinstance(value, Load)

    def shown(node, level):
        """The text, and whether it is short enough to stand in one line with its neighbours."""
        if indent is None:
            start, comma = "", ", "
        else:
            level += 1
            start, comma = "\n" + indent * level, ",\n" + indent * level
        if isinstance(node, AST):
            cls = type(node)
            parts, is_simple, with_names = [], True, annotate_fields
            for name in node._fields:
                value = getattr(node, name, _MISSING)
                default = getattr(cls, name, _MISSING)
                if value is _MISSING or (value is None and default is None):
                    with_names = True
                    continue
                if annotate_fields and is_left_out(value):
                    continue
                text, simple = shown(value, level)
                is_simple = is_simple and simple
                parts.append(f"{name}={text}" if with_names else text)
            if include_attributes and node._attributes:
                for name in node._attributes:
                    value = getattr(node, name, _MISSING)
                    if value is _MISSING or (value is None and getattr(cls, name, _MISSING) is None):
                        continue
                    text, simple = shown(value, level)
                    is_simple = is_simple and simple
                    parts.append(f"{name}={text}")
            if is_simple and len(parts) <= 3:
                return f"{cls.__name__}({', '.join(parts)})", not parts
            return f"{cls.__name__}({start}{comma.join(parts)})", False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return f"[{start}{comma.join(shown(one, level)[0] for one in node)}]", False
        return repr(node), True

    return shown(node, 0)[0]


def copy_location(new_node, old_node):
    """Gives a node the place of another."""
    for name in _PLACE:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or (hasattr(old_node, name) and name.startswith("end_")):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Gives nodes without a place that of the node they are in."""

    def fix(node, place):
        place = list(place)
        for i, name in enumerate(_PLACE):
            if name in node._attributes:
                # The ends are None on the class where nobody has set them.
                if getattr(node, name, None) is None:
                    setattr(node, name, place[i])
                else:
                    place[i] = getattr(node, name)
        for child in iter_child_nodes(node):
            fix(child, place)

    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    """Moves a tree down by lines."""
    for child in walk(node):
        if "lineno" in child._attributes or isinstance(child, TypeIgnore):
            child.lineno = getattr(child, "lineno", 0) + n
        if getattr(child, "end_lineno", None) is not None:
            child.end_lineno += n
    return node


def iter_fields(node):
    """The fields of a node that are there, with their values."""
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes directly in a node."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, AST):
                    yield one


def walk(node):
    """A node and all that is in it, those further out first."""
    waiting = [node]
    for node in waiting:
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    """The docstring of a module, class or function; None where there is none."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if clean:
        import inspect

        return inspect.cleandoc(value.value)
    return value.value


def get_source_segment(source, node, *, padded=False):
    """The part of a text that a node was made of."""
    place = [getattr(node, name, None) for name in _PLACE]
    if None in place:
        return None
    first, start, last, end = place
    lines = source.splitlines(keepends=True)[first - 1 : last]
    lines = [line.encode() for line in lines]
    lines[-1] = lines[-1][:end]
    before, lines[0] = lines[0][:start], lines[0][start:]
    text = b"".join(lines).decode()
    if padded and len(lines) > 1:
        text = "".join(c if c in "\f\t" else " " for c in before.decode()) + text
    return text


class NodeVisitor:
    """Calls `visit_CLASS` for nodes."""

    def visit(self, node):
        visitor = getattr(self, "visit_" + type(node).__name__, None)
        if visitor is None and isinstance(node, Constant):
            visitor = self._old_visitor(node)
        return (visitor or self.generic_visit)(node)

    def _old_visitor(self, node):
        """What a visitor written before 3.8 calls the visit of this constant."""
        for cls in (Num, Str, Bytes, NameConstant, Ellipsis):
            if isinstance(node, cls):
                return getattr(self, "visit_" + cls.__name__, None)
        return None

    def generic_visit(self, node):
        for _, value in iter_fields(node):
            if isinstance(value, list):
                for one in value:
                    if isinstance(one, AST):
                        self.visit(one)
            elif isinstance(value, AST):
                self.visit(value)


class NodeTransformer(NodeVisitor):
    """A visitor whose answers take the places of nodes."""

    def generic_visit(self, node):
        for field, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for one in old:
                    if isinstance(one, AST):
                        one = self.visit(one)
                        if one is None:
                            continue
                        if not isinstance(one, AST):
                            new.extend(one)
                            continue
                    new.append(one)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, field)
                else:
                    setattr(node, field, new)
        return node


def unparse(ast_obj):
    """The text of a tree."""
    from ast._unparse import text_of

    return text_of(ast_obj)
