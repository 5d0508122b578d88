//! A stack of transformer layers (Vaswani et al. 2017; MiniLM, Wang et al. 2020) over rows of all sequences at once.

use crate::buffer::Buffer;
use crate::kernel::{Isa, Product};
use crate::rows::{self, Keys, Sums};
use crate::weights::{Linear, Weights, WeightsError};

/// Width of a row.
pub(crate) const HIDDEN: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = HIDDEN / HEADS;
const INNER: usize = 1536;
const SHAPES: usize = 8;
/// Rows that go through a layer's matrices together.
const BLOCK: usize = 32;
/// Unused numbers between rows of sums, so that rows do not fall on the same lines of the cache.
const PAD: usize = 16;
/// Queries whose shares are computed together.
const QUERIES: usize = 32;

/// Weights of a layer stack.
#[derive(Debug)]
pub(crate) struct Stack {
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    qkv: Linear,
    o: Linear,
    ln1: Norm,
    f1: Linear,
    f2: Linear,
    ln2: Norm,
}

/// Sequences one after another: pieces, shapes, and where each sequence ends.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) pieces: Vec<u16>,
    pub(crate) shapes: Vec<u8>,
    pub(crate) ends: Vec<usize>,
}

impl Batch {
    /// Adds a piece.
    pub(crate) fn push(&mut self, piece: u16, shape: u8) {
        self.pieces.push(piece);
        self.shapes.push(shape);
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.pieces.clear();
        self.shapes.clear();
        self.ends.clear();
    }
}

/// Buffers of one run, reused.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// States of all rows, `rows × HIDDEN`.
    pub(crate) states: Buffer<f32>,
    /// States of words, gathered.
    pub(crate) words: Vec<f32>,
    context: Buffer<f32>,
    heads: Buffer<i8>,
    steps: Buffer<f32>,
    attention: Attention,
    pub(crate) block: Block,
}

/// Buffers of a block of rows in a linear layer.
#[derive(Debug, Default)]
pub(crate) struct Block {
    left: Buffer<i8>,
    inner: Buffer<i8>,
    steps: Buffer<f32>,
    sums: Buffer<i32>,
    row: Buffer<f32>,
}

#[derive(Debug, Default)]
struct Attention {
    count: usize,
    keys: Buffer<i8>,
    key_sums: Buffer<i32>,
    key_steps: Buffer<f32>,
    scores: Buffer<f32>,
    values: Buffer<i8>,
    value_steps: Buffer<f32>,
    sums: Buffer<i32>,
    rows: Buffer<f32>,
    shares: Buffer<i8>,
    steps: Buffer<f32>,
}

impl Stack {
    /// The stack whose tensors begin with `prefix`.
    pub(crate) fn of(
        weights: &Weights,
        prefix: &str,
        positions: usize,
        shaped: bool,
    ) -> Result<Self, WeightsError> {
        let norm = |name: String| -> Result<Norm, WeightsError> {
            let weight = weights.floats(&format!("{name}.weight"), HIDDEN)?;
            Ok(Norm { weight, bias: weights.floats(&format!("{name}.bias"), HIDDEN)? })
        };
        let layer = |i: usize| -> Result<Layer, WeightsError> {
            let linear =
                |name: &str, rows, depth| weights.linear(&format!("{prefix}{i}.{name}"), rows, depth);
            Ok(Layer {
                qkv: linear("qkv", 3 * HIDDEN, HIDDEN)?,
                o: linear("o", HIDDEN, HIDDEN)?,
                ln1: norm(format!("{prefix}{i}.ln1"))?,
                f1: linear("f1", INNER, HIDDEN)?,
                f2: linear("f2", HIDDEN, INNER)?,
                ln2: norm(format!("{prefix}{i}.ln2"))?,
            })
        };
        let count = (0..).take_while(|i| weights.has(&format!("{prefix}{i}.qkv"))).count().max(1);
        let shapes =
            if shaped { weights.floats(&format!("{prefix}shapes"), SHAPES * HIDDEN)? } else { vec![] };
        Ok(Self {
            positions: weights.halves(&format!("{prefix}positions"), positions * HIDDEN)?,
            shapes,
            norm: norm(format!("{prefix}norm"))?,
            layers: (0..count).map(layer).collect::<Result<_, _>>()?,
        })
    }

    /// Last states of every row of a batch, into `scratch.states`.
    #[inline(always)]
    pub(crate) fn run<I: Isa>(&self, weights: &Weights, table: &Table, batch: &Batch, scratch: &mut Scratch) {
        self.embed::<I>(weights, table, batch, &mut scratch.states);
        scratch.context.resize(scratch.states.len());
        for layer in &self.layers {
            layer.project::<I>(weights, scratch);
            let mut start = 0;
            for &end in &batch.ends {
                attend::<I>(start..end, scratch);
                start = end;
            }
            layer.transform::<I>(weights, scratch);
        }
    }

