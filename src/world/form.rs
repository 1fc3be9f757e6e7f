//! Sliders in a Python file: constants with a form comment.
//!
//! ```python
//! #@markdown How many requests arrive at once.
//! n_requests = 50  #@param {type:"slider", min:1, max:1000, step:1}
//! mode = "def"     #@param ["def", "async def"]
//! ```
//!
//! The notation is Colab's. A form parameter is a line `NAME = VALUE  #@param …` at the left margin; setting it
//! replaces the text between the equals sign and the comment and nothing else, so line numbers stay.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A constant that the reader may turn.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// The constant's name.
    pub name: String,
    /// What values it takes.
    pub kind: Kind,
    /// The text of its right side as written: `50`, `"def"`.
    pub default: String,
    /// What `#@markdown` lines above it say, one line each.
    pub label: String,
    /// The file it stands in first.
    pub file: String,
    /// Its line in the scenario's text, from 1.
    pub line: u32,
}

/// The values a parameter takes, and so the control that sets it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A number between two others.
    Slider {
        /// The least value.
        min: f64,
        /// The greatest value.
        max: f64,
        /// What one notch of the slider adds.
        step: f64,
        /// Only whole numbers.
        integer: bool,
    },
    /// Any number.
    Number {
        /// Only whole numbers.
        integer: bool,
    },
    /// `True` or `False`.
    Boolean,
    /// Any text.
    Text,
    /// One of a list.
    Choice {
        /// The texts to choose from.
        options: Vec<String>,
        /// Other texts may be typed.
        allow_input: bool,
    },
}

/// Why a value was not taken, and the nearest one that would be.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    /// What is wrong and what to do.
    pub message: String,
    /// The text of the nearest value; the default where nothing is near.
    pub nearest: String,
}

impl Parameter {
    /// The default without the quotes of a string.
    pub fn default_value(&self) -> String {
        unquoted(&self.default)
    }

    /// The value as Python should read it before quoting (`true` becomes `True`), or why not.
    pub fn accept(&self, value: &str) -> Result<String, Refused> {
        let name = &self.name;
        let refused = |message: String, nearest: String| Err(Refused { message, nearest });
        let text = value.trim();
        match &self.kind {
            Kind::Slider { min, max, integer, .. } => {
                let bounds = format!("{} to {}", number_text(*min, *integer), number_text(*max, *integer));
                let whole = if *integer { "a whole number" } else { "a number" };
                let message =
                    || format!("`{name}` takes {whole} from {bounds}, not `{value}`: choose one in that range");
                match number(text) {
                    Some(n) if n < *min => refused(message(), number_text(*min, *integer)),
                    Some(n) if n > *max => refused(message(), number_text(*max, *integer)),
                    Some(n) if *integer && n.fract() != 0.0 => refused(message(), number_text(n.round(), true)),
                    Some(n) if *integer && !is_integer_text(text) => Ok(number_text(n, true)),
                    Some(_) => Ok(text.into()),
                    None => refused(message(), self.default_value()),
                }
            }
            Kind::Number { integer } => match number(text) {
                Some(n) if *integer && n.fract() != 0.0 => refused(
                    format!("`{name}` takes a whole number, not `{value}`: round it"),
                    number_text(n.round(), true),
                ),
                Some(_) => Ok(text.into()),
                None => refused(format!("`{name}` takes a number, not `{value}`: write one"), self.default_value()),
            },
            Kind::Boolean => match text {
                "True" | "true" => Ok("True".into()),
                "False" | "false" => Ok("False".into()),
                _ => refused(format!("`{name}` takes True or False, not `{value}`"), self.default_value()),
            },
            Kind::Text => Ok(value.into()),
            Kind::Choice { options, allow_input } => {
                if *allow_input || options.iter().any(|option| option == value) {
                    return Ok(value.into());
                }
                let listed = options.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", ");
                refused(format!("`{name}` takes one of {listed}, not `{value}`"), self.default_value())
            }
        }
    }
}

/// What the form comments of one file say.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Form {
    /// The parameters in order, each with its line in the file; `file` and `line` are the file's own.
    pub parameters: Vec<Parameter>,
    /// The first `#@title`.
    pub title: Option<String>,
    /// Lines whose `#@param` makes no parameter, with the reason.
    pub ignored: Vec<(u32, String)>,
}

