//! Weights of the decision between one person and two.

use crate::Half;
use crate::pairs::{Kind, name_pairs};
use lexicon::Lexicon;
use lexicon::names::decision::Features;
use lexicon::names::person::PersonName;
use std::path::Path;

/// Learns what decides between one person and two, by logistic regression on the tuning half, and the threshold that
/// keeps false joins under the share wanted.
pub fn decide(folder: &Path) -> std::io::Result<()> {
    let lexicon = Lexicon::load();
    let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
    let samples: Vec<(Kind, Vec<f64>)> = name_pairs(folder, Half::Tune)?
        .iter()
        .filter(|p| p.kind != Kind::Alias)
        .map(|p| {
            let (a, b) = (read(&p.a), read(&p.b));
            let features = Features::of(&a, &b, &lexicon.names.compare(&a, &b));
            (p.kind, features.values().iter().map(|&v| f64::from(v)).collect())
        })
        .collect();
    let size = |same: bool| samples.iter().filter(|(k, _)| k.is_same() == same).count() as f64;
    let balance = [1.0 / size(false), 1.0 / size(true)];
    let mut weights = vec![0.0; samples[0].1.len()];
    let chance = |weights: &[f64], x: &[f64]| {
        1.0 / (1.0 + (-weights.iter().zip(x).map(|(w, v)| w * v).sum::<f64>()).exp())
    };
    for _ in 0..30 {
        let n = weights.len();
        let (mut slope, mut curve) = (vec![0.0; n], vec![vec![0.0; n]; n]);
        for (kind, x) in &samples {
            let p = chance(&weights, x);
            let share = balance[usize::from(kind.is_same())] * samples.len() as f64;
            let error = (f64::from(u8::from(kind.is_same())) - p) * share;
            for i in 0..n {
                slope[i] += error * x[i];
                for j in 0..n {
                    curve[i][j] += share * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for i in 0..n {
            slope[i] -= RIDGE * weights[i];
            curve[i][i] += RIDGE;
        }
        let step = solved(curve, slope);
        weights.iter_mut().zip(&step).for_each(|(w, s)| *w += s);
    }
    let mut wrong: Vec<f64> =
        samples.iter().filter(|(k, _)| !k.is_same()).map(|(_, x)| chance(&weights, x)).collect();
    wrong.sort_by(|a, b| b.total_cmp(a));
    let threshold = wrong[(wrong.len() as f64 * FALSE_JOINS) as usize];
    let right = samples.iter().filter(|(k, x)| k.is_same() && chance(&weights, x) > threshold).count() as f64
        / size(true);
    println!(
        "threshold {threshold:.3}: recall {right:.3} at {FALSE_JOINS} false joins ({} pairs)",
        samples.len()
    );
    let mut text = String::from(DECISION_HEAD);
    text.push_str(&format!("threshold: {threshold:.4}\n"));
    for (name, weight) in Features::NAMES.iter().zip(&weights) {
        text.push_str(&format!("{name}: {weight:.3}\n"));
        println!("  {name} {weight:.3}");
    }
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/names/decision.txt"), text)
}

/// Strength of the pull of the weights towards zero.
const RIDGE: f64 = 3.0;

/// The solution of a system of linear equations (Gauss).
fn solved(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        let best = (i..n).max_by(|&x, &y| rows[x][i].abs().total_cmp(&rows[y][i].abs())).unwrap_or(i);
        rows.swap(i, best);
        right.swap(i, best);
        for k in i + 1..n {
            let share = rows[k][i] / rows[i][i];
            let upper = rows[i].clone();
            rows[k].iter_mut().zip(&upper).skip(i).for_each(|(x, y)| *x -= share * y);
            right[k] -= share * right[i];
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| rows[i][j] * right[j]).sum();
        right[i] = (right[i] - rest) / rows[i][i];
    }
    right
}

/// Share of false joins on the tuning half that sets the threshold.
const FALSE_JOINS: f64 = 0.0075;

const DECISION_HEAD: &str = "# What decides whether two names are one person's: weights of a logistic regression over the features of\n\
# src/names/decision.rs, and the chance from which names are joined. Learned by `cargo run -p lexicon --example names --\n\
# decide DIR` from half of the people of public sanctions lists (US Treasury, UN). Do not edit: learn anew.\n";
