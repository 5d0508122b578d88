//! Float steps on rows, written once over sixteen [`Lanes`]: one order of operations, so that every processor gives the
//! same bits. The length of a row is a multiple of 16.

use crate::lanes::{LANES, Lanes};

/// Sixteen numbers in memory.
type Chunk<T> = [T; LANES];

/// Columns of a float matrix that are computed together.
pub(crate) const STRIP: usize = 2 * LANES;
/// Rows of a float matrix that are computed together.
const TOGETHER: usize = 4;
/// Adding it rounds a small number to the nearest integer, which is then in the low bits.
const ROUND: f32 = 12_582_912.0;
/// No row's largest number is taken to be less, so that nothing is divided by zero.
const LEAST: f32 = 1e-30;
/// Score of a key that is not there.
pub(crate) const ABSENT: f32 = -1e30;

#[inline(always)]
fn chunks<T>(row: &[T]) -> &[Chunk<T>] {
    row.as_chunks().0
}

#[inline(always)]
fn chunks_mut<T>(row: &mut [T]) -> &mut [Chunk<T>] {
    row.as_chunks_mut().0
}

/// What turns the sums of a row's int8 products into numbers: `sum · scale · step + bias`.
#[derive(Clone, Copy)]
pub(crate) struct Sums<'a> {
    sums: &'a [Chunk<i32>],
    step: f32,
    scale: &'a [Chunk<f32>],
    bias: &'a [Chunk<f32>],
}

impl<'a> Sums<'a> {
    /// Sums, the size of one step of the row, and for each output the size of one step of its weights and what is added.
    #[inline(always)]
    pub(crate) fn new(sums: &'a [i32], step: f32, scale: &'a [f32], bias: &'a [f32]) -> Self {
        let count = sums.len() / LANES;
        Self { sums: chunks(sums), step, scale: &chunks(scale)[..count], bias: &chunks(bias)[..count] }
    }

    #[inline(always)]
    fn len(self) -> usize {
        self.sums.len()
    }

    /// Sixteen numbers.
    #[inline(always)]
    fn at<L: Lanes>(self, i: usize) -> L {
        let numbers = L::of_integers(&self.sums[i]).times(L::load(&self.scale[i]));
        numbers.fused(L::splat(self.step), L::load(&self.bias[i]))
    }
}

/// A row of numbers.
#[inline(always)]
pub(crate) fn numbers<L: Lanes>(sums: Sums<'_>, out: &mut [f32]) {
    for (i, out) in chunks_mut(out)[..sums.len()].iter_mut().enumerate() {
        sums.at::<L>(i).store(out);
    }
}

/// Adds a row to a row.
#[inline(always)]
pub(crate) fn add<L: Lanes>(row: &mut [f32], other: &[f32]) {
    for (x, y) in chunks_mut(row).iter_mut().zip(chunks(other)) {
        L::load(x).plus(L::load(y)).store(x);
    }
}

/// Bytes times the size of one step.
#[inline(always)]
pub(crate) fn widened<L: Lanes>(bytes: &[i8], step: f32, out: &mut [f32]) {
    for (bytes, out) in chunks(bytes).iter().zip(chunks_mut(out)) {
        L::of_bytes(bytes).times(L::splat(step)).store(out);
    }
}

/// Sums times the size of one step.
#[inline(always)]
pub(crate) fn scaled<L: Lanes>(sums: &[i32], step: f32, out: &mut [f32]) {
    for (sums, out) in chunks(sums).iter().zip(chunks_mut(out)) {
        L::of_integers(sums).times(L::splat(step)).store(out);
    }
}

/// The sum of four strands.
#[inline(always)]
fn joined<L: Lanes>(strands: [L; 4]) -> f32 {
    strands[0].plus(strands[1]).plus(strands[2].plus(strands[3])).total()
}

/// Sum of a row, in four strands.
#[inline(always)]
fn total<L: Lanes>(row: &[f32]) -> f32 {
    let mut strands = [L::splat(0.0); 4];
    for (i, x) in chunks(row).iter().enumerate() {
        strands[i % 4] = strands[i % 4].plus(L::load(x));
    }
    joined(strands)
}