/// Reads the form comments of one file. `Err` is the line, the column (both from 1) and the reason.
pub fn parse(file: &str, text: &str) -> Result<Form, (u32, u32, String)> {
    let mut form = Form::default();
    let mut label: Vec<&str> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(text) = form_line(line, "markdown") {
            label.push(text);
        } else if let Some(title) = form_line(line, "title") {
            form.title.get_or_insert_with(|| title.into());
        } else if let Some(found) = Assignment::of(line) {
            let kind = kind_of(found.form, found.value).map_err(|(offset, message)| {
                let column = line[..line.len() - found.form.len() + offset].chars().count() as u32 + 1;
                (number, column, message)
            })?;
            form.parameters.push(Parameter {
                name: found.name.into(),
                kind,
                default: found.value.into(),
                label: std::mem::take(&mut label).join("\n"),
                file: file.into(),
                line: number,
            });
        } else if find_form(line).is_some() && !line.trim_start().starts_with('#') {
            let reason = "this form comment makes no parameter: write `NAME = VALUE  #@param …` at the left margin";
            form.ignored.push((number, reason.into()));
        }
    }
    Ok(form)
}

/// The text with the values of these parameters put in; strings are quoted where the default is.
pub fn with_values(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let found = Assignment::of(line.trim_end_matches(['\n', '\r']));
        match found.and_then(|found| values.get(found.name).map(|value| (found, value))) {
            Some((found, value)) => {
                out.push_str(&line[..found.start]);
                if found.value.starts_with(['"', '\'']) {
                    out.push_str(&quoted(value));
                } else {
                    out.push_str(value);
                }
                out.push_str(&line[found.start + found.value.len()..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// A line `NAME = VALUE  #@param …`.
struct Assignment<'a> {
    name: &'a str,
    /// Where the value begins [bytes into the line].
    start: usize,
    value: &'a str,
    /// What follows `#@param`.
    form: &'a str,
}

impl Assignment<'_> {
    fn of(line: &str) -> Option<Assignment<'_>> {
        let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
        let (name, rest) = line.split_at(end);
        if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
            return None;
        }
        let rest = rest.trim_start_matches(' ').strip_prefix('=')?.trim_start_matches(' ');
        let (value_end, form_start) = find_form(rest)?;
        let value = rest[..value_end].trim_end_matches(' ');
        let is_assignment = !value.is_empty() && !value.starts_with('=');
        is_assignment.then(|| Assignment { name, start: line.len() - rest.len(), value, form: &rest[form_start..] })
    }
}

/// Where `#@param` begins and ends in the text; `# @param`, as formatters write it, is the same.
fn find_form(text: &str) -> Option<(usize, usize)> {
    text.match_indices('#').find_map(|(start, _)| {
        let after = text[start + 1..].trim_start_matches(' ').strip_prefix("@param")?;
        let is_word = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        is_word.then_some((start, text.len() - after.len()))
    })
}

/// The text of a line `#@WORD text`.
fn form_line<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix('#')?.trim_start().strip_prefix('@')?.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

/// The kind that a form comment declares for a constant with this right side; `Err` is an offset into the
/// comment [bytes] and the reason.
fn kind_of(form: &str, value: &str) -> Result<Kind, (usize, String)> {
    let mut reader = Reader { text: form, at: 0 };
    let mut options = None;
    let mut fields = Vec::new();
    let mut fields_at = 0;
    loop {
        reader.blanks();
        match reader.rest().chars().next() {
            Some('[') if options.is_none() => options = Some(reader.value()?),
            Some('{') if fields.is_empty() => {
                fields_at = reader.at;
                if let Json::Object(found) = reader.value()? {
                    fields = found;
                }
            }
            None | Some('#') => break,
            Some(_) => {
                return Err((
                    reader.at,
                    "a form comment is a list or an object: write `#@param {type:\"slider\", min:1, max:10, step:1}`"
                        .into(),
                ));
            }
        }
    }
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    if let Some(Json::Array(items)) = options {
        let options: Vec<String> = items.iter().map(Json::text).collect();
        if options.is_empty() {
            return Err((0, "this list has nothing to choose from: put an option in it".into()));
        }
        let allow_input = matches!(field("allow-input").or(field("allow_input")), Some(Json::Bool(true)));
        return Ok(Kind::Choice { options, allow_input });
    }
    let default_is_integer = is_integer_text(value);
    let bound = |name: &str, default: f64| match field(name) {
        None => Ok(default),
        Some(Json::Number(n)) => Ok(*n),
        Some(Json::Text(text)) => {
            number(text).ok_or_else(|| (fields_at, format!("`{name}` must be a number, not `{text}`")))
        }
        Some(_) => Err((fields_at, format!("`{name}` must be a number: write one"))),
    };
    let kind = match field("type") {
        None => String::from("string"),
        Some(kind) => kind.text(),
    };
    match kind.as_str() {
        "slider" => {
            let (min, max, step) = (bound("min", 0.0)?, bound("max", 100.0)?, bound("step", 1.0)?);
            if min.partial_cmp(&max).is_none_or(|order| order.is_gt()) {
                return Err((fields_at, format!("the slider's min {min} is above its max {max}: swap them")));
            }
            if step.is_nan() || step <= 0.0 {
                return Err((fields_at, format!("the slider's step {step} must be above 0")));
            }
            let Some(default) = number(value) else {
                return Err((0, format!("a slider's default must be a number, not `{value}`: write one")));
            };
            if default < min || default > max {
                return Err((
                    0,
                    format!("the default {value} is not between min {min} and max {max}: widen the slider"),
                ));
            }
            let integer = default_is_integer && [min, step].iter().all(|n| n.fract() == 0.0);
            Ok(Kind::Slider { min, max, step, integer })
        }
        "number" => Ok(Kind::Number { integer: false }),
        "integer" => Ok(Kind::Number { integer: true }),
        "boolean" if matches!(value, "True" | "False") => Ok(Kind::Boolean),
        "boolean" => Err((0, format!("the default of a boolean must be True or False, not `{value}`"))),
        "string" | "raw" | "date" => Ok(Kind::Text),
        other => Err((
            fields_at,
            format!("there is no form field of type `{other}`: choose slider, number, integer, boolean or string"),
        )),
    }
}

/// A value of a form comment, which is JSON with bare keys, single quotes and trailing commas allowed.
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value as an option of a dropdown shows it.
    fn text(&self) -> String {
        match self {
            Json::Null => "None".into(),
            Json::Bool(b) => if *b { "True" } else { "False" }.into(),
            Json::Number(n) => number_text(*n, n.fract() == 0.0),
            Json::Text(text) => text.clone(),
            Json::Array(_) | Json::Object(_) => String::new(),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

type Read<T> = Result<T, (usize, String)>;

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, c: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn fail<T>(&self, message: impl Into<String>) -> Read<T> {
        Err((self.at, message.into()))
    }

    fn value(&mut self) -> Read<Json> {
        self.blanks();
        match self.rest().chars().next() {
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('"' | '\'') => Ok(Json::Text(self.string()?)),
            _ => {
                let word = self.word("-+._")?;
                Ok(match word.as_str() {
                    "true" | "True" => Json::Bool(true),
                    "false" | "False" => Json::Bool(false),
                    "null" | "None" => Json::Null,
                    _ => number(&word).map_or(Json::Text(word), Json::Number),
                })
            }
        }
    }

    fn object(&mut self) -> Read<Json> {
        self.eat('{');
        let mut fields = Vec::new();
        while !self.eat('}') {
            let key = if self.rest().starts_with(['"', '\'']) { self.string()? } else { self.word("-_")? };
            if !self.eat(':') {
                return self.fail(format!("a `:` must follow `{key}`"));
            }
            fields.push((key, self.value()?));
            if !self.eat(',') && !self.rest().starts_with('}') {
                return self.fail("this form comment needs a `,` or `}` here");
            }
        }
        Ok(Json::Object(fields))
    }

    fn array(&mut self) -> Read<Json> {
        self.eat('[');
        let mut items = Vec::new();
        while !self.eat(']') {
            items.push(self.value()?);
            if !self.eat(',') && !self.rest().starts_with(']') {
                return self.fail("this form comment needs a `,` or `]` here");
            }
        }
        Ok(Json::Array(items))
    }

    fn string(&mut self) -> Read<String> {
        let start = self.at;
        let end =
            string_end(self.rest()).ok_or((start, String::from("this text opens a quote and does not close it")))?;
        self.at += end;
        Ok(unquoted(&self.text[start..self.at]))
    }

    /// Letters, digits and `others`.
    fn word(&mut self, others: &str) -> Read<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || others.contains(c))).unwrap_or(rest.len());
        if end == 0 {
            return self.fail(
                "this form comment ends too early or has a stray sign: write `{type:\"number\"}` or `[\"a\", \"b\"]`",
            );
        }
        let word = rest[..end].to_string();
        self.at += end;
        Ok(word)
    }
}

