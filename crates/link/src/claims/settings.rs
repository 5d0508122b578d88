//! Where happenings are told to be: each verb or noun for one, whom it is told of, and the places that belong to it.

use super::Compared;
use super::happenings::{Mood, mood, number_of};
use super::places::{Map, Place};
use super::scene::Scene;
use super::spots::{Way, case, shown, spots, with_joined};
use super::when::dates;
use lexicon::sites::{Happening, Mode};
use record::{Deprel, ReferentKind, Span, Upos, Xpos};

/// A place that a report tells of a happening.
pub(crate) struct Setting {
    pub(crate) report: usize,
    /// The verb or noun for the happening.
    pub(crate) token: usize,
    pub(crate) happening: Happening,
    /// Whom it is told of; one of those who are named together.
    pub(crate) who: Who,
    pub(crate) way: Way,
    pub(crate) place: Place,
    /// Told of another month or year than that of the report.
    pub(crate) past: bool,
    /// One of several that is to come: “the next round of talks”.
    pub(crate) next: bool,
    pub(crate) span: Span,
}

/// Of whom or what a happening is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Who {
    /// Nobody: reports tell of one such happening.
    Any,
    /// Somebody or something named.
    Named(u32),
    /// One person without a name.
    One,
    /// People or things, without a number.
    All,
    /// So many people.
    Many(u64),
    /// One thing of a kind.
    Thing(u64),
}

/// The places that a report tells of happenings.
pub(crate) fn settings(compared: &Compared, map: &Map, scene: &Scene, report: usize) -> Vec<Setting> {
    let told = (0..scene.keys.len()).flat_map(|token| {
        happenings(compared, scene, token).into_iter().map(move |happening| (token, happening))
    });
    told.flat_map(|(token, happening)| of(compared, map, scene, report, token, happening)).collect()
}

/// The happenings that a token tells of.
pub(crate) fn happenings(compared: &Compared, scene: &Scene, token: usize) -> Vec<Happening> {
    let verb = match scene.upos(token) {
        Some(Upos::Verb) => true,
        Some(Upos::Noun | Upos::Adj) if scene.entities[token].is_none() => false,
        _ => return Vec::new(),
    };
    let told = compared.lexicon.sites.happenings(&scene.lemma(token), verb);
    told.filter(|h| !matches!(h.mode, Mode::Light | Mode::Host | Mode::Object)).collect()
}

fn of(
    compared: &Compared,
    map: &Map,
    scene: &Scene,
    report: usize,
    token: usize,
    happening: Happening,
) -> Vec<Setting> {
    let span = scene.report.reading.tokens[token];
    let arranged = happening.mode == Mode::Set;
    let held = match told_mood(scene, token) {
        Mood::Real => true,
        Mood::Open => arranged,
        Mood::Denied => false,
    };
    if !held || scene.is_spoken(span) || scene.report.article.is_boilerplate(span) {
        return Vec::new();
    }
    let alone = arranged || happening.mode == Mode::Alone;
    let past = happening.mode != Mode::Once && is_past(scene, token);
    let next = arranged && is_marked(scene, token, &NEXT);
    if alone && (past || is_several(scene, token) || is_marked(scene, token, &OTHER)) {
        return Vec::new();
    }
    if happening.mode == Mode::Alone && is_marked(scene, token, &NEXT) {
        return Vec::new();
    }
    let who = if alone { vec![Who::Any] } else { patients(compared, map, scene, token) };
    let spots = spots(compared, map, scene, token);
    let (happening, spots) = in_hospital(map, scene, happening, spots);
    let goes = |way: Way| way == Way::To || way == Way::For && happening.kind == "travel";
    let to = happening.mode == Mode::To && spots.iter().any(|(way, _)| goes(*way));
    let spots = spots.into_iter().map(|(way, t)| {
        (if to && (goes(way) || matches!(way, Way::In | Way::At)) { Way::To } else { way }, t)
    });
    let mut found = Vec::new();
    for (way, at) in spots.filter(|(way, _)| fits(happening.mode, *way)) {
        let Some(place) = map.place(scene, at) else { continue };
        if way == Way::Out && matches!(place, Place::Named { .. }) {
            continue;
        }
        for &who in &who {
            let place = place.clone();
            found.push(Setting {
                report,
                token,
                happening,
                who,
                way,
                place,
                past,
                next,
                span: shown(scene, at),
            });
        }
    }
    found
}

