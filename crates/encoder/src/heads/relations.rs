//! The relation of each word to its head (deep biaffine attention, Dozat and Manning 2017).

use super::{ARC, LABEL, Parts, strips};
use crate::buffer::Buffer;
use crate::kernel::{Isa, Product};
use crate::rows;
use crate::weights::{Linear, Weights, WeightsError};

/// Most relations, padded.
const MOST: usize = 64;
/// Relations that are scored together.
const TOGETHER: usize = 4;
/// Where the two label vectors are in a word's vectors.
const HEAD: std::ops::Range<usize> = 2 * ARC..2 * ARC + LABEL;
const DEPENDENT: std::ops::RangeFrom<usize> = 2 * ARC + LABEL..;

/// Weights of the relations.
#[derive(Debug)]
pub(super) struct Relations {
    root: Vec<f32>,
    pairs: Linear,
    weight: Vec<f32>,
    bias: Vec<f32>,
    count: usize,
}

impl Relations {
    pub(super) fn of(weights: &Weights, count: usize) -> Result<Self, WeightsError> {
        let mut bias = weights.floats("label.bias", count)?;
        if count > MOST {
            return Err(WeightsError::Tensor { name: "label.bias".to_owned() });
        }
        bias.resize(MOST, 0.0);
        let weight = weights.halves("label.weight", count * 2 * LABEL)?;
        let entry = |row, label| if label < count { weight[label * 2 * LABEL + row] } else { 0.0 };
        Ok(Self {
            root: weights.floats("root.label", LABEL)?,
            pairs: weights.linear("label.pairs", count * LABEL, LABEL)?,
            weight: strips(2 * LABEL, MOST, entry),
            bias,
            count,
        })
    }

    /// Best relation of each word of a sentence to its head (0 = root).
    #[inline(always)]
    pub(super) fn best<I: Isa>(&self, weights: &Weights, words: &[Parts], heads: &[u32]) -> Vec<u8> {
        let mut pairs = Vec::with_capacity(words.len() * 2 * LABEL);
        for (word, &head) in words.iter().zip(heads) {
            let head = (head as usize).checked_sub(1).and_then(|head| words.get(head));
            pairs.extend_from_slice(&word[DEPENDENT]);
            pairs.extend_from_slice(head.map_or(&self.root[..], |head| &head[HEAD]));
        }
        let mut scores = vec![0.0; pairs.len() / (2 * LABEL) * MOST];
        rows::product::<I::Lanes>(&pairs, 2 * LABEL, &self.weight, &self.bias, &mut scores);
        if !pairs.is_empty() {
            self.add_pairs::<I>(weights, &pairs, &mut scores);
        }
        let mut best = Vec::with_capacity(words.len());
        for row in scores.chunks_exact(MOST) {
            best.push(rows::best::<I::Lanes>(&row[..self.count]) as u8);
        }
        best
    }

    /// Adds what dependent and head say together.
    #[inline(always)]
    fn add_pairs<I: Isa>(&self, weights: &Weights, pairs: &[f32], scores: &mut [f32]) {
        let (left, steps) = self.dependents::<I>(pairs);
        let mut sums = Buffer::default();
        sums.resize(steps.len() * TOGETHER * LABEL);
        for first in (0..self.count).step_by(TOGETHER) {
            let columns = first * LABEL..(first + TOGETHER).min(self.count) * LABEL;
            I::product(Product {
                left: &left,
                stride: self.pairs.depth,
                rows: steps.len(),
                depth: self.pairs.depth,
                right: &weights.int8(&self.pairs.blocks)[columns.start * self.pairs.depth..],
                sums: &self.pairs.sums[columns.clone()],
                columns: columns.len(),
                pitch: columns.len(),
                out: &mut sums,
            });
            let rows = sums.chunks_exact(columns.len()).zip(scores.chunks_exact_mut(MOST));
            for ((sums, scores), (pair, &step)) in rows.zip(pairs.chunks_exact(2 * LABEL).zip(&steps)) {
                let scale = self.pairs.scale[columns.clone()].chunks_exact(LABEL);
                for ((sums, scale), score) in sums.chunks_exact(LABEL).zip(scale).zip(&mut scores[first..]) {
                    *score += rows::dot_sums::<I::Lanes>(sums, scale, &pair[LABEL..]) * step;
                }
            }
        }
    }

    /// Quantised label vectors of the dependents, with their steps.
    #[inline(always)]
    fn dependents<I: Isa>(&self, pairs: &[f32]) -> (Buffer<i8>, Vec<f32>) {
        let pairs = pairs.chunks_exact(2 * LABEL);
        let mut left = Buffer::default();
        left.resize(pairs.len() * self.pairs.depth);
        left.fill(I::OFFSET as i8);
        let mut steps = Vec::with_capacity(pairs.len());
        for (row, pair) in left.chunks_exact_mut(self.pairs.depth).zip(pairs) {
            let smooth = &self.pairs.smooth;
            steps.push(rows::quantised::<I::Lanes>(&pair[..LABEL], smooth, I::OFFSET, row));
        }
        (left, steps)
    }
}
