//! Weighted word vectors of articles: sublinear term frequency times inverse document frequency
//! (Salton & Buckley 1988), with extra weight for names.

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

/// A unit-length vector: sorted `(term, weight)`.
pub(crate) type Vector = Vec<(u32, f32)>;

/// One vector an article.
pub(crate) fn vectors(reports: &[Report], lexicon: &Lexicon) -> Vec<Vector> {
    Space::of(reports, lexicon).vectors
}

/// Vectors of articles, and what their terms are.
pub(crate) struct Space {
    /// One an article; term numbers are dense, in order of the terms' hashes.
    pub(crate) vectors: Vec<Vector>,
    /// Hash of each term.
    keys: Vec<u64>,
}

impl Space {
    pub(crate) fn of(reports: &[Report], lexicon: &Lexicon) -> Self {
        let counts: Vec<Terms> = reports.iter().map(|r| terms(r, lexicon)).collect();
        let vocabulary = Vocabulary::of(&counts);
        let vectors = counts.iter().map(|terms| vocabulary.vector(terms)).collect();
        let mut keys: Vec<(u32, u64)> = counts
            .iter()
            .flat_map(|terms| terms.keys())
            .filter_map(|key| Some((*vocabulary.numbers.get(key)?, *key)))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        Self { vectors, keys: keys.into_iter().map(|(_, key)| key).collect() }
    }

    /// The words that weigh most in the similarity of two articles, as they first stand in the first; so many at most.
    pub(crate) fn shared(&self, [a, b]: [usize; 2], reports: &[Report], most: usize) -> Vec<String> {
        let theirs = &self.vectors[b];
        let weight = |term: u32| {
            let at = theirs.binary_search_by_key(&term, |(t, _)| *t).ok()?;
            Some(theirs[at].1)
        };
        let mut common: Vec<(f32, u64)> = self.vectors[a]
            .iter()
            .filter_map(|(term, own)| Some((own * weight(*term)?, self.keys[*term as usize])))
            .collect();
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

/// The terms of one article: how often, and how often with a capital or digit at the front.
type Terms = BTreeMap<u64, (f64, f64)>;

fn terms(report: &Report, lexicon: &Lexicon) -> Terms {
    let mut counts = Terms::new();
    let article = &report.article;
    for word in &words(article) {
        count(word.span.text(&article.text), 1.0, lexicon, &mut counts);
    }
    if let Some(title) = article.title.as_ref().filter(|t| t.span.is_none()) {
        for word in spans(&title.text) {
            count(word.text(&title.text), TITLE, lexicon, &mut counts);
        }
    }
    counts
}

fn count(word: &str, weight: f64, lexicon: &Lexicon, counts: &mut Terms) {
    let plain = folded(word);
    if plain.chars().count() < 2 || lexicon.topics.is_stop(&plain) {
        return;
    }
    let entry = counts.entry(term(&plain)).or_default();
    entry.0 += weight;
    if !word.chars().next().is_some_and(char::is_lowercase) {
        entry.1 += weight;
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
        for (term, (all, capital)) in articles.iter().flatten() {
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
        for (term, (count, _)) in terms {
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
}
