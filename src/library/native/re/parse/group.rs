//! What stands in parentheses: groups, lookaround, conditions, flags.

use super::super::tree::{MANY, Node, flag, width};
use super::{Parser, Plain, Result, flag_of};
use crate::python::types::{str as text, unicode};

impl Parser<'_> {
    /// `(…`, behind the parenthesis; `None` for comments and flags of the whole pattern.
    pub(super) fn group(&mut self, verbose: &mut bool, nested: usize, at_start: bool) -> Result<Option<Node>> {
        let start = self.tell() - 1;
        let mut name = None;
        let mut captures = true;
        let mut atomic = false;
        let (mut add, mut remove) = (0, 0);
        if self.accept('?')? {
            let Some(token) = self.take()? else { return Err(self.error("unexpected end of pattern", 0)) };
            match token {
                Plain('P') => {
                    if self.accept('<')? {
                        let found = self.take_until('>', "group name")?;
                        self.check_name(&found)?;
                        name = Some(found);
                    } else if self.accept('=')? {
                        return self.named_reference().map(Some);
                    } else {
                        let Some(token) = self.take()? else {
                            return Err(self.error("unexpected end of pattern", 0));
                        };
                        let message = format!("unknown extension ?P{}", token.text());
                        return Err(self.error(message, token.len() + 2));
                    }
                }
                Plain(':') => captures = false,
                Plain('#') => loop {
                    if self.next.is_none() {
                        let offset = self.tell() - start;
                        return Err(self.error("missing ), unterminated comment", offset));
                    }
                    if self.take()? == Some(Plain(')')) {
                        return Ok(None);
                    }
                },
                Plain(c @ ('=' | '!' | '<')) => return self.look(c, start, *verbose, nested).map(Some),
                Plain('(') => return self.conditional(start, *verbose, nested).map(Some),
                Plain('>') if self.version >= (3, 11) => {
                    captures = false;
                    atomic = true;
                }
                Plain(c) if c == '-' || flag_of(c).is_some() => {
                    let Some((on, off)) = self.inline_flags(c)? else {
                        self.global_flags(start, at_start)?;
                        *verbose = self.flags & flag::VERBOSE != 0;
                        return Ok(None);
                    };
                    (add, remove) = (on, off);
                    captures = false;
                }
                token => {
                    let message = format!("unknown extension ?{}", token.text());
                    return Err(self.error(message, token.len() + 1));
                }
            }
        }
        let index = if captures { Some(self.open_group(name)?) } else { None };
        let inner = (*verbose || add & flag::VERBOSE != 0) && remove & flag::VERBOSE == 0;
        let body = self.alternatives(inner, nested + 1)?;
        self.close_parenthesis(start)?;
        if let Some(group) = index {
            self.widths[group as usize] = Some(width(&body, &self.widths));
        }
        Ok(Some(if atomic { Node::Atomic(body) } else { Node::Group { index, add, remove, body } }))
    }

    fn close_parenthesis(&mut self, start: usize) -> Result<()> {
        if self.accept(')')? {
            return Ok(());
        }
        Err(self.error("missing ), unterminated subpattern", self.tell() - start))
    }

    fn open_group(&mut self, name: Option<String>) -> Result<u32> {
        let group = self.widths.len() as u32;
        self.widths.push(None);
        let Some(name) = name else { return Ok(group) };
        if let Some(other) = self.group_of_name(&name) {
            let shown = text::repr(&name);
            let message = format!("redefinition of group name {shown} as group {group}; was group {other}");
            return Err(self.error(message, name.chars().count() + 1));
        }
        self.names.push((name, group));
        Ok(group)
    }

    /// `(?P=…`
    fn named_reference(&mut self) -> Result<Node> {
        let name = self.take_until(')', "group name")?;
        self.check_name(&name)?;
        let offset = name.chars().count() + 1;
        let Some(group) = self.group_of_name(&name) else {
            return Err(self.error(format!("unknown group name {}", text::repr(&name)), offset));
        };
        if !self.is_closed(group) {
            return Err(self.error("cannot refer to an open group", offset));
        }
        self.check_lookbehind(group)?;
        Ok(Node::Backreference(group))
    }

    /// `(?=`, `(?!`, `(?<=`, `(?<!`
    fn look(&mut self, c: char, start: usize, verbose: bool, nested: usize) -> Result<Node> {
        let behind = c == '<';
        let mut sign = c;
        let outer = self.lookbehind;
        if behind {
            sign = match self.take()? {
                None => return Err(self.error("unexpected end of pattern", 0)),
                Some(Plain(c @ ('=' | '!'))) => c,
                Some(token) => {
                    let message = format!("unknown extension ?<{}", token.text());
                    return Err(self.error(message, token.len() + 2));
                }
            };
            self.lookbehind = outer.or(Some(self.widths.len()));
        }
        let body = self.alternatives(verbose, nested + 1)?;
        self.lookbehind = outer;
        self.close_parenthesis(start)?;
        Ok(Node::Look { behind, negative: sign == '!', body })
    }

    /// `(?(1)…|…)`
    fn conditional(&mut self, start: usize, verbose: bool, nested: usize) -> Result<Node> {
        let name = self.take_until(')', "group name")?;
        let offset = name.chars().count() + 1;
        let group = if name.bytes().all(|b| b.is_ascii_digit()) {
            let group = name.parse().ok().filter(|&n: &u32| n < MANY / 2);
            match group {
                Some(0) => return Err(self.error("bad group number", offset)),
                None => return Err(self.error(format!("invalid group reference {name}"), offset)),
                Some(group) => {
                    if !self.conditions.iter().any(|c| c.0 == group) {
                        let place = self.tell() - offset;
                        self.conditions.push((group, place));
                    }
                    group
                }
            }
        } else {
            self.check_name(&name)?;
            match self.group_of_name(&name) {
                Some(group) => group,
                None => return Err(self.error(format!("unknown group name {}", text::repr(&name)), offset)),
            }
        };
        self.check_lookbehind(group)?;
        let yes = self.sequence(verbose, nested + 1, false)?;
        let mut no = Vec::new();
        if self.accept('|')? {
            no = self.sequence(verbose, nested + 1, false)?;
            if self.next == Some(Plain('|')) {
                return Err(self.error("conditional backref with more than two branches", 0));
            }
        }
        self.close_parenthesis(start)?;
        Ok(Node::Conditional(group, yes, no))
    }

    /// Flags of the whole pattern: only at its start since 3.11.
    fn global_flags(&mut self, start: usize, at_start: bool) -> Result<()> {
        if at_start {
            return Ok(());
        }
        if self.version >= (3, 11) {
            let offset = self.tell() - start;
            return Err(self.error("global flags not at the start of the expression", offset));
        }
        let shown: String = self.pattern.iter().take(20).collect();
        let prefix = if self.is_text { "" } else { "b" };
        let cut = if self.pattern.len() > 20 { " (truncated)" } else { "" };
        let shown = text::repr(&shown);
        let tail = if self.version >= (3, 10) { format!(" but at position {start}") } else { String::new() };
        let message = format!("Flags not at the start of the expression {prefix}{shown}{cut}{tail}");
        self.warn("DeprecationWarning", message);
        Ok(())
    }

    /// `(?i-s:`, from the first letter; `None` when they hold for the whole pattern.
    fn inline_flags(&mut self, first: char) -> Result<Option<(u32, u32)>> {
        let (mut add, mut remove) = (0, 0);
        let mut c = first;
        if c != '-' {
            loop {
                let on = flag_of(c).unwrap_or(0);
                if self.is_text && c == 'L' {
                    let message = "bad inline flags: cannot use 'L' flag with a str pattern";
                    return Err(self.error(message, 0));
                }
                if !self.is_text && c == 'u' {
                    let message = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                    return Err(self.error(message, 0));
                }
                add |= on;
                if on & flag::TYPES != 0 && add & flag::TYPES != on {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.error(message, 0));
                }
                match self.flag_letter("missing -, : or )", &[')', '-', ':'])? {
                    ')' => {
                        self.flags |= add;
                        return Ok(None);
                    }
                    next @ ('-' | ':') => {
                        c = next;
                        break;
                    }
                    next => c = next,
                }
            }
        }
        if c == '-' {
            c = self.flag_letter("missing flag", &[])?;
            loop {
                let off = flag_of(c).unwrap_or(0);
                if off & flag::TYPES != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.error(message, 0));
                }
                remove |= off;
                c = self.flag_letter("missing :", &[':'])?;
                if c == ':' {
                    break;
                }
            }
        }
        if add & remove != 0 {
            return Err(self.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((add, remove)))
    }

    /// A letter of a flag, or one of these ends.
    fn flag_letter(&mut self, missing: &str, ends: &[char]) -> Result<char> {
        match self.take()? {
            None => Err(self.error(missing, 0)),
            Some(Plain(c)) if ends.contains(&c) || flag_of(c).is_some() => Ok(c),
            Some(Plain(c)) if unicode::is_alpha(c) => Err(self.error("unknown flag", 1)),
            Some(token) => Err(self.error(missing, token.len())),
        }
    }
}
