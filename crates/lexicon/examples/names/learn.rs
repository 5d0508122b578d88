//! Joint probabilities of groups of letters, by expectation maximisation over all alignments.

use crate::conventions::Conventions;
use crate::people::people;
use crate::transliteration::{Pair, pairs};
use crate::{Half, hash};
use lexicon::Lexicon;
use lexicon::names::script::letters;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Groups of several Latin letters that spell one sound in some convention; `^` and `$` bound a word.
const LATIN: &str = "sch sh ch tch cz sz dzh dj zh kh gh th dh ph ts tz rh ck qu gu ou oo ee ei ai ey ay oy oi iy ii ij \
    yi ya yu yo ye ia iu ie io ja ju je jo iou aj ej oj uy uj ae oe ue aa uu au aw ow ew ao bb cc dd ff gg ll mm nn pp \
    rr ss tt zz kk vv yy shch szcz sc ny ng hs dz dg ian ien gi ci ce ge gue gui gn gl wu wa oua ah eh ks ng uo ui \
    h$ ah$ eh$ e$ y$ i$ iy$ ii$ ij$ yj$ yy$ yi$ ff$ f$ v$ w$ ow$ ov$ ev$ ew$ ine$ in$ ie$ a$ s$ t$ ia$ ya$ ch$ ck$ \
    ^y ^i ^j ^h ^e ^ye ^je ^ie ^a ^wu ^ou ^w ^o ^u ^ya ^yu ^ia ^iu ^ja ^ju ^iou";

const ROUNDS: usize = 7;
/// Share of the probability that a group of several letters keeps at each round: alignments prefer short groups.
const LONG: f64 = 0.7;
/// Groups of another script are learned if they stand in so many words.
const COMMON: usize = 60;

/// A weighted pair of spellings.
struct Sample {
    left: Vec<char>,
    right: Vec<char>,
    weight: f64,
}

/// Learns all tables from the tuning half and writes them beside the code.
pub fn learn(folder: &Path) -> std::io::Result<()> {
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/names/sounds");
    frequencies(folder, &to.join(".."))?;
    let russian = tuning(pairs(folder, "russian")?);
    let latin = latin_samples(folder, &russian)?;
    println!("latin: {} pairs", latin.len());
    std::fs::write(to.join("latin.txt"), table("Latin", &latin, true))?;
    for (name, data, file) in [
        ("Cyrillic", russian, "cyrillic"),
        ("Arabic", tuning(pairs(folder, "arabic")?), "arabic"),
        ("Hebrew", tuning(pairs(folder, "hebrew")?), "hebrew"),
        ("Chinese (Pinyin)", tuning(pairs(folder, "chinese")?), "han"),
    ] {
        let samples: Vec<Sample> = data
            .iter()
            .filter(|p| p.count > 1 || hash(&p.latin).is_multiple_of(3))
            .filter_map(|p| sample(&p.latin, &p.other, f64::from(p.count.min(8)).sqrt()))
            .take(40_000)
            .collect();
        println!("{name}: {} pairs", samples.len());
        std::fs::write(to.join(format!("{file}.txt")), table(name, &samples, false))?;
    }
    Ok(())
}

/// How many of the people of the lists bear each name, by its key: the share of all, as ln, in tenths below zero.
fn frequencies(folder: &Path, to: &Path) -> std::io::Result<()> {
    let names = Lexicon::load().names;
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut total = 0;
    let mut add = |word: &str, count: u32| {
        *seen.entry(names.keys(word).remove(0)).or_default() += count;
        total += count;
    };
    for script in ["russian", "arabic", "hebrew", "chinese"] {
        tuning(pairs(folder, script)?).iter().for_each(|p| add(&p.latin, p.count));
    }
    for person in people(folder)?.iter().filter(|p| Half::of(&p.entity) == Half::Tune) {
        let all: BTreeSet<String> = person.names.iter().flat_map(|n| words(n)).collect();
        // Lists of one region are small beside a whole encyclopedia.
        all.iter().for_each(|word| add(word, 10));
    }
    let mut text = String::from(FREQUENCY_HEAD);
    let mut by_share: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (key, count) in seen.iter().filter(|(key, count)| **count >= 60 && key.len() > 1) {
        let share = -10.0 * (f64::from(*count) / f64::from(total)).ln();
        by_share.entry((share / 2.0).round() as u32 * 2).or_default().push(key);
    }
    for (share, keys) in by_share {
        text.push_str(&format!("{share}: {}\n", keys.join(" ")));
    }
    std::fs::write(to.join("frequency.txt"), text)
}

