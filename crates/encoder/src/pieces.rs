//! Words to word pieces (WordPiece, Wu et al. 2016, as in BERT uncased) and to the word shape.

use crate::unicode::{DIGITS, LETTERS, MARKS, OTHER, PUNCTUATION, TITLECASE, holds};
use crate::weights::{Place, Weights, WeightsError};
use unicode_normalization::UnicodeNormalization;

/// Most pieces that one word takes.
pub(crate) const MOST: usize = 8;
/// Id of an unknown word.
pub(crate) const UNKNOWN: u16 = 100;
/// Id of the mark before a window.
pub(crate) const FIRST: u16 = 101;
/// Id of the mark after a window.
pub(crate) const LAST: u16 = 102;
const LONGEST_WORD: usize = 100;
const LONGEST_PIECE: usize = 24;
const EMPTY: u16 = u16::MAX;

/// The pieces, found by hash in the weights file itself.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: Place,
    ends: Place,
    slots: Place,
}

impl Vocabulary {
    /// The vocabulary of a weights file.
    pub(crate) fn of(weights: &Weights) -> Result<Self, WeightsError> {
        let (text, _) = weights.place("vocabulary", 0)?;
        let (ends, _) = weights.place("vocabulary.ends", 4)?;
        let (slots, dims) = weights.place("vocabulary.slots", 5)?;
        let bad = || WeightsError::Tensor { name: "vocabulary".to_owned() };
        if dims != [1 << 16] {
            return Err(bad());
        }
        let found = Self { text, ends, slots };
        found.verify(weights).then_some(found).ok_or_else(bad)
    }

    /// Whether every id in the table has a text and a search always ends.
    fn verify(&self, weights: &Weights) -> bool {
        let ends =
            weights.bytes(&self.ends).chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let slots = weights.bytes(&self.slots).chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        let (count, total) = (ends.len(), self.text.len());
        let whole = ends.clone().next_back().is_some_and(|end| end as usize == total);
        let known = |s: u16| s == EMPTY || usize::from(s) < count;
        whole && ends.is_sorted() && slots.clone().all(known) && slots.into_iter().any(|s| s == EMPTY)
    }

    /// Adds the ids of a text's pieces (at least one, at most `most`) and says how many.
    pub(crate) fn pieces(&self, weights: &Weights, word: &str, most: usize, out: &mut Vec<u16>) -> usize {
        let start = out.len();
        let end = start + most;
        let table = Table {
            text: weights.bytes(&self.text),
            ends: weights.bytes(&self.ends),
            slots: weights.bytes(&self.slots),
        };
        if word.is_ascii() {
            let lower = word.bytes().filter(|b| !b.is_ascii_control() || b.is_ascii_whitespace());
            table.words(lower.map(|b| char::from(b.to_ascii_lowercase())), end, out);
        } else {
            let clean = word.chars().filter(|&c| c != '\u{fffd}' && !holds(OTHER, c));
            let plain = clean.nfd().filter(|&c| !holds(MARKS, c));
            table.words(plain.flat_map(char::to_lowercase), end, out);
        }
        if out.len() == start {
            out.push(UNKNOWN);
        }
        out.truncate(end);
        out.len() - start
    }
}

#[derive(Clone, Copy)]
struct Table<'a> {
    text: &'a [u8],
    ends: &'a [u8],
    slots: &'a [u8],
}

