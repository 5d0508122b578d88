//! Overlapping spans as properly nested pieces: what markup can hold.

use record::Span;

/// One step of writing a text with nested marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A mark begins: its index, and whether this is its first piece.
    Open(usize, bool),
    /// The mark opened last ends: its index, and whether the mark ends for good.
    Close(usize, bool),
    /// Plain text.
    Text(Span),
}

/// The steps to write `window` with `marks` (sorted by start, the longer first), of which only what lies
/// inside the window is written. Marks that cross one another are split, so that pieces nest.
pub(crate) fn steps(window: Span, marks: &[(usize, Span)]) -> Vec<Step> {
    let mut writer = Writer { window, marks, steps: Vec::new(), open: Vec::new(), at: window.start };
    for (i, (_, span)) in marks.iter().enumerate() {
        writer.close_until(span.start);
        writer.text_to(span.start.max(window.start));
        writer.open(i);
    }
    writer.close_until(window.end);
    writer.text_to(window.end);
    writer.leave_open();
    writer.steps
}

struct Writer<'m> {
    window: Span,
    marks: &'m [(usize, Span)],
    steps: Vec<Step>,
    /// Positions in `marks`, outermost first.
    open: Vec<usize>,
    at: u32,
}

impl Writer<'_> {
    fn open(&mut self, mark: usize) {
        let (index, span) = self.marks[mark];
        self.steps.push(Step::Open(index, self.at == span.start));
        self.open.push(mark);
    }

    /// Ends, in order of their ends, the marks that end at or before `limit`.
    fn close_until(&mut self, limit: u32) {
        while let Some(end) = self.open.iter().map(|&m| self.marks[m].1.end).min().filter(|&e| e <= limit) {
            self.text_to(end);
            let deepest = self.open.iter().position(|&m| self.marks[m].1.end <= end).unwrap_or(0);
            let pieces = self.open.split_off(deepest);
            for &m in pieces.iter().rev() {
                self.steps.push(Step::Close(self.marks[m].0, self.marks[m].1.end <= end));
            }
            for m in pieces.into_iter().filter(|&m| self.marks[m].1.end > end) {
                self.steps.push(Step::Open(self.marks[m].0, false));
                self.open.push(m);
            }
        }
    }

    /// Ends the pieces that go on behind the window.
    fn leave_open(&mut self) {
        for m in std::mem::take(&mut self.open).into_iter().rev() {
            self.steps.push(Step::Close(self.marks[m].0, false));
        }
    }

    fn text_to(&mut self, to: u32) {
        let to = to.min(self.window.end);
        if to > self.at {
            self.steps.push(Step::Text(Span::new(self.at, to)));
            self.at = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(u32, u32)]) -> String {
        let marks: Vec<(usize, Span)> =
            marks.iter().enumerate().map(|(i, &(s, e))| (i, Span::new(s, e))).collect();
        let write = |step: Step| match step {
            Step::Open(i, true) => format!("<{i}>"),
            Step::Open(i, false) => format!("<{i}…>"),
            Step::Close(i, true) => format!("</{i}>"),
            Step::Close(i, false) => format!("</{i}…>"),
            Step::Text(span) => span.text(text).to_owned(),
        };
        steps(Span::at(0..text.len()), &marks).into_iter().map(write).collect()
    }

    #[test]
    fn nests_what_nests() {
        assert_eq!(shown("abcdef", &[(0, 6), (0, 3), (1, 2)]), "<0><1>a<2>b</2>c</1>def</0>");
        assert_eq!(shown("ab", &[(0, 1), (1, 2)]), "<0>a</0><1>b</1>");
    }

    #[test]
    fn splits_what_crosses() {
        assert_eq!(shown("abcdef", &[(0, 3), (2, 5)]), "<0>ab<1>c</1…></0><1…>de</1>f");
    }

    #[test]
    fn writes_the_piece_inside_the_window() {
        let steps = steps(Span::new(2, 4), &[(7, Span::new(0, 3)), (8, Span::new(3, 9))]);
        let text = |s, e| Step::Text(Span::new(s, e));
        let (open, close) = (Step::Open, Step::Close);
        assert_eq!(
            steps,
            [open(7, false), text(2, 3), close(7, true), open(8, true), text(3, 4), close(8, false)]
        );
    }
}
