//! On which occasion something was said: “at a rally in Tarnow”, “in a letter to the senators”.

use crate::attribution::{Draft, is_occasion};
use crate::view::View;
use record::{Deprel, Span, TimeKind, Xpos};

/// Branches that are no part of an occasion's words.
const ASIDE: [Deprel; 4] = [Deprel::AclRelcl, Deprel::Parataxis, Deprel::Punct, Deprel::Advcl];

/// Most tokens of an occasion.
const LONGEST: usize = 25;

/// The phrase with an occasion that hangs from the cue; one that was cut from the content comes first. A mere time
/// (“on Tuesday”) is none.
pub fn occasion(view: &View<'_>, draft: &Draft) -> Option<Span> {
    draft.occasion.or_else(|| beside_cue(view, draft)).filter(|span| !is_time(view, *span))
}

fn beside_cue(view: &View<'_>, draft: &Draft) -> Option<Span> {
    let verb = view.head_of(view.reading.tokens_in(draft.cue?))?;
    let outside = |span: Span| {
        let taken = draft.content.iter().copied().chain(draft.source);
        !taken.into_iter().any(|t| t.overlaps(span))
    };
    let own = view.children(verb).filter(|&c| is_occasion(view, c));
    let speaking = view.children(verb).filter(|&c| is_participle(view, c));
    let mut nouns = own.chain(speaking.flat_map(|v| view.children(v)).filter(|&c| is_occasion(view, c)));
    nouns.find_map(|noun| {
        let range = view.phrase(noun, &ASIDE);
        let span = view.reading.span_of(range).filter(|_| range.len() <= LONGEST)?;
        (outside(span) && !is_time(view, span)).then_some(span)
    })
}

/// “Speaking at his annual press conference, she said”: a participle of the same subject.
fn is_participle(view: &View<'_>, verb: usize) -> bool {
    let tagged = view.reading.tags.get(verb).is_some_and(|t| t.xpos == Xpos::Vbg);
    tagged
        && view.relation(verb) == Deprel::Advcl
        && view.child(verb, &[Deprel::Nsubj, Deprel::Mark]).is_none()
}

fn is_time(view: &View<'_>, span: Span) -> bool {
    let mut times = view.reading.times.overlapping(span).filter(|(_, t)| t.kind != TimeKind::Duration);
    times.any(|(time, _)| time.len() * 2 > span.len())
}
