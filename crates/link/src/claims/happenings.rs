//! Events that several reports tell: mentions in verbs and nouns of one kind, in reports of one happening.

use super::Compared;
use super::fact::is_people;
use super::phrase;
use super::scene::Scene;
use super::unsettled::is_negation;
use crate::words::{folded, root};
use lexicon::Lexicon;
use record::{Act, Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Made, Slot, Span, Upos};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

const MADE: Made = Made::by("rule:link/claim-event@3");

/// Longest evidence of an event in tokens: the word for it and who or what has part in it.
const EVIDENCE: usize = 8;
/// Reports from which an event is told though no more than a bare word for it is shared.
const MANY: usize = 3;
/// Groups of one kind, and mentions of each, that a mention with a number is compared with.
const GROUPS: usize = 50;
const PAIRS: usize = 50;

/// Whether something took place, as the words around it say: reports agree in an event only of one mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mood {
    Real,
    /// To come, possible, intended.
    Open,
    Denied,
}

/// A word for an event in one report.
struct Mention {
    report: usize,
    token: usize,
    /// Numbers of those who do it, and of those to whom it is done.
    numbers: [Vec<f64>; 2],
    /// What all that belongs to it stands for.
    parts: BTreeSet<u64>,
    /// The word belongs to a class of words for one kind of event, which reports of one happening tell of once.
    classed: bool,
}

/// One claim for each event that two reports of one part tell.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let verbs = verbs(compared.scenes);
    let mut events: BTreeMap<(usize, Mood, bool, u64), Vec<Mention>> = BTreeMap::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        for (token, span) in scene.report.reading.tokens.iter().enumerate() {
            let kind = kind(scene, token, &verbs, compared.lexicon);
            if let Some(kind) = kind.filter(|_| !scene.report.article.is_boilerplate(*span)) {
                let mood =
                    if is_denied(scene, *span, compared.lexicon) { Mood::Denied } else { mood(scene, token) };
                let event = (compared.parts[report], mood, is_another(scene, token, compared.lexicon), kind);
                events.entry(event).or_default().push(mention(scene, report, token, compared));
            }
        }
    }
    let groups = events.into_values().flat_map(together);
    groups.filter_map(|mentions| claim(&mentions, compared)).collect()
}

/// Relations of those who do something, and of those to whom it is done.
const ROLES: [&[Deprel]; 2] = [&[Deprel::Nsubj, Deprel::OblAgent], &[Deprel::Obj, Deprel::NsubjPass]];

/// Words that tell one of several people from the first.
const ANOTHER: [&str; 7] = ["another", "second", "third", "fourth", "fifth", "further", "additional"];

/// Whether others than the first have part in an event, as its words say: “a second woman was arrested”.
pub(crate) fn is_another(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let reading = &scene.report.reading;
    let other = |t: usize| {
        let mut marks = reading.children_by(t, &[Deprel::Det, Deprel::Amod]);
        let somebody = is_people(scene, t, lexicon) || lexicon.people.role(&scene.lemma(t)).is_some();
        somebody && marks.any(|m| m < t && ANOTHER.contains(&scene.lemma(m).as_str()))
    };
    ROLES.iter().any(|role| reading.children_by(token, role).any(other))
}

fn mention(scene: &Scene, report: usize, token: usize, compared: &Compared) -> Mention {
    let reading = &scene.report.reading;
    Mention {
        report,
        token,
        numbers: ROLES
            .map(|role| reading.children_by(token, role).flat_map(|t| number_of(scene, t)).collect()),
        parts: reading.children(token).filter_map(|t| scene.keys[t]).collect(),
        classed: compared.lexicon.topics.class(&folded(&scene.lemma(token))).is_some(),
    }
}

/// The number of a noun, or a number that stands for those it counts.
pub(crate) fn number_of(scene: &Scene, token: usize) -> Option<f64> {
    let reading = &scene.report.reading;
    let counted = scene.sentence(token).into_iter().flat_map(|s| reading.quantities.within(s));
    let mut own = counted.filter(|(span, quantity)| {
        quantity.head == Some(token as u32) || span.overlaps(reading.tokens[token])
    });
    own.next().map(|(_, quantity)| quantity.number)
}

