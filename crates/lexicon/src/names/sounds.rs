//! How likely two spellings are spellings of one name: an alignment of groups of letters with learned weights.
//!
//! The weights are log-likelihood ratios. A pair of groups (`ou`, `u`) weighs ln p(pair | one name) − ln p(`ou`) − ln
//! p(`u`), where the joint probability comes from pairs of spellings by expectation maximisation over all alignments
//! (a joint source-channel model: Li, Zhang, Su, ACL 2004; many-to-many alignment: Jiampojamarn et al., NAACL 2007)
//! and the plain ones from the letters by chance. The sum over the best alignment is the evidence, in nats, that two
//! words are one name and not two.

use super::script::{Script, letters, romanised};
use std::collections::HashMap;

/// Longest group of letters of a table, with the marks of the word's beginning (`^`) and end (`$`).
const LONGEST_GROUP: usize = 4;
/// Weight of a pair of letters that no table has, and of a letter without a partner (nats).
const STRANGE: f32 = -7.0;
const ALONE: f32 = -6.0;

/// The tables of letter groups, by the script that is compared with Latin.
#[derive(Debug)]
pub struct Sounds {
    tables: Vec<Table>,
}

/// Two words laid side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Evidence that the words are one name (nats).
    pub evidence: f32,
    /// Evidence as a share of what the words could give at most: 1 for equal words, below 0 for strangers.
    pub likeness: f32,
    /// The groups of letters that face one another, with their weights.
    pub steps: Vec<Step>,
}

/// Groups of letters that face one another; one of them may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Letters of the first word.
    pub left: String,
    /// Letters of the second word.
    pub right: String,
    /// Their weight (nats).
    pub weight: f32,
}

impl Sounds {
    pub(crate) fn load() -> Self {
        Self::of([
            include_str!("../../data/names/sounds/latin.txt"),
            include_str!("../../data/names/sounds/cyrillic.txt"),
            include_str!("../../data/names/sounds/arabic.txt"),
            include_str!("../../data/names/sounds/hebrew.txt"),
            include_str!("../../data/names/sounds/han.txt"),
        ])
    }

    /// Tables from their texts, in the order of [`Script::ALL`].
    pub fn of(texts: [&str; 5]) -> Self {
        Self {
            tables: texts.iter().zip(Script::ALL).map(|(text, script)| Table::read(text, script)).collect(),
        }
    }

    /// The best alignment of two words in whatever scripts; `None` where one has no letters.
    pub fn align(&self, a: &str, b: &str) -> Option<Alignment> {
        let ((a, b), table, swapped) = self.prepared(a, b)?;
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        let best = pairs.map(|(x, y)| table.align(x, y)).max_by(|x, y| x.likeness.total_cmp(&y.likeness))?;
        Some(if swapped { best.swapped() } else { best })
    }

    /// The likeness of [`Sounds::align`] without its steps; strangers have −1.
    pub fn likeness(&self, a: &str, b: &str) -> f32 {
        let Some(((a, b), table, _)) = self.prepared(a, b) else { return -1.0 };
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        pairs.map(|(x, y)| table.likeness(x, y)).fold(-1.0, f32::max)
    }

    #[allow(clippy::type_complexity)]
    fn prepared(&self, a: &str, b: &str) -> Option<((Vec<String>, Vec<String>), &Table, bool)> {
        let (left, right) = (Script::of(a), Script::of(b));
        let (pair, table, swapped) = match (left, right) {
            // Two words in one script of their own are compared by the sounds of their usual romanisation.
            (x, y) if x == y => ((roman(a, x), roman(b, y)), Script::Latin, false),
            (Script::Latin, y) => ((letters(a), letters(b)), y, false),
            (x, Script::Latin) => ((letters(b), letters(a)), x, true),
            (_, y) => ((vec![romanised(a)], letters(b)), y, false),
        };
        let table = self.tables.get(Script::ALL.iter().position(|&s| s == table)?)?;
        (!pair.0.iter().all(String::is_empty) && !pair.1.is_empty()).then_some((pair, table, swapped))
    }
}