/// Sum of the squares of a row less its mean, in four strands.
#[inline(always)]
fn squares<L: Lanes>(row: &[f32], mean: f32) -> f32 {
    let (mut strands, mean) = ([L::splat(0.0); 4], L::splat(mean));
    for (i, x) in chunks(row).iter().enumerate() {
        let away = L::load(x).minus(mean);
        strands[i % 4] = away.fused(away, strands[i % 4]);
    }
    joined(strands)
}

/// Scales a row to length 1.
#[inline(always)]
pub(crate) fn to_unit<L: Lanes>(row: &mut [f32]) {
    let length = squares::<L>(row, 0.0).sqrt();
    let factor = L::splat(1.0 / if length > 1e-12 { length } else { 1e-12 });
    for x in chunks_mut(row) {
        L::load(x).times(factor).store(x);
    }
}

/// Layer normalisation of a row (Ba et al. 2016), epsilon 1e-12.
#[inline(always)]
pub(crate) fn normalise<L: Lanes>(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let count = row.len() as f32;
    let mean = total::<L>(row) / count;
    let variance = squares::<L>(row, mean) / count;
    let (mean, factor) = (L::splat(mean), L::splat(1.0 / (variance + 1e-12).sqrt()));
    for (x, (weight, bias)) in chunks_mut(row).iter_mut().zip(chunks(weight).iter().zip(chunks(bias))) {
        let even = L::load(x).minus(mean).times(factor);
        even.fused(L::load(weight), L::load(bias)).store(x);
    }
}

/// Adds a row of numbers to a state and normalises it.
#[inline(always)]
pub(crate) fn add_normalised<L: Lanes>(sums: Sums<'_>, state: &mut [f32], weight: &[f32], bias: &[f32]) {
    for (i, state) in chunks_mut(state)[..sums.len()].iter_mut().enumerate() {
        sums.at::<L>(i).plus(L::load(state)).store(state);
    }
    normalise::<L>(state, weight, bias);
}

/// Gaussian error linear unit (Hendrycks and Gimpel 2016): the normal distribution function by a polynomial of degree 13
/// on −3.9…3.9; absolute error below 2e-4 on −12…12.
#[inline(always)]
fn gelu<L: Lanes>(x: L) -> L {
    const EDGE: f32 = 3.9;
    const TERMS: [f32; 7] = [
        0.398_090_46,
        -0.064_876_74,
        0.008_917_34,
        -0.000_845_298_1,
        5.132_406e-5,
        -1.775_158_5e-6,
        2.636_86e-8,
    ];
    let z = x.smaller(L::splat(EDGE)).larger(L::splat(-EDGE));
    let u = z.times(z);
    let mut p = L::splat(TERMS[6]);
    for term in TERMS[..6].iter().rev() {
        p = p.fused(u, L::splat(*term));
    }
    z.fused(p, L::splat(0.5)).times(x)
}

/// 2 to the power of a number that is not positive, relative error below 1e-4.
#[inline(always)]
fn power_of_two<L: Lanes>(x: L) -> L {
    const TERMS: [f32; 4] = [0.055_171_67, 0.242_611_13, 0.693_261, 0.999_928_06];
    let x = x.larger(L::splat(-120.0));
    let rounded = x.plus(L::splat(ROUND));
    let rest = x.minus(rounded.minus(L::splat(ROUND)));
    let mut p = L::splat(TERMS[0]);
    for term in &TERMS[1..] {
        p = p.fused(rest, L::splat(*term));
    }
    p.raised(rounded)
}

/// A row of numbers, each through the Gaussian error linear unit.
#[inline(always)]
pub(crate) fn activated<L: Lanes>(sums: Sums<'_>, out: &mut [f32]) {
    for (i, out) in chunks_mut(out)[..sums.len()].iter_mut().enumerate() {
        gelu(sums.at::<L>(i)).store(out);
    }
}

/// Steps a number, and the number of a step, of symmetric int8 of numbers whose largest size is `most`.
#[inline(always)]
fn steps(most: f32) -> (f32, f32) {
    let most = if most > LEAST { most } else { LEAST };
    (127.0 / most, most * (1.0 / 127.0))
}

