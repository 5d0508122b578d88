//! What each side demands, offers, refuses, threatens and concedes: on which issue, under which condition, when, and
//! whether it changed.
//!
//! A side is the state or body that a speaker speaks for, else the speaker. Lines come from statements by their speech act, and
//! from events that the report itself tells (a threat that nobody voices). What is reported as not done is no position.

use crate::dates::Date;
use crate::said::{Group, Item, StatementRef, groups};
use crate::view::{Place, View, Who, one_line};
use record::{Act, Deprel, Event, EventType, Modality, ReferentKind, Report, Span, Statement, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// All positions of one side, in order of time.
#[derive(Debug)]
pub(crate) struct Position {
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
}

/// What somebody does about an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stance {
    Demands,
    Offers,
    Refuses,
    Threatens,
    Concedes,
}

impl Stance {
    pub(crate) const ALL: [Self; 5] =
        [Self::Demands, Self::Offers, Self::Refuses, Self::Threatens, Self::Concedes];

    /// As a verb in the third person.
    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Demands => "demands",
            Self::Offers => "offers",
            Self::Refuses => "refuses",
            Self::Threatens => "threatens",
            Self::Concedes => "concedes",
        }
    }

    fn of_act(act: Act) -> Option<Self> {
        Some(match act {
            Act::Demand => Self::Demands,
            Act::Propose | Act::Promise => Self::Offers,
            Act::Refuse => Self::Refuses,
            Act::Threaten => Self::Threatens,
            Act::Agree => Self::Concedes,
            _ => return None,
        })
    }

    fn of_event(kind: EventType) -> Option<Self> {
        Some(match kind {
            EventType::Request => Self::Demands,
            EventType::Reject => Self::Refuses,
            EventType::Threaten => Self::Threatens,
            EventType::Concede => Self::Concedes,
            _ => return None,
        })
    }

    /// Beginnings of cues that by themselves tell the stance, whatever is said.
    fn cues(self) -> &'static [&'static str] {
        match self {
            Self::Demands => {
                &["demand", "ask", "call", "urg", "insist", "requir", "want", "request", "appeal"]
            }
            Self::Offers => &["offer", "propos", "promis", "pledg", "suggest", "vow", "commit", "present"],
            Self::Refuses => &["refus", "reject", "rul", "declin", "exclud"],
            Self::Threatens => &["threat", "warn", "vow"],
            Self::Concedes => &["conced", "accept", "agree", "admit", "yield"],
        }
    }

    fn is_hard(self) -> bool {
        matches!(self, Self::Refuses | Self::Threatens)
    }
}

/// The positions of every side, those with most first.
pub(crate) fn positions(view: &View<'_>) -> Vec<Position> {
    let groups = groups(view);
    let mut by_side: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    let mut add = |side: String, line: Line| merge(by_side.entry(side).or_default(), line);
    for (who, item) in groups.iter().flat_map(|g: &Group| g.items.iter().map(move |i| (&g.who, i))) {
        if let Some(line) = voiced(view, who, item) {
            add(side(view, who), line);
        }
    }
    for (who, line) in told(view) {
        add(side(view, &who), line);
    }
    let mut all: Vec<Position> = by_side.into_iter().map(|(side, lines)| in_order(side, lines)).collect();
    all.sort_by(|a, b| (b.lines.len(), &a.side).cmp(&(a.lines.len(), &b.side)));
    all
}

/// The state or body somebody speaks for, else the name.
pub(crate) fn side(view: &View<'_>, who: &Who) -> String {
    let represents = match who {
        Who::Entity(i) => view.entities().get(*i).and_then(|e| e.represents.as_deref()),
        _ => None,
    };
    represents.unwrap_or_else(|| view.name(who)).to_owned()
}

fn in_order(side: String, mut lines: Vec<Line>) -> Position {
    lines.sort_by(|a, b| (a.day.is_none(), a.day, &a.places).cmp(&(b.day.is_none(), b.day, &b.places)));
    for at in 0..lines.len() {
        lines[at].changed_from = (0..at).rev().find(|&before| turns(&lines[before], &lines[at]));
    }
    Position { side, lines }
}

