//! The places that belong to a verb or noun: below it, below what it takes, of the verb above it or before it, and those they lie in.

use super::Compared;
use super::places::Map;
use super::scene::Scene;
use super::settings::{happenings, is_somebody};
use lexicon::sites::Mode;
use record::{Deprel, Span, Upos};

/// Words joined by “and”, and places in one another, that are followed.
pub(crate) const CHAIN: usize = 6;
/// Tokens between a preposition and its place in evidence.
const NEAR: usize = 4;

/// How a place belongs to a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Way {
    In,
    At,
    Out,
    /// In the neighbourhood, or only in a way that has a place itself: “near a church in Arden”, “during a raid in Arden”.
    Near,
    To,
    /// To, of what goes somewhere: “bound for Arden”.
    For,
    From,
}

/// The tokens that head the places of a verb or noun, with how they belong to it.
pub(crate) fn spots(compared: &Compared, map: &Map, scene: &Scene, token: usize) -> Vec<(Way, usize)> {
    let reading = &scene.report.reading;
    let mut found = below(compared, map, scene, token, CHAIN);
    found.extend(object_place(compared, map, scene, token));
    match scene.upos(token) {
        Some(Upos::Noun | Upos::Adj) => {
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

/// The place that is the object of its verb: “stormed a hotel in Arden”, “rocked Arden”.
fn object_place(compared: &Compared, map: &Map, scene: &Scene, verb: usize) -> Vec<(Way, usize)> {
    let modes: Vec<Mode> =
        compared.lexicon.sites.happenings(&scene.lemma(verb), true).map(|h| h.mode).collect();
    if scene.upos(verb) != Some(Upos::Verb) || !modes.contains(&Mode::Object) {
        return Vec::new();
    }
    let way = if modes.contains(&Mode::To) { Way::To } else { Way::At };
    let objects = scene.report.reading.children_by(verb, &[Deprel::Obj]);
    let places = objects.filter(|&t| map.place(scene, t).is_some());
    places.flat_map(|t| holding(compared, map, scene, t, way, CHAIN).into_iter().chain([(way, t)])).collect()
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

impl Way {
    /// At, to or from.
    pub(crate) fn plain(self) -> Self {
        match self {
            Self::In | Self::At | Self::Out | Self::Near => Self::At,
            Self::To | Self::For => Self::To,
            Self::From => self,
        }
    }

    /// How what holds a place belongs to what the place belongs to: who is taken to a hospital in Arden is taken to Arden, who
    /// is outside a house in Arden is in Arden.
    fn of(self, inner: Self) -> Self {
        match self {
            Self::To | Self::For | Self::From => self,
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
    let object = relation == Deprel::Obj;
    let tells = |m: Mode| match m {
        Mode::Light => subject || object,
        Mode::Done | Mode::Once | Mode::Object => subject,
        _ => false,
    };
    if !modes.any(tells) {
        return Vec::new();
    }
    let mut found = below(compared, map, scene, verb, CHAIN);
    found.extend(inside(compared, map, scene, verb));
    let widely = happenings(compared, scene, noun).iter().any(|h| h.kind == "quake");
    found.extend(object_place(compared, map, scene, verb).into_iter().filter(|_| !widely));
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
        Way::To | Way::For | Way::From | Way::Near => None,
    };
    let object = |verb: usize| reading.children_by(verb, &[Deprel::Obj]).next().is_some();
    if object(first) && object(verb) {
        return Vec::new();
    }
    below(compared, map, scene, first, CHAIN).into_iter().filter_map(kept).collect()
}

pub(crate) fn case(scene: &Scene, token: usize) -> Option<String> {
    let reading = &scene.report.reading;
    let particle = || {
        let before = token.checked_sub(1).filter(|&t| scene.relation(t) == Some(Deprel::CompoundPrt))?;
        (scene.head(before) == scene.head(token)).then_some(before)
    };
    reading.children_by(token, &[Deprel::Case]).next().or_else(particle).map(|t| scene.lemma(t))
}

fn way(case: &str) -> Option<Way> {
    match case {
        "in" | "inside" | "within" => Some(Way::In),
        "at" | "on" | "aboard" | "off" | "through" => Some(Way::At),
        "outside" => Some(Way::Out),
        "to" | "into" => Some(Way::To),
        "from" => Some(Way::From),
        "for" | "towards" | "toward" => Some(Way::For),
        "near" | "by" | "during" | "after" => Some(Way::Near),
        _ => None,
    }
}

/// A place with its preposition.
pub(crate) fn shown(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let own = reading.tokens[token];
    let mut names = scene.report.findings.mentions.overlapping(own);
    let whole = names.find(|(span, _)| reading.head_of(reading.tokens_in(*span)) == Some(token));
    let whole = whole.map_or(own, |(span, _)| span);
    let case = reading.children_by(token, &[Deprel::Case]).next();
    case.filter(|c| c.abs_diff(token) <= NEAR).map_or(whole, |c| reading.tokens[c].cover(whole))
}

/// A word and those joined to it by “and”.
pub(crate) fn with_joined<'a>(scene: &'a Scene, token: usize) -> impl Iterator<Item = usize> + 'a {
    std::iter::once(token).chain(scene.report.reading.children_by(token, &[Deprel::Conj]).take(CHAIN))
}
