//! Compressed input.

use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// The most that compressed input may unpack to (bytes): a guard against archives made to exhaust memory.
pub(crate) const LARGEST_UNPACKED: u64 = 512 << 20;

/// The bytes, unpacked if they are gzip. What can be unpacked of a damaged archive is an error, not half a file.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(LARGEST_UNPACKED + 1)
        .read_to_end(&mut out)
        .map_err(|e| format!("cannot be unpacked ({e}); expected a whole gzip file, fetch it again"))?;
    match out.len() as u64 > LARGEST_UNPACKED {
        true => Err(format!("unpacks to more than {} MiB; unpack and split it", LARGEST_UNPACKED >> 20)),
        false => Ok(Cow::Owned(out)),
    }
}
