//! Where happenings are told to be: each verb or noun for one, whom it is told of, and the places that belong to it.

use super::Compared;
use super::happenings::{Mood, mood, number_of};
use super::places::{Map, Place};
use super::scene::Scene;
use super::when::dates;
use lexicon::sites::{Happening, Mode};
use record::{Deprel, ReferentKind, Span, Upos, Xpos};

/// Words joined by “and”, and places in one another, that are followed.
const CHAIN: usize = 6;
/// Tokens between a preposition and its place in evidence.
const NEAR: usize = 4;

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

/// How a place belongs to a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Way {
    In,
    At,
    Out,
    /// In the neighbourhood, or only in a way that has a place itself: “near a church in Arden”, “during a raid in Arden”.
    Near,
    To,
    From,
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
        Some(Upos::Noun) if scene.entities[token].is_none() => false,
        _ => return Vec::new(),
    };
    let told = compared.lexicon.sites.happenings(&scene.lemma(token), verb);
    told.filter(|h| !matches!(h.mode, Mode::Light | Mode::Host)).collect()
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
    let to = happening.mode == Mode::To && spots.iter().any(|(way, _)| *way == Way::To);
    let spots = spots
        .into_iter()
        .map(|(way, t)| (if to && matches!(way, Way::In | Way::At) { Way::To } else { way }, t));
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
        Way::Near => false,
    }
}

/// The mood of a verb, or of a noun under its verb: “could carry out an attack”.
fn told_mood(scene: &Scene, token: usize) -> Mood {
    let verb = scene.head(token).filter(|&v| {
        let own = matches!(scene.relation(token), Some(Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass));
        own && scene.upos(token) == Some(Upos::Noun) && scene.upos(v) == Some(Upos::Verb)
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
        matches!(relation, Deprel::Acl | Deprel::AclRelcl).then(|| scene.head(token))?
    };
    let relative = |t: &usize| ["who", "that", "which"].contains(&scene.lemma(*t).as_str());
    let found = match scene.upos(token) {
        Some(Upos::Noun) => first(&[Deprel::NmodPoss]).or_else(|| {
            let mut of = reading.children_by(token, &[Deprel::Nmod]);
            of.find(|&t| case(scene, t).is_some_and(|c| c == "of"))
        }),
        _ => first(&undergoing)
            .or_else(joined)
            .or_else(|| first(&[Deprel::Nsubj]))
            .filter(|t| !relative(t))
            .or_else(described)
            .or_else(|| shared_subject(scene, token)),
    };
    let Some(found) = found.or_else(|| under(scene, token)) else {
        let noun = scene.upos(token) == Some(Upos::Noun);
        return noun.then_some(Who::One).into_iter().collect();
    };
    with_joined(scene, found).filter_map(|t| who(compared, map, scene, t)).collect()
}

/// Who is under something: “twelve are under treatment at a clinic”.
fn under(scene: &Scene, token: usize) -> Option<usize> {
    let verb = scene.head(token).filter(|_| case(scene, token).is_some_and(|case| case == "under"))?;
    scene.report.reading.children_by(verb, &[Deprel::NsubjPass, Deprel::Nsubj]).next()
}

/// The subject of the verb that a verb without one is joined to: “was arrested and taken to Arden”.
fn shared_subject(scene: &Scene, token: usize) -> Option<usize> {
    let first = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Conj))?;
    scene.report.reading.children_by(first, &[Deprel::NsubjPass, Deprel::Nsubj]).next()
}

fn with_joined<'a>(scene: &'a Scene, token: usize) -> impl Iterator<Item = usize> + 'a {
    std::iter::once(token).chain(scene.report.reading.children_by(token, &[Deprel::Conj]).take(CHAIN))
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

/// The tokens that head the places of a verb or noun, with how they belong to it.
fn spots(compared: &Compared, map: &Map, scene: &Scene, token: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let mut found = below(compared, map, scene, token, CHAIN);
    match scene.upos(token) {
        Some(Upos::Noun) => {
            let named =
                reading.children_by(token, &[Deprel::Compound]).filter(|&t| scene.entities[t].is_some());
            found.extend(named.map(|t| (Way::At, t)));
            found.extend(above(compared, map, scene, token));
        }
        _ => {
            found.extend(inside(compared, map, scene, token));
            if found.is_empty() {
                found.extend(before(compared, map, scene, token));
            }
        }
    }
    found
}

/// The places that stand below what a verb takes: “was found dead in Arden”, “found the boy in a barn”, “takes place in Arden”.
fn inside(compared: &Compared, map: &Map, scene: &Scene, verb: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let taken: Vec<usize> = reading.children_by(verb, &[Deprel::Xcomp, Deprel::Obj]).collect();
    let within = taken.into_iter().flat_map(|t| below(compared, map, scene, t, CHAIN));
    within.filter(|(way, _)| matches!(way, Way::In | Way::At | Way::Out)).collect()
}

/// The places below a word, and those in which they lie: “at a hotel in Arden”, “in an explosion in Arden”.
fn below(compared: &Compared, map: &Map, scene: &Scene, token: usize, steps: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let mut found = Vec::new();
    for child in reading.children_by(token, &[Deprel::Obl, Deprel::Nmod]) {
        let Some(way) = case(scene, child).and_then(|case| way(&case)) else { continue };
        if map.place(scene, child).is_some() {
            found.extend(with_joined(scene, child).map(|t| (way, t)));
        }
        if steps > 0 && !is_somebody(compared, scene, child) {
            let happens = !happenings(compared, scene, child).is_empty();
            let inner = holding(compared, map, scene, child, way, steps - 1).into_iter();
            found.extend(inner.map(|(w, t)| (if happens { w } else { way.of(w) }, t)));
        }
    }
    found
}

