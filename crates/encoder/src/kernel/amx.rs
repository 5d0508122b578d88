//! Tile products of x86-64 (AMX int8): 16 × 16 sums over 64 numbers with one instruction. The instructions are written out
//! because their intrinsics are not yet stable; the operating system has to permit them first.

use super::{Isa, Product, vnni};
use std::arch::asm;
use std::arch::x86_64::__cpuid_count;

/// AMX int8.
pub(crate) struct Amx;

/// Whether the processor has tiles and vectors, and the system lets this process use them.
pub(crate) fn is_available() -> bool {
    const TILE_AND_INT8: u32 = 3 << 24;
    let has_tiles = __cpuid_count(0, 0).eax >= 7 && __cpuid_count(7, 0).edx & TILE_AND_INT8 == TILE_AND_INT8;
    has_tiles && vnni::is_available() && saves_tiles() && is_permitted()
}

/// Whether the system saves tiles when it switches tasks (bits 17 and 18 of XCR0).
fn saves_tiles() -> bool {
    const TILES: u32 = 3 << 17;
    if __cpuid_count(1, 0).ecx & 1 << 27 == 0 {
        return false;
    }
    let low: u32;
    // SAFETY: reads a register; the instruction exists because bit 27 (OSXSAVE) is set.
    unsafe { asm!("xgetbv", in("ecx") 0, out("eax") low, out("edx") _, options(nomem, nostack)) };
    low & TILES == TILES
}

