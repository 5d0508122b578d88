//! Weighted word vectors of articles: sublinear term frequency times inverse document frequency
//! (Salton & Buckley 1988), with extra weight for names and for the opening, where a report says what it is about.

use crate::words::{folded, spans, stem, words};
use lexicon::Lexicon;
use record::Report;
use std::collections::{BTreeMap, HashMap};
use xxhash_rust::xxh3::xxh3_64;

/// Terms in more than this share of the articles are dropped, once there are enough articles to tell.
const MAX_SHARE: f64 = 0.5;
/// Articles from which a share means something.
const ENOUGH: usize = 20;
/// Share of a term's occurrences that must be capitalised for it to be a name.
const CAPITALISED: f64 = 0.7;
/// Share of the names in the similarity of two articles; the other words have the rest.
const NAMES: f64 = 0.6;
/// Weight of a term in the title.
const TITLE: f64 = 1.0;
/// Share of the opening in the similarity of two articles of a [`Space`].
const OPENING: f32 = 0.45;
/// Words that say something from the title on that make the opening; each counts once there.
const OPENING_WORDS: usize = 30;

/// A unit-length vector: sorted `(term, weight)`.
pub(crate) type Vector = Vec<(u32, f32)>;

/// One vector an article, of all its words alike.
pub(crate) fn vectors(reports: &[Report], lexicon: &Lexicon) -> Vec<Vector> {
    let counts: Vec<Terms> = reports.iter().map(|r| terms(r, lexicon)).collect();
    let vocabulary = Vocabulary::of(&counts);
    counts.iter().map(|terms| vocabulary.vector(terms)).collect()
}

/// Vectors of articles, and what their terms are.
pub(crate) struct Space {
    /// One an article, of its words and then of its opening. Numbers of words are dense, in order of the words' hashes; in the
    /// opening a word has its number plus that of all words.
    pub(crate) vectors: Vec<Vector>,
    /// Hash of each word.
    keys: Vec<u64>,
    /// Whether each word is a name.
    names: Vec<bool>,
}

impl Space {
    pub(crate) fn of(reports: &[Report], lexicon: &Lexicon) -> Self {
        let counts: Vec<Terms> = reports.iter().map(|r| terms(r, lexicon)).collect();
        let vocabulary = Vocabulary::of(&counts);
        let vectors = counts.iter().map(|terms| vocabulary.with_opening(terms)).collect();
        let mut keys: Vec<(u32, u64)> = vocabulary.numbers.into_iter().map(|(key, n)| (n, key)).collect();
        keys.sort_unstable();
        let names = vocabulary.terms.iter().map(|(_, name)| *name).collect();
        Self { vectors, keys: keys.into_iter().map(|(_, key)| key).collect(), names }
    }

    /// An article's words, each once, without the opening.
    pub(crate) fn words(&self, article: u32) -> impl Iterator<Item = u32> + '_ {
        self.of_words(article).map(|(term, _)| term)
    }

    /// An article's names and numbers, with weights of unit length.
    pub(crate) fn names(&self, article: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let scale = (f64::from(1.0 - OPENING) * NAMES).sqrt();
        let named = self.of_words(article).filter(|(term, _)| self.names[*term as usize]);
        named.map(move |(term, weight)| (term, f64::from(weight) / scale))
    }

    fn of_words(&self, article: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let words = self.keys.len();
        self.vectors[article as usize].iter().copied().take_while(move |(term, _)| (*term as usize) < words)
    }

    /// The words that weigh most in the similarity of two articles, as they first stand in the first; so many at most.
    pub(crate) fn shared(&self, [a, b]: [usize; 2], reports: &[Report], most: usize) -> Vec<String> {
        let theirs = &self.vectors[b];
        let weight = |term: u32| {
            let at = theirs.binary_search_by_key(&term, |(t, _)| *t).ok()?;
            Some(theirs[at].1)
        };
        let mut weights: BTreeMap<u64, f32> = BTreeMap::new();
        for (term, own) in &self.vectors[a] {
            if let Some(weight) = weight(*term) {
                *weights.entry(self.keys[*term as usize % self.keys.len()]).or_default() += own * weight;
            }
        }
        let mut common: Vec<(f32, u64)> = weights.into_iter().map(|(key, weight)| (weight, key)).collect();
        common.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        common.truncate(most);
        let text = reports[a].text();
        let mut spelled: Vec<Option<&str>> = vec![None; common.len()];
        for word in spans(text).map(|span| span.text(text)) {
            let key = term(&folded(word));
            let place = common.iter().position(|(_, k)| *k == key).filter(|&i| spelled[i].is_none());
            if let Some(place) = place {
                spelled[place] = Some(word);
            }
            if spelled.iter().all(Option::is_some) {
                break;
            }
        }
        spelled.into_iter().flatten().map(str::to_owned).collect()
    }
}

