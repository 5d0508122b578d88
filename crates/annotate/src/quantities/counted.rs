//! What a bare number counts.

use crate::grammar::{Cut, Found};
use lexicon::grammar::PieceKind;
use record::{Deprel, NameKind, Quantity, QuantityKind, Reading, Span, TokenRange, Upos};

/// Words looked at behind a number where there is no tree.
const REACH: usize = 4;

/// Fills in what is counted; `None` where the number is no quantity (part of a name, “one” as a pronoun).
pub(super) fn complete(cut: &Cut, reading: &Reading, found: &Found, quantity: &mut Quantity) -> Option<()> {
    if is_age(cut, reading, found, quantity.number) {
        (quantity.kind, quantity.unit) = (QuantityKind::Age, Some("year".into()));
        let name = reading.tokens_in(cut.span(found.start - 2, found.start - 1));
        quantity.head = Some(name.start).filter(|_| !name.is_empty());
        return Some(());
    }
    let parsed = !reading.tree.is_empty() && reading.tree.len() == reading.tokens.len();
    match parsed {
        true => by_tree(cut, reading, cut.span(found.start, found.end), quantity),
        false => by_words(cut, found, quantity),
    }
}

/// The noun that a measure, sum or age belongs to: “man” in “62-year-old man”, “deal” in “$90 million deal”.
pub(super) fn owner(reading: &Reading, span: Span) -> Option<u32> {
    let tokens = reading.tokens_in(span);
    let head = reading.head_of(tokens).filter(|_| reading.tags.len() == reading.tokens.len())?;
    let arc = reading.tree[head];
    let tied = matches!(
        arc.relation,
        Deprel::Nummod
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::Nmod
            | Deprel::NmodUnmarked
            | Deprel::Appos
    );
    arc.head.filter(|h| tied && is_noun(reading, *h as usize))
}

/// “Jane Doe, 62, said”: a small figure between commas behind a person's name.
fn is_age(cut: &Cut, reading: &Reading, found: &Found, number: f64) -> bool {
    let plain = found.end == found.start + 1 && (1.0..=120.0).contains(&number) && number.fract() == 0.0;
    let digits = cut.kind(found.start) == Some(PieceKind::Digits);
    let commas = found.start >= 2
        && cut.written(found.start - 1) == ","
        && matches!(cut.written(found.end), "," | ".");
    if !plain || !commas || !digits {
        return false;
    }
    let before = cut.span(found.start - 2, found.start - 1);
    let names = reading.names.as_slice();
    let at = names.partition_point(|(s, _)| s.end < before.end);
    names.get(at).is_some_and(|(s, n)| s.end == before.end && n.kind == NameKind::Person)
}

fn by_tree(cut: &Cut, reading: &Reading, span: Span, quantity: &mut Quantity) -> Option<()> {
    let tokens = reading.tokens_in(span);
    let number = number_token(reading, tokens)?;
    let one = quantity.number == 1.0 && span.text(cut.text).eq_ignore_ascii_case("one");
    match counted_by(reading, number, tokens) {
        Some(head) if !(one && reading.tree[head].head == Some(number as u32)) => {
            quantity.head = Some(head as u32);
            quantity.unit = Some(lemma(cut, reading, head));
        }
        Some(_) => return None,
        None if one || is_label(reading, number, tokens) => return None,
        None if stands_alone(reading, number) => {}
        None => quantity.kind = QuantityKind::Plain,
    }
    Some(())
}

/// The numeral of an expression that its other words hang on.
fn number_token(reading: &Reading, tokens: TokenRange) -> Option<usize> {
    let outside = |t: &usize| reading.tree[*t].head.is_none_or(|h| !tokens.contains(h as usize));
    let numeral = |t: &usize| reading.tags.get(*t).is_none_or(|tag| tag.upos == Upos::Num);
    let last = tokens.range().rev().find(|t| numeral(t) && outside(t));
    last.or_else(|| tokens.range().rev().find(numeral)).or_else(|| reading.head_of(tokens))
}

/// The noun that a numeral modifies, behind it in the text; or that it is a part of (“24 of the workers”).
fn counted_by(reading: &Reading, number: usize, tokens: TokenRange) -> Option<usize> {
    let arc = reading.tree[number];
    let head = arc.head.map(|h| h as usize).filter(|h| *h >= tokens.end as usize);
    match (arc.relation, head) {
        (Deprel::Nummod, Some(head)) => return Some(head),
        (Deprel::Compound | Deprel::Amod, Some(head)) if is_noun(reading, head) => return Some(head),
        _ => {}
    }
    let of = |t: &usize| {
        reading.children_by(*t, &[Deprel::Case]).any(|c| reading.lemmas.get(c).is_some_and(|l| l == "of"))
    };
    reading.children_by(number, &[Deprel::Nmod]).find(|t| *t > number && is_noun(reading, *t)).filter(of)
}

fn is_noun(reading: &Reading, token: usize) -> bool {
    reading.tags.get(token).is_some_and(|tag| matches!(tag.upos, Upos::Noun | Upos::Propn))
}

/// “Article 5”, “Apollo 11”: the numeral hangs on a name before it.
fn is_label(reading: &Reading, number: usize, tokens: TokenRange) -> bool {
    let arc = reading.tree[number];
    let tied = matches!(
        arc.relation,
        Deprel::Nummod
            | Deprel::Flat
            | Deprel::Compound
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::List
    );
    tied && arc.head.is_some_and(|h| (h as usize) < tokens.start as usize)
}

/// A numeral that is itself what acts or is acted on (“killed 24”).
fn stands_alone(reading: &Reading, number: usize) -> bool {
    let relation = reading.tree[number].relation;
    relation.is_subject() || matches!(relation, Deprel::Obj | Deprel::Root | Deprel::Conj | Deprel::Obl)
}

fn lemma(cut: &Cut, reading: &Reading, token: usize) -> String {
    let known = reading.lemmas.get(token).filter(|l| !l.is_empty() && *l != "_").cloned();
    known.unwrap_or_else(|| singular(reading.word(cut.text, token)))
}

/// Without a tree: the nearest plural behind the number.
fn by_words(cut: &Cut, found: &Found, quantity: &mut Quantity) -> Option<()> {
    let mut words = (found.end..found.end + REACH).take_while(|at| {
        cut.kind(*at) == Some(PieceKind::Letters) && cut.goes_on(*at) && cut.written(*at).len() > 2
    });
    let plural = words.find(|at| is_plural(cut.written(*at)));
    match plural {
        Some(at) => quantity.unit = Some(singular(cut.written(at))),
        None if quantity.number == 1.0 => return None,
        None => quantity.kind = QuantityKind::Plain,
    }
    Some(())
}

fn is_plural(word: &str) -> bool {
    let irregular = matches!(word, "people" | "men" | "women" | "children" | "police");
    let other = word.ends_with("ss") || matches!(word, "was" | "has" | "his" | "this" | "its");
    irregular || (word.ends_with('s') && !other)
}

fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "people" => "person".into(),
        "men" | "women" => lower.replace("men", "man"),
        "children" => "child".into(),
        _ => match lower.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => lower.strip_suffix('s').unwrap_or(&lower).to_owned(),
        },
    }
}
