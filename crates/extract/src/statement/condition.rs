//! The words that limit a promise, threat, offer, refusal or demand.

use crate::attribution::Draft;
use crate::view::View;
use lexicon::speech::Marker;
use record::{Act, Deprel, Span, TokenRange, Upos};

/// Branches that are no part of a condition.
const ASIDE: [Deprel; 2] = [Deprel::Punct, Deprel::Parataxis];

/// Tokens after what is said in which a condition may open (“to close the port | on Friday, unless …”).
const AFTER: usize = 6;

/// Most words of a marker.
const MARKER: usize = 6;

/// The condition of a draft, for acts that can have one: inside what is said, or right after it in its sentence.
pub fn condition(view: &View<'_>, draft: &Draft, act: Act) -> Option<Span> {
    let limits = Limits {
        limited: matches!(
            act,
            Act::Promise
                | Act::Threaten
                | Act::Propose
                | Act::Refuse
                | Act::Demand
                | Act::Announce
                | Act::Agree
        ),
        refused: act == Act::Refuse || draft.content.iter().any(|piece| is_negated(view, *piece)),
    };
    let inside = draft.content.iter().find_map(|piece| in_piece(view, *piece, limits));
    inside.or_else(|| after(view, draft, limits))
}

/// What the act lets a condition limit.
#[derive(Clone, Copy)]
struct Limits {
    /// The act binds somebody: any clause of condition limits it.
    limited: bool,
    /// Something is refused: what must not be missing is a condition.
    refused: bool,
}

/// Whether words of a piece deny or rule something out.
fn is_negated(view: &View<'_>, piece: Span) -> bool {
    let negates = |t: usize| {
        matches!(
            view.lemma(t).as_str(),
            "not"
                | "n't"
                | "never"
                | "no"
                | "cannot"
                | "nobody"
                | "nothing"
                | "refuse"
                | "refusal"
                | "fail"
                | "failure"
                | "reject"
                | "unable"
                | "impossible"
        )
    };
    view.reading.tokens_in(piece).range().any(negates)
}

/// The first condition in a piece; where the act cannot have one, only that of a clause with “will” or “must”.
fn in_piece(view: &View<'_>, piece: Span, limits: Limits) -> Option<Span> {
    let tokens = view.reading.tokens_in(piece);
    let found = tokens.range().filter_map(|at| opened_at(view, at, tokens));
    found.filter(|found| fits(view, found, limits)).map(|(_, span, _)| span).next()
}

fn fits(view: &View<'_>, (head, span, kind): &(usize, Span, Marker), limits: Limits) -> bool {
    match kind {
        Marker::Clause => limits.limited || commits(view, *head, is_bargain(view, *head, *span)),
        Marker::Phrase => limits.limited,
        Marker::Lack => {
            let is = view.child(*head, &[Deprel::Cop]).is_some();
            !is && (limits.limited || is_negated_above(view, *head)) && limits.refused
        }
    }
}

/// Whether what a phrase hangs from names a refusal or failure (“failure to return it without a reason”).
fn is_negated_above(view: &View<'_>, head: usize) -> bool {
    let above = std::iter::successors(view.head(head), |t| view.head(*t)).take(3);
    above.into_iter().any(|t| matches!(view.lemma(t).as_str(), "failure" | "refusal" | "fail" | "refuse"))
}

/// A condition that follows the last piece in its sentence and hangs from it or from the cue (“promised “help” | if
/// needed”).
fn after(view: &View<'_>, draft: &Draft, limits: Limits) -> Option<Span> {
    let last = view.reading.tokens_in(*draft.content.last()?);
    let at = (last.end as usize).checked_sub(1)?;
    let sentence = view.sentence_tokens(view.sentence(at));
    let rest = TokenRange::new(last.end as usize, sentence.end as usize);
    let cue = draft.cue.map(|c| view.reading.tokens_in(c));
    let hangs = |head: usize| {
        let mut above = std::iter::successors(view.head(head), |t| view.head(*t)).take(4);
        above.any(|t| last.contains(t) || cue.is_some_and(|c| c.contains(t)))
    };
    let opened = |t: usize| opened_at(view, t, rest).filter(|f| f.2 != Marker::Lack && hangs(f.0));
    let found = rest.range().take(AFTER).find_map(opened).filter(|_| limits.limited)?;
    let others = draft.source.into_iter().chain(draft.cue);
    (!others.into_iter().any(|s| s.overlaps(found.1))).then_some(found.1)
}

/// Whether the clause that a conditional clause limits says what somebody will or must do; a bargain (“unless”, “as long
/// as”) binds whoever is spoken of, a mere “if” those who speak.
fn commits(view: &View<'_>, clause: usize, bargain: bool) -> bool {
    let Some(main) = limited_by(view, clause) else { return false };
    let own = view
        .child(main, &[Deprel::Nsubj])
        .is_some_and(|s| matches!(view.word(s).to_lowercase().as_str(), "i" | "we" | "you"));
    let modal = |t: usize| {
        let lemma = view.lemma(t);
        view.relation(t) == Deprel::Aux
            && (matches!(lemma.as_str(), "must" | "shall")
                || (own || bargain) && matches!(lemma.as_str(), "will" | "'ll")
                || bargain && lemma == "would")
    };
    view.children(main).any(modal) || is_purpose(view, main)
}

