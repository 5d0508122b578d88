//! Who a name is: in the lexicon, beside another spelling, and in reports.

use lexicon::Lexicon;
use lexicon::entities::{Known, KnownKind};
use lexicon::names::person::{By, Comparison, PersonName, Verdict};
use lexicon::people::Gender;
use record::{Links, Report};
use serde::Serialize;

/// All that is known of a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Who {
    /// The name as asked.
    pub name: String,
    /// Whom the lexicon knows by it, a user's entries first.
    pub known: Vec<Bearer>,
    /// What it stands for as a state, people, capital, residence or body.
    pub stands_for: Vec<StandsFor>,
    /// The comparison with the other spelling that was asked for.
    pub compared: Option<Compared>,
    /// Whom it means in the reports.
    pub reports: Vec<Seen>,
}

/// Somebody or something of the lexicon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bearer {
    /// The name to show.
    pub name: String,
    /// `person`, `state`, `government`, `organisation`, `place`.
    pub kind: &'static str,
    /// Wikidata item, where it is certain.
    pub wikidata: Option<String>,
    /// `male` or `female`, where it is known.
    pub gender: Option<&'static str>,
    /// State or body spoken for, whatever the time.
    pub represents: Option<String>,
    /// Role, whatever the time.
    pub role: Option<String>,
    /// Offices with their years.
    pub terms: Vec<Office>,
    /// File that says so.
    pub source: String,
    /// Why it is found under a name spelt otherwise.
    pub spelt_otherwise: Option<Compared>,
}

/// An office with its years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Office {
    /// The office.
    pub office: String,
    /// The state or body.
    pub of: String,
    /// First year.
    pub from: Option<i16>,
    /// Last year; none while it lasts.
    pub to: Option<i16>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StandsFor {
    /// `state`, `people`, `capital`, `seat`.
    pub as_a: &'static str,
    /// The state or body.
    pub of: String,
}

/// Two spellings laid side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// The first name.
    pub left: String,
    /// The second name.
    pub right: String,
    /// `one person`, `two people of one surname`, `two people`.
    pub verdict: &'static str,
    /// Chance that they are one person's, 0 to 1.
    pub chance: f32,
    /// Chance from which names are joined.
    pub joined_from: f32,
    /// Words that face one another.
    pub words: Vec<Words>,
    /// Words of the first name without a counterpart.
    pub only_left: Vec<String>,
    /// Words of the second name without a counterpart.
    pub only_right: Vec<String>,
}

/// Two words of two names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Words {
    /// Of the first name.
    pub left: String,
    /// Of the second name.
    pub right: String,
    /// 1 for equal, below 0 for strangers.
    pub likeness: f32,
    /// `sound`, `initial`, `short form`.
    pub by: &'static str,
    /// Letters that face one another, where they differ: `ou`/`u`.
    pub letters: Vec<(String, String)>,
}

/// Somebody of the reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seen {
    /// Preferred name.
    pub name: String,
    /// Kind of thing.
    pub kind: &'static str,
    /// Office or role.
    pub role: Option<String>,
    /// State or body spoken for.
    pub represents: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Spellings with the reports that have them.
    pub spellings: Vec<(String, Vec<String>)>,
    /// Why each full spelling was joined with the preferred name.
    pub joined: Vec<Compared>,
    /// Others of the reports whose names share a word, and why they were kept apart.
    pub apart: Vec<Compared>,
}

/// Answers for a name; `linked` are the reports it is looked for in, with what holds between them.
pub fn who(name: &str, other: Option<&str>, linked: Option<(&[Report], &Links)>, lexicon: &Lexicon) -> Who {
    let mut known: Vec<Bearer> = lexicon
        .known(name)
        .iter()
        .map(|(known, found)| bearer(name, known, found.as_ref(), lexicon))
        .collect();
    if known.is_empty() && !name.trim().contains(' ') {
        known = lexicon.known_by_surname(name).into_iter().map(|k| bearer(name, k, None, lexicon)).collect();
    }
    Who {
        name: name.to_owned(),
        known,
        stands_for: stands_for(name, lexicon),
        compared: other.map(|other| compared(name, other, lexicon)),
        reports: linked.map_or(Vec::new(), |(reports, links)| seen(name, reports, links, lexicon)),
    }
}

fn bearer(name: &str, known: &Known, found: Option<&Comparison>, lexicon: &Lexicon) -> Bearer {
    let term = |t: &lexicon::entities::Term| Office {
        office: t.office.clone(),
        of: t.of.clone(),
        from: t.from,
        to: t.to,
    };
    Bearer {
        name: known.name.clone(),
        kind: known.kind.as_str(),
        wikidata: known.wikidata.clone(),
        gender: known.gender.filter(|_| known.kind == KnownKind::Person).map(|g| match g {
            Gender::Male => "male",
            Gender::Female => "female",
        }),
        represents: known.represents.clone(),
        role: known.role.clone(),
        terms: known.terms.iter().map(term).collect(),
        source: known.source.clone(),
        spelt_otherwise: found.map(|_| compared(name, &known.name, lexicon)),
    }
}