const FREQUENCY_HEAD: &str = "# How common words of names are: -10 ln(share of the people who bear it): keys of the words (rewrites.txt). Learned by\n\
# `cargo run -p lexicon --example names -- learn DIR` from half of the word pairs of NETransliteration-COLING2018 (counts\n\
# of people in Wikidata, CC0 1.0) and of public sanctions lists (public domain). Do not edit: learn anew.\n";

fn tuning(pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.into_iter().filter(|p| Half::of(&p.other) == Half::Tune).collect()
}

fn sample(a: &str, b: &str, weight: f64) -> Option<Sample> {
    let bound = |w: &str| format!("^{w}$").chars().collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    let (a, b) = (a.first()?, b.first()?);
    let short = a.chars().count() <= 16 && b.chars().count() <= 16;
    short.then(|| Sample { left: bound(a), right: bound(b), weight })
}

/// Pairs of Latin spellings: aliases of one person, words with one Russian spelling, and one word by two conventions.
fn latin_samples(folder: &Path, russian: &[Pair]) -> std::io::Result<Vec<Sample>> {
    let mut samples = alias_samples(folder)?;
    println!("  of aliases: {}", samples.len());
    let mut by_target: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pair in russian.iter().filter(|p| p.other.chars().count() > 3 && p.count > 1) {
        by_target.entry(&pair.other).or_default().insert(&pair.latin);
    }
    for words in by_target.values().filter(|w| (2..12).contains(&w.len())) {
        let all: Vec<&str> = words.iter().copied().collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                if strsim::normalized_levenshtein(a, b) > 0.4 {
                    samples.extend(sample(a, b, 1.0 / all.len() as f64));
                }
            }
        }
    }
    println!("  and of one Russian spelling: {}", samples.len());
    samples.extend(conventional(folder, russian)?);
    Ok(samples)
}

fn alias_samples(folder: &Path) -> std::io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for person in people(folder)?.iter().filter(|p| Half::of(&p.entity) == Half::Tune) {
        let names: Vec<BTreeSet<String>> = person.names.iter().map(|n| words(n)).collect();
        let mut seen = BTreeSet::new();
        for (i, a) in names.iter().enumerate().take(8) {
            for b in names.iter().skip(i + 1).take(12) {
                for x in a {
                    if b.contains(x) {
                        samples.extend(sample(x, x, 0.1).filter(|_| seen.insert((x.clone(), x.clone()))));
                        continue;
                    }
                    let like = |y: &&String| (strsim::normalized_levenshtein(x, y) * 1000.0) as i64;
                    let Some(y) = b.difference(a).max_by_key(like).filter(|y| like(y) >= 550) else {
                        continue;
                    };
                    samples.extend(sample(x, y, 1.5).filter(|_| seen.insert((x.clone(), y.clone()))));
                }
            }
        }
    }
    Ok(samples)
}

/// The words of a name in lower case without apostrophes.
fn words(name: &str) -> BTreeSet<String> {
    let name = name.to_lowercase().replace(['\'', '’', '`'], "");
    let words = name.split([' ', ',', '-', '.']).filter(|w| w.chars().count() > 2 && w.is_ascii());
    words.map(str::to_owned).collect()
}