/// Who is taken to a hospital, or treated in one, is in it: one question.
fn in_hospital(
    map: &Map,
    scene: &Scene,
    happening: Happening,
    spots: Vec<(Way, usize)>,
) -> (Happening, Vec<(Way, usize)>) {
    let hospital = |t: usize| matches!(map.place(scene, t), Some(Place::Sort { sort: "hospital", .. }));
    let asked = |way: Way| match happening.mode {
        Mode::To => way == Way::To,
        Mode::Care => matches!(way, Way::In | Way::At),
        _ => false,
    };
    if !spots.iter().any(|(way, t)| asked(*way) && hospital(*t)) {
        return (happening, spots);
    }
    let spots = spots.into_iter().filter(|(way, _)| asked(*way)).map(|(_, t)| (Way::At, t)).collect();
    (Happening { kind: "hospital", mode: Mode::Done }, spots)
}

/// Where to and from is told of what goes or is taken; where of the rest, and from where somebody fled.
fn fits(mode: Mode, way: Way) -> bool {
    match way {
        _ if mode == Mode::Care => false,
        Way::To => mode == Mode::To,
        Way::From => matches!(mode, Mode::To | Mode::Done),
        Way::In | Way::At | Way::Out => mode != Mode::To,
        Way::Near | Way::For => false,
    }
}

/// The mood of a verb, or of a noun under its verb: “could carry out an attack”.
fn told_mood(scene: &Scene, token: usize) -> Mood {
    let verb = scene.head(token).filter(|&v| {
        let own = matches!(scene.relation(token), Some(Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass));
        own && scene.upos(token) != Some(Upos::Verb) && scene.upos(v) == Some(Upos::Verb)
    });
    match mood(scene, token) {
        Mood::Real => verb.map_or(Mood::Real, |verb| mood(scene, verb)),
        other => other,
    }
}

/// Whether the sentence of a happening names a year or month that is not that of the report.
fn is_past(scene: &Scene, token: usize) -> bool {
    let published = scene.report.published.as_ref().map(|p| p.value.as_str()).unwrap_or_default();
    let coarse = |value: &String| matches!(value.len(), 4 | 7) && !value.ends_with('X');
    dates(scene, token).iter().any(|value| coarse(value) && !published.starts_with(value.as_str()))
}

/// Words for a happening that is not the one of which reports tell: “a similar attack”.
const OTHER: [&str; 11] = [
    "another",
    "previous",
    "earlier",
    "similar",
    "other",
    "past",
    "recent",
    "last",
    "separate",
    "style",
    "anniversary",
];
/// Words for one of several: “the second round”.
const NEXT: [&str; 5] = ["next", "second", "third", "further", "new"];

fn is_marked(scene: &Scene, token: usize, words: &[&str]) -> bool {
    let mut marks = scene.report.reading.children_by(token, &[Deprel::Det, Deprel::Amod]);
    let above = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Nmod));
    marks.any(|t| words.contains(&scene.lemma(t).as_str()))
        || above.is_some_and(|t| words.contains(&scene.lemma(t).as_str()))
}

/// Whether a noun is of several happenings: “attacks in Arden and Brill”, but not “talks”.
fn is_several(scene: &Scene, token: usize) -> bool {
    let plural = scene.report.reading.tags.get(token).is_some_and(|tag| tag.xpos == Xpos::Nns);
    plural && !["talk", "talks", "negotiation"].contains(&scene.lemma(token).as_str())
}

/// Those to whom a happening is done, or who do what is done to nobody.
fn patients(compared: &Compared, map: &Map, scene: &Scene, token: usize) -> Vec<Who> {
    let reading = &scene.report.reading;
    let first = |relations: &[Deprel]| reading.children_by(token, relations).next();
    let undergoing = [Deprel::Obj, Deprel::NsubjPass];
    let joined = || {
        let mut verbs = reading.children_by(token, &[Deprel::Conj]);
        verbs.find_map(|v| reading.children_by(v, &[Deprel::Obj]).next())
    };
    let described = || {
        let relation = scene.relation(token)?;
        matches!(relation, Deprel::Acl | Deprel::AclRelcl | Deprel::Amod).then(|| scene.head(token))?
    };
    let subject = [Deprel::NsubjPass, Deprel::Nsubj];
    let relative = |t: &usize| ["who", "that", "which"].contains(&scene.lemma(*t).as_str());
    let found = match scene.upos(token) {
        Some(Upos::Noun) => {
            let of = || {
                let mut of = reading.children_by(token, &[Deprel::Nmod]);
                of.find(|&t| case(scene, t).is_some_and(|c| c == "of"))
            };
            first(&subject).or_else(|| first(&[Deprel::NmodPoss])).or_else(of)
        }
        Some(Upos::Adj) => first(&subject).or_else(described),
        _ => first(&undergoing)
            .or_else(joined)
            .or_else(|| first(&[Deprel::Nsubj]))
            .filter(|t| !relative(t))
            .or_else(described)
            .or_else(|| shared_subject(scene, token)),
    };
    let Some(found) = found.or_else(|| above_all(scene, token)) else {
        let noun = scene.upos(token) == Some(Upos::Noun);
        return noun.then_some(Who::One).into_iter().collect();
    };
    with_joined(scene, found).filter_map(|t| who(compared, map, scene, t)).collect()
}

