//! Quotations as frames: what the model marks inside a quotation is completed to the whole of it, and what runs on
//! past its closing mark is cut there.

use super::pieces::Piece;
use super::recover::noun_phrase;
use crate::quotes::Quotation;
use crate::view::View;
use record::{AttributionRole, Deprel, Span, Upos, Xpos};

/// The pieces with every quotation that is said kept whole.
pub fn framed(view: &View<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut kept = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let whole = piece.span;
        let cut = without_head(view, without_tail(view, piece));
        let after = if cut.span.end < whole.end { said_after(view, &cut, whole.end) } else { None };
        kept.push(cut);
        kept.extend(after.into_iter().flatten());
    }
    for quotation in view.quotations.iter().filter(|q| is_said(view, q) && !is_inside_out(view, q)) {
        complete(view, quotation, &mut kept);
    }
    kept
}

/// Whether a quotation holds a clause, not only a word or a title.
pub fn is_said(view: &View<'_>, quotation: &Quotation) -> bool {
    let tokens = view.reading.tokens_in(quotation.inner);
    let finite = |t: usize| {
        let tag = view.reading.tags.get(t);
        tag.is_some_and(|g| matches!(g.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    };
    tokens.len() >= 5 && tokens.len() < 600 && tokens.range().any(finite)
}

/// Whether the marks face the wrong way: what lies between them stands outside every quotation.
fn is_inside_out(view: &View<'_>, quotation: &Quotation) -> bool {
    let text = view.text();
    let before = text[..quotation.span.start as usize].chars().next_back();
    let first = quotation.inner.text(text).chars().next();
    before.is_some_and(|c| !c.is_whitespace() && !"([{—–-".contains(c))
        && first.is_some_and(char::is_whitespace)
}

/// The content piece without what stands after the closing mark, where the quotation ends a clause there.
fn without_tail(view: &View<'_>, piece: Piece) -> Piece {
    if piece.role != AttributionRole::Content {
        return piece;
    }
    let inside =
        view.quotation_at(piece.span.start).filter(|q| piece.span.start <= q.inner.start && q.closed);
    let cut = inside.filter(|q| q.span.end < piece.span.end && ends_clause(view, q, piece.span.end));
    let span = cut.map(|q| Span::new(piece.span.start, q.span.end));
    span.and_then(|s| piece.over(view, s)).unwrap_or(piece)
}

/// Cue and source in what was cut off after a quotation: “…,” | said Venn, who was there, | according to the Post.
fn said_after(view: &View<'_>, quotation: &Piece, end: u32) -> Option<[Piece; 2]> {
    let verb = quotation.tokens.end as usize;
    let speech = view.is(verb, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(verb)).speech;
    let subject = view.child(verb, &[Deprel::Nsubj]).filter(|&s| s > verb && speech)?;
    let source = noun_phrase(view, subject).filter(|s| s.end <= end)?;
    let cue = *view.reading.tokens.get(verb)?;
    let piece = |span, role| Piece::new(view, span, role, quotation.confidence);
    Some([piece(cue, AttributionRole::Cue)?, piece(source, AttributionRole::Source)?])
}

/// The content piece without what stands before the rest of a quotation that was broken off (“…,” she said, pointing at
/// the wall, “…”).
fn without_head(view: &View<'_>, piece: Piece) -> Piece {
    if piece.role != AttributionRole::Content {
        return piece;
    }
    let from = view.quotations.partition_point(|q| q.span.start <= piece.span.start);
    let inside = view.quotations.get(from).filter(|q| q.span.start < piece.span.end);
    let resumes = inside.filter(|q| view.resumed_from(q).is_some());
    let span = resumes.map(|q| Span::new(q.span.start, piece.span.end));
    span.and_then(|s| Piece::new(view, s, piece.role, piece.confidence)).unwrap_or(piece)
}

/// Whether a stop stands at the closing mark and no other quotation follows before `end`.
fn ends_clause(view: &View<'_>, quotation: &Quotation, end: u32) -> bool {
    let text = view.text();
    let stop = |c: char| ",.;!?".contains(c);
    let inner = quotation.inner.text(text).trim_end().ends_with(stop);
    let rest = Span::new(quotation.span.end, end).text(text);
    let outer = rest.starts_with(stop);
    let aside = rest.trim_start().starts_with('(');
    let more = view.quotation_at(end.saturating_sub(1)).is_some() || rest.contains(|c| "\"“”«»".contains(c));
    (inner || outer || aside) && !more
}

/// Joins all that is marked inside one quotation to one content piece from its first to its last mark, if some of it
/// is content and none reaches over the whole already.
fn complete(view: &View<'_>, quotation: &Quotation, pieces: &mut Vec<Piece>) {
    let from = pieces.partition_point(|p| p.span.end <= quotation.inner.start);
    let to = pieces.partition_point(|p| p.span.start < quotation.inner.end);
    if from >= to {
        return;
    }
    let marked = &pieces[from..to];
    let whole = |p: &Piece| p.span.start <= quotation.inner.start && p.span.end >= quotation.inner.end;
    let contents = || marked.iter().filter(|p| p.role == AttributionRole::Content);
    let outside = |p: &Piece| p.role != AttributionRole::Content && !quotation.span.contains(p.span);
    if marked.iter().any(whole) || marked.iter().any(outside) || contents().next().is_none() {
        return;
    }
    let confidence = contents().map(|p| p.confidence).fold(0.0, f32::max);
    let reach = contents().map(|p| p.span).fold(quotation.span, Span::cover);
    let joined = contents().next().and_then(|first| first.over(view, reach));
    if let Some(joined) = joined {
        pieces.splice(from..to, [Piece { confidence: 0.9 * confidence, ..joined }]);
    }
}