/// Whether one line gives up on a later day what an earlier one held, or takes back what it offered.
fn turns(before: &Line, after: &Line) -> bool {
    let later = before.day.zip(after.day).is_some_and(|(a, b)| a < b);
    let about = |line: &Line| line.issues.iter().filter_map(|i| head(i)).collect::<BTreeSet<_>>();
    let demands = before.stance == Stance::Demands || after.stance == Stance::Demands;
    later
        && !demands
        && before.stance.is_hard() != after.stance.is_hard()
        && !about(before).is_disjoint(&about(after))
}

/// The last word of a term, in small letters.
fn head(issue: &str) -> Option<String> {
    issue.split_whitespace().last().map(str::to_lowercase).filter(|word| word.chars().count() > 3)
}

/// A statement that takes a position.
fn voiced(view: &View<'_>, who: &Who, item: &Item) -> Option<Line> {
    if *who == Who::Unknown {
        return None;
    }
    let statements = item.statements();
    let held = statements.iter().filter_map(|&at| Some((at, view.statement(at.article, at.index)?)));
    let (at, statement, stance) = held
        .filter_map(|(at, statement)| Some((at, statement, stance(view, at, statement)?)))
        .max_by_key(|(at, s, _)| (s.condition.is_some(), s.time.is_some(), std::cmp::Reverse(*at)))?;
    let pieces = |at: &StatementRef| {
        let content = view.statement(at.article, at.index).map_or(&[][..], |s| &s.content);
        content.iter().map(|&piece| Place::new(at.article, piece)).collect::<Vec<_>>()
    };
    let words: Vec<String> = pieces(&at).iter().map(|&p| one_line(view.words(p))).collect();
    let others = statements.iter().filter(|other| **other != at);
    let places: Vec<Place> = [at].iter().chain(others).filter_map(|at| pieces(at).first().copied()).collect();
    Some(Line {
        stance,
        issues: issues(view, at, statement),
        voice: Some(who.clone()),
        words: words.join(" … "),
        places,
        condition: statement.condition.map(|c| Place::new(at.article, c)),
        day: statement.time.as_deref().and_then(Date::parse),
        changed_from: None,
    })
}

fn issues(view: &View<'_>, at: StatementRef, statement: &Statement) -> Vec<String> {
    let own = side(view, &view.speaker(at.article, statement)).to_lowercase();
    let words = |span: &Span| {
        let words = one_line(view.words(Place::new(at.article, *span)));
        words.trim_matches(|c: char| !c.is_alphanumeric()).replace(['(', ')'], "")
    };
    let tells = |term: &String| !term.is_empty() && !own.contains(&term.to_lowercase());
    statement.topics.iter().map(words).filter(tells).take(2).collect()
}

/// What a statement does. A thing that is only named (“referred to the plan”) is no position unless the cue says so; nor is
/// what only passes on the position of somebody else (“our partners tell us that they are ready”).
fn stance(view: &View<'_>, at: StatementRef, statement: &Statement) -> Option<Stance> {
    let stance = Stance::of_act(statement.act?).filter(|_| !statement.negated)?;
    let report = view.papers.get(at.article)?.report;
    let cue = statement.cue.map_or("", |c| c.text(report.text())).to_lowercase();
    let passes_on = |other: &Statement| {
        other.said_in.is_some_and(|outer| outer.0 as usize == at.index)
            && other.act.and_then(Stance::of_act) == Some(stance)
    };
    if report.findings.statements.iter().any(passes_on) {
        return None;
    }
    let told = cue.split_whitespace().any(|word| stance.cues().iter().any(|c| word.starts_with(c)));
    (told || statement.content.iter().any(|&c| is_clause(report, c))).then_some(stance)
}

/// Whether words say something rather than name a thing: a word that hangs on none of the others is a verb or has a
/// subject.
fn is_clause(report: &Report, span: Span) -> bool {
    let reading = &report.reading;
    let tokens = reading.tokens_in(span);
    let unread = reading.tags.len() != reading.tokens.len() || reading.tree.len() != reading.tokens.len();
    if unread || tokens.is_empty() {
        return true;
    }
    let says = |token: usize| {
        let verb = matches!(reading.tags[token].upos, Upos::Verb | Upos::Aux);
        let clause = [Deprel::Cop, Deprel::Expl];
        let has = |child: usize| {
            let relation = reading.tree[child].relation;
            relation.is_subject() || clause.contains(&relation)
        };
        verb || reading.children(token).any(has)
    };
    let outer = |token: &usize| reading.tree[*token].head.is_none_or(|head| !tokens.contains(head as usize));
    tokens.range().filter(outer).any(says)
}

