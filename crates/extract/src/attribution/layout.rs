//! What the layout says: transcripts (`VARGA: No.`) and block quotations (`The minister said:`, then paragraphs
//! without quotation marks).

use super::Draft;
use super::recover::subject_of;
use crate::view::View;
use record::{NameKind, Span, TokenRange, Upos};

/// The rule for turns.
pub const TRANSCRIPT: &str = "rule:attribution/transcript@1";

/// The rule for block quotations.
pub const BLOCK: &str = "rule:attribution/block-quotation@1";

/// Statements that follow from layout, and the stretches they take up.
#[derive(Debug, Default)]
pub struct Layout {
    /// One draft a turn, a block or (in a text that is one statement) a sentence.
    pub drafts: Vec<Draft>,
    taken: Vec<Span>,
}

impl Layout {
    /// Whether a stretch lies in a turn or block.
    pub fn takes(&self, span: Span) -> bool {
        let next = self.taken.partition_point(|t| t.end <= span.start);
        self.taken.get(next).is_some_and(|t| t.overlaps(span))
    }
}

/// Transcripts and block quotations of an article.
pub fn layout(view: &View<'_>) -> Layout {
    let paragraphs = paragraphs(view.text());
    let mut layout = Layout::default();
    turns(view, &paragraphs, &mut layout);
    if layout.drafts.is_empty() {
        blocks(view, &paragraphs, &mut layout);
    }
    layout
}

/// Lines with words, trimmed.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(start..start + line.len()).trimmed(text);
        start += line.len();
        if !span.is_empty() {
            found.push(span);
        }
    }
    found
}

/// A paragraph that begins with the name of who speaks and a colon.
#[derive(Clone, Copy, Debug)]
struct Turn {
    paragraph: usize,
    label: Span,
    colon: Span,
    said: Span,
    /// Whether a quotation mark stands before the label.
    quoted: bool,
    capitals: bool,
}

/// Longest label, in bytes.
const LABEL: usize = 60;

fn is_mark(c: char) -> bool {
    "\"“”„«»''‘’`".contains(c)
}

fn turns(view: &View<'_>, paragraphs: &[Span], layout: &mut Layout) {
    let all: Vec<Turn> = paragraphs.iter().enumerate().filter_map(|(i, p)| turn(view, i, *p)).collect();
    let capitals = all.iter().filter(|t| t.capitals).count() > 1 || is_lone_turn(view, &all);
    let turns: Vec<Turn> = all.into_iter().filter(|t| t.capitals == capitals).collect();
    if !capitals && !alternates(view, &turns) {
        return;
    }
    for (n, turn) in turns.iter().enumerate() {
        let next = turns.get(n + 1).map(|t| t.paragraph);
        let content = turn_content(view, paragraphs, turn, next);
        let Some(end) = content.last().map(|c| c.end) else { continue };
        layout.taken.push(Span::new(turn.label.start, end));
        layout.drafts.push(Draft {
            source: Some(turn.label),
            cue: Some(turn.colon),
            content,
            rule: Some(TRANSCRIPT),
            ..Draft::of(0.95, 0.95)
        });
    }
}

/// A single turn that a report quotes with its label: “DAREN: We were never asked.”
fn is_lone_turn(view: &View<'_>, turns: &[Turn]) -> bool {
    let [turn] = turns else { return false };
    turn.capitals && turn.quoted && view.reading.names.overlapping(turn.label).next().is_some()
}

/// Whether two or more speakers take turns.
fn alternates(view: &View<'_>, turns: &[Turn]) -> bool {
    let mut labels: Vec<&str> = turns.iter().map(|t| t.label.text(view.text())).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.len() > 1 && labels.len() * 3 <= turns.len() * 2 + 3
}

