//! What is read off the states of words: tags, names, attribution, sentence starts, and the parser's arcs and relations
//! (deep biaffine attention, Dozat and Manning 2017).

use crate::buffer::Buffer;
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
const BLOCK: usize = 64;
/// Most relations, padded.
const LABELS: usize = 64;
/// Relations that are scored together.
const TOGETHER: usize = 4;

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
        let mut label_bias = weights.floats("label.bias", relations)?;
        if relations > LABELS {
            return Err(WeightsError::Tensor { name: "label.bias".to_owned() });
        }
        label_bias.resize(LABELS, 0.0);
        Ok(Self {
            heads: weights.linear("heads", sizes.iter().sum::<usize>() + 1, HIDDEN)?,
            parts: weights.linear("parts", PARTS, HIDDEN)?,
            root_arc: weights.floats("root.arc", ARC)?,
            root_label: weights.floats("root.label", LABEL)?,
            arc_weight: weights.halves("arc.weight", ARC * ARC)?,
            arc_bias: weights.floats("arc.bias", ARC)?,
            pairs: weights.linear("label.pairs", relations * LABEL, LABEL)?,
            label_weight: columns(&weights.halves("label.weight", relations * 2 * LABEL)?),
            label_bias,
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
        let states = states.as_chunks::<PARTS>().0;
        let wide = (states.len() + 1).next_multiple_of(16);
        let (columns, offsets) = self.arc_heads(states, wide);
        let mut out = Vec::with_capacity(states.len() * (states.len() + 1));
        let mut row = vec![0.0; wide];
        for (dependent, state) in states.iter().enumerate() {
            let turned = self.turned(&state[ARC..2 * ARC]);
            for (block, (out, offset)) in
                row.as_chunks_mut::<16>().0.iter_mut().zip(offsets.as_chunks::<16>().0).enumerate()
            {
                *out = *offset;
                let column = columns[16 * block * ARC..].as_chunks::<16>().0;
                turned.iter().zip(column).for_each(|(&x, heads)| lanes::add_scaled(out, x, heads));
            }
            row[dependent + 1] = NEVER;
            out.extend_from_slice(&row[..=states.len()]);
        }
        out
    }

    /// An arc-dependent vector times the arc weights.
    #[inline(always)]
    fn turned(&self, dependent: &[f32]) -> [f32; ARC] {
        let mut out = [0.0; ARC];
        for (part, out) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
            let rows = self.arc_weight.as_chunks::<ARC>().0;
            for (&x, row) in dependent.iter().zip(rows) {
                lanes::add_scaled(out, x, &row[64 * part..][..64]);
            }
        }
        out
    }

    /// Arc-head vectors as columns in blocks of 16 heads, the root first, and what each adds to any score.
    #[inline(always)]
    fn arc_heads(&self, states: &[[f32; PARTS]], wide: usize) -> (Vec<f32>, Vec<f32>) {
        let (mut columns, mut offsets) = (vec![0.0; ARC * wide], vec![0.0; wide]);
        let words = states.iter().map(|state| &state[..ARC]);
        for (head, vector) in std::iter::once(&self.root_arc[..]).chain(words).enumerate() {
            let block = columns[head / 16 * 16 * ARC..].as_chunks_mut::<16>().0;
            vector.iter().zip(block).for_each(|(&x, heads)| heads[head % 16] = x);
            offsets[head] = lanes::dot(vector, &self.arc_bias);
        }
        (columns, offsets)
    }

    /// Best relation of each word of a sentence to its head.
    #[inline(always)]
    pub(crate) fn relations<I: Isa>(&self, weights: &Weights, states: &[f32], heads: &[u32]) -> Vec<u8> {
        let states = states.as_chunks::<PARTS>().0;
        let words: Vec<Word> = states.iter().zip(heads).map(|(s, &h)| self.word(states, s, h)).collect();
        let (left, steps) = self.dependents::<I>(&words);
        let mut scores = vec![0.0; words.len() * self.relations];
        let mut sums = Buffer::default();
        sums.resize(words.len() * TOGETHER * LABEL);
        for first in (0..self.relations).step_by(TOGETHER) {
            let some = TOGETHER.min(self.relations - first);
            let columns = first * LABEL..(first + some) * LABEL;
            if !words.is_empty() {
                I::product(Product {
                    left: &left,
                    stride: self.pairs.depth,
                    rows: words.len(),
                    depth: self.pairs.depth,
                    right: &weights.int8(&self.pairs.blocks)[columns.start * self.pairs.depth..],
                    sums: &self.pairs.sums[columns.clone()],
                    columns: columns.len(),
                    pitch: columns.len(),
                    out: &mut sums,
                });
            }
            let rows = sums.chunks_exact(columns.len()).zip(scores.chunks_exact_mut(self.relations));
            for ((sums, scores), (word, &step)) in rows.zip(words.iter().zip(&steps)) {
                let scale = self.pairs.scale[columns.clone()].as_chunks::<LABEL>().0;
                let labels = sums.as_chunks::<LABEL>().0.iter().zip(scale);
                for ((sums, scale), score) in labels.zip(&mut scores[first..]) {
                    *score = lanes::dot_sums(sums, scale, word.head) * step;
                }
            }
        }
        scores.chunks_exact_mut(self.relations).zip(&words).map(|(row, word)| self.label(row, word)).collect()
    }

    /// The label vectors of a word and of its head.
    fn word<'a>(&'a self, states: &'a [[f32; PARTS]], state: &'a [f32; PARTS], head: u32) -> Word<'a> {
        let head = (head as usize).checked_sub(1).and_then(|word| states.get(word));
        let head = head.map_or(&self.root_label[..], |state| &state[2 * ARC..2 * ARC + LABEL]);
        Word { dependent: &state[2 * ARC + LABEL..], head }
    }

    /// Quantised label vectors of the dependents, with their steps.
    #[inline(always)]
    fn dependents<I: Isa>(&self, words: &[Word]) -> (Buffer<i8>, Vec<f32>) {
        let mut left = Buffer::default();
        left.resize(words.len() * self.pairs.depth);
        left.fill(I::OFFSET as i8);
        let rows = left.chunks_exact_mut(self.pairs.depth).zip(words);
        let steps =
            rows.map(|(row, word)| lanes::quantise(word.dependent, &self.pairs.smooth, I::OFFSET, row));
        let steps = steps.collect();
        (left, steps)
    }

    /// Adds what each vector says alone to the scores of the pair, and picks the best label.
    #[inline(always)]
    fn label(&self, scores: &mut [f32], word: &Word) -> u8 {
        let mut alone = [0.0; LABELS];
        alone.copy_from_slice(&self.label_bias);
        let rows = self.label_weight.as_chunks::<LABELS>().0;
        for (&x, row) in word.dependent.iter().chain(word.head).zip(rows) {
            lanes::add_scaled(&mut alone, x, row);
        }
        lanes::add(scores, &alone);
        best(scores) as u8
    }
}

/// Label vectors of a word and of its head.
struct Word<'a> {
    dependent: &'a [f32],
    head: &'a [f32],
}

/// The rows of a matrix of `2 · LABEL` columns as columns of [`LABELS`] entries.
fn columns(rows: &[f32]) -> Vec<f32> {
    let mut out = vec![0.0; 2 * LABEL * LABELS];
    for (label, row) in rows.chunks_exact(2 * LABEL).take(LABELS).enumerate() {
        row.iter().enumerate().for_each(|(i, &x)| out[i * LABELS + label] = x);
    }
    out
}

/// The states of a range of words, cut to what there is.
pub(crate) fn sentence(encoded: &Encoded, words: std::ops::Range<usize>) -> &[f32] {
    let end = words.end.min(encoded.words);
    let start = words.start.min(end);
    &encoded.arc_states[start * PARTS..end * PARTS]
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
