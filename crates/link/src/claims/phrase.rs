//! Topics in words: a noun with what describes it, a verb with its subject and object, names in full.

use super::scene::Scene;
use record::{Deprel, Entity, Upos};

/// Longest phrase around a noun, in tokens.
const PHRASE: usize = 6;

/// A noun with what stands before it and belongs to it, or the full name of whom it means.
pub(crate) fn nominal(scene: &Scene, entities: &[Entity], token: usize) -> String {
    if let Some(entity) = scene.entities[token].and_then(|e| entities.get(e as usize)) {
        return entity.name.clone();
    }
    let before = [Deprel::Amod, Deprel::Compound, Deprel::Flat, Deprel::NmodPoss];
    let reading = &scene.report.reading;
    let number = |t: usize| scene.upos(t) == Some(Upos::Num);
    let mut tokens: Vec<usize> = reading
        .children_by(token, &before)
        .filter(|&t| t + PHRASE > token && t < token + 2 && !number(t) && scene.upos(t) != Some(Upos::Pron))
        .collect();
    tokens.push(token);
    tokens.sort_unstable();
    let word = |t: &usize| reading.word(scene.text(), *t);
    tokens.iter().map(word).collect::<Vec<_>>().join(" ").replace("- ", "-")
}

/// A verb as written with its particles, subject and object: “the navy rescued the ship” → “navy rescued ship”.
pub(crate) fn clause(scene: &Scene, entities: &[Entity], verb: usize) -> String {
    let reading = &scene.report.reading;
    if scene.upos(verb) != Some(Upos::Verb) {
        let of = reading.children_by(verb, &[Deprel::Nmod]).find(|&t| t > verb && scene.keys[t].is_some());
        let of = of.and_then(|t| {
            let case = reading.children_by(t, &[Deprel::Case]).next()?;
            Some(format!(" {} {}", reading.word(scene.text(), case), nominal(scene, entities, t)))
        });
        return format!("{}{}", nominal(scene, entities, verb), of.unwrap_or_default());
    }
    let nominal = |t: usize| nominal(scene, entities, t);
    let subject = [Deprel::Nsubj, Deprel::NsubjPass];
    let own = [Deprel::Aux, Deprel::AuxPass, Deprel::CompoundPrt];
    let mut own: Vec<usize> = reading.children_by(verb, &own).chain([verb]).collect();
    own.extend(
        reading.children_by(verb, &[Deprel::Advmod]).filter(|&t| super::unsettled::is_negation(scene, t)),
    );
    own.sort_unstable();
    let mut words: Vec<String> = participant(scene, verb, &subject).map(nominal).into_iter().collect();
    words.extend(own.iter().map(|&t| reading.word(scene.text(), t).to_owned()));
    match participant(scene, verb, &[Deprel::Obj]) {
        Some(object) => words.push(nominal(object)),
        None => words.extend(adjunct(scene, entities, verb)),
    }
    words.join(" ").replace(" n't", "n't").replace(" n’t", "n’t")
}

/// The first argument of a kind that is a noun or a name, a pronoun only if its entity is known.
pub(crate) fn participant(scene: &Scene, verb: usize, relations: &[Deprel]) -> Option<usize> {
    let noun =
        |t: &usize| matches!(scene.upos(*t), Some(Upos::Noun | Upos::Propn)) || scene.entities[*t].is_some();
    scene.report.reading.children_by(verb, relations).find(noun)
}

/// The nearest adverbial with its preposition, where there is no object.
fn adjunct(scene: &Scene, entities: &[Entity], verb: usize) -> Option<String> {
    let reading = &scene.report.reading;
    let token = participant(scene, verb, &[Deprel::Obl]).filter(|&t| t > verb)?;
    if reading.times.overlapping(reading.tokens[token]).next().is_some() {
        return None;
    }
    let case = reading.children_by(token, &[Deprel::Case]).next()?;
    Some(format!("{} {}", reading.word(scene.text(), case), nominal(scene, entities, token)))
}
