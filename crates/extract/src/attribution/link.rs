//! Linking: each content piece goes to the cue it fits best, each cue takes the source it fits best; what has no
//! cue continues the statement before it.

use super::Draft;
use super::extent::{within_clause, without_occasion};
use super::orphans::place;
use super::pieces::Piece;
use super::recover::{agent, clause, fronted, matrix, subject};
use crate::view::View;
use record::{AttributionRole, Deprel, Span, Upos, Xpos};

/// Relations over which a verb shares the subject of the verb above it.
const SHARES_SUBJECT: [Deprel; 6] =
    [Deprel::Conj, Deprel::Xcomp, Deprel::Advcl, Deprel::Parataxis, Deprel::Ccomp, Deprel::Acl];

/// Relations of a clause or noun phrase to the verb that reports it.
const REPORTED: [Deprel; 9] = [
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Obj,
    Deprel::Parataxis,
    Deprel::Obl,
    Deprel::Acl,
    Deprel::Nmod,
    Deprel::Advcl,
    Deprel::Csubj,
];

/// Statements from pieces.
pub fn drafts(view: &View<'_>, pieces: &[Piece]) -> Vec<Draft> {
    let of = |role| pieces.iter().filter(move |p| p.role == role).collect::<Vec<_>>();
    let (sources, cues, contents) =
        (of(AttributionRole::Source), of(AttributionRole::Cue), of(AttributionRole::Content));
    let (mut by_cue, orphans) = contents_by_cue(view, &cues, &contents, pieces);
    let mut drafts = Vec::new();
    let without = |cue: &Piece| match clause(view, cue, pieces) {
        Some(piece) => vec![piece],
        None => fronted(view, cue, pieces).map_or_else(|| matrix(view, cue, pieces), |piece| vec![piece]),
    };
    let recovered: Vec<Vec<Piece>> = cues
        .iter()
        .zip(&by_cue)
        .map(|(cue, contents)| if contents.is_empty() { without(cue) } else { Vec::new() })
        .collect();
    for ((cue, contents), recovered) in cues.iter().zip(&mut by_cue).zip(&recovered) {
        contents.extend(recovered.iter().map(|piece| (piece, 0.0)));
        if let Some(draft) = draft(view, cue, contents, &sources, pieces) {
            drafts.push(draft);
        }
    }
    drafts.sort_by_key(Draft::extent);
    add_to_the_last(view, &mut drafts);
    let linked = drafts.len();
    orphans.into_iter().for_each(|content| place(view, content, pieces, linked, &mut drafts));
    drafts
}

/// A cue like “Adding ‘…’” that begins its sentence and has no source goes on with the statement before it.
fn add_to_the_last(view: &View<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let Some(cue) = drafts[i].cue.filter(|_| drafts[i].source.is_none()) else { continue };
        let tokens = view.reading.tokens_in(cue);
        let first = tokens.start as usize;
        let begins = view.sentence_tokens(view.sentence(first)).start as usize == first;
        let adds = tokens.len() == 1 && matches!(view.word(first), "Adding" | "Concluding" | "Continuing");
        let near = view.sentence(first).saturating_sub(view.sentence(last_token(view, &drafts[i - 1]))) <= 1;
        if begins && adds && near {
            drafts[i].continues = Some(i - 1);
        }
    }
}

fn draft(
    view: &View<'_>,
    cue: &Piece,
    contents: &mut Vec<(&Piece, f32)>,
    sources: &[&Piece],
    pieces: &[Piece],
) -> Option<Draft> {
    contents.sort_by_key(|(piece, _)| piece.span);
    let best = contents.iter().map(|(_, score)| *score).reduce(f32::max)?;
    let source = best_source(view, cue, contents, sources, pieces);
    let source = source.filter(|(s, _)| !is_displaced(view, cue, s, contents));
    let parts = contents
        .iter()
        .map(|(p, _)| p.confidence)
        .chain([cue.confidence])
        .chain(source.map(|s| s.0.confidence));
    let (sum, n) = parts.fold((0.0, 0.0), |(sum, n), c| (sum + c, n + 1.0));
    let taken: Vec<Span> = contents.iter().map(|(p, _)| p.span).collect();
    let own = source.is_none() && !is_fronted(view, cue) && !receives(view, cue);
    let subject = if own { subject(view, cue, &taken) } else { None };
    let taken: Vec<Span> = taken.into_iter().map(|span| within_clause(view, cue, span)).collect();
    let (content, occasion) = told(view, cue, &taken);
    Some(Draft {
        source: source.map(|s| s.0.span).or(subject),
        cue: Some(cue.span),
        content,
        occasion,
        rule: subject.map(|_| "rule:attribution/subject@1"),
        ..Draft::of(sum / n, squash((best + source.map_or(best - 2.0, |s| s.1)) / 2.0))
    })
}

