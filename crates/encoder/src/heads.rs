//! What is read off the states of words: tags, names, attribution, sentence starts, and the parser's arcs and relations
//! (deep biaffine attention, Dozat and Manning 2017).

use crate::kernel::{Isa, Product};
use crate::lanes;
use crate::stack::{Block, HIDDEN};
use crate::weights::{Linear, Weights, WeightsError};
use crate::{Encoded, Labels};

/// Width of the vectors that score arcs.
const ARC: usize = 192;
/// Width of the vectors that score relations.
const LABEL: usize = 96;
/// Width of a word's four vectors: arc head, arc dependent, label head, label dependent.
const PARTS: usize = 2 * ARC + 2 * LABEL;
/// Score of what cannot be.
const NEVER: f32 = -1e4;
const BLOCK: usize = 48;

/// Weights of the heads.
#[derive(Debug)]
pub(crate) struct Heads {
    heads: Linear,
    parts: Linear,
    root_arc: Vec<f32>,
    root_label: Vec<f32>,
    arc_weight: Vec<f32>,
    arc_bias: Vec<f32>,
    pairs: Linear,
    label_weight: Vec<f32>,
    label_bias: Vec<f32>,
    sizes: [usize; 5],
    relations: usize,
}

impl Heads {
    /// The heads of a weights file.
    pub(crate) fn of(weights: &Weights, labels: &Labels) -> Result<Self, WeightsError> {
        let lists = [&labels.upos, &labels.xpos, &labels.lemma, &labels.names, &labels.attribution];
        let sizes = lists.map(Vec::len);
        let relations = labels.relations.len();
        Ok(Self {
            heads: weights.linear("heads", sizes.iter().sum::<usize>() + 1, HIDDEN)?,
            parts: weights.linear("parts", PARTS, HIDDEN)?,
            root_arc: weights.floats("root.arc", ARC)?,
            root_label: weights.floats("root.label", LABEL)?,
            arc_weight: weights.halves("arc.weight", ARC * ARC)?,
            arc_bias: weights.floats("arc.bias", ARC)?,
            pairs: weights.linear("label.pairs", relations * LABEL, LABEL)?,
            label_weight: weights.halves("label.weight", relations * 2 * LABEL)?,
            label_bias: weights.floats("label.bias", relations)?,
            sizes,
            relations,
        })
    }

    /// Adds the scores of words, given their states.
    #[inline(always)]
    pub(crate) fn read<I: Isa>(
        &self,
        weights: &Weights,
        states: &[f32],
        block: &mut Block,
        out: &mut Encoded,
    ) {
        let mut row = vec![0.0; self.heads.rows];
        let mut parts = vec![0.0; PARTS];
        for states in states.chunks(BLOCK * HIDDEN) {
            let count = states.len() / HIDDEN;
            block.multiply::<I>(weights, &self.heads, states);
            for r in 0..count {
                block.numbers(&self.heads, r, &mut row);
                self.split(&row, out);
            }
            block.multiply::<I>(weights, &self.parts, states);
            for r in 0..count {
                block.numbers(&self.parts, r, &mut parts);
                lanes::gelu(&mut parts);
                out.arc_states.extend_from_slice(&parts);
            }
            out.words += count;
        }
    }

    /// One row of scores to its lists.
    #[inline(always)]
    fn split(&self, row: &[f32], out: &mut Encoded) {
        let (upos, row) = row.split_at(self.sizes[0]);
        let (xpos, row) = row.split_at(self.sizes[1]);
        let (lemma, row) = row.split_at(self.sizes[2]);
        let (names, row) = row.split_at(self.sizes[3]);
        let (attribution, row) = row.split_at(self.sizes[4]);
        out.upos.push(best(upos) as u8);
        out.xpos.push(best(xpos) as u8);
        out.lemma.push(best(lemma) as u16);
        out.names.extend_from_slice(names);
        out.attribution.extend_from_slice(attribution);
        out.sentence_start.push(row[0]);
    }

    /// Arc scores of a sentence, `n × (n + 1)`.
    #[inline(always)]
    pub(crate) fn arcs(&self, states: &[f32]) -> Vec<f32> {
        let count = states.len() / PARTS;
        let wide = (count + 1).next_multiple_of(16);
        let (columns, offsets) = self.arc_heads(states, wide);
        let mut out = Vec::with_capacity(count * (count + 1));
        let mut turned = vec![0.0; ARC];
        let mut row = vec![0.0; wide];
        for (dependent, state) in states.chunks_exact(PARTS).enumerate() {
            turned.fill(0.0);
            for (&x, weights) in state[ARC..2 * ARC].iter().zip(self.arc_weight.chunks_exact(ARC)) {
                add_scaled(&mut turned, x, weights);
            }
            row.copy_from_slice(&offsets);
            for (&x, column) in turned.iter().zip(columns.chunks_exact(wide)) {
                add_scaled(&mut row, x, column);
            }
            row[dependent + 1] = NEVER;
            out.extend_from_slice(&row[..=count]);
        }
        out
    }

