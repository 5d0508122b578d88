//! Which facts of different reports answer one question, and whether their values agree.

use super::fact::{Fact, Share};
use super::question::{Sentence, is_sole, is_tally, is_time, ratio, same_question};
use super::scene::{shared, similarity};
use super::value::{Match, Value};
use super::when::Era;
use record::{QuantityKind, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Chance of one question from which facts of one value are joined.
const AGREE: f64 = 0.25;
/// Chance of one question from which numbers stand against each other.
pub(crate) const NUMBERS: f64 = 0.25;
/// The same for counts and sums of one kind of thing: of 0.25, 0.2, 0.16, 0.13 and 0.1 the least at which no wrong claim came in on the
/// read half of the development gold and of invented stories.
const COUNTED: f64 = 0.13;
/// The same where each of the two reports gives one number only of such things, which is in the chance already.
const SOLE: f64 = 0.2;
/// The same for times of one event.
const TIMES: f64 = 0.12;
/// Magnitudes farther apart are of two earthquakes: agencies differ by less on one.
const MAGNITUDES: f64 = 0.8;
/// The same where more than a third of the reports that give one value give the other, too.
const TORN: f64 = 0.33;
/// The same for times under different verbs.
const VERBS: f64 = 0.25;
/// The same for days that are counted from one told before.
const RELATIVE: f64 = 0.3;
/// The same for durations under different verbs.
const DURATIONS: f64 = 0.25;
/// The same where the things counted have different names, or the sentences name different days.
const DOUBTFUL: f64 = 0.4;
/// The same where one number is less than [`FAR`] of the other.
const DISTANT: f64 = 0.5;
/// Share of the larger number below which the smaller is hardly of the same thing.
const FAR: f64 = 0.25;
/// Chance from which a report that gives the same value elsewhere answers the question there.
const ANSWERED: f64 = 0.15;
/// The same as a share of the chance that the two differing values answer one question.
const ANSWERING: f64 = 0.9;
/// Pairs less likely than this are not looked at again.
const FLOOR: f64 = 0.05;
/// Similarity of surroundings from which one event affirmed here and denied there is a contrast.
const DENIED: f64 = 0.72;
/// Things and names that the surroundings of an event affirmed and denied must share.
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
pub(crate) fn align(
    facts: &[Fact],
    sentences: &[Sentence],
    idf: &dyn Fn(u64) -> f64,
) -> (Vec<Group>, Vec<Contrast>) {
    let pairs = pairs(facts, sentences, idf);
    let groups = groups(facts, &pairs);
    let contrasts = contrasts(facts, &pairs, &groups);
    (groups, contrasts)
}

/// Why two facts stand where they stand: one line for each step that was decided.
pub(crate) fn explain(
    facts: &[Fact],
    sentences: &[Sentence],
    idf: &dyn Fn(u64) -> f64,
    [a, b]: [usize; 2],
) -> Vec<String> {
    let (x, y) = (&facts[a], &facts[b]);
    let told = |fact: &Fact| fact.fate.map(|fate| format!(", {fate}")).unwrap_or_default();
    let kind = |fact: &Fact| format!("“{}” ({}{})", fact.shown, fact.slot, told(fact));
    let kinds = format!("{} and {}", kind(x), kind(y));
    let mut lines = vec![kinds, format!("{} / {}", x.topic, y.topic)];
    let refused = match () {
        () if x.evidence.article == y.evidence.article => Some("both stand in one report"),
        () if x.part != y.part => Some("the reports tell of two happenings"),
        () if Family::of(x.slot) != Family::of(y.slot) || !comparable(x, y) => {
            Some("the kinds of value or their units cannot be compared")
        }
        () if x.value.relate(&y.value) == Match::Apart => Some("the values cannot be compared"),
        () => None,
    };
    if let Some(refused) = refused {
        lines.push(format!("not compared: {refused}"));
        return lines;
    }
    if x.slot != Slot::Event {
        lines.push(format!("chance of one question: {:.2}", same_question(x, y, sentences, idf)));
    }
    let pairs = pairs(facts, sentences, idf);
    let Some(pair) = pairs.iter().find(|p| [p.a, p.b] == [a.min(b), a.max(b)]) else {
        lines.push("not compared: what stands around them is too unlike for one question".to_owned());
        return lines;
    };
    let firm = |p: &&Pair| facts[p.a].firm && facts[p.b].firm;
    let best = best_scores(facts, pairs.iter().filter(firm));
    let same = best_scores(facts, pairs.iter().filter(|p| p.found == Match::Same));
    lines.push(match (pair.found, obstacle(facts, pair, &best, &same)) {
        (Match::Same, _) => "the values are the same".to_owned(),
        (_, Some(obstacle)) => format!("not set against each other: {obstacle}"),
        (found, None) => format!("set against each other: {}", found.as_str()),
    });
    lines
}

/// Two comparable facts of different reports.
struct Pair {
    a: usize,
    b: usize,
    score: f64,
    found: Match,
}

fn pairs(facts: &[Fact], sentences: &[Sentence], idf: &dyn Fn(u64) -> f64) -> Vec<Pair> {
    let mut blocks: BTreeMap<(usize, Family), Vec<usize>> = BTreeMap::new();
    let key = |fact: &Fact| (fact.part, Family::of(fact.slot));
    facts.iter().enumerate().for_each(|(i, fact)| blocks.entry(key(fact)).or_default().push(i));
    let mut pairs = Vec::new();
    for block in blocks.into_values() {
        for part in parts(facts, block) {
            for (i, &a) in part.iter().enumerate() {
                pairs.extend(part[i + 1..].iter().filter_map(|&b| pair(facts, sentences, idf, a, b)));
            }
        }
    }
    pairs
}

/// Slots whose values are compared with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Number,
    Day,
    Duration,
    Event,
}

