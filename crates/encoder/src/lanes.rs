//! Float steps on rows. Each is plain multiplication, addition, division and square root in ONE order: 16 lanes, reduced
//! as a tree, never fused. Compiled for any processor they give the same bits.

const LANES: usize = 16;
/// Adding it rounds a small number to the nearest integer, which is then in the low bits.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn tree(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = join(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

/// Sum of a row whose length is a multiple of 16.
#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    for chunk in row.chunks_exact(LANES) {
        for l in 0..LANES {
            lanes[l] += term(chunk[l]);
        }
    }
    tree(lanes, |a, b| a + b)
}

/// Dot product of two rows of the same length, a multiple of 16.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for l in 0..LANES {
            lanes[l] += a[l] * b[l];
        }
    }
    tree(lanes, |a, b| a + b)
}

/// Dot product of scaled sums of int8 products with a row.
#[inline(always)]
pub(crate) fn dot_sums<const N: usize>(sums: &[i32; N], scale: &[f32; N], row: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let row = &row[..N];
    for start in (0..N).step_by(LANES) {
        for l in 0..LANES {
            lanes[l] += sums[start + l] as f32 * scale[start + l] * row[start + l];
        }
    }
    tree(lanes, |a, b| a + b)
}

/// Adds a multiple of a row to a row.
#[inline(always)]
pub(crate) fn add_scaled(row: &mut [f32], by: f32, other: &[f32]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += by * y;
    }
}

/// Adds a row to a row.
#[inline(always)]
pub(crate) fn add(row: &mut [f32], other: &[f32]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += y;
    }
}

/// Scales a row to length 1.
#[inline(always)]
pub(crate) fn to_unit(row: &mut [f32]) {
    let length = larger(sum(row, |x| x * x).sqrt(), 1e-12);
    row.iter_mut().for_each(|x| *x /= length);
}

/// Numbers for sums of int8 products: `out = sum · scale · step + bias`.
#[inline(always)]
pub(crate) fn numbers(sums: &[i32], step: f32, scale: &[f32], bias: &[f32], out: &mut [f32]) {
    let n = out.len();
    let (sums, scale, bias) = (&sums[..n], &scale[..n], &bias[..n]);
    for i in 0..n {
        out[i] = sums[i] as f32 * scale[i] * step + bias[i];
    }
}

/// Symmetric int8 of `row · smooth`; gives the size of one step.
#[inline(always)]
pub(crate) fn quantise(row: &[f32], smooth: &[f32], offset: u8, out: &mut [i8]) -> f32 {
    let n = row.len();
    let (smooth, out) = (&smooth[..n], &mut out[..n]);
    let mut lanes = [0.0; LANES];
    for (x, s) in row.chunks_exact(LANES).zip(smooth.chunks_exact(LANES)) {
        for l in 0..LANES {
            lanes[l] = larger((x[l] * s[l]).abs(), lanes[l]);
        }
    }
    let most = larger(tree(lanes, larger), 1e-30);
    let inverse = 127.0 / most;
    for i in 0..n {
        out[i] = ((row[i] * smooth[i] * inverse + ROUND).to_bits() as u8 ^ offset) as i8;
    }
    most * (1.0 / 127.0)
}

/// Symmetric int8 of one head's part of a row; gives the size of one step.
#[inline(always)]
pub(crate) fn quantise_head(part: &[f32; 2 * LANES], offset: u8, out: &mut [i8; 2 * LANES]) -> f32 {
    let mut lanes = [0.0; LANES];
    for l in 0..LANES {
        lanes[l] = larger(part[l].abs(), part[l + LANES].abs());
    }
    let most = larger(tree(lanes, larger), 1e-30);
    let inverse = 127.0 / most;
    for (x, out) in part.iter().zip(out) {
        *out = ((x * inverse + ROUND).to_bits() as u8 ^ offset) as i8;
    }
    most * (1.0 / 127.0)
}

/// Symmetric int8 of a row as it is; gives the size of one step.
#[inline(always)]
fn quantise_plain(row: &[f32], out: &mut [i8]) -> f32 {
    let out = &mut out[..row.len()];
    let mut lanes = [0.0; LANES];
    for x in row.chunks_exact(LANES) {
        for l in 0..LANES {
            lanes[l] = larger(x[l].abs(), lanes[l]);
        }
    }
    let most = larger(tree(lanes, larger), 1e-30);
    let inverse = 127.0 / most;
    for i in 0..row.len() {
        out[i] = (row[i] * inverse + ROUND).to_bits() as i8;
    }
    most * (1.0 / 127.0)
}

/// Layer normalisation of a row (Ba et al. 2016), epsilon 1e-12.
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let n = row.len();
    let count = n as f32;
    let mean = sum(row, |x| x) / count;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
    let factor = 1.0 / (variance + 1e-12).sqrt();
    let (weight, bias) = (&weight[..n], &bias[..n]);
    for i in 0..n {
        row[i] = (row[i] - mean) * factor * weight[i] + bias[i];
    }
}

/// Gaussian error linear unit of each number (Hendrycks and Gimpel 2016): the normal distribution function by a polynomial
/// of degree 17 on −4…4; absolute error below 8e-6 there and below 3e-4 everywhere.
#[inline(always)]
pub(crate) fn gelu(row: &mut [f32]) {
    const TERMS: [f32; 9] = [
        0.398_881_02,
        -0.066_323_616,
        0.009_815_794,
        -0.001_112_853_9,
        9.493_984_5e-5,
        -5.860_556_5e-6,
        2.440_817_8e-7,
        -6.066_814_6e-9,
        6.740_267e-11,
    ];
    for x in row {
        let z = larger(-4.0, if *x < 4.0 { *x } else { 4.0 });
        let u = z * z;
        let mut p = TERMS[8];
        for term in TERMS[..8].iter().rev() {
            p = p * u + term;
        }
        *x *= 0.5 + z * p;
    }
}

/// 2 to the power of a number that is not positive, relative error below 2e-7.
#[inline(always)]
fn power_of_two(x: f32) -> f32 {
    let x = larger(x, -126.0);
    let rounded = x + ROUND;
    let f = x - (rounded - ROUND);
    let mut p = 0.001_327_646_7;
    for term in [0.009_675_541, 0.055_507_135, 0.240_221_2, 0.693_146_94, 1.000_000_1] {
        p = p * f + term;
    }
    let exponent = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    p * f32::from_bits(exponent)
}

/// One row of attention: sums of int8 products of a query with `keys` keys to int8 shares, each times the step of its value;
/// gives the size of one step of the shares, divided by their sum. `key_steps` and `value_steps` are 0 past the last key.
#[inline(always)]
pub(crate) fn shares(
    sums: &[i32],
    keys: usize,
    query_step: f32,
    steps: (&[f32], &[f32]),
    row: &mut [f32],
    out: &mut [i8],
) -> f32 {
    let n = row.len();
    let (sums, key_steps, value_steps) = (&sums[..n], &steps.0[..n], &steps.1[..n]);
    for i in 0..n {
        row[i] = sums[i] as f32 * key_steps[i] * query_step;
    }
    row[keys..].fill(f32::MIN);
    let mut lanes = [f32::MIN; LANES];
    for x in row.chunks_exact(LANES) {
        for l in 0..LANES {
            lanes[l] = larger(x[l], lanes[l]);
        }
    }
    let top = tree(lanes, larger);
    for x in row.iter_mut() {
        *x = power_of_two(*x - top);
    }
    let total = sum(row, |x| x);
    for i in 0..n {
        row[i] *= value_steps[i];
    }
    quantise_plain(row, &mut out[..n]) / total
}