/// Int8 of a row whose largest size is `most`; gives the size of one step.
#[inline(always)]
pub(crate) fn rounded<L: Lanes>(row: &[f32], most: f32, flipped: u8, out: &mut [i8]) -> f32 {
    let (inverse, step) = steps(most);
    for (x, out) in chunks(row).iter().zip(chunks_mut(out)) {
        L::load(x).fused(L::splat(inverse), L::splat(ROUND)).low_bytes(flipped, out);
    }
    step
}

/// Symmetric int8 of `row · smooth`; gives the size of one step.
#[inline(always)]
pub(crate) fn quantised<L: Lanes>(row: &[f32], smooth: &[f32], flipped: u8, out: &mut [i8]) -> f32 {
    let mut most = L::splat(0.0);
    for (x, smooth) in chunks(row).iter().zip(chunks(smooth)) {
        most = L::load(x).times(L::load(smooth)).size().larger(most);
    }
    let (inverse, step) = steps(most.largest());
    for (x, (smooth, out)) in chunks(row).iter().zip(chunks(smooth).iter().zip(chunks_mut(out))) {
        let x = L::load(x).times(L::load(smooth));
        x.fused(L::splat(inverse), L::splat(ROUND)).low_bytes(flipped, out);
    }
    step
}

/// Symmetric int8 of a row of numbers that went through the Gaussian error linear unit and were multiplied with `smooth`;
/// gives the size of one step. `row` is room for the numbers.
#[inline(always)]
pub(crate) fn activated_quantised<L: Lanes>(
    sums: Sums<'_>,
    smooth: &[f32],
    flipped: u8,
    row: &mut [f32],
    out: &mut [i8],
) -> f32 {
    let mut most = L::splat(0.0);
    let smooth = &chunks(smooth)[..sums.len()];
    for (i, x) in chunks_mut(row)[..sums.len()].iter_mut().enumerate() {
        let number = gelu(sums.at::<L>(i)).times(L::load(&smooth[i]));
        most = number.size().larger(most);
        number.store(x);
    }
    rounded::<L>(row, most.largest(), flipped, out)
}

/// Symmetric int8 of a row of numbers in parts of two chunks, each with its own step; the first parts, as many as there are
/// flips, have bits flipped.
#[inline(always)]
pub(crate) fn parts_quantised<L: Lanes>(
    sums: Sums<'_>,
    flips: (u8, usize),
    steps_out: &mut [f32],
    out: &mut [i8],
) {
    let out = &mut out.as_chunks_mut::<{ 2 * LANES }>().0[..sums.len() / 2];
    for (i, (out, step)) in out.iter_mut().zip(steps_out).enumerate() {
        let (left, right) = (sums.at::<L>(2 * i), sums.at::<L>(2 * i + 1));
        let (inverse, size) = steps(left.size().larger(right.size()).largest());
        let flipped = if i < flips.1 { flips.0 } else { 0 };
        let out = chunks_mut(out);
        left.fused(L::splat(inverse), L::splat(ROUND)).low_bytes(flipped, &mut out[0]);
        right.fused(L::splat(inverse), L::splat(ROUND)).low_bytes(flipped, &mut out[1]);
        *step = size;
    }
}

/// What turns sums of int8 products of a query with keys into shares of the values; past the last key the score is
/// [`ABSENT`] and everything else zero.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'a> {
    /// Size of one step of each key.
    pub(crate) steps: &'a [f32],
    /// Added to each score.
    pub(crate) scores: &'a [f32],
    /// Size of one step of each value.
    pub(crate) values: &'a [f32],
}

/// Scores of the keys for one query, but for the query's step; gives the largest.
#[inline(always)]
pub(crate) fn scores<L: Lanes>(sums: &[i32], keys: Keys<'_>, out: &mut [f32]) -> f32 {
    let mut top = L::splat(ABSENT);
    let keys = chunks(keys.steps).iter().zip(chunks(keys.scores));
    for ((sums, (step, score)), out) in chunks(sums).iter().zip(keys).zip(chunks_mut(out)) {
        let x = L::of_integers(sums).fused(L::load(step), L::load(score));
        top = x.larger(top);
        x.store(out);
    }
    top.largest()
}