impl Family {
    fn of(slot: Slot) -> Self {
        match slot {
            Slot::Date | Slot::Time => Self::Day,
            Slot::Duration => Self::Duration,
            Slot::Event => Self::Event,
            _ => Self::Number,
        }
    }
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

fn pair(
    facts: &[Fact],
    sentences: &[Sentence],
    idf: &dyn Fn(u64) -> f64,
    a: usize,
    b: usize,
) -> Option<Pair> {
    let (x, y) = (&facts[a], &facts[b]);
    if x.evidence.article == y.evidence.article || !comparable(x, y) {
        return None;
    }
    let found = match x.value.relate(&y.value) {
        Match::Apart => return None,
        Match::Rounded if x.slot == Slot::Magnitude => Match::Differ,
        Match::Differ if x.slot == Slot::Magnitude && (x.number() - y.number()).abs() > MAGNITUDES => {
            return None;
        }
        found => found,
    };
    let (score, floor) = match x.slot {
        Slot::Event if found == Match::Same || x.event != y.event => return None,
        Slot::Event => (similarity(&x.context, &y.context), DENIED),
        _ => (same_question(x, y, sentences, idf), FLOOR),
    };
    (score >= floor).then_some(Pair { a, b, score, found })
}

/// Whether two facts are of one kind: one unit, ordinals with ordinals.
pub(crate) fn comparable(x: &Fact, y: &Fact) -> bool {
    let ordinal = |fact: &Fact| fact.kind == Some(QuantityKind::Ordinal);
    match (x.slot, y.slot) {
        _ if x.fate.zip(y.fate).is_some_and(|(a, b)| a != b) => false,
        (Slot::Money, Slot::Money) | (Slot::Measure, Slot::Measure) => {
            x.value.measure().0 == y.value.measure().0
        }
        (Slot::Money | Slot::Measure | Slot::Age | Slot::Magnitude, _)
        | (_, Slot::Money | Slot::Measure | Slot::Age | Slot::Magnitude) => x.slot == y.slot,
        (Slot::Count, Slot::Count) if x.value.text().is_some() => x.head.is_some() && x.head == y.head,
        (Slot::Count, Slot::Count) => ordinal(x) == ordinal(y),
        _ => true,
    }
}

/// Whether the sentences name days that cannot be one.
fn dates_clash(x: &Fact, y: &Fact) -> bool {
    let fits = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
    !x.dates.is_empty() && !y.dates.is_empty() && !x.dates.iter().any(|a| y.dates.iter().any(|b| fits(a, b)))
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
    for pair in pairs.iter().filter(|p| p.found == Match::Same && p.score >= AGREE) {
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
    let firm = |p: &&Pair| facts[p.a].firm && facts[p.b].firm;
    let best = best_scores(facts, pairs.iter().filter(firm));
    let same = best_scores(facts, pairs.iter().filter(|p| p.found == Match::Same));
    let group_of: BTreeMap<usize, usize> =
        groups.iter().enumerate().flat_map(|(g, group)| group.facts.iter().map(move |f| (*f, g))).collect();
    let mut found: BTreeMap<(usize, usize), Contrast> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.found != Match::Same && obstacle(facts, p, &best, &same).is_none())
    {
        let (Some(&a), Some(&b)) = (group_of.get(&pair.a), group_of.get(&pair.b)) else { continue };
        let (a, b) = (a.min(b), a.max(b));
        let contrast = found.entry((a, b)).or_insert(Contrast { a, b, found: pair.found, score: pair.score });
        if pair.score > contrast.score {
            (contrast.score, contrast.found) = (pair.score, pair.found);
        }
    }
    let reports =
        |g: usize| groups[g].facts.iter().map(|f| facts[*f].evidence.article).collect::<BTreeSet<_>>();
    let apart = |c: &Contrast| {
        let (a, b) = (reports(c.a), reports(c.b));
        let (torn, least) = (a.intersection(&b).count(), a.len().min(b.len()));
        let quakes = groups[c.a].facts.iter().any(|f| facts[*f].slot == Slot::Magnitude);
        torn * 3 <= least || c.score >= TORN && torn < least && !quakes
    };
    let mut contrasts: Vec<Contrast> = found.into_values().filter(apart).collect();
    contrasts.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    contrasts
}

/// What keeps a pair with different values from being a contrast; `None` where it is one: the best pair for both its
/// facts in the other's report, neither report giving the other's value, and nothing against one question.
fn obstacle(facts: &[Fact], pair: &Pair, best: &Best, same: &Best) -> Option<&'static str> {
    let (x, y) = (&facts[pair.a], &facts[pair.b]);
    let of = |scores: &Best, from: usize, to: usize| {
        scores.get(&(from, facts[to].evidence.article.0)).copied().unwrap_or_default()
    };
    let both = [(pair.a, pair.b), (pair.b, pair.a)];
    let mutual = both.iter().all(|&(from, to)| pair.score >= of(best, from, to) - 1e-9);
    let bar = ANSWERED.max(ANSWERING * pair.score);
    let answered = both.iter().any(|&(from, to)| of(same, from, to) > bar);
    match () {
        () if answered => Some("one report gives the other's value, too, so these are two questions"),
        () if !mutual && !is_tally(x, y) => {
            Some("another value of the other report fits the question better")
        }
        () if x.mood != y.mood => Some("one is told as a fact, the other as to come, possible or denied"),
        () if x.another != y.another => {
            Some("one is told of somebody else, as its words say (“a second”, “another”)")
        }
        () => differing(x, y, pair.score),
    }
}

