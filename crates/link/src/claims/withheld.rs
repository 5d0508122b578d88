//! A report says that somebody's name is not given out; another report gives it.

use super::happenings::Mood;
use super::mood::told_mood;
use super::scene::Scene;
use super::unsettled::{clause, is_negated};
use crate::credits::Origins;
use lexicon::Lexicon;
use record::{
    Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Made, MentionForm, ReferentKind, Slot, Span, Upos,
};
use std::collections::{BTreeMap, BTreeSet};

/// Tokens of a clause that names somebody.
const CLAUSE: usize = 40;

const MADE: Made = Made::by("rule:link/claim-withheld@2");

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Victim,
    Suspect,
}

/// One update for each role whose name some reports of a part withhold and others give.
pub(crate) fn claims(scenes: &[Scene], parts: &[usize], origins: &Origins, lexicon: &Lexicon) -> Vec<Claim> {
    let mut sides: BTreeMap<(usize, Role), [Vec<Evidence>; 2]> = BTreeMap::new();
    let roles = roles(scenes, lexicon);
    for (scene, &part) in scenes.iter().zip(parts) {
        for (role, span) in aged(scene, &roles) {
            sides.entry((part, role)).or_default()[1].push(scene.evidence(span));
        }
        for token in 0..scene.keys.len() {
            for (side, found) in
                [withheld(scene, token, lexicon), named(scene, token, lexicon)].into_iter().enumerate()
            {
                let found = found.filter(|(_, span)| !scene.report.article.is_boilerplate(*span));
                if let Some((role, span)) = found {
                    sides.entry((part, role)).or_default()[side].push(scene.evidence(span));
                }
            }
        }
    }
    sides.into_iter().filter_map(|((_, role), sides)| claim(scenes, role, sides, origins)).collect()
}

/// “The name of the victim has not been released”.
fn withheld(scene: &Scene, verb: usize, lexicon: &Lexicon) -> Option<(Role, Span)> {
    if scene.upos(verb) != Some(Upos::Verb) || !lexicon.topics.is_of("withhold", &scene.lemma(verb)) {
        return None;
    }
    let range = scene.report.reading.subtree(verb);
    let asked = |t: usize| lexicon.topics.is_of("person", &scene.lemma(t)) || scene.lemma(t) == "name";
    let short = range.len() <= CLAUSE && range.range().any(asked) && is_negated(scene, verb);
    let before = |first: usize| first.saturating_sub(CLAUSE)..first;
    let role = role(scene, range.range(), lexicon).or_else(|| {
        let owned = range.range().any(|t| ["his", "her", "he", "she"].contains(&scene.lemma(t).as_str()));
        role(scene, before(range.range().start), lexicon).filter(|_| owned)
    });
    Some((role.filter(|_| short)?, clause(scene, verb)?))
}

/// People who were killed, and those who were arrested or charged, as some report tells.
fn roles(scenes: &[Scene], lexicon: &Lexicon) -> BTreeSet<(Role, u32)> {
    let told =
        |scene: &Scene| (0..scene.keys.len()).filter_map(|t| bearer(scene, t, lexicon)).collect::<Vec<_>>();
    scenes.iter().flat_map(told).collect()
}

/// “Jan Venn was charged”, “killing Ana Venn”: to whom it was done.
fn bearer(scene: &Scene, verb: usize, lexicon: &Lexicon) -> Option<(Role, u32)> {
    let role = match lexicon.topics.class(&scene.lemma(verb))? {
        "die" => Role::Victim,
        "arrest" | "charge" => Role::Suspect,
        _ => return None,
    };
    if scene.upos(verb) != Some(Upos::Verb) || told_mood(scene, verb, lexicon) != Mood::Real {
        return None;
    }
    let mut patients = scene.report.reading.children_by(verb, &[Deprel::Obj, Deprel::NsubjPass]);
    patients.find_map(|t| scene.entities[t]).map(|entity| (role, entity))
}