fn conventional(folder: &Path, russian: &[Pair]) -> std::io::Result<Vec<Sample>> {
    let mut seed = 1_u64;
    let mut pick = move |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The first spelling is the usual one.
        let draw = (seed >> 33) as usize;
        if draw.is_multiple_of(2) { 0 } else { (draw >> 1) % n.max(1) }
    };
    let keep = |c: char| c.to_string();
    let plain = |c: char| lexicon::names::script::romanised(&c.to_string());
    let arabic: Vec<String> = people(folder)?
        .iter()
        .filter(|p| Half::of(&p.entity) == Half::Tune)
        .flat_map(|p| p.names.clone())
        .filter(|n| ["AL-", "ABD", "ABU ", "MOHAM", "MUHAM"].iter().any(|m| n.to_uppercase().contains(m)))
        .flat_map(|n| words(&n))
        .collect();
    let hebrew: Vec<String> = tuning(pairs(folder, "hebrew")?)
        .into_iter()
        .filter(|p| p.count > 3)
        .map(|p| p.latin.clone())
        .filter(|l| l.is_ascii())
        .take(3000)
        .collect();
    let slavic =
        ["ов", "ев", "ин", "ий", "ко", "ич", "ва", "на", "ей", "ир", "ай", "ый", "ук", "юк", "ник", "ан"];
    let russian: Vec<String> = russian
        .iter()
        .filter(|p| p.count > 1 && slavic.iter().any(|e| p.other.ends_with(e)))
        .map(|p| p.other.to_lowercase().replace('-', ""))
        .collect();
    let syllables: Vec<String> = pinyin();
    let mut samples = Vec::new();
    let mut spread = |name: &str, words: &[String], plain: fn(char) -> String, weight: f64, base: bool| {
        let conventions = Conventions::of(name);
        let mut made = 0;
        for (n, word) in words.iter().enumerate() {
            let languages = conventions.languages();
            let (a, b) = (n % languages, (n / languages + n) % languages);
            let left = if base { word.clone() } else { conventions.spell(word, a, &mut pick, plain) };
            let right = conventions.spell(word, b, &mut pick, plain);
            samples.extend(sample(&left, &right, weight));
            made += 1;
        }
        println!("  by conventions, {name}: {made}");
    };
    spread("cyrillic", &russian, plain, 0.5, false);
    spread("arabic", &arabic, keep, 0.3, false);
    spread("hebrew", &hebrew, keep, 0.3, false);
    spread("pinyin", &syllables, keep, 0.3, true);
    Ok(samples)
}

/// Names of two syllables of Mandarin.
fn pinyin() -> Vec<String> {
    let initials = [
        "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z",
        "c", "s", "y", "w",
    ];
    let finals = [
        "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "i", "ian", "iang", "iao", "ie", "in", "ing",
        "iu", "ong", "ou", "u", "uan", "ui", "un", "uo",
    ];
    let all: Vec<String> =
        initials.iter().flat_map(|i| finals.iter().map(move |f| format!("{i}{f}"))).collect();
    (0..1500).map(|n| format!("{}{}", all[n * 7 % all.len()], all[n * 13 % all.len()])).collect()
}

/// The groups of one side.
struct Inventory {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Inventory {
    fn new(groups: impl Iterator<Item = String>) -> Self {
        let names: Vec<String> =
            std::iter::once(String::new()).chain(groups.collect::<BTreeSet<_>>()).collect();
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names, numbers }
    }

    fn latin<'s>(words: impl Iterator<Item = &'s Vec<char>>) -> Self {
        let single: BTreeSet<char> = words.flatten().copied().collect();
        Self::new(single.into_iter().map(String::from).chain(LATIN.split_whitespace().map(str::to_owned)))
    }

    fn common<'s>(words: impl Iterator<Item = &'s Vec<char>>) -> Self {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for word in words {
            for n in [1, 2] {
                word.windows(n).for_each(|w| *seen.entry(w.iter().collect()).or_default() += 1);
            }
        }
        Self::new(seen.into_iter().filter(|(g, n)| g.chars().count() == 1 || *n >= COMMON).map(|(g, _)| g))
    }

    /// Numbers of the groups that begin at each letter, with their lengths.
    fn at(&self, word: &[char]) -> Vec<Vec<(usize, usize)>> {
        (0..=word.len())
            .map(|i| {
                let longer = (1..=4).filter(|n| i + n <= word.len());
                let known = longer.filter_map(|n| {
                    Some((n, *self.numbers.get(&word[i..i + n].iter().collect::<String>())?))
                });
                std::iter::once((0, 0)).chain(known).collect()
            })
            .collect()
    }
}

