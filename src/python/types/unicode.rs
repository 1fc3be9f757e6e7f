//! What Python says about characters, where Rust's own properties differ: classes, title case, case folding.

/// The first digits of the blocks of ten decimal digits.
const DECIMAL_BLOCKS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Digits that are not decimal (superscripts, circled digits …): starts and ends of ranges in turn.
const OTHER_DIGITS: &[u32] = &[
    0xb2, 0xb4, 0xb9, 0xba, 0x1369, 0x1372, 0x19da, 0x19db, 0x2070, 0x2071, 0x2074, 0x207a, 0x2080, 0x208a, 0x2460,
    0x2469, 0x2474, 0x247d, 0x2488, 0x2491, 0x24ea, 0x24eb, 0x24f5, 0x24fe, 0x24ff, 0x2500, 0x2776, 0x277f, 0x2780,
    0x2789, 0x278a, 0x2793, 0x10a40, 0x10a44, 0x10e60, 0x10e69, 0x11052, 0x1105b, 0x1f100, 0x1f10b,
];

/// Ideographs that are numbers: starts and ends of ranges in turn.
const NUMBER_IDEOGRAPHS: &[u32] = &[
    0x3405, 0x3406, 0x3483, 0x3484, 0x382a, 0x382b, 0x3b4d, 0x3b4e, 0x4e00, 0x4e01, 0x4e03, 0x4e04, 0x4e07, 0x4e08,
    0x4e09, 0x4e0a, 0x4e5d, 0x4e5e, 0x4e8c, 0x4e8d, 0x4e94, 0x4e95, 0x4e96, 0x4e97, 0x4ebf, 0x4ec1, 0x4edf, 0x4ee0,
    0x4ee8, 0x4ee9, 0x4f0d, 0x4f0e, 0x4f70, 0x4f71, 0x5104, 0x5105, 0x5146, 0x5147, 0x5169, 0x516a, 0x516b, 0x516c,
    0x516d, 0x516e, 0x5341, 0x5342, 0x5343, 0x5346, 0x534c, 0x534d, 0x53c1, 0x53c5, 0x56db, 0x56dc, 0x58f1, 0x58f2,
    0x58f9, 0x58fa, 0x5e7a, 0x5e7b, 0x5efe, 0x5f00, 0x5f0c, 0x5f0f, 0x5f10, 0x5f11, 0x62fe, 0x62ff, 0x634c, 0x634d,
    0x67d2, 0x67d3, 0x6f06, 0x6f07, 0x7396, 0x7397, 0x767e, 0x767f, 0x8086, 0x8087, 0x842c, 0x842d, 0x8cae, 0x8caf,
    0x8cb3, 0x8cb4, 0x8d30, 0x8d31, 0x9621, 0x9622, 0x9646, 0x9647, 0x964c, 0x964d, 0x9678, 0x9679, 0x96f6, 0x96f7,
    0xf96b, 0xf96c, 0xf973, 0xf974, 0xf978, 0xf979, 0xf9b2, 0xf9b3, 0xf9d1, 0xf9d2, 0xf9d3, 0xf9d4, 0xf9fd, 0xf9fe,
    0x20001, 0x20002, 0x20064, 0x20065, 0x200e2, 0x200e3, 0x20121, 0x20122, 0x2092a, 0x2092b, 0x20983, 0x20984,
    0x2098c, 0x2098d, 0x2099c, 0x2099d, 0x20aea, 0x20aeb, 0x20afd, 0x20afe, 0x20b19, 0x20b1a, 0x22390, 0x22391,
    0x22998, 0x22999, 0x23b1b, 0x23b1c, 0x2626d, 0x2626e, 0x2f890, 0x2f891,
];

/// Characters that may begin a name and are no letters: starts and ends of ranges in turn.
const NAME_NOT_LETTER: &[u32] = &[
    0x16ee, 0x16f1, 0x1885, 0x1887, 0x2118, 0x2119, 0x212e, 0x212f, 0x2160, 0x2183, 0x2185, 0x2189, 0x3007, 0x3008,
    0x3021, 0x302a, 0x3038, 0x303b, 0xa6e6, 0xa6f0, 0x10140, 0x10175, 0x10341, 0x10342, 0x1034a, 0x1034b, 0x103d1,
    0x103d6, 0x12400, 0x1246f,
];

/// Letters that may not begin a name: starts and ends of ranges in turn.
const LETTER_NOT_NAME: &[u32] = &[
    0x37a, 0x37b, 0xe33, 0xe34, 0xeb3, 0xeb4, 0x2e2f, 0x2e30, 0xfc5e, 0xfc64, 0xfdfa, 0xfdfc, 0xfe70, 0xfe71, 0xfe72,
    0xfe73, 0xfe74, 0xfe75, 0xfe76, 0xfe77, 0xfe78, 0xfe79, 0xfe7a, 0xfe7b, 0xfe7c, 0xfe7d, 0xfe7e, 0xfe7f, 0xff9e,
    0xffa0,
];

fn within(ranges: &[u32], c: char) -> bool {
    ranges.partition_point(|&bound| bound <= c as u32) % 2 == 1
}

/// The value of a decimal digit of any script.
pub fn decimal(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let block = DECIMAL_BLOCKS.partition_point(|&first| first <= c as u32);
    let value = c as u32 - DECIMAL_BLOCKS[block.checked_sub(1)?];
    (value < 10).then_some(value)
}

/// `isdigit()` of one character.
pub fn is_digit(c: char) -> bool {
    decimal(c).is_some() || within(OTHER_DIGITS, c)
}

/// `isnumeric()` of one character.
pub fn is_numeric(c: char) -> bool {
    c.is_numeric() || within(NUMBER_IDEOGRAPHS, c)
}

