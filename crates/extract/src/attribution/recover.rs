//! What the model leaves out and the tree shows: a missing subject, statements inside statements, quotations that
//! nobody marked.

use super::Draft;
use super::framing::is_said;
use super::pieces::Piece;
use crate::quotes::Quotation;
use crate::view::View;
use record::{AttributionRole, Deprel, Span, TokenRange, Upos};

/// Branches that are no part of a recovered source.
const ASIDE: [Deprel; 4] = [Deprel::Parataxis, Deprel::Punct, Deprel::Advcl, Deprel::Conj];

/// “…”, indicated the official: a noun phrase right after a reporting verb that follows a quotation, or that stands aside
/// with it (“The gates are shut, says the union”), is its source, whatever the model took it for.
pub fn inverted_sources(view: &View<'_>, pieces: &mut [Piece]) {
    for i in 1..pieces.len() {
        let (cue, who) = (&pieces[i - 1], &pieces[i]);
        let shape = cue.role == AttributionRole::Cue && who.role == AttributionRole::Content;
        let subject = view.relation(who.head).is_subject() && view.head(who.head) == Some(cue.head);
        let comma = (cue.tokens.start as usize).checked_sub(1).is_some_and(|t| view.word(t) == ",");
        let last = view.sentence_tokens(cue.sentences.0).end <= who.tokens.end + 1;
        let aside = comma && last && cue.gap(who) == 0;
        if shape && subject && aside && reports(view, cue.head) && is_somebody(view, who) {
            pieces[i].role = AttributionRole::Source;
        }
    }
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
    let span = subject_of(view, verb, taken)?;
    (view.is(verb, Upos::Verb) && !cue.span.overlaps(span)).then_some(span)
}

/// The subject or agent of a verb: its own, or that of the verb whose subject it shares; not one among `taken`.
pub fn subject_of(view: &View<'_>, verb: usize, taken: &[Span]) -> Option<Span> {
    let passive = view.child(verb, &[Deprel::AuxPass]).is_some();
    let active = || {
        sharing(view, verb)
            .find_map(|v| view.child(v, &[Deprel::Nsubj, Deprel::NsubjPass]))
            .filter(|_| !passive)
    };
    if let Some(span) = inverted(view, verb).filter(|s| !taken.iter().any(|t| t.overlaps(*s))) {
        return Some(span);
    }
    let head = agent(view, verb).or_else(active).filter(|&t| view.is_nominal(t))?;
    let span = noun_phrase(view, head)?;
    (!taken.iter().any(|t| t.overlaps(span))).then_some(span)
}

/// “…”, added the agency: who stands right after a verb of speech that follows a quotation, by words alone, where the
/// tree has no subject.
fn inverted(view: &View<'_>, verb: usize) -> Option<Span> {
    let bare = view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::AuxPass]).is_none();
    let before = *view.reading.tokens.get(verb.checked_sub(1)?)?;
    let quoted = [before.start, before.start.saturating_sub(1)];
    let follows = quoted.iter().any(|&at| view.quotation_at(at).is_some());
    let speech = view.lexicon.speech.verb(&view.lemma(verb)).speech;
    if !(bare && follows && speech) {
        return None;
    }
    let (head, range) = view.phrase_after(verb)?;
    let noun = view.lemma(head);
    let known = view.lexicon.people.role(&noun).is_some() || view.lexicon.states.body(&noun).is_some();
    (view.is(head, Upos::Propn) || known).then(|| view.reading.span_of(range)).flatten()
}

/// “by the minister” beside a passive verb.
pub fn agent(view: &View<'_>, verb: usize) -> Option<usize> {
    let by = |c: &usize| {
        let relation = view.relation(*c);
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t));
        matches!(relation, Deprel::OblAgent | Deprel::Obl) && case.as_deref() == Some("by")
    };
    view.children(verb).find(by)
}

/// A verb and those above it whose subject it shares: “supported the plan and said”, “came, saying”.
fn sharing<'v>(view: &'v View<'_>, verb: usize) -> impl Iterator<Item = usize> + 'v {
    let above = move |v: &usize| {
        let bare = view.child(*v, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj]).is_none();
        let shares = match view.relation(*v) {
            Deprel::Conj => true,
            Deprel::Advcl | Deprel::Xcomp => {
                view.child(*v, &[Deprel::Mark]).is_none_or(|m| view.lemma(m) == "while")
            }
            _ => false,
        };
        view.head(*v).filter(|h| bare && shares && view.is(*h, Upos::Verb))
    };
    std::iter::successors(Some(verb), above).take(4)
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

