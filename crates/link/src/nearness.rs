//! Which reports are near one another, and how near.

use crate::cluster::Edge;
use crate::moment::Moment;
use crate::partners::Partners;
use crate::tfidf::{Vector, cosine};

/// Neighbours of a report whose mean similarity is its scale.
const NEIGHBOURS: usize = 3;
/// The least scale: what is alone has no near neighbours.
const LEAST: f32 = 0.25;
/// Scale at which similarities stay as they are.
const USUAL: f32 = 0.4;
/// How much of the scale counts: 0 none, 1 all.
const SCALING: f32 = 0.8;
/// Pairs below this are not kept; among more articles than [`SMALL`], those that could not join two groups.
const FLOOR: f32 = 0.02;
const LARGE_FLOOR: f32 = 0.12;
/// Articles up to which all pairs that share a term are compared.
const SMALL: usize = 2_000;
/// Postings a term may have to propose pairs among more articles than [`SMALL`].
const POSTINGS: usize = 60;
/// Strongest terms of an article that propose pairs among more articles than [`SMALL`].
const STRONGEST: usize = 25;
/// Articles in which a commoner term is next strongest that it proposes to each.
const NEXT: usize = 3;
/// Similarities of near reports, and the scale of each report by which they are divided (local scaling: Zelnik-Manor and Perona
/// 2004): reports of a story told in many words are less alike than those of a story told in few.
pub(crate) struct Nearness {
    pub(crate) edges: Vec<Edge>,
    pub(crate) scales: Vec<f32>,
}

impl Nearness {
    pub(crate) fn of(vectors: &[Vector], moments: &[Moment]) -> Self {
        let (partners, floor): (Box<dyn Fn(u32) -> Vec<u32>>, f32) = if vectors.len() <= SMALL {
            (Box::new(|a| (a + 1..vectors.len() as u32).collect()), FLOOR)
        } else {
            let proposals = Proposals::of(vectors);
            (Box::new(move |a| proposals.after(a)), LARGE_FLOOR)
        };
        let mut edges: Vec<Edge> = Vec::new();
        for a in 0..vectors.len() as u32 {
            let scored = partners(a).into_iter().map(|b| {
                let (x, y) = (a as usize, b as usize);
                (a, b, cosine(&vectors[x], &vectors[y]) * moments[x].nearness(&moments[y]))
            });
            edges.extend(scored.filter(|(_, _, similarity)| *similarity >= floor));
        }
        let scales = scales(vectors.len(), &edges);
        for (a, b, similarity) in &mut edges {
            *similarity /= scales[*a as usize] * scales[*b as usize];
        }
        Self { edges, scales }
    }
}

fn scales(articles: usize, edges: &[Edge]) -> Vec<f32> {
    let mut nearest = vec![[0.0f32; NEIGHBOURS]; articles];
    for &(a, b, similarity) in edges {
        for article in [a, b] {
            let own = &mut nearest[article as usize];
            let place = own.partition_point(|s| *s >= similarity);
            if place < NEIGHBOURS {
                own[place..].rotate_right(1);
                own[place] = similarity;
            }
        }
    }
    let scale = |own: &[f32; NEIGHBOURS]| {
        let mean = own.iter().sum::<f32>() / NEIGHBOURS as f32;
        (mean.max(LEAST) / USUAL).powf(SCALING / 2.0)
    };
    nearest.iter().map(scale).collect()
}

/// Pairs that share a strong term: n log n for any number of articles.
struct Proposals {
    rare: Partners,
    /// Pairs by terms of more than [`POSTINGS`] articles: neighbours in order of the term's weight. Sorted.
    common: Vec<(u32, u32)>,
}

impl Proposals {
    fn of(vectors: &[Vector]) -> Self {
        let strongest: Vec<Vector> = vectors.iter().map(strongest).collect();
        let terms = |vector: &Vector| vector.iter().map(|(term, _)| u64::from(*term)).collect();
        let mut places: Vec<(u32, f32, u32)> = Vec::new();
        for (vector, article) in strongest.iter().zip(0..) {
            places.extend(vector.iter().map(|(term, weight)| (*term, *weight, article)));
        }
        places.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
        let runs = places.chunk_by(|x, y| x.0 == y.0).filter(|run| run.len() > POSTINGS);
        let mut common: Vec<(u32, u32)> = runs.flat_map(neighbours).collect();
        common.sort_unstable();
        common.dedup();
        Self { rare: Partners::of(strongest.iter().map(terms), POSTINGS, false), common }
    }

    fn after(&self, article: u32) -> Vec<u32> {
        let from = self.common.partition_point(|(a, _)| *a < article);
        let common = self.common[from..].iter().take_while(|(a, _)| *a == article).map(|(_, b)| *b);
        let mut found: Vec<u32> =
            self.rare.after(article, POSTINGS).into_iter().map(|(b, _)| b).chain(common).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn neighbours(run: &[(u32, f32, u32)]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let pair = |x: u32, y: u32| (x.min(y), x.max(y));
    run.iter().enumerate().flat_map(move |(i, x)| run[i + 1..].iter().take(NEXT).map(move |y| pair(x.2, y.2)))
}

fn strongest(vector: &Vector) -> Vector {
    let mut terms = vector.clone();
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.truncate(STRONGEST);
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_many_articles_still_proposes_some_pairs() {
        let vectors: Vec<Vector> = (0..100).map(|i| vec![(0, 1.0 + i as f32), (1 + i / 2, 1.0)]).collect();
        let proposals = Proposals::of(&vectors);
        assert!((0..99).all(|a| proposals.after(a).contains(&(a + 1))));
        assert!((0..100).all(|a| proposals.after(a).len() <= NEXT + 1));
    }
}
