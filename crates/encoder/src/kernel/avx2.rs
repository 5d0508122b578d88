//! 256-bit vectors: `|x| · (w · sign x)` in pairs of 16 bits, which cannot saturate because no number is below −127.

use super::{Isa, Product};
use std::arch::x86_64::*;

/// AVX2.
pub(crate) struct Avx2;

impl Isa for Avx2 {
    const OFFSET: u8 = 0;
    const DEPTH: usize = 16;
    type Lanes = crate::lanes::Eights;

    fn product(p: Product<'_>) {
        p.check();
        // SAFETY: this type is used only where `Kernel::Avx2` is available; `check` bounds every access.
        unsafe { product(p) }
    }
}

#[target_feature(enable = "avx2")]
unsafe fn product(mut p: Product<'_>) {
    for block in 0..p.columns / 16 {
        let mut row = 0;
        while row < p.rows {
            // SAFETY: rows row..row + R and block are inside the slices that `check` verified.
            unsafe {
                match p.rows - row {
                    1 => tile::<1>(&mut p, row, block),
                    2 => tile::<2>(&mut p, row, block),
                    3 => tile::<3>(&mut p, row, block),
                    _ => tile::<4>(&mut p, row, block),
                }
            }
            row += 4;
        }
    }
}

/// R rows × 16 columns.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn tile<const R: usize>(p: &mut Product<'_>, row: usize, block: usize) {
    let ones = _mm256_set1_epi16(1);
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    // SAFETY: the caller keeps row + R ≤ rows and block < columns / 16; `check` verified the slices' lengths.
    unsafe {
        let mut right = p.right.as_ptr().add(block * 16 * p.depth).cast::<__m256i>();
        let left = p.left.as_ptr().add(row * p.stride);
        for k in (0..p.depth).step_by(4) {
            let w = [_mm256_loadu_si256(right), _mm256_loadu_si256(right.add(1))];
            right = right.add(2);
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = _mm256_set1_epi32(left.add(r * p.stride + k).cast::<i32>().read_unaligned());
                let size = _mm256_abs_epi8(x);
                for (sum, w) in sums.iter_mut().zip(w) {
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w, x));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let out = p.out.as_mut_ptr().add((row + r) * p.pitch + block * 16).cast::<__m256i>();
            _mm256_storeu_si256(out, sums[0]);
            _mm256_storeu_si256(out.add(1), sums[1]);
        }
    }
}