/// The places in which something lies: “a hotel in Arden”, “the market of Arden”; “the town of Arden” is Arden itself.
fn holding(
    compared: &Compared,
    map: &Map,
    scene: &Scene,
    token: usize,
    outer: Way,
    steps: usize,
) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let own = if map.place(scene, token).is_some() { Way::In } else { outer };
    let of = reading.children_by(token, &[Deprel::Nmod]);
    let of = of.filter(|&t| case(scene, t).is_some_and(|case| case == "of") && map.place(scene, t).is_some());
    let mut found: Vec<(Way, usize)> = of.map(|t| (own, t)).collect();
    let timed = reading.times.overlapping(reading.tokens[token]).next().is_some();
    let inner = below(compared, map, scene, token, steps).into_iter();
    found.extend(inner.filter(|(way, _)| timed || matches!(way, Way::In | Way::At)));
    found
}

/// Whether a noun means people, whose place is not that of what happens.
fn is_somebody(compared: &Compared, scene: &Scene, token: usize) -> bool {
    let entity = scene.entities[token].and_then(|e| compared.entities.get(e as usize));
    entity.is_some_and(|e| e.kind == ReferentKind::Person)
        || super::fact::is_people(scene, token, compared.lexicon)
        || compared.lexicon.people.role(&scene.lemma(token)).is_some()
}

impl Way {
    /// At, to or from.
    pub(crate) fn plain(self) -> Self {
        match self {
            Self::In | Self::At | Self::Out | Self::Near => Self::At,
            Self::To | Self::From => self,
        }
    }

    /// How what holds a place belongs to what the place belongs to: who is taken to a hospital in Arden is taken to Arden, who
    /// is outside a house in Arden is in Arden.
    fn of(self, inner: Self) -> Self {
        match self {
            Self::To | Self::From => self,
            Self::In | Self::At | Self::Out | Self::Near => inner,
        }
    }
}

/// The places of the verb that says that a happening took place, or to whom: “an explosion killed five in Arden”.
fn above(compared: &Compared, map: &Map, scene: &Scene, noun: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let (Some(verb), Some(relation)) = (scene.head(noun), scene.relation(noun)) else { return Vec::new() };
    let mut modes = compared.lexicon.sites.happenings(&scene.lemma(verb), true).map(|h| h.mode);
    let subject = matches!(relation, Deprel::Nsubj | Deprel::NsubjPass);
    if scene.upos(verb) != Some(Upos::Verb) {
        let copula = reading.children_by(verb, &[Deprel::Cop]).next().is_some();
        let way = case(scene, verb).and_then(|case| way(&case)).filter(|_| subject && copula);
        return way.map(|way| (way, verb)).into_iter().collect();
    }
    if relation == Deprel::Obj && modes.any(|m| m == Mode::Host) {
        return reading.children_by(verb, &[Deprel::Nsubj]).map(|t| (Way::At, t)).collect();
    }
    let mut modes = compared.lexicon.sites.happenings(&scene.lemma(verb), true).map(|h| h.mode);
    if !subject || !modes.any(|m| matches!(m, Mode::Light | Mode::Done | Mode::Once)) {
        return Vec::new();
    }
    let mut found = below(compared, map, scene, verb, CHAIN);
    found.extend(inside(compared, map, scene, verb));
    found
}

/// The place of the verb that a verb is joined to: “burst into the courtroom and shot him”.
fn before(compared: &Compared, map: &Map, scene: &Scene, verb: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let own = reading.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    let first = scene.head(verb).filter(|_| !own && scene.relation(verb) == Some(Deprel::Conj));
    let Some(first) = first.filter(|&v| scene.upos(v) == Some(Upos::Verb)) else { return Vec::new() };
    let kept = |(way, t): (Way, usize)| match way {
        Way::To if case(scene, t).is_some_and(|case| case == "into") => Some((Way::In, t)),
        Way::In | Way::At | Way::Out => Some((way, t)),
        Way::To | Way::From | Way::Near => None,
    };
    let object = |verb: usize| reading.children_by(verb, &[Deprel::Obj]).next().is_some();
    if object(first) && object(verb) {
        return Vec::new();
    }
    below(compared, map, scene, first, CHAIN).into_iter().filter_map(kept).collect()
}

fn case(scene: &Scene, token: usize) -> Option<String> {
    scene.report.reading.children_by(token, &[Deprel::Case]).next().map(|t| scene.lemma(t))
}

fn way(case: &str) -> Option<Way> {
    match case {
        "in" | "inside" | "within" => Some(Way::In),
        "at" | "on" | "aboard" => Some(Way::At),
        "outside" => Some(Way::Out),
        "to" | "into" => Some(Way::To),
        "from" => Some(Way::From),
        "near" | "through" | "by" | "off" | "during" | "after" => Some(Way::Near),
        _ => None,
    }
}

/// A place with its preposition.
fn shown(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let own = reading.tokens[token];
    let mut names = scene.report.findings.mentions.overlapping(own);
    let whole = names.find(|(span, _)| reading.head_of(reading.tokens_in(*span)) == Some(token));
    let whole = whole.map_or(own, |(span, _)| span);
    let case = reading.children_by(token, &[Deprel::Case]).next();
    case.filter(|c| c.abs_diff(token) <= NEAR).map_or(whole, |c| reading.tokens[c].cover(whole))
}
