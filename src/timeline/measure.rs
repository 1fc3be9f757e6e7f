//! How wide a text is, roughly, where no browser can be asked.

use super::scene::TextStyle;

/// The width of a text in a common sans-serif face [CSS px], to within some ten percent.
///
/// For native rendering and tests; the page passes the browser's own measure instead.
pub fn approximate_width_px(text: &str, style: TextStyle) -> f32 {
    let ems: f32 = text.chars().map(width_em).sum();
    let wide = if style.is_bold() { 1.1 } else { 1.0 };
    ems * style.size_px() * wide
}

/// The advance of one character in ems: the classes that differ most in Helvetica-like faces.
fn width_em(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.23,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | 't' | 'f' | '/' | '(' | ')' | '[' | ']' | '·' => 0.29,
        'r' | '-' | '"' => 0.35,
        'm' | 'M' | 'W' | '%' | '@' | '…' | '→' => 0.9,
        'w' => 0.75,
        '0'..='9' => 0.6,
        'A'..='Z' | '&' => 0.68,
        c if (c as u32) >= 0x1100 => 1.0,
        _ => 0.57,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_and_wider_texts_measure_wider() {
        let width = |text| approximate_width_px(text, TextStyle::Label);
        assert!(width("ill") < width("www"));
        assert!(width("task") < width("task-1"));
        assert_eq!(width(""), 0.0);
    }
}
