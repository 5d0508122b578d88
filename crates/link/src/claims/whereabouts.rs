//! Where something happened or lies: in one named place or another, inside or outside, in one part of the country or another.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::{Mood, mood};
use super::phrase;
use super::scene::{Scene, lemma_key};
use crate::words::{folded, root};
use record::{Claim, Deprel, Made, MentionForm, ReferentKind, Slot, TokenRange, Upos};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// Letters that the nouns of “in the courtroom” and “outside the courthouse” must share.
const FRONT: usize = 4;
/// Tokens between two places that are named together.
const REACH: usize = 5;

/// Conflicts in where events took place, and in the region in which places lie.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let scenes = || compared.scenes.iter().enumerate();
    let contained = Contained::of(compared);
    let named = scenes().flat_map(|(r, scene)| named(compared, scene, r)).collect();
    let sides = scenes().flat_map(|(r, scene)| sides(compared, scene, r)).collect();
    let regions = scenes().flat_map(|(r, scene)| regions(scene, r)).collect();
    let elsewhere = |a: &str, b: &str| a != b && !contained.holds(a, b);
    let done = "event and those in it";
    let mut claims = differing(named, &kind(done, &elsewhere, "rule:link/claim-where@1"), compared);
    claims.extend(differing(sides, &kind(done, &across, "rule:link/claim-side@1"), compared));
    claims.extend(differing(regions, &kind("place", &opposed, "rule:link/claim-region@1"), compared));
    claims
}

fn kind<'a>(
    compared: &'static str,
    apart: &'a dyn Fn(&str, &str) -> bool,
    made_by: &'static str,
) -> Kind<'a> {
    Kind { slot: Slot::Place, compared, apart, confidence: 0.6, made_by: Made::by(made_by) }
}

/// Places that lie in one another, as reports name them together: “Arden, Velmark”.
struct Contained(BTreeSet<(String, String)>);

impl Contained {
    fn of(compared: &Compared) -> Self {
        let mut pairs = BTreeSet::new();
        for scene in compared.scenes {
            let places: Vec<usize> =
                (0..scene.keys.len()).filter(|&t| is_place(compared, scene, t)).collect();
            for pair in places.windows(2) {
                let near = pair[1] - pair[0] <= REACH;
                if let (Some(a), Some(b), true) = (scene.keys[pair[0]], scene.keys[pair[1]], near) {
                    pairs.insert((format!("{:016x}", a.min(b)), format!("{:016x}", a.max(b))));
                }
            }
        }
        Self(pairs)
    }

    /// Whether one of two places may lie in the other, or both are named as one list.
    fn holds(&self, a: &str, b: &str) -> bool {
        self.0.contains(&(a.min(b).to_owned(), a.max(b).to_owned()))
    }
}

fn is_place(compared: &Compared, scene: &Scene, token: usize) -> bool {
    let entity = scene.entities[token].and_then(|e| compared.entities.get(e as usize));
    entity.is_some_and(|e| e.kind == ReferentKind::Place)
}

/// Towns and other named places in which, or to or from which, something is said to have happened to somebody named.
fn named(compared: &Compared, scene: &Scene, report: usize) -> Vec<Detail> {
    let reading = &scene.report.reading;
    let mut found = Vec::new();
    for verb in events(compared, scene) {
        let Some(patient) = patient(scene, verb).filter(|&t| scene.entities[t].is_some()) else { continue };
        for place in reading.children_by(verb, &[Deprel::Obl]).filter(|&t| is_place(compared, scene, t)) {
            let case = reading.children_by(place, &[Deprel::Case]).map(|t| scene.lemma(t)).next();
            let Some(case) = case.filter(|c| ["in", "at", "to", "from"].contains(&c.as_str())) else {
                continue;
            };
            let name = reading.word(scene.text(), place);
            let (Some(key), Some(of)) = (scene.keys[place], scene.keys[patient]) else { continue };
            if compared.lexicon.states.state(name).is_some() {
                continue;
            }
            let Some(kind) = lemma_key(&scene.lemma(verb), compared.lexicon) else { continue };
            let way = if case == "at" { "in" } else { &case };
            found.push(Detail {
                report,
                of: xxh3_64(format!("{kind} {way} {of}").as_bytes()),
                topic: format!("{way} which place {}", phrase::clause(scene, compared.entities, verb)),
                told: format!("{key:016x}"),
                evidence: scene.evidence(reading.tokens[place]),
            });
        }
    }
    found
}

/// Verbs of a class of events, told as having taken place.
fn events<'a>(compared: &'a Compared, scene: &'a Scene) -> impl Iterator<Item = usize> + 'a {
    (0..scene.keys.len()).filter(move |&t| {
        let class = compared.lexicon.topics.class(&scene.lemma(t));
        scene.upos(t) == Some(Upos::Verb)
            && class.is_some_and(|class| !class.starts_with('@'))
            && mood(scene, t) == Mood::Real
            && !scene.report.article.is_boilerplate(scene.report.reading.tokens[t])
    })
}

