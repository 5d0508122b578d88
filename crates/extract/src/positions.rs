//! Positions: what somebody demands, offers, refuses, threatens or concedes, as said in a statement or told by the report
//! itself.

mod spoken;
mod told;
mod words;

use crate::view::View;
use record::{Event, Layer, Mention, Position, Statement, StatementIx};

/// The positions of an article, in text order.
pub(crate) fn positions(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    statements: &[Statement],
    events: &[Event],
) -> Vec<Position> {
    let spoken =
        statements.iter().zip(0..).flat_map(|(s, i)| spoken::taken(view, mentions, s, StatementIx(i)));
    let mut all: Vec<Position> = spoken.collect();
    all.extend(told::told(view, mentions, statements, events));
    all.sort_by_key(|p| (p.words.first().copied(), p.statement.map(|s| s.0), p.holder.map(|h| h.0)));
    all
}
