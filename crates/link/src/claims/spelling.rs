//! Names that two reports print differently: “Ilse Wolfe” here, “Ilse Wolff” there.

use super::scene::Scene;
use crate::credits::Origins;
use crate::words::{folded, stem};
use record::{
    Claim, ClaimRelation, ClaimValue, Entity, Evidence, Made, MentionForm, NameKind, ReferentIx,
    ReferentKind, Slot,
};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a word from which a name may be known by it.
const LONG: usize = 4;
/// Most words of a name that is compared.
const WORDS: usize = 5;
/// Names that share all words but one; more are too common to be one name.
const BLOCK: usize = 40;
/// Letters that two words of bodies and streets must share at the front to be taken for one word.
const FRONT: usize = 5;

const MADE: Made = Made::by("rule:link/claim-spelling@1");

/// A name as some reports print it.
struct Printed {
    words: Vec<String>,
    kind: ReferentKind,
    part: usize,
    /// The first place in each report.
    evidence: Vec<Evidence>,
    /// The name is that of somebody known, whose spellings are known to vary.
    known: bool,
}

/// One claim for each name of several words that reports of one part print in two ways, no report in both.
pub(crate) fn claims(
    scenes: &[Scene],
    parts: &[usize],
    entities: &[Entity],
    entity_of: &BTreeMap<(record::ArticleIx, ReferentIx), u32>,
    origins: &Origins,
) -> Vec<Claim> {
    let names = printed(scenes, parts, entities, entity_of);
    let mut group: Vec<usize> = (0..names.len()).collect();
    for (a, b) in candidates(&names) {
        if is_variant(&names[a], &names[b]) {
            let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
            group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Printed>> = BTreeMap::new();
    group.iter().zip(&names).for_each(|(g, name)| groups.entry(*g).or_default().push(name));
    groups.into_values().filter(|group| group.len() > 1).map(|group| claim(group, origins)).collect()
}

fn printed(
    scenes: &[Scene],
    parts: &[usize],
    entities: &[Entity],
    entity_of: &BTreeMap<(record::ArticleIx, ReferentIx), u32>,
) -> Vec<Printed> {
    let mut names: BTreeMap<(usize, ReferentKind, Vec<String>), Printed> = BTreeMap::new();
    for (scene, &part) in scenes.iter().zip(parts) {
        for (span, mention) in scene.report.findings.mentions.iter() {
            let words: Vec<String> = span.text(scene.text()).split_whitespace().map(bare).collect();
            let compared = matches!(
                mention.kind,
                ReferentKind::Person | ReferentKind::Organisation | ReferentKind::Place
            );
            let one = mention.form == MentionForm::Name && compared && (2..=WORDS).contains(&words.len());
            if !one || scene.report.article.is_boilerplate(span) || !is_whole(scene, span) {
                continue;
            }
            let entity = mention.referent.and_then(|r| entity_of.get(&(scene.article, r)));
            let known = entity.and_then(|e| entities.get(*e as usize)).is_some_and(|e| e.wikidata.is_some());
            let key = (part, mention.kind, words.iter().map(|w| folded(w)).collect());
            let name = names.entry(key).or_insert_with(|| Printed {
                words,
                kind: mention.kind,
                part,
                evidence: Vec::new(),
                known: false,
            });
            name.known |= known;
            if name.evidence.last().is_none_or(|e| e.article != scene.article) {
                name.evidence.push(scene.evidence(span));
            }
        }
    }
    names.into_values().collect()
}

/// A word of a name without the possessive ending and marks at its ends.
fn bare(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a mention is all of a name as the model marks it, not a cut piece.
fn is_whole(scene: &Scene, span: record::Span) -> bool {
    let mut names = scene.report.reading.names.overlapping(span);
    names.all(|(name, what)| span.contains(name) || what.kind == NameKind::Other)
}

/// Pairs of names of one kind and part that have all words but one in common.
fn candidates(names: &[Printed]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<(usize, ReferentKind, usize, String), Vec<usize>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for left_out in 0..name.words.len() {
            let kept =
                name.words.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, w)| folded(w));
            let rest = kept.collect::<Vec<_>>().join(" ");
            blocks.entry((name.part, name.kind, left_out, rest)).or_default().push(i);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.into_values().filter(|block| block.len() <= BLOCK) {
        for (i, &a) in block.iter().enumerate() {
            pairs.extend(block[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs
}

/// Whether two names that share all words but one are probably one name, printed in two ways.
fn is_variant(a: &Printed, b: &Printed) -> bool {
    let reports = |name: &Printed| name.evidence.iter().map(|e| e.article).collect::<BTreeSet<_>>();
    if a.words.len() != b.words.len() || a.known || b.known || !reports(a).is_disjoint(&reports(b)) {
        return false;
    }
    let mut differing =
        a.words.iter().zip(&b.words).map(|(x, y)| (folded(x), folded(y))).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (differing.next(), differing.next()) else { return false };
    let letters = |word: &str| word.chars().count() >= LONG && word.chars().all(char::is_alphabetic);
    let front = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    let distance = distance(&x, &y);
    let short = x.chars().count().min(y.chars().count());
    letters(&x)
        && letters(&y)
        && stem(&x) != stem(&y)
        && sound(&x) != sound(&y)
        && match a.kind {
            ReferentKind::Person => {
                distance == 1 || distance <= 2 && short >= 6 || distance == 3 && front >= 3 && short >= 6
            }
            _ => front >= FRONT && distance <= 4,
        }
}

/// Letters to insert, leave out or change in order to come from one word to the other (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Letter groups that newsrooms of different languages write for one sound of a name (“Doroch”, “Dorosch”, “Dorosh”).
const CONVENTIONS: [(&str, &str); 16] = [
    ("tsch", "sh"),
    ("tch", "sh"),
    ("sch", "sh"),
    ("sz", "sh"),
    ("ch", "sh"),
    ("kh", "h"),
    ("zh", "j"),
    ("tz", "ts"),
    ("ph", "f"),
    ("ck", "k"),
    ("w", "v"),
    ("ou", "o"),
    ("u", "o"),
    ("y", "i"),
    ("ee", "i"),
    ("j", "i"),
];

/// A word without what spellings of one sound vary in: letter groups of other languages, doubled letters, the mute
/// ending of “-ine”.
fn sound(word: &str) -> String {
    let plain = CONVENTIONS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let mut letters: Vec<char> =
        plain.strip_suffix("ine").map_or(plain.clone(), |stem| format!("{stem}in")).chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

fn claim(mut names: Vec<&Printed>, origins: &Origins) -> Claim {
    names.sort_by_key(|name| (std::cmp::Reverse(name.evidence.len()), name.evidence.first().copied()));
    let shown: Vec<String> = names.iter().map(|name| name.words.join(" ")).collect();
    let reports: BTreeSet<_> =
        names.iter().flat_map(|name| name.evidence.iter().map(|e| e.article)).collect();
    let value = |(name, shown): (&&Printed, &String)| ClaimValue {
        value: shown.clone(),
        number: None,
        unit: None,
        text: Some(shown.clone()),
        evidence: name.evidence.clone(),
    };
    Claim {
        topic: format!("spelling of the name {}", shown[0]),
        slot: match names[0].kind {
            ReferentKind::Person => Slot::Person,
            ReferentKind::Place => Slot::Place,
            _ => Slot::Organisation,
        },
        relation: ClaimRelation::Conflict,
        reason: format!("one name printed in several ways: “{}”", shown.join("” / “")),
        values: names.iter().zip(&shown).map(value).collect(),
        independent_origins: origins.count(reports.into_iter()),
        confidence: 0.7,
        made_by: MADE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_letters_and_vowels_of_one_sound_are_no_other_name() {
        assert_eq!(sound("milliote"), sound("miliote"));
        assert_eq!(sound("robyn"), sound("robin"));
        assert_ne!(sound("wolfe"), sound("wolff"));
        assert_eq!(sound("dorosh"), sound("doroch"));
        assert_eq!(sound("varushkin"), sound("warouchkine"));
        assert_ne!(sound("katherine"), sound("catherine"));
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance("catherine", "katherine"), 1);
        assert_eq!(distance("kathryn", "katherine"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
