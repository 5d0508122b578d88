//! Words as Markdown shows them: nothing in them formats.

/// The words on one line, with a backslash before every character that Markdown or HTML could act on.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (i, word) in text.split_whitespace().enumerate() {
        out.extend((i > 0).then_some(' '));
        word.chars().for_each(|c| push(&mut out, c));
    }
    number_at_start(out)
}

fn push(out: &mut String, c: char) {
    if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!') {
        out.push('\\');
    }
    // A dash or plus begins a list only at the start of a line.
    if matches!(c, '-' | '+' | '=') && out.is_empty() {
        out.push('\\');
    }
    out.push(c);
}

/// `1. ` at the start would begin a numbered list.
fn number_at_start(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_formats() {
        assert_eq!(escaped("<b>*x*</b>\n[a](b)"), "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b)");
        assert_eq!(escaped("1. - 2"), "1\\. - 2");
        assert_eq!(escaped("- a"), "\\- a");
    }
}
