//! Marks what is not prose.

use crate::lines::lines;
use lexicon::Lexicon;
use lexicon::boilerplate::Place;
use record::{Boilerplate, BoilerplateReason, Span};

/// So many lines at either end of a text count as its head and tail.
const END: usize = 10;

/// The lines of `text` that are not prose. `title` is never one of them.
pub(crate) fn boilerplate(text: &str, title: Option<Span>, lexicon: &Lexicon) -> Vec<(Span, Boilerplate)> {
    let lines: Vec<Span> = lines(text).collect();
    let count = lines.len();
    let place = |at: usize| Place { head: at < END, tail: at + END >= count };
    let reason = |at: usize, line: Span| reason(line.text(text), place(at), lexicon);
    lines
        .into_iter()
        .enumerate()
        .filter(|(_, line)| title.is_none_or(|title| !title.overlaps(*line)))
        .filter_map(|(at, line)| Some((line, Boilerplate { reason: reason(at, line)? })))
        .collect()
}

fn reason(line: &str, place: Place, lexicon: &Lexicon) -> Option<BoilerplateReason> {
    lexicon.boilerplate.reason(line, place).map(|(reason, _)| reason)
}
