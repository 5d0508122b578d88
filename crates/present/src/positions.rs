//! What each side demands, offers, refuses, threatens and concedes: on which issue, under which condition, when, and
//! whether it changed.
//!
//! A side is the state or body that a speaker speaks for, else the speaker. What is a position is decided where an article is
//! read; here the same position told twice becomes one line.

use crate::dates::Date;
use crate::said::{Item, StatementRef, groups};
use crate::view::{Paper, Place, View, Who, one_line};
use record::{Deprel, Position, ReferentKind, Span, Stance, Statement, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// All positions of one side, in order of time.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) side: String,
    pub(crate) lines: Vec<Line>,
}

/// One position taken.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) stance: Stance,
    /// What it is about, in the text's own terms.
    pub(crate) issues: Vec<String>,
    /// Who voices it; `None` where the report tells it in its own words.
    pub(crate) voice: Option<Who>,
    /// The words, in the report that tells most.
    pub(crate) words: String,
    /// Where each report tells it; never empty.
    pub(crate) places: Vec<Place>,
    pub(crate) condition: Option<Place>,
    pub(crate) day: Option<Date>,
    /// The earlier line of this side that this one turns away from, by its index.
    pub(crate) changed_from: Option<usize>,
    /// The utterances of several reports that it stands in.
    utterances: BTreeSet<usize>,
    gist: Gist,
}

/// What tells the same position in other words.
#[derive(Debug, Default)]
struct Gist {
    /// The first verb that has an object, with it (“ban enlargement”).
    deed: Option<(String, String)>,
    /// Lemmas of the words that carry meaning, hyphens taken apart.
    terms: BTreeSet<String>,
}

/// The positions of every side, those with most first.
pub(crate) fn positions(view: &View<'_>) -> Vec<Board> {
    let speakers = speakers(view);
    let mut found: Vec<(Who, Line)> = view.papers.iter().flat_map(|p| of_paper(view, p, &speakers)).collect();
    found.sort_by_key(|(_, l)| (l.condition.is_none(), l.day.is_none(), l.voice.is_none(), l.places.clone()));
    let mut by_side: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (who, line) in found {
        merge(by_side.entry(side(view, &who)).or_default(), line);
    }
    let mut all: Vec<Board> = by_side.into_iter().map(|(side, lines)| in_order(side, lines)).collect();
    all.sort_by(|a, b| (b.lines.len(), &a.side).cmp(&(a.lines.len(), &b.side)));
    all
}

/// The speaker of each statement that is shown, with the utterances it is part of.
type Speakers = BTreeMap<StatementRef, (Who, BTreeSet<usize>)>;

fn speakers(view: &View<'_>) -> Speakers {
    let mut speakers = Speakers::new();
    for group in groups(view).into_iter().filter(|g| g.who != Who::Unknown) {
        for item in &group.items {
            for statement in item.statements() {
                let known = speakers.entry(statement).or_insert_with(|| (group.who.clone(), BTreeSet::new()));
                known.1.extend(if let Item::Shared(index, _) = item { Some(*index) } else { None });
            }
        }
    }
    speakers
}

/// The positions that one report tells, each with who holds it. What only passes on the position of somebody else (“our
/// partners tell us that they are ready”) is the other's alone.
fn of_paper(view: &View<'_>, paper: &Paper<'_>, speakers: &Speakers) -> Vec<(Who, Line)> {
    let all = &paper.report.findings.positions;
    let reference =
        |p: &Position| p.statement.map(|s| StatementRef { article: paper.index, index: s.0 as usize });
    let shown = |p: &Position| reference(p).is_some_and(|r| speakers.contains_key(&r));
    let outer = |p: &Position| view.statement(paper.index, p.statement?.0 as usize)?.said_in;
    let inside: Vec<_> = all.iter().filter(|p| shown(p)).filter_map(|p| Some((outer(p)?, p))).collect();
    let passes_on = |p: &&Position| {
        let same = |words: &Span| p.words.iter().any(|w| w.overlaps(*words));
        inside
            .iter()
            .any(|(outer, q)| p.statement == Some(*outer) && q.stance == p.stance && q.words.iter().any(same))
    };
    let held = |p: &Position| {
        let spoken = reference(p).map(|r| speakers.get(&r));
        let (speaker, utterances) = match spoken {
            None => (None, BTreeSet::new()),
            Some(None) => return None,
            Some(Some((who, utterances))) => (Some(who.clone()), utterances.clone()),
        };
        let named = || view.referent(paper.index, p.holder).filter(|who| is_actor(view, who));
        let who = if p.holder.is_some() { named()? } else { speaker? };
        let line = line(view, paper, p, &who);
        Some((who, Line { utterances, ..line }))
    };
    all.iter().filter(|p| !passes_on(p)).filter_map(held).collect()
}

fn is_actor(view: &View<'_>, who: &Who) -> bool {
    let Who::Entity(i) = who else { return false };
    view.entities().get(*i).is_some_and(|e| e.named && e.kind != ReferentKind::Event)
}

fn line(view: &View<'_>, paper: &Paper<'_>, position: &Position, who: &Who) -> Line {
    let place = |span: Span| paper.place(span);
    let words: Vec<String> = position.words.iter().map(|&w| one_line(view.words(place(w)))).collect();
    let statement = position.statement.and_then(|s| view.statement(paper.index, s.0 as usize));
    Line {
        stance: position.stance,
        issues: statement.map(|s| issues(view, paper, s, &position.words)).unwrap_or_default(),
        voice: statement.map(|_| who.clone()),
        words: words.join(" … "),
        places: position.words.first().map(|&w| place(w)).into_iter().collect(),
        condition: position.condition.map(place),
        day: position.time.as_deref().and_then(Date::parse),
        changed_from: None,
        utterances: BTreeSet::new(),
        gist: gist(paper, &position.words),
    }
}

