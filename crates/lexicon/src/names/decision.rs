//! One person or two: what speaks for it and against it, weighed by a logistic regression.

use super::person::{By, Comparison, PersonName};
use crate::lines::entries;
use std::collections::HashMap;

/// The learned weights.
#[derive(Debug)]
pub struct Decision {
    weights: [f32; Features::NAMES.len()],
    /// Chance from which two names are joined.
    pub threshold: f32,
}

/// What is seen of two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Features([f32; Self::NAMES.len()]);

impl Decision {
    pub(crate) fn load() -> Self {
        let lines = entries(include_str!("../../data/names/decision.txt")).filter_map(|l| l.split_once(": "));
        let values: HashMap<&str, f32> =
            lines.filter_map(|(name, value)| Some((name, value.parse().ok()?))).collect();
        let weight = |name: &str| values.get(name).copied().unwrap_or(0.0);
        Self { weights: Features::NAMES.map(weight), threshold: weight("threshold") }
    }

    /// Chance that two names are one person's, 0 to 1.
    pub fn chance(&self, features: &Features) -> f32 {
        let sum: f32 = self.weights.iter().zip(features.0).map(|(w, v)| w * v).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl Features {
    /// Names of the features, as the file of weights gives them.
    pub const NAMES: [&'static str; 26] = [
        "bias",
        "worst likeness of the shorter name's words",
        "mean likeness of the shorter name's words",
        "short of equal in the worst word, squared",
        "one word of the shorter name without counterpart",
        "more words of the shorter name without counterpart",
        "words of the longer name without counterpart",
        "both names have words without counterpart",
        "one pair of words only",
        "three pairs of words or more",
        "first words face one another",
        "last words face one another",
        "words in another order",
        "initials for names",
        "letters in words that agree",
        "likeness of first and last words",
        "what the words that agree tell",
        "what words of the shorter name without counterpart tell",
        "what words of the longer name without counterpart tell",
        "what words without counterpart on both sides tell",
        "first words without counterpart",
        "every word of both names has its counterpart",
        "every word of the shorter name has its counterpart, and tells",
        "what the first word tells, if it is without counterpart in the longer name",
        "one pair of words only, last words facing one another",
        "worst likeness of three pairs of words or more",
    ];

    /// The values, in the order of [`Features::NAMES`].
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// What is seen of two names laid side by side.
    pub fn of(a: &PersonName, b: &PersonName, found: &Comparison) -> Self {
        let (left, right) = (a.telling(), b.telling());
        let flip = left.len() > right.len();
        let (short, lone, other) = match flip {
            false => (&left, found.unmatched.0.len(), found.unmatched.1.len()),
            true => (&right, found.unmatched.1.len(), found.unmatched.0.len()),
        };
        let side = |p: &super::person::Facing| if flip { p.right.clone() } else { p.left.clone() };
        let likeness =
            |i: usize| found.pairs.iter().find(|p| side(p).contains(&i)).map_or(0.0, |p| p.likeness);
        let worst = short.iter().map(|&i| likeness(i)).fold(1.0, f32::min);
        let mean = short.iter().map(|&i| likeness(i)).sum::<f32>() / short.len().max(1) as f32;
        let facing = |x: Option<&usize>, y: Option<&usize>| {
            let (Some(&x), Some(&y)) = (x, y) else { return None };
            found.pairs.iter().find(|p| p.left.contains(&x) && p.right.contains(&y)).map(|p| p.likeness)
        };
        let (first, last) = (facing(left.first(), right.first()), facing(left.last(), right.last()));
        let letters: usize = found
            .pairs
            .iter()
            .filter(|p| p.likeness > 0.6)
            .map(|p| p.left.clone().map(|i| a.words[i].plain.chars().count()).sum::<usize>())
            .sum();
        let agreed: f32 = found
            .pairs
            .iter()
            .map(|p| {
                let tells = |name: &PersonName, words: std::ops::Range<usize>| {
                    words.map(|i| name.words[i].weight).sum::<f32>()
                };
                p.likeness * tells(a, p.left.clone()).min(tells(b, p.right.clone()))
            })
            .sum();
        let lost =
            |name: &PersonName, words: &[usize]| words.iter().map(|&i| name.words[i].weight).sum::<f32>();
        let lost = (lost(a, &found.unmatched.0), lost(b, &found.unmatched.1));
        let (lost_short, lost_long) = if flip { (lost.1, lost.0) } else { lost };
        let clash = left.first().is_some_and(|i| found.unmatched.0.contains(i))
            && right.first().is_some_and(|i| found.unmatched.1.contains(i));
        let (long, lost_long_words) = if flip { (a, &found.unmatched.0) } else { (b, &found.unmatched.1) };
        let lost_first = long
            .telling()
            .first()
            .filter(|i| lost_long_words.contains(i))
            .map_or(0.0, |&i| long.words[i].weight);
        let yes = |b: bool| f32::from(u8::from(b));
        let inverted = found.pairs.windows(2).any(|w| w[0].right.start > w[1].right.start);
        Self([
            1.0,
            worst,
            mean,
            (1.0 - worst).powi(2),
            yes(lone == 1),
            yes(lone > 1),
            other.min(4) as f32,
            yes(lone > 0 && other > 0),
            yes(found.pairs.len() <= 1),
            yes(found.pairs.len() > 2),
            yes(first.is_some()),
            yes(last.is_some()),
            yes(inverted),
            yes(found.pairs.iter().any(|p| p.by == By::Initial)),
            (letters as f32 / 10.0).min(3.0),
            first.unwrap_or(0.0) * last.unwrap_or(0.0),
            agreed.min(4.0),
            lost_short.min(3.0),
            lost_long.min(3.0),
            lost_short.min(lost_long),
            yes(clash),
            yes(lone + other == 0),
            if lone == 0 { agreed.min(4.0) * worst.max(0.0) } else { 0.0 },
            lost_first,
            yes(found.pairs.len() <= 1 && last.is_some()),
            if found.pairs.len() > 2 { worst } else { 0.0 },
        ])
    }
}
