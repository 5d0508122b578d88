//! Which facts of different reports answer one question, and whether their values agree.

use super::fact::Fact;
use super::scene::{shared, similarity};
use super::value::Match;
use record::Slot;
use std::collections::{BTreeMap, BTreeSet};

/// Similarity from which facts of one value answer one question.
const AGREE: f64 = 0.30;
/// Similarity from which facts of different values answer one question.
const DIFFER: f64 = 0.52;
/// The same for events of one kind, which say less than a number.
const EVENT: f64 = 0.50;
/// Similarity from which one event affirmed here and denied there is a contrast.
const DENIED: f64 = 0.72;
/// Things and names that the surroundings of differing facts must share.
const SHARED: usize = 3;
/// Facts of one slot and head that are compared pairwise; more are compared only within one value.
const BLOCK: usize = 1_500;

/// Facts of one value that answer one question, and how sure that is.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) facts: Vec<usize>,
}

/// Two groups whose values differ on one question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contrast {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) found: Match,
    pub(crate) score: f64,
}

/// Groups of equal values, and the contrasts between them, best first.
pub(crate) fn align(facts: &[Fact]) -> (Vec<Group>, Vec<Contrast>) {
    let pairs = pairs(facts);
    let groups = groups(facts, &pairs);
    let contrasts = contrasts(facts, &pairs, &groups);
    (groups, contrasts)
}

/// Two comparable facts of different reports.
struct Pair {
    a: usize,
    b: usize,
    score: f64,
    found: Match,
}

fn pairs(facts: &[Fact]) -> Vec<Pair> {
    let mut blocks: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
    facts.iter().enumerate().for_each(|(i, fact)| blocks.entry(fact.slot).or_default().push(i));
    let mut pairs = Vec::new();
    for block in blocks.into_values() {
        for part in parts(facts, block) {
            for (i, &a) in part.iter().enumerate() {
                pairs.extend(part[i + 1..].iter().filter_map(|&b| pair(facts, a, b)));
            }
        }
    }
    pairs
}

/// A block too large to compare pairwise is cut by head.
fn parts(facts: &[Fact], block: Vec<usize>) -> Vec<Vec<usize>> {
    if block.len() <= BLOCK {
        return vec![block];
    }
    let mut parts: BTreeMap<Option<u64>, Vec<usize>> = BTreeMap::new();
    block.into_iter().for_each(|i| parts.entry(facts[i].head).or_default().push(i));
    parts
        .into_values()
        .flat_map(|part| part.chunks(BLOCK).map(<[usize]>::to_vec).collect::<Vec<_>>())
        .collect()
}

fn pair(facts: &[Fact], a: usize, b: usize) -> Option<Pair> {
    let (x, y) = (&facts[a], &facts[b]);
    if x.evidence.article == y.evidence.article || !comparable(x, y) {
        return None;
    }
    let found = x.value.relate(&y.value);
    let score = score(x, y);
    let floor = if x.slot == Slot::Event { EVENT } else { AGREE };
    (found != Match::Apart && score >= floor).then_some(Pair { a, b, score, found })
}

/// Whether two facts are of one kind: one unit, one thing counted, one person's age.
fn comparable(x: &Fact, y: &Fact) -> bool {
    match x.slot {
        Slot::Money | Slot::Measure => x.value.unit() == y.value.unit(),
        Slot::Age => x.head.is_some() && x.head == y.head,
        Slot::Count => {
            x.head == y.head
                || x.event.is_some() && x.event == y.event && (x.head.is_none() || y.head.is_none())
        }
        Slot::Date | Slot::Time | Slot::Duration => {
            x.event.is_some() && x.event == y.event || x.head == y.head
        }
        _ => true,
    }
}

fn score(x: &Fact, y: &Fact) -> f64 {
    let mut score = similarity(&x.context, &y.context);
    score += if x.slot != Slot::Event && x.head.is_some() && x.head == y.head { 0.08 } else { 0.0 };
    score += if x.slot != Slot::Event && x.event.is_some() && x.event == y.event { 0.08 } else { 0.0 };
    if dates_clash(x, y) {
        score -= 0.2;
    }
    if x.slot == Slot::Count && x.event.is_some() && y.event.is_some() && x.event != y.event {
        score -= 0.06;
    }
    score
}

/// Whether the sentences name days that cannot be one.
fn dates_clash(x: &Fact, y: &Fact) -> bool {
    let fits = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
    !x.dates.is_empty()
        && !y.dates.is_empty()
        && matches!(x.slot, Slot::Count | Slot::Money | Slot::Magnitude | Slot::Measure)
        && !x.dates.iter().any(|a| y.dates.iter().any(|b| fits(a, b)))
}

