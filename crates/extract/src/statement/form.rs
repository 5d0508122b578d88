//! Direct, indirect, mixed or thought.

use crate::attribution::Draft;
use crate::view::View;
use record::{Form, Span, Upos};

/// Nouns of belief and attitude that report a thought when they stand as cue.
const THOUGHTS: [&str; 22] = [
    "concern",
    "fear",
    "worry",
    "hope",
    "belief",
    "feeling",
    "doubt",
    "suspicion",
    "skepticism",
    "scepticism",
    "recognition",
    "reluctance",
    "aim",
    "view",
    "desire",
    "wish",
    "expectation",
    "concerned",
    "worried",
    "convinced",
    "hopeful",
    "confident",
];

/// The form of a draft: by its cue a thought, else by how much of it stands in quotation marks.
pub fn form(view: &View<'_>, draft: &Draft) -> Form {
    let (quoted, words) = draft.content.iter().fold((0, 0), |(q, w), piece| {
        let (quoted, words) = quoted_words(view, *piece);
        (q + quoted, w + words)
    });
    let transcript = draft.is_by_layout() || draft.cue.is_some_and(|c| c.text(view.text()).trim() == ":");
    match () {
        () if draft.is_by_layout() => Form::Direct,
        () if words > 0 && quoted == words => Form::Direct,
        () if quoted > 0 => Form::Mixed,
        () if transcript => Form::Direct,
        () if is_thought(view, draft) => Form::Thought,
        () => Form::Indirect,
    }
}

/// Words of a piece inside quotations, and all its words.
fn quoted_words(view: &View<'_>, piece: Span) -> (usize, usize) {
    let tokens = view.reading.tokens_in(piece);
    let words = tokens.range().filter(|&t| !view.is(t, Upos::Punct) && !view.is(t, Upos::Sym));
    words.fold((0, 0), |(quoted, all), t| {
        let inside = view.quotation_at(view.reading.tokens[t].start).is_some();
        (quoted + usize::from(inside), all + 1)
    })
}

fn is_thought(view: &View<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue else { return false };
    let tokens = view.reading.tokens_in(cue);
    let mut thought = false;
    for t in tokens.range() {
        let reports = view.lexicon.speech.verb(&view.lemma(t));
        if reports.speech {
            return false;
        }
        thought |= reports.thought || THOUGHTS.contains(&view.lemma(t).as_str());
    }
    thought
}
