//! What is read off the states of words: tags, names, attribution, sentence starts, and the vectors with which pairs of words
//! are scored.

mod arcs;
mod links;
mod relations;

use crate::kernel::Isa;
use crate::rows;
use crate::stack::{Block, HIDDEN};
use crate::weights::{Linear, Weights, WeightsError};
use crate::{Encoded, Labels, Link, Linked};
use arcs::Arcs;
use links::{ENDS, Links};
use relations::Relations;

/// Width of the vectors that score arcs.
const ARC: usize = 192;
/// Width of the vectors that score relations.
const LABEL: usize = 96;
/// Width of a word's four vectors: arc head, arc dependent, label head, label dependent.
const PARTS: usize = 2 * ARC + 2 * LABEL;
/// Words that are read together.
const BLOCK: usize = 64;

/// The vectors of one word.
type Parts = [f32; PARTS];

/// Weights of the heads.
#[derive(Debug)]
pub(crate) struct Heads {
    labels: Linear,
    sizes: [usize; 5],
    parts: Linear,
    arcs: Arcs,
    relations: Relations,
    links: Links,
}

impl Heads {
    /// The heads of a weights file.
    pub(crate) fn of(weights: &Weights, labels: &Labels) -> Result<Self, WeightsError> {
        let lists = [&labels.upos, &labels.xpos, &labels.lemma, &labels.names, &labels.attribution];
        let sizes = lists.map(Vec::len);
        Ok(Self {
            labels: weights.linear("heads", sizes.iter().sum::<usize>() + 1, HIDDEN)?,
            sizes,
            parts: weights.linear("parts", PARTS, HIDDEN)?,
            arcs: Arcs::of(weights)?,
            relations: Relations::of(weights, labels.relations.len())?,
            links: Links::of(weights)?,
        })
    }

    /// The scores of words, given their states.
    #[inline(always)]
    pub(crate) fn read<I: Isa>(&self, weights: &Weights, states: &[f32], block: &mut Block) -> Encoded {
        let mut out = Encoded { words: states.len() / HIDDEN, ..Encoded::default() };
        let mut row = vec![0.0; self.labels.rows];
        out.arc_states.resize(out.words * PARTS, 0.0);
        for (states, parts) in states.chunks(BLOCK * HIDDEN).zip(out.arc_states.chunks_mut(BLOCK * PARTS)) {
            vectors::<I>(weights, &self.parts, states, block, parts);
        }
        out.link_states.resize(out.words * ENDS, 0.0);
        for (states, ends) in states.chunks(BLOCK * HIDDEN).zip(out.link_states.chunks_mut(BLOCK * ENDS)) {
            self.links.read::<I>(weights, states, block, ends);
        }
        for states in states.chunks(BLOCK * HIDDEN) {
            block.multiply::<I>(weights, &self.labels, states);
            for word in 0..states.len() / HIDDEN {
                rows::numbers::<I::Lanes>(block.sums(&self.labels, word), &mut row);
                self.split::<I>(&row, &mut out);
            }
        }
        out
    }

    /// One row of scores to its lists.
    #[inline(always)]
    fn split<I: Isa>(&self, row: &[f32], out: &mut Encoded) {
        let (upos, row) = row.split_at(self.sizes[0]);
        let (xpos, row) = row.split_at(self.sizes[1]);
        let (lemma, row) = row.split_at(self.sizes[2]);
        let (names, row) = row.split_at(self.sizes[3]);
        let (attribution, row) = row.split_at(self.sizes[4]);
        out.upos.push(rows::best::<I::Lanes>(upos) as u8);
        out.xpos.push(rows::best::<I::Lanes>(xpos) as u8);
        out.lemma.push(rows::best::<I::Lanes>(lemma) as u16);
        out.names.extend_from_slice(names);
        out.attribution.extend_from_slice(attribution);
        out.sentence_start.push(row[0]);
    }

    /// Arc scores of a sentence, `n × (n + 1)`.
    #[inline(always)]
    pub(crate) fn arcs<I: Isa>(&self, states: &[f32]) -> Vec<f32> {
        self.arcs.scores::<I>(states.as_chunks().0)
    }

    /// Best relation of each word of a sentence to its head.
    #[inline(always)]
    pub(crate) fn relations<I: Isa>(&self, weights: &Weights, states: &[f32], heads: &[u32]) -> Vec<u8> {
        self.relations.best::<I>(weights, states.as_chunks().0, heads)
    }

    /// The best target of the link of each word of a window.
    #[inline(always)]
    pub(crate) fn links<I: Isa>(&self, states: &[f32], link: Link) -> Vec<Linked> {
        self.links.best::<I>(states.as_chunks().0, link)
    }
}

/// A linear layer with the Gaussian error linear unit: one vector a word, as wide as the layer.
#[inline(always)]
fn vectors<I: Isa>(weights: &Weights, layer: &Linear, states: &[f32], block: &mut Block, out: &mut [f32]) {
    block.multiply::<I>(weights, layer, states);
    for (word, vector) in out.chunks_exact_mut(layer.rows).enumerate() {
        rows::activated::<I::Lanes>(block.sums(layer, word), vector);
    }
}

/// The states of a range of words, cut to what there is.
pub(crate) fn sentence(encoded: &Encoded, words: std::ops::Range<usize>) -> &[f32] {
    let end = words.end.min(encoded.words);
    let start = words.start.min(end);
    &encoded.arc_states[start * PARTS..end * PARTS]
}

/// A matrix `[depth][columns]` in strips `[columns / STRIP][depth][STRIP]`, padded with zeros.
fn strips(depth: usize, columns: usize, entry: impl Fn(usize, usize) -> f32) -> Vec<f32> {
    let mut out = vec![0.0; depth * columns.next_multiple_of(rows::STRIP)];
    for (at, out) in out.iter_mut().enumerate() {
        let (strip, row) = (at / (depth * rows::STRIP), at / rows::STRIP % depth);
        let column = strip * rows::STRIP + at % rows::STRIP;
        if column < columns {
            *out = entry(row, column);
        }
    }
    out
}

/// Vectors as the columns of a matrix in strips `[wide / STRIP][depth][STRIP]`.
fn columns<'a>(vectors: impl Iterator<Item = &'a [f32]>, depth: usize, wide: usize) -> Vec<f32> {
    let mut out = vec![0.0; depth * wide];
    for (column, vector) in vectors.enumerate() {
        let strip = out[column / rows::STRIP * rows::STRIP * depth..].as_chunks_mut::<{ rows::STRIP }>().0;
        vector.iter().zip(strip).for_each(|(&x, row)| row[column % rows::STRIP] = x);
    }
    out
}
