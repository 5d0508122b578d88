//! Text cut into runs of letters, runs of digits and single signs: the units that patterns speak of.

use record::Span;

/// A run of letters, a run of digits, or one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: PieceKind,
    /// White space before it.
    pub gap: Gap,
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Letters.
    Letters,
    /// ASCII digits.
    Digits,
    /// One other character.
    Sign,
}

/// White space before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None.
    None,
    /// Inside a line.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

impl Piece {
    /// Its letters; signs that mean the same (’ and ', – and -) are made one.
    pub fn spelling<'t>(&self, text: &'t str) -> &'t str {
        match self.span.text(text) {
            "’" | "‘" | "ʼ" | "`" => "'",
            "‑" | "‐" | "–" | "−" => "-",
            other => other,
        }
    }
}

/// Cuts a text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let (mut at, mut lines, mut space) = (0, 2, false);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            space = true;
            lines += usize::from(c == '\n');
            continue;
        }
        let kind = kind_of(c);
        let mut end = start + c.len_utf8();
        while let Some((next, d)) = chars.next_if(|(_, d)| kind != PieceKind::Sign && kind_of(*d) == kind) {
            end = next + d.len_utf8();
        }
        let gap = if at == start && !out.is_empty() { Gap::None } else { gap_of(lines, space) };
        out.push(Piece { span: Span::at(start..end), kind, gap });
        (at, lines, space) = (end, 0, false);
    }
    out
}

fn kind_of(c: char) -> PieceKind {
    match c {
        '0'..='9' => PieceKind::Digits,
        c if c.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&c) => PieceKind::Letters,
        _ => PieceKind::Sign,
    }
}

fn gap_of(lines: usize, space: bool) -> Gap {
    match lines {
        0 if space => Gap::Space,
        0 => Gap::None,
        1 => Gap::Line,
        _ => Gap::Paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_letters_digits_and_signs() {
        let text = "Sept. 23rd, “two-year”\n\nend";
        let cut: Vec<&str> = pieces(text).iter().map(|p| p.span.text(text)).collect();
        assert_eq!(cut, ["Sept", ".", "23", "rd", ",", "“", "two", "-", "year", "”", "end"]);
        assert_eq!(pieces(text)[10].gap, Gap::Paragraph);
        assert_eq!(pieces(text)[3].gap, Gap::None);
    }
}