/// The verb that a conditional clause limits; where the tree hangs it from the verb of the telling, the clause told.
fn limited_by(view: &View<'_>, clause: usize) -> Option<usize> {
    let main = view.head(clause)?;
    let told = view.child(main, &[Deprel::Ccomp]).filter(|&c| c > clause);
    let tells = view.lexicon.speech.verb(&view.lemma(main)).speech;
    Some(told.filter(|_| tells).unwrap_or(main))
}

/// Whether a condition begins with words that make terms (“unless”, “provided”), not with a mere “if” or “once”, or its main
/// clause has “only” (“would only sign if …”).
fn is_bargain(view: &View<'_>, clause: usize, condition: Span) -> bool {
    let words = condition.text(view.text()).to_lowercase();
    let main = limited_by(view, clause);
    if main.is_some_and(|m| view.child(m, &[Deprel::Advmod]).is_some_and(|a| view.lemma(a) == "only")) {
        return true;
    }
    let terms =
        ["unless", "provid", "as long as", "so long as", "only if", "only when", "on condition", "on the "];
    terms.iter().any(|t| words.starts_with(t))
}

/// “to strike the boats if they return”: an infinitive that tells what something is for.
fn is_purpose(view: &View<'_>, verb: usize) -> bool {
    let to = view.child(verb, &[Deprel::Mark]).is_some_and(|m| view.lemma(m) == "to");
    to && matches!(view.relation(verb), Deprel::Advcl | Deprel::Acl)
}

/// The condition that the marker at a token opens.
fn opened_at(view: &View<'_>, at: usize, within: TokenRange) -> Option<(usize, Span, Marker)> {
    let end = (within.end as usize).min(at + MARKER);
    let words: Vec<String> = (at..end).map(|t| view.word(t).to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((length, kind)) = view.lexicon.speech.condition(&words) else {
        return inverted(view, at, within);
    };
    let last = at + length - 1;
    let head = governed(view, last, kind).or_else(|| governed(view, at, kind))?;
    let range = view.phrase(head, &ASIDE);
    let range = TokenRange::new(at, (range.end.min(within.end) as usize).max(last + 1));
    let range = with_deadline(view, range, within);
    let long_enough = range.len() > length || view.word(at).eq_ignore_ascii_case("unless");
    let span = long_enough.then(|| view.reading.span_of(range)).flatten()?;
    Some((head, trimmed(view, span), kind))
}

/// “from six until six”, “until Friday”: a time, not a clause.
fn is_hour(view: &View<'_>, head: usize) -> bool {
    let token = view.reading.tokens.get(head).copied();
    let timed = token.is_some_and(|t| view.reading.times.overlapping(t).next().is_some());
    let clause = view.child(head, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cop]).is_some();
    !clause && (timed || view.is(head, Upos::Num))
}

/// A condition with the day by which it must be met, whatever the tree hangs that from (“if it failed to publish them | by Friday”).
fn with_deadline(view: &View<'_>, range: TokenRange, within: TokenRange) -> TokenRange {
    let at = range.end as usize;
    let opens = matches!(view.word(at).to_lowercase().as_str(), "by" | "before" | "within" | "until");
    let deadline = || {
        let token = *view.reading.tokens.get(at + 1)?;
        let (time, _) = view.reading.times.overlapping(token).next()?;
        Some(view.reading.tokens_in(time).end)
    };
    let end = Some(opens).filter(|opens| *opens).and_then(|_| deadline()).filter(|end| *end <= within.end);
    end.map_or(range, |end| TokenRange::new(range.start as usize, end as usize))
}

/// “Should the talks fail, …”, “Were they to leave, …”: the subject follows the auxiliary of a clause beside the main one.
fn inverted(view: &View<'_>, at: usize, within: TokenRange) -> Option<(usize, Span, Marker)> {
    let head = view.head(at).filter(|&h| h > at && within.contains(h))?;
    let auxiliary = matches!(view.relation(at), Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Mark);
    let word = matches!(view.word(at).to_lowercase().as_str(), "should" | "were" | "had");
    let subject = view.child(head, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&s| s > at)?;
    let range = view.phrase(head, &ASIDE);
    let first = range.start as usize == at && view.relation(head) == Deprel::Advcl && subject <= head;
    let span = view.reading.span_of(TokenRange::new(at, range.end.min(within.end) as usize))?;
    (auxiliary && word && first).then(|| (head, trimmed(view, span), Marker::Clause))
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
            let provided = view.head(head).is_some_and(|p| p < marker && view.lemma(p).starts_with("provid"));
            let limits = clause && !asks_whether(view, head)
                || (after_that || provided) && view.relation(head) == Deprel::Ccomp;
            (marks && limits && !is_hour(view, head)).then_some(head)
        }
        Marker::Phrase | Marker::Lack => {
            let marks = matches!(relation, Deprel::Case | Deprel::Mark | Deprel::Fixed);
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