/// Asks Linux for permission to use tiles in this process (`arch_prctl`, `ARCH_REQ_XCOMP_PERM`).
#[cfg(target_os = "linux")]
fn is_permitted() -> bool {
    const ARCH_PRCTL: isize = 158;
    const REQUEST_PERMISSION: usize = 0x1023;
    const TILE_DATA: usize = 18;
    let answer: isize;
    // SAFETY: the call takes two numbers and no pointers; rcx and r11 are what a system call overwrites.
    unsafe {
        asm!("syscall", inlateout("rax") ARCH_PRCTL => answer, in("rdi") REQUEST_PERMISSION, in("rsi") TILE_DATA,
            lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    answer == 0
}

#[cfg(not(target_os = "linux"))]
fn is_permitted() -> bool {
    false
}

impl Isa for Amx {
    const OFFSET: u8 = 0;
    const DEPTH: usize = 64;
    type Lanes = crate::lanes::Sixteen;

    fn product(mut p: Product<'_>) {
        p.check();
        assert!(p.depth == 32 || p.depth.is_multiple_of(64), "tiles take 32 or 64 numbers");
        let step = p.depth.min(64);
        let (whole, rest) = (p.rows / 32 * 32, p.rows % 32);
        // SAFETY: this type is used only where `Kernel::Amx` is available; `check` bounds every access, and the shape
        // of the tiles keeps the last rows inside.
        unsafe {
            if whole > 0 {
                configure([16, 16], step);
                wide(&mut p, (0..whole).step_by(32));
            }
            if rest > 16 {
                configure([16, rest - 16], step);
                wide(&mut p, std::iter::once(whole));
            } else if rest > 0 {
                configure([rest, rest], step);
                upper(&mut p, whole);
            }
            asm!("tilerelease", options(nostack, nomem));
        }
    }
}

/// Shapes of the tiles.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    bytes: [u16; 16],
    rows: [u8; 16],
}

/// Sums in tiles 0 to 3 (upper left, upper right, lower left, lower right), left rows in 4 and 5, right blocks in 6 and 7.
unsafe fn configure(rows: [usize; 2], step: usize) {
    let [upper, lower] = rows.map(|r| r as u8);
    let (left, right) = (step as u16, (step / 4) as u8);
    let mut shapes = Shapes { palette: 1, start: 0, reserved: [0; 14], bytes: [0; 16], rows: [0; 16] };
    shapes.bytes[..8].copy_from_slice(&[64, 64, 64, 64, left, left, 64, 64]);
    shapes.rows[..8].copy_from_slice(&[upper, upper, lower, lower, upper, lower, right, right]);
    // SAFETY: reads 64 bytes; the caller has tiles.
    unsafe { asm!("ldtilecfg [{0}]", in(reg) &raw const shapes, options(nostack, readonly)) };
}

/// Up to 32 rows from each of `rows` on, against every column: two blocks of columns stay near for all rows.
unsafe fn wide(p: &mut Product<'_>, rows: impl Iterator<Item = usize> + Clone) {
    let blocks = p.columns / 16;
    for block in (0..blocks / 2 * 2).step_by(2) {
        // SAFETY: rows and blocks are inside the slices that `check` verified.
        rows.clone().for_each(|row| unsafe { square(p, row, block) });
    }
    if blocks % 2 == 1 {
        // SAFETY: as above.
        rows.for_each(|row| unsafe { tall(p, row, blocks - 1) });
    }
}

/// Asks for a tile's sixteen lines before they are needed: matrices lie in the second cache, a tile waits for the first.
macro_rules! near {
    ($tile:literal) => {
        concat!("lea {near}, [{", $tile, "} + {ahead}]\n",
            "prefetcht0 [{near}]\nprefetcht0 [{near} + 64]\nprefetcht0 [{near} + 128]\nprefetcht0 [{near} + 192]\n",
            "prefetcht0 [{near} + 256]\nprefetcht0 [{near} + 320]\nprefetcht0 [{near} + 384]\nprefetcht0 [{near} + 448]\n",
            "prefetcht0 [{near} + 512]\nprefetcht0 [{near} + 576]\nprefetcht0 [{near} + 640]\nprefetcht0 [{near} + 704]\n",
            "prefetcht0 [{near} + 768]\nprefetcht0 [{near} + 832]\nprefetcht0 [{near} + 896]\nprefetcht0 [{near} + 960]")
    };
}

/// Up to 32 rows from `row` on, against two blocks of columns.
unsafe fn square(p: &mut Product<'_>, row: usize, block: usize) {
    // SAFETY: the caller keeps rows and blocks inside the slices that `check` verified; only tiles are overwritten.
    unsafe {
        let left = p.left.as_ptr().add(row * p.stride);
        let right = p.right.as_ptr().add(block * 16 * p.depth);
        let out = p.out.as_mut_ptr().add(row * p.pitch + block * 16);
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            near!("first"),
            near!("second"),
            "tileloadd tmm4, [{upper} + {stride}]",
            "tileloadd tmm6, [{first} + {line}]",
            "tdpbssd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{second} + {line}]",
            "tdpbssd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{lower} + {stride}]",
            "tdpbssd tmm2, tmm5, tmm6",
            "tdpbssd tmm3, tmm5, tmm7",
            "add {upper}, 64",
            "add {lower}, 64",
            "add {first}, 1024",
            "add {second}, 1024",
            "dec {count}",
            "jnz 2b",
            "tilestored [{out} + {pitch}], tmm0",
            "tilestored [{out} + {pitch} + 64], tmm1",
            "tilestored [{below} + {pitch}], tmm2",
            "tilestored [{below} + {pitch} + 64], tmm3",
            upper = inout(reg) left => _,
            lower = inout(reg) left.add(16 * p.stride) => _,
            first = inout(reg) right => _,
            second = inout(reg) right.add(16 * p.depth) => _,
            count = inout(reg) p.depth.div_ceil(64) => _,
            stride = in(reg) p.stride,
            line = in(reg) 64usize,
            out = in(reg) out,
            below = in(reg) out.add(16 * p.pitch),
            pitch = in(reg) p.pitch * 4,
            near = out(reg) _,
            ahead = in(reg) if p.depth > 512 { 2048 } else { 32 * p.depth },
            options(nostack),
        );
    }
}