/// What speaks against two differing facts answering one question, as far as their own words tell.
fn differing(x: &Fact, y: &Fact, score: f64) -> Option<&'static str> {
    const UNLIKE: &str = "what stands around them is too unlike for one question";
    match x.slot {
        Slot::Event if x.speaker.is_some() || y.speaker.is_some() => {
            Some("one is said by somebody: a dispute is no contradiction of reports")
        }
        Slot::Event => (shared(&x.context, &y.context) < SHARED).then_some(UNLIKE),
        _ if is_time(x) => times_apart(x, y, score),
        _ => numbers_apart(x, y, score),
    }
}

fn times_apart(x: &Fact, y: &Fact, score: f64) -> Option<&'static str> {
    let apart = |a: &f64| !y.crowd.iter().any(|b| (a - b).abs() < 1e-9);
    let others = !x.crowd.is_empty() && !y.crowd.is_empty() && x.crowd.iter().all(apart);
    let relative = [x, y].iter().any(|fact| matches!(fact.value, Value::Text(_)));
    let one_event = x.event.is_some() && x.event == y.event;
    let owned = x.slot == Slot::Duration && is_sole(x, y) && score >= TIMES;
    let only = x.sole.is_some() && x.sole == y.sole && score >= NUMBERS || owned;
    match () {
        () if others => Some("other numbers of people or things have part in the two events"),
        () if only => None,
        () if relative && score < RELATIVE => Some("days are counted from others that may differ"),
        () if score >= VERBS && x.value.is_dated() && y.value.is_dated() => None,
        () if one_event && score >= TIMES || x.slot == Slot::Duration && score >= DURATIONS => None,
        () if one_event => Some("what stands around them is too unlike for one question"),
        () => Some("they belong to different verbs"),
    }
}

fn numbers_apart(x: &Fact, y: &Fact, score: f64) -> Option<&'static str> {
    let tally = is_tally(x, y);
    let heads = !tally && x.slot == Slot::Count && x.head.zip(y.head).is_some_and(|(a, b)| a != b);
    let floor = match () {
        () if !tally && ratio(x, y) < FAR => DISTANT,
        () if heads || dates_clash(x, y) || (x.era == Era::Other) != (y.era == Era::Other) => DOUBTFUL,
        () if is_sole(x, y) => SOLE,
        () if matches!(x.slot, Slot::Count | Slot::Money) => COUNTED,
        () => NUMBERS,
    };
    let one_person = x.slot != Slot::Age
        || !x.entities.is_disjoint(&y.entities)
        || (x.entities.is_empty() || y.entities.is_empty()) && x.event == y.event;
    let parts = x.share == Share::Part && y.share == Share::Part && is_sole(x, y);
    let kinds = !tally && !parts && x.slot == Slot::Count && x.classed && y.classed && x.event != y.event;
    match () {
        () if !(x.firm && y.firm) => Some("one is a conversion, an increase or part of a name"),
        () if [x.share, y.share] == [Share::Part, Share::Whole]
            || [x.share, y.share] == [Share::Whole, Share::Part] =>
        {
            Some("one is the whole, the other a part of it")
        }
        () if !one_person => Some("the ages are of two people"),
        () if x.era.is_apart(y.era) => Some("one is told of another month or year"),
        () if kinds => Some("they belong to events of two kinds"),
        () if score < floor && heads => Some("different things are counted"),
        () if score < floor => Some("what stands around them is too unlike for one question"),
        () => None,
    }
}