/// Mentions of one kind that tell one event: numbers of those who have part in it keep mentions apart, as long as two
/// reports of one number are left; those without numbers go with the largest group.
fn together(mentions: Vec<Mention>) -> Vec<Vec<Mention>> {
    let (numbered, mut rest): (Vec<Mention>, Vec<Mention>) =
        mentions.into_iter().partition(|m| m.numbers.iter().any(|role| !role.is_empty()));
    let mut groups: Vec<Vec<Mention>> = Vec::new();
    for mention in numbered {
        let fits = |group: &&mut Vec<Mention>| group.iter().take(PAIRS).all(|m| m.fits(&mention));
        match groups.iter_mut().take(GROUPS).find(fits) {
            Some(group) => group.push(mention),
            None => groups.push(vec![mention]),
        }
    }
    let several = |group: &Vec<Mention>| group.iter().any(|m| m.report != group[0].report);
    if !groups.iter().any(several) {
        rest.extend(groups.into_iter().flatten());
        return vec![rest];
    }
    let largest = groups.iter().map(Vec::len).max().unwrap_or_default();
    if let Some(group) = groups.iter_mut().find(|group| group.len() == largest) {
        group.append(&mut rest);
    }
    groups
}

impl Mention {
    /// Whether no number speaks against two mentions telling one event.
    fn fits(&self, other: &Self) -> bool {
        !self.numbers.iter().zip(&other.numbers).any(|(a, b)| {
            !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.iter().any(|y| (x - y).abs() < 1e-9))
        })
    }
}

/// How sure it is that mentions tell one event: all reports name something that belongs to it as another does, two of
/// them, or none.
fn confidence(mentions: &[Mention]) -> f32 {
    let mut reports: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for mention in mentions {
        mention.parts.iter().for_each(|part| {
            reports.entry(*part).or_default().insert(mention.report);
        });
    }
    let shared: BTreeSet<usize> = reports.into_values().filter(|r| r.len() > 1).flatten().collect();
    let all: BTreeSet<usize> = mentions.iter().map(|m| m.report).collect();
    match shared.len() {
        0 => 0.4,
        n if n == all.len() => 0.85,
        _ => 0.7,
    }
}

/// Whether words are what somebody denies (“denied that he had been warned”).
fn is_denied(scene: &Scene, span: Span, lexicon: &Lexicon) -> bool {
    let statement = scene.said_in(span).and_then(|s| scene.report.findings.statement(s));
    let denies = |cue: Span| matches!(lexicon.speech.act(cue.text(scene.text()), ""), Some((Act::Deny, _)));
    statement.is_some_and(|s| s.act == Some(Act::Deny) && !s.negated && s.cue.is_some_and(denies))
}

/// Roots of all verbs: a noun of one of these roots names an event.
fn verbs(scenes: &[Scene]) -> BTreeSet<String> {
    let verbs = scenes.iter().flat_map(|scene| {
        let tokens = (0..scene.keys.len()).filter(|&t| scene.upos(t) == Some(Upos::Verb));
        tokens.map(|t| root(&folded(&scene.lemma(t))))
    });
    verbs.filter(|root| root.len() >= 3).collect()
}

/// The kind of event that a verb or noun names: the class of its word, or its root.
fn kind(scene: &Scene, token: usize, verbs: &BTreeSet<String>, lexicon: &Lexicon) -> Option<u64> {
    let word = folded(&scene.lemma(token));
    let upos = scene.upos(token)?;
    let reading = &scene.report.reading;
    let in_time = reading.tokens.get(token).is_some_and(|t| reading.times.overlapping(*t).next().is_some());
    if word.chars().count() < 2 || lexicon.topics.is_stop(&word) || scene.entities[token].is_some() || in_time
    {
        return None;
    }
    let class = lexicon.topics.class(&word).filter(|class| !class.starts_with('@'));
    let is_event = match upos {
        Upos::Verb => word.chars().any(char::is_alphabetic),
        Upos::Noun => {
            let person = lexicon.kinds.is_people(&word) || lexicon.people.role(&word).is_some();
            !person && (class.is_some() || !is_thing(&word, lexicon) && verbs.contains(&root(&word)))
        }
        Upos::Adj | Upos::Propn => class.is_some(),
        _ => false,
    };
    let name = class.map_or_else(|| root(&word), |class| format!("class {class}"));
    is_event.then(|| xxh3_64(name.as_bytes()))
}

/// Whether a word is known to name things, which do not happen.
fn is_thing(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.topics.class(word).is_some_and(|class| class.starts_with('@'))
}

/// Whether an auxiliary or conjunction leaves open if something takes place.
pub(crate) fn is_open(lemma: &str) -> bool {
    let open =
        ["will", "shall", "may", "might", "could", "would", "can", "should", "ll", "'ll", "if", "whether"];
    open.contains(&lemma)
}