/// What the words are about, by their tree.
fn gist(paper: &Paper<'_>, words: &[Span]) -> Gist {
    let reading = &paper.report.reading;
    if reading.tags.len() != reading.tokens.len() || reading.tree.len() != reading.tokens.len() {
        return Gist::default();
    }
    let tokens = || words.iter().flat_map(|w| reading.tokens_in(*w).range());
    let lemma = |t: usize| reading.lemmas.get(t).map(|l| l.to_lowercase()).unwrap_or_default();
    let is = |t: usize, upos: Upos| reading.tags[t].upos == upos;
    let object = |v: usize| {
        let noun = |c: &usize| {
            reading.tree[*c].relation == Deprel::Obj && (is(*c, Upos::Noun) || is(*c, Upos::Propn))
        };
        reading.children(v).find(noun)
    };
    let light = |v: &str| matches!(v, "have" | "take" | "make" | "do" | "get" | "give" | "put" | "be");
    let deed =
        |v: usize| Some((lemma(v), lemma(object(v)?))).filter(|(verb, _)| is(v, Upos::Verb) && !light(verb));
    let carries = |t: &usize| [Upos::Noun, Upos::Propn, Upos::Adj, Upos::Verb].iter().any(|&u| is(*t, u));
    let terms =
        tokens().filter(carries).flat_map(|t| lemma(t).split('-').map(str::to_owned).collect::<Vec<_>>());
    Gist { deed: tokens().find_map(deed), terms: terms.filter(|t| t.chars().count() > 3).collect() }
}

/// The state or body somebody speaks for, else the name.
pub(crate) fn side(view: &View<'_>, who: &Who) -> String {
    let represents = match who {
        Who::Entity(i) => view.entities().get(*i).and_then(|e| e.represents.as_deref()),
        _ => None,
    };
    represents.unwrap_or_else(|| view.name(who)).to_owned()
}

fn in_order(side: String, mut lines: Vec<Line>) -> Board {
    lines.sort_by(|a, b| (a.day.is_none(), a.day, &a.places).cmp(&(b.day.is_none(), b.day, &b.places)));
    for at in 0..lines.len() {
        lines[at].changed_from = (0..at).rev().find(|&before| turns(&lines[before], &lines[at]));
    }
    Board { side, lines }
}

/// Whether one line gives up on a later day what an earlier one held, or takes back what it offered.
fn turns(before: &Line, after: &Line) -> bool {
    let later = before.day.zip(after.day).is_some_and(|(a, b)| a < b);
    let about = |line: &Line| line.issues.iter().filter_map(|i| head(i)).collect::<BTreeSet<_>>();
    let demands = before.stance == Stance::Demands || after.stance == Stance::Demands;
    later
        && !demands
        && is_hard(before.stance) != is_hard(after.stance)
        && !about(before).is_disjoint(&about(after))
}

fn is_hard(stance: Stance) -> bool {
    matches!(stance, Stance::Refuses | Stance::Threatens)
}

/// The last word of a term, in small letters.
fn head(issue: &str) -> Option<String> {
    issue.split_whitespace().last().map(str::to_lowercase).filter(|word| word.chars().count() > 3)
}

/// Terms of the statement that stand in these words, or all of them.
fn issues(view: &View<'_>, paper: &Paper<'_>, statement: &Statement, words: &[Span]) -> Vec<String> {
    let own = side(view, &view.speaker(paper.index, statement)).to_lowercase();
    let inside = |t: &&Span| words.iter().any(|w| w.contains(**t));
    let text = |span: &Span| {
        let words = one_line(view.words(paper.place(*span)));
        words.trim_matches(|c: char| !c.is_alphanumeric()).replace(['(', ')'], "")
    };
    let tells = |term: &String| !term.is_empty() && !own.contains(&term.to_lowercase());
    statement.topics.iter().filter(inside).map(text).filter(tells).take(2).collect()
}

/// Adds a line; one that says the same as a known one only adds its places.
fn merge(lines: &mut Vec<Line>, line: Line) {
    match lines.iter_mut().find(|known| same(known, &line)) {
        Some(known) => {
            known.places.extend(
                line.places.iter().filter(|p| !known.places.contains(p)).copied().collect::<Vec<_>>(),
            );
            known.utterances.extend(line.utterances);
            known.condition = known.condition.or(line.condition);
            known.day = known.day.or(line.day);
        }
        None => lines.push(line),
    }
}

/// Whether two lines of one side tell one position: in the same place, the same words or utterance, the same deed (“ban
/// enlargement”), or on the same day in much the same terms.
fn same(a: &Line, b: &Line) -> bool {
    let overlap = |x: &Place| b.places.iter().any(|y| x.article == y.article && x.span.overlaps(y.span));
    let plain = |line: &Line| {
        line.words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let shared = || a.gist.terms.intersection(&b.gist.terms).count();
    let fewer = a.gist.terms.len().min(b.gist.terms.len());
    let deed = a.gist.deed.is_some() && a.gist.deed == b.gist.deed;
    let elsewhere = a.places.iter().all(|x| b.places.iter().all(|y| x.article != y.article));
    let told_again = !a.utterances.is_disjoint(&b.utterances) && elsewhere;
    let that_day = a.day.is_some() && a.day == b.day && shared() >= 2 && shared() * 2 >= fewer;
    a.stance == b.stance
        && (a.places.iter().any(overlap) || told_again || deed || that_day || plain(a) == plain(b))
}
