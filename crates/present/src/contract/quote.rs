//! Spans as the record format shows them: code points and the words themselves.

use record::{Report, Span};
use serde::Serialize;
use std::ops::Range;

/// Bytes between two marks of [`CodePoints`].
const STEP: usize = 64;

/// Turns byte offsets of one text into code points; built in one pass, each lookup reads at most 64 bytes.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before each multiple of [`STEP`]; empty for pure ASCII.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// The index of a text.
    pub fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() { Vec::new() } else { marks(text.as_bytes()) };
        Self { text, marks }
    }

    /// Number of code points that begin before a byte offset.
    pub fn before(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let Some(mark) = self.marks.get(byte / STEP) else { return byte as u32 };
        mark + begins(&self.text.as_bytes()[byte / STEP * STEP..byte])
    }

    /// Byte offset of a code point; the length of the text for the one past the last.
    pub fn byte(&self, point: u64) -> Option<usize> {
        let point = u32::try_from(point).ok()?;
        if self.marks.is_empty() {
            return (point as usize <= self.text.len()).then_some(point as usize);
        }
        let block = self.marks.partition_point(|&mark| mark <= point).checked_sub(1)?;
        let rest = self.text.get(self.text.ceil_char_boundary(block * STEP)..)?;
        let skip = (point - self.marks[block]) as usize;
        let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        ends.nth(skip).map(|at| self.text.len() - rest.len() + at)
    }

    /// A span as the record format shows it. An end inside a character takes the whole character in.
    pub fn quote(&self, span: Span) -> Quote<'t> {
        let range = on_boundaries(self.text, span.range());
        Quote {
            start: self.before(range.start),
            end: self.before(range.end),
            quote: self.text.get(range).unwrap_or_default(),
        }
    }
}

fn marks(bytes: &[u8]) -> Vec<u32> {
    let mut marks = vec![0];
    marks.extend(bytes.chunks(STEP).scan(0, |sum, chunk| {
        *sum += begins(chunk);
        Some(*sum)
    }));
    marks
}

fn begins(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}

fn on_boundaries(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

/// Words of a text: `quote` equals `text[start:end]` in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quote<'t> {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub quote: &'t str,
}

/// A report with the index of its text.
pub(super) struct Source<'r> {
    pub(super) report: &'r Report,
    pub(super) id: String,
    pub(super) points: CodePoints<'r>,
}

impl<'r> Source<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let id = report.article.id.to_string();
        Self { report, id, points: CodePoints::new(report.text()) }
    }
}