fn turn(view: &View<'_>, paragraph: usize, span: Span) -> Option<Turn> {
    let text = view.text();
    let words = span.text(text);
    let inner = words.trim_start_matches(|c| is_mark(c) || c == '*' || c == '-' || c == ' ');
    let at = span.start + (words.len() - inner.len()) as u32;
    let colon = inner.char_indices().take(LABEL).find(|(_, c)| *c == ':')?.0;
    let label = Span::new(at, at + colon as u32);
    let after = inner.get(colon + 1..)?;
    let said = Span::new(label.end + 1, span.end).trimmed(text);
    let begins = after.starts_with(char::is_whitespace) && !said.is_empty();
    let capitals = !label.text(text).contains(char::is_lowercase);
    let quoted = words.starts_with(is_mark);
    let fits = begins && (names_somebody(view, label) && !view.is_aside(label));
    fits.then(|| Turn {
        paragraph,
        label,
        colon: Span::new(label.end, label.end + 1),
        said: said.trimmed_of(text, |c| c.is_whitespace() || quoted && is_mark(c)),
        quoted,
        capitals,
    })
}

/// Whether a label can be somebody's: capitals throughout, or a person's name, and no word for another part of a page.
fn names_somebody(view: &View<'_>, label: Span) -> bool {
    let words = label.text(view.text());
    let count = words.split_whitespace().count();
    let letters = words.chars().any(char::is_alphabetic);
    if !letters || count > 6 || view.lexicon.speech.is_page_label(words) {
        return false;
    }
    let capitals = !words.contains(char::is_lowercase) && !words.contains(|c: char| c.is_ascii_digit());
    let named = || {
        let mut names = view.reading.names.overlapping(label);
        names.any(|(s, n)| match n.kind {
            NameKind::Person => label.contains(s) && s.end + 3 >= label.end,
            NameKind::Organisation | NameKind::Product | NameKind::Other => s == label,
            _ => false,
        })
    };
    capitals || view.lexicon.speech.is_asker(words) || named()
}

/// The words of a turn: its paragraph and those after it that go on without a label of their own.
fn turn_content(view: &View<'_>, paragraphs: &[Span], turn: &Turn, next: Option<usize>) -> Vec<Span> {
    let text = view.text();
    let mut content = vec![turn.said];
    let last = next.unwrap_or(if turn.quoted { paragraphs.len() } else { turn.paragraph + 1 });
    for paragraph in paragraphs.get(turn.paragraph + 1..last).unwrap_or_default() {
        let words = paragraph.text(text);
        let bare = words.trim_matches(|c: char| is_mark(c) || c == '.' || c.is_whitespace());
        let stage_direction = bare.starts_with(['(', '[']) && bare.ends_with([')', ']']);
        let goes_on = !turn.quoted || words.starts_with(is_mark);
        if stage_direction || !goes_on || view.is_aside(*paragraph) || content.len() > 60 {
            break;
        }
        content.push(paragraph.trimmed_of(text, |c| c.is_whitespace()));
    }
    content
}

/// A block quotation: a paragraph that ends in a colon after a reporting verb, and paragraphs without marks.
fn blocks(view: &View<'_>, paragraphs: &[Span], layout: &mut Layout) {
    for (i, lead) in paragraphs.iter().enumerate() {
        if !lead.text(view.text()).ends_with(':') || layout.takes(*lead) || view.is_aside(*lead) {
            continue;
        }
        let Some((source, cue)) = introduced(view, *lead) else { continue };
        let rest = &paragraphs[i + 1..];
        let (block, whole) = block(view, rest);
        let (Some(first), Some(last)) = (block.first(), block.last()) else { continue };
        layout.taken.push(first.cover(*last));
        let pieces: Vec<Vec<Span>> = match whole {
            true => block.iter().flat_map(|p| sentences(view, *p)).map(|s| vec![s]).collect(),
            false => vec![block.to_vec()],
        };
        layout.drafts.extend(pieces.into_iter().map(|content| Draft {
            source: Some(source),
            cue: Some(cue),
            content,
            rule: Some(BLOCK),
            ..Draft::of(0.8, 0.9)
        }));
    }
}

