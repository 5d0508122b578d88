//! Two 256-bit vectors of x86-64.

use super::{LANES, Lanes};
use std::arch::x86_64::*;

/// Sixteen numbers in two registers.
#[derive(Clone, Copy)]
pub(crate) struct Eights(__m256, __m256);

/// Sum of eight numbers as a tree.
// SAFETY (of these three): called only where the processor has AVX2.
#[inline(always)]
pub(super) unsafe fn total(eight: __m256) -> f32 {
    unsafe {
        let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
    }
}

/// Largest of eight numbers.
#[inline(always)]
pub(super) unsafe fn largest(eight: __m256) -> f32 {
    unsafe {
        let four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
    }
}

/// Adds the low nine bits of eight numbers to the exponents of eight others.
#[inline(always)]
unsafe fn raised(x: __m256, by: __m256) -> __m256 {
    unsafe {
        let exponents = _mm256_slli_epi32::<23>(_mm256_castps_si256(by));
        _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), exponents))
    }
}

// SAFETY (of every block): the type is used only where `Kernel::Avx2` is available, and references bound every access.
impl Lanes for Eights {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        unsafe { Self(_mm256_set1_ps(x), _mm256_set1_ps(x)) }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        unsafe { Self(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
        }
    }

    #[inline(always)]
    fn of_integers(from: &[i32; LANES]) -> Self {
        unsafe {
            let from = from.as_ptr().cast::<__m256i>();
            Self(
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from)),
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from.add(1))),
            )
        }
    }

    #[inline(always)]
    fn of_bytes(from: &[i8; LANES]) -> Self {
        unsafe {
            let bytes = _mm_loadu_si128(from.as_ptr().cast());
            let right = _mm_srli_si128::<8>(bytes);
            Self(
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(right)),
            )
        }
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        unsafe { Self(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        unsafe { Self(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        unsafe { Self(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn fused(self, by: Self, plus: Self) -> Self {
        unsafe { Self(_mm256_fmadd_ps(self.0, by.0, plus.0), _mm256_fmadd_ps(self.1, by.1, plus.1)) }
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        unsafe { Self(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        unsafe { Self(_mm256_min_ps(self.0, other.0), _mm256_min_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn size(self) -> Self {
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            Self(_mm256_andnot_ps(sign, self.0), _mm256_andnot_ps(sign, self.1))
        }
    }

    #[inline(always)]
    fn raised(self, by: Self) -> Self {
        unsafe { Self(raised(self.0, by.0), raised(self.1, by.1)) }
    }

    #[inline(always)]
    fn low_bytes(self, flipped: u8, to: &mut [i8; LANES]) {
        unsafe {
            let low = _mm256_set1_epi32(0xff);
            let left = _mm256_and_si256(_mm256_castps_si256(self.0), low);
            let right = _mm256_and_si256(_mm256_castps_si256(self.1), low);
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(left, right));
            let (left, right) = (_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            let bytes = _mm_xor_si128(_mm_packus_epi16(left, right), _mm_set1_epi8(flipped as i8));
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn total(self) -> f32 {
        unsafe { total(_mm256_add_ps(self.0, self.1)) }
    }

    #[inline(always)]
    fn largest(self) -> f32 {
        unsafe { largest(_mm256_max_ps(self.0, self.1)) }
    }
}
