//! Text taken over in other words: sentences of two texts that say the same, found by the words that carry meaning.

use crate::shingles::{Block, Texts};
use xxhash_rust::xxh3::xxh3_64;

/// Words with meaning that follow one another in a turn of phrase, in any order.
const PHRASE: usize = 3;
/// Words with meaning that two sentences must share.
const SHARED: usize = 4;
/// Share of such words (Dice) from which two sentences say the same.
const ALIKE: f64 = 0.5;
/// Share of the shorter sentence's words from which it is part of the longer, if that has not much more.
const INSIDE: f64 = 0.75;
const MERGED: f64 = 0.4;

/// Hashes of turns of phrase: runs of words with meaning, each once.
pub(crate) fn phrases(texts: &Texts, text: usize) -> Vec<u64> {
    let said: Vec<u64> =
        (0..texts.texts[text].words.len()).filter_map(|word| texts.meaning(text, word)).collect();
    let hash = |run: &[u64]| {
        let mut run = [run[0], run[1], run[2]];
        run.sort_unstable();
        xxh3_64(run.map(u64::to_le_bytes).as_flattened())
    };
    let mut marks: Vec<u64> = said.windows(PHRASE).map(hash).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// One text's sentences, prepared for being compared with many.
#[derive(Debug)]
pub(crate) struct Sentences<'t> {
    texts: &'t Texts,
    sentences: Vec<Sentence>,
    /// `(meaning, sentence)`, sorted.
    places: Vec<(u64, u32)>,
}

#[derive(Debug)]
struct Sentence {
    first: usize,
    words: usize,
    /// What it says outside quotation marks, each once, sorted.
    says: Vec<u64>,
}

impl<'t> Sentences<'t> {
    pub(crate) fn of(texts: &'t Texts, text: usize) -> Self {
        let sentences = sentences(texts, text);
        let mut places: Vec<(u64, u32)> = Vec::new();
        for (sentence, number) in sentences.iter().zip(0..) {
            places.extend(sentence.says.iter().map(|word| (*word, number)));
        }
        places.sort_unstable();
        Self { texts, sentences, places }
    }

    /// For each sentence of the other text the one of this that says the same, as passages in order of the other text.
    pub(crate) fn aligned(&self, other: usize) -> Vec<Block> {
        let mut counts: Vec<u32> = vec![0; self.sentences.len()];
        let theirs = sentences(self.texts, other);
        theirs.iter().filter_map(|sentence| self.best(sentence, &mut counts)).collect()
    }

    fn best(&self, sentence: &Sentence, counts: &mut [u32]) -> Option<Block> {
        let mut touched: Vec<u32> = Vec::new();
        for word in &sentence.says {
            let from = self.places.partition_point(|(w, _)| w < word);
            for (_, own) in self.places[from..].iter().take_while(|(w, _)| w == word) {
                counts[*own as usize] += 1;
                touched.push(*own);
            }
        }
        let score = |own: u32| alike(&self.sentences[own as usize], sentence, counts[own as usize] as usize);
        let scored = touched.iter().filter_map(|own| Some((score(*own)?, *own)));
        let best = scored.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        touched.iter().for_each(|own| counts[*own as usize] = 0);
        let own = &self.sentences[best?.1 as usize];
        Some(Block { a: own.first, b: sentence.first, words: [own.words, sentence.words] })
    }
}

/// How alike two sentences with so many common words are, if they say the same.
fn alike(a: &Sentence, b: &Sentence, common: usize) -> Option<f64> {
    let (shorter, longer) = (a.says.len().min(b.says.len()), a.says.len().max(b.says.len()));
    let dice = 2.0 * common as f64 / (shorter + longer) as f64;
    let inside = common as f64 / shorter.max(1) as f64;
    let same = common >= SHARED && (dice >= ALIKE || dice >= MERGED && inside >= INSIDE);
    same.then_some(dice)
}

fn sentences(texts: &Texts, text: usize) -> Vec<Sentence> {
    let own = &texts.texts[text];
    let ends = own.sentences.iter().skip(1).copied().chain([own.words.len() as u32]);
    own.sentences
        .iter()
        .zip(ends)
        .map(|(&first, end)| {
            let (first, words) = (first as usize, (end - first) as usize);
            let mut says: Vec<u64> =
                (first..first + words).filter_map(|word| texts.meaning(text, word)).collect();
            says.sort_unstable();
            says.dedup();
            Sentence { first, words, says }
        })
        .collect()
}
