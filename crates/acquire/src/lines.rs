//! The lines of a text.

use record::Span;

/// The lines that hold something, without the white space at their ends, in text order.
///
/// A line ends at any line or paragraph separator of Unicode, as browsers and editors show it.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split(is_break)
        .map(move |line| {
            let span = Span::at(start..start + line.len());
            start += line.len() + text[start + line.len()..].chars().next().map_or(0, char::len_utf8);
            span.trimmed(text)
        })
        .filter(|span| !span.is_empty())
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Number of words.
pub(crate) fn word_count(line: &str) -> usize {
    line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_exact() {
        let text = " one\r\n\n two \u{2028}three\n";
        let found: Vec<&str> = lines(text).map(|span| span.text(text)).collect();
        assert_eq!(found, ["one", "two", "three"]);
    }
}