/// Up to 32 rows from `row` on, against one block of columns.
unsafe fn tall(p: &mut Product<'_>, row: usize, block: usize) {
    // SAFETY: the caller keeps rows and block inside the slices that `check` verified.
    unsafe {
        let left = p.left.as_ptr().add(row * p.stride);
        let out = p.out.as_mut_ptr().add(row * p.pitch + block * 16);
        asm!(
            "tilezero tmm0",
            "tilezero tmm2",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}]",
            "tileloadd tmm6, [{first} + {line}]",
            "tdpbssd tmm0, tmm4, tmm6",
            "tileloadd tmm5, [{lower} + {stride}]",
            "tdpbssd tmm2, tmm5, tmm6",
            "add {upper}, 64",
            "add {lower}, 64",
            "add {first}, 1024",
            "dec {count}",
            "jnz 2b",
            "tilestored [{out} + {pitch}], tmm0",
            "tilestored [{below} + {pitch}], tmm2",
            upper = inout(reg) left => _,
            lower = inout(reg) left.add(16 * p.stride) => _,
            first = inout(reg) p.right.as_ptr().add(block * 16 * p.depth) => _,
            count = inout(reg) p.depth.div_ceil(64) => _,
            stride = in(reg) p.stride,
            line = in(reg) 64usize,
            out = in(reg) out,
            below = in(reg) out.add(16 * p.pitch),
            pitch = in(reg) p.pitch * 4,
            options(nostack),
        );
    }
}

/// At most 16 rows from `row` on, against every column, four blocks at a time.
unsafe fn upper(p: &mut Product<'_>, row: usize) {
    let blocks = p.columns / 16;
    for block in (0..blocks / 4 * 4).step_by(4) {
        // SAFETY: rows and blocks are inside the slices that `check` verified.
        unsafe {
            let right = p.right.as_ptr().add(block * 16 * p.depth);
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "tileloadd tmm4, [{left} + {stride}]",
                "tileloadd tmm6, [{right} + {line}]",
                "tdpbssd tmm0, tmm4, tmm6",
                "lea {next}, [{right} + {panel}]",
                "tileloadd tmm7, [{next} + {line}]",
                "tdpbssd tmm1, tmm4, tmm7",
                "add {next}, {panel}",
                "tileloadd tmm6, [{next} + {line}]",
                "tdpbssd tmm2, tmm4, tmm6",
                "add {next}, {panel}",
                "tileloadd tmm7, [{next} + {line}]",
                "tdpbssd tmm3, tmm4, tmm7",
                "add {left}, 64",
                "add {right}, 1024",
                "dec {count}",
                "jnz 2b",
                "tilestored [{out} + {pitch}], tmm0",
                "tilestored [{out} + {pitch} + 64], tmm1",
                "tilestored [{out} + {pitch} + 128], tmm2",
                "tilestored [{out} + {pitch} + 192], tmm3",
                left = inout(reg) p.left.as_ptr().add(row * p.stride) => _,
                right = inout(reg) right => _,
                next = out(reg) _,
                panel = in(reg) 16 * p.depth,
                count = inout(reg) p.depth.div_ceil(64) => _,
                stride = in(reg) p.stride,
                line = in(reg) 64usize,
                out = in(reg) p.out.as_mut_ptr().add(row * p.pitch + block * 16),
                pitch = in(reg) p.pitch * 4,
                options(nostack),
            );
        }
    }
    // SAFETY: as above.
    (blocks / 4 * 4..blocks).for_each(|block| unsafe { single(p, row, block) });
}

/// At most 16 rows from `row` on, against one block of columns.
unsafe fn single(p: &mut Product<'_>, row: usize, block: usize) {
    // SAFETY: the caller keeps rows and block inside the slices that `check` verified.
    unsafe {
        asm!(
            "tilezero tmm0",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}]",
            "tileloadd tmm6, [{first} + {line}]",
            "tdpbssd tmm0, tmm4, tmm6",
            "add {upper}, 64",
            "add {first}, 1024",
            "dec {count}",
            "jnz 2b",
            "tilestored [{out} + {pitch}], tmm0",
            upper = inout(reg) p.left.as_ptr().add(row * p.stride) => _,
            first = inout(reg) p.right.as_ptr().add(block * 16 * p.depth) => _,
            count = inout(reg) p.depth.div_ceil(64) => _,
            stride = in(reg) p.stride,
            line = in(reg) 64usize,
            out = in(reg) p.out.as_mut_ptr().add(row * p.pitch + block * 16),
            pitch = in(reg) p.pitch * 4,
            options(nostack),
        );
    }
}