    /// Arc-head vectors as columns, the root first, and what each adds to any score.
    #[inline(always)]
    fn arc_heads(&self, states: &[f32], wide: usize) -> (Vec<f32>, Vec<f32>) {
        let (mut columns, mut offsets) = (vec![0.0; ARC * wide], vec![0.0; wide]);
        let words = states.chunks_exact(PARTS).map(|s| &s[..ARC]);
        for (head, vector) in std::iter::once(&self.root_arc[..]).chain(words).enumerate() {
            for (i, &x) in vector.iter().enumerate() {
                columns[i * wide + head] = x;
            }
            offsets[head] = lanes::dot(vector, &self.arc_bias);
        }
        (columns, offsets)
    }

    /// Best relation of each word of a sentence to its head.
    #[inline(always)]
    pub(crate) fn relations<I: Isa>(&self, weights: &Weights, states: &[f32], heads: &[u32]) -> Vec<u8> {
        let count = (states.len() / PARTS).min(heads.len());
        let mut left = vec![0i8; count * self.pairs.depth];
        let mut sums = vec![0i32; 16 * self.pairs.rows];
        let mut out = Vec::with_capacity(count);
        let mut row = vec![0.0; self.relations];
        let steps = (0..count).map(|i| {
            let dependent = &states[i * PARTS + PARTS - LABEL..][..LABEL];
            let left = &mut left[i * self.pairs.depth..][..self.pairs.depth];
            left.fill(I::OFFSET as i8);
            lanes::quantise(dependent, &self.pairs.smooth, I::OFFSET, left)
        });
        let steps: Vec<f32> = steps.collect();
        for start in (0..count).step_by(16) {
            let rows = 16.min(count - start);
            I::product(Product {
                left: &left[start * self.pairs.depth..],
                stride: self.pairs.depth,
                rows,
                depth: self.pairs.depth,
                right: weights.int8(&self.pairs.blocks),
                sums: &self.pairs.sums,
                columns: self.pairs.rows,
                out: &mut sums,
            });
            for (sums, word) in sums.chunks_exact(self.pairs.rows).zip(start..start + rows) {
                let head = self.label_head(states, heads[word]);
                let dependent = &states[word * PARTS + PARTS - LABEL..][..LABEL];
                self.relation_row(sums, steps[word], dependent, head, &mut row);
                out.push(best(&row) as u8);
            }
        }
        out
    }

    fn label_head<'a>(&'a self, states: &'a [f32], head: u32) -> &'a [f32] {
        let word = (head as usize).checked_sub(1);
        let state = word.and_then(|w| states.get(w * PARTS + 2 * ARC..w * PARTS + 2 * ARC + LABEL));
        state.unwrap_or(&self.root_label)
    }

    #[inline(always)]
    fn relation_row(&self, sums: &[i32], step: f32, dependent: &[f32], head: &[f32], out: &mut [f32]) {
        let mut turned = [0.0; LABEL];
        for (label, out) in out.iter_mut().enumerate() {
            let part = label * LABEL..(label + 1) * LABEL;
            lanes::numbers(
                &sums[part.clone()],
                step,
                &self.pairs.scale[part.clone()],
                &self.pairs.bias[part],
                &mut turned,
            );
            let weights = &self.label_weight[label * 2 * LABEL..][..2 * LABEL];
            let alone = lanes::dot(&weights[..LABEL], dependent) + lanes::dot(&weights[LABEL..], head);
            *out = lanes::dot(&turned, head) + alone + self.label_bias[label];
        }
    }
}

/// The states of a range of words, cut to what there is.
pub(crate) fn sentence(encoded: &Encoded, words: std::ops::Range<usize>) -> &[f32] {
    let end = words.end.min(encoded.words);
    let start = words.start.min(end);
    &encoded.arc_states[start * PARTS..end * PARTS]
}

#[inline(always)]
fn add_scaled(row: &mut [f32], by: f32, other: &[f32]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += by * y;
    }
}

/// Index of the largest number, the first of equals.
#[inline(always)]
fn best(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, x) in row.iter().enumerate() {
        if *x > row[best] {
            best = i;
        }
    }
    best
}
