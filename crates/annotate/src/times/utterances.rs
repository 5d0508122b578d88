//! When a quotation was said, where the words beside its cue tell: “…,” he said on Tuesday.

use super::{Expression, Meaning};
use record::{AttributionRole, Reading, Span};

/// Most tokens between a cue and the expression that dates it.
const REACH: u32 = 8;

/// Notes for the expressions inside quotations which expression tells when they were said.
pub(super) fn mark(text: &str, reading: &Reading, expressions: &mut [Expression]) {
    let pieces: Vec<(Span, u32)> = reading
        .attribution
        .iter()
        .filter(|(span, piece)| piece.role == AttributionRole::Content && is_quoted(span.text(text)))
        .filter_map(|(span, piece)| Some((span, piece.cue?)))
        .collect();
    for (content, cue) in pieces {
        let inside = within(expressions, content);
        if inside.is_empty() {
            continue;
        }
        let said = dated(reading, expressions, content, cue);
        expressions[inside].iter_mut().for_each(|e| e.said = said);
    }
}

/// The expressions that lie in a span.
fn within(expressions: &[Expression], span: Span) -> std::ops::Range<usize> {
    let start = expressions.partition_point(|e| e.span.start < span.start);
    let end = expressions.partition_point(|e| e.span.end <= span.end);
    start..end.max(start)
}

fn is_quoted(content: &str) -> bool {
    content.trim_start().starts_with(['“', '"', '«', '„', '”']) || content.trim_start().starts_with("``")
}

/// The nearest date beside the cue, in its sentence and outside the content.
fn dated(reading: &Reading, expressions: &[Expression], content: Span, cue: u32) -> Option<usize> {
    let sentence = reading.sentences.get(reading.sentence_of(cue as usize)?)?.tokens;
    let around = within(expressions, reading.span_of(sentence)?);
    let start = around.start;
    let distance = |e: &Expression| {
        let tokens = reading.tokens_in(e.span);
        tokens.start.saturating_sub(cue).max(cue.saturating_sub(tokens.end))
    };
    let near = expressions[around].iter().enumerate().filter(|(_, e)| {
        let date =
            !matches!(e.spoken.meaning, Meaning::Duration { .. } | Meaning::Set(_) | Meaning::Fixed(_));
        date && !content.overlaps(e.span) && distance(e) <= REACH
    });
    near.min_by_key(|(at, e)| (distance(e), *at)).map(|(at, _)| start + at)
}
