//! Every kind of lanes that this processor has gives the bits of the plain ones.

use super::{LANES, Lanes, Plain};
use crate::kernel::Kernel;
use proptest::prelude::*;

/// The bits of everything that can be done with three times sixteen numbers.
#[inline(always)]
fn everything<L: Lanes>(numbers: &[[f32; LANES]; 3], integers: &[i32; LANES]) -> Vec<u32> {
    let [a, b, c] = numbers.each_ref().map(L::load);
    let (of_integers, by) = (L::of_integers(integers), L::load(&integers.map(|i| f32::from_bits(i as u32))));
    let of_bytes = L::of_bytes(&integers.map(|i| i as i8));
    let results = [
        a.plus(b),
        a.minus(b),
        a.times(b),
        a.fused(b, c),
        a.larger(b),
        a.smaller(b),
        a.size(),
        L::splat(numbers[1][3]).raised(by),
        of_integers,
        of_bytes,
    ];
    let mut bits = vec![a.total().to_bits(), a.size().largest().to_bits(), b.largest().to_bits()];
    for result in results {
        let (mut out, mut bytes) = ([0.0; LANES], [0; LANES]);
        result.store(&mut out);
        result.low_bytes(0x81, &mut bytes);
        bits.extend(out.map(f32::to_bits));
        bits.extend(bytes.map(|b| b as u32));
    }
    bits
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn eights(numbers: &[[f32; LANES]; 3], integers: &[i32; LANES]) -> Vec<u32> {
    everything::<super::Eights>(numbers, integers)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
fn sixteen(numbers: &[[f32; LANES]; 3], integers: &[i32; LANES]) -> Vec<u32> {
    everything::<super::Sixteen>(numbers, integers)
}

fn sixteen_numbers() -> impl Strategy<Value = [f32; LANES]> {
    prop::array::uniform16(prop_oneof![-1e3f32..1e3, -1f32..1.0, Just(0.0), Just(1e-30), -1e30f32..1e30])
}

proptest! {
    #[test]
    fn lanes_give_the_bits_of_plain_ones(
        numbers in prop::array::uniform3(sixteen_numbers()),
        integers in prop::array::uniform16(any::<i32>()),
    ) {
        let plain = everything::<Plain>(&numbers, &integers);
        // SAFETY (of both): the processor has what the kernel needs.
        #[cfg(target_arch = "x86_64")]
        if Kernel::Avx2.is_available() {
            prop_assert_eq!(&unsafe { eights(&numbers, &integers) }, &plain);
        }
        #[cfg(target_arch = "x86_64")]
        if Kernel::Vnni.is_available() {
            prop_assert_eq!(&unsafe { sixteen(&numbers, &integers) }, &plain);
        }
        #[cfg(target_arch = "aarch64")]
        if Kernel::Neon.is_available() {
            prop_assert_eq!(&everything::<super::Fours>(&numbers, &integers), &plain);
        }
    }
}