/// Scores to their powers of two, each times the step of its value; gives the largest of these, and the sum of the powers.
#[inline(always)]
pub(crate) fn powers<L: Lanes>(row: &mut [f32], step: f32, top: f32, keys: Keys<'_>) -> (f32, f32) {
    let (step, less) = (L::splat(step), L::splat(-(step * top)));
    let (mut most, mut total) = (L::splat(0.0), L::splat(0.0));
    for (x, value) in chunks_mut(row).iter_mut().zip(chunks(keys.values)) {
        let power = power_of_two(L::load(x).fused(step, less));
        total = total.plus(power);
        let share = power.times(L::load(value));
        most = share.larger(most);
        share.store(x);
    }
    (most.largest(), total.total())
}

/// Dot product of scaled sums of int8 products with a row.
#[inline(always)]
pub(crate) fn dot_sums<L: Lanes>(sums: &[i32], scale: &[f32], row: &[f32]) -> f32 {
    let mut total = L::splat(0.0);
    for (sums, (scale, x)) in chunks(sums).iter().zip(chunks(scale).iter().zip(chunks(row))) {
        total = L::of_integers(sums).times(L::load(scale)).fused(L::load(x), total);
    }
    total.total()
}

/// Dot product of two rows.
#[inline(always)]
pub(crate) fn dot<L: Lanes>(a: &[f32], b: &[f32]) -> f32 {
    let mut total = L::splat(0.0);
    for (a, b) in chunks(a).iter().zip(chunks(b)) {
        total = L::load(a).fused(L::load(b), total);
    }
    total.total()
}

/// Float product of rows with a matrix in strips `[columns / 32][depth][32]`, added to `start`, one a column.
#[inline(always)]
pub(crate) fn product<L: Lanes>(left: &[f32], depth: usize, right: &[f32], start: &[f32], out: &mut [f32]) {
    let columns = start.len();
    for (left, out) in left.chunks(TOGETHER * depth).zip(out.chunks_mut(TOGETHER * columns)) {
        match left.len() / depth {
            1 => strips::<L, 1>(left, depth, right, start, out),
            2 => strips::<L, 2>(left, depth, right, start, out),
            3 => strips::<L, 3>(left, depth, right, start, out),
            _ => strips::<L, TOGETHER>(left, depth, right, start, out),
        }
    }
}

#[inline(always)]
fn strips<L: Lanes, const R: usize>(
    left: &[f32],
    depth: usize,
    right: &[f32],
    start: &[f32],
    out: &mut [f32],
) {
    let columns = start.len();
    let left = &left[..R * depth];
    let right = right.as_chunks::<STRIP>().0.chunks_exact(depth);
    for (i, (right, start)) in right.zip(start.as_chunks::<STRIP>().0).enumerate() {
        let begin = [L::load(&chunks(start)[0]), L::load(&chunks(start)[1])];
        let mut sums = [begin; R];
        for (k, weights) in right.iter().enumerate() {
            let weights = [L::load(&chunks(weights)[0]), L::load(&chunks(weights)[1])];
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = L::splat(left[r * depth + k]);
                *sums = [x.fused(weights[0], sums[0]), x.fused(weights[1], sums[1])];
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let out = &mut chunks_mut(&mut out[r * columns + i * STRIP..])[..2];
            sums[0].store(&mut out[0]);
            sums[1].store(&mut out[1]);
        }
    }
}

/// Index of the largest number of a row of any length, the first of equals.
#[inline(always)]
pub(crate) fn best<L: Lanes>(row: &[f32]) -> usize {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let first = row.first().copied().unwrap_or_default();
    let mut most = L::splat(first);
    for x in chunks {
        most = L::load(x).larger(most);
    }
    let most = rest.iter().fold(most.largest(), |most, &x| if x > most { x } else { most });
    row.iter().position(|&x| x >= most).unwrap_or_default()
}