/// Best score of a fact in each other report.
type Best = BTreeMap<(usize, u32), f64>;

fn best_scores<'p>(facts: &[Fact], pairs: impl Iterator<Item = &'p Pair>) -> Best {
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
    use crate::claims::happenings::Mood;
    use record::{ArticleIx, Bound, Evidence, Span};

    /// A count in a report, with the words around it; the report number is the index of its sentence.
    fn count(article: u32, at: u32, number: f64, around: &[u64]) -> Fact {
        let weight = 1.0 / (around.len() as f64).sqrt();
        Fact {
            slot: Slot::Count,
            value: Value::Number { low: number, high: number, bound: Bound::Exact, unit: None },
            shown: number.to_string(),
            evidence: Evidence { article: ArticleIx(article), span: Span::new(at, at + 2), said_in: None },
            kind: Some(QuantityKind::Count),
            named: true,
            firm: true,
            mood: Mood::Real,
            another: false,
            head: Some(1),
            people: false,
            sole: None,
            sole_event: None,
            fate: None,
            tally: false,
            dimension: None,
            share: Share::Unknown,
            former: false,
            era: Era::Unknown,
            event: Some(2),
            classed: false,
            window: around.iter().copied().collect(),
            entities: BTreeSet::new(),
            described: BTreeSet::new(),
            arguments: BTreeSet::new(),
            crowd: Vec::new(),
            sentence: article as usize,
            part: 0,
            revised: false,
            topic: String::new(),
            context: around.iter().map(|key| (*key, weight)).collect(),
            dates: Vec::new(),
            speaker: None,
        }
    }

    fn aligned(facts: &[Fact]) -> (Vec<Group>, Vec<Contrast>) {
        let words = |fact: &Fact| Sentence { words: fact.context.clone(), vector: Vec::new() };
        let sentences: Vec<Sentence> =
            (0..3).map(|n| facts.iter().find(|f| f.sentence == n).map(words).unwrap_or_default()).collect();
        align(facts, &sentences, &|_| 1.0)
    }

    #[test]
    fn equal_counts_join_and_another_count_of_the_same_things_is_a_contrast() {
        let facts =
            [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 7.0, &[1, 2, 3]), count(2, 0, 12.0, &[1, 2, 3])];
        let (groups, contrasts) = aligned(&facts);
        assert_eq!(groups.iter().map(|g| g.facts.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![2]]);
        assert_eq!((contrasts.len(), contrasts[0].found), (1, Match::Differ));
    }

    #[test]
    fn a_report_that_gives_both_counts_speaks_of_two_things() {
        let both =
            [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 7.0, &[1, 2, 3]), count(1, 9, 12.0, &[1, 2, 3])];
        assert!(aligned(&both).1.is_empty());
    }

    #[test]
    fn other_surroundings_are_another_question() {
        let facts = [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 12.0, &[8, 9])];
        assert!(aligned(&facts).1.is_empty());
    }

    #[test]
    fn what_may_come_and_what_comes_on_top_stand_against_nothing() {
        let mut facts = [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 12.0, &[1, 2, 3])];
        facts[1].mood = Mood::Open;
        assert!(aligned(&facts).1.is_empty());
        facts[1].mood = Mood::Real;
        facts[1].firm = false;
        assert!(aligned(&facts).1.is_empty());
    }

    #[test]
    fn what_is_told_of_another_month_stands_against_nothing_told_of_a_day() {
        let mut facts = [count(0, 0, 7.0, &[1, 2, 3]), count(1, 0, 12.0, &[1, 2, 3])];
        facts[0].era = Era::Day;
        assert_eq!(aligned(&facts).1.len(), 1);
        facts[1].era = Era::Other;
        assert!(aligned(&facts).1.is_empty());
    }

    #[test]
    fn magnitudes_of_which_one_report_gives_both_are_of_two_earthquakes() {
        let magnitude = |article, at, number| {
            let mut fact = count(article, at, number, &[1, 2, 3]);
            (fact.slot, fact.kind) = (Slot::Magnitude, Some(QuantityKind::Magnitude));
            fact
        };
        let mut facts = vec![magnitude(0, 0, 6.1), magnitude(1, 0, 5.9)];
        assert_eq!(aligned(&facts).1.len(), 1);
        facts.push(magnitude(1, 9, 6.1));
        assert!(aligned(&facts).1.is_empty());
    }
}
