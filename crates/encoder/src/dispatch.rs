//! The same code, compiled for each kind of processor, and the choice between the results.

use crate::heads::Heads;
use crate::kernel::{Isa, Kernel};
use crate::stack::{Batch, HIDDEN, Scratch};
use crate::{Encoded, Encoder, Link, Linked, rows};

/// Compiles the five entries for a kind of processor.
macro_rules! entries {
    ($module:ident, $isa:ty, $(#[$features:meta])*) => {
        mod $module {
            use super::*;

            $(#[$features])*
            pub(super) fn read(
                encoder: &Encoder,
                batch: &Batch,
                firsts: &[Vec<usize>],
                scratch: &mut Scratch,
                out: &mut Vec<Encoded>,
            ) {
                super::read_with::<$isa>(encoder, batch, firsts, scratch, out);
            }

            $(#[$features])*
            pub(super) fn vectors(encoder: &Encoder, batch: &Batch, scratch: &mut Scratch, out: &mut Vec<Vec<f32>>) {
                super::vectors_with::<$isa>(encoder, batch, scratch, out);
            }

            $(#[$features])*
            pub(super) fn arcs(heads: &Heads, states: &[f32]) -> Vec<f32> {
                heads.arcs::<$isa>(states)
            }

            $(#[$features])*
            pub(super) fn links(heads: &Heads, states: &[f32], link: Link) -> Vec<Linked> {
                heads.links::<$isa>(states, link)
            }

            $(#[$features])*
            pub(super) fn relations(encoder: &Encoder, states: &[f32], heads: &[u32]) -> Vec<u8> {
                encoder.heads.relations::<$isa>(&encoder.weights, states, heads)
            }
        }
    };
}

entries!(scalar, crate::kernel::Scalar,);
#[cfg(target_arch = "aarch64")]
entries!(neon, crate::kernel::Neon, #[target_feature(enable = "neon,dotprod")]);
#[cfg(target_arch = "x86_64")]
entries!(avx2, crate::kernel::Avx2, #[target_feature(enable = "avx2,fma")]);
#[cfg(target_arch = "x86_64")]
entries!(vnni, crate::kernel::Vnni, #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]);
#[cfg(target_arch = "x86_64")]
entries!(amx, crate::kernel::Amx, #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]);

/// Calls an entry of the kernel in use.
macro_rules! choose {
    ($encoder:expr, $entry:ident ( $($argument:expr),* )) => {
        match $encoder.kernel {
            Kernel::Scalar => scalar::$entry($($argument),*),
            // SAFETY: as below.
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon => unsafe { neon::$entry($($argument),*) },
            // SAFETY: an encoder holds a kernel only after `Kernel::is_available` said that the processor has it.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { avx2::$entry($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => unsafe { vnni::$entry($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kernel::Amx => unsafe { amx::$entry($($argument),*) },
            _ => scalar::$entry($($argument),*),
        }
    };
}

/// Scores of every window of a batch.
pub(crate) fn read(
    encoder: &Encoder,
    batch: &Batch,
    firsts: &[Vec<usize>],
    scratch: &mut Scratch,
    out: &mut Vec<Encoded>,
) {
    choose!(encoder, read(encoder, batch, firsts, scratch, out));
}

/// Vectors of every sequence of a batch.
pub(crate) fn vectors(encoder: &Encoder, batch: &Batch, scratch: &mut Scratch, out: &mut Vec<Vec<f32>>) {
    choose!(encoder, vectors(encoder, batch, scratch, out));
}

/// Arc scores of a sentence.
pub(crate) fn arcs(encoder: &Encoder, states: &[f32]) -> Vec<f32> {
    choose!(encoder, arcs(&encoder.heads, states))
}

/// Links of the words of a window.
pub(crate) fn links(encoder: &Encoder, states: &[f32], link: Link) -> Vec<Linked> {
    choose!(encoder, links(&encoder.heads, states, link))
}

/// Relations of a sentence.
pub(crate) fn relations(encoder: &Encoder, states: &[f32], heads: &[u32]) -> Vec<u8> {
    choose!(encoder, relations(encoder, states, heads))
}

#[inline(always)]
fn read_with<I: Isa>(
    encoder: &Encoder,
    batch: &Batch,
    firsts: &[Vec<usize>],
    scratch: &mut Scratch,
    out: &mut Vec<Encoded>,
) {
    encoder.reader.run::<I>(&encoder.weights, &encoder.table, batch, scratch);
    let Scratch { states, words, block, .. } = scratch;
    for firsts in firsts {
        words.clear();
        firsts.iter().for_each(|&row| words.extend_from_slice(&states[row * HIDDEN..][..HIDDEN]));
        out.push(encoder.heads.read::<I>(&encoder.weights, words, block));
    }
}

#[inline(always)]
fn vectors_with<I: Isa>(encoder: &Encoder, batch: &Batch, scratch: &mut Scratch, out: &mut Vec<Vec<f32>>) {
    encoder.sentence.run::<I>(&encoder.weights, &encoder.table, batch, scratch);
    let mut start = 0;
    for &end in &batch.ends {
        let mut mean = vec![0.0; HIDDEN];
        for row in scratch.states[start * HIDDEN..end * HIDDEN].chunks_exact(HIDDEN) {
            rows::add::<I::Lanes>(&mut mean, row);
        }
        rows::to_unit::<I::Lanes>(&mut mean);
        out.push(mean);
        start = end;
    }
}