/// The clause before a cue that its source ends (“The gates are shut, | says the union”), if nothing is marked in it.
pub fn fronted(view: &View<'_>, cue: &Piece, pieces: &[Piece]) -> Option<Piece> {
    let clause = view.child(cue.head, &[Deprel::Ccomp]).filter(|&c| c < cue.head)?;
    let from = view.sentence_tokens(cue.sentences.0).start as usize;
    let end = cue.tokens.start as usize;
    let next = pieces.iter().find(|p| p.tokens.start as usize >= end && p.role == AttributionRole::Source);
    let ended = next.is_some_and(|p| cue.gap(p) == 0) && view.word(end.saturating_sub(1)) == ",";
    let marked = |p: &Piece| (p.tokens.end as usize) > from && (p.tokens.start as usize) < end;
    let span = view.reading.span_of(TokenRange::new(from, end))?;
    let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;:—–".contains(c));
    let free = ended && end - from < 80 && clause >= from;
    let others = pieces.iter().any(|p| marked(p) && p.role != AttributionRole::Source);
    Piece::new(view, span, AttributionRole::Content, 0.7 * cue.confidence).filter(|_| free && !others)
}

/// The clause that a cue without content stands aside in: “According to the ministry, | the dam is safe”, “the dam is
/// safe, | as the ministry has said”, “The dam, | officials said, | is safe”. Empty if something else is marked in it.
pub fn matrix(view: &View<'_>, cue: &Piece, pieces: &[Piece]) -> Vec<Piece> {
    let Some((aside, main)) = stands_aside(view, cue) else { return Vec::new() };
    let (whole, aside) = (view.phrase(main, &[]), view.phrase(aside, &[]));
    let around = [(whole.start, aside.start), (aside.end, whole.end)];
    let part = |(start, end): (u32, u32)| {
        let span = view.reading.span_of(TokenRange::new(start as usize, (end.max(start)) as usize))?;
        let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;:—–".contains(c));
        let long = view.reading.tokens_in(span).len() > 1;
        Piece::new(view, span, AttributionRole::Content, 0.7 * cue.confidence).filter(|_| long)
    };
    let from = pieces.partition_point(|p| p.tokens.end <= whole.start);
    let inside = pieces[from..].iter().take_while(|p| p.tokens.start < whole.end);
    let mut others = inside.filter(|p| p.tokens.start < aside.start || p.tokens.start >= aside.end);
    if whole.len() > 100 || others.any(|p| p.role != AttributionRole::Source) {
        return Vec::new();
    }
    around.into_iter().filter_map(part).collect()
}

/// The head of the phrase in which a cue and its source stand aside, and the head of the clause beside it.
fn stands_aside(view: &View<'_>, cue: &Piece) -> Option<(usize, usize)> {
    let marker = matches!(view.relation(cue.head), Deprel::Case | Deprel::Mark | Deprel::Fixed);
    let accords = cue.tokens.range().any(|t| view.word(t).eq_ignore_ascii_case("according"));
    let aside = if accords && marker { view.head(cue.head)? } else { cue.head };
    let as_said = || {
        let mark = view.child(aside, &[Deprel::Mark, Deprel::Case]).map(|m| view.lemma(m));
        mark.as_deref() == Some("as")
    };
    let speech = || view.is(aside, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(aside)).speech;
    let told = || view.child(aside, &[Deprel::Nsubj]).is_some();
    let free = match view.relation(aside) {
        Deprel::Obl | Deprel::Nmod => accords,
        Deprel::Advcl => accords || speech() && as_said() && told(),
        Deprel::Parataxis => speech() && told(),
        _ => false,
    };
    let main = view.head(aside).filter(|_| free)?;
    let clause = view.is(main, Upos::Verb) || view.child(main, &[Deprel::Nsubj, Deprel::Cop]).is_some();
    (clause && !cue.tokens.contains(main)).then_some((aside, main))
}

/// Paragraphs in which a quotation goes on that a statement begun: the one before ends inside a quotation that is not
/// closed, or both are nothing but a quotation.
pub fn continued(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut spans: Vec<(Span, usize)> =
        drafts.iter().enumerate().flat_map(|(i, d)| d.content.iter().map(move |c| (*c, i))).collect();
    spans.sort();
    let longest = spans.iter().map(|(s, _)| s.len() as u32).max().unwrap_or(0);
    let holder = |q: Span| {
        let from = spans.partition_point(|(s, _)| s.start.saturating_add(longest) <= q.start);
        spans[from..]
            .iter()
            .take_while(|(s, _)| s.start < q.end)
            .find(|(s, _)| s.overlaps(q))
            .map(|(_, i)| *i)
    };
    let mut held: Vec<Option<usize>> = view.quotations.iter().map(|q| holder(q.span)).collect();
    let mut found = Vec::new();
    for n in 1..view.quotations.len() {
        let (before, quotation) = (&view.quotations[n - 1], &view.quotations[n]);
        let Some(speaker) = held[n - 1].filter(|_| held[n].is_none()) else { continue };
        if goes_on(view, before, quotation) {
            held[n] = Some(speaker);
            found.push(Draft {
                content: vec![quotation.span],
                continues: Some(speaker),
                rule: Some("rule:attribution/next-paragraph@1"),
                ..Draft::of(drafts[speaker].pieces, 0.7)
            });
        }
    }
    found
}

