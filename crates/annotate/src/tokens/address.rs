//! Web and mail addresses inside a run without white space.

/// Where the addresses of `text[start..end]` begin and end, in order.
pub(super) fn addresses(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let chunk = &text[start..end];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((a, b)) = next(chunk, from) {
        found.push((start + a, start + b));
        from = b;
    }
    found
}

fn next(chunk: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let hit = match bytes[at] {
            b':' if bytes[at..].starts_with(b"://") => link(chunk, from, at),
            b'w' if bytes[at..].starts_with(b"www.")
                && (at == from || !bytes[at - 1].is_ascii_alphanumeric()) =>
            {
                Some((at, link_end(chunk, at)))
            }
            b'@' => mail(chunk, from, at),
            _ => None,
        };
        if hit.is_some_and(|(a, b)| a >= from && b > a + 3) {
            return hit;
        }
        at += 1;
    }
    None
}

/// `https://…` around its `://` at `at`.
fn link(chunk: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let scheme = chunk[from..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    (scheme > 1).then(|| (at - scheme, link_end(chunk, at)))
}

/// End of an address: before a quotation mark or bracket, without punctuation at its end.
fn link_end(chunk: &str, at: usize) -> usize {
    let stop = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '<' | '>' | '—' | '…');
    let end = chunk[at..].find(stop).map_or(chunk.len(), |i| at + i);
    let bare = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ')' | ']' | '}');
    at + chunk[at..end].trim_end_matches(bare).len()
}

/// `name@host.org` around its `@` at `at`.
fn mail(chunk: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let before = bytes[from..at].iter().rev().take_while(|b| name(b)).count();
    let after =
        bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let host = chunk[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
    (before > 0 && host.contains('.')).then_some((at - before, at + 1 + host.len()))
}
