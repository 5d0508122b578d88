//! Articles made from the texts of a folder, for measuring on more and other copies than there are by nature.

// Each example uses a part of this.
#![allow(dead_code)]

pub mod edits;

use record::{Article, Findings, Reading, Report};
use std::path::Path;

/// Names and contents of the `.txt` files below a folder, in order of the paths.
pub fn texts(folder: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    read(Path::new(folder), &mut texts);
    texts
}

fn read(folder: &Path, texts: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|e| e == "txt") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            texts.extend(std::fs::read_to_string(&path).ok().map(|text| (name, text)));
        }
    }
}

/// A report of which only the text is known.
pub fn report(text: &str) -> Report {
    let (reading, findings) = (Reading::default(), Findings::default());
    Report { article: Article::of_text("", text), published: None, reading, findings, notes: Vec::new() }
}

/// A generator of numbers (SplitMix64, Steele et al. 2014): the same seed gives the same articles.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    /// True in so many cases of a hundred.
    pub fn chance(&mut self, hundredths: usize) -> bool {
        self.below(100) < hundredths
    }
}

/// B-cubed F1 of a grouping: for each item its story as told and as found (Bagga & Baldwin 1998).
pub fn b_cubed(told: &[u32], found: &[u32]) -> f64 {
    let sizes = |numbers: &[(u32, u32)]| {
        let mut sizes = std::collections::BTreeMap::new();
        numbers.iter().for_each(|n| *sizes.entry(*n).or_insert(0usize) += 1);
        sizes
    };
    let pairs: Vec<(u32, u32)> = told.iter().copied().zip(found.iter().copied()).collect();
    let (both, one) = (sizes(&pairs), |n: &[u32]| sizes(&n.iter().map(|n| (*n, 0)).collect::<Vec<_>>()));
    let (stories, groups) = (one(told), one(found));
    let common = |pair: &(u32, u32)| both[pair] as f64;
    let precision: f64 = pairs.iter().map(|pair| common(pair) / groups[&(pair.1, 0)] as f64).sum();
    let recall: f64 = pairs.iter().map(|pair| common(pair) / stories[&(pair.0, 0)] as f64).sum();
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE) / pairs.len().max(1) as f64
}