fn stands_for(name: &str, lexicon: &Lexicon) -> Vec<StandsFor> {
    let states = &lexicon.states;
    let found = [
        ("state", states.state(name)),
        ("people", states.demonym(name)),
        ("capital", states.capital(name)),
        ("seat", states.seat(name).map(|s| s.represents)),
    ];
    let found = found.into_iter().filter_map(|(as_a, of)| Some(StandsFor { as_a, of: of?.to_owned() }));
    found.filter(|s| !s.of.eq_ignore_ascii_case(name)).collect()
}

/// Lays two names side by side as `link` does.
pub fn compared(left: &str, right: &str, lexicon: &Lexicon) -> Compared {
    let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
    let (a, b) = (read(left), read(right));
    let found = lexicon.names.compare(&a, &b);
    let text = |name: &PersonName, words: std::ops::Range<usize>| -> String {
        name.words[words].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let words = found.pairs.iter().map(|pair| {
        let (left, right) = (text(&a, pair.left.clone()), text(&b, pair.right.clone()));
        Words {
            letters: letters(&left, &right, lexicon),
            left,
            right,
            likeness: rounded(pair.likeness),
            by: by(pair.by),
        }
    });
    let lone =
        |name: &PersonName, words: &[usize]| words.iter().map(|&i| name.words[i].text.clone()).collect();
    Compared {
        words: words.collect(),
        only_left: lone(&a, &found.unmatched.0),
        only_right: lone(&b, &found.unmatched.1),
        verdict: match found.verdict {
            Verdict::Same => "one person",
            Verdict::Namesakes => "two people of one surname",
            Verdict::Apart => "two people",
        },
        chance: rounded(found.chance),
        joined_from: rounded(lexicon.names.joined_from()),
        left: left.to_owned(),
        right: right.to_owned(),
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Sound => "sound",
        By::Initial => "initial",
        By::ShortForm => "short form",
    }
}

/// Letters of two words that face one another and differ.
fn letters(left: &str, right: &str, lexicon: &Lexicon) -> Vec<(String, String)> {
    let alignment = lexicon.names.letters(&left.replace(' ', ""), &right.replace(' ', ""));
    let steps = alignment.map_or(Vec::new(), |a| a.steps);
    steps.into_iter().filter(|s| s.left != s.right).map(|s| (s.left, s.right)).collect()
}

/// Two decimals are enough for people.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn seen(name: &str, reports: &[Report], links: &Links, lexicon: &Lexicon) -> Vec<Seen> {
    let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
    let asked = read(name);
    let meant = |candidate: &String| {
        let single = !asked.is_full()
            && read(candidate).words.iter().any(|w| lexicon.names.same_surname(&w.text, name));
        candidate.eq_ignore_ascii_case(name)
            || single
            || asked.is_full() && lexicon.names.compare(&asked, &read(candidate)).verdict == Verdict::Same
    };
    let found = links.entities.iter().filter(|e| e.named && (meant(&e.name) || e.names.iter().any(meant)));
    found.map(|entity| one(entity, reports, links, lexicon)).collect()
}

fn one(entity: &record::Entity, reports: &[Report], links: &Links, lexicon: &Lexicon) -> Seen {
    let person = entity.kind == record::ReferentKind::Person;
    let full = |name: &&String| name.split_whitespace().count() > 1 && **name != entity.name;
    let joined = entity.names.iter().filter(|_| person).filter(full);
    let share = |other: &&record::Entity| {
        let namesake = |c: &Compared| c.words.iter().any(|w| w.likeness > 0.7 && w.left.chars().count() > 2);
        other.name != entity.name
            && other.named
            && other.kind == entity.kind
            && namesake(&compared(&entity.name, &other.name, lexicon))
    };
    let apart = links.entities.iter().filter(|_| person).filter(share);
    Seen {
        name: entity.name.clone(),
        kind: entity.kind.as_str(),
        role: entity.role.clone(),
        represents: entity.represents.clone(),
        wikidata: entity.wikidata.clone(),
        spellings: entity.names.iter().map(|name| (name.clone(), sources(name, entity, reports))).collect(),
        joined: joined.map(|name| compared(name, &entity.name, lexicon)).collect(),
        apart: apart.map(|other| compared(&entity.name, &other.name, lexicon)).collect(),
    }
}

/// The reports that have a spelling.
fn sources(name: &str, entity: &record::Entity, reports: &[Report]) -> Vec<String> {
    let has = entity.members.iter().filter_map(|(article, referent)| {
        let report = reports.get(article.0 as usize)?;
        let names = &report.findings.referent(*referent)?.names;
        names.iter().any(|n| n == name).then(|| report.article.source.clone())
    });
    let mut sources: Vec<String> = has.collect();
    sources.dedup();
    sources
}