impl Table<'_> {
    /// Splits at spaces, punctuation and CJK characters, and adds the pieces of every part until there are enough.
    fn words(&self, chars: impl Iterator<Item = char>, end: usize, out: &mut Vec<u16>) {
        let mut part = Part::default();
        for c in chars {
            let alone = is_punctuation(c) || is_cjk(c);
            if alone || c.is_whitespace() {
                self.part(&mut part, out);
            }
            if alone {
                part.push(c);
                self.part(&mut part, out);
            } else if !c.is_whitespace() {
                part.push(c);
            }
            if out.len() >= end {
                return;
            }
        }
        self.part(&mut part, out);
    }

    /// Longest match first; a part with an unknown rest is unknown as a whole.
    fn part(&self, part: &mut Part, out: &mut Vec<u16>) {
        let (start, mut at) = (out.len(), 0);
        let bytes = &part.bytes[..part.length];
        if part.chars > LONGEST_WORD {
            out.push(UNKNOWN);
        } else {
            while at < bytes.len() {
                let Some((id, end)) = self.longest(bytes, at) else {
                    out.truncate(start);
                    out.push(UNKNOWN);
                    break;
                };
                out.push(id);
                at = end;
            }
        }
        *part = Part::default();
    }

    /// The longest piece that begins at a byte, with its end.
    fn longest(&self, bytes: &[u8], from: usize) -> Option<(u16, usize)> {
        let inner = from > 0;
        let mut hashes = [0u32; LONGEST_PIECE];
        let mut hash = if inner { b"##".iter().fold(FNV, |h, &b| fnv1a(h, b)) } else { FNV };
        let rest = &bytes[from..bytes.len().min(from + LONGEST_PIECE)];
        for (slot, &b) in hashes.iter_mut().zip(rest) {
            hash = fnv1a(hash, b);
            *slot = hash;
        }
        (1..=rest.len()).rev().find_map(|n| Some((self.find(hashes[n - 1], inner, &rest[..n])?, from + n)))
    }

    fn find(&self, hash: u32, inner: bool, piece: &[u8]) -> Option<u16> {
        let mut slot = (hash.wrapping_mul(0x9E37_79B1) >> 16) as usize;
        loop {
            let id = u16::from_le_bytes([self.slots[2 * slot], self.slots[2 * slot + 1]]);
            if id == EMPTY {
                return None;
            }
            let text = &self.text[self.end(id, 0)..self.end(id, 1)];
            let body = if inner { text.strip_prefix(b"##") } else { Some(text) };
            if body == Some(piece) {
                return Some(id);
            }
            slot = (slot + 1) & 0xffff;
        }
    }

    /// Where the piece `id - 1 + after` ends.
    fn end(&self, id: u16, after: usize) -> usize {
        let at = (usize::from(id) + after) * 4;
        if at == 0 {
            return 0;
        }
        let b = &self.ends[at - 4..at];
        u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize
    }
}

/// A run of characters without spaces and punctuation; characters past the longest word are counted only.
struct Part {
    bytes: [u8; 4 * LONGEST_WORD],
    length: usize,
    chars: usize,
}

impl Default for Part {
    fn default() -> Self {
        Self { bytes: [0; 4 * LONGEST_WORD], length: 0, chars: 0 }
    }
}

impl Part {
    fn push(&mut self, c: char) {
        if self.chars < LONGEST_WORD {
            self.length += c.encode_utf8(&mut self.bytes[self.length..]).len();
        }
        self.chars = self.chars.saturating_add(1);
    }
}

const FNV: u32 = 0x811C_9DC5;

fn fnv1a(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && holds(PUNCTUATION, c))
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Shape of a word: 1 lower, 2 Capitalised, 3 UPPER, 4 with a digit, 5 without a letter, 6 one capital, 7 mIxed.
pub(crate) fn shape(word: &str) -> u8 {
    if word.chars().any(is_digit) {
        return 4;
    }
    if !word.chars().any(is_letter) {
        return 5;
    }
    let mut rest = word.chars();
    let first = rest.next().unwrap_or(' ');
    if is_lower(word) {
        1
    } else if is_upper(word) {
        if rest.as_str().is_empty() { 6 } else { 3 }
    } else if first.is_uppercase() && is_lower(rest.as_str()) {
        2
    } else {
        7
    }
}

fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { holds(DIGITS, c) }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { holds(LETTERS, c) }
}

fn is_title(c: char) -> bool {
    !c.is_ascii() && holds(TITLECASE, c)
}

/// Some cased character, and every one of them lower.
fn is_lower(word: &str) -> bool {
    word.chars().any(char::is_lowercase) && !word.chars().any(|c| c.is_uppercase() || is_title(c))
}