    #[inline(always)]
    fn embed<I: Isa>(&self, weights: &Weights, table: &Table, batch: &Batch, states: &mut Buffer<f32>) {
        states.resize(batch.pieces.len() * HIDDEN);
        let (mut position, mut sequence) = (0, 0);
        for (at, row) in states.chunks_exact_mut(HIDDEN).enumerate() {
            if batch.ends[sequence] == at {
                (position, sequence) = (0, sequence + 1);
            }
            table.row::<I>(weights, batch.pieces[at], row);
            rows::add::<I::Lanes>(row, &self.positions[position * HIDDEN..][..HIDDEN]);
            if !self.shapes.is_empty() {
                rows::add::<I::Lanes>(row, &self.shapes[usize::from(batch.shapes[at]) * HIDDEN..][..HIDDEN]);
            }
            rows::normalise::<I::Lanes>(row, &self.norm.weight, &self.norm.bias);
            position += 1;
        }
    }
}

impl Layer {
    /// Queries, keys and values of every row: int8 with a step for each head.
    #[inline(always)]
    fn project<I: Isa>(&self, weights: &Weights, scratch: &mut Scratch) {
        let Scratch { states, heads, steps, block, .. } = scratch;
        let rows = states.len() / HIDDEN;
        heads.resize(rows * 3 * HIDDEN);
        steps.resize(rows * 3 * HEADS);
        let outs = heads.chunks_mut(BLOCK * 3 * HIDDEN).zip(steps.chunks_mut(BLOCK * 3 * HEADS));
        for (states, (heads, steps)) in states.chunks(BLOCK * HIDDEN).zip(outs) {
            block.multiply::<I>(weights, &self.qkv, states);
            let outs = heads.chunks_exact_mut(3 * HIDDEN).zip(steps.chunks_exact_mut(3 * HEADS));
            for (row, (heads, steps)) in outs.enumerate() {
                let sums = block.sums(&self.qkv, row);
                rows::parts_quantised::<I::Lanes>(sums, (I::OFFSET, HEADS), steps, heads);
            }
        }
    }

    /// Output projection and feed-forward, each added to the states and normalised.
    #[inline(always)]
    fn transform<I: Isa>(&self, weights: &Weights, scratch: &mut Scratch) {
        let Scratch { states, context, block, .. } = scratch;
        for (states, context) in states.chunks_mut(BLOCK * HIDDEN).zip(context.chunks(BLOCK * HIDDEN)) {
            block.multiply::<I>(weights, &self.o, context);
            block.add_normalised::<I>(&self.o, &self.ln1, states);
            block.multiply::<I>(weights, &self.f1, states);
            block.widen::<I>(&self.f1, &self.f2.smooth);
            block.multiply_inner::<I>(weights, &self.f2);
            block.add_normalised::<I>(&self.f2, &self.ln2, states);
        }
    }
}

impl Block {
    /// Quantises rows and multiplies them with a matrix.
    #[inline(always)]
    pub(crate) fn multiply<I: Isa>(&mut self, weights: &Weights, linear: &Linear, rows: &[f32]) {
        let count = rows.len() / HIDDEN;
        self.left.resize(count * linear.depth);
        self.steps.resize(count);
        let left = self.left.chunks_exact_mut(linear.depth);
        for ((row, left), step) in rows.chunks_exact(HIDDEN).zip(left).zip(self.steps.iter_mut()) {
            *step = rows::quantised::<I::Lanes>(row, &linear.smooth, I::OFFSET, left);
        }
        product::<I>(weights, linear, &self.left, count, &mut self.sums);
    }

    /// One row of the last product.
    #[inline(always)]
    pub(crate) fn sums<'a>(&'a self, linear: &'a Linear, row: usize) -> Sums<'a> {
        let sums = &self.sums[row * (linear.rows + PAD)..][..linear.rows];
        Sums::new(sums, self.steps[row], &linear.scale, &linear.bias)
    }

    /// Activation of the wide rows, quantised for the way back.
    #[inline(always)]
    fn widen<I: Isa>(&mut self, linear: &Linear, smooth: &[f32]) {
        self.inner.resize(self.steps.len() * INNER);
        self.row.resize(INNER);
        let sums = self.sums.chunks_exact(INNER + PAD).zip(self.inner.chunks_exact_mut(INNER));
        for ((sums, inner), step) in sums.zip(self.steps.iter_mut()) {
            let sums = Sums::new(&sums[..INNER], *step, &linear.scale, &linear.bias);
            *step = rows::activated_quantised::<I::Lanes>(sums, smooth, I::OFFSET, &mut self.row, inner);
        }
    }

