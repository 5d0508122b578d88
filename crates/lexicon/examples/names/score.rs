//! Figures on the reporting half.

use crate::pairs::{Kind, name_pairs};
use crate::transliteration::pairs;
use crate::{Half, hash};
use lexicon::Lexicon;
use lexicon::names::person::{PersonName, Verdict};
use std::collections::BTreeSet;
use std::path::Path;

/// Prints the figures of the reporting half (`--tune`: of the tuning half; `--errors`: with examples).
pub fn score(folder: &Path) -> std::io::Result<()> {
    let lexicon = Lexicon::load();
    let half = if std::env::args().any(|a| a == "--tune") { Half::Tune } else { Half::Report };
    whole(folder, &lexicon, half)?;
    for script in ["russian", "arabic", "hebrew", "chinese"] {
        words(folder, script, &lexicon, half)?;
    }
    Ok(())
}

/// Words in two scripts: the likeness that keeps 1 % of the strangers, and how many pairs reach it.
fn words(folder: &Path, script: &str, lexicon: &Lexicon, half: Half) -> std::io::Result<()> {
    let mut all: Vec<_> = pairs(folder, script)?
        .into_iter()
        .filter(|p| Half::of(&p.other) == half && p.latin.chars().count() > 2)
        .collect();
    all.sort_by(|a, b| a.latin.cmp(&b.latin).then(a.other.cmp(&b.other)));
    let known: BTreeSet<(&str, &str)> = all.iter().map(|p| (p.latin.as_str(), p.other.as_str())).collect();
    let n = all.len();
    let like = |a: &str, b: &str| lexicon.names.likeness(a, b);
    let picked: Vec<usize> = (0..n).filter(|i| hash(&all[*i].latin).is_multiple_of(7)).collect();
    let mut yes: Vec<(f32, usize)> =
        picked.iter().map(|&i| (like(&all[i].latin, &all[i].other), i)).collect();
    let mut near = Vec::new();
    let mut far = Vec::new();
    for &i in &picked {
        let (a, r) = (&all[i], &all[(i * 7919 + 13) % n]);
        if let Some(b) = all[i + 1..].iter().take(20).find(|b| {
            b.latin != a.latin
                && strsim::normalized_levenshtein(&a.other, &b.other) < 0.75
                && !known.contains(&(a.latin.as_str(), b.other.as_str()))
        }) {
            near.push((like(&a.latin, &b.other), a.latin.clone(), b.other.clone()));
        }
        far.push(like(&a.latin, &r.other));
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    far.sort_by(|a, b| b.total_cmp(a));
    yes.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (name, cut) in [
        ("near 1 %", near[near.len() / 100].0),
        ("near 5 %", near[near.len() / 20].0),
        ("far 1 %", far[far.len() / 100]),
    ] {
        let share = |only: u32| {
            let of: Vec<_> = yes.iter().filter(|(_, i)| all[*i].count >= only).collect();
            of.iter().filter(|(l, _)| *l > cut).count() as f64 / of.len().max(1) as f64
        };
        println!(
            "{script}: {name} at {cut:.2}: recall {:.3}, of words seen twice {:.3} (n {})",
            share(1),
            share(2),
            yes.len()
        );
    }
    if std::env::args().any(|a| a == "--errors") {
        yes.iter()
            .skip(yes.len() / 20)
            .step_by(yes.len() / 100)
            .take(15)
            .for_each(|(l, i)| println!("   missed {l:.2} {} {}", all[*i].latin, all[*i].other));
        near.iter().take(20).for_each(|(l, a, b)| println!("   false {l:.2} {a} {b}"));
    }
    Ok(())
}

/// Whole names: decisions by kind of pair.
fn whole(folder: &Path, lexicon: &Lexicon, half: Half) -> std::io::Result<()> {
    let all = name_pairs(folder, half)?;
    let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
    let joined: Vec<(bool, f32)> = all
        .iter()
        .map(|p| {
            let found = lexicon.names.compare(&read(&p.a), &read(&p.b));
            (found.verdict == Verdict::Same, found.chance)
        })
        .collect();
    for kind in Kind::ALL {
        let of: Vec<usize> = (0..all.len()).filter(|&i| all[i].kind == kind).collect();
        let yes = of.iter().filter(|&&i| joined[i].0).count();
        println!("{kind:?}: {yes} of {} joined, {:.4}", of.len(), yes as f64 / of.len().max(1) as f64);
        if std::env::args().any(|a| a == "--errors") {
            let wrong: Vec<usize> = of.iter().copied().filter(|&i| joined[i].0 != kind.is_same()).collect();
            wrong
                .iter()
                .step_by(wrong.len() / 25 + 1)
                .for_each(|&i| println!("   {:.2} {} = {}", joined[i].1, all[i].a, all[i].b));
        }
    }
    let count = |same: bool, yes: bool| {
        (0..all.len())
            .filter(|&i| all[i].kind.is_same() == same && (all[i].kind != Kind::Alias) && joined[i].0 == yes)
            .count() as f64
    };
    let (recall, false_joins) = (
        count(true, true) / (count(true, true) + count(true, false)),
        count(false, true) / (count(false, true) + count(false, false)),
    );
    let precision = recall / (recall + false_joins);
    println!(
        "spellings: recall {recall:.3}, false joins {false_joins:.4}, F1 at equal numbers {:.3}",
        2.0 * precision * recall / (precision + recall)
    );
    Ok(())
}
