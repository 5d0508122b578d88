//! When something was said: the nearest time expression beside the cue.

use crate::attribution::Draft;
use crate::view::View;
use record::{Deprel, Span, TimeKind};

/// Most tokens between the cue and its time.
const REACH: u32 = 12;

/// The time expression of the cue's clause and its value; times inside what is said do not count.
pub fn time(view: &View<'_>, draft: &Draft) -> Option<(Span, String)> {
    let cue = view.reading.tokens_in(draft.cue?);
    let sentence = view.sentence_tokens(view.sentence(cue.start as usize));
    let bounds = view.reading.span_of(sentence)?;
    let candidates = view.reading.times.within(bounds).filter(|(span, time)| {
        let said = draft.content.iter().any(|c| c.overlaps(*span));
        let quoted = view.quotation_at(span.start).is_some();
        let beside = !view.reading.tokens_in(*span).is_empty() && is_beside(view, cue.start as usize, *span);
        !said
            && !quoted
            && beside
            && !is_deadline(view, *span)
            && matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && of_the_calendar(time.value.as_deref())
    });
    let distance = |span: Span| {
        let tokens = view.reading.tokens_in(span);
        tokens.start.saturating_sub(cue.end).max(cue.start.saturating_sub(tokens.end))
    };
    let near = candidates.map(|(span, time)| (distance(span), span, time)).filter(|(d, ..)| *d <= REACH);
    let (_, span, time) = near.min_by_key(|(d, span, _)| (*d, *span))?;
    time.value.clone().map(|value| (span, value))
}

/// Whether a time is the end of something (“demanded answers by Friday”), which nothing is said at.
fn is_deadline(view: &View<'_>, time: Span) -> bool {
    let before = (view.reading.tokens_in(time).start as usize).checked_sub(1);
    before.is_some_and(|t| matches!(view.word(t), "until" | "till" | "by" | "before"))
}

/// Whether no relative clause parts a time from a cue: “Falk, who said …, left in May”, “Falk, who left in May, said …”.
fn is_beside(view: &View<'_>, cue: usize, time: Span) -> bool {
    let time = view.reading.tokens_in(time).start as usize;
    let relative = |token: usize| {
        let mut above = std::iter::successors(Some(token), |t| view.head(*t)).take(DEEPEST);
        above.find(|&t| view.relation(t) == Deprel::AclRelcl)
    };
    let apart = |clause: usize, other: usize| !view.phrase(clause, &[]).contains(other);
    !relative(cue).is_some_and(|c| apart(c, time)) && !relative(time).is_some_and(|c| apart(c, cue))
}

/// Steps up the tree in which a relative clause is looked for.
const DEEPEST: usize = 12;

/// A day, week or month of the calendar; a year beside a cue is seldom the time of the utterance, “once” never.
fn of_the_calendar(value: Option<&str>) -> bool {
    value.is_some_and(|v| v.len() >= 7 && v.starts_with(|c: char| c.is_ascii_digit()) && !v.contains('X'))
}