/// Who is told of by the verb above: “twelve are under treatment”, “the plane made a landing”, “was forced to land”.
fn above_all(scene: &Scene, token: usize) -> Option<usize> {
    let reading = &scene.report.reading;
    let verb = scene.head(token)?;
    let made = scene.relation(token) == Some(Deprel::Obj) && scene.lemma(verb) == "make";
    let under = case(scene, token).is_some_and(|case| case == "under");
    let forced = scene.relation(token) == Some(Deprel::Xcomp);
    let object = || reading.children_by(verb, &[Deprel::Obj]).next().filter(|_| forced);
    let subject = || reading.children_by(verb, &[Deprel::NsubjPass, Deprel::Nsubj]).next();
    if made || under || forced { object().or_else(subject) } else { None }
}

/// The subject of the verb that a verb without one is joined to: “was arrested and taken to Arden”.
fn shared_subject(scene: &Scene, token: usize) -> Option<usize> {
    let first = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Conj))?;
    scene.report.reading.children_by(first, &[Deprel::NsubjPass, Deprel::Nsubj]).next()
}

fn who(compared: &Compared, map: &Map, scene: &Scene, token: usize) -> Option<Who> {
    let reading = &scene.report.reading;
    let of_name = |t: usize| {
        let entity = scene.entities[t]?;
        let kind = compared.entities.get(entity as usize)?.kind;
        (kind != ReferentKind::Place).then(|| Who::Named(map.person(entity)))
    };
    let beside = [Deprel::Flat, Deprel::Appos, Deprel::Compound];
    let person = |t: &usize| {
        let entity = scene.entities[*t].and_then(|e| compared.entities.get(e as usize));
        entity.is_some_and(|e| e.kind == ReferentKind::Person)
    };
    if scene.entities[token].is_some() {
        return of_name(token);
    }
    if let Some(name) = reading.children_by(token, &beside).find(person) {
        return of_name(name);
    }
    if let Some(number) = number_of(scene, token) {
        return Some(if number == 1.0 { Who::One } else { Who::Many(number.to_bits()) });
    }
    let lemma = scene.lemma(token);
    let somebody = ["he", "she", "him", "her", "body", "corpse", "remains", "who"].contains(&lemma.as_str())
        || super::fact::is_people(scene, token, compared.lexicon)
        || compared.lexicon.people.role(&lemma).is_some();
    let single = reading.tags.get(token).is_some_and(|tag| matches!(tag.xpos, Xpos::Nn | Xpos::Prp));
    match single {
        true if somebody => Some(Who::One),
        true if !happenings(compared, scene, token).is_empty() => None,
        true if is_known(scene, token) => scene.keys[token].map(Who::Thing),
        true => None,
        false if is_known(scene, token) => scene.keys[token].map(Who::Thing),
        false => Some(Who::All),
    }
}

/// Whether a noun means one known thing: “the ferry”, “their van”.
fn is_known(scene: &Scene, token: usize) -> bool {
    let mut marks = scene.report.reading.children_by(token, &[Deprel::Det, Deprel::NmodPoss]);
    let known = |t: usize| {
        scene.relation(t) == Some(Deprel::NmodPoss)
            || ["the", "this", "that"].contains(&scene.lemma(t).as_str())
    };
    scene.upos(token) == Some(Upos::Noun) && marks.any(known)
}

/// Whether a noun means people, whose place is not that of what happens.
pub(crate) fn is_somebody(compared: &Compared, scene: &Scene, token: usize) -> bool {
    let entity = scene.entities[token].and_then(|e| compared.entities.get(e as usize));
    entity.is_some_and(|e| e.kind == ReferentKind::Person)
        || super::fact::is_people(scene, token, compared.lexicon)
        || compared.lexicon.people.role(&scene.lemma(token)).is_some()
}
