//! Plain code for any processor.

use super::{LANES, Lanes};
use std::array::from_fn;

/// Sixteen numbers in memory.
#[derive(Clone, Copy)]
pub(crate) struct Plain([f32; LANES]);

impl Plain {
    #[inline(always)]
    fn each(self, other: Self, of: impl Fn(f32, f32) -> f32) -> Self {
        Self(from_fn(|i| of(self.0[i], other.0[i])))
    }

    #[inline(always)]
    fn tree(self, join: impl Fn(f32, f32) -> f32) -> f32 {
        let (mut lanes, mut width) = (self.0, LANES / 2);
        while width > 0 {
            for i in 0..width {
                lanes[i] = join(lanes[i], lanes[i + width]);
            }
            width /= 2;
        }
        lanes[0]
    }
}

impl Lanes for Plain {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        Self([x; LANES])
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        *to = self.0;
    }

    #[inline(always)]
    fn of_integers(from: &[i32; LANES]) -> Self {
        Self(from.map(|x| x as f32))
    }

    #[inline(always)]
    fn of_bytes(from: &[i8; LANES]) -> Self {
        Self(from.map(f32::from))
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.each(other, |a, b| a + b)
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.each(other, |a, b| a - b)
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        self.each(other, |a, b| a * b)
    }

    #[inline(always)]
    fn fused(self, by: Self, plus: Self) -> Self {
        Self(from_fn(|i| self.0[i].mul_add(by.0[i], plus.0[i])))
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        self.each(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        self.each(other, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn size(self) -> Self {
        Self(self.0.map(f32::abs))
    }

    #[inline(always)]
    fn raised(self, by: Self) -> Self {
        self.each(by, |a, b| f32::from_bits(a.to_bits().wrapping_add(b.to_bits() << 23)))
    }

    #[inline(always)]
    fn low_bytes(self, flipped: u8, to: &mut [i8; LANES]) {
        *to = self.0.map(|x| (x.to_bits() as u8 ^ flipped) as i8);
    }

    #[inline(always)]
    fn total(self) -> f32 {
        self.tree(|a, b| a + b)
    }

    #[inline(always)]
    fn largest(self) -> f32 {
        self.tree(|a, b| if a > b { a } else { b })
    }
}
