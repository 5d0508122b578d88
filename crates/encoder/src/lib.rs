//! Weights and tensors to numbers: reads words, gives label scores and vectors. Knows nothing of news.

use std::ops::Range;

/// Label lists, in the order of the scores.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Penn tags.
    pub xpos: Vec<String>,
    /// Lemma rules `lower|cut|add`.
    pub lemma: Vec<String>,
    /// Names, BIO.
    pub names: Vec<String>,
    /// Attribution, BIO.
    pub attribution: Vec<String>,
    /// Dependency relations.
    pub relations: Vec<String>,
}

/// Scores of one window, row-major, one row a word.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// Number of words.
    pub words: usize,
    /// Best universal tag of each word (index into [`Labels::upos`]).
    pub upos: Vec<u8>,
    /// Best Penn tag of each word.
    pub xpos: Vec<u8>,
    /// Best lemma rule of each word.
    pub lemma: Vec<u16>,
    /// Logits of names, `words × names`.
    pub names: Vec<f32>,
    /// Logits of attribution, `words × attribution`.
    pub attribution: Vec<f32>,
    /// Logit of “starts a sentence” minus “does not”, one a word.
    pub sentence_start: Vec<f32>,
    /// Per word: arc-dependent, label-dependent, arc-head, label-head vectors, for [`Encoder::arcs`]; opaque.
    pub arc_states: Vec<f32>,
}

/// The model.
#[derive(Debug, Default)]
pub struct Encoder {
    labels: Labels,
}

impl Encoder {
    /// The model that ships inside the program.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Model id for `made_by`, e.g. `en-1`.
    pub fn version(&self) -> &str {
        "en-1"
    }

    /// Label lists.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Number of word pieces a word takes (1 to 8).
    pub fn pieces(&self, _word: &str) -> usize {
        1
    }

    /// Longest window in pieces, without the two marks at its ends.
    pub fn window(&self) -> usize {
        158
    }

    /// Scores for each window of words; windows are computed together, by length. A window over the limit is cut.
    pub fn encode(&self, windows: &[Vec<&str>]) -> Vec<Encoded> {
        windows.iter().map(|_| Encoded::default()).collect()
    }

    /// Arc scores of the words of one sentence: `n × (n + 1)`, row = dependent, column 0 = root, column h + 1 = word h.
    pub fn arcs(&self, _encoded: &Encoded, _sentence: Range<usize>) -> Vec<f32> {
        Vec::new()
    }

    /// Best relation of each word of a sentence given its head (0 = root, h + 1 = word h of the sentence).
    pub fn relations(&self, _encoded: &Encoded, _sentence: Range<usize>, _heads: &[u32]) -> Vec<u8> {
        Vec::new()
    }

    /// Unit-length sentence vectors (384 numbers each) for comparing utterances and claims.
    pub fn vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|_| Vec::new()).collect()
    }
}
