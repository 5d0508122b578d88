//! How likely two facts of different reports answer one question.
//!
//! A logistic regression over what the facts share, one for numbers and one for times. The weights were fitted on all pairs of
//! extracted values of the development gold of comparing (fifteen stories, 1,300 pairs of numbers and 400 of times that a
//! reader put under one question). Features were compared by leaving one story out; the weights and the thresholds of `align`
//! then come from all fifteen, so figures on these stories flatter it.

use super::fact::Fact;
use super::scene::{Context, similarity};
use record::{QuantityKind, Slot};
use std::collections::BTreeSet;

/// What it adds to the odds (in nats) that each of two reports gives one number of such things only. Chosen, not fitted.
const SOLE: f64 = 1.5;

/// The same for numbers of which the smaller is at least this share of the larger.
const SIMILAR: f64 = 0.4;

/// The same for the figures of two reports for one fate of people: “11 dead”, “the toll stood at 14”. Chosen, not fitted.
const TALLY: f64 = 2.0;

/// What such figures count as for how near they are to one another: tolls grow.
const GROWING: f64 = 0.6;

/// What it adds that lengths of time belong to one noun of which each report gives no other. Chosen, not fitted.
const OWNED: f64 = 1.0;

/// What the sentences of facts say, for comparing them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// Weights of its words: unit length.
    pub(crate) words: Context,
    /// Its vector; empty where too many sentences would have to be encoded.
    pub(crate) vector: Vec<f32>,
}

/// Chance that two facts answer one question, 0 to 1.
pub(crate) fn same_question(x: &Fact, y: &Fact, sentences: &[Sentence], idf: &dyn Fn(u64) -> f64) -> f64 {
    let (a, b) = (&sentences[x.sentence], &sentences[y.sentence]);
    let words = similarity(&a.words, &b.words);
    let meaning = vectors(a, b).unwrap_or(words);
    let context = similarity(&x.context, &y.context);
    let governor = x.event.is_some() && x.event == y.event;
    let mentioned = |x: &Fact, y: &Fact| x.event.is_some_and(|event| y.context.contains_key(&event));
    let mentioned = !governor && (mentioned(x, y) || mentioned(y, x));
    let near = weighted(&x.window, &y.window, idf);
    let described = share(&x.described, &y.described);
    let at = |on: bool, weight: f64| if on { weight } else { 0.0 };
    let logit = if is_time(x) {
        -3.77 + 0.47 * context + at(mentioned, 0.33) + at(governor, 1.22) - 0.78 * described
            + 0.54 * words
            + 3.07 * meaning
            + 0.23 * near
            + at(!x.arguments.is_disjoint(&y.arguments), 0.68)
            + at(x.slot == Slot::Duration, 0.62)
            + at(is_sole(x, y), OWNED)
    } else {
        let heads = x.head.zip(y.head);
        let counted = x.slot == Slot::Count;
        let disjoint = !x.described.is_empty() && !y.described.is_empty() && described == 0.0;
        let plain = [x, y].iter().any(|f| f.kind == Some(QuantityKind::Plain));
        let entities = |f: &Fact| f.entities.clone();
        let tally = is_tally(x, y);
        let measured = x.dimension.is_some() && x.dimension == y.dimension && is_sole(x, y);
        let near_in_number = if tally || measured { ratio(x, y).max(GROWING) } else { ratio(x, y) };
        -6.82
            + 1.54 * context
            + at(!entities(x).is_disjoint(&entities(y)), 0.72)
            + at(mentioned, 0.37)
            + at(governor, 0.45)
            + at(counted && heads.is_some_and(|(a, b)| a == b), 0.44)
            + at(counted && !tally && heads.is_some_and(|(a, b)| a != b), -0.56)
            + at(counted && heads.is_none(), -0.33)
            + at(tally, TALLY)
            + at(!tally && is_sole(x, y) && near_in_number >= SIMILAR, SOLE)
            + at(x.kind == y.kind, 0.56)
            - 0.42 * described
            + at(disjoint, -0.56)
            + at(plain, 1.23)
            + 3.92 * near_in_number
            + at(x.number().min(y.number()) <= 3.0, -0.43)
            + at(!counted, 0.39)
            + 0.44 * words
            + 2.24 * meaning
            + 1.04 * near
    };
    1.0 / (1.0 + (-logit).exp())
}

/// Whether each of two reports gives no other number of such things, or of things in such an event.
pub(crate) fn is_sole(x: &Fact, y: &Fact) -> bool {
    let things = x.sole.is_some() && x.sole == y.sole;
    let event = x.sole_event.is_some() && x.sole_event == y.sole_event;
    things || event
}

/// Whether two facts are their reports' figures for one fate of people.
pub(crate) fn is_tally(x: &Fact, y: &Fact) -> bool {
    let things = || x.fate.is_some_and(|fate| !fate.starts_with('@')) || x.head == y.head;
    x.tally && y.tally && x.fate == y.fate && things()
}

/// Whether a fact is a point or stretch of time.
pub(crate) fn is_time(fact: &Fact) -> bool {
    matches!(fact.slot, Slot::Date | Slot::Time | Slot::Duration)
}

/// Cosine of the sentences' vectors.
fn vectors(a: &Sentence, b: &Sentence) -> Option<f64> {
    let known = !a.vector.is_empty() && !b.vector.is_empty();
    known.then(|| f64::from(a.vector.iter().zip(&b.vector).map(|(x, y)| x * y).sum::<f32>()))
}

/// Share of the weight of two sets' words that both have.
fn weighted(a: &BTreeSet<u64>, b: &BTreeSet<u64>, idf: &dyn Fn(u64) -> f64) -> f64 {
    let all: f64 = a.union(b).map(|key| idf(*key)).sum();
    if all > 0.0 { a.intersection(b).map(|key| idf(*key)).sum::<f64>() / all } else { 0.0 }
}

/// Share of two sets' members that both have (Jaccard).
fn share(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let all = a.union(b).count();
    if all > 0 { a.intersection(b).count() as f64 / all as f64 } else { 0.0 }
}

/// The smaller number as a share of the larger: 1 for equal numbers, near 0 for numbers far apart.
pub(crate) fn ratio(x: &Fact, y: &Fact) -> f64 {
    let (a, b) = match x.value.unit() == y.value.unit() {
        true => (x.number(), y.number()),
        false => (x.number() * x.value.measure().1, y.number() * y.value.measure().1),
    };
    let (low, high) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    if low > 0.0 && (a > 0.0) == (b > 0.0) { low / high } else { 0.5 }
}
