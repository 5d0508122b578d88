//! A group of reports that tells of two similar events is parted: the best cut by the words that only some of its reports
//! have, if the reports on either side have names and numbers of their own.
//!
//! What such events have in common (the kind of event, the team, the company) makes their reports near among all others; who, where and when
//! differ. Those words are found inside the group, where the common ones weigh nothing.

use crate::tfidf::Space;
use std::collections::BTreeMap;

/// Reports that each part must have: a few copies of one text look like an event of their own.
const REPORTS: usize = 5;
/// Mean similarity in names between the parts, as a share of that inside the looser one, below which they are two events.
const APART: f64 = 0.75;
/// Share of a group's reports beyond which a word says nothing of its parts.
const COMMON: f64 = 0.75;
/// Similarity that any two reports have, so that every group is connected.
const TIE: f64 = 1e-3;
/// Most cuts that a part may come from, one after the other, so that no group takes longer than n log n.
const CUTS: usize = 12;
/// Most rounds of the power iteration, and the change that ends it.
const ROUNDS: usize = 300;
const SETTLED: f64 = 1e-7;

/// The groups, those of two events in parts; sorted inside and by their first report.
pub(crate) fn parted(groups: Vec<Vec<u32>>, space: &Space) -> Vec<Vec<u32>> {
    let mut open: Vec<(Vec<u32>, usize)> = groups.into_iter().map(|group| (group, 0)).collect();
    let mut done = Vec::new();
    while let Some((group, cuts)) = open.pop() {
        let whole = if cuts < CUTS { Group::of(&group, space) } else { None };
        match whole.and_then(|g| g.cut()).filter(|parts| are_apart(parts, space)) {
            Some(parts) => open.extend(parts.map(|part| (part, cuts + 1))),
            None => done.push(group),
        }
    }
    done.sort_unstable();
    done
}

/// Whether the names and numbers inside either part are much more alike than between them.
fn are_apart(parts: &[Vec<u32>; 2], space: &Space) -> bool {
    let sums = parts.each_ref().map(|part| {
        let (mut sum, mut own): (BTreeMap<u32, f64>, f64) = Default::default();
        for (term, weight) in part.iter().flat_map(|article| space.names(*article)) {
            *sum.entry(term).or_default() += weight;
            own += weight * weight;
        }
        (sum, own)
    });
    let product = |a: &BTreeMap<u32, f64>, b: &BTreeMap<u32, f64>| -> f64 {
        a.iter().filter_map(|(term, weight)| Some(weight * b.get(term)?)).sum()
    };
    let inside = [0, 1].map(|i| {
        let n = parts[i].len() as f64;
        (product(&sums[i].0, &sums[i].0) - sums[i].1) / (n * (n - 1.0))
    });
    let between = product(&sums[0].0, &sums[1].0) / (parts[0].len() * parts[1].len()) as f64;
    between < APART * inside[0].min(inside[1])
}

/// A group by the words that tell its reports apart.
struct Group<'g> {
    articles: &'g [u32],
    /// One an article: `(word, weight)`, of unit length, or empty.
    vectors: Vec<Vec<(usize, f64)>>,
    words: usize,
    /// Sum of each article's similarities.
    degrees: Vec<f64>,
}

impl<'g> Group<'g> {
    /// `None` for a group that is too small to be parted.
    fn of(articles: &'g [u32], space: &Space) -> Option<Self> {
        if articles.len() < 2 * REPORTS {
            return None;
        }
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        articles.iter().flat_map(|a| space.words(*a)).for_each(|word| *counts.entry(word).or_default() += 1);
        let most = (articles.len() as f64 * COMMON) as usize;
        counts.retain(|_, count| (2..=most).contains(count));
        let idf = |count: usize| (articles.len() as f64 / count as f64).ln();
        let known: BTreeMap<u32, (usize, f64)> =
            counts.iter().enumerate().map(|(i, (word, count))| (*word, (i, idf(*count)))).collect();
        let vectors = articles.iter().map(|article| {
            let own = space.words(*article).filter_map(|word| known.get(&word).copied());
            unit(own.collect())
        });
        let mut group =
            Self { articles, vectors: vectors.collect(), words: known.len(), degrees: Vec::new() };
        group.degrees = group.near(&vec![1.0; articles.len()]);
        Some(group)
    }