/// Positions that a report tells in its own words: “the threat posed by Haldria”.
fn told(view: &View<'_>) -> Vec<(Who, Line)> {
    let mut out = Vec::new();
    for paper in &view.papers {
        let report = paper.report;
        let said = crate::coverage::joined(
            report.findings.statements.iter().filter_map(Statement::extent).collect(),
        );
        let events = report.findings.events.iter().filter(|e| is_position(e));
        let events = events.filter(|e| !is_quoted(report.text(), e.trigger));
        for event in events.filter(|e| !crate::coverage::touches(&said, e.trigger)) {
            let who = event.actor.as_ref().and_then(|a| view.referent(paper.index, a.referent));
            let who = who.filter(|who| is_actor(view, who));
            if let (Some(who), Some(stance)) = (who, Stance::of_event(event.kind)) {
                out.push((who, event_line(view, paper.index, event, stance)));
            }
        }
    }
    out
}

/// What is sure enough to be somebody's position: both sides are known, or the one who holds it is named as such
/// behind it (“the threat posed by Haldria”).
fn is_position(event: &Event) -> bool {
    let real = !matches!(event.modality, Modality::Denied | Modality::Hypothetical);
    let by = event.actor.as_ref().is_some_and(|a| a.span.start > event.trigger.end);
    real && event.said_in.is_none() && event.confidence >= if by { 0.35 } else { 0.5 }
}

/// Whether words stand inside quotation marks of their paragraph: then somebody else says them, known or not.
fn is_quoted(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let paragraph = before.rfind('\n').map_or(before, |at| &before[at..]);
    let count = |marks: &[char]| paragraph.matches(marks).count();
    count(&['“', '«', '„']) > count(&['”', '»']) || count(&['"']) % 2 == 1
}

fn is_actor(view: &View<'_>, who: &Who) -> bool {
    let Who::Entity(i) = who else { return false };
    view.entities().get(*i).is_some_and(|e| e.named && e.kind != ReferentKind::Event)
}

fn event_line(view: &View<'_>, article: usize, event: &Event, stance: Stance) -> Line {
    let parts = [event.actor.as_ref(), event.recipient.as_ref()].into_iter().flatten().map(|p| p.span);
    let all = parts.fold(event.trigger, Span::cover);
    let report = view.papers.get(article).map(|paper| paper.report);
    let all = report.map_or(all, |report| to_its_end(report, all));
    Line {
        stance,
        issues: Vec::new(),
        voice: None,
        words: one_line(view.words(Place::new(article, all))),
        places: vec![Place::new(article, event.trigger)],
        condition: None,
        day: event.time.as_deref().and_then(Date::parse),
        changed_from: None,
    }
}

/// With the rest of the sentence, which tells what it is.
fn to_its_end(report: &Report, span: Span) -> Span {
    let reading = &report.reading;
    let ends = reading.sentences.iter().filter_map(|s| reading.span_of(s.tokens));
    ends.filter(|s| s.contains(span)).map(|s| Span::new(span.start, s.end)).next().unwrap_or(span)
}

/// Adds a line; one that says the same as a known one only adds its places.
fn merge(lines: &mut Vec<Line>, line: Line) {
    match lines.iter_mut().find(|known| same(known, &line)) {
        Some(known) => {
            known.places.extend(
                line.places.iter().filter(|p| !known.places.contains(p)).copied().collect::<Vec<_>>(),
            );
            known.condition = known.condition.or(line.condition);
            known.day = known.day.or(line.day);
        }
        None => lines.push(line),
    }
}

fn same(a: &Line, b: &Line) -> bool {
    let overlap = |x: &Place| b.places.iter().any(|y| x.article == y.article && x.span.overlaps(y.span));
    let plain = |line: &Line| {
        line.words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    a.stance == b.stance && (a.places.iter().any(overlap) || plain(a) == plain(b))
}
