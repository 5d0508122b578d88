//! Which words of one wording differ from another.

/// Longest sides, in words, that are compared exactly; longer middles count as different throughout.
const LIMIT: usize = 600;

/// The pieces of `text` in order, each with whether its words are missing in `other`.
///
/// Words are compared without case and punctuation (longest common subsequence); white space belongs to
/// the piece before it, so that the pieces together are `text`.
pub(crate) fn pieces<'t>(text: &'t str, other: &str) -> Vec<(&'t str, bool)> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let keys: Vec<String> = words.iter().map(|w| key(w)).collect();
    let others: Vec<String> = other.split_whitespace().map(key).filter(|k| !k.is_empty()).collect();
    merged(text, &words, &differs(&keys, &others))
}

fn key(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For each word whether it is absent from the common subsequence; words without letters never are.
fn differs(words: &[String], others: &[String]) -> Vec<bool> {
    let at: Vec<usize> = (0..words.len()).filter(|&i| !words[i].is_empty()).collect();
    let left: Vec<&str> = at.iter().map(|&i| words[i].as_str()).collect();
    let right: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut out = vec![false; words.len()];
    for (kept, i) in common(&left, &right).into_iter().zip(at) {
        out[i] = !kept;
    }
    out
}

/// Which words of `left` belong to a longest common subsequence with `right`.
fn common(left: &[&str], right: &[&str]) -> Vec<bool> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (l, r) = (&left[head..], &right[head..]);
    let tail = l.iter().rev().zip(r.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut kept = vec![true; head];
    kept.extend(middle(&l[..l.len() - tail], &r[..r.len() - tail]));
    kept.extend(vec![true; tail]);
    kept
}

fn middle(left: &[&str], right: &[&str]) -> Vec<bool> {
    let mut kept = vec![false; left.len()];
    if left.len() > LIMIT || right.len() > LIMIT {
        return kept;
    }
    let width = right.len() + 1;
    let mut longest = vec![0u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            let skip = longest[(i + 1) * width + j].max(longest[i * width + j + 1]);
            let step = longest[(i + 1) * width + j + 1] + 1;
            longest[i * width + j] = if left[i] == right[j] { step } else { skip };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            kept[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

fn merged<'t>(text: &'t str, words: &[&str], differs: &[bool]) -> Vec<(&'t str, bool)> {
    let mut out = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (i, word) in words.iter().enumerate() {
        end += word.len();
        if differs.get(i + 1) != Some(&differs[i]) {
            out.push((&text[start..end], differs[i]));
            start = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, other: &str) -> String {
        let show =
            |(piece, differs): (&str, bool)| if differs { format!("[{piece}]") } else { piece.to_owned() };
        pieces(text, other).into_iter().map(show).collect()
    }

    #[test]
    fn marks_what_the_other_lacks() {
        assert_eq!(
            marked("We want guarantees now", "We want guarantees at once"),
            "We want guarantees [now]"
        );
        assert_eq!(marked("“We, yes”", "we YES."), "“We, yes”");
        assert_eq!(marked("a b c d", "a x c d"), "a [b ]c d");
        assert_eq!(marked("", "a"), "");
    }

    #[test]
    fn pieces_join_to_the_text_even_when_too_long_to_compare() {
        let long = "wort ".repeat(3 * LIMIT) + "ende";
        let other = "word ".repeat(3 * LIMIT) + "ende";
        let pieces = pieces(&long, &other);
        assert_eq!(pieces.iter().map(|(p, _)| *p).collect::<String>(), long);
        assert!(pieces[0].1 && !pieces[1].1);
    }
}