/// The learned table as text.
fn table(name: &str, samples: &[Sample], symmetric: bool) -> String {
    let left = Inventory::latin(
        samples.iter().flat_map(|s| if symmetric { vec![&s.left, &s.right] } else { vec![&s.left] }),
    );
    let right = if symmetric {
        Inventory::latin(samples.iter().flat_map(|s| [&s.left, &s.right]))
    } else {
        Inventory::common(samples.iter().map(|s| &s.right))
    };
    let mut joint = first_guess(&left, &right);
    for round in 0..ROUNDS {
        let mut counts = vec![0.0; joint.len()];
        let (mut log, mut kept) = (0.0, 0.0);
        for sample in samples {
            if let Some(likelihood) = expect(sample, &left, &right, &joint, &mut counts) {
                log += sample.weight * likelihood;
                kept += sample.weight;
            }
        }
        println!("  {name} round {round}: mean log likelihood {:.3}", log / f64::max(kept, 1.0));
        joint = normalised(counts, &left, &right, symmetric);
    }
    text(name, &joint, &left, &right, samples, symmetric)
}

fn first_guess(left: &Inventory, right: &Inventory) -> Vec<f64> {
    let vowel = |c: char| "aeiouyаеиоуыэюя".contains(c);
    let width = right.names.len();
    let mut joint = vec![0.0; left.names.len() * width];
    for (a, x) in left.names.iter().enumerate() {
        for (b, y) in right.names.iter().enumerate() {
            let edge = |g: &str| (g.starts_with('^'), g.ends_with('$'));
            if edge(x) != edge(y) {
                continue;
            }
            let (n, m) = (x.chars().count(), y.chars().count());
            let base: f64 = match (x == y, n, m) {
                (_, 0, 0) => 0.0,
                (true, ..) => 1.0,
                (_, 0, 1) | (_, 1, 0) => 0.02,
                (_, 0, _) | (_, _, 0) => 0.0,
                _ => {
                    let same = vowel(x.chars().next_back().unwrap_or('x'))
                        == vowel(y.chars().next_back().unwrap_or('x'));
                    if same { 0.05 } else { 0.02 }
                }
            };
            joint[a * width + b] = base * 0.5_f64.powi((n + m) as i32);
        }
    }
    let sum: f64 = joint.iter().sum();
    joint.iter_mut().for_each(|p| *p /= sum);
    joint
}

/// Adds the expected counts of one pair; gives its log likelihood. Improbable pairs are mistakes of the data and count for nothing.
fn expect(
    sample: &Sample,
    left: &Inventory,
    right: &Inventory,
    joint: &[f64],
    counts: &mut [f64],
) -> Option<f64> {
    let (n, m, width) = (sample.left.len(), sample.right.len(), right.names.len());
    let (rows, columns) = (left.at(&sample.left), right.at(&sample.right));
    let at = |i: usize, j: usize| i * (m + 1) + j;
    let mut forward = vec![0.0; (n + 1) * (m + 1)];
    forward[0] = 1.0;
    for i in 0..=n {
        for j in 0..=m {
            let here = forward[at(i, j)];
            if here == 0.0 {
                continue;
            }
            for &(a, x) in &rows[i] {
                for &(b, y) in &columns[j] {
                    if a + b > 0 {
                        forward[at(i + a, j + b)] += here * joint[x * width + y];
                    }
                }
            }
        }
    }
    let total = forward[at(n, m)];
    let log = total.ln();
    if total <= 0.0 || log < -7.5 * n.max(m) as f64 {
        return None;
    }
    let mut backward = vec![0.0; (n + 1) * (m + 1)];
    backward[at(n, m)] = 1.0;
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            for &(a, x) in &rows[i] {
                for &(b, y) in &columns[j] {
                    if a + b == 0 {
                        continue;
                    }
                    let p = joint[x * width + y] * backward[at(i + a, j + b)];
                    backward[at(i, j)] += p;
                    counts[x * width + y] += sample.weight * forward[at(i, j)] * p / total;
                }
            }
        }
    }
    Some(log)
}

