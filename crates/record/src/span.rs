//! Where words stand: ranges of one unit.

use std::ops::Range;

/// A half-open range of bytes of an article's text; both ends lie on character boundaries.
///
/// Code points and UTF-16 units are made at the faces only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`. An end before the start gives the empty range at `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same from `usize`; texts are limited to 4 GiB when they are acquired.
    pub fn at(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words; empty where the range is not one of `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one byte is shared.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The shared bytes.
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other)
            .then(|| Span { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// Without white space at both ends.
    pub fn trimmed(self, text: &str) -> Span {
        self.trimmed_of(text, char::is_whitespace)
    }

    /// Without the characters `loose` accepts at both ends; may become empty.
    pub fn trimmed_of(self, text: &str, loose: impl Fn(char) -> bool) -> Span {
        let words = self.text(text);
        let start = self.start + (words.len() - words.trim_start_matches(&loose).len()) as u32;
        let end = start + words.trim_matches(&loose).len() as u32;
        Span::new(start, end)
    }

    /// Whether the range can be cut out of `text`.
    pub fn is_valid_in(self, text: &str) -> bool {
        text.get(self.range()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn trimming_stays_inside_and_on_boundaries(text in "\\PC{0,40}") {
            let whole = Span::at(0..text.len());
            let trimmed = whole.trimmed(&text);
            prop_assert!(whole.contains(trimmed));
            prop_assert_eq!(trimmed.text(&text), text.trim());
        }
    }

    #[test]
    fn touching_ranges_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert_eq!(Span::new(0, 3).cover(Span::new(4, 5)), Span::new(0, 5));
        assert_eq!(Span::new(0, 3).intersection(Span::new(2, 5)), Some(Span::new(2, 3)));
    }
}
