//! Products of int8 matrices, for each kind of processor. Sums are exact, so every kernel gives the same integers; the
//! float steps around them are written once (see `lanes`) and compiled for each kind, so they give the same bits too.

#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "aarch64")]
mod neon;
mod scalar;
#[cfg(target_arch = "x86_64")]
mod vnni;

#[cfg(target_arch = "x86_64")]
pub(crate) use amx::Amx;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;
#[cfg(target_arch = "aarch64")]
pub(crate) use neon::Neon;
pub(crate) use scalar::Scalar;
#[cfg(target_arch = "x86_64")]
pub(crate) use vnni::Vnni;

use crate::lanes::Lanes;

/// A way to multiply matrices; all give the same results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Plain code for any processor.
    Scalar,
    /// Dot products of ARM (ARMv8.2).
    Neon,
    /// 256-bit vectors of x86-64.
    Avx2,
    /// 512-bit dot products of x86-64 (AVX-512 VNNI).
    Vnni,
    /// Tiles of x86-64 (AMX int8), on Linux.
    Amx,
}

impl Kernel {
    /// Every kernel, the slowest first.
    pub const ALL: [Self; 5] = [Self::Scalar, Self::Neon, Self::Avx2, Self::Vnni, Self::Amx];

    /// The fastest kernel of this processor.
    pub fn best() -> Self {
        let mut all = Self::ALL.into_iter().rev();
        all.find(|kernel| kernel.is_available()).unwrap_or(Self::Scalar)
    }

    /// Whether this processor can run the kernel.
    pub fn is_available(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => vnni::is_available(),
            #[cfg(target_arch = "x86_64")]
            Self::Amx => amx::is_available(),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => std::arch::is_aarch64_feature_detected!("dotprod"),
            _ => false,
        }
    }
}

/// A matrix product to compute: `out[r][c] = Σ left[r][k] · right[c][k]`.
pub(crate) struct Product<'a> {
    /// Left rows; each byte is a signed number `^ Isa::OFFSET` when `sums` is not empty, and 0 to 127 when it is.
    pub(crate) left: &'a [i8],
    /// Distance between left rows.
    pub(crate) stride: usize,
    /// Number of left rows.
    pub(crate) rows: usize,
    /// Numbers summed, a multiple of 4 (of [`Isa::DEPTH`] for unsigned left rows).
    pub(crate) depth: usize,
    /// Right rows in blocks `[columns / 16][depth / 4][16][4]`.
    pub(crate) right: &'a [i8],
    /// Sum of each right row; empty if the left side is never negative.
    pub(crate) sums: &'a [i32],
    /// Number of right rows, a multiple of 16.
    pub(crate) columns: usize,
    /// Distance between result rows.
    pub(crate) pitch: usize,
    /// Row-major results.
    pub(crate) out: &'a mut [i32],
}

impl Product<'_> {
    /// Panics unless every access of the kernels stays inside the slices.
    pub(crate) fn check(&self) {
        assert!(self.rows > 0 && self.depth.is_multiple_of(4) && self.columns.is_multiple_of(16));
        assert!(self.stride >= self.depth && self.left.len() >= (self.rows - 1) * self.stride + self.depth);
        assert!(self.right.len() >= self.columns * self.depth && self.pitch >= self.columns);
        assert!(self.out.len() >= (self.rows - 1) * self.pitch + self.columns);
        assert!(self.sums.is_empty() || self.sums.len() >= self.columns);
    }
}

/// One kind of processor.
pub(crate) trait Isa {
    /// Signed left numbers are stored with these bits flipped.
    const OFFSET: u8;
    /// Depth of products with an unsigned left side is padded to a multiple of this, itself one of 16.
    const DEPTH: usize;
    /// Its float steps.
    type Lanes: Lanes;
    /// Computes a product.
    fn product(product: Product<'_>);
}
