//! Scores of every word as the head of every other (deep biaffine attention, Dozat and Manning 2017).

use super::{ARC, Parts, columns, strips};
use crate::kernel::Isa;
use crate::rows::{self, STRIP};
use crate::weights::{Weights, WeightsError};

/// Score of what cannot be.
const NEVER: f32 = -1e4;

/// Weights of the arcs.
#[derive(Debug)]
pub(super) struct Arcs {
    root: Vec<f32>,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Arcs {
    pub(super) fn of(weights: &Weights) -> Result<Self, WeightsError> {
        let weight = weights.halves("arc.weight", ARC * ARC)?;
        Ok(Self {
            root: weights.floats("root.arc", ARC)?,
            weight: strips(ARC, ARC, |row, column| weight[row * ARC + column]),
            bias: weights.floats("arc.bias", ARC)?,
        })
    }

    /// Scores of a sentence, `n × (n + 1)`: one row a dependent, the root first.
    #[inline(always)]
    pub(super) fn scores<I: Isa>(&self, words: &[Parts]) -> Vec<f32> {
        let wide = (words.len() + 1).next_multiple_of(STRIP);
        let (columns, offsets) = self.heads::<I>(words, wide);
        let mut dependents = Vec::with_capacity(words.len() * ARC);
        words.iter().for_each(|word| dependents.extend_from_slice(&word[ARC..2 * ARC]));
        let mut turned = vec![0.0; words.len() * ARC];
        rows::product::<I::Lanes>(&dependents, ARC, &self.weight, &[0.0; ARC], &mut turned);
        let mut scores = vec![0.0; words.len() * wide];
        rows::product::<I::Lanes>(&turned, ARC, &columns, &offsets, &mut scores);
        let mut out = Vec::with_capacity(words.len() * (words.len() + 1));
        for (dependent, row) in scores.chunks_exact_mut(wide).enumerate() {
            row[dependent + 1] = NEVER;
            out.extend_from_slice(&row[..=words.len()]);
        }
        out
    }

    /// Arc-head vectors as columns in strips, the root first, and what each adds to any score.
    #[inline(always)]
    fn heads<I: Isa>(&self, words: &[Parts], wide: usize) -> (Vec<f32>, Vec<f32>) {
        let vectors = || std::iter::once(&self.root[..]).chain(words.iter().map(|word| &word[..ARC]));
        let mut offsets = vec![0.0; wide];
        for (vector, offset) in vectors().zip(&mut offsets) {
            *offset = rows::dot::<I::Lanes>(vector, &self.bias);
        }
        (columns(vectors(), ARC, wide), offsets)
    }
}
