//! Markup to text: a line a paragraph.

use super::pieces::{Piece, is_hidden};

/// The text of pieces of a page: one line a block, white space joined as browsers join it.
pub(crate) fn text(pieces: &[Piece]) -> String {
    let mut writer = Writer::default();
    for piece in pieces {
        writer.piece(piece);
    }
    writer.end_line();
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    line: String,
    hidden: Option<(String, usize)>,
}

impl Writer {
    fn piece(&mut self, piece: &Piece) {
        if self.skips(piece) {
            return;
        }
        match piece {
            Piece::Text(text) => self.words(text),
            Piece::Open(element) => self.boundary(&element.name),
            Piece::Close(name) => self.boundary(name),
        }
    }

    /// Whether a piece lies in an element that readers do not see.
    fn skips(&mut self, piece: &Piece) -> bool {
        match (&mut self.hidden, piece) {
            (None, Piece::Open(element)) if is_hidden(&element.name) => {
                self.hidden = Some((element.name.clone(), 1));
                true
            }
            (None, _) => false,
            (Some((name, depth)), Piece::Open(element)) => {
                *depth += usize::from(element.name == *name);
                true
            }
            (Some((name, depth)), Piece::Close(closed)) => {
                *depth -= usize::from(closed == name);
                if *depth == 0 {
                    self.hidden = None;
                }
                true
            }
            (Some(_), Piece::Text(_)) => true,
        }
    }

    fn boundary(&mut self, name: &str) {
        match name {
            "td" | "th" => self.words(" "),
            name if is_inline(name) => {}
            _ => self.end_line(),
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c };
            let unneeded = c == ' ' && (self.line.is_empty() || self.line.ends_with(' '));
            if !(unneeded || is_invisible(c)) {
                self.line.push(c);
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.line.clear();
    }
}

/// Soft hyphens and zero-width marks that pages hold for line breaking.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0')
}

/// Whether an element stands within a line.
fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "hi", "i", "img", "ins", "kbd", "label", "mark", "q", "ref", "rp", "rt", "ruby", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "graphic",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    #[test]
    fn a_line_a_block() {
        let page = "<h1>Ferry\n sinks</h1><p>The <b>old</b> ferry,<br>it said.</p><script>x()</script><ul><li>One<li>Two</ul>";
        assert_eq!(text(&pieces(page)), "Ferry sinks\nThe old ferry,\nit said.\nOne\nTwo\n");
    }

    #[test]
    fn hidden_elements_nest() {
        let page = "<p>a<svg><svg>x</svg>y</svg>b</p>";
        assert_eq!(text(&pieces(page)), "ab\n");
    }
}
