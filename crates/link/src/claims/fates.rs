//! What becomes of those whom a number counts: the dead, the hurt, the missing, those held.
//!
//! Reports give the news' own figures in words that share nothing (“killing at least nine of its men”, “the toll stood at 11”):
//! which figure it is, is told by the words of `topics/fates.txt` and the number's place beside them.

use super::scene::Scene;
use lexicon::Lexicon;
use record::{Deprel, Upos, Xpos};

/// Tokens before a number within which the noun for a sum stands: “the number of people known to have died rose to 17”.
const BEFORE: usize = 16;
/// The same behind a number: “raising to twelve the number of people killed”.
const BEHIND: usize = 3;
/// Tokens behind the noun for a sum that may name its fate.
const NAMED: usize = 9;

/// The fate of those whom a number at the first token counts; the second is the thing counted, or the number again.
pub(crate) fn fate(scene: &Scene, [at, head]: [usize; 2], lexicon: &Lexicon) -> Option<&'static str> {
    let own = || lexicon.topics.fate("of", &scene.lemma(head)).filter(|_| head != at);
    let beside = || beside(scene, at.max(head) + 1, lexicon);
    // “Nine of its men”: what is counted hangs on the number.
    let top = if scene.head(head) == Some(at) { at } else { head };
    let told = || below(scene, head, lexicon).or_else(|| above(scene, top, lexicon));
    beside().or_else(told).or_else(own).or_else(|| summed(scene, at, lexicon))
}

/// The word directly behind: “14 dead”, “nine people killed in the blast”.
fn beside(scene: &Scene, next: usize, lexicon: &Lexicon) -> Option<&'static str> {
    let participle = scene.relation(next) == Some(Deprel::Acl) && is_participle(scene, next);
    match scene.upos(next)? {
        Upos::Adj | Upos::Noun => lexicon.topics.fate("of", &scene.lemma(next)),
        Upos::Verb if participle => lexicon.topics.fate("object", &scene.lemma(next)),
        _ => None,
    }
}

fn is_participle(scene: &Scene, token: usize) -> bool {
    scene.report.reading.tags.get(token).is_some_and(|tag| tag.xpos == Xpos::Vbn)
}

/// A clause that describes those counted: “people who were injured”, “those known to have died”.
fn below(scene: &Scene, head: usize, lexicon: &Lexicon) -> Option<&'static str> {
    let reading = &scene.report.reading;
    reading.children_by(head, &[Deprel::Acl, Deprel::AclRelcl]).find_map(|verb| {
        let inner = reading.children_by(verb, &[Deprel::Xcomp]);
        std::iter::once(verb).chain(inner).find_map(|verb| {
            let passive = reading.children_by(verb, &[Deprel::NsubjPass, Deprel::AuxPass]).next().is_some();
            let plain = is_participle(scene, verb) && scene.relation(verb) == Some(Deprel::Acl);
            let role = if passive || plain { "object" } else { "subject" };
            lexicon.topics.fate(role, &named(scene, verb))
        })
    })
}

/// The verb or state that those counted stand under: “nine died”, “31 are in custody”, “lost their lives”.
fn above(scene: &Scene, head: usize, lexicon: &Lexicon) -> Option<&'static str> {
    let (topics, reading) = (&lexicon.topics, &scene.report.reading);
    let verb = scene.head(head)?;
    let lemma = named(scene, verb);
    let under =
        |relation: Deprel| reading.children_by(verb, std::slice::from_ref(&relation)).collect::<Vec<_>>();
    let state = || under(Deprel::Xcomp).into_iter().find_map(|t| topics.fate("of", &scene.lemma(t)));
    let life = |t: &usize| scene.lemma(*t) == "life";
    match scene.relation(head)? {
        Deprel::NsubjPass => topics.fate("object", &lemma).or_else(state),
        Deprel::Nsubj if scene.upos(verb) != Some(Upos::Verb) => topics.fate("of", &lemma),
        Deprel::Nsubj if lemma == "lose" && under(Deprel::Obj).iter().any(life) => Some("dead"),
        Deprel::Nsubj => topics.fate("subject", &lemma).or_else(state),
        Deprel::Obj if life(&head) && ["claim", "cost", "take", "lose"].contains(&lemma.as_str()) => {
            Some("dead")
        }
        Deprel::Obj => topics.fate("object", &lemma),
        _ => None,
    }
}

/// The lemma of a verb, with its particle: “break-out”.
fn named(scene: &Scene, verb: usize) -> String {
    let particle = scene.report.reading.children_by(verb, &[Deprel::CompoundPrt]).next();
    let lemma = scene.lemma(verb);
    particle.map_or(lemma.clone(), |t| format!("{lemma}-{}", scene.lemma(t)))
}

/// The noun for a sum that a number is put to: “the death toll stood at 19”, “raising to twelve the number of dead”.
fn summed(scene: &Scene, at: usize, lexicon: &Lexicon) -> Option<&'static str> {
    let reading = &scene.report.reading;
    let sentence = reading.sentences[reading.sentence_of(at)?].tokens.range();
    let sum = |t: &usize| lexicon.topics.fate("sum", &scene.lemma(*t)).is_some();
    let number = |t: &usize| scene.upos(*t) == Some(Upos::Num);
    let put = (sentence.start..at).rev().find(|t| !is_bound(scene, *t))?;
    if !["to", "at", "of", "reach", "pass", "be", "now"].contains(&scene.lemma(put).as_str()) {
        return None;
    }
    let told = |noun: usize, until: usize| {
        let words = (noun.saturating_sub(1).max(sentence.start)..until).filter(|t| *t != noun);
        let roles = ["of", "object", "subject"];
        let found = words
            .map(|t| scene.lemma(t))
            .find_map(|lemma| roles.iter().find_map(|role| lexicon.topics.fate(role, &lemma)));
        found.or_else(|| (scene.lemma(noun) == "toll").then_some("dead"))
    };
    let from = sentence.start.max(at.saturating_sub(BEFORE));
    let before = (from..put).rev().take_while(|t| !number(t)).find(sum);
    let behind = || (at + 1..sentence.end.min(at + 1 + BEHIND)).find(sum);
    match before {
        Some(noun) => told(noun, put),
        None => behind().and_then(|noun| told(noun, sentence.end.min(noun + NAMED))),
    }
}

/// Words that bound a number: “at least”, “about”.
pub(crate) fn is_bound(scene: &Scene, token: usize) -> bool {
    let words = [
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "least",
        "most",
        "more",
        "less",
        "than",
        "over",
        "roughly",
        "approximately",
        "just",
        "under",
        "only",
    ];
    let word = |t: usize| scene.report.reading.word(scene.text(), t).to_lowercase();
    let least = word(token) == "at" && ["least", "most"].contains(&word(token + 1).as_str());
    least || words.contains(&word(token).as_str())
}
