//! Bytes to characters: byte order marks, UTF-8, UTF-16, and a guess where nothing else fits.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text and what has to be said about the decoding.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The characters, without a byte order mark, otherwise unaltered.
    pub text: String,
    /// A remark for people where the charset was not plain UTF-8.
    pub note: Option<String>,
}

/// At most this share of undecodable or control characters is accepted as text.
const LARGEST_GARBAGE_SHARE: f64 = 0.05;

/// Decodes `bytes`; `declared` is the charset that the container or page names.
///
/// The error says what the bytes are instead, without naming the source.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, String> {
    if let Some(kind) = other_kind(bytes) {
        return Err(kind.to_owned());
    }
    let (encoding, how) = encoding_of(bytes, declared)?;
    checked(decode_as(bytes, encoding, how))
}

/// How a charset is known.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Certain,
    Declared,
    Guessed,
}

fn encoding_of(bytes: &[u8], declared: Option<&str>) -> Result<(&'static Encoding, Known), String> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err("utf-32 text, which is not read; save it as utf-8".to_owned());
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok((encoding, Known::Certain));
    }
    if memchr::memchr(0, bytes).is_some() {
        return with_nul(bytes);
    }
    if is_mostly_utf8(bytes) {
        return Ok((UTF_8, Known::Certain));
    }
    // A declared UTF-8 is refuted by now, and a declared UTF-16 would show NUL bytes.
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    Ok(match declared.filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e)) {
        Some(encoding) => (encoding, Known::Declared),
        None => (guess(bytes), Known::Guessed),
    })
}

/// Text with NUL bytes is UTF-16 without a byte order mark, or no text.
fn with_nul(bytes: &[u8]) -> Result<(&'static Encoding, Known), String> {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), sample.len() / 2);
    let common = units.div_ceil(16).max(1);
    match (even, odd) {
        (e, o) if o >= common && e * 8 <= o => Ok((UTF_16LE, Known::Guessed)),
        (e, o) if e >= common && o * 8 <= e => Ok((UTF_16BE, Known::Guessed)),
        (e, o) if (e + o) * 1000 <= sample.len() && is_mostly_utf8(bytes) => Ok((UTF_8, Known::Certain)),
        _ => Err("binary data (zero bytes)".to_owned()),
    }
}

/// Whether the bytes are UTF-8 but for rare broken places (a truncated end, a damaged character).
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut multibyte) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        multibyte += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || (broken == 1 && ends_inside_character(bytes)) || broken * 4 <= multibyte
}

/// Whether the only fault is that the last character is cut off.
fn ends_inside_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, how: Known) -> Decoded {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let name = encoding.name().to_ascii_lowercase();
    let broken =
        if encoding == UTF_8 { bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count() } else { 0 };
    let note = match how {
        Known::Guessed => Some(format!("read as {name} (guessed)")),
        Known::Declared => Some(format!("read as {name} (declared)")),
        Known::Certain if broken > 0 => Some(format!(
            "read as utf-8; damaged in {broken} place{}, shown as U+FFFD",
            if broken == 1 { "" } else { "s" }
        )),
        Known::Certain if encoding != UTF_8 => Some(format!("read as {name}")),
        Known::Certain => None,
    };
    Decoded { text: text.into_owned(), note }
}

/// Rejects what decodes, but to garbage.
fn checked(decoded: Decoded) -> Result<Decoded, String> {
    let (mut garbage, mut all) = (0usize, 0usize);
    for c in decoded.text.chars() {
        all += 1;
        garbage += usize::from(c == '\u{fffd}' || (c.is_control() && !c.is_whitespace() && c != '\u{1b}'));
    }
    match garbage as f64 > LARGEST_GARBAGE_SHARE * all as f64 && garbage > 1 {
        true => Err(format!("binary or damaged data ({garbage} of {all} characters cannot be read)")),
        false => Ok(decoded),
    }
}

/// Well-known kinds of file that are not text, by their first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file; convert it to text first"),
        (b"PK\x03\x04", "a ZIP archive or office document; unpack it or save it as text first"),
        (b"{\\rtf", "an RTF document; save it as text first"),
        (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"PAR1", "a Parquet file, which is not read; export it as JSON Lines"),
        (b"BZh", "a bzip2 archive; unpack it first"),
        (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
        (b"\x28\xb5\x2f\xfd", "a zstandard archive; unpack it first"),
        (b"SQLite format 3\0", "an SQLite database"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes, None).expect("text");
        (decoded.text, decoded.note)
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn plain_utf8_is_not_remarked_on_and_a_mark_is_dropped() {
        assert_eq!(text("Zoë left.".as_bytes()), ("Zoë left.".to_owned(), None));
        assert_eq!(text("\u{feff}Zoë left.".as_bytes()), ("Zoë left.".to_owned(), None));
    }

    #[test]
    fn utf16_is_read_with_and_without_mark() {
        let words = "The harbour of Łódź? There is none.\n";
        for little in [true, false] {
            assert_eq!(text(&utf16(&format!("\u{feff}{words}"), little)).0, words);
            let (read, note) = text(&utf16(words, little));
            assert_eq!(read, words);
            assert!(note.is_some_and(|n| n.contains("utf-16") && n.contains("guessed")));
        }
    }

    #[test]
    fn western_bytes_are_guessed() {
        let bytes = b"The caf\xe9 owner said the cr\xe8me br\xfbl\xe9e was \x93fine\x94.";
        let (read, note) = text(bytes);
        assert_eq!(read, "The café owner said the crème brûlée was “fine”.");
        assert_eq!(note.as_deref(), Some("read as windows-1252 (guessed)"));
    }

    #[test]
    fn a_cut_or_damaged_character_is_shown_and_told() {
        let bytes = "The minister’s café".as_bytes();
        let (read, note) = text(&bytes[..bytes.len() - 1]);
        assert_eq!(read, "The minister’s caf\u{fffd}");
        assert_eq!(note.as_deref(), Some("read as utf-8; damaged in 1 place, shown as U+FFFD"));
        assert_eq!(text(b"ascii and a cut \xe2\x80").0, "ascii and a cut \u{fffd}");
    }

    #[test]
    fn binary_is_refused_by_name() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, None).is_err());
        assert!(decode(&[0; 100], None).is_err());
        assert!(decode(b"%PDF-1.7 ...", None).is_err_and(|e| e.contains("PDF")));
    }

    #[test]
    fn a_declared_charset_yields_to_valid_utf8_only() {
        let bytes = encoding_rs::KOI8_R.encode("Москва ответила на предложение").0.into_owned();
        assert_eq!(decode(&bytes, Some("koi8-r")).expect("text").text, "Москва ответила на предложение");
        assert_eq!(decode("été".as_bytes(), Some("iso-8859-1")).expect("text").text, "été");
    }
}
