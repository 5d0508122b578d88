//! What the model leaves out and the tree shows: a missing subject, statements inside statements, quotations that
//! nobody marked.

use super::Draft;
use super::pieces::Piece;
use crate::quotes::Quotation;
use crate::view::View;
use record::{AttributionRole, Deprel, Span, TokenRange, Upos, Xpos};

/// Branches that are no part of a recovered source.
const ASIDE: [Deprel; 4] = [Deprel::Parataxis, Deprel::Punct, Deprel::Advcl, Deprel::Conj];

/// Verbs that make a statement inside a statement when they have a subject and a clause of their own.
const TELLING: [&str; 22] = [
    "say",
    "warn",
    "claim",
    "announce",
    "assure",
    "deny",
    "insist",
    "argue",
    "confirm",
    "declare",
    "promise",
    "threaten",
    "demand",
    "state",
    "reiterate",
    "stress",
    "assert",
    "maintain",
    "vow",
    "pledge",
    "admit",
    "acknowledge",
];

/// “…”, indicated the official: a noun phrase right after a reporting verb that follows a quotation is its source,
/// whatever the model took it for.
pub fn inverted_sources(view: &View<'_>, pieces: &mut [Piece]) {
    for i in 2..pieces.len() {
        let (said, cue, who) = (&pieces[i - 2], &pieces[i - 1], &pieces[i]);
        let roles = [said.role, cue.role, who.role];
        let shape = roles == [AttributionRole::Content, AttributionRole::Cue, AttributionRole::Content];
        let near = said.gap(cue) <= 2 && cue.gap(who) == 0 && cue.sentences == who.sentences;
        let quoted = view.quotation_at(said.span.start).is_some();
        if shape && near && quoted && reports(view, cue.head) && is_somebody(view, who) {
            pieces[i].role = AttributionRole::Source;
        }
    }
}

fn reports(view: &View<'_>, verb: usize) -> bool {
    view.is(verb, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(verb)).speech
}

/// A noun phrase without a verb, headed by a name, a role or a body.
fn is_somebody(view: &View<'_>, piece: &Piece) -> bool {
    let verb = piece.tokens.range().any(|t| view.is(t, Upos::Verb) || view.is(t, Upos::Aux));
    let noun = view.lemma(piece.head);
    let lexicon = view.lexicon;
    let known = lexicon.people.role(&noun).is_some() || lexicon.states.body(&noun).is_some();
    !verb && (view.is(piece.head, Upos::Propn) || known)
}

/// The subject or agent of a cue that has no source, by the tree.
pub fn subject(view: &View<'_>, cue: &Piece, taken: &[Span]) -> Option<Span> {
    let verb = cue.head;
    if !view.is(verb, Upos::Verb) {
        return None;
    }
    let passive = view.child(verb, &[Deprel::AuxPass]).is_some();
    let by = |c: &usize| {
        let relation = view.relation(*c);
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t));
        matches!(relation, Deprel::OblAgent | Deprel::Obl) && case.as_deref() == Some("by")
    };
    let agent = view.children(verb).find(by);
    let active = || view.child(verb, &[Deprel::Nsubj]).filter(|_| !passive);
    let head = agent.or_else(active).filter(|&t| view.is_nominal(t))?;
    let span = noun_phrase(view, head)?;
    let free = !taken.iter().any(|t| t.overlaps(span)) && !cue.span.overlaps(span);
    free.then_some(span)
}

/// The clause or object that a cue without content governs, if the model saw its source.
pub fn clause(view: &View<'_>, cue: &Piece, pieces: &[Piece]) -> Option<Piece> {
    let relations = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj];
    let head = relations.iter().find_map(|r| view.child(cue.head, &[*r])).filter(|&c| c > cue.head)?;
    let range = view.phrase(head, &[]);
    let start = (range.start as usize).max(cue.tokens.end as usize);
    let span = view.reading.span_of(TokenRange::new(start, range.end as usize))?;
    let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;:".contains(c));
    let from = pieces.partition_point(|p| p.span.end <= span.start);
    let free = pieces.get(from).is_none_or(|p| !p.span.overlaps(span));
    let piece = Piece::new(view, span, AttributionRole::Content, 0.6 * cue.confidence)?;
    (free && range.len() < 80).then_some(piece)
}

/// A noun phrase without the preposition before it.
fn noun_phrase(view: &View<'_>, head: usize) -> Option<Span> {
    let range = view.phrase(head, &ASIDE);
    let mut start = range.start as usize;
    while start < head && (view.is(start, Upos::Adp) || view.is(start, Upos::Punct)) {
        start += 1;
    }
    view.reading.span_of(TokenRange::new(start, range.end as usize)).filter(|_| range.len() < 60)
}

