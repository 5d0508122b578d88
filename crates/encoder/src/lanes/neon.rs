//! Four 128-bit vectors of ARM.

use super::{LANES, Lanes};
use std::arch::aarch64::*;
use std::array::from_fn;

/// Sixteen numbers in four registers.
#[derive(Clone, Copy)]
pub(crate) struct Fours([float32x4_t; 4]);

impl Fours {
    #[inline(always)]
    fn each(self, other: Self, of: impl Fn(float32x4_t, float32x4_t) -> float32x4_t) -> Self {
        Self(from_fn(|i| of(self.0[i], other.0[i])))
    }
}

// SAFETY (of every block): every processor of this kind has these instructions, and references bound every access.
impl Lanes for Fours {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        unsafe { Self([vdupq_n_f32(x); 4]) }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        unsafe { Self(from_fn(|i| vld1q_f32(from.as_ptr().add(4 * i)))) }
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        for i in 0..4 {
            unsafe { vst1q_f32(to.as_mut_ptr().add(4 * i), self.0[i]) }
        }
    }

    #[inline(always)]
    fn of_integers(from: &[i32; LANES]) -> Self {
        unsafe { Self(from_fn(|i| vcvtq_f32_s32(vld1q_s32(from.as_ptr().add(4 * i))))) }
    }

    #[inline(always)]
    fn of_bytes(from: &[i8; LANES]) -> Self {
        Self::of_integers(&from.map(i32::from))
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vaddq_f32(a, b) })
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vsubq_f32(a, b) })
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vmulq_f32(a, b) })
    }

    #[inline(always)]
    fn fused(self, by: Self, plus: Self) -> Self {
        unsafe { Self(from_fn(|i| vfmaq_f32(plus.0[i], self.0[i], by.0[i]))) }
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vbslq_f32(vcgtq_f32(a, b), a, b) })
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vbslq_f32(vcltq_f32(a, b), a, b) })
    }

    #[inline(always)]
    fn size(self) -> Self {
        unsafe { Self(self.0.map(|x| vabsq_f32(x))) }
    }

    #[inline(always)]
    fn raised(self, by: Self) -> Self {
        self.each(by, |x, by| unsafe {
            let exponents = vshlq_n_s32::<23>(vreinterpretq_s32_f32(by));
            vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(x), exponents))
        })
    }

    #[inline(always)]
    fn low_bytes(self, flipped: u8, to: &mut [i8; LANES]) {
        unsafe {
            let low = |x: float32x4_t| vmovn_u32(vreinterpretq_u32_f32(x));
            let left = vmovn_u16(vcombine_u16(low(self.0[0]), low(self.0[1])));
            let right = vmovn_u16(vcombine_u16(low(self.0[2]), low(self.0[3])));
            let bytes = veorq_u8(vcombine_u8(left, right), vdupq_n_u8(flipped));
            vst1q_s8(to.as_mut_ptr(), vreinterpretq_s8_u8(bytes));
        }
    }

    #[inline(always)]
    fn total(self) -> f32 {
        let [a, b, c, d] = self.0;
        unsafe {
            let four = vaddq_f32(vaddq_f32(a, c), vaddq_f32(b, d));
            let two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
            vget_lane_f32::<0>(two) + vget_lane_f32::<1>(two)
        }
    }

    #[inline(always)]
    fn largest(self) -> f32 {
        let [a, b, c, d] = self.0;
        unsafe { vmaxvq_f32(vmaxq_f32(vmaxq_f32(a, b), vmaxq_f32(c, d))) }
    }
}
