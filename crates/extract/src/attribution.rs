//! Attribution pieces put together: which source, by which cue, which content.

mod link;
mod pieces;
mod recover;

use crate::view::View;
use record::Span;

pub use pieces::Piece;

/// A statement before anybody knows who is meant: spans only.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Words that name the source.
    pub source: Option<Span>,
    /// Words that report.
    pub cue: Option<Span>,
    /// What is said; never empty, in text order.
    pub content: Vec<Span>,
    /// The draft whose source speaks here too, where the text has none.
    pub continues: Option<usize>,
    /// The draft whose content holds this one.
    pub inside: Option<usize>,
    /// Chance that the pieces are right, 0 to 1.
    pub pieces: f32,
    /// Chance that they belong together, 0 to 1.
    pub link: f32,
    /// The rule that made it, where it was not the model alone.
    pub rule: Option<&'static str>,
}

impl Draft {
    /// From the first to the last character.
    pub fn extent(&self) -> Span {
        let all = self.content.iter().copied().chain(self.source).chain(self.cue);
        all.reduce(Span::cover).unwrap_or(Span::new(0, 0))
    }
}

/// All statements of an article as spans, in text order.
pub fn drafts(view: &View<'_>) -> Vec<Draft> {
    let mut pieces = pieces::pieces(view);
    recover::inverted_sources(view, &mut pieces);
    let mut drafts = link::drafts(view, &pieces);
    drafts.extend(recover::quotations(view, &pieces));
    drafts.extend(recover::nested(view, &drafts));
    in_text_order(drafts)
}

/// Sorts by first content or source; what refers to other drafts follows them.
fn in_text_order(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].extent(), i));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let moved = |d: &Draft| Draft {
        continues: d.continues.map(|i| place[i]),
        inside: d.inside.map(|i| place[i]),
        ..d.clone()
    };
    order.iter().map(|&old| moved(&drafts[old])).collect()
}
