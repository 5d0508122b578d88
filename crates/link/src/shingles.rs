//! Word 8-grams of one text: exact sets, winnowed fingerprints, passages that two texts share.

use crate::words::{Word, words};
use record::{Article, Span};
use xxhash_rust::xxh3::xxh3_64;

/// Words of a shingle.
const N: usize = 8;
/// Of so many shingles in a row one becomes a fingerprint (winnowing, Schleimer, Wilkerson & Aiken 2003):
/// every run of `N + WINDOW - 1` equal words is found.
const WINDOW: usize = 4;
/// Places of one shingle in the other text that are tried.
const TRIED: usize = 8;

/// A text as words and shingles.
#[derive(Debug)]
pub(crate) struct Shingled {
    words: Vec<Word>,
    quoted: Vec<bool>,
    /// `(hash, first word)`, sorted.
    shingles: Vec<(u64, u32)>,
    distinct: usize,
}

/// A run of equal words: first word in either text, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) words: usize,
}

impl Shingled {
    pub(crate) fn of(article: &Article) -> Self {
        let words = words(article);
        let mut shingles: Vec<(u64, u32)> = hashes(&words).into_iter().zip(0..).collect();
        shingles.sort_unstable();
        let distinct = shingles.chunk_by(|x, y| x.0 == y.0).count();
        let quoted = quoted(&article.text, &words);
        Self { words, quoted, shingles, distinct }
    }

    /// Number of different shingles.
    pub(crate) fn distinct(&self) -> usize {
        self.distinct
    }

    /// The smallest hash of every window of shingles, each once.
    pub(crate) fn fingerprints(&self) -> Vec<u64> {
        let in_order = hashes(&self.words);
        let windows = in_order.windows(WINDOW.min(in_order.len().max(1)));
        let mut marks: Vec<u64> = windows.filter_map(|w| w.iter().copied().min()).collect();
        marks.dedup();
        marks
    }

    /// Number of different shingles that both have.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let mut theirs = other.shingles.as_slice();
        let ours = self.shingles.chunk_by(|x, y| x.0 == y.0);
        ours.filter(|run| {
            theirs = &theirs[theirs.partition_point(|t| t.0 < run[0].0)..];
            theirs.first().is_some_and(|t| t.0 == run[0].0)
        })
        .count()
    }

    /// The bytes of so many words from `first` on.
    pub(crate) fn span(&self, first: usize, count: usize) -> Span {
        self.words[first].span.cover(self.words[first + count - 1].span)
    }

    /// Words of a block (as it stands here, on side `a`) that are not inside quotation marks.
    pub(crate) fn unquoted(&self, block: &Block) -> usize {
        self.quoted[block.a..block.a + block.words].iter().filter(|quoted| !**quoted).count()
    }

    fn places(&self, hash: u64) -> &[(u64, u32)] {
        let from = self.shingles.partition_point(|s| s.0 < hash);
        let to = from + self.shingles[from..].partition_point(|s| s.0 == hash).min(TRIED);
        &self.shingles[from..to]
    }

    fn run(&self, i: usize, other: &Self, j: usize) -> usize {
        let pairs = self.words[i..].iter().zip(&other.words[j..]);
        pairs.take_while(|(x, y)| x.key == y.key).count()
    }
}

/// Maximal runs of equal words, in the order of `a`; a word of `a` is in one run at most.
pub(crate) fn shared(a: &Shingled, b: &Shingled) -> Vec<Block> {
    let hashes = hashes(&a.words);
    let (mut blocks, mut i) = (Vec::new(), 0);
    while i < hashes.len() {
        let runs = b.places(hashes[i]).iter().map(|(_, j)| (a.run(i, b, *j as usize), *j as usize));
        match runs.max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1))).filter(|(words, _)| *words > 0) {
            Some((words, j)) => {
                blocks.push(Block { a: i, b: j, words });
                i += words;
            }
            None => i += 1,
        }
    }
    blocks
}

/// Hash of each run of `N` words; a shorter text is one shingle.
fn hashes(words: &[Word]) -> Vec<u64> {
    let n = N.min(words.len().max(1));
    words.windows(n).map(hash).collect()
}

fn hash(words: &[Word]) -> u64 {
    let bytes: Vec<u8> = words.iter().flat_map(|w| w.key.to_le_bytes()).collect();
    xxh3_64(&bytes)
}

/// Whether each word stands after an odd number of quotation marks of its line.
fn quoted(text: &str, words: &[Word]) -> Vec<bool> {
    let (mut at, mut inside) = (0, false);
    words
        .iter()
        .map(|word| {
            for c in text[at..word.span.start as usize].chars() {
                inside = match c {
                    '\n' => false,
                    '"' | '“' | '”' | '«' | '»' | '„' => !inside,
                    _ => inside,
                };
            }
            at = word.span.end as usize;
            inside
        })
        .collect()
}