    /// The product of all similarities (none of an article with itself) with a value for each article.
    fn near(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.words];
        for (vector, value) in self.vectors.iter().zip(values) {
            vector.iter().for_each(|(word, weight)| sums[*word] += weight * value);
        }
        let tie = TIE * values.iter().sum::<f64>();
        let others = |(vector, value): (&Vec<(usize, f64)>, &f64)| {
            let own = if vector.is_empty() { 0.0 } else { *value };
            along(vector, &sums) - own + tie
        };
        self.vectors.iter().zip(values).map(others).collect()
    }

    /// The cut of least normalised weight along the second eigenvector (Shi and Malik 2000), by power iteration.
    fn cut(&self) -> Option<[Vec<u32>; 2]> {
        let roots: Vec<f64> = self.degrees.iter().map(|d| d.sqrt()).collect();
        let flat = scaled(roots.clone());
        let mut values = against(start(roots.len()), &flat);
        for _ in 0..ROUNDS {
            let spread: Vec<f64> = values.iter().zip(&roots).map(|(v, r)| v / r).collect();
            let next = self.near(&spread).into_iter().zip(&roots).zip(&values).map(|((n, r), v)| n / r + v);
            let next = against(next.collect(), &flat);
            let change: f64 = next.iter().zip(&values).map(|(x, y)| (x - y).abs()).sum();
            values = next;
            if change < SETTLED {
                break;
            }
        }
        let place: Vec<f64> = values.iter().zip(&roots).map(|(v, r)| v / r).collect();
        let mut order: Vec<usize> = (0..place.len()).collect();
        order.sort_by(|x, y| place[*x].total_cmp(&place[*y]).then(x.cmp(y)));
        let at = self.best(&order)?;
        let part = |side: &[usize]| {
            let mut part: Vec<u32> = side.iter().map(|i| self.articles[*i]).collect();
            part.sort_unstable();
            part
        };
        Some([part(&order[..at]), part(&order[at..])])
    }

    /// Where to cut an order of the articles.
    fn best(&self, order: &[usize]) -> Option<usize> {
        let (mut left, mut right) = (vec![0.0; self.words], vec![0.0; self.words]);
        for (word, weight) in self.vectors.iter().flatten() {
            right[*word] += weight;
        }
        let all: f64 = self.degrees.iter().sum();
        let (mut cut, mut degree, mut best) = (0.0, 0.0, None);
        for (at, i) in order.iter().enumerate() {
            let vector = &self.vectors[*i];
            let own = if vector.is_empty() { 0.0 } else { 1.0 };
            cut += along(vector, &right) - along(vector, &left) - own;
            for (word, weight) in vector {
                left[*word] += weight;
                right[*word] -= weight;
            }
            degree += self.degrees[*i];
            let sides = (at + 1, order.len() - at - 1);
            if sides.0.min(sides.1) >= REPORTS {
                let weight = cut + TIE * (sides.0 * sides.1) as f64;
                let normal = weight / degree + weight / (all - degree);
                if best.is_none_or(|(least, _)| normal < least) {
                    best = Some((normal, at + 1));
                }
            }
        }
        best.map(|(_, at)| at)
    }
}

fn along(vector: &[(usize, f64)], values: &[f64]) -> f64 {
    vector.iter().map(|(word, weight)| weight * values[*word]).sum()
}

fn unit(mut vector: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let norm = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
    vector
}

fn scaled(mut values: Vec<f64>) -> Vec<f64> {
    let norm = values.iter().map(|v| v * v).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    values.iter_mut().for_each(|v| *v /= norm);
    values
}

/// The part of some values at right angles to others, of unit length.
fn against(mut values: Vec<f64>, flat: &[f64]) -> Vec<f64> {
    let along: f64 = values.iter().zip(flat).map(|(v, f)| v * f).sum();
    values.iter_mut().zip(flat).for_each(|(v, f)| *v -= along * f);
    scaled(values)
}

/// Values that follow no order of the articles: multiples of the golden ratio, without their whole part (Weyl 1916).
fn start(articles: usize) -> Vec<f64> {
    (1..=articles).map(|i| (i as f64 * 0.618_033_988_749_895).fract() - 0.5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;
    use lexicon::Lexicon;

    const LESS: [&str; 6] =
        ["in the rain", "at night", "before noon", "on the ring road", "near a school", "after practice"];

    fn told(names: [&str; 3]) -> Vec<String> {
        let [who, street, day] = names;
        let tell = |(i, rest): (usize, &&str)| {
            format!(
                "Rovers player {who} was arrested {rest} for drunk driving on {street} Street. The Rovers of Orvik said \
                 that {who} will play {day}; the team heard of the arrest from police. Note {i}."
            )
        };
        LESS.iter().enumerate().map(tell).collect()
    }

    fn parts(texts: &[String]) -> Vec<Vec<u32>> {
        let reports: Vec<_> = texts.iter().map(|text| report(text)).collect();
        let space = Space::of(&reports, &Lexicon::load());
        parted(vec![(0..texts.len() as u32).collect()], &space)
    }

    #[test]
    fn two_arrests_of_one_team_are_two_and_one_is_one() {
        let both =
            [told(["Marek Dolan", "Harbour", "Sunday"]), told(["Ilya Brandt", "Castle", "Friday"])].concat();
        assert_eq!(parts(&both), [vec![0, 1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11]]);
        let one =
            [told(["Marek Dolan", "Harbour", "Sunday"]), told(["Marek Dolan", "Harbour", "Sunday"])].concat();
        assert_eq!(parts(&one), [(0..12).collect::<Vec<u32>>()]);
    }

    #[test]
    fn texts_without_words_are_no_two_events() {
        assert_eq!(parts(&vec![String::new(); 12]).len(), 1);
    }
}
