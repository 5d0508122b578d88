//! The weights file: magic, format, checksum, a directory of tensors, and the tensors, each on 64 bytes.
//!
//! ```text
//! 0   "ONRECWTS"
//! 8   format (u32), size of everything before the tensors (u32)
//! 16  size of the tensors (u64), XXH64 of every byte from 32 on (u64)
//! 32  version, origin (u16 length + UTF-8 each), number of tensors (u32), then per tensor
//!     name, kind (u8), rank (u8), dimensions (u32 each), offset in the file (u64), length (u64)
//! ```
//! All numbers are little-endian. Kinds: 0 text, 1 f32, 2 f16, 3 i32, 4 u32, 5 u16, 6 int8 row by row, 7 int8 in blocks of
//! 16 rows × 4 columns: `[rows / 16][columns / 4][16][4]`, which VNNI, AMX and NEON dot products load as it stands.

use std::collections::BTreeMap;
use std::ops::Range;

/// First bytes of a weights file.
pub const MAGIC: [u8; 8] = *b"ONRECWTS";
/// The format this program reads.
pub const FORMAT: u32 = 1;
const FIXED: usize = 32;

/// Why a weights file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// Another kind of file.
    #[error("not a weights file: it must begin with ONRECWTS; make one with training/pack_weights.py")]
    Magic,
    /// Written for another version of this program.
    #[error("weights file of format {found}, this program reads format {FORMAT}: pack the model again")]
    Format {
        /// Format in the file.
        found: u32,
    },
    /// Bytes are missing or left over.
    #[error("weights file of {found} bytes, its header promises {expected}: copy it again")]
    Size {
        /// Bytes there are.
        found: u64,
        /// Bytes there should be.
        expected: u64,
    },
    /// Bytes were changed.
    #[error(
        "weights file is damaged: checksum {found:016x}, its header promises {expected:016x}: copy it again"
    )]
    Checksum {
        /// XXH64 of the bytes there are.
        found: u64,
        /// XXH64 in the header.
        expected: u64,
    },
    /// The directory cannot be read.
    #[error("weights file with an unreadable directory: pack the model again")]
    Directory,
    /// A tensor is absent or of another kind or size.
    #[error("weights file without a usable tensor `{name}`: pack the model again")]
    Tensor {
        /// Name of the tensor.
        name: String,
    },
}