/// “Ana Venn, 38”: the first full name with an age of somebody in a role.
fn aged(scene: &Scene, roles: &BTreeSet<(Role, u32)>) -> Vec<(Role, Span)> {
    let reading = &scene.report.reading;
    let names = scene.report.findings.mentions.iter().filter(|(span, m)| {
        let after = scene.text().get(span.end as usize..).unwrap_or_default();
        let age = after.trim_start_matches([',', ' ', '(']).starts_with(|c: char| c.is_ascii_digit());
        let full = span.text(scene.text()).contains(char::is_whitespace);
        m.kind == ReferentKind::Person && m.form == MentionForm::Name && age && full
    });
    let mut found: BTreeMap<Role, Span> = BTreeMap::new();
    for (span, _) in names {
        let entity = reading.head_of(reading.tokens_in(span)).and_then(|t| scene.entities[t]);
        for role in [Role::Victim, Role::Suspect] {
            if entity.is_some_and(|entity| roles.contains(&(role, entity))) {
                found.entry(role).or_insert(span);
            }
        }
    }
    found.into_iter().collect()
}

/// “Police identified the victim as Ana Venn”.
fn named(scene: &Scene, verb: usize, lexicon: &Lexicon) -> Option<(Role, Span)> {
    let reading = &scene.report.reading;
    if scene.upos(verb) != Some(Upos::Verb)
        || !lexicon.topics.is_of("identify", &scene.lemma(verb))
        || is_negated(scene, verb)
    {
        return None;
    }
    let range = reading.subtree(verb);
    let span = reading.span_of(range).filter(|_| range.len() <= CLAUSE)?;
    let mut people = scene.report.findings.mentions.within(span);
    let own = reading.tokens[verb];
    let (name, _) = people.find(|(name, m)| {
        m.kind == ReferentKind::Person && m.form == MentionForm::Name && name.start > own.start
    })?;
    Some((role(scene, range.range(), lexicon)?, own.cover(name)))
}

/// Whose name a clause is about: the first word for a victim or a suspect tells.
fn role(scene: &Scene, mut range: std::ops::Range<usize>, lexicon: &Lexicon) -> Option<Role> {
    range.find_map(|t| {
        let lemma = scene.lemma(t);
        match () {
            () if lexicon.topics.is_of("victim", &lemma) => Some(Role::Victim),
            () if lexicon.topics.is_of("accused", &lemma) => Some(Role::Suspect),
            () => None,
        }
    })
}

fn claim(scenes: &[Scene], role: Role, sides: [Vec<Evidence>; 2], origins: &Origins) -> Option<Claim> {
    let reports = |side: &[Evidence]| side.iter().map(|e| e.article).collect::<BTreeSet<_>>();
    let (withheld, mut named) = (reports(&sides[0]), sides[1].clone());
    named.retain(|e| !withheld.contains(&e.article));
    let (first, other) = (*sides[0].first()?, *named.first()?);
    let words = |e: &Evidence| {
        let text = scenes.get(e.article.0 as usize).map_or("", |scene| e.span.text(scene.text()));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let topic = match role {
        Role::Victim => "name of the victim",
        Role::Suspect => "name of the suspect",
    };
    let value = |evidence: Vec<Evidence>, text: &str| ClaimValue {
        value: words(&evidence[0]),
        number: None,
        unit: None,
        text: Some(text.to_owned()),
        evidence,
    };
    let reason = format!("{topic}: withheld (“{}”), then given (“{}”)", words(&first), words(&other));
    let articles: BTreeSet<_> = withheld.into_iter().chain(reports(&named)).collect();
    Some(Claim {
        topic: topic.to_owned(),
        slot: Slot::Person,
        relation: ClaimRelation::Update,
        values: vec![value(sides[0].clone(), "withheld"), value(named, "given")],
        independent_origins: origins.count(articles.into_iter()),
        reason,
        confidence: 0.75,
        made_by: MADE,
    })
}