/// Whether a quotation begins the paragraph after one that an open quotation ends.
pub fn goes_on(view: &View<'_>, before: &Quotation, quotation: &Quotation) -> bool {
    let between =
        Span::new(before.span.end.min(quotation.span.start), quotation.span.start).text(view.text());
    let next = between.contains('\n') && between.chars().all(char::is_whitespace);
    next && !before.closed && is_said(view, quotation) && !view.is_aside(quotation.span)
}

/// A noun phrase without the preposition before it.
pub fn noun_phrase(view: &View<'_>, head: usize) -> Option<Span> {
    let range = view.phrase(head, &ASIDE);
    let mut start = range.start as usize;
    let time = |t: usize| {
        let span = view.reading.tokens.get(t).copied();
        span.is_some_and(|s| view.reading.times.overlapping(s).next().is_some())
    };
    while start < head && (view.is(start, Upos::Adp) || view.is(start, Upos::Punct) || time(start)) {
        start += 1;
    }
    view.reading.span_of(TokenRange::new(start, range.end as usize)).filter(|_| range.len() < 60)
}

/// Quotations that no statement holds, said by somebody in their own sentence.
pub fn quotations(view: &View<'_>, pieces: &[Piece]) -> Vec<Draft> {
    let content =
        |q: &Quotation| pieces.iter().any(|p| p.role == AttributionRole::Content && p.span.overlaps(q.span));
    let free = view.quotations.iter().filter(|q| !view.is_aside(q.span) && !content(q) && q.closed);
    let told = |q| if is_said(view, q) { said(view, q, pieces) } else { None };
    free.filter_map(|q| put_so(view, q, pieces).or_else(|| told(q))).collect()
}

/// The verb of “as the minister put it” right after a quotation, or right before it.
fn as_put(view: &View<'_>, quotation: &Quotation) -> Option<usize> {
    let tokens = view.reading.tokens_in(quotation.span);
    let sentence = view.sentence_tokens(view.sentence(tokens.start as usize));
    let near = |t: &usize| {
        let far = (tokens.start as usize).saturating_sub(t + 1).max(t.saturating_sub(tokens.end as usize));
        !tokens.contains(*t) && far <= 8
    };
    let puts = |t: &usize| {
        let marked = view.children(*t).any(|c| view.lemma(c) == "as" && c < *t);
        let it = view.word(t + 1).eq_ignore_ascii_case("it");
        view.lemma(*t) == "put" && marked && it && view.child(*t, &[Deprel::Nsubj]).is_some()
    };
    sentence.range().filter(near).take_while(|t| t + 1 < view.reading.tokens.len()).find(puts)
}

/// The statement of “as the minister put it”.
fn put_so(view: &View<'_>, quotation: &Quotation, pieces: &[Piece]) -> Option<Draft> {
    let verb = as_put(view, quotation)?;
    let cue = view.reading.span_of(TokenRange::new(verb, verb + 2))?;
    let source = view.child(verb, &[Deprel::Nsubj]).and_then(|s| noun_phrase(view, s))?;
    let told = |p: &Piece| p.role == AttributionRole::Content && p.span.overlaps(cue);
    let apart = !source.overlaps(quotation.span) && !pieces.iter().any(told);
    apart.then(|| Draft {
        source: Some(source),
        cue: Some(cue),
        content: vec![quotation.span],
        rule: Some("rule:attribution/as-put@1"),
        ..Draft::of(0.6, 0.7)
    })
}

/// The statement a quotation is, where a telling verb outside it has a subject and stands in its sentence.
fn said(view: &View<'_>, quotation: &Quotation, pieces: &[Piece]) -> Option<Draft> {
    let tokens = view.reading.tokens_in(quotation.span);
    let last = (tokens.end as usize).checked_sub(1)?;
    let sentences = [view.sentence(tokens.start as usize), view.sentence(last)];
    let beside = sentences.into_iter().flat_map(|s| view.sentence_tokens(s).range());
    let near = |t: usize| (tokens.start as usize).saturating_sub(t + 1).max(t.saturating_sub(last)) <= 8;
    let verb = beside.filter(|t| !tokens.contains(*t) && near(*t)).find(|&t| {
        view.is(t, Upos::Verb)
            && view.lexicon.speech.verb(&view.lemma(t)).speech
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
        rule: Some("rule:attribution/quotation@1"),
        ..Draft::of(0.6, 0.7)
    })
}