/// To whom or what a verb says something was done.
fn patient(scene: &Scene, verb: usize) -> Option<usize> {
    let reading = &scene.report.reading;
    let of = |relations: &[Deprel]| reading.children_by(verb, relations).find(|&t| scene.keys[t].is_some());
    of(&[Deprel::Obj, Deprel::NsubjPass]).or_else(|| of(&[Deprel::Nsubj]))
}

/// “inside the bank”, “outside the bank”, of one event done to one.
fn sides(compared: &Compared, scene: &Scene, report: usize) -> Vec<Detail> {
    let reading = &scene.report.reading;
    let mut found = Vec::new();
    for verb in events(compared, scene) {
        let key = patient(scene, verb).and_then(|t| scene.keys[t]);
        let (Some(of), Some(kind)) = (key, lemma_key(&scene.lemma(verb), compared.lexicon)) else { continue };
        for place in reading.children_by(verb, &[Deprel::Obl]) {
            let Some(case) = reading.children_by(place, &[Deprel::Case]).next() else { continue };
            let side = match scene.lemma(case).as_str() {
                "in" | "inside" | "within" => "in",
                "outside" => "out",
                _ => continue,
            };
            let noun = root(&folded(&scene.lemma(place)));
            found.push(Detail {
                report,
                of: xxh3_64(format!("{kind} {of}").as_bytes()),
                topic: format!("inside or outside: {}", phrase::clause(scene, compared.entities, verb)),
                told: format!("{side} {noun}"),
                evidence: scene.evidence(reading.tokens[case].cover(reading.tokens[place])),
            });
        }
    }
    found
}

/// One inside, one outside of the same.
fn across(a: &str, b: &str) -> bool {
    let (Some((x, left)), Some((y, right))) = (a.split_once(' '), b.split_once(' ')) else { return false };
    let front = left.bytes().zip(right.bytes()).take_while(|(l, r)| l == r).count();
    x != y && front >= FRONT
}

/// “the southern town of Arden”, “Arden in central Velmark”: the part of the country in which a place lies.
fn regions(scene: &Scene, report: usize) -> Vec<Detail> {
    let reading = &scene.report.reading;
    let mut found = Vec::new();
    for (span, mention) in scene.report.findings.mentions.iter() {
        let place = mention.kind == ReferentKind::Place && mention.form == MentionForm::Name;
        let tokens = reading.tokens_in(span);
        let Some(token) = reading.head_of(tokens).filter(|_| place) else { continue };
        let Some((word, point)) = region_of(scene, tokens) else { continue };
        let (Some(key), false) = (scene.keys[token], scene.report.article.is_boilerplate(span)) else {
            continue;
        };
        let name = span.text(scene.text());
        found.push(Detail {
            report,
            of: xxh3_64(format!("region {key}").as_bytes()),
            topic: format!("in which part of the country {name} lies"),
            told: point,
            evidence: scene.evidence(reading.tokens[word].cover(span)),
        });
    }
    found
}

/// The word for the region of a place, as it stands beside its name: “the southern town of Arden”, “Arden in southern Velmark”.
fn region_of(scene: &Scene, name: TokenRange) -> Option<(usize, String)> {
    let (first, last) = (name.range().start, name.range().end);
    let lemma = |t: Option<usize>| t.map(|t| scene.lemma(t)).unwrap_or_default();
    let kind = |t: Option<usize>| KINDS.contains(&lemma(t).as_str());
    let back = |steps: usize| first.checked_sub(steps);
    let before = if lemma(back(1)) == "of" { 2 } else { 1 };
    let before = back(before).filter(|_| kind(back(before))).and_then(|t| t.checked_sub(1));
    let after = (lemma(Some(last)) == "in").then_some(last + 1);
    [before, after].into_iter().flatten().find_map(|t| Some((t, region(&lemma(Some(t)))?)))
}

/// Nouns for places that lie in a part of a country.
const KINDS: [&str; 8] = ["city", "town", "village", "port", "province", "capital", "resort", "island"];

/// The direction of a region's name: “southeastern” → “southeast”.
fn region(word: &str) -> Option<String> {
    let plain = folded(word);
    let plain = plain.strip_suffix("ern").unwrap_or(&plain);
    let known =
        ["central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"];
    known.contains(&plain).then(|| plain.to_owned())
}

/// Regions that share no direction: “south” and “southeast” do, “central” stands against all.
fn opposed(a: &str, b: &str) -> bool {
    let points = ["north", "south", "east", "west"];
    a != b && !points.iter().any(|point| a.contains(point) && b.contains(point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_without_a_common_direction_are_opposed() {
        assert_eq!(region("southeastern").as_deref(), Some("southeast"));
        assert_eq!(region("modern"), None);
        assert!(opposed("central", "southeast") && opposed("north", "southwest"));
        assert!(!opposed("south", "southeast") && !opposed("east", "east"));
    }

    #[test]
    fn inside_and_outside_are_across_from_each_other_of_one_building_only() {
        assert!(across("in courtr", "out courth"));
        assert!(!across("in courtr", "out hospit") && !across("in court", "in courth"));
    }
}
