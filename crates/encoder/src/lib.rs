//! Weights and tensors to numbers: reads words, gives label scores and vectors. Knows nothing of news.

mod buffer;
mod dispatch;
mod heads;
mod kernel;
mod lanes;
mod pieces;
mod rows;
mod stack;
mod unicode;
mod weights;

use heads::Heads;
use pieces::Vocabulary;
use stack::{Batch, Scratch, Stack, Table};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use weights::{Bytes, Weights};

pub use kernel::Kernel;
pub use weights::{FORMAT, MAGIC, WeightsError};

/// The weights file inside the program, on a cache line.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../weights/en-4.onrecord"));

/// Longest window of the reader and of the sentence encoder, with the two marks.
const READER_WINDOW: usize = 160;
const SENTENCE_WINDOW: usize = 256;
/// Rows that are computed together, about.
const ROWS: usize = 512;

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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Per word: the two sides of each kind of link, for [`Encoder::links`]; opaque.
    pub link_states: Vec<f32>,
    /// Per word: arc-head, arc-dependent, label-head, label-dependent vectors, for [`Encoder::arcs`]; opaque.
    pub arc_states: Vec<f32>,
}

/// Kinds of links between the words of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// From the first word of a piece of content to the first word of its source.
    Source,
    /// From the first word of a piece of content to the first word of its cue.
    Cue,
    /// From the head of a mention to the head of the mention of the same thing before it.
    Antecedent,
}

/// Where a word's link goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Linked {
    /// Word of the window; `None` if the link goes nowhere in it.
    pub target: Option<u32>,
    /// Score above that of the next best target, in nats.
    pub margin: f32,
}

/// The model.
#[derive(Debug)]
pub struct Encoder {
    kernel: Kernel,
    weights: Weights,
    labels: Labels,
    attribution_transitions: Vec<f32>,
    name_transitions: Vec<f32>,
    vocabulary: Vocabulary,
    table: Table,
    reader: Stack,
    heads: Heads,
    sentence: Stack,
    spare: Mutex<Vec<Scratch>>,
}

impl Encoder {
    /// The model that ships inside the program, on the fastest kernel of this processor.
    pub fn embedded() -> Self {
        Self::with_kernel(Kernel::best())
    }

    /// The model that ships inside the program, on a kernel; one that this processor lacks is replaced by the plain one.
    pub fn with_kernel(kernel: Kernel) -> Self {
        match Weights::open(Bytes::Static(&EMBEDDED.0)).and_then(|weights| Self::new(weights, kernel)) {
            Ok(encoder) => encoder,
            Err(error) => unreachable!("the weights inside the program are tested before it ships: {error}"),
        }
    }

    /// A model from the bytes of a weights file; every byte is checked.
    pub fn from_bytes(bytes: Vec<u8>, kernel: Kernel) -> Result<Self, WeightsError> {
        Self::new(Weights::checked(Bytes::Owned(bytes))?, kernel)
    }

    fn new(weights: Weights, kernel: Kernel) -> Result<Self, WeightsError> {
        let labels = Labels {
            upos: weights.lines("labels.upos")?,
            xpos: weights.lines("labels.xpos")?,
            lemma: weights.lines("labels.lemma")?,
            names: weights.lines("labels.names")?,
            attribution: weights.lines("labels.attribution")?,
            relations: weights.lines("labels.relations")?,
        };
        Ok(Self {
            kernel: if kernel.is_available() { kernel } else { Kernel::Scalar },
            attribution_transitions: weights
                .floats("transitions.attribution", labels.attribution.len().pow(2))?,
            name_transitions: weights.floats("transitions.names", labels.names.len().pow(2))?,
            vocabulary: Vocabulary::of(&weights)?,
            table: Table::of(&weights)?,
            reader: Stack::of(&weights, "reader.", READER_WINDOW, true)?,
            heads: Heads::of(&weights, &labels)?,
            sentence: Stack::of(&weights, "sentence.", SENTENCE_WINDOW, false)?,
            spare: Mutex::default(),
            labels,
            weights,
        })
    }

    /// Model id for `made_by`, e.g. `en-4`.
    pub fn version(&self) -> &str {
        &self.weights.version
    }

    /// What the weights were made from, and by what.
    pub fn origin(&self) -> &str {
        &self.weights.origin
    }

