//! Quotations: where they begin and end, whatever marks the text uses and whichever way round they stand.

use record::Span;

/// Longest quotation between single marks, in bytes; longer ones are apostrophes gone astray.
const LONGEST_SINGLE: usize = 600;

/// A stretch between quotation marks, inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether a closing mark was found; otherwise the quotation runs to the end of the paragraph.
    pub closed: bool,
}

/// All outer quotations in text order. They do not overlap; one that runs over several paragraphs gives one for each.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        paragraph(text, start, start + line.trim_end().len(), &mut found);
        start += line.len();
    }
    found
}

/// The quotation that holds the byte `at`.
pub fn quotation_at(quotations: &[Quotation], at: u32) -> Option<&Quotation> {
    let next = quotations.partition_point(|q| q.span.end <= at);
    quotations.get(next).filter(|q| q.span.start <= at)
}

/// A quotation mark and how it stands.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    shape: Side,
    stands: Side,
    single: bool,
}

/// Which end of a quotation something points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    Either,
}

fn paragraph(text: &str, start: usize, end: usize, found: &mut Vec<Quotation>) {
    let marks = marks(text, start, end);
    let mut open: Option<Mark> = None;
    let mut at = 0;
    while let Some(&mark) = marks.get(at) {
        at += 1;
        match open {
            None if opens(mark, &marks[at..]) && !closes_what_began(&text[start..mark.start], mark) => {
                open = Some(mark);
            }
            None => {}
            Some(first) if first.single != mark.single => {}
            Some(first) if begins_paragraph(text, first, mark) => {
                found.push(quotation(first, mark.start, mark.start, false));
                open = Some(mark);
            }
            Some(_) if mark.single && is_possessor(text, mark, &marks[at..]) => {}
            Some(first) if closes(mark) => {
                found.push(quotation(first, mark.start, mark.end, true));
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some(first) = open.filter(|m| !m.single) {
        found.push(quotation(first, end, end, false));
    }
}

/// Whether an opening mark after the end of a sentence begins the next paragraph of a quotation that is still open: the
/// convention for quotations of several paragraphs, where the line breaks were lost.
fn begins_paragraph(text: &str, first: Mark, mark: Mark) -> bool {
    let opening = |m: Mark| m.shape == Side::Opening && m.stands == Side::Opening && !m.single;
    let before = text[first.end..mark.start].trim_end();
    opening(first)
        && opening(mark)
        && before.ends_with(['.', '!', '?', '…'])
        && mark.start > before.len() + first.end
}

/// Whether an apostrophe after a plural (“the neighbours’ fault,’ she said”) stands inside a single quotation: a word goes on
/// after it, and a mark after a stop closes the quotation before another opens.
fn is_possessor(text: &str, mark: Mark, later: &[Mark]) -> bool {
    let plural = text[..mark.start].ends_with('s');
    let goes_on = text[mark.end..].strip_prefix(' ').is_some_and(|w| w.starts_with(char::is_lowercase));
    let mut near = later.iter().take(20).filter(|m| m.single).take_while(|m| m.stands != Side::Opening);
    let stop = |m: &Mark| text[..m.start].ends_with(['.', ',', '!', '?', '…']) && m.stands == Side::Closing;
    plural && goes_on && near.any(stop)
}

fn quotation(first: Mark, inner_end: usize, end: usize, closed: bool) -> Quotation {
    Quotation { span: Span::at(first.start..end), inner: Span::at(first.end..inner_end), closed }
}

/// Outside a quotation every mark opens one, unless form and surroundings both say that it closes.
fn opens(mark: Mark, later: &[Mark]) -> bool {
    if mark.single {
        let mut near = later.iter().take_while(|m| m.end - mark.start < LONGEST_SINGLE);
        return mark.stands == Side::Opening && near.any(|m| m.single && m.stands == Side::Closing);
    }
    !(mark.shape == Side::Closing && mark.stands == Side::Closing)
}

/// Whether a closing mark ends a quotation that began before this text: a comma stands before it (“We know, ” he said).
fn closes_what_began(before: &str, mark: Mark) -> bool {
    mark.shape == Side::Closing && mark.stands != Side::Opening && before.trim_end().ends_with(',')
}

/// Inside a quotation every mark of its kind closes it, unless form and surroundings both say that it opens one.
fn closes(mark: Mark) -> bool {
    match mark.single {
        true => mark.stands == Side::Closing,
        false => !(mark.stands == Side::Opening && mark.shape == Side::Opening),
    }
}

fn marks(text: &str, start: usize, end: usize) -> Vec<Mark> {
    let line = &text[start..end];
    let mut marks = Vec::new();
    let mut skip = 0;
    for (offset, c) in line.char_indices() {
        if offset < skip {
            continue;
        }
        let doubled = ["''", "``", ",,"].iter().any(|d| line[offset..].starts_with(d));
        let Some((shape, single)) = shape(c, doubled) else { continue };
        skip = offset + if doubled { 2 } else { c.len_utf8() };
        let stands = stands(&line[..offset], &line[skip..]);
        if c == ',' && stands != Side::Opening {
            continue;
        }
        marks.push(Mark { start: start + offset, end: start + skip, shape, stands, single });
    }
    marks
}

fn shape(c: char, doubled: bool) -> Option<(Side, bool)> {
    match c {
        _ if doubled && matches!(c, '`' | ',') => Some((Side::Opening, false)),
        _ if doubled => Some((Side::Either, false)),
        '“' | '«' | '„' | '「' | '『' | '〝' => Some((Side::Opening, false)),
        '”' | '»' | '‟' | '」' | '』' | '〞' => Some((Side::Closing, false)),
        '"' | '＂' | '″' => Some((Side::Either, false)),
        '‘' | '‹' | '`' => Some((Side::Opening, true)),
        '’' | '›' => Some((Side::Closing, true)),
        '\'' => Some((Side::Either, true)),
        _ => None,
    }
}

/// Which side the surroundings speak for: a word follows, or a word or stop stands before.
fn stands(before: &str, after: &str) -> Side {
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let free_left = left.is_none_or(|c| c.is_whitespace() || "([{—–-/:\"“".contains(c));
    let free_right = right.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-/\"”".contains(c));
    match (free_left, free_right) {
        (true, false) => Side::Opening,
        (false, true) => Side::Closing,
        _ => Side::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        quotations(text).iter().map(|q| q.inner.text(text).trim()).collect()
    }

    #[test]
    fn marks_of_every_kind_pair_up() {
        assert_eq!(inner("He said “yes” and \"no\" and « perhaps »."), ["yes", "no", "perhaps"]);
        assert_eq!(inner("''We lost,'' she said. ``Badly.''"), ["We lost,", "Badly."]);
        assert_eq!(inner("「We lost」, she said. ,,Badly\", 1,,2."), ["We lost", "Badly"]);
        assert_eq!(inner("‘We lost’ is a workers' song of the '90s."), ["We lost"]);
        assert_eq!(inner("‘It was the neighbours’ fault,’ she said."), ["It was the neighbours’ fault,"]);
    }

    #[test]
    fn mirrored_and_spaced_marks_pair_up() {
        assert_eq!(inner("It starts ” in March “, he said."), ["in March"]);
        assert_eq!(inner("“We want it now. “ He left. “Good ”they said."), ["We want it now.", "Good"]);
        assert_eq!(inner("to make it “burst ”.The rest"), ["burst"]);
    }

    #[test]
    fn unclosed_quotations_end_with_the_paragraph() {
        let text = "“One of several.\n“Two,” she said.\nnot me” he";
        let found = quotations(text);
        assert_eq!(inner(text), ["One of several.", "Two,"]);
        assert!(!found[0].closed && found[1].closed);
        assert_eq!(quotation_at(&found, 4), Some(&found[0]));
        assert_eq!(quotation_at(&found, 200), None);
    }

    #[test]
    fn an_opening_mark_after_a_sentence_begins_the_next_paragraph() {
        assert_eq!(inner("“It rained. “It rained on,” he said."), ["It rained.", "It rained on,"]);
        assert_eq!(inner("“He called it “mad” again,” she said."), ["He called it “mad"]);
    }

    #[test]
    fn a_closing_mark_after_a_comma_opens_nothing() {
        assert_eq!(inner("We know it , ” he said . ” We knew , ” he said."), ["We knew ,"]);
    }

    #[test]
    fn nothing_breaks_on_odd_text() {
        for text in ["", "“", "''", "\"\"\"", "“”“”", "’’’", "«\n»", "é“é"] {
            for q in quotations(text) {
                assert!(q.span.is_valid_in(text) && q.inner.is_valid_in(text));
            }
        }
    }
}