/// What the auxiliaries and negations of a word say of whether it took place.
pub(crate) fn mood(scene: &Scene, token: usize) -> Mood {
    let reading = &scene.report.reading;
    let own = [Deprel::Aux, Deprel::Advmod, Deprel::Det, Deprel::Mark, Deprel::Cop];
    let mut children: Vec<usize> = reading.children_by(token, &own).collect();
    let joined = scene.relation(token) == Some(Deprel::Xcomp) && scene.upos(token) == Some(Upos::Verb);
    children.extend(
        scene
            .head(token)
            .filter(|_| joined)
            .into_iter()
            .flat_map(|h| reading.children_by(h, &[Deprel::Aux, Deprel::Advmod]).collect::<Vec<_>>()),
    );
    let nobody = |s: usize| reading.children_by(s, &[Deprel::Det]).any(|t| is_negation(scene, t));
    let subjects = &[Deprel::Nsubj, Deprel::NsubjPass];
    if children.iter().any(|&t| is_negation(scene, t)) || reading.children_by(token, subjects).any(nobody) {
        return Mood::Denied;
    }
    match children.iter().any(|&t| is_open(&scene.lemma(t))) {
        true => Mood::Open,
        false => Mood::Real,
    }
}

fn claim(mentions: &[Mention], compared: &Compared) -> Option<Claim> {
    let scenes = compared.scenes;
    let reports: BTreeSet<usize> = mentions.iter().map(|m| m.report).collect();
    if reports.len() < 2 {
        return None;
    }
    let told = |m: &Mention| phrase::clause(&scenes[m.report], compared.entities, m.token);
    let fullest = |m: &&Mention| {
        (arguments(&scenes[m.report], m.token), std::cmp::Reverse((told(m).len() > 60, m.report, m.token)))
    };
    let shown = mentions.iter().max_by_key(fullest)?;
    let topic = told(shown);
    let verb = |m: &&Mention| scenes[m.report].upos(m.token) == Some(Upos::Verb);
    let empty = |m: &Mention| !m.classed && arguments(&scenes[m.report], m.token) == 0;
    let bare = !topic.contains(' ') || mentions.iter().any(|m| verb(&m)) && mentions.iter().all(empty);
    if verb(&shown) && !topic.contains(' ') || bare && reports.len() < MANY {
        return None;
    }
    let evidence_of = |m: &Mention| {
        let scene = &scenes[m.report];
        let whole = std::ptr::eq(m, shown);
        scene.evidence(if whole { covering(scene, m.token) } else { words(scene, m.token) })
    };
    let mut evidence: Vec<Evidence> = mentions.iter().map(evidence_of).collect();
    evidence.sort_unstable();
    evidence.dedup();
    Some(Claim {
        reason: format!("the same event in {} reports: {topic}", reports.len()),
        slot: Slot::Event,
        relation: ClaimRelation::Agree,
        values: vec![ClaimValue { value: topic.clone(), number: None, unit: None, text: None, evidence }],
        topic,
        independent_origins: compared.origins.count(reports.iter().map(|&r| scenes[r].article)),
        confidence: confidence(mentions),
        made_by: MADE,
    })
}

/// The word of an event with the nearest of those who have part in it, as far as no other verb, number or time
/// stands between.
pub(crate) fn covering(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
    let plain = |span: Span| {
        let tokens = reading.tokens_in(span);
        let verb = |t: usize| t != token && scene.upos(t) == Some(Upos::Verb);
        tokens.len() <= EVIDENCE
            && !tokens.range().any(verb)
            && reading.quantities.overlapping(span).next().is_none()
            && reading.times.overlapping(span).next().is_none()
    };
    reading.children_by(token, &core).fold(words(scene, token), |span, argument| {
        let wider = span.cover(reading.tokens[argument]);
        if plain(wider) { wider } else { span }
    })
}

/// How many of subject and object a mention names.
fn arguments(scene: &Scene, token: usize) -> usize {
    let subject = phrase::participant(scene, token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    let object = phrase::participant(scene, token, &[Deprel::Obj]).is_some();
    usize::from(subject) + usize::from(object)
}

/// The word of an event, with the particle of its verb: its arguments may name other events.
pub(crate) fn words(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let particle = reading.children_by(token, &[Deprel::CompoundPrt]).find(|&t| t == token + 1);
    reading.tokens[token].cover(reading.tokens[particle.unwrap_or(token)])
}