/// The content without an occasion at its end, and the occasion.
fn told(view: &View<'_>, cue: &Piece, contents: &[Span]) -> (Vec<Span>, Option<Span>) {
    let mut content = contents.to_vec();
    let mut occasion = None;
    if let Some(last) = content.last_mut() {
        (*last, occasion) = without_occasion(view, cue, *last);
    }
    (content, occasion)
}

fn squash(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

type Linked<'p> = Vec<Vec<(&'p Piece, f32)>>;

/// For each cue its content pieces with scores, and the content pieces that no cue is near to.
fn contents_by_cue<'p>(
    view: &View<'_>,
    cues: &[&'p Piece],
    contents: &[&'p Piece],
    pieces: &[Piece],
) -> (Linked<'p>, Vec<&'p Piece>) {
    let mut by_cue: Linked<'p> = vec![Vec::new(); cues.len()];
    let mut orphans = Vec::new();
    for content in contents {
        let scored = near(cues, content).map(|i| (i, content_score(view, cues[i], content, pieces)));
        let best = scored.reduce(|a, b| if b.1 > a.1 { b } else { a }).filter(|(_, score)| *score > FARTHEST);
        match best.or_else(|| beside(view, cues, content, pieces)) {
            Some((cue, score)) => by_cue[cue].push((*content, score)),
            None => orphans.push(*content),
        }
    }
    resume(view, &mut by_cue);
    (by_cue, orphans)
}

/// “…,” she said, pointing at the wall, “…”: the rest of a sentence goes to the cue that has its beginning.
fn resume(view: &View<'_>, by_cue: &mut Linked<'_>) {
    for i in 0..by_cue.len() {
        let rest = by_cue[i].iter().position(|(piece, _)| {
            let begun = view.quotation_at(piece.span.start).and_then(|q| view.resumed_from(q));
            begun.is_some_and(|q| !by_cue[i].iter().any(|(p, _)| p.span.overlaps(q.span)))
        });
        let Some(rest) = rest else { continue };
        let begun = view.quotation_at(by_cue[i][rest].0.span.start).and_then(|q| view.resumed_from(q));
        let Some(span) = begun.map(|q| q.span) else { continue };
        let from = i.saturating_sub(3);
        let to = (i + 2).min(by_cue.len());
        let holds = |c: &usize| by_cue[*c].iter().any(|(p, _)| p.span.overlaps(span));
        if let Some(cue) = (from..to).find(holds) {
            let piece = by_cue[i].remove(rest);
            by_cue[cue].push(piece);
        }
    }
}

/// The lowest score at which a cue in the same sentence takes a content piece.
const FARTHEST: f32 = -3.0;

/// A cue in the sentence before or after that nothing but its source and marks part from a quotation:
/// “…?” demanded Venn. Hallow said: “…”
fn beside(view: &View<'_>, cues: &[&Piece], content: &Piece, pieces: &[Piece]) -> Option<(usize, f32)> {
    if !is_quoted(view, content) {
        return None;
    }
    let after = cues.partition_point(|c| c.span.start < content.span.end);
    let sides = [after.checked_sub(1), Some(after)].into_iter().flatten().filter(|&i| i < cues.len());
    let close = sides.filter(|&i| {
        let cue = cues[i];
        let (a, b) = if cue.span.end <= content.span.start { (cue, content) } else { (content, cue) };
        let sentences = b.sentences.0.saturating_sub(a.sentences.1) <= 1;
        let colon = a.role == AttributionRole::Cue && (before_colon(view, a) || after_colon(view, b));
        let parted = view.paragraph_between(a.tokens.end as usize - 1, b.tokens.start as usize);
        let own = !colon && reports_more(cue, pieces);
        sentences && !own && unmarked_between(a, b, pieces) <= 3 && (colon || !parted)
    });
    close.map(|i| (i, 0.5)).next()
}

/// Whether a content piece follows a cue in its sentence.
fn reports_more(cue: &Piece, pieces: &[Piece]) -> bool {
    let from = pieces.partition_point(|p| p.span.start < cue.span.end);
    let mut later = pieces[from..].iter().take_while(|p| p.sentences.0 <= cue.sentences.1);
    later.any(|p| p.role == AttributionRole::Content)
}

/// Whether a colon ends the sentence of a token.
pub fn ends_at_colon(view: &View<'_>, token: usize) -> bool {
    let sentence = view.sentence_tokens(view.sentence(token));
    (token..sentence.end as usize).rev().take(3).any(|t| view.word(t) == ":")
}

/// Whether a colon stands right before a piece or its quotation mark.
pub fn after_colon(view: &View<'_>, piece: &Piece) -> bool {
    let before = &view.text()[..piece.span.start as usize];
    before.trim_end_matches(|c: char| c.is_whitespace() || "\"“”„«»''‘’".contains(c)).ends_with(':')
}

/// Whether a colon ends the cue or follows it.
fn before_colon(view: &View<'_>, cue: &Piece) -> bool {
    let last = cue.tokens.end as usize;
    view.word(last - 1).ends_with(':') || (last..last + 2).any(|t| view.word(t) == ":")
}

/// Tokens between two pieces that belong to no source; many if another cue or content stands between.
fn unmarked_between(a: &Piece, b: &Piece, pieces: &[Piece]) -> u32 {
    let from = pieces.partition_point(|p| p.span.start < a.span.end);
    let between = pieces[from..].iter().take_while(|p| p.span.end <= b.span.start);
    between.fold(a.gap(b), |gap, p| match p.role {
        AttributionRole::Source => gap.saturating_sub(p.tokens.len() as u32),
        _ => gap + 100,
    })
}

/// Indices of the pieces that share a sentence with `piece`.
fn near<'a>(others: &'a [&Piece], piece: &'a Piece) -> impl Iterator<Item = usize> + 'a {
    let from = others.partition_point(|o| o.sentences.1 < piece.sentences.0);
    (from..others.len())
        .take_while(|&i| others[i].sentences.0 <= piece.sentences.1)
        .filter(|&i| others[i].shares_sentence(piece))
}

/// How well a cue reports a content piece: tree, order, distance, what stands between.
fn content_score(view: &View<'_>, cue: &Piece, content: &Piece, pieces: &[Piece]) -> f32 {
    let tree = if governs(view, cue, content) {
        3.0
    } else if view.head(cue.head).is_some_and(|h| content.tokens.contains(h)) {
        2.0
    } else {
        0.0
    };
    let order = if cue.span.end <= content.span.start { 0.8 } else { 0.0 };
    let linked = if is_at(content.links.cue, cue) { LINKED } else { 0.0 };
    tree + order + linked - distance(cue, content, pieces)
}

/// What the model's own link adds to a score: as much as the tree.
const LINKED: f32 = 3.0;

/// Whether a link goes to a piece.
pub fn is_at(link: Option<u32>, piece: &Piece) -> bool {
    link.is_some_and(|token| piece.tokens.contains(token as usize))
}

/// Whether the content hangs from a word of the cue.
fn governs(view: &View<'_>, cue: &Piece, content: &Piece) -> bool {
    content.tokens.range().take(200).any(|t| {
        let above = view.head(t).filter(|h| !content.tokens.contains(*h));
        above.is_some_and(|h| cue.tokens.contains(h)) && REPORTED.contains(&view.relation(t))
    })
}

/// A penalty for the words and pieces between two pieces.
fn distance(a: &Piece, b: &Piece, pieces: &[Piece]) -> f32 {
    let between = Span::new(a.span.end.min(b.span.end), a.span.start.max(b.span.start));
    let from = pieces.partition_point(|p| p.span.start < between.start);
    let barriers = pieces[from..].iter().take_while(|p| p.span.end <= between.end).map(|p| match p.role {
        AttributionRole::Cue => 1.5,
        AttributionRole::Source => 0.3,
        AttributionRole::Content => 0.5,
    });
    barriers.sum::<f32>() + 0.12 * a.gap(b).min(40) as f32
}

/// The source that fits a cue best.
fn best_source<'p>(
    view: &View<'_>,
    cue: &Piece,
    contents: &[(&Piece, f32)],
    sources: &[&'p Piece],
    pieces: &[Piece],
) -> Option<(&'p Piece, f32)> {
    let linked = |source: &Piece| contents.iter().any(|(content, _)| is_at(content.links.source, source));
    let bonus = |source: &Piece| if linked(source) { LINKED } else { 0.0 };
    near(sources, cue)
        .map(|i| (sources[i], source_score(view, cue, sources[i], pieces) + bonus(sources[i])))
        .reduce(|a, b| if b.1 > a.1 { b } else { a })
        .filter(|(_, score)| *score > -3.0)
}

fn source_score(view: &View<'_>, cue: &Piece, source: &Piece, pieces: &[Piece]) -> f32 {
    let order = if source.span.end <= cue.span.start { 0.5 } else { 0.0 };
    let passive = if is_passive_subject(view, cue, source) { 8.0 } else { 0.0 };
    subject_score(view, cue, source) + order - passive - distance(cue, source, pieces)
}

/// Whether a source piece that neither the model nor the tree joins to a cue, and that does not stand beside it, gives
/// way to the cue's own subject.
fn is_displaced(view: &View<'_>, cue: &Piece, source: &Piece, contents: &[(&Piece, f32)]) -> bool {
    let linked = contents.iter().any(|(p, _)| is_at(p.links.source, source));
    if linked || source.gap(cue) == 0 {
        return false;
    }
    let taken: Vec<Span> = contents.iter().map(|(p, _)| p.span).collect();
    subject_score(view, cue, source) == 0.0 && subject(view, cue, &taken).is_some()
}

/// “was asked”, “is expected”, “Asked about …, she”, “drew criticism for”: the source named beside such a cue is not who
/// speaks.
fn is_passive_subject(view: &View<'_>, cue: &Piece, source: &Piece) -> bool {
    if receives(view, cue) {
        return !is_giver(view, source);
    }
    let lemma = view.lemma(cue.head);
    let suffers = view.lexicon.speech.verb(&lemma).suffers;
    if suffers && is_fronted(view, cue) && source.span.start >= cue.span.end {
        return true;
    }
    let passive = view.child(cue.head, &[Deprel::AuxPass]).is_some() || is_when_asked(view, cue.head);
    let participle = view.reading.tags.get(cue.head).is_some_and(|t| matches!(t.xpos, Xpos::Vbn))
        || is_when_asked(view, cue.head);
    let has = view.children(cue.head).any(|c| view.relation(c) == Deprel::Aux && view.lemma(c) == "have");
    let by_agent = agent(view, cue.head).is_some_and(|c| source.tokens.contains(c));
    suffers && participle && (passive || !has) && !by_agent
}

/// “said when asked”: a participle without a subject after “when”.
fn is_when_asked(view: &View<'_>, verb: usize) -> bool {
    let when = verb.checked_sub(1).is_some_and(|t| matches!(view.lemma(t).as_str(), "when" | "if" | "once"));
    when && view.word(verb).ends_with("ed") && view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none()
}

/// “has drawn praise for”, “came under fire over”: the subject is the one judged.
fn receives(view: &View<'_>, cue: &Piece) -> bool {
    let mut verbs = cue.tokens.range().filter(|&t| view.is(t, Upos::Verb));
    let verb = verbs.find(|&t| view.lexicon.speech.verb(&view.lemma(t)).receives);
    let from = verb.map_or(cue.tokens.end as usize, |v| v + 1);
    (from..cue.tokens.end as usize).any(|t| view.lexicon.speech.is_reaction(&view.lemma(t)))
}

/// “from the opposition”, “among critics”.
fn is_giver(view: &View<'_>, source: &Piece) -> bool {
    let case = view.child(source.head, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
    matches!(case.as_str(), "from" | "by" | "among" | "of")
}

/// “Asked whether …,” at the head of its sentence, whatever the tagger makes of the participle.
fn is_fronted(view: &View<'_>, cue: &Piece) -> bool {
    let first = view.sentence_tokens(cue.sentences.0).start as usize;
    let after = cue.head.checked_sub(1).filter(|&t| t == first && view.lemma(t) == "when").is_some();
    view.lexicon.speech.verb(&view.lemma(cue.head)).suffers
        && view.word(cue.head).to_lowercase().ends_with("ed")
        && (cue.head == first || after)
}

/// How the tree joins a source to a cue: subject of its verb or of a verb above it, agent, or the noun it hangs from.
fn subject_score(view: &View<'_>, cue: &Piece, source: &Piece) -> f32 {
    if view.head(cue.head).is_some_and(|h| source.tokens.contains(h)) {
        return 2.5;
    }
    let mut verb = cue.head;
    let own = view.child(verb, &[Deprel::Nsubj]).filter(|s| !source.tokens.contains(*s));
    if own.is_some_and(|s| view.is(s, Upos::Pron) || view.is(s, Upos::Propn)) && agent(view, verb).is_none() {
        return 0.0;
    }
    for step in 0..4 {
        let joined = view.children(verb).any(|c| source.tokens.contains(c) && !is_aside(view.relation(c)));
        if joined {
            return 3.0 - 0.7 * step as f32;
        }
        match view.head(verb) {
            Some(above) if SHARES_SUBJECT.contains(&view.relation(verb)) => verb = above,
            _ => break,
        }
    }
    0.0
}

fn is_aside(relation: Deprel) -> bool {
    matches!(relation, Deprel::Ccomp | Deprel::Advcl | Deprel::Obj | Deprel::Punct | Deprel::Parataxis)
}

/// The last token of a draft.
pub fn last_token(view: &View<'_>, draft: &Draft) -> usize {
    (view.reading.tokens_in(draft.extent()).end as usize).saturating_sub(1)
}

/// Whether most of a piece stands in quotation marks.
pub fn is_quoted(view: &View<'_>, piece: &Piece) -> bool {
    let middle = (piece.span.start + piece.span.end) / 2;
    view.quotation_at(middle).is_some_and(|q| {
        q.span.intersection(piece.span).is_some_and(|shared| shared.len() * 2 >= piece.span.len())
    })
}
