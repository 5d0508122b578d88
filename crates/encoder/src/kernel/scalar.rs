//! Plain code for any processor.

use super::{Isa, Product};

/// Plain code.
pub(crate) struct Scalar;

impl Isa for Scalar {
    const OFFSET: u8 = 0;
    const DEPTH: usize = 16;
    type Lanes = crate::lanes::Plain;

    fn product(p: Product<'_>) {
        p.check();
        for row in 0..p.rows {
            let left = &p.left[row * p.stride..][..p.depth];
            let out = &mut p.out[row * p.pitch..][..p.columns];
            for (out, block) in out.chunks_exact_mut(16).zip(p.right.chunks_exact(16 * p.depth)) {
                out.copy_from_slice(&block_sums(left, block));
            }
        }
    }
}

fn block_sums(left: &[i8], block: &[i8]) -> [i32; 16] {
    let mut sums = [0i32; 16];
    for (x, w) in left.chunks_exact(4).zip(block.chunks_exact(64)) {
        let x = [i32::from(x[0]), i32::from(x[1]), i32::from(x[2]), i32::from(x[3])];
        for (sum, w) in sums.iter_mut().zip(w.chunks_exact(4)) {
            *sum += x[0] * i32::from(w[0])
                + x[1] * i32::from(w[1])
                + x[2] * i32::from(w[2])
                + x[3] * i32::from(w[3]);
        }
    }
    sums
}