/// Joins equal values whose surroundings fit.
fn groups(facts: &[Fact], pairs: &[Pair]) -> Vec<Group> {
    let mut parent: Vec<usize> = (0..facts.len()).collect();
    fn root(parent: &[usize], mut i: usize) -> usize {
        while parent[i] != i {
            i = parent[i];
        }
        i
    }
    for pair in pairs.iter().filter(|p| p.found == Match::Same) {
        let (a, b) = (root(&parent, pair.a), root(&parent, pair.b));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..facts.len()).for_each(|i| groups.entry(root(&parent, i)).or_default().push(i));
    groups.into_values().map(|facts| Group { facts }).collect()
}

/// Groups that give different values: their best pair fits well, is best for both its facts in the other's
/// report, and no report gives both values.
fn contrasts(facts: &[Fact], pairs: &[Pair], groups: &[Group]) -> Vec<Contrast> {
    let best = best_scores(facts, pairs);
    let group_of: BTreeMap<usize, usize> =
        groups.iter().enumerate().flat_map(|(g, group)| group.facts.iter().map(move |f| (*f, g))).collect();
    let mut found: BTreeMap<(usize, usize), Contrast> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.found != Match::Same && is_contrast(facts, p, &best)) {
        let (Some(&a), Some(&b)) = (group_of.get(&pair.a), group_of.get(&pair.b)) else { continue };
        let (a, b) = (a.min(b), a.max(b));
        let contrast = found.entry((a, b)).or_insert(Contrast { a, b, found: pair.found, score: pair.score });
        if pair.score > contrast.score {
            (contrast.score, contrast.found) = (pair.score, pair.found);
        }
    }
    let apart =
        |g: usize| groups[g].facts.iter().map(|f| facts[*f].evidence.article).collect::<BTreeSet<_>>();
    let mut contrasts: Vec<Contrast> =
        found.into_values().filter(|c| apart(c.a).is_disjoint(&apart(c.b))).collect();
    contrasts.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    contrasts
}

fn is_contrast(facts: &[Fact], pair: &Pair, best: &Best) -> bool {
    let (x, y) = (&facts[pair.a], &facts[pair.b]);
    let mutual = |from: usize, to: usize| {
        best.get(&(from, facts[to].evidence.article.0)).is_none_or(|score| pair.score >= *score - 1e-9)
    };
    let floor = if x.slot == Slot::Event { DENIED } else { DIFFER };
    let one_thing = x.slot != Slot::Count || x.head == y.head;
    let voices = x.slot != Slot::Event || x.speaker.is_none() && y.speaker.is_none();
    pair.score >= floor
        && one_thing
        && voices
        && x.named
        && y.named
        && shared(&x.context, &y.context) >= SHARED
        && mutual(pair.a, pair.b)
        && mutual(pair.b, pair.a)
}

/// Best score of a fact in each other report.
type Best = BTreeMap<(usize, u32), f64>;

fn best_scores(facts: &[Fact], pairs: &[Pair]) -> Best {
    let mut best = Best::new();
    for pair in pairs {
        for (from, to) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let entry = best.entry((from, facts[to].evidence.article.0)).or_insert(pair.score);
            *entry = entry.max(pair.score);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::value::Value;
    use record::{ArticleIx, Bound, Evidence, Span};

    /// A count in a report, with the words around it.
    fn count(article: u32, at: u32, number: f64, around: &[u64]) -> Fact {
        let weight = 1.0 / (around.len() as f64).sqrt();
        Fact {
            slot: Slot::Count,
            value: Value::Number { low: number, high: number, bound: Bound::Exact, unit: None },
            shown: number.to_string(),
            evidence: Evidence { article: ArticleIx(article), span: Span::new(at, at + 2), said_in: None },
            named: true,
            head: Some(1),
            event: Some(2),
            verb: None,
            topic: String::new(),
            context: around.iter().map(|key| (*key, weight)).collect(),
            dates: Vec::new(),
            speaker: None,
        }
    }

    #[test]
    fn equal_counts_join_and_another_count_of_the_same_things_is_a_contrast() {
        let facts =
            [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 7.0, &[1, 2, 3]), count(2, 0, 12.0, &[1, 2, 3])];
        let (groups, contrasts) = align(&facts);
        assert_eq!(groups.iter().map(|g| g.facts.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![2]]);
        assert_eq!((contrasts.len(), contrasts[0].found), (1, Match::Differ));
    }

    #[test]
    fn a_report_that_gives_both_counts_speaks_of_two_things() {
        let both =
            [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 7.0, &[1, 2, 3]), count(1, 9, 12.0, &[1, 2, 3])];
        assert!(align(&both).1.is_empty());
    }

    #[test]
    fn other_surroundings_are_another_question() {
        let facts = [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 12.0, &[1, 8, 9])];
        assert!(align(&facts).1.is_empty());
    }
}
