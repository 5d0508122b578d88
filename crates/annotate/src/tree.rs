//! From arc scores to trees: greedy where that is already a tree with one root, else Chu-Liu-Edmonds.

/// Head of each word of a sentence (0 = root, h + 1 = word h), a tree with exactly one root, from scores
/// `n × (n + 1)` (row = dependent, column 0 = root).
pub(crate) fn heads(scores: &[f32], words: usize) -> Vec<u32> {
    if scores.len() < words * (words + 1) {
        return chain(words);
    }
    let greedy = greedy(scores, words);
    if is_tree(&greedy) {
        return greedy;
    }
    let best = roots(scores, &greedy)
        .into_iter()
        .map(|root| rooted(scores, words, root))
        .filter(|heads| is_tree(heads))
        .map(|heads| (total(scores, &heads), heads))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or_else(|| chain(words), |(_, heads)| heads)
}

/// Without scores: every word depends on the first.
fn chain(words: usize) -> Vec<u32> {
    (0..words as u32).map(|word| word.min(1)).collect()
}

fn greedy(scores: &[f32], words: usize) -> Vec<u32> {
    let row = |d: usize| &scores[d * (words + 1)..(d + 1) * (words + 1)];
    (0..words).map(|d| best_of(row(d).iter().enumerate().filter(|(h, _)| *h != d + 1))).collect()
}

fn best_of<'s>(scores: impl Iterator<Item = (usize, &'s f32)>) -> u32 {
    scores.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(0, |(i, _)| i as u32)
}

/// Whether the heads form one tree with one root.
pub(crate) fn is_tree(heads: &[u32]) -> bool {
    // 0: not seen, 1: on the present path, 2: known to reach the root
    let mut state = vec![0u8; heads.len()];
    for word in 0..heads.len() {
        let mut path = Vec::new();
        let mut at = word;
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            match heads[at] {
                0 => break,
                h if h as usize > heads.len() => return false,
                h => at = h as usize - 1,
            }
        }
        if heads[at] != 0 && state[at] == 1 {
            return false;
        }
        path.into_iter().for_each(|w| state[w] = 2);
    }
    heads.iter().filter(|h| **h == 0).count() == 1
}

/// Words worth trying as the root, at most four: those the greedy choice made roots, else the one nearest to it.
fn roots(scores: &[f32], greedy: &[u32]) -> Vec<usize> {
    let words = greedy.len();
    let found: Vec<usize> = (0..words).filter(|&w| greedy[w] == 0).take(4).collect();
    if !found.is_empty() {
        return found;
    }
    let gap = |w: usize| scores[w * (words + 1)] - scores[w * (words + 1) + greedy[w] as usize];
    (0..words).reduce(|best, w| if gap(w) > gap(best) { w } else { best }).into_iter().collect()
}

fn total(scores: &[f32], heads: &[u32]) -> f64 {
    let row = heads.len() + 1;
    heads.iter().enumerate().map(|(d, h)| f64::from(scores[d * row + *h as usize])).sum()
}

/// The best tree with `root` as its only root.
fn rooted(scores: &[f32], words: usize, root: usize) -> Vec<u32> {
    let size = words + 1;
    let mut graph = Graph { size, scores: vec![f64::NEG_INFINITY; size * size] };
    for (d, row) in scores.chunks_exact(size).take(words).enumerate() {
        for (h, score) in row.iter().enumerate().filter(|(h, _)| *h != d + 1) {
            let score = if h == 0 { root_score(d == root) } else { f64::from(*score) };
            graph.scores[(d + 1) * size + h] = score;
        }
    }
    arborescence(&graph)[1..].iter().map(|h| *h as u32).collect()
}

fn root_score(is_root: bool) -> f64 {
    if is_root { 1e6 } else { -1e6 }
}

/// A complete weighted graph; node 0 is the root. Row = dependent, column = head.
struct Graph {
    size: usize,
    scores: Vec<f64>,
}

impl Graph {
    fn score(&self, dependent: usize, head: usize) -> f64 {
        self.scores[dependent * self.size + head]
    }

    fn best_head(&self, dependent: usize) -> usize {
        (0..self.size)
            .filter(|&h| h != dependent)
            .reduce(|best, h| if self.score(dependent, h) > self.score(dependent, best) { h } else { best })
            .unwrap_or(0)
    }
}

/// Chu-Liu-Edmonds: the heads of the best spanning arborescence (entry 0 is unused).
fn arborescence(graph: &Graph) -> Vec<usize> {
    let heads: Vec<usize> = (0..graph.size).map(|d| if d == 0 { 0 } else { graph.best_head(d) }).collect();
    match cycle(&heads) {
        None => heads,
        Some(cycle) => Contraction::of(graph, &heads, &cycle).solve(graph, &heads),
    }
}

