//! Which of the compared reports tell of one happening: two similar events given together stay apart.

use super::scene::Scene;
use crate::cluster::{Edge, average_link};
use crate::words::{folded, root};
use lexicon::Lexicon;
use record::{Story, Upos};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Mean cosine from which groups of reports tell of one happening: between what sentence pairs of two happenings given
/// together and those of one ask for, of 0.02 to 0.11 tried on all of ECB+ topics 1–35 (no part was kept aside).
const TOGETHER: f32 = 0.07;
/// Weight of a name against another word.
const NAME: f64 = 2.0;
/// Reports up to which all pairs are compared; of more, the stories are the parts.
const PAIRS: usize = 300;

/// The part of each report: reports of one part may speak of the same events.
pub(crate) fn parts(scenes: &[Scene], stories: &[Story], lexicon: &Lexicon) -> Vec<usize> {
    let mut part = vec![0; scenes.len()];
    if scenes.len() > PAIRS {
        for (number, story) in stories.iter().enumerate() {
            for article in &story.articles {
                part.get_mut(article.0 as usize).into_iter().for_each(|p| *p = number);
            }
        }
        return part;
    }
    let vectors = vectors(scenes, lexicon);
    let mut edges: Vec<Edge> = Vec::new();
    for (a, x) in vectors.iter().enumerate() {
        edges.extend((a + 1..vectors.len()).map(|b| (a as u32, b as u32, cosine(x, &vectors[b]))));
    }
    for (number, group) in average_link(scenes.len(), &edges, TOGETHER).iter().enumerate() {
        group.iter().for_each(|&report| part[report as usize] = number);
    }
    part
}

type Vector = BTreeMap<u64, f64>;

fn cosine(a: &Vector, b: &Vector) -> f32 {
    a.iter().filter_map(|(term, weight)| b.get(term).map(|other| weight * other)).sum::<f64>() as f32
}

/// Unit vectors of the words that at least two reports have: what all have says nothing of the part.
fn vectors(scenes: &[Scene], lexicon: &Lexicon) -> Vec<Vector> {
    let counts: Vec<BTreeMap<(bool, u64), f64>> = scenes.iter().map(|scene| counts(scene, lexicon)).collect();
    let mut frequency: BTreeMap<(bool, u64), f64> = BTreeMap::new();
    counts.iter().flat_map(BTreeMap::keys).for_each(|term| *frequency.entry(*term).or_default() += 1.0);
    let weight = |term: &(bool, u64), count: f64| {
        let reports = frequency.get(term).copied().filter(|n| *n >= 2.0)?;
        let idf = ((scenes.len() as f64 + 1.0) / (reports + 0.5)).ln().max(0.0);
        Some((1.0 + count.ln()) * idf * if term.0 { NAME } else { 1.0 })
    };
    let vector = |counts: &BTreeMap<(bool, u64), f64>| {
        let mut vector: Vector = counts.iter().filter_map(|(t, n)| Some((t.1, weight(t, *n)?))).collect();
        let norm = vector.values().map(|w| w * w).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        vector.values_mut().for_each(|w| *w /= norm);
        vector
    };
    counts.iter().map(vector).collect()
}

/// How often each term occurs in a report; whether it is a name.
fn counts(scene: &Scene, lexicon: &Lexicon) -> BTreeMap<(bool, u64), f64> {
    let mut counts = BTreeMap::new();
    for (token, span) in scene.report.reading.tokens.iter().enumerate() {
        let Some(kind) = scene.upos(token).filter(|kind| has_topic(*kind)) else { continue };
        let word = folded(&scene.lemma(token));
        if word.chars().count() < 2
            || lexicon.topics.is_stop(&word)
            || scene.report.article.is_boilerplate(*span)
        {
            continue;
        }
        let term = if kind == Upos::Num { word } else { root(&word) };
        let name = kind == Upos::Propn;
        *counts.entry((name, xxh3_64(format!("{name} {term}").as_bytes()))).or_insert(0.0) += 1.0;
    }
    counts
}

fn has_topic(kind: Upos) -> bool {
    matches!(kind, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
}