/// Source and verb of “The minister said:” at the end of a paragraph.
fn introduced(view: &View<'_>, lead: Span) -> Option<(Span, Span)> {
    let tokens = view.reading.tokens_in(lead);
    let last = (tokens.end as usize).checked_sub(1)?;
    let sentence = view.sentence_tokens(view.sentence(last));
    let from = sentence.start.max(tokens.start) as usize;
    let reports = |t: &usize| view.is(*t, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(*t)).speech;
    let verb = (from.max(last.saturating_sub(12))..last).rev().find(reports)?;
    let cue = *view.reading.tokens.get(verb)?;
    let source = subject_of(view, verb, &[cue]).or_else(|| named_before(view, from, verb))?;
    Some((source, cue))
}

/// The words before the verb, where the tree has no subject and a name or role stands among them.
fn named_before(view: &View<'_>, from: usize, verb: usize) -> Option<Span> {
    let range = TokenRange::new(from, verb);
    let named =
        range.range().any(|t| view.is(t, Upos::Propn) || view.lexicon.people.role(&view.lemma(t)).is_some());
    let span = view.reading.span_of(range)?;
    (named && range.len() < 25).then(|| span.trimmed_of(view.text(), |c: char| c == ',' || c.is_whitespace()))
}

/// The paragraphs of a block, and whether it runs to the end of the text (a text that is one statement).
fn block<'p>(view: &View<'_>, rest: &'p [Span]) -> (&'p [Span], bool) {
    let first = rest.first().filter(|p| !is_set_apart(view, **p) && !reports_others(view, **p));
    if first.is_none() {
        return (&[], false);
    }
    let goes_on =
        |p: &Span| !is_set_apart(view, *p) && is_first_person(view, *p) && !reports_others(view, *p);
    let plain = |p: &Span| !is_set_apart(view, *p) && !reports_others(view, *p);
    if rest.len() <= 12 && rest.iter().all(plain) && rest.iter().any(|p| is_first_person(view, *p)) {
        return (rest, true);
    }
    let n = 1 + rest[1..].iter().take_while(|p| goes_on(p)).count();
    (&rest[..n.min(12)], false)
}

/// Boilerplate, a paragraph in quotation marks, a transcript turn, another introduction.
fn is_set_apart(view: &View<'_>, paragraph: Span) -> bool {
    let words = paragraph.text(view.text());
    words.starts_with(|c: char| is_mark(c) || "•*-–[(<#".contains(c))
        || words.ends_with(':')
        || view.is_aside(paragraph)
}

/// Whether a paragraph has a reporting verb with a subject that is not “I” or “we”.
fn reports_others(view: &View<'_>, paragraph: Span) -> bool {
    let tokens = view.reading.tokens_in(paragraph);
    let says = |t: usize| {
        let lemma = view.lemma(t);
        view.is(t, Upos::Verb)
            && matches!(lemma.as_str(), "say" | "tell" | "add" | "explain" | "reply" | "announce")
    };
    let mut verbs = tokens.range().filter(|&t| says(t));
    verbs.any(|t| subject_of(view, t, &[]).is_some_and(|s| !is_first(s.text(view.text()))))
}

fn is_first_person(view: &View<'_>, paragraph: Span) -> bool {
    let tokens = view.reading.tokens_in(paragraph);
    tokens.range().any(|t| is_first(view.word(t)))
}

fn is_first(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "i" | "we" | "my" | "our" | "us" | "me")
}

fn sentences(view: &View<'_>, paragraph: Span) -> Vec<Span> {
    let tokens = view.reading.tokens_in(paragraph);
    let first = view.sentence(tokens.start as usize);
    let last = view.sentence((tokens.end as usize).saturating_sub(1));
    let spans = (first..=last).filter_map(|s| view.reading.span_of(view.sentence_tokens(s)));
    spans
        .filter_map(|s| s.intersection(paragraph))
        .filter(|s| s.text(view.text()).contains(char::is_alphanumeric))
        .collect()
}