    #[inline(always)]
    fn multiply_inner<I: Isa>(&mut self, weights: &Weights, linear: &Linear) {
        product::<I>(weights, linear, &self.inner, self.steps.len(), &mut self.sums);
    }

    /// Adds the numbers of the last product to the states and normalises them.
    #[inline(always)]
    fn add_normalised<I: Isa>(&self, linear: &Linear, norm: &Norm, states: &mut [f32]) {
        for (row, state) in states.chunks_exact_mut(HIDDEN).enumerate() {
            let sums = self.sums(linear, row);
            rows::add_normalised::<I::Lanes>(sums, state, &norm.weight, &norm.bias);
        }
    }
}

/// Product of quantised rows with a matrix of the weights file.
#[inline(always)]
fn product<I: Isa>(weights: &Weights, linear: &Linear, left: &[i8], rows: usize, out: &mut Buffer<i32>) {
    out.resize(rows * (linear.rows + PAD));
    I::product(Product {
        left,
        stride: linear.depth,
        rows,
        depth: linear.depth,
        right: weights.int8(&linear.blocks),
        sums: &linear.sums,
        columns: linear.rows,
        pitch: linear.rows + PAD,
        out,
    });
}

/// Attention of one sequence, head by head, into `scratch.context`.
#[inline(always)]
fn attend<I: Isa>(rows: std::ops::Range<usize>, scratch: &mut Scratch) {
    let Scratch { context, heads, steps, attention, .. } = scratch;
    let heads = &heads[rows.start * 3 * HIDDEN..rows.end * 3 * HIDDEN];
    let steps = &steps[rows.start * 3 * HEADS..rows.end * 3 * HEADS];
    let context = &mut context[rows.start * HIDDEN..rows.end * HIDDEN];
    attention.begin(rows.len());
    for head in 0..HEADS {
        attention.pack_keys::<I>(heads, steps, head);
        attention.pack_values(heads, steps, head, I::DEPTH);
        let queries = heads.chunks(QUERIES * 3 * HIDDEN).zip(steps.chunks(QUERIES * 3 * HEADS));
        for ((heads, steps), context) in queries.zip(context.chunks_mut(QUERIES * HIDDEN)) {
            attention.queries::<I>(heads, steps, head);
            attention.gather::<I>(head, context);
        }
    }
}

impl Attention {
    /// Room for a number of keys; what is not there has no score.
    fn begin(&mut self, keys: usize) {
        let wide = keys.next_multiple_of(16);
        self.count = keys;
        self.keys.clear(wide * HEAD);
        self.key_sums.clear(wide);
        self.key_steps.clear(wide);
        self.value_steps.clear(wide);
        self.scores.clear(wide);
        self.scores[keys..].fill(rows::ABSENT);
        self.shares.clear(QUERIES * keys.next_multiple_of(64));
        self.values.clear(keys.next_multiple_of(64) * HEAD);
        self.rows.resize(QUERIES * wide);
        self.sums.resize(QUERIES * wide.max(HEAD));
    }

    /// Keys of a head in blocks `[keys / 16][HEAD / 4][16][4]`.
    #[inline(always)]
    fn pack_keys<I: Isa>(&mut self, heads: &[i8], steps: &[f32], head: usize) {
        let keys = heads.as_chunks::<{ 3 * HIDDEN }>().0.chunks(16);
        for (keys, block) in keys.zip(self.keys.as_chunks_mut::<{ 16 * HEAD }>().0) {
            for (i, key) in keys.iter().enumerate() {
                let fours = key[HIDDEN + head * HEAD..][..HEAD].as_chunks::<4>().0;
                for (four, out) in fours.iter().zip(block.as_chunks_mut::<64>().0) {
                    out[4 * i..4 * i + 4].copy_from_slice(four);
                }
            }
        }
        for (row, step) in steps.as_chunks::<{ 3 * HEADS }>().0.iter().zip(self.key_steps.iter_mut()) {
            *step = row[HEADS + head];
        }
        if I::OFFSET != 0 {
            for (row, sum) in heads.as_chunks::<{ 3 * HIDDEN }>().0.iter().zip(self.key_sums.iter_mut()) {
                *sum = row[HIDDEN + head * HEAD..][..HEAD].iter().map(|&k| i32::from(k)).sum();
            }
        }
    }

