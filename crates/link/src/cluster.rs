//! Average-link clustering on a sparse similarity graph: pairs that are not in the graph count as zero.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A similarity between two items, the smaller index first.
pub(crate) type Edge = (u32, u32, f32);

/// Groups `n` items: joins the two groups of highest mean similarity while that is at least `threshold`
/// (UPGMA, Sokal & Michener 1958). Groups are sorted inside and by their first item.
pub(crate) fn average_link(n: usize, edges: &[Edge], threshold: f32) -> Vec<Vec<u32>> {
    let mut groups = Groups::new(n, edges, threshold);
    while let Some(best) = groups.queue.pop() {
        if groups.is_current(&best) {
            groups.join(best.a, best.b);
        }
    }
    groups.result()
}

struct Groups {
    members: Vec<Vec<u32>>,
    version: Vec<u32>,
    /// Sum of similarities to each neighbouring group.
    sums: Vec<BTreeMap<u32, f64>>,
    queue: BinaryHeap<Candidate>,
    threshold: f64,
}

impl Groups {
    fn new(n: usize, edges: &[Edge], threshold: f32) -> Self {
        let mut groups = Self {
            members: (0..n as u32).map(|i| vec![i]).collect(),
            version: vec![0; n],
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
        for (c, sum) in std::mem::take(&mut self.sums[b as usize]) {
            self.sums[c as usize].remove(&b);
            if c != a {
                *self.sums[a as usize].entry(c).or_default() += sum;
                *self.sums[c as usize].entry(a).or_default() += sum;
            }
        }
        let neighbours: Vec<u32> = self.sums[a as usize].keys().copied().collect();
        neighbours.into_iter().for_each(|c| self.offer(a, c));
    }

    fn result(self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort_unstable();
        groups
    }
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
}