/// Where the quoted text that begins here ends [bytes].
fn string_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next()?;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A Python number: underscores, exponents and signs allowed.
fn number(text: &str) -> Option<f64> {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    is_number.then(|| text.replace('_', "").parse().ok()).flatten().filter(|n: &f64| n.is_finite())
}

fn is_integer_text(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '_')
}

fn number_text(n: f64, integer: bool) -> String {
    if integer { format!("{n:.0}") } else { format!("{n:?}") }
}

/// A Python string literal without its quotes and escapes; any other text as it is.
fn unquoted(text: &str) -> String {
    let Some(quote) = text.chars().next().filter(|c| *c == '"' || *c == '\'') else { return text.into() };
    let Some(inner) = text[1..].strip_suffix(quote) else { return text.into() };
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(c @ ('\\' | '\'' | '"')) => out.push(c),
                Some(c) => out.extend(['\\', c]),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// The text as Python's `repr` writes it.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if (c as u32) < 0x20 || c as u32 == 0x7f => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Parameter {
        let mut form = parse("a.py", line).unwrap();
        assert_eq!(form.parameters.len(), 1, "{line}");
        form.parameters.remove(0)
    }

    fn set(text: &str, name: &str, value: &str) -> String {
        with_values(text, &BTreeMap::from([(name.to_string(), value.to_string())]))
    }

    #[test]
    fn a_slider_has_bounds_and_a_step() {
        let parameter = one(r#"n_requests = 50  #@param {type:"slider", min:1, max:1000, step:1}"#);
        assert_eq!((&*parameter.name, &*parameter.default, parameter.line), ("n_requests", "50", 1));
        assert_eq!(parameter.kind, Kind::Slider { min: 1.0, max: 1000.0, step: 1.0, integer: true });
        let parameter = one("s = 0.5 #@param {type: 'slider', min: 0, max: 2, step: 0.1,}");
        assert_eq!(parameter.kind, Kind::Slider { min: 0.0, max: 2.0, step: 0.1, integer: false });
    }

    #[test]
    fn every_kind_of_field_is_read() {
        assert_eq!(one(r#"x = 1.5 #@param {type:"number"}"#).kind, Kind::Number { integer: false });
        assert_eq!(one(r#"x = 1 #@param {"type":"integer"}"#).kind, Kind::Number { integer: true });
        assert_eq!(one(r#"x = True # @param {type:"boolean"}"#).kind, Kind::Boolean);
        assert_eq!(one(r#"x = "a" #@param {type:"string"}"#).kind, Kind::Text);
        assert_eq!(one(r#"x = "a" #@param"#).kind, Kind::Text);
        let options = vec!["def".to_string(), "async def".to_string()];
        let choice = Kind::Choice { options: options.clone(), allow_input: false };
        assert_eq!(one(r#"x = "def"  #@param ["def", "async def"]"#).kind, choice);
        let choice = Kind::Choice { options, allow_input: true };
        assert_eq!(one(r#"x = "def"  #@param ["def", 'async def'] {allow-input: true}"#).kind, choice);
        let numbers = Kind::Choice { options: vec!["1".into(), "0.5".into(), "None".into()], allow_input: false };
        assert_eq!(one("x = 1 #@param [1, 0.5, None]").kind, numbers);
    }

    #[test]
    fn markdown_above_a_parameter_is_its_label() {
        let form =
            parse("a.py", "#@title Rush hour\n#@markdown How many\n#@markdown arrive.\nn = 1 #@param\nm = 2 #@param\n");
        let form = form.unwrap();
        assert_eq!(form.title.as_deref(), Some("Rush hour"));
        assert_eq!(form.parameters[0].label, "How many\narrive.");
        assert_eq!(form.parameters[1].label, "");
    }

    #[test]
    fn a_malformed_comment_is_refused_at_its_column() {
        let fails = |line: &str| parse("a.py", line).unwrap_err();
        let (line, column, message) = fails("\nn = 5 #@param {type:\"slider\" min:1}");
        assert_eq!((line, column), (2, 30), "{message}");
        assert!(fails("n = 5 #@param {type:\"slidr\"}").2.contains("slidr"));
        assert!(fails("n = 5 #@param {type:\"slider\", min:9, max:1}").2.contains("swap"));
        assert!(fails("n = 5 #@param {type:\"slider\", min:6, max:9}").2.contains("widen"));
        assert!(fails("n = 5 #@param {type:\"slider\"").2.contains('}'));
        assert!(fails("n = 5 #@param slider").2.contains("list or an object"));
        assert!(fails("n = 5 #@param []").2.contains("nothing to choose"));
        assert!(fails("n = 5 #@param {type:\"boolean\"}").2.contains("True or False"));
    }

    #[test]
    fn a_form_comment_elsewhere_is_noticed() {
        let form = parse("a.py", "def f():\n    n = 5  #@param\n# about #@param\nm: int = 3 #@param\n").unwrap();
        assert_eq!(form.parameters, []);
        assert_eq!(form.ignored.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn setting_a_value_replaces_the_right_side_only() {
        let text = "a = 1\nn  =  50   #@param {type:\"number\"}\n  n = 3 #@param\nprint(n)";
        assert_eq!(set(text, "n", "7"), text.replace("50", "7"));
        assert_eq!(set(text, "a", "7"), text);
        assert_eq!(set("n = 1 #@param\r\nm", "n", "2"), "n = 2 #@param\r\nm");
    }

    #[test]
    fn strings_are_quoted_when_the_default_is() {
        assert_eq!(set("m = \"a\"  #@param", "m", "it's"), "m = \"it's\"  #@param");
        assert_eq!(set("m = 'a' #@param", "m", "a\\b\n"), "m = 'a\\\\b\\n' #@param");
        assert_eq!(set("m = None #@param", "m", "3"), "m = 3 #@param");
    }

    #[test]
    fn values_out_of_bounds_name_the_bounds_and_the_nearest() {
        let slider = one("n = 5 #@param {type:\"slider\", min:1, max:10, step:1}");
        assert_eq!(slider.accept("7").unwrap(), "7");
        assert_eq!(slider.accept("7.0").unwrap(), "7");
        for (value, nearest) in [("0", "1"), ("11", "10"), ("2.6", "3"), ("many", "5")] {
            let refused = slider.accept(value).unwrap_err();
            assert_eq!(refused.nearest, nearest);
            assert!(refused.message.contains("1 to 10"), "{}", refused.message);
        }
        let tenth = one("n = 0.5 #@param {type:\"slider\", min:0, max:1, step:0.1}");
        assert_eq!(tenth.accept("3").unwrap_err().nearest, "1.0");
    }

    #[test]
    fn the_other_kinds_refuse_what_python_could_not_use() {
        assert!(one("x = 1 #@param {type:\"number\"}").accept("a").is_err());
        assert!(one("x = 1 #@param {type:\"number\"}").accept("inf").is_err());
        assert_eq!(one("x = 1 #@param {type:\"number\"}").accept("1e-3").unwrap(), "1e-3");
        assert!(one("x = 1 #@param {type:\"integer\"}").accept("1.5").is_err());
        assert_eq!(one("x = True #@param {type:\"boolean\"}").accept("false").unwrap(), "False");
        assert!(one("x = True #@param {type:\"boolean\"}").accept("yes").is_err());
        assert!(one("x = 'a' #@param ['a', 'b']").accept("c").unwrap_err().message.contains("`b`"));
        assert_eq!(one("x = 'a' #@param ['a', 'b'] {allow-input: true}").accept("c").unwrap(), "c");
    }
}
