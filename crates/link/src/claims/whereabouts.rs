//! Where something happened or lies: in one named place or another, inside or outside, in one part of the country or another.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::phrase;
use super::places::{Map, Place};
use super::scene::Scene;
use super::settings::{Setting, Who, happenings, settings};
use super::spots::Way;
use crate::words::folded;
use lexicon::sites::Mode;
use record::{Claim, Made, MentionForm, ReferentKind, Slot, TokenRange};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// Places that one report tells of one happening; of more, none is taken to hold another.
const CHAIN: usize = 8;

/// Conflicts in where events took place, and in the region in which places lie.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let scenes = || compared.scenes.iter().enumerate();
    let map = Map::of(compared);
    let told: Vec<Setting> = scenes().flat_map(|(r, scene)| settings(compared, &map, scene, r)).collect();
    let main = main(compared);
    let only = only(compared, &told);
    let mut places: Vec<Place> = told.iter().map(|setting| setting.place.clone()).collect();
    places.sort();
    places.dedup();
    let asked = told
        .iter()
        .filter(|s| !is_spread(s))
        .filter(|s| !is_alone(s) || main.contains(&(compared.parts[s.report], s.happening.kind)));
    let (mut sites, mut sides) = (Vec::new(), Vec::new());
    for setting in asked {
        let question = Question { compared, setting, only: &only };
        sites.extend(places.binary_search(&setting.place).ok().map(|i| question.site(i)));
        sides.extend(question.side());
    }
    let place = |told: &str| places.get(told.parse::<usize>().ok()?);
    let nested = nested(&told, &places);
    let elsewhere = |a: &str, b: &str| {
        let pair = (a.min(b).to_owned(), a.max(b).to_owned());
        place(a).zip(place(b)).is_some_and(|(a, b)| map.apart(a, b)) && !nested.contains(&pair)
    };
    let regions = scenes().flat_map(|(r, scene)| regions(scene, r)).collect();
    let done = "event and those in it";
    let mut claims = differing(sites, &kind(done, &elsewhere, "rule:link/claim-where@2"), compared);
    claims.extend(differing(sides, &kind(done, &|a, b| a != b, "rule:link/claim-side@2"), compared));
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

/// Whether reports of one story tell of one happening of a kind, whoever has part in it.
fn is_alone(setting: &Setting) -> bool {
    matches!(setting.happening.mode, Mode::Alone | Mode::Set)
}

/// Whether what happens may happen to many in many places.
fn is_spread(setting: &Setting) -> bool {
    setting.who == Who::All && setting.happening.kind != "hospital"
}

/// Places that one report tells together of one happening: one lies in the other, or they are a list.
fn nested(told: &[Setting], places: &[Place]) -> BTreeSet<(String, String)> {
    let mut together: BTreeMap<(usize, usize, Way), BTreeSet<String>> = BTreeMap::new();
    for setting in told {
        let place = places.binary_search(&setting.place).map(|i| i.to_string());
        let key = (setting.report, setting.token, setting.way.plain());
        together.entry(key).or_default().extend(place);
    }
    let pairs = together.values().filter(|places| places.len() <= CHAIN).flat_map(|places| {
        places.iter().flat_map(move |a| places.iter().map(move |b| (a.clone(), b.clone())))
    });
    pairs.filter(|(a, b)| a < b).collect()
}

/// Kinds of happening that at least half of the reports of a part tell of.
fn main(compared: &Compared) -> BTreeSet<(usize, &'static str)> {
    let mut tell: BTreeMap<(usize, &'static str), usize> = BTreeMap::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        let told = (0..scene.keys.len()).flat_map(|token| happenings(compared, scene, token));
        let kinds: BTreeSet<&str> = told.map(|happening| happening.kind).collect();
        kinds.into_iter().for_each(|kind| *tell.entry((compared.parts[report], kind)).or_default() += 1);
    }
    let size = |part: usize| compared.parts.iter().filter(|p| **p == part).count();
    tell.into_iter().filter(|((part, _), n)| 2 * n >= size(*part)).map(|(key, _)| key).collect()
}

/// The only one of whom reports of a part tell a kind of happening by name: who is told of without a name is the same.
fn only(compared: &Compared, told: &[Setting]) -> BTreeMap<(usize, &'static str), Who> {
    let mut named: BTreeMap<(usize, &'static str), BTreeSet<Who>> = BTreeMap::new();
    for setting in told.iter().filter(|s| matches!(s.who, Who::Named(_))) {
        let key = (compared.parts[setting.report], setting.happening.kind);
        named.entry(key).or_default().insert(setting.who);
    }
    named
        .into_iter()
        .filter(|(_, who)| who.len() == 1)
        .filter_map(|(key, who)| Some((key, *who.first()?)))
        .collect()
}

/// Where a happening was that is told of somebody.
struct Question<'a> {
    compared: &'a Compared<'a>,
    setting: &'a Setting,
    only: &'a BTreeMap<(usize, &'static str), Who>,
}

impl Question<'_> {
    fn detail(&self, asked: &str, told: String, words: &str) -> Detail {
        let Setting { report, token, happening, who, past, next, span, .. } = self.setting;
        let scene = &self.compared.scenes[*report];
        let one = self.only.get(&(self.compared.parts[*report], happening.kind));
        let who = match who {
            Who::One => one.unwrap_or(who),
            Who::Many(_) | Who::Thing(_) if happening.kind == "hospital" => &Who::All,
            who => who,
        };
        Detail {
            report: *report,
            of: xxh3_64(format!("{} {past} {next} {who:?} {asked}", happening.kind).as_bytes()),
            topic: format!("{words}: {}", phrase::clause(scene, self.compared.entities, *token)),
            told,
            evidence: scene.evidence(*span),
        }
    }

    /// At, to or from which place.
    fn site(&self, place: usize) -> Detail {
        let way = self.setting.way.plain();
        let words = match way {
            Way::To => "where to",
            Way::From => "where from",
            _ => "where",
        };
        self.detail(&format!("{way:?} {}", self.setting.place.level()), place.to_string(), words)
    }

    /// Inside or outside of a place of one sort.
    fn side(&self) -> Option<Detail> {
        let side = match self.setting.way {
            Way::In => "in",
            Way::Out => "out",
            Way::At | Way::Near | Way::To | Way::For | Way::From => return None,
        };
        let Place::Sort { sort, .. } = self.setting.place else { return None };
        Some(self.detail(&format!("side {sort}"), side.to_owned(), "inside or outside"))
    }
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
}
