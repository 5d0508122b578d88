//! Average-link clustering on a sparse similarity graph.

use crate::tfidf::{Vector, cosine};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A similarity between two items, the smaller index first.
pub(crate) type Edge = (u32, u32, f32);

/// Groups `n` items: joins the two groups of highest mean similarity while that is at least `threshold`
/// (UPGMA, Sokal & Michener 1958). Pairs that are not in the graph count as zero. Groups are sorted inside and by their
/// first item.
pub(crate) fn average_link(n: usize, edges: &[Edge], threshold: f32) -> Vec<Vec<u32>> {
    Groups::new(vec![Vector::new(); n], edges, threshold).joined()
}

/// The same for items that are vectors: pairs that are not in the graph count as their vectors' product, which is had for
/// whole groups from the sums of their vectors. So a sparse graph loses nothing as long as it joins the groups.
pub(crate) fn average_link_of(vectors: Vec<Vector>, edges: &[Edge], threshold: f32) -> Vec<Vec<u32>> {
    Groups::new(vectors, edges, threshold).joined()
}

struct Groups {
    members: Vec<Vec<u32>>,
    version: Vec<u32>,
    /// Sum of each group's vectors.
    vectors: Vec<Vector>,
    /// Sum of similarities to each neighbouring group.
    sums: Vec<BTreeMap<u32, f64>>,
    queue: BinaryHeap<Candidate>,
    threshold: f64,
}

impl Groups {
    fn new(vectors: Vec<Vector>, edges: &[Edge], threshold: f32) -> Self {
        let n = vectors.len();
        let mut groups = Self {
            members: (0..n as u32).map(|i| vec![i]).collect(),
            version: vec![0; n],
            vectors,
            sums: vec![BTreeMap::new(); n],
            queue: BinaryHeap::new(),
            threshold: f64::from(threshold),
        };
        for &(a, b, similarity) in edges {
            groups.sums[a as usize].insert(b, f64::from(similarity));
            groups.sums[b as usize].insert(a, f64::from(similarity));
            groups.offer(a, b);
        }
        groups
    }

    fn joined(mut self) -> Vec<Vec<u32>> {
        while let Some(best) = self.queue.pop() {
            if self.is_current(&best) {
                self.join(best.a, best.b);
            }
        }
        self.result()
    }

    fn offer(&mut self, a: u32, b: u32) {
        let (a, b) = (a.min(b), a.max(b));
        let pairs = self.members[a as usize].len() * self.members[b as usize].len();
        let sum = self.sums[a as usize].get(&b).copied().unwrap_or_default();
        let mean = sum / pairs.max(1) as f64;
        if mean >= self.threshold {
            let versions = (self.version[a as usize], self.version[b as usize]);
            self.queue.push(Candidate { mean, a, b, versions });
        }
    }

    fn is_current(&self, c: &Candidate) -> bool {
        c.versions == (self.version[c.a as usize], self.version[c.b as usize])
    }

    /// Moves group `b` into group `a`.
    fn join(&mut self, a: u32, b: u32) {
        let moved = std::mem::take(&mut self.members[b as usize]);
        self.members[a as usize].extend(moved);
        self.version[a as usize] += 1;
        self.version[b as usize] += 1;
        let (mut own, theirs) =
            (std::mem::take(&mut self.sums[a as usize]), std::mem::take(&mut self.sums[b as usize]));
        own.remove(&b);
        for (&c, sum) in own.iter_mut().filter(|(c, _)| !theirs.contains_key(c)) {
            *sum += self.product(b, c);
        }
        for (c, sum) in theirs.into_iter().filter(|(c, _)| *c != a) {
            self.sums[c as usize].remove(&b);
            let rest = own.get(&c).copied().unwrap_or_else(|| self.product(a, c));
            own.insert(c, rest + sum);
        }
        let moved = std::mem::take(&mut self.vectors[b as usize]);
        self.vectors[a as usize] = added(&self.vectors[a as usize], &moved);
        for (&c, &sum) in &own {
            self.sums[c as usize].insert(a, sum);
        }
        let neighbours: Vec<u32> = own.keys().copied().collect();
        self.sums[a as usize] = own;
        neighbours.into_iter().for_each(|c| self.offer(a, c));
    }

    fn product(&self, a: u32, b: u32) -> f64 {
        f64::from(cosine(&self.vectors[a as usize], &self.vectors[b as usize]))
    }

    fn result(self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort_unstable();
        groups
    }
}

/// The sum of two sparse vectors.
fn added(a: &Vector, b: &Vector) -> Vector {
    let mut sum: Vector = a.iter().chain(b).copied().collect();
    sum.sort_by_key(|(term, _)| *term);
    sum.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0.0 };
        same
    });
    sum
}

struct Candidate {
    mean: f64,
    a: u32,
    b: u32,
    versions: (u32, u32),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bridge_does_not_join_two_groups() {
        let edges = [(0, 1, 0.9), (1, 2, 0.3), (2, 3, 0.8)];
        assert_eq!(average_link(5, &edges, 0.25), [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(average_link(5, &edges, 0.05), [vec![0, 1, 2, 3], vec![4]]);
    }

    #[test]
    fn pairs_that_are_not_in_the_graph_count_as_their_vectors_do() {
        let vectors =
            vec![vec![(0, 1.0)], vec![(0, 0.8), (1, 0.6)], vec![(0, 0.9), (2, 0.4)], vec![(3, 1.0)]];
        let edges = [(0, 1, 0.8), (1, 2, 0.72)];
        assert_eq!(average_link(4, &edges, 0.5), [vec![0, 1], vec![2], vec![3]]);
        assert_eq!(average_link_of(vectors, &edges, 0.5), [vec![0, 1, 2], vec![3]]);
    }
}
