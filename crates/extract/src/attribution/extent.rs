//! Where a content piece ends: cut constituents are completed, dangling conjunctions and circumstances of the telling
//! are left out.

use super::pieces::Piece;
use crate::view::View;
use record::{AttributionRole, Deprel, Span, TokenRange, Upos};

/// Most tokens that completing a piece may add.
const LONGEST: usize = 40;

/// The pieces with contents that end where a constituent ends.
pub fn fitted(view: &View<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let starts: Vec<u32> = pieces.iter().map(|p| p.tokens.start).collect();
    let ends: Vec<u32> = pieces.iter().map(|p| p.tokens.end).collect();
    let fit = |(i, piece): (usize, Piece)| {
        let limit = starts.get(i + 1).copied().unwrap_or(u32::MAX);
        let from = i.checked_sub(1).map_or(0, |b| ends[b]);
        match piece.role {
            AttributionRole::Content => with_condition(view, fitted_content(view, piece, limit), from),
            _ => piece,
        }
    };
    pieces.into_iter().enumerate().map(fit).collect()
}

/// A content piece that ends with its last constituent, before the token `limit`.
fn fitted_content(view: &View<'_>, piece: Piece, limit: u32) -> Piece {
    let Some(last) = last_word(view, piece.tokens) else { return piece };
    let end = match dangling(view, last) {
        Some(Ending::Cut) => last,
        Some(Ending::Until(end)) => end.min(limit as usize).min(last + 1 + LONGEST),
        None => {
            let completed = completed(view, piece.tokens, last).filter(|end| *end <= limit as usize);
            match completed.or_else(|| predicate(view, piece.tokens, last, limit as usize)) {
                Some(end) => end,
                None => return piece,
            }
        }
    };
    let Some(span) = view.reading.span_of(TokenRange::new(piece.tokens.start as usize, end)) else {
        return piece;
    };
    let span = Span::new(piece.span.start.min(span.start), span.end);
    let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",;:".contains(c));
    let in_quotation = view.quotation_at(piece.span.start).map(|q| q.span)
        != view.quotation_at(span.end.saturating_sub(1)).map(|q| q.span);
    let fits = !span.is_empty() && (!in_quotation || span.end < piece.span.end);
    let made = fits.then(|| piece.over(view, span)).flatten();
    made.unwrap_or(piece)
}

/// A content piece with the conditional clause that stands before it in its sentence (“If the talks fail, | the port
/// will close”), from the token `from` on.
fn with_condition(view: &View<'_>, piece: Piece, from: u32) -> Piece {
    let clause = || {
        let first = view.sentence_tokens(piece.sentences.0).start.max(from);
        let comma = (piece.tokens.start as usize).checked_sub(1).filter(|&t| view.word(t) == ",")?;
        let main = view.head_of(piece.tokens)?;
        let before = |c: &usize| view.relation(*c) == Deprel::Advcl && *c < comma;
        let told = view.head(main).filter(|_| view.relation(main) == Deprel::Ccomp);
        let clause = [Some(main), told].into_iter().flatten().find_map(|m| view.children(m).find(before))?;
        let phrase = view.phrase(clause, &[]);
        let mark = matches!(view.lemma(phrase.start as usize).as_str(), "if" | "unless" | "until" | "once");
        let ends = [comma, comma + 1].contains(&(phrase.end as usize));
        let whole = phrase.start == first && ends;
        let span = view.reading.span_of(TokenRange::new(phrase.start as usize, piece.tokens.end as usize))?;
        (mark && whole).then(|| piece.over(view, span)).flatten()
    };
    clause().unwrap_or(piece)
}

enum Ending {
    /// The last word is no part of it.
    Cut,
    /// The constituent that the last word opens ends before this token.
    Until(usize),
}

fn last_word(view: &View<'_>, tokens: TokenRange) -> Option<usize> {
    tokens.range().rev().find(|&t| !view.is(t, Upos::Punct))
}

