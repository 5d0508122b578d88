//! Best legal label sequences.

/// Which labels may follow which, and how gladly.
#[derive(Clone, Debug)]
pub(crate) struct Transitions {
    labels: usize,
    /// Row-major, from × to; negative infinity where the step is not allowed.
    scores: Vec<f32>,
    /// What to add to the score of a sequence that begins with the label.
    first: Vec<f32>,
}

impl Transitions {
    /// BIO: `I-x` may only follow `B-x` or `I-x`. `learned` (from × to; missing is nothing) is added to every allowed
    /// step; a sequence begins as if after a word outside, which is the first label.
    pub(crate) fn bio(labels: &[String], learned: &[f32]) -> Self {
        let n = labels.len();
        let allowed = |from: usize, to: usize| match labels[to].strip_prefix("I-") {
            Some(kind) => labels[from].get(2..) == Some(kind),
            None => true,
        };
        let score = |i: usize| {
            let (from, to) = (i / n, i % n);
            if allowed(from, to) { learned.get(i).copied().unwrap_or(0.0) } else { f32::NEG_INFINITY }
        };
        let scores: Vec<f32> = (0..n * n).map(score).collect();
        Self { labels: n, first: scores.iter().take(n).copied().collect(), scores }
    }

    /// The best sequence for `scores` (row-major, one row a word); ties go to the earlier label.
    pub(crate) fn decode(&self, scores: &[f32]) -> Vec<u8> {
        let n = self.labels;
        let mut rows = scores.chunks_exact(n.max(1));
        let Some(first) = rows.next() else { return Vec::new() };
        let mut best: Vec<f32> = first.iter().zip(&self.first).map(|(s, bonus)| s + bonus).collect();
        let mut back: Vec<u8> = Vec::with_capacity(scores.len());
        for row in rows {
            let steps: Vec<(u8, f32)> = (0..n).map(|to| self.step(&best, to)).collect();
            back.extend(steps.iter().map(|s| s.0));
            best = steps.iter().zip(row).map(|(s, r)| s.1 + r).collect();
        }
        trace(&back, n, argmax(&best))
    }

    /// The best label before `to`, and the score with the step.
    fn step(&self, best: &[f32], to: usize) -> (u8, f32) {
        let mut found = (0, f32::NEG_INFINITY);
        for (from, score) in best.iter().enumerate() {
            let score = score + self.scores[from * self.labels + to];
            if score > found.1 {
                found = (from as u8, score);
            }
        }
        found
    }
}

fn trace(back: &[u8], labels: usize, last: u8) -> Vec<u8> {
    let mut path = vec![last];
    let mut at = last;
    for row in back.chunks_exact(labels).rev() {
        at = row[at as usize];
        path.push(at);
    }
    path.reverse();
    path
}

fn argmax(scores: &[f32]) -> u8 {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best as u8
}

/// Logarithms of the probabilities that logits stand for, row by row.
pub(crate) fn log_softmax(logits: &[f32], labels: usize) -> Vec<f32> {
    let mut out = logits.to_vec();
    for row in out.chunks_exact_mut(labels.max(1)) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = row.iter().map(|x| (x - top).exp()).sum();
        let norm = top + sum.ln();
        row.iter_mut().for_each(|x| *x -= norm);
    }
    out
}

/// A run of words with one BIO type: words and the type's label name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run<'l> {
    /// First word.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// `PER` in `B-PER`.
    pub(crate) kind: &'l str,
}

/// The runs of a legal BIO sequence.
pub(crate) fn runs<'l>(path: &[u8], labels: &'l [String]) -> Vec<Run<'l>> {
    let mut runs: Vec<Run<'l>> = Vec::new();
    for (i, label) in path.iter().enumerate() {
        let Some((mark, kind)) = labels.get(*label as usize).and_then(|l| l.split_once('-')) else {
            continue;
        };
        match runs.last_mut() {
            Some(run) if mark == "I" && run.end == i && run.kind == kind => run.end = i + 1,
            _ => runs.push(Run { start: i, end: i + 1, kind }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels() -> Vec<String> {
        ["O", "B-A", "I-A", "B-B", "I-B"].map(str::to_owned).to_vec()
    }

    #[test]
    fn an_illegal_best_row_is_repaired() {
        let labels = labels();
        let scores = [0.0, -1.0, 2.0, -9.0, -9.0, 0.0, -9.0, 3.0, -9.0, -9.0];
        let path = Transitions::bio(&labels, &[]).decode(&scores);
        assert_eq!(runs(&path, &labels), [Run { start: 0, end: 2, kind: "A" }]);
    }

    #[test]
    fn learned_steps_count() {
        let labels = labels();
        let mut learned = [0.0; 25];
        learned[5 + 3] = 1.0;
        let path = Transitions::bio(&labels, &learned).decode(&[0.0; 15]);
        assert!(path.windows(2).any(|w| w == [1, 3]));
    }

    #[test]
    fn a_sequence_begins_as_after_a_word_outside() {
        let labels = labels();
        let mut learned = [0.0; 25];
        learned[3] = 1.0;
        assert_eq!(Transitions::bio(&labels, &learned).decode(&[0.0; 5]), [3]);
    }

    proptest! {
        #[test]
        fn paths_are_legal(scores in prop::collection::vec(-5.0f32..5.0, 0..100)) {
            let labels = labels();
            let path = Transitions::bio(&labels, &[]).decode(&scores);
            prop_assert_eq!(path.len(), scores.len() / 5);
            let mut before = "O";
            for label in path.iter().map(|&l| labels[l as usize].as_str()) {
                prop_assert!(!label.starts_with("I-") || before.get(2..) == label.get(2..));
                before = label;
            }
        }
    }
}
