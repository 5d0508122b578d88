//! Texts as numbered words: exact 8-grams, winnowed fingerprints, passages that two texts share.

use crate::words::{folded, stem, words};
use lexicon::Lexicon;
use record::{Article, Span};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Words of a shingle.
const N: usize = 8;
/// Of so many shingles in a row one becomes a fingerprint (winnowing, Schleimer, Wilkerson & Aiken 2003):
/// every run of `N + WINDOW - 1` equal words is found.
const WINDOW: usize = 4;
/// Places of one shingle in the other text that are tried.
const TRIED: usize = 8;

/// The texts to compare, and the words they are made of.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) texts: Vec<Text>,
    words: Vocabulary,
}

/// A text as numbers of words, with where each stands.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) words: Vec<u32>,
    spans: Vec<Span>,
    quoted: Vec<bool>,
    /// Neither quoted nor with a capital, nor code.
    own: Vec<bool>,
    /// In a sentence of the first or second person.
    spoken: Vec<bool>,
    /// First word of each sentence.
    pub(crate) sentences: Vec<u32>,
    distinct: usize,
}

/// All words: for each the hash of its folded form, and of what it says (`None`: nothing).
#[derive(Debug, Default)]
struct Vocabulary {
    numbers: HashMap<u64, u32>,
    keys: Vec<u64>,
    meanings: Vec<Option<u64>>,
}

/// A passage in two texts: first word and number of words in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) words: [usize; 2],
}

impl Texts {
    pub(crate) fn of<'a>(articles: impl Iterator<Item = &'a Article>, lexicon: &Lexicon) -> Self {
        let mut texts = Self::default();
        for article in articles {
            let text = texts.words.text(article, lexicon);
            texts.texts.push(text);
            let last = texts.texts.len() - 1;
            let mut hashes = texts.hashes(last);
            hashes.sort_unstable();
            hashes.dedup();
            texts.texts[last].distinct = hashes.len();
        }
        texts
    }

    /// Hash of each run of `N` words; a shorter text is one shingle.
    pub(crate) fn hashes(&self, text: usize) -> Vec<u64> {
        let words = &self.texts[text].words;
        words.windows(N.min(words.len().max(1))).map(|run| self.hash(run)).collect()
    }

    fn hash(&self, run: &[u32]) -> u64 {
        let mut bytes = [0u8; N * 8];
        for (word, place) in run.iter().zip(bytes.as_chunks_mut::<8>().0) {
            *place = self.words.keys[*word as usize].to_le_bytes();
        }
        xxh3_64(&bytes[..run.len() * 8])
    }

    /// The smallest hash of every window of shingles, each once.
    pub(crate) fn fingerprints(&self, text: usize) -> Vec<u64> {
        let in_order = self.hashes(text);
        let windows = in_order.windows(WINDOW.min(in_order.len().max(1)));
        let mut marks: Vec<u64> = windows.filter_map(|w| w.iter().copied().min()).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// What a word says, as a hash; words of one class or stem say the same. Words inside quotation marks or sentences of the
    /// first or second person are somebody else's.
    pub(crate) fn meaning(&self, text: usize, word: usize) -> Option<u64> {
        let text = &self.texts[text];
        self.words.meanings[text.words[word] as usize].filter(|_| !text.quoted[word] && !text.spoken[word])
    }
}

impl Vocabulary {
    fn text(&mut self, article: &Article, lexicon: &Lexicon) -> Text {
        let (mut numbers, mut spans, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        for word in words(article) {
            let before: Option<Span> = spans.last().copied();
            if before.is_none_or(|before| ends_sentence(&article.text, before, word.span)) {
                sentences.push(spans.len() as u32);
            }
            numbers.push(self.number(word.key, word.span.text(&article.text), lexicon));
            spans.push(word.span);
        }
        let quoted = quoted(&article.text, &spans);
        let small = |span: &Span| !span.text(&article.text).starts_with(char::is_uppercase);
        let prose = |span: &Span| small(span) && !is_code(&article.text, *span);
        let own = quoted.iter().zip(&spans).map(|(quoted, span)| !quoted && prose(span)).collect();
        let spoken = spoken(&article.text, &spans, &sentences);
        Text { words: numbers, spans, quoted, own, spoken, sentences, distinct: 0 }
    }

    fn number(&mut self, key: u64, word: &str, lexicon: &Lexicon) -> u32 {
        let next = self.keys.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.keys.push(key);
            self.meanings.push(meaning(word, lexicon));
        }
        number
    }
}

fn meaning(word: &str, lexicon: &Lexicon) -> Option<u64> {
    let plain = folded(word);
    let says = plain.len() > 1 && !lexicon.topics.is_stop(&plain);
    let stem = stem(&plain);
    let class = lexicon.topics.class(&plain).or_else(|| lexicon.topics.class(&stem));
    says.then(|| xxh3_64(class.unwrap_or(&stem).as_bytes()))
}

impl Text {
    /// Number of different shingles.
    pub(crate) fn distinct(&self) -> usize {
        self.distinct
    }

    /// The bytes of so many words from `first` on.
    pub(crate) fn span(&self, first: usize, count: usize) -> Span {
        self.spans[first].cover(self.spans[first + count - 1])
    }

    /// Of so many words from `first` on, those that are neither inside quotation marks nor have a capital: reports of one
    /// thing share its names, and what was said, without copying.
    pub(crate) fn own(&self, first: usize, count: usize) -> usize {
        self.own[first..first + count].iter().filter(|own| **own).count()
    }