/// Hash of a folded word without its plural ending.
fn term(plain: &str) -> u64 {
    xxh3_64(stem(plain).as_bytes())
}

/// The cosine of two unit vectors.
pub(crate) fn cosine(a: &Vector, b: &Vector) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0f32);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// The terms of one article.
#[derive(Default)]
struct Terms {
    /// How often, and how often with a capital or digit at the front.
    counts: BTreeMap<u64, (f64, f64)>,
    /// The first of them, in order.
    opening: Vec<u64>,
}

fn terms(report: &Report, lexicon: &Lexicon) -> Terms {
    let mut terms = Terms::default();
    let article = &report.article;
    if let Some(title) = article.title.as_ref().filter(|t| t.span.is_none()) {
        for word in spans(&title.text) {
            terms.count(word.text(&title.text), TITLE, lexicon);
        }
    }
    for word in &words(article) {
        terms.count(word.span.text(&article.text), 1.0, lexicon);
    }
    terms.opening.sort_unstable();
    terms.opening.dedup();
    terms
}

impl Terms {
    fn count(&mut self, word: &str, weight: f64, lexicon: &Lexicon) {
        let plain = folded(word);
        if plain.chars().count() < 2 || lexicon.topics.is_stop(&plain) {
            return;
        }
        let term = term(&plain);
        let entry = self.counts.entry(term).or_default();
        entry.0 += weight;
        if !word.chars().next().is_some_and(char::is_lowercase) {
            entry.1 += weight;
        }
        if self.opening.len() < OPENING_WORDS {
            self.opening.push(term);
        }
    }
}

/// The terms kept, by number: inverse document frequency and whether it is a name.
struct Vocabulary {
    numbers: HashMap<u64, u32>,
    terms: Vec<(f64, bool)>,
}

impl Vocabulary {
    fn of(articles: &[Terms]) -> Self {
        let mut frequency: BTreeMap<u64, (usize, f64, f64)> = BTreeMap::new();
        for (term, (all, capital)) in articles.iter().flat_map(|article| &article.counts) {
            let entry = frequency.entry(*term).or_default();
            *entry = (entry.0 + 1, entry.1 + all, entry.2 + capital);
        }
        let n = articles.len();
        let limit = if n < ENOUGH { n } else { (n as f64 * MAX_SHARE) as usize };
        frequency.retain(|_, (df, ..)| *df <= limit);
        let idf = |df: usize| ((1.0 + n as f64) / (1.0 + df as f64)).ln() + 1.0;
        Self {
            numbers: frequency.keys().zip(0..).map(|(term, number)| (*term, number)).collect(),
            terms: frequency.values().map(|(df, all, up)| (idf(*df), up / all >= CAPITALISED)).collect(),
        }
    }

    /// Names and other words, each of unit length before they are put together.
    fn vector(&self, terms: &Terms) -> Vector {
        let (mut norms, mut weights) = ([0.0f64; 2], Vec::new());
        for (term, (count, _)) in &terms.counts {
            let Some(&number) = self.numbers.get(term) else { continue };
            let (idf, name) = self.terms[number as usize];
            let weight = (1.0 + count.max(1.0).ln()) * idf;
            norms[usize::from(name)] += weight * weight;
            weights.push((number, weight, name));
        }
        let scales = [(1.0 - NAMES).sqrt(), NAMES.sqrt()];
        let scale = |name: bool| scales[usize::from(name)] / norms[usize::from(name)].sqrt();
        weights.sort_by_key(|(number, ..)| *number);
        weights.into_iter().map(|(number, weight, name)| (number, (weight * scale(name)) as f32)).collect()
    }

    /// The vector of all words, then that of the opening.
    fn with_opening(&self, terms: &Terms) -> Vector {
        let number = |term: &u64| self.numbers.get(term).copied();
        let mut opening: Vec<(u32, f64)> =
            terms.opening.iter().filter_map(number).map(|n| (n, self.terms[n as usize].0)).collect();
        opening.sort_unstable_by_key(|(number, _)| *number);
        let norm = opening.iter().map(|(_, idf)| idf * idf).sum::<f64>().sqrt();
        let (whole, part) = ((1.0 - OPENING).sqrt(), f64::from(OPENING).sqrt() / norm);
        let after = self.terms.len() as u32;
        let words = self.vector(terms).into_iter().map(|(number, weight)| (number, weight * whole));
        words.chain(opening.into_iter().map(|(number, idf)| (number + after, (idf * part) as f32))).collect()
    }
}