fn normalised(mut counts: Vec<f64>, left: &Inventory, right: &Inventory, symmetric: bool) -> Vec<f64> {
    let width = right.names.len();
    let length = |names: &[String], i: usize| names[i].chars().filter(|c| !"^$".contains(*c)).count();
    for a in 0..left.names.len() {
        for b in 0..width {
            let (n, m) = (length(&left.names, a), length(&right.names, b));
            counts[a * width + b] *= LONG.powi((n.max(1) + m.max(1)) as i32 - 2);
        }
    }
    if symmetric {
        for a in 0..width {
            for b in 0..a {
                let mean = (counts[a * width + b] + counts[b * width + a]) / 2.0;
                counts[a * width + b] = mean;
                counts[b * width + a] = mean;
            }
        }
    }
    let sum: f64 = counts.iter().sum();
    counts.iter_mut().for_each(|c| *c /= sum);
    counts
}

/// Chance of each letter, the bounds for certain.
fn chances<'s>(words: impl Iterator<Item = (&'s Vec<char>, f64)>) -> HashMap<char, f64> {
    let mut seen: HashMap<char, f64> = HashMap::new();
    let mut sum = 0.0;
    for (word, weight) in words {
        for &c in word.iter().filter(|c| !"^$".contains(**c)) {
            *seen.entry(c).or_default() += weight;
            sum += weight;
        }
    }
    seen.values_mut().for_each(|n| *n /= sum);
    seen
}

fn text(
    name: &str,
    joint: &[f64],
    left: &Inventory,
    right: &Inventory,
    samples: &[Sample],
    symmetric: bool,
) -> String {
    let lefts = chances(samples.iter().flat_map(|s| {
        let both = symmetric.then_some((&s.right, s.weight));
        std::iter::once((&s.left, s.weight)).chain(both)
    }));
    let rights =
        if symmetric { lefts.clone() } else { chances(samples.iter().map(|s| (&s.right, s.weight))) };
    let chance = |group: &str, of: &HashMap<char, f64>| -> f64 {
        group.chars().filter(|c| !"^$".contains(*c)).map(|c| of.get(&c).copied().unwrap_or(1e-6).ln()).sum()
    };
    // Letters per step of an alignment without the bounds, so that probabilities of steps and of letters compare.
    let bounds: f64 = joint[left.numbers["^"] * right.names.len() + right.numbers["^"]]
        + joint[left.numbers["$"] * right.names.len() + right.numbers["$"]];
    let inner = (1.0 - bounds).ln();
    let mut out = format!(
        "# Weights of pairs of letter groups, Latin and {name}: ln p(pair | one name) - ln p(left) - ln p(right), in\n\
         # hundredths of a nat. `left: right weight; …`, `-` is no letter, `^` and `$` bound a word.\n\
         # Learned by `cargo run -p lexicon --example names -- learn DIR` from half of the people of public sanctions lists\n\
         # (US Treasury, UN; public domain) and half of the word pairs of NETransliteration-COLING2018 (CC0 1.0), and from\n\
         # training/names/conventions.txt. No name of those lists is in here. Do not edit: learn anew.\n",
    );
    let width = right.names.len();
    for (a, x) in left.names.iter().enumerate() {
        let mut cells = Vec::new();
        for (b, y) in right.names.iter().enumerate() {
            if symmetric && b < a {
                continue;
            }
            let p = joint[a * width + b];
            let both = x.chars().count() + y.chars().count();
            let weight = p.ln() - inner - chance(x, &lefts) - chance(y, &rights);
            if x == y && (x == "^" || x == "$") {
                cells.push(format!("{y} 0"));
            } else if p > 4e-6 && (weight > -5.5) && (both <= 2 || p > 2.5e-5) {
                cells.push(format!("{} {:.0}", if y.is_empty() { "-" } else { y }, weight * 100.0));
            }
        }
        if !cells.is_empty() {
            out.push_str(&format!("{}: {}\n", if x.is_empty() { "-" } else { x }, cells.join("; ")));
        }
    }
    out
}