    /// The kernel in use.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Label lists.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// What to add to the score of going from one attribution label (row) to the next (column), for Viterbi decoding.
    pub fn attribution_transitions(&self) -> &[f32] {
        &self.attribution_transitions
    }

    /// The same for the labels of names.
    pub fn name_transitions(&self) -> &[f32] {
        &self.name_transitions
    }

    /// Number of word pieces a word takes (1 to 8).
    pub fn pieces(&self, word: &str) -> usize {
        let mut ids = Vec::with_capacity(pieces::MOST);
        self.vocabulary.pieces(&self.weights, word, pieces::MOST, &mut ids)
    }

    /// Longest window in pieces, without the two marks at its ends.
    pub fn window(&self) -> usize {
        READER_WINDOW - 2
    }

    /// Scores for each window of words; windows are computed together, by length. A window over the limit is cut.
    pub fn encode(&self, windows: &[Vec<&str>]) -> Vec<Encoded> {
        let mut out = Vec::with_capacity(windows.len());
        let mut scratch = self.scratch();
        let (mut batch, mut firsts) = (Batch::default(), Vec::new());
        for window in windows {
            firsts.push(self.put_window(window, &mut batch));
            if batch.pieces.len() + READER_WINDOW > ROWS {
                self.read(&mut batch, &mut firsts, &mut scratch, &mut out);
            }
        }
        self.read(&mut batch, &mut firsts, &mut scratch, &mut out);
        self.keep(scratch);
        out
    }

    /// Adds a window's pieces to a batch and gives the row of each word's first piece.
    fn put_window(&self, words: &[&str], batch: &mut Batch) -> Vec<usize> {
        let most = batch.pieces.len() + READER_WINDOW - 1;
        let mut firsts = Vec::with_capacity(words.len());
        batch.push(pieces::FIRST, 0);
        for word in words {
            let first = batch.pieces.len();
            let count = self.vocabulary.pieces(&self.weights, word, pieces::MOST, &mut batch.pieces);
            if first + count > most {
                batch.pieces.truncate(first);
                break;
            }
            batch.shapes.resize(first + count, pieces::shape(word));
            firsts.push(first);
        }
        batch.push(pieces::LAST, 0);
        batch.ends.push(batch.pieces.len());
        firsts
    }

    fn read(
        &self,
        batch: &mut Batch,
        firsts: &mut Vec<Vec<usize>>,
        scratch: &mut Scratch,
        out: &mut Vec<Encoded>,
    ) {
        if !firsts.is_empty() {
            dispatch::read(self, batch, firsts, scratch, out);
        }
        batch.clear();
        firsts.clear();
    }

    /// Arc scores of the words of one sentence: `n × (n + 1)`, row = dependent, column 0 = root, column h + 1 = word h.
    pub fn arcs(&self, encoded: &Encoded, sentence: Range<usize>) -> Vec<f32> {
        dispatch::arcs(self, heads::sentence(encoded, sentence))
    }

    /// Best relation of each word of a sentence given its head (0 = root, h + 1 = word h of the sentence).
    pub fn relations(&self, encoded: &Encoded, sentence: Range<usize>, heads: &[u32]) -> Vec<u8> {
        dispatch::relations(self, heads::sentence(encoded, sentence), heads)
    }

    /// Where the link of each word of a window goes, whether or not it begins content or heads a mention.
    pub fn links(&self, encoded: &Encoded, link: Link) -> Vec<Linked> {
        dispatch::links(self, &encoded.link_states, link)
    }

    /// Unit-length sentence vectors (384 numbers each) for comparing utterances and claims.
    pub fn vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let mut out = Vec::with_capacity(texts.len());
        let mut scratch = self.scratch();
        let mut batch = Batch::default();
        for text in texts {
            batch.push(pieces::FIRST, 0);
            self.vocabulary.pieces(&self.weights, text, SENTENCE_WINDOW - 2, &mut batch.pieces);
            batch.push(pieces::LAST, 0);
            batch.ends.push(batch.pieces.len());
            if batch.pieces.len() + SENTENCE_WINDOW > ROWS {
                dispatch::vectors(self, &batch, &mut scratch, &mut out);
                batch.clear();
            }
        }
        if !batch.ends.is_empty() {
            dispatch::vectors(self, &batch, &mut scratch, &mut out);
        }
        self.keep(scratch);
        out
    }

    fn scratch(&self) -> Scratch {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn keep(&self, scratch: Scratch) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}