/// Statements inside the content of others: a telling verb with a subject and a clause of its own.
pub fn nested(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    for (outer, draft) in drafts.iter().enumerate() {
        for piece in &draft.content {
            let within = view.reading.tokens_in(*piece);
            let verbs = within.range().filter(|&t| view.is(t, Upos::Verb));
            found.extend(verbs.filter_map(|verb| inner(view, outer, draft, verb, within)));
        }
    }
    found
}

fn inner(view: &View<'_>, outer: usize, draft: &Draft, verb: usize, within: TokenRange) -> Option<Draft> {
    if !TELLING.contains(&view.lemma(verb).as_str()) {
        return None;
    }
    let subject = view.child(verb, &[Deprel::Nsubj]).filter(|&s| within.contains(s) && tells(view, s))?;
    let clause = view.child(verb, &[Deprel::Ccomp]).filter(|&c| within.contains(c) && c > verb)?;
    let clause = view.phrase(clause, &[]);
    let clause = TokenRange::new(clause.start as usize, clause.end.min(within.end) as usize);
    let content = view
        .reading
        .span_of(clause)?
        .trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;".contains(c));
    let source = noun_phrase(view, subject)?;
    let cue = view.reading.span_of(TokenRange::new(auxiliaries(view, verb), verb + 1))?;
    let apart =
        !source.overlaps(cue) && !source.overlaps(content) && !cue.overlaps(content) && !content.is_empty();
    apart.then(|| Draft {
        source: Some(source),
        cue: Some(cue),
        content: vec![content],
        continues: None,
        inside: Some(outer),
        pieces: draft.pieces,
        link: 0.7,
        rule: Some("rule:attribution/nested@1"),
    })
}

/// Somebody who can be named: no relative or first person pronoun.
fn tells(view: &View<'_>, subject: usize) -> bool {
    let word = view.word(subject).to_lowercase();
    view.is_nominal(subject)
        && !matches!(
            word.as_str(),
            "who" | "which" | "that" | "i" | "we" | "you" | "it" | "what" | "one" | "nobody"
        )
}

/// The first of the auxiliaries and adverbs right before a verb.
fn auxiliaries(view: &View<'_>, verb: usize) -> usize {
    let mut start = verb;
    while start > 0
        && view.head(start - 1) == Some(verb)
        && matches!(view.relation(start - 1), Deprel::Aux | Deprel::AuxPass | Deprel::Advmod)
    {
        start -= 1;
    }
    start
}

/// Quotations that no statement holds, said by somebody in their own sentence.
pub fn quotations(view: &View<'_>, pieces: &[Piece]) -> Vec<Draft> {
    let content =
        |q: &Quotation| pieces.iter().any(|p| p.role == AttributionRole::Content && p.span.overlaps(q.span));
    let free = view.quotations.iter().filter(|q| !view.is_aside(q.span) && !content(q) && is_said(view, q));
    free.filter_map(|q| said(view, q, pieces)).collect()
}

/// Whether a quotation holds a clause, not only a word or a title.
fn is_said(view: &View<'_>, quotation: &Quotation) -> bool {
    let tokens = view.reading.tokens_in(quotation.inner);
    let finite = |t: usize| {
        view.reading
            .tags
            .get(t)
            .is_some_and(|g| matches!(g.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    };
    quotation.closed && tokens.len() >= 5 && tokens.len() < 300 && tokens.range().any(finite)
}

/// The statement a quotation is, where a telling verb outside it has a subject and stands in its sentence.
fn said(view: &View<'_>, quotation: &Quotation, pieces: &[Piece]) -> Option<Draft> {
    let tokens = view.reading.tokens_in(quotation.span);
    let last = (tokens.end as usize).checked_sub(1)?;
    let sentences = [view.sentence(tokens.start as usize), view.sentence(last)];
    let beside = sentences.into_iter().flat_map(|s| view.sentence_tokens(s).range());
    let near = |t: usize| (tokens.start as usize).saturating_sub(t + 1).max(t.saturating_sub(last)) <= 8;
    let verb = beside.filter(|t| !tokens.contains(*t) && near(*t)).find(|&t| {
        TELLING.contains(&view.lemma(t).as_str())
            && view.is(t, Upos::Verb)
            && view.child(t, &[Deprel::Nsubj]).is_some()
    })?;
    let cue = view.reading.span_of(TokenRange::new(verb, verb + 1))?;
    let taken = pieces.iter().any(|p| p.span.overlaps(cue));
    let source = view.child(verb, &[Deprel::Nsubj]).and_then(|s| noun_phrase(view, s))?;
    let apart = !source.overlaps(quotation.span) && !taken;
    apart.then(|| Draft {
        source: Some(source),
        cue: Some(cue),
        content: vec![quotation.span],
        continues: None,
        inside: None,
        pieces: 0.6,
        link: 0.7,
        rule: Some("rule:attribution/quotation@1"),
    })
}
