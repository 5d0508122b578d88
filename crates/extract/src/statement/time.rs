//! When something was said: the nearest time expression beside the cue.

use crate::attribution::Draft;
use crate::view::View;
use record::{Span, TimeKind};

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
        !said
            && !quoted
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

/// A day, week or month of the calendar; a year beside a cue is seldom the time of the utterance, “once” never.
fn of_the_calendar(value: Option<&str>) -> bool {
    value.is_some_and(|v| v.len() >= 7 && v.starts_with(|c: char| c.is_ascii_digit()) && !v.contains('X'))
}
