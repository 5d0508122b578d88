//! Links between the words of a window: dot products of what each word says as one end and as the other.

use super::columns;
use crate::kernel::Isa;
use crate::rows::{self, STRIP};
use crate::stack::{Block, HIDDEN};
use crate::weights::{Linear, Weights, WeightsError};
use crate::{Link, Linked};

/// Width of a word's vector for one end of one kind of link.
const END: usize = 64;
/// Kinds of links.
const KINDS: usize = 3;
/// Width of all vectors of a word.
pub(super) const ENDS: usize = KINDS * 2 * END;

/// Weights of the links.
#[derive(Debug)]
pub(super) struct Links {
    layer: Linear,
    /// Score of a link that goes nowhere, for each kind.
    nowhere: Vec<f32>,
}

impl Links {
    pub(super) fn of(weights: &Weights) -> Result<Self, WeightsError> {
        Ok(Self {
            layer: weights.linear("links", ENDS, HIDDEN)?,
            nowhere: weights.floats("links.none", KINDS)?,
        })
    }

    /// The vectors of words, given their states.
    #[inline(always)]
    pub(super) fn read<I: Isa>(&self, weights: &Weights, states: &[f32], block: &mut Block, out: &mut [f32]) {
        block.multiply::<I>(weights, &self.layer, states);
        for (word, ends) in out.chunks_exact_mut(ENDS).enumerate() {
            rows::numbers::<I::Lanes>(block.sums(&self.layer, word), ends);
        }
    }

    /// The best target of each word's link: an antecedent stands before its word, sources and cues anywhere.
    #[inline(always)]
    pub(super) fn best<I: Isa>(&self, words: &[[f32; ENDS]], link: Link) -> Vec<Linked> {
        let (near, wide) = (link as usize * 2 * END, words.len().next_multiple_of(STRIP).max(STRIP));
        let nowhere = self.nowhere.get(link as usize).copied().unwrap_or(0.0);
        let mut ones = Vec::with_capacity(words.len() * END);
        words.iter().for_each(|ends| ones.extend_from_slice(&ends[near..near + END]));
        let others = columns(words.iter().map(|ends| &ends[near + END..near + 2 * END]), END, wide);
        let mut scores = vec![0.0; words.len() * wide];
        rows::product::<I::Lanes>(&ones, END, &others, &vec![0.0; wide], &mut scores);
        let rows = scores.chunks_exact(wide).enumerate();
        let targets = |word| if link == Link::Antecedent { word } else { words.len() };
        rows.map(|(word, scores)| first_of_two(nowhere, &scores[..targets(word)])).collect()
    }
}

/// The best of the scores, if it is better than going nowhere, and how far it is above the next.
fn first_of_two(nowhere: f32, scores: &[f32]) -> Linked {
    let (mut best, mut next, mut target) = (nowhere, f32::NEG_INFINITY, None);
    for (word, &score) in scores.iter().enumerate() {
        if score > best {
            (next, best, target) = (best, score, Some(word as u32));
        } else if score > next {
            next = score;
        }
    }
    Linked { target, margin: best - next }
}
