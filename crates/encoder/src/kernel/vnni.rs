//! 512-bit dot products of unsigned with signed bytes; signed left numbers are stored plus 128, which the sums of the
//! right rows take back.

use super::{Isa, Product};
use std::arch::x86_64::*;

/// AVX-512 VNNI.
pub(crate) struct Vnni;

/// Whether the processor has everything that this file and the float steps are compiled for.
pub(crate) fn is_available() -> bool {
    std::is_x86_feature_detected!("avx512f")
        && std::is_x86_feature_detected!("avx512bw")
        && std::is_x86_feature_detected!("avx512dq")
        && std::is_x86_feature_detected!("avx512vl")
        && std::is_x86_feature_detected!("avx512vnni")
}

impl Isa for Vnni {
    const OFFSET: u8 = 0x80;
    const DEPTH: usize = 16;
    type Lanes = crate::lanes::Sixteen;

    fn product(p: Product<'_>) {
        p.check();
        // SAFETY: this type is used only where `Kernel::Vnni` is available; `check` bounds every access.
        unsafe { product(p) }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn product(mut p: Product<'_>) {
    let blocks = p.columns / 16;
    for block in (0..blocks).step_by(4) {
        // SAFETY: blocks block..block + C are inside the slices that `check` verified.
        unsafe {
            match blocks - block {
                1 => panel::<1>(&mut p, block),
                2 => panel::<2>(&mut p, block),
                3 => panel::<3>(&mut p, block),
                _ => panel::<4>(&mut p, block),
            }
        }
    }
}

/// All rows × 16 C columns.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn panel<const C: usize>(p: &mut Product<'_>, block: usize) {
    let mut row = 0;
    while row < p.rows {
        // SAFETY: rows row..row + R are inside the slices that `check` verified.
        unsafe {
            match p.rows - row {
                1 => tile::<1, C>(p, row, block),
                2 => tile::<2, C>(p, row, block),
                3 => tile::<3, C>(p, row, block),
                4 => tile::<4, C>(p, row, block),
                5 => tile::<5, C>(p, row, block),
                _ => tile::<6, C>(p, row, block),
            }
        }
        row += 6;
    }
}

/// R rows × 16 C columns, all sums in registers.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn tile<const R: usize, const C: usize>(p: &mut Product<'_>, row: usize, block: usize) {
    let mut sums = [[_mm512_setzero_si512(); C]; R];
    // SAFETY: the caller keeps row + R ≤ rows and block + C ≤ columns / 16; `check` verified the slices' lengths.
    unsafe {
        if !p.sums.is_empty() {
            for c in 0..C {
                let right = _mm512_loadu_si512(p.sums.as_ptr().add((block + c) * 16).cast());
                let minus = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_slli_epi32(right, 7));
                sums.iter_mut().for_each(|sums| sums[c] = minus);
            }
        }
        let right = p.right.as_ptr().add(block * 16 * p.depth);
        let left = p.left.as_ptr().add(row * p.stride);
        for k in (0..p.depth).step_by(4) {
            let mut w = [_mm512_setzero_si512(); C];
            for (c, w) in w.iter_mut().enumerate() {
                *w = _mm512_loadu_si512(right.add((c * p.depth + k) * 16).cast());
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = _mm512_set1_epi32(left.add(r * p.stride + k).cast::<i32>().read_unaligned());
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = _mm512_dpbusd_epi32(*sum, x, w);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (c, sum) in sums.iter().enumerate() {
                let at = (row + r) * p.pitch + (block + c) * 16;
                _mm512_storeu_si512(p.out.as_mut_ptr().add(at).cast(), *sum);
            }
        }
    }
}