fn roman(word: &str, script: Script) -> Vec<String> {
    if script == Script::Latin { letters(word) } else { vec![romanised(word)] }
}

impl Alignment {
    fn swapped(mut self) -> Self {
        for step in &mut self.steps {
            std::mem::swap(&mut step.left, &mut step.right);
        }
        self
    }
}

/// Weights of pairs of groups: Latin left, the other script right.
#[derive(Debug)]
struct Table {
    left: Groups,
    right: Groups,
    /// Row by left group, column by right group; `NAN` where the pair was never seen.
    weights: Vec<f32>,
}

/// The groups of one side: number 0 is the empty group.
#[derive(Debug, Default)]
struct Groups {
    numbers: HashMap<u64, usize>,
    /// The greatest weight of each group with any partner.
    best: Vec<f32>,
}

impl Groups {
    fn number(&mut self, group: &str) -> usize {
        let next = self.best.len();
        let number = *self.numbers.entry(packed(group.chars())).or_insert(next);
        if number == next {
            self.best.push(f32::NEG_INFINITY);
        }
        number
    }

    /// Numbers of the groups of 0 to [`LONGEST_GROUP`] letters that begin at a letter.
    fn at(&self, letters: &[char], from: usize) -> [Option<usize>; LONGEST_GROUP + 1] {
        std::array::from_fn(|n| match n {
            0 => Some(0),
            n => letters
                .get(from..from + n)
                .and_then(|g| self.numbers.get(&packed(g.iter().copied())).copied()),
        })
    }

    /// The most that a word's groups can weigh.
    fn potential(&self, letters: &[char]) -> f32 {
        let mut best = vec![f32::NEG_INFINITY; letters.len() + 1];
        best[0] = 0.0;
        for i in 0..letters.len() {
            best[i + 1] = best[i + 1].max(best[i]);
            for (n, group) in self.at(letters, i).into_iter().enumerate().skip(1) {
                if let Some(group) = group {
                    best[i + n] = best[i + n].max(best[i] + self.best[group]);
                }
            }
        }
        best[letters.len()]
    }
}

/// Up to four letters of the basic plane in one number.
fn packed(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |sum, c| sum << 16 | u64::from(c as u32 & 0xffff))
}

impl Table {
    /// A line is a left group, a colon, and right groups with their weights in hundredths: `sh: ch 214; s -120`.
    fn read(text: &str, script: Script) -> Self {
        let (mut left, mut right) = (Groups::default(), Groups::default());
        left.number("");
        right.number("");
        let mut cells: Vec<(usize, usize, f32)> = Vec::new();
        for (a, b, weight) in cells_of(text) {
            cells.push((left.number(a), right.number(b), weight));
            if script == Script::Latin {
                cells.push((left.number(b), right.number(a), weight));
            }
        }
        let width = right.best.len();
        let mut weights = vec![f32::NAN; left.best.len() * width];
        for (a, b, weight) in cells {
            weights[a * width + b] = weight;
            left.best[a] = left.best[a].max(weight);
            right.best[b] = right.best[b].max(weight);
        }
        Self { left, right, weights }
    }

    fn likeness(&self, a: &str, b: &str) -> f32 {
        let (a, b) = (bounded(a), bounded(b));
        let evidence = self.grid(&a, &b).last().map_or(f32::NEG_INFINITY, |cell| cell.score);
        self.share(evidence, &a, &b)
    }

    fn share(&self, evidence: f32, a: &[char], b: &[char]) -> f32 {
        let most = (self.left.potential(a) + self.right.potential(b)) / 2.0;
        if most > 0.0 { evidence / most } else { -1.0 }
    }