    /// The same without sentences in the first or second person, which are somebody's words even without marks.
    pub(crate) fn told(&self, first: usize, count: usize) -> usize {
        let (own, spoken) = (&self.own[first..first + count], &self.spoken[first..first + count]);
        own.iter().zip(spoken).filter(|(own, spoken)| **own && !**spoken).count()
    }
}

/// One text prepared for being compared with many.
#[derive(Debug)]
pub(crate) struct Shingled<'t> {
    texts: &'t Texts,
    text: &'t Text,
    /// `(hash, first word)`, sorted.
    shingles: Vec<(u64, u32)>,
}

impl<'t> Shingled<'t> {
    pub(crate) fn of(texts: &'t Texts, text: usize) -> Self {
        let mut shingles: Vec<(u64, u32)> = texts.hashes(text).into_iter().zip(0..).collect();
        shingles.sort_unstable();
        Self { texts, text: &texts.texts[text], shingles }
    }

    /// Number of different shingles that both have, and maximal runs of equal words, in the order of this text; a word
    /// of the other text is in one run at most.
    pub(crate) fn shared(&self, other: usize) -> (usize, Vec<Block>) {
        let hashes = self.texts.hashes(other);
        let (theirs, mut blocks, mut b) = (&self.texts.texts[other], Vec::new(), 0);
        while b < hashes.len() {
            let runs =
                self.places(hashes[b]).iter().map(|(_, a)| (self.run(*a as usize, theirs, b), *a as usize));
            match runs.max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1))).filter(|(words, _)| *words > 0) {
                Some((words, a)) => {
                    blocks.push(Block { a, b, words: [words; 2] });
                    b += words;
                }
                None => b += 1,
            }
        }
        blocks.sort_by_key(|block| (block.a, block.b));
        (self.common(hashes), blocks)
    }

    fn common(&self, mut theirs: Vec<u64>) -> usize {
        theirs.sort_unstable();
        theirs.dedup();
        theirs.iter().filter(|hash| !self.places(**hash).is_empty()).count()
    }

    fn places(&self, hash: u64) -> &[(u64, u32)] {
        let from = self.shingles.partition_point(|s| s.0 < hash);
        let places = self.shingles[from..].iter().take(TRIED).take_while(|s| s.0 == hash).count();
        &self.shingles[from..from + places]
    }

    fn run(&self, a: usize, other: &Text, b: usize) -> usize {
        let pairs = self.text.words[a..].iter().zip(&other.words[b..]);
        pairs.take_while(|(x, y)| x == y).count()
    }
}

/// Whether a word is part of a page's code that was left in the text: `ad_width = 468`.
fn is_code(text: &str, word: Span) -> bool {
    let (before, after) = (&text[..word.start as usize], &text[word.end as usize..]);
    before.ends_with(['_', '=']) || after.starts_with('_') || after.trim_start_matches(' ').starts_with('=')
}

/// Whether a sentence ends between two neighbouring words: a mark that closes it, but not the point of an abbreviation.
fn ends_sentence(text: &str, before: Span, after: Span) -> bool {
    let gap = &text[before.end as usize..after.start as usize];
    let word = before.text(text);
    let abbreviated = word.len() < 4 && word.starts_with(char::is_uppercase);
    gap.contains(['!', '?', '\n']) || (gap.contains('.') && !abbreviated)
}

/// Whether each word stands in a sentence of the first or second person.
fn spoken(text: &str, words: &[Span], sentences: &[u32]) -> Vec<bool> {
    const PERSONS: [&str; 12] =
        ["I", "I'm", "I’m", "my", "me", "we", "our", "us", "you", "your", "We", "You"];
    let mut spoken = vec![false; words.len()];
    let ends = sentences.iter().skip(1).copied().chain([words.len() as u32]);
    for (first, end) in sentences.iter().zip(ends) {
        let sentence = *first as usize..end as usize;
        let person = words[sentence.clone()].iter().any(|word| PERSONS.contains(&word.text(text)));
        spoken[sentence].fill(person);
    }
    spoken
}

/// Whether each word stands inside quotation marks of its line, double or single.
fn quoted(text: &str, words: &[Span]) -> Vec<bool> {
    let (mut at, mut double, mut single) = (0, false, false);
    words
        .iter()
        .map(|word| {
            for (i, c) in text[at..word.start as usize].char_indices() {
                match c {
                    '\n' => (double, single) = (false, false),
                    '"' | '“' | '”' | '«' | '»' | '„' => double = !double,
                    '\'' | '‘' | '’' => single = is_opened(text, at + i, c, single),
                    _ => {}
                }
            }
            at = word.end as usize;
            double || single
        })
        .collect()
}

/// Whether a single mark leaves a quotation open: after a blank it opens; before one it closes, unless it may be the
/// ending of a plural.
fn is_opened(text: &str, at: usize, mark: char, open: bool) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[at + mark.len_utf8()..].chars().next().unwrap_or(' ');
    match (before.is_whitespace() || before == '(', after.is_alphanumeric()) {
        (true, true) => true,
        (false, false) => open && before == 's',
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_no_prose() {
        let text = "ad_width = 468; the width of a page";
        let code: Vec<bool> = crate::words::spans(text).map(|span| is_code(text, span)).collect();
        assert_eq!(code, [true, true, false, false, false, false, false, false]);
    }

    #[test]
    fn single_marks_quote_and_apostrophes_do_not() {
        let text = "The crews' boats left. 'We can't wait,' the men's leader said.";
        let spans: Vec<Span> = crate::words::spans(text).collect();
        let marked = quoted(text, &spans);
        let inside: Vec<&str> =
            spans.iter().zip(&marked).filter(|(_, q)| **q).map(|(span, _)| span.text(text)).collect();
        assert_eq!(inside, ["We", "can't", "wait"]);
    }
}
