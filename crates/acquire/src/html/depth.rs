//! Guards against pages whose nesting would take tree builders quadratic time.

use super::pieces::{Piece, is_void};
use std::borrow::Cow;

/// Elements may nest so deep; real news pages stay under 60, and extractors are quadratic in it.
const DEEPEST: usize = 256;

/// The page without the tags that nest deeper than [`DEEPEST`]; `None` where it has none.
///
/// The text stays; only the tags go, so a flattened page reads the same.
pub(crate) fn flattened(pieces: &[Piece]) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let keep: Vec<bool> = pieces.iter().map(|piece| keeps(piece, &mut open)).collect();
    if keep.iter().all(|&kept| kept) {
        return None;
    }
    let mut page = String::new();
    for (piece, _) in pieces.iter().zip(keep).filter(|(_, kept)| *kept) {
        write(piece, &mut page);
    }
    Some(page)
}

/// So many attributes a tag may have; tokenizers compare each with all before it.
const MOST_ATTRIBUTES: usize = 512;

/// The page without tags that have more attributes than any real one.
pub(crate) fn without_monsters(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let (mut kept, mut from) = (String::new(), 0);
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|i| at + i) {
        let end = memchr::memchr2(b'>', b'<', &bytes[start + 1..]).map_or(bytes.len(), |i| start + 1 + i);
        if bytes[start..end].iter().filter(|b| b"= \t\n\r\x0c/".contains(b)).count() > MOST_ATTRIBUTES * 2
            && bytes.get(start + 1).is_some_and(u8::is_ascii_alphabetic)
        {
            kept.push_str(&page[from..start]);
            from = end;
        }
        at = end;
    }
    if from == 0 { Cow::Borrowed(page) } else { Cow::Owned(kept + &page[from..]) }
}

/// Whether a piece lies within the permitted depth; `open` holds the elements open before it.
fn keeps<'p>(piece: &'p Piece, open: &mut Vec<&'p str>) -> bool {
    match piece {
        Piece::Text(_) => true,
        Piece::Open(element) if is_void(&element.name) || closes_itself(&element.name) => true,
        Piece::Open(element) => {
            // Between one table and the next lie the elements of row and cell.
            let levels = if element.name == "table" { 4 } else { 1 };
            let fits = open.len() + levels <= DEEPEST;
            if fits {
                open.extend(std::iter::repeat_n(element.name.as_str(), levels));
            }
            fits
        }
        Piece::Close(name) if closes_itself(name) => true,
        Piece::Close(name) => {
            let at = open.iter().rposition(|known| known == name);
            let levels = if name == "table" { 3 } else { 0 };
            open.truncate(at.map_or(open.len(), |at| at.saturating_sub(levels)));
            at.is_some() || open.len() < DEEPEST
        }
    }
}

/// Elements whose end tag is often left out and which do not nest for that.
fn closes_itself(name: &str) -> bool {
    ["p", "li", "td", "th", "tr", "dt", "dd", "option", "html", "body", "head"].contains(&name)
}

fn write(piece: &Piece, page: &mut String) {
    match piece {
        Piece::Text(text) => page.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
        Piece::Close(name) => page.extend(["</", name, ">"]),
        Piece::Open(element) => {
            page.extend(["<", &element.name]);
            for (name, value) in &element.attributes {
                page.extend([" ", name, "=\"", &value.replace('&', "&amp;").replace('"', "&quot;"), "\""]);
            }
            page.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    #[test]
    fn deep_pages_lose_tags_but_no_text() {
        let page =
            format!("{}<p>deep &amp; low</p>{}<p>after</p>", "<div>".repeat(9000), "</div>".repeat(9000));
        let flat = flattened(&pieces(&page)).expect("flattened");
        assert_eq!(flat.matches("<div>").count(), DEEPEST);
        assert!(flat.contains("deep &amp; low") && flat.contains("after"));
    }

    #[test]
    fn a_tag_of_thousands_of_attributes_goes() {
        let page = format!("<p>one</p><div {}>two</div>", "a=1 ".repeat(9000));
        assert_eq!(without_monsters(&page), "<p>one</p>>two</div>");
        let page = format!("<p title='{}'>one</p>", "word ".repeat(200));
        assert!(matches!(without_monsters(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn ordinary_pages_stay() {
        let page = format!("<ul>{}</ul><p>one<p>two", "<li>item".repeat(2000));
        assert_eq!(flattened(&pieces(&page)), None);
    }
}
