"""Usage and help texts, in the layout of CPython's `argparse`: 80 columns, help from column 24 on."""
import os
import re
import textwrap

from argparse._actions import (
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, VERSION, ZERO_OR_MORE, BooleanOptionalAction,
)  # fmt: skip

_BLANKS = re.compile(r"\s+", re.ASCII)


class _Section:
    def __init__(self, parent, heading=None):
        self.parent = parent
        self.heading = heading
        self.items = []


class HelpFormatter:
    __module__ = "argparse"

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            try:
                width = int(os.environ["COLUMNS"])
            except (KeyError, ValueError):
                width = 80
            width -= 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = 0
        self._action_max_length = 0
        self._section = self._root = _Section(None)

    def _indent(self):
        self._current_indent += self._indent_increment

    def _dedent(self):
        self._current_indent -= self._indent_increment

    def start_section(self, heading):
        self._indent()
        section = _Section(self._section, heading)
        self._section.items.append((self._format_section, (section,)))
        self._section = section

    def end_section(self):
        self._section = self._section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._section.items.append((self._format_text, (text,)))

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._section.items.append((self._format_usage, (usage, actions, groups, prefix)))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        longest = len(self._format_action_invocation(action)) + self._current_indent
        for inner in self._iter_indented_subactions(action):
            # The longest of a list of sub-commands counts as if it stood at the outer indentation since 3.9 or so.
            longest = max(longest, len(self._format_action_invocation(inner)) + self._sub_indent())
        self._action_max_length = max(self._action_max_length, longest)
        self._section.items.append((self._format_action, (action,)))

    def _sub_indent(self):
        """The indentation that counts for the length of sub-commands."""
        return self._current_indent if VERSION >= (3, 12) else self._current_indent - self._indent_increment

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._format_section(self._root)
        if text:
            text = re.sub("\n\n\n+", "\n\n", text).strip("\n") + "\n"
        return text

    def _format_section(self, section):
        is_inner = section.parent is not None
        if is_inner:
            self._indent()
        parts = [function(*args) for function, args in section.items]
        text = "".join([part for part in parts if part and part is not SUPPRESS])
        if is_inner:
            self._dedent()
        if not text:
            return ""
        heading = ""
        if section.heading is not SUPPRESS and section.heading is not None:
            heading = " " * self._current_indent + f"{section.heading}:\n"
        return f"\n{heading}{text}\n"

    # Usage.

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        prog = str(self._prog)
        if usage is not None:
            usage = usage % {"prog": prog}
        elif not actions:
            usage = prog
        else:
            optionals = [action for action in actions if action.option_strings]
            positionals = [action for action in actions if not action.option_strings]
            usage = " ".join([part for part in (prog, self._format_actions_usage(optionals + positionals, groups)) if part])
            width = self._width - self._current_indent
            if len(prefix) + len(usage) > width:
                optional_parts = self._usage_parts(optionals, groups)
                positional_parts = self._usage_parts(positionals, groups)
                if len(prefix) + len(prog) <= 0.75 * width:
                    indent = " " * (len(prefix) + len(prog) + 1)
                    if optional_parts:
                        lines = _wrapped([prog] + optional_parts, indent, width, prefix)
                        lines += _wrapped(positional_parts, indent, width)
                    elif positional_parts:
                        lines = _wrapped([prog] + positional_parts, indent, width, prefix)
                    else:
                        lines = [prog]
                else:
                    indent = " " * len(prefix)
                    lines = _wrapped(optional_parts + positional_parts, indent, width)
                    if len(lines) > 1:
                        lines = _wrapped(optional_parts, indent, width) + _wrapped(positional_parts, indent, width)
                    lines = [prog] + lines
                usage = "\n".join(lines)
        return f"{prefix}{usage}\n\n"

    def _usage_parts(self, actions, groups):
        """What a line may be broken between."""
        return re.findall(r"\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+", self._format_actions_usage(actions, groups))

    def _format_actions_usage(self, actions, groups):
        grouped = set()
        before = {}
        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f"empty group {group}")
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            grouped.update(members)
            exposed = len([action for action in members if action.help is not SUPPRESS])
            if not group.required:
                before[start] = before[start] + " [" if start in before else "["
                before[end] = before.get(end, "") + "]"
            elif exposed > 1:
                before[start] = before[start] + " (" if start in before else "("
                before[end] = before.get(end, "") + ")"
            for i in range(start + 1, end):
                before[i] = "|"
        parts = []
        for i, action in enumerate(actions):
            if action.help is SUPPRESS:
                parts.append(None)
                if before.get(i) == "|":
                    del before[i]
                elif before.get(i + 1) == "|":
                    del before[i + 1]
            elif not action.option_strings:
                part = self._format_args(action, self._get_default_metavar_for_positional(action))
                if action in grouped and part[0] == "[" and part[-1] == "]":
                    part = part[1:-1]
                parts.append(part)
            else:
                if action.nargs == 0:
                    part = action.format_usage()
                else:
                    args = self._format_args(action, self._get_default_metavar_for_optional(action))
                    part = f"{action.option_strings[0]} {args}"
                if not action.required and action not in grouped:
                    part = f"[{part}]"
                parts.append(part)
        for i in sorted(before, reverse=True):
            parts[i:i] = [before[i]]
        text = " ".join([part for part in parts if part is not None])
        text = re.sub(r"([\[(]) ", r"\1", text)
        text = re.sub(r" ([\])])", r"\1", text)
        return re.sub(r"[\[(] *[\])]", "", text).strip()

    # Help.

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        return self._fill_text(text, max(self._width - self._current_indent, 11), " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        help_position = min(self._action_max_length + 2, self._max_help_position)
        help_width = max(self._width - help_position, 11)
        action_width = help_position - self._current_indent - 2
        name = " " * self._current_indent + self._format_action_invocation(action)
        first = help_position
        if not action.help:
            parts = [name + "\n"]
        elif len(name) - self._current_indent <= action_width:
            parts = [name.ljust(self._current_indent + action_width) + "  "]
            first = 0
        else:
            parts = [name + "\n"]
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                lines = self._split_lines(text, help_width)
                parts.append(" " * first + lines[0] + "\n")
                parts += [" " * help_position + line + "\n" for line in lines[1:]]
        elif not parts[0].endswith("\n"):
            parts.append("\n")
        parts += [self._format_action(inner) for inner in self._iter_indented_subactions(action)]
        return "".join([part for part in parts if part])

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            if VERSION >= (3, 12):
                return " ".join(self._metavars(action, default, 1))
            (metavar,) = self._metavars(action, default, 1)
            return metavar
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        if VERSION >= (3, 13):
            return ", ".join(action.option_strings) + " " + args
        return ", ".join([f"{name} {args}" for name in action.option_strings])

    def _metavars(self, action, default, n):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = "{" + ",".join([str(choice) for choice in action.choices]) + "}"
        else:
            result = default
        return result if isinstance(result, tuple) else (result,) * n

    def _format_args(self, action, default):
        nargs = action.nargs
        if nargs is None:
            return "%s" % self._metavars(action, default, 1)
        if nargs == OPTIONAL:
            return "[%s]" % self._metavars(action, default, 1)
        if nargs == ZERO_OR_MORE:
            names = self._metavars(action, default, 1)
            return "[%s [%s ...]]" % names if len(names) == 2 else "[%s ...]" % names
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % self._metavars(action, default, 2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % self._metavars(action, default, 1)
        if nargs == SUPPRESS:
            return ""
        if not isinstance(nargs, int):
            raise ValueError("invalid nargs value")
        return " ".join(["%s"] * nargs) % self._metavars(action, default, nargs)

    def _expand_help(self, action):
        params = {name: value for name, value in vars(action).items() if value is not SUPPRESS}
        params["prog"] = self._prog
        for name, value in params.items():
            if hasattr(value, "__name__"):
                params[name] = value.__name__
        if params.get("choices") is not None:
            params["choices"] = ", ".join([str(choice) for choice in params["choices"]])
        return self._get_help_string(action) % params

    def _iter_indented_subactions(self, action):
        if hasattr(action, "_get_subactions"):
            self._indent()
            yield from action._get_subactions()
            self._dedent()

    def _split_lines(self, text, width):
        return textwrap.wrap(_BLANKS.sub(" ", text).strip(), width)

    def _fill_text(self, text, width, indent):
        text = _BLANKS.sub(" ", text).strip()
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


def _wrapped(parts, indent, width, prefix=None):
    lines = []
    line = []
    length = len(indent if prefix is None else prefix) - 1
    for part in parts:
        if line and length + 1 + len(part) > width:
            lines.append(indent + " ".join(line))
            line = []
            length = len(indent) - 1
        line.append(part)
        length += len(part) + 1
    if line:
        lines.append(indent + " ".join(line))
    if prefix is not None:
        lines[0] = lines[0][len(indent) :]
    return lines


class RawDescriptionHelpFormatter(HelpFormatter):
    __module__ = "argparse"

    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(keepends=True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    __module__ = "argparse"

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    __module__ = "argparse"

    def _get_help_string(self, action):
        text = action.help or ""
        if "%(default)" not in text and action.default is not SUPPRESS:
            shown_already = VERSION < (3, 11) and isinstance(action, BooleanOptionalAction) and "(default: " in text
            if (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)) and not shown_already:
                text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    __module__ = "argparse"

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__
