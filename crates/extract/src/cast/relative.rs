//! “who”, “which”, “whom”: the noun that a relative clause says something of.

use super::Cast;
use super::source::{Phrase, Said, one_of};
use crate::view::View;
use record::{Deprel, MentionForm, ReferentKind, TokenRange, Upos, Xpos};

/// “who”, “which”: the noun that the relative clause hangs from; “who” asks for somebody, “which” agrees in number.
/// Only words before the pronoun count, so that “most of whom … who …” comes to an end.
pub fn relative(cast: &mut Cast, view: &View<'_>, token: usize, said: &Said) -> Option<usize> {
    let head = clause_head(view, token).filter(|&h| view.is_nominal(h) && suits(cast, view, token, h));
    let head = head.or_else(|| suitable_before(cast, view, token)).or_else(|| beside(view, token))?;
    let skip = [Deprel::AclRelcl, Deprel::Acl, Deprel::Conj, Deprel::Appos, Deprel::Parataxis];
    let phrase = view.phrase(head, &skip);
    let phrase = TokenRange::new(phrase.start as usize, token.min(phrase.end as usize));
    if head >= token {
        return None;
    }
    let entry = one_of(cast, view, Phrase { head, within: phrase, said: *said })?;
    cast.note(view, TokenRange::new(token, token + 1), entry, MentionForm::Pronoun);
    cast.why.how = "relative pronoun";
    Some(entry)
}

/// The noun that the relative clause of a pronoun hangs from by the tree.
fn clause_head(view: &View<'_>, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..12 {
        let head = view.head(at)?;
        if matches!(view.relation(at), Deprel::AclRelcl | Deprel::Acl | Deprel::AdvclRelcl) {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Whether a noun can be what a relative pronoun means.
fn suits(cast: &Cast, view: &View<'_>, token: usize, noun: usize) -> bool {
    let plural =
        |t: usize| view.reading.tags.get(t).is_some_and(|g| matches!(g.xpos, Xpos::Nns | Xpos::Nnps));
    if view.word(token).eq_ignore_ascii_case("who") {
        return is_somebody(cast, view, noun) || plural(noun);
    }
    let verb = view.head(token);
    let auxiliary = verb.and_then(|v| view.child(v, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]));
    let one = [auxiliary, verb]
        .into_iter()
        .flatten()
        .any(|t| view.reading.tags.get(t).is_some_and(|g| g.xpos == Xpos::Vbz));
    !(one && plural(noun))
}

fn is_somebody(cast: &Cast, view: &View<'_>, noun: usize) -> bool {
    let lemma = view.lemma(noun);
    let named = cast.name_at(noun).is_some_and(|n| {
        !matches!(cast.entries[n.named].referent.kind, ReferentKind::Event | ReferentKind::Product)
    });
    let lexicon = view.lexicon;
    let pronoun = view.is(noun, Upos::Pron) || view.is(noun, Upos::Num) || view.is(noun, Upos::Det);
    named || pronoun || lexicon.people.role(&lemma).is_some() || lexicon.states.body(&lemma).is_some()
}

/// The nearest noun before a relative pronoun that suits it, in its sentence.
fn suitable_before(cast: &Cast, view: &View<'_>, token: usize) -> Option<usize> {
    let sentence = view.sentence_tokens(view.sentence(token));
    let from = (sentence.start as usize).max(token.saturating_sub(20));
    let noun = |t: &usize| view.is(*t, Upos::Noun) || view.is(*t, Upos::Propn);
    let who = view.word(token).eq_ignore_ascii_case("who");
    let suits = |t: &usize| suits(cast, view, token, *t) && (!who || is_somebody(cast, view, *t));
    (from..token).rev().filter(noun).find(suits)
}

/// The nominal right before a relative pronoun, where the tree has no relative clause.
fn beside(view: &View<'_>, token: usize) -> Option<usize> {
    let before = token.checked_sub(1)?;
    let before = if view.word(before) == "," { before.checked_sub(1)? } else { before };
    (view.is_nominal(before) && view.sentence(before) == view.sentence(token)).then_some(before)
}
