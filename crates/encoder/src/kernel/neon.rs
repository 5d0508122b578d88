//! Dot products of signed bytes of ARM processors (ARMv8.2 `sdot`), four numbers of one left row against four right rows.
//! The instruction is written out because its intrinsic is not yet stable.

use super::{Isa, Product};
use std::arch::aarch64::*;
use std::arch::asm;

/// NEON with dot products.
pub(crate) struct Neon;

impl Isa for Neon {
    const OFFSET: u8 = 0;
    const DEPTH: usize = 16;
    type Lanes = crate::lanes::Fours;

    fn product(mut p: Product<'_>) {
        p.check();
        for block in 0..p.columns / 16 {
            let mut row = 0;
            while row < p.rows {
                // SAFETY: this type is used only where `Kernel::Neon` is available; rows row..row + R and the block are
                // inside the slices that `check` verified.
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
}

/// R rows × 16 columns.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn tile<const R: usize>(p: &mut Product<'_>, row: usize, block: usize) {
    let mut sums = [[vdupq_n_s32(0); 4]; R];
    // SAFETY: the caller keeps row + R ≤ rows and block < columns / 16; `check` verified the slices' lengths.
    unsafe {
        let right = p.right.as_ptr().add(block * 16 * p.depth);
        let left = p.left.as_ptr().add(row * p.stride);
        for k in (0..p.depth).step_by(4) {
            let line = right.add(16 * k);
            let w = [vld1q_s8(line), vld1q_s8(line.add(16)), vld1q_s8(line.add(32)), vld1q_s8(line.add(48))];
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = left.add(r * p.stride + k).cast::<i32>().read_unaligned();
                let x = vreinterpretq_s8_s32(vdupq_n_s32(four));
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = dot(*sum, w, x);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let out = p.out.as_mut_ptr().add((row + r) * p.pitch + block * 16);
            for (c, &sum) in sums.iter().enumerate() {
                vst1q_s32(out.add(4 * c), sum);
            }
        }
    }
}

/// Adds to each of four sums the products of four numbers.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot(mut sum: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    // SAFETY: touches three vector registers only; the instruction exists where this is compiled for.
    unsafe {
        asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) sum, in(vreg) a, in(vreg) b,
            options(pure, nomem, nostack, preserves_flags));
    }
    sum
}
