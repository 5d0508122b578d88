//! Sixteen numbers at once, for each kind of processor. Every operation is one of IEEE 754 (or on the bits), and sums are
//! joined as one tree: the float steps that are written over this trait give the same bits everywhere.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
mod plain;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Eights;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::Sixteen;
#[cfg(target_arch = "aarch64")]
pub(crate) use neon::Fours;
pub(crate) use plain::Plain;

/// How many numbers there are.
pub(crate) const LANES: usize = 16;

/// Sixteen numbers. The functions of a kind are called only where its processor was found, inlined into code that is
/// compiled for it.
pub(crate) trait Lanes: Copy {
    /// The same number in every lane.
    fn splat(x: f32) -> Self;
    /// Numbers from memory.
    fn load(from: &[f32; LANES]) -> Self;
    /// Numbers to memory.
    fn store(self, to: &mut [f32; LANES]);
    /// Integers as numbers.
    fn of_integers(from: &[i32; LANES]) -> Self;
    /// Bytes as numbers.
    fn of_bytes(from: &[i8; LANES]) -> Self;
    /// `self + other`.
    fn plus(self, other: Self) -> Self;
    /// `self - other`.
    fn minus(self, other: Self) -> Self;
    /// `self · other`.
    fn times(self, other: Self) -> Self;
    /// `self · by + plus`, rounded once.
    fn fused(self, by: Self, plus: Self) -> Self;
    /// `self` where it is larger, else `other`.
    fn larger(self, other: Self) -> Self;
    /// `self` where it is smaller, else `other`.
    fn smaller(self, other: Self) -> Self;
    /// Numbers without their signs.
    fn size(self) -> Self;
    /// Adds the low nine bits of another number's bits to the exponent.
    fn raised(self, by: Self) -> Self;
    /// The low byte of each number's bits, some of its bits flipped.
    fn low_bytes(self, flipped: u8, to: &mut [i8; LANES]);
    /// Sum as a tree: lane `i` with lane `i + 8`, of these `i` with `i + 4`, and so on.
    fn total(self) -> f32;
    /// The largest of the numbers, none of which is below zero or all of which are ordinary.
    fn largest(self) -> f32;
}

#[cfg(test)]
mod tests;