/// What to do with a last word that needs another after it.
fn dangling(view: &View<'_>, last: usize) -> Option<Ending> {
    if view.is(last, Upos::Cconj) || view.relation(last) == Deprel::Cc {
        return Some(Ending::Cut);
    }
    let head = view.head(last).filter(|&h| h > last)?;
    let opens = matches!(
        view.relation(last),
        Deprel::Det
            | Deprel::Case
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::Mark
            | Deprel::Cop
            | Deprel::Aux
            | Deprel::AuxPass
    );
    let possessor = view.word(last).ends_with("'s") || view.word(last).ends_with("’s");
    let near = head - last <= 12 && view.sentence(head) == view.sentence(last);
    let range =
        view.phrase(head, &[Deprel::Parataxis, Deprel::Punct, Deprel::AclRelcl, Deprel::Conj, Deprel::Cc]);
    ((opens || possessor) && near).then_some(Ending::Until(range.end as usize))
}

/// Where a constituent ends that a piece breaks off in: after its last word, without any mark, a conjunct, complement,
/// apposition or noun modifier of one of its words follows (“would seize the boats | and would close the port”). What a
/// comma parts is an aside, unless it is a clause or apposition.
fn completed(view: &View<'_>, piece: TokenRange, last: usize) -> Option<usize> {
    if piece.end as usize != last + 1 {
        return None;
    }
    let parted = view.word(last + 1) == ",";
    let continues = |c: &usize| {
        let relation = match view.relation(*c) {
            Deprel::Conj => (!parted || view.is(*c, Upos::Verb)) && !view.is_finite_beside(*c),
            Deprel::Nmod | Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp => !parted,
            Deprel::Appos => true,
            _ => false,
        };
        *c > last && relation && !reports_itself(view, *c) && !is_occasion(view, *c)
    };
    let above =
        std::iter::successors(Some(last), |t| view.head(*t)).take_while(|t| piece.contains(*t)).take(40);
    let ranges = above.flat_map(|t| view.children(t)).filter(continues).map(|c| view.phrase(c, &[]));
    let ends = ranges.filter(|r| r.start as usize == last + 1 && r.len() <= LONGEST).map(|r| r.end as usize);
    ends.max()
}

/// Where the clause ends whose subject alone a piece holds, if the words that report it come after (“The ‘Lady Ann’ | struck a
/// reef, the navy told reporters”).
fn predicate(view: &View<'_>, piece: TokenRange, last: usize, limit: usize) -> Option<usize> {
    let subject = view.head_of(piece).filter(|&t| view.relation(t).is_subject())?;
    let verb = view.head(subject).filter(|&v| v > last && v < limit)?;
    let told = matches!(view.relation(verb), Deprel::Ccomp | Deprel::Parataxis);
    let later = view.head(verb).is_some_and(|teller| teller >= limit);
    let clause = view.phrase(verb, &[]);
    let whole = clause.start <= piece.start && clause.end as usize <= limit + 1;
    (told && later && whole).then(|| (clause.end as usize).min(limit).min(last + 1 + LONGEST))
}

/// A verb of speech with a subject of its own: another statement.
fn reports_itself(view: &View<'_>, token: usize) -> bool {
    let speech = view.is(token, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(token)).speech;
    speech && view.child(token, &[Deprel::Ccomp, Deprel::Nsubj]).is_some()
}

/// The content without what follows a comma and governs the cue itself (“who was told that it was late, | left”).
pub fn within_clause(view: &View<'_>, cue: &Piece, content: Span) -> Span {
    let tokens = view.reading.tokens_in(content);
    if content.start < cue.span.end || view.quotation_at(content.start).is_some() {
        return content;
    }
    let above = std::iter::successors(view.head(cue.head), |t| view.head(*t)).take(6);
    let governor = above.filter(|t| tokens.contains(*t)).min();
    let comma = match governor {
        Some(governor) => (tokens.start as usize + 1..governor).rev().find(|&t| view.word(t) == ","),
        None if is_in_commas(view, cue.head) => {
            tokens.range().find(|&t| view.word(t) == "," && view.is_finite(t + 1))
        }
        None => None,
    };
    let kept = comma.and_then(|c| view.reading.span_of(TokenRange::new(tokens.start as usize, c)));
    kept.map_or(content, |k| Span::new(content.start, k.end))
}