/// `isalpha()` of one character.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    unicode_ident::is_xid_start(c) && !within(NAME_NOT_LETTER, c) || within(LETTER_NOT_NAME, c)
}

/// `isalnum()` of one character.
pub fn is_alnum(c: char) -> bool {
    is_alpha(c) || is_numeric(c)
}

/// `isspace()` of one character.
pub fn is_space(c: char) -> bool {
    matches!(c, '\x09'..='\x0d' | '\x1c'..='\x20' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// A character in title case that is neither upper nor lower case.
pub fn is_title(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}'
        | '\u{1fa8}'..='\u{1faf}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// `isprintable()` of one character.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    // Rust escapes exactly the characters that Python does not print; the letter in front keeps a combining
    // mark from being escaped for standing alone.
    let mut text = [0; 5];
    text[0] = b'a';
    let len = c.encode_utf8(&mut text[1..]).len();
    let text = std::str::from_utf8(&text[..=len]).unwrap_or("a");
    text.escape_debug().nth(1) == Some(c)
}

/// A character that may begin a name.
pub fn begins_name(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

/// A character that may go on in a name.
pub fn continues_name(c: char) -> bool {
    unicode_ident::is_xid_continue(c)
}

/// A boundary of lines for `splitlines()`.
pub fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Appends a character in title case (Unicode's `Titlecase_Mapping`).
pub fn push_title(out: &mut String, c: char) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    let greek = |first: char, mark: char| [first, mark];
    let pair = match c {
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}' => return out.push(c),
        '\u{1c4}'..='\u{1c6}' => return out.push('\u{1c5}'),
        '\u{1c7}'..='\u{1c9}' => return out.push('\u{1c8}'),
        '\u{1ca}'..='\u{1cc}' => return out.push('\u{1cb}'),
        '\u{1f1}'..='\u{1f3}' => return out.push('\u{1f2}'),
        '\u{1f80}'..='\u{1faf}' => return out.push(char::from_u32(c as u32 | 8).unwrap_or(c)),
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => return out.push(char::from_u32(c as u32 + 9).unwrap_or(c)),
        '\u{1fb2}' => greek('\u{1fba}', '\u{345}'),
        '\u{1fb4}' => greek('\u{386}', '\u{345}'),
        '\u{1fb7}' => return out.push_str("\u{391}\u{342}\u{345}"),
        '\u{1fc2}' => greek('\u{1fca}', '\u{345}'),
        '\u{1fc4}' => greek('\u{389}', '\u{345}'),
        '\u{1fc7}' => return out.push_str("\u{397}\u{342}\u{345}"),
        '\u{1ff2}' => greek('\u{1ffa}', '\u{345}'),
        '\u{1ff4}' => greek('\u{38f}', '\u{345}'),
        '\u{1ff7}' => return out.push_str("\u{3a9}\u{342}\u{345}"),
        // Ligatures: only the first letter is a capital.
        '\u{df}' | '\u{587}' | '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' => {
            let mut letters = c.to_uppercase();
            out.extend(letters.next());
            return out.extend(letters.flat_map(char::to_lowercase));
        }
        _ => return out.extend(c.to_uppercase()),
    };
    out.extend(pair);
}

/// Appends a character folded for comparison without case (Unicode's full `Case_Folding`).
pub fn push_folded(out: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        // Cherokee folds to its capitals, which are older than its small letters.
        '\u{13a0}'..='\u{13f5}' | '\u{131}' => out.push(c),
        '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => out.extend(c.to_uppercase()),
        '\u{1e9e}' => out.push_str("ss"),
        _ => out.extend(c.to_uppercase().flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(holds: impl Fn(char) -> bool) -> usize {
        // Up to the end of the first supplementary plane that has letters; later versions of Unicode differ beyond.
        ('\0'..='\u{17ff}').filter(|&c| holds(c)).count()
    }

    #[test]
    fn decimal_digits_of_all_scripts_have_their_values() {
        assert_eq!(decimal('7'), Some(7));
        assert_eq!(decimal('٣'), Some(3));
        assert_eq!(decimal('\u{1d7ff}'), Some(9));
        assert_eq!(decimal('²'), None);
        assert_eq!(decimal('x'), None);
        assert_eq!(count(|c| decimal(c).is_some()), 200);
    }

    #[test]
    fn letters_and_spaces_are_those_of_python() {
        assert!(is_alpha('é') && is_alpha('ª') && is_alpha('中') && !is_alpha('Ⅷ') && !is_alpha('\u{301}'));
        assert!(is_numeric('½') && is_numeric('三') && !is_digit('½') && is_digit('²'));
        assert!(is_space('\x1c') && is_space('\u{3000}') && !is_space('\u{200b}'));
    }

    #[test]
    fn printable_excludes_controls_separators_and_unassigned() {
        for c in ['\u{a0}', '\u{ad}', '\u{2028}', '\u{e000}', '\u{378}', '\u{7f}'] {
            assert!(!is_printable(c), "{:x}", c as u32);
        }
        for c in ['é', '\u{301}', ' ', '中', '🎉'] {
            assert!(is_printable(c), "{:x}", c as u32);
        }
    }

    #[test]
    fn title_case_and_folding_of_special_letters() {
        let title = |c| {
            let mut out = String::new();
            push_title(&mut out, c);
            out
        };
        let fold = |c| {
            let mut out = String::new();
            push_folded(&mut out, c);
            out
        };
        assert_eq!([title('ß'), title('ǆ'), title('ﬁ'), title('ა'), title('ᾳ')], ["Ss", "ǅ", "Fi", "ა", "ᾼ"]);
        assert_eq!([fold('ß'), fold('Σ'), fold('ς'), fold('ꭰ'), fold('ẞ')], ["ss", "σ", "σ", "Ꭰ", "ss"]);
    }
}