    fn align(&self, a: &str, b: &str) -> Alignment {
        let (a, b) = (bounded(a), bounded(b));
        let grid = self.grid(&a, &b);
        let evidence = grid.last().map_or(f32::NEG_INFINITY, |cell| cell.score);
        let (mut i, mut j, mut steps) = (a.len(), b.len(), Vec::new());
        while i + j > 0 {
            let cell = grid[i * (b.len() + 1) + j];
            let (from_i, from_j) = (i - cell.left as usize, j - cell.right as usize);
            let weight = cell.score - grid[from_i * (b.len() + 1) + from_j].score;
            steps.push(Step { left: shown(&a[from_i..i]), right: shown(&b[from_j..j]), weight });
            (i, j) = (from_i, from_j);
        }
        steps.retain(|s| !s.left.is_empty() || !s.right.is_empty());
        steps.reverse();
        Alignment { evidence, likeness: self.share(evidence, &a, &b), steps }
    }

    /// The best score of every pair of prefixes, and the groups it ends with.
    fn grid(&self, a: &[char], b: &[char]) -> Vec<Cell> {
        let width = b.len() + 1;
        let mut grid = vec![Cell { score: f32::NEG_INFINITY, left: 0, right: 0 }; (a.len() + 1) * width];
        grid[0].score = 0.0;
        let right: Vec<_> = (0..=b.len()).map(|j| self.right.at(b, j)).collect();
        for i in 0..=a.len() {
            let left = self.left.at(a, i);
            for (j, right) in right.iter().enumerate() {
                let score = grid[i * width + j].score;
                for (n, m) in STEPS {
                    if i + n > a.len() || j + m > b.len() {
                        continue;
                    }
                    let Some(weight) = self.weight(left[n], right[m], n, m) else { continue };
                    let cell = &mut grid[(i + n) * width + j + m];
                    if score + weight > cell.score {
                        *cell = Cell { score: score + weight, left: n as u8, right: m as u8 };
                    }
                }
            }
        }
        grid
    }

    fn weight(&self, left: Option<usize>, right: Option<usize>, n: usize, m: usize) -> Option<f32> {
        let known = left.zip(right).map(|(a, b)| self.weights[a * self.right.best.len() + b]);
        let fallback = match (n, m) {
            (1, 1) => Some(STRANGE),
            (1, 0) | (0, 1) => Some(ALONE),
            _ => None,
        };
        known.filter(|w| !w.is_nan()).or(fallback)
    }
}

/// Lengths of groups that may face one another.
const STEPS: [(usize, usize); 24] = {
    let mut steps = [(0, 0); 24];
    let mut at = 0;
    while at < 24 {
        steps[at] = ((at + 1) / 5, (at + 1) % 5);
        at += 1;
    }
    steps
};

#[derive(Clone, Copy, Debug)]
struct Cell {
    score: f32,
    left: u8,
    right: u8,
}

fn bounded(word: &str) -> Vec<char> {
    std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect()
}

fn shown(group: &[char]) -> String {
    group.iter().filter(|c| !matches!(c, '^' | '$')).collect()
}

/// Pairs of groups with their weights in nats; `-` is the empty group.
fn cells_of(text: &str) -> impl Iterator<Item = (&str, &str, f32)> {
    let group = |g: &'_ str| -> usize { usize::from(g != "-") * g.len() };
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).flat_map(move |(left, cells)| {
        cells.split("; ").filter_map(move |cell| {
            let (right, weight) = cell.rsplit_once(' ')?;
            let weight: f32 = weight.parse().ok()?;
            Some((&left[..group(left)], &right[..group(right)], weight / 100.0))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_groups_face_one_another() {
        let table = "^: ^ 0\n$: $ 0\nou: u 200\no: o 200\nu: u 200\np: p 300\ne$: $ -50\n";
        let sounds = Sounds::of([table, "", "", "", ""]);
        let found = sounds.align("poup", "pup").expect("letters");
        let shown: Vec<_> = found.steps.iter().map(|s| (s.left.as_str(), s.right.as_str())).collect();
        assert_eq!(shown, [("p", "p"), ("ou", "u"), ("p", "p")]);
        assert!((found.evidence - 8.0).abs() < 1e-3 && found.likeness > 0.8, "{found:?}");
        assert!(sounds.likeness("poup", "kak") < 0.0);
        assert!(sounds.align("", "pup").is_none());
    }
}