/// Whether a verb belongs to a relative clause between commas (“Venn, who was told that …,”).
fn is_in_commas(view: &View<'_>, verb: usize) -> bool {
    let subject = view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let relative = subject.filter(|&s| matches!(view.word(s).to_lowercase().as_str(), "who" | "which"));
    relative.and_then(|s| s.checked_sub(1)).is_some_and(|before| view.word(before) == ",")
}

/// The pieces of a statement's content without circumstances of the telling that stand at its end (“denounced the plan
/// | in a speech”, “praised him | during the visit”), and those circumstances.
pub fn without_occasion(view: &View<'_>, cue: &Piece, content: Span) -> (Span, Option<Span>) {
    let tokens = view.reading.tokens_in(content);
    let verb = cue.head;
    let object = view.child(verb, &[Deprel::Obj]).filter(|o| tokens.contains(*o) && *o > verb);
    let Some(object) = object.filter(|_| view.quotation_at(content.start).is_none()) else {
        return (content, None);
    };
    let Some(tail) = circumstances(view, verb, object, tokens) else { return (content, None) };
    let kept = view.reading.span_of(TokenRange::new(tokens.start as usize, tail.start as usize));
    match kept {
        Some(kept) => {
            let kept = kept.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",;".contains(c));
            (kept, view.reading.span_of(tail).and_then(|s| s.intersection(content)))
        }
        None => (content, None),
    }
}

/// The circumstances of the telling after an object, if they and nothing else stand at the end of `tokens`.
fn circumstances(view: &View<'_>, verb: usize, object: usize, tokens: TokenRange) -> Option<TokenRange> {
    let later = |c: &usize| *c > object && tokens.contains(*c) && !view.is(*c, Upos::Punct);
    let mut first = None;
    let mut end = 0;
    for child in view.children(verb).filter(later) {
        let phrase = view.phrase(child, &[]);
        match is_occasion(view, child) || is_day(view, child) {
            true => first = first.or(Some(phrase.start as usize)),
            false => first = None,
        }
        end = phrase.end;
    }
    let inside = || view.children(object).filter(later).filter(|&c| is_medium(view, c)).last();
    if first.is_none() {
        let phrase = view.phrase(inside()?, &[]);
        (first, end) = (Some(phrase.start as usize), phrase.end);
    }
    let start = first.filter(|&s| s > object && end >= tokens.end)?;
    Some(TokenRange::new(start, end as usize))
}

/// “Wednesday” without a preposition.
fn is_day(view: &View<'_>, noun: usize) -> bool {
    let span = view.reading.tokens.get(noun).copied();
    view.relation(noun) == Deprel::OblUnmarked
        && span.is_some_and(|s| view.reading.times.overlapping(s).next().is_some())
}

/// “in an interview”, “in her letter” beside the object: in what the words stood, whatever the tree hangs it from.
fn is_medium(view: &View<'_>, noun: usize) -> bool {
    let case = view.child(noun, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
    let own = view.child(noun, &[Deprel::Det, Deprel::NmodPoss]).map(|t| view.lemma(t)).unwrap_or_default();
    let own =
        matches!(own.as_str(), "a" | "an" | "his" | "her" | "their" | "its" | "he" | "she" | "they" | "it");
    own && case == "in"
        && view.relation(noun) == Deprel::Nmod
        && view.lexicon.speech.is_medium(&view.lemma(noun))
}

/// “during the visit”, “after the vote”, “in an interview”, “on Tuesday”.
pub fn is_occasion(view: &View<'_>, noun: usize) -> bool {
    if !matches!(view.relation(noun), Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod) {
        return false;
    }
    let case = view.child(noun, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
    let occasion = view.lexicon.speech.is_occasion(&view.lemma(noun));
    match case.as_str() {
        "during" | "amid" => true,
        "in" | "at" | "on" | "after" | "before" | "ahead" | "via" | "through" => occasion,
        _ => false,
    }
}
