"""Writes crates/encoder/src/unicode.rs: the character classes that BERT's word pieces and the word shapes need.

    python3 training/unicode_tables.py > crates/encoder/src/unicode.rs
"""
import sys
import unicodedata as u

CLASSES = {
    "PUNCTUATION": ("Punctuation (general category P).", lambda c: u.category(c)[0] == "P"),
    "MARKS": ("Nonspacing marks (Mn).", lambda c: u.category(c) == "Mn"),
    "OTHER": ("Controls, format characters and private use (Cc, Cf, Co), without tab and line ends.",
              lambda c: u.category(c) in ("Cc", "Cf", "Co") and c not in "\t\n\r"),
    "LETTERS": ("Letters (L).", str.isalpha),
    "DIGITS": ("Digits: decimal ones and others with a digit value, such as superscripts.", str.isdigit),
    "TITLECASE": ("Titlecase letters (Lt).", lambda c: u.category(c) == "Lt"),
}


def ranges(test):
    out = []
    for point in range(sys.maxunicode + 1):
        if 0xD800 <= point < 0xE000 or not test(chr(point)):
            continue
        if out and out[-1][1] == point - 1:
            out[-1][1] = point
        else:
            out.append([point, point])
    return out


print(f"""//! Character classes as sorted ranges; written by `training/unicode_tables.py` from Unicode {u.unidata_version}.

/// Whether a sorted list of inclusive ranges holds a character.
pub(crate) fn holds(ranges: &[(u32, u32)], c: char) -> bool {{
    let point = c as u32;
    let after = ranges.partition_point(|&(first, _)| first <= point);
    after > 0 && point <= ranges[after - 1].1
}}""")
for name, (doc, test) in CLASSES.items():
    print(f"\n/// {doc}\n#[rustfmt::skip]\npub(crate) const {name}: &[(u32, u32)] = &[")
    line = "   "
    for a, b in ranges(test):
        item = f" ({a:#x}, {b:#x}),"
        if len(line) + len(item) > 110:
            print(line)
            line = "   "
        line += item
    print(line + "\n];")