/// Some cased character, and every one of them upper.
fn is_upper(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(|c| c.is_lowercase() || is_title(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::Bytes;
    use proptest::prelude::*;
    use serde_json::Value;

    fn opened() -> (Weights, Vocabulary) {
        let weights = Weights::open(Bytes::Static(&crate::EMBEDDED.0)).unwrap();
        let vocabulary = Vocabulary::of(&weights).unwrap();
        (weights, vocabulary)
    }

    fn spelled(word: &str) -> String {
        let (weights, vocabulary) = opened();
        let mut ids = Vec::new();
        vocabulary.pieces(&weights, word, MOST, &mut ids);
        let text = std::str::from_utf8(weights.bytes(&vocabulary.text)).unwrap();
        let ends = weights.bytes(&vocabulary.ends);
        let table = Table { text: text.as_bytes(), ends, slots: &[] };
        let piece = |id: &u16| &text[table.end(*id, 0)..table.end(*id, 1)];
        ids.iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pieces_shapes_and_first_pieces_are_those_of_the_model() {
        let (weights, vocabulary) = opened();
        let cases: Vec<Value> =
            serde_json::from_str(include_str!("../tests/reference_outputs.json")).unwrap();
        for case in cases {
            let (mut ids, mut shapes, mut firsts) = (vec![FIRST], vec![0], vec![]);
            for word in case["words"].as_array().unwrap() {
                firsts.push(ids.len());
                vocabulary.pieces(&weights, word.as_str().unwrap(), MOST, &mut ids);
                shapes.resize(ids.len(), shape(word.as_str().unwrap()));
            }
            ids.push(LAST);
            shapes.push(0);
            assert_eq!(Value::from(ids), case["pieces"]);
            assert_eq!(Value::from(shapes), Value::from(case["shapes"].as_array().unwrap().clone()));
            assert_eq!(Value::from(firsts), case["first_piece"]);
        }
    }

    #[test]
    fn pieces_of_difficult_words() {
        assert_eq!(spelled("Überlingen"), "uber ##ling ##en");
        assert_eq!(spelled("U.S."), "u . s .");
        assert_eq!(spelled("I\u{307}stanbul"), "istanbul");
        assert_eq!(spelled("“"), "“");
        assert_eq!(spelled("中文"), "中 文");
        assert_eq!(spelled("\u{200b}"), "[UNK]");
        assert_eq!(spelled(""), "[UNK]");
        assert_eq!(spelled(&"a".repeat(101)), "[UNK]");
        assert_eq!(spelled("----------"), "- - - - - - - -");
        assert_eq!(spelled("\u{E000}x"), "x");
    }

    #[test]
    fn every_piece_is_found_again() {
        let (weights, vocabulary) = opened();
        let table = Table {
            text: weights.bytes(&vocabulary.text),
            ends: weights.bytes(&vocabulary.ends),
            slots: weights.bytes(&vocabulary.slots),
        };
        let count = table.ends.len() / 4;
        assert_eq!(count, 30_522);
        for id in 0..count as u16 {
            let text = &table.text[table.end(id, 0)..table.end(id, 1)];
            let hash = text.iter().fold(FNV, |h, &b| fnv1a(h, b));
            let inner = text.len() > 2 && text.starts_with(b"##");
            assert_eq!(table.find(hash, inner, if inner { &text[2..] } else { text }), Some(id));
            assert!(text.len() <= LONGEST_PIECE);
        }
    }

    #[test]
    fn shapes_of_words() {
        let words = ["kyiv", "Kyiv", "NATO", "G7", "…", "A", "McKay", "ǅ", "É", "Éa", "x²", "٣", "中", "ß"];
        assert_eq!(words.map(shape), [1, 2, 3, 4, 5, 6, 7, 7, 6, 2, 4, 4, 7, 1]);
    }

    proptest! {
        #[test]
        fn any_text_has_one_to_eight_pieces(text in "\\PC*|.*") {
            let (weights, vocabulary) = opened();
            let mut ids = Vec::new();
            let count = vocabulary.pieces(&weights, &text, MOST, &mut ids);
            prop_assert!((1..=MOST).contains(&count) && ids.len() == count);
            prop_assert!((1..=7).contains(&shape(&text)));
        }
    }
}