    /// Values of a head in blocks `[HEAD / 16][values / 4][16][4]`.
    #[inline(always)]
    fn pack_values(&mut self, heads: &[i8], steps: &[f32], head: usize, depth: usize) {
        let rows = heads.as_chunks::<{ 3 * HIDDEN }>().0;
        let padded = rows.len().next_multiple_of(depth);
        let (left, right) = self.values[..padded * HEAD].split_at_mut(16 * padded);
        let out = left.as_chunks_mut::<64>().0.iter_mut().zip(right.as_chunks_mut::<64>().0);
        for (rows, (left, right)) in rows.chunks(4).zip(out) {
            let mut four = [[0i8; HEAD]; 4];
            for (four, row) in four.iter_mut().zip(rows) {
                four.copy_from_slice(&row[2 * HIDDEN + head * HEAD..][..HEAD]);
            }
            for i in 0..16 {
                for (j, row) in four.iter().enumerate() {
                    left[4 * i + j] = row[i];
                    right[4 * i + j] = row[16 + i];
                }
            }
        }
        for (row, step) in steps.as_chunks::<{ 3 * HEADS }>().0.iter().zip(self.value_steps.iter_mut()) {
            *step = row[2 * HEADS + head];
        }
    }

    /// Shares of the values for a few queries.
    #[inline(always)]
    fn queries<I: Isa>(&mut self, heads: &[i8], steps: &[f32], head: usize) {
        let count = heads.len() / (3 * HIDDEN);
        let (wide, depth) = (self.scores.len(), self.count.next_multiple_of(I::DEPTH));
        I::product(Product {
            left: &heads[head * HEAD..],
            stride: 3 * HIDDEN,
            rows: count,
            depth: HEAD,
            right: &self.keys,
            sums: &self.key_sums,
            columns: wide,
            pitch: wide,
            out: &mut self.sums,
        });
        let keys = Keys { steps: &self.key_steps, scores: &self.scores, values: &self.value_steps };
        let (mut tops, mut totals) = ([0.0; QUERIES], [(0.0, 0.0); QUERIES]);
        let sums = self.sums.chunks_exact(wide).zip(self.rows.chunks_exact_mut(wide));
        for ((sums, row), top) in sums.zip(&mut tops[..count]) {
            *top = rows::scores::<I::Lanes>(sums, keys, row);
        }
        let steps = steps.chunks_exact(3 * HEADS).map(|steps| steps[head]).zip(tops);
        for ((row, (step, top)), total) in self.rows.chunks_exact_mut(wide).zip(steps).zip(&mut totals) {
            *total = rows::powers::<I::Lanes>(row, step, top, keys);
        }
        self.steps.resize(count);
        let rows = self.rows.chunks_exact(wide).zip(totals);
        let outs = self.shares.chunks_mut(depth.max(1)).zip(self.steps.iter_mut());
        for ((row, (most, total)), (shares, step)) in rows.zip(outs) {
            *step = rows::rounded::<I::Lanes>(row, most, 0, shares) / total;
        }
    }

    /// Sums of the values by their shares.
    #[inline(always)]
    fn gather<I: Isa>(&mut self, head: usize, context: &mut [f32]) {
        let depth = self.count.next_multiple_of(I::DEPTH);
        I::product(Product {
            left: &self.shares,
            stride: depth,
            rows: self.steps.len(),
            depth,
            right: &self.values,
            sums: &[],
            columns: HEAD,
            pitch: HEAD,
            out: &mut self.sums,
        });
        let sums = self.sums.as_chunks::<HEAD>().0.iter().zip(self.steps.iter());
        for (row, (sums, &step)) in context.as_chunks_mut::<HIDDEN>().0.iter_mut().zip(sums) {
            rows::scaled::<I::Lanes>(sums, step, &mut row[head * HEAD..][..HEAD]);
        }
    }
}

/// The word pieces' vectors: int8 with a step for each piece.
#[derive(Debug)]
pub(crate) struct Table {
    rows: crate::weights::Place,
    steps: Vec<f32>,
}

impl Table {
    /// The table of a weights file.
    pub(crate) fn of(weights: &Weights) -> Result<Self, WeightsError> {
        let (rows, dims) = weights.place("pieces", 6)?;
        let bad = || WeightsError::Tensor { name: "pieces".to_owned() };
        let &[count, HIDDEN] = dims else { return Err(bad()) };
        Ok(Self { rows, steps: weights.floats("pieces.scale", count)? })
    }

    #[inline(always)]
    fn row<I: Isa>(&self, weights: &Weights, piece: u16, out: &mut [f32]) {
        let piece = usize::from(piece);
        let row = &weights.int8(&self.rows)[piece * HIDDEN..][..HIDDEN];
        rows::widened::<I::Lanes>(row, self.steps[piece], out);
    }
}