/// A cycle among the heads, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen_from[at] == 0 {
            seen_from[at] = start;
            at = heads[at];
        }
        if at != 0 && seen_from[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// A graph in which a cycle is one node, the last.
struct Contraction {
    graph: Graph,
    /// The nodes outside the cycle, in order.
    rest: Vec<usize>,
    /// For each of them, the cycle's node it would enter as a head.
    entered: Vec<usize>,
    /// For each of them, the cycle's node that would be its head.
    left: Vec<usize>,
}

impl Contraction {
    fn of(graph: &Graph, heads: &[usize], cycle: &[usize]) -> Self {
        let mut in_cycle = vec![false; graph.size];
        cycle.iter().for_each(|&n| in_cycle[n] = true);
        let rest: Vec<usize> = (0..graph.size).filter(|&n| !in_cycle[n]).collect();
        let gain = |from: usize, node: usize| graph.score(node, from) - graph.score(node, heads[node]);
        let entered: Vec<usize> = rest.iter().map(|&u| best_in(cycle, |n| gain(u, n))).collect();
        let left: Vec<usize> = rest.iter().map(|&u| best_in(cycle, |n| graph.score(u, n))).collect();
        let whole: f64 = cycle.iter().map(|&n| graph.score(n, heads[n])).sum();
        let size = rest.len() + 1;
        let mut small = Graph { size, scores: vec![f64::NEG_INFINITY; size * size] };
        for (i, &u) in rest.iter().enumerate() {
            for (j, &v) in rest.iter().enumerate() {
                small.scores[i * size + j] = graph.score(u, v);
            }
            small.scores[i * size + size - 1] = graph.score(u, left[i]);
            small.scores[(size - 1) * size + i] = gain(u, entered[i]) + whole;
        }
        Self { graph: small, rest, entered, left }
    }

    fn solve(&self, graph: &Graph, heads: &[usize]) -> Vec<usize> {
        let small = arborescence(&self.graph);
        let last = self.rest.len();
        let mut out = heads.to_vec();
        debug_assert_eq!(out.len(), graph.size);
        for (i, &u) in self.rest.iter().enumerate().skip(1) {
            out[u] = if small[i] == last { self.left[i] } else { self.rest[small[i]] };
        }
        let from = small[last];
        out[self.entered[from]] = self.rest[from];
        out
    }
}

fn best_in(nodes: &[usize], score: impl Fn(usize) -> f64) -> usize {
    nodes.iter().copied().reduce(|best, n| if score(n) > score(best) { n } else { best }).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best tree under this root by trying all.
    fn brute_force(scores: &[f32], words: usize, root: usize) -> f64 {
        let base = words as u32 + 1;
        let tree = |code: u32| -> Vec<u32> { (0..words as u32).map(|w| code / base.pow(w) % base).collect() };
        let fits = |h: &Vec<u32>| h[root] == 0 && is_tree(h);
        (0..base.pow(words as u32))
            .map(tree)
            .filter(fits)
            .map(|h| total(scores, &h))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    #[test]
    fn knows_trees() {
        assert!(is_tree(&[2, 0, 2]));
        assert!(!is_tree(&[2, 1, 0]), "a cycle");
        assert!(!is_tree(&[0, 0]), "two roots");
        assert!(!is_tree(&[9, 0]), "no such word");
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // 1 and 2 prefer one another; 2 loses less by taking the root
        let scores = [0.0, 0.0, 9.0, 5.0, 8.0, 0.0];
        assert_eq!(heads(&scores, 2), [2, 0]);
    }

    #[test]
    fn scores_that_are_missing_or_no_numbers_still_give_a_tree() {
        assert!(is_tree(&heads(&[], 5)));
        assert!(is_tree(&heads(&[f32::NAN; 30], 5)));
        assert!(is_tree(&heads(&[f32::NEG_INFINITY; 30], 5)));
        assert!(heads(&[], 0).is_empty());
    }

    proptest! {
        #[test]
        fn always_a_tree_with_one_root(words in 1usize..40, seed in prop::collection::vec(-9.0f32..9.0, 1640)) {
            prop_assert!(is_tree(&heads(&seed[..words * (words + 1)], words)));
        }

        #[test]
        fn as_good_as_trying_all(words in 1usize..6, root in 0usize..6, seed in prop::collection::vec(-9i8..9, 30)) {
            let root = root % words;
            let scores: Vec<f32> = seed[..words * (words + 1)].iter().map(|x| f32::from(*x)).collect();
            prop_assert_eq!(total(&scores, &rooted(&scores, words, root)), brute_force(&scores, words, root));
        }
    }
}
