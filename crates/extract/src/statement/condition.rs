//! The words that limit a promise, threat, offer, refusal or demand.

use crate::attribution::Draft;
use crate::view::View;
use lexicon::speech::Marker;
use record::{Act, Deprel, Span, TokenRange, Upos};

/// Branches that are no part of a condition.
const ASIDE: [Deprel; 2] = [Deprel::Punct, Deprel::Parataxis];

/// Most words of a marker.
const MARKER: usize = 6;

/// The condition of a draft, for acts that can have one.
pub fn condition(view: &View<'_>, draft: &Draft, act: Act) -> Option<Span> {
    let limited = matches!(
        act,
        Act::Promise | Act::Threaten | Act::Propose | Act::Refuse | Act::Demand | Act::Announce | Act::Agree
    );
    draft.content.iter().find_map(|piece| in_piece(view, *piece, limited))
}

/// The first condition in a piece; where the act cannot have one, only that of a clause with “will” or “must”.
fn in_piece(view: &View<'_>, piece: Span, limited: bool) -> Option<Span> {
    let tokens = view.reading.tokens_in(piece);
    let negated =
        tokens.range().any(|t| matches!(view.lemma(t).as_str(), "not" | "n't" | "never" | "no" | "cannot"));
    let found = tokens.range().filter_map(|at| opened_at(view, at, tokens));
    let fits = |(head, _, kind): &(usize, Span, Marker)| match kind {
        Marker::Clause => limited || commits(view, *head),
        Marker::Phrase => limited && negated,
    };
    found.filter(fits).map(|(_, span, _)| span).next()
}

/// Whether the clause that a conditional clause limits says what somebody will or must do.
fn commits(view: &View<'_>, clause: usize) -> bool {
    let Some(main) = view.head(clause) else { return false };
    let own = view
        .child(main, &[Deprel::Nsubj])
        .is_some_and(|s| matches!(view.word(s).to_lowercase().as_str(), "i" | "we" | "you"));
    let modal = |t: usize| {
        view.relation(t) == Deprel::Aux
            && (matches!(view.lemma(t).as_str(), "must" | "shall")
                || own && matches!(view.lemma(t).as_str(), "will" | "'ll"))
    };
    view.children(main).any(modal)
}

/// The condition that the marker at a token opens.
fn opened_at(view: &View<'_>, at: usize, within: TokenRange) -> Option<(usize, Span, Marker)> {
    let end = (within.end as usize).min(at + MARKER);
    let words: Vec<String> = (at..end).map(|t| view.word(t).to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (length, kind) = view.lexicon.speech.condition(&words)?;
    let last = at + length - 1;
    let head = governed(view, last, kind).or_else(|| governed(view, at, kind))?;
    let range = view.phrase(head, &ASIDE);
    let range = TokenRange::new(at, (range.end.min(within.end) as usize).max(last + 1));
    let long_enough = range.len() > length || view.word(at).eq_ignore_ascii_case("unless");
    let span = long_enough.then(|| view.reading.span_of(range)).flatten()?;
    Some((head, trimmed(view, span), kind))
}

/// The clause or noun that a marker stands before.
fn governed(view: &View<'_>, marker: usize, kind: Marker) -> Option<usize> {
    let head = view.head(marker).filter(|&h| h > marker)?;
    let relation = view.relation(marker);
    let clause = matches!(
        view.relation(head),
        Deprel::Advcl | Deprel::Acl | Deprel::Obl | Deprel::Parataxis | Deprel::Root | Deprel::Conj
    );
    match kind {
        Marker::Clause => {
            let marks = matches!(relation, Deprel::Mark | Deprel::Advmod | Deprel::Case | Deprel::Fixed);
            let after_that = marker.checked_sub(1).is_some_and(|t| view.lemma(t) == "that");
            let limits =
                clause && !asks_whether(view, head) || after_that && view.relation(head) == Deprel::Ccomp;
            (marks && limits).then_some(head)
        }
        Marker::Phrase => {
            let marks = matches!(relation, Deprel::Case | Deprel::Mark);
            let noun = view.is_nominal(head) || view.is(head, Upos::Verb);
            (marks && noun).then_some(head)
        }
    }
}

/// “asked if”, “wonder if”: a question, no condition.
fn asks_whether(view: &View<'_>, clause: usize) -> bool {
    view.relation(clause) == Deprel::Ccomp
}

fn trimmed(view: &View<'_>, span: Span) -> Span {
    span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;:!?\"”“»«".contains(c))
}