/// Bytes that hold a weights file.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// Part of the program.
    Static(&'static [u8]),
    /// Read from elsewhere.
    Owned(Vec<u8>),
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

#[derive(Debug)]
struct Entry {
    kind: u8,
    dims: Vec<usize>,
    range: Range<usize>,
}

/// An opened weights file.
#[derive(Debug)]
pub(crate) struct Weights {
    bytes: Bytes,
    pub(crate) version: String,
    pub(crate) origin: String,
    entries: BTreeMap<String, Entry>,
}

/// A place in the weights file.
pub(crate) type Place = Range<usize>;

/// An int8 matrix in blocks, with what is needed to turn sums of products into numbers.
#[derive(Debug)]
pub(crate) struct Linear {
    /// Where the blocks are.
    pub(crate) blocks: Place,
    /// Outputs, a multiple of 16.
    pub(crate) rows: usize,
    /// Inputs, a multiple of 64.
    pub(crate) depth: usize,
    /// Size of one step of each output's weights.
    pub(crate) scale: Vec<f32>,
    /// Added to each output.
    pub(crate) bias: Vec<f32>,
    /// Multiplied with each input before it is quantised.
    pub(crate) smooth: Vec<f32>,
    /// Sum of each output's integers.
    pub(crate) sums: Vec<i32>,
}

impl Weights {
    /// Opens a file after checking its magic, format, size and checksum.
    pub(crate) fn checked(bytes: Bytes) -> Result<Self, WeightsError> {
        let expected = fixed(&bytes)?.2;
        let found = xxhash_rust::xxh64::xxh64(&bytes[FIXED..], 0);
        if found != expected {
            return Err(WeightsError::Checksum { found, expected });
        }
        Self::open(bytes)
    }

    /// Opens a file after checking its magic, format and size.
    pub(crate) fn open(bytes: Bytes) -> Result<Self, WeightsError> {
        let (header, size, _) = fixed(&bytes)?;
        let mut at = Cursor { bytes: &bytes[..header], at: FIXED };
        let (version, origin) = (at.string()?, at.string()?);
        let mut entries = BTreeMap::new();
        for _ in 0..at.number(4)? {
            let (name, entry) = at.entry()?;
            if entry.range.start < header || entry.range.end > size {
                return Err(WeightsError::Directory);
            }
            entries.insert(name, entry);
        }
        Ok(Self { bytes, version, origin, entries })
    }

    /// The bytes at a place.
    pub(crate) fn bytes(&self, place: &Place) -> &[u8] {
        &self.bytes[place.clone()]
    }

    /// The integers at a place.
    pub(crate) fn int8(&self, place: &Place) -> &[i8] {
        let bytes = self.bytes(place);
        // SAFETY: i8 and u8 have the same size and alignment, and every bit pattern is valid for both.
        unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
    }

    /// Place and dimensions of a tensor of a kind; the length is checked against the dimensions.
    pub(crate) fn place(&self, name: &str, kind: u8) -> Result<(Place, &[usize]), WeightsError> {
        let missing = || WeightsError::Tensor { name: name.to_owned() };
        let entry = self.entries.get(name).filter(|e| e.kind == kind).ok_or_else(missing)?;
        let width = [1, 4, 2, 4, 4, 2, 1, 1][usize::from(kind)];
        let count = entry.dims.iter().try_fold(width, |n: usize, &d| n.checked_mul(d));
        if count != Some(entry.range.len()) {
            return Err(missing());
        }
        Ok((entry.range.clone(), &entry.dims))
    }

    /// Whether there is a tensor of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Lines of a text.
    pub(crate) fn lines(&self, name: &str) -> Result<Vec<String>, WeightsError> {
        let (place, _) = self.place(name, 0)?;
        let text = std::str::from_utf8(self.bytes(&place))
            .map_err(|_| WeightsError::Tensor { name: name.to_owned() })?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Numbers of a given count.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.sized(name, 1, count * 4)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Half-precision numbers of a given count.
    pub(crate) fn halves(&self, name: &str, count: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.sized(name, 2, count * 2)?;
        Ok(bytes.chunks_exact(2).map(|b| half(u16::from_le_bytes([b[0], b[1]]))).collect())
    }

    /// An int8 matrix with its scales, of at least `rows` outputs and exactly `depth` inputs.
    pub(crate) fn linear(&self, name: &str, rows: usize, depth: usize) -> Result<Linear, WeightsError> {
        let wanted = (rows.next_multiple_of(16), depth.next_multiple_of(64));
        let (blocks, dims) = self.place(name, 7)?;
        if dims != [wanted.0, wanted.1] {
            return Err(WeightsError::Tensor { name: name.to_owned() });
        }
        let sums = self.sized(&format!("{name}.sum"), 3, wanted.0 * 4)?;
        Ok(Linear {
            blocks,
            rows: wanted.0,
            depth: wanted.1,
            scale: self.floats(&format!("{name}.scale"), wanted.0)?,
            bias: self.floats(&format!("{name}.bias"), wanted.0)?,
            smooth: self.floats(&format!("{name}.smooth"), wanted.1)?,
            sums: sums.chunks_exact(4).map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
        })
    }

    fn sized(&self, name: &str, kind: u8, length: usize) -> Result<&[u8], WeightsError> {
        let (place, _) = self.place(name, kind)?;
        if place.len() != length {
            return Err(WeightsError::Tensor { name: name.to_owned() });
        }
        Ok(self.bytes(&place))
    }
}

/// Sizes of the header and of the whole file, and the checksum.
fn fixed(bytes: &[u8]) -> Result<(usize, usize, u64), WeightsError> {
    if !bytes.starts_with(&MAGIC) {
        return Err(WeightsError::Magic);
    }
    let mut at = Cursor { bytes, at: MAGIC.len() };
    let short = |_| WeightsError::Size { found: bytes.len() as u64, expected: FIXED as u64 };
    let format = at.number(4).map_err(short)? as u32;
    if format != FORMAT {
        return Err(WeightsError::Format { found: format });
    }
    let (header, payload) = (at.number(4).map_err(short)?, at.number(8).map_err(short)?);
    let checksum = at.number(8).map_err(short)?;
    let expected = header.saturating_add(payload);
    if bytes.len() as u64 != expected || header < FIXED as u64 {
        return Err(WeightsError::Size { found: bytes.len() as u64, expected });
    }
    Ok((header as usize, bytes.len(), checksum))
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, count: usize) -> Result<&[u8], WeightsError> {
        let end = self.at.checked_add(count).ok_or(WeightsError::Directory)?;
        let bytes = self.bytes.get(self.at..end).ok_or(WeightsError::Directory)?;
        self.at = end;
        Ok(bytes)
    }

    fn number(&mut self, width: usize) -> Result<u64, WeightsError> {
        Ok(self.take(width)?.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    fn string(&mut self) -> Result<String, WeightsError> {
        let length = self.number(2)? as usize;
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| WeightsError::Directory)
    }

    fn entry(&mut self) -> Result<(String, Entry), WeightsError> {
        let name = self.string()?;
        let (kind, rank) = (self.number(1)? as u8, self.number(1)?);
        let dims = (0..rank).map(|_| Ok(self.number(4)? as usize)).collect::<Result<_, WeightsError>>()?;
        let (start, length) = (self.number(8)? as usize, self.number(8)? as usize);
        let end = start.checked_add(length).ok_or(WeightsError::Directory)?;
        if kind > 7 {
            return Err(WeightsError::Directory);
        }
        Ok((name, Entry { kind, dims, range: start..end }))
    }
}

/// Half-precision number to single precision.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10 & 31), u32::from(bits & 1023));
    match exponent {
        0 => {
            let size = fraction as f32 / 16_777_216.0;
            f32::from_bits(size.to_bits() | sign)
        }
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}
