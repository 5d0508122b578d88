//! Words that name an event, and the rule that says so.

use super::clause;
use crate::view::View;
use lexicon::events::{EventRule, Slot, Word};
use record::{Deprel, EventType, Span, TokenRange, Upos};

/// A word that names an event.
#[derive(Clone, Debug)]
pub(super) struct Trigger<'l> {
    /// The word.
    pub(super) token: usize,
    /// The word the rule wanted beside it.
    pub(super) with: Option<usize>,
    /// The rule.
    pub(super) rule: &'l EventRule,
    /// The words that name the event.
    pub(super) span: Span,
    /// Whether it is a verb (or a predicate adjective).
    pub(super) verb: bool,
}

/// Words farther apart than this are not shown as one trigger.
const NEAR: usize = 4;

/// All triggers of an article, in text order, without those that only spell out another one (“agreed to visit”).
pub(super) fn triggers<'l>(view: &View<'l>) -> Vec<Trigger<'l>> {
    let all: Vec<Trigger<'l>> = (0..view.reading.tokens.len()).filter_map(|t| trigger(view, t)).collect();
    let mut taken: Vec<usize> = all.iter().filter_map(|t| t.with).collect();
    taken.sort_unstable();
    let embeds: Vec<usize> = all.iter().filter(|t| embeds(t.rule.kind)).map(|t| t.token).collect();
    all.iter()
        .filter(|t| taken.binary_search(&t.token).is_err() && !spells_out(view, t.token, &embeds))
        .cloned()
        .collect()
}

/// Types whose complement says what is agreed, asked, refused or threatened: one event, not two.
fn embeds(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree | EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse
    )
}

/// Whether the word lies in the complement of one of these triggers.
fn spells_out(view: &View<'_>, token: usize, embeds: &[usize]) -> bool {
    let mut at = token;
    while let Some(head) = view.head(at) {
        let complement = matches!(
            view.relation(at),
            Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Acl
                | Deprel::Advcl
                | Deprel::Obj
                | Deprel::Obl
                | Deprel::Nmod
        );
        if !complement && view.relation(at) != Deprel::Conj {
            return false;
        }
        if embeds.binary_search(&head).is_ok() {
            return complement;
        }
        at = head;
    }
    false
}

pub(super) fn trigger<'l>(view: &View<'l>, token: usize) -> Option<Trigger<'l>> {
    let tag = view.reading.tags.get(token)?;
    let word = match tag.upos {
        Upos::Verb => Word::Verb,
        Upos::Noun => Word::Noun,
        Upos::Adj => Word::Adjective,
        _ => return None,
    };
    let lemma = view.lemma(token);
    let idiom = |c: usize| {
        view.relation(c) == Deprel::Compound && view.lexicon.events.is_idiom(&view.lemma(c), &lemma)
    };
    let object =
        || clause::object(view, token).is_some_and(|o| view.lexicon.events.is_idiom(&lemma, &view.lemma(o)));
    if word == Word::Noun && view.children(token).any(idiom) || word == Word::Verb && object() {
        return None;
    }
    let rules = || view.lexicon.events.of(word, &lemma).filter(|r| may_fire(view, token, r));
    let later = |later: bool| rules().filter(move |r| r.later == later);
    let bare = |late| later(late).find(|r| r.with.is_empty() && governs(view, token, r)).map(|r| (r, None));
    let wants = rules().any(|r| !r.with.is_empty());
    let near = if wants { [objects(view, token), dependents(view, token)] } else { Default::default() };
    let words: Vec<Words> =
        near.iter().flat_map(|own| [beside(view, own), beside_below(view, own)]).collect();
    let with = |late| {
        let wanting = || later(late).filter(|r| !r.with.is_empty());
        words.iter().find_map(|at| wanting().find_map(|r| Some((r, Some(among(at, &r.with)?)))))
    };
    let (rule, with) = [false, true].into_iter().find_map(|late| with(late).or_else(|| bare(late)))?;
    let span = *view.reading.tokens.get(token)?;
    let in_name =
        || view.reading.names.overlapping(span).any(|(name, _)| name.contains(span) && name != span);
    let written = view.word(token).starts_with(char::is_uppercase);
    if view.is_aside(span) || word == Word::Verb && written && in_name() {
        return None;
    }
    let span = extent(view, token, rule, with).unwrap_or(span);
    let trigger = Trigger { token, with, rule, span, verb: word != Word::Noun };
    (!describes(view, &trigger)).then_some(trigger)
}

/// A participle before a noun tells what somebody is, not what happens (“a trained pilot”, “the alleged plot”); what was
/// done to those who are arrested or attacked is told by it all the same (“the captured airman”).
fn describes(view: &View<'_>, trigger: &Trigger<'_>) -> bool {
    let attribute = view.is(trigger.token, Upos::Verb) && view.relation(trigger.token) == Deprel::Amod;
    attribute && !matches!(trigger.rule.kind, EventType::Assault | EventType::Coerce)
}

/// Whether the rule's conditions on the word itself hold.
fn may_fire(view: &View<'_>, token: usize, rule: &EventRule) -> bool {
    let negated = !rule.negated || clause::is_negated(view, token);
    let blocks = |c: usize| {
        let case = clause::case(view, c);
        let object = view.relation(c) == Deprel::Obj && rule.unless.contains(&"obj");
        let inf = view.relation(c) == Deprel::Xcomp && rule.unless.contains(&"inf");
        let comp = view.relation(c) == Deprel::Ccomp && rule.unless.contains(&"comp");
        object || inf || comp || case.is_some_and(|p| rule.unless.contains(&p.as_str()))
    };
    let bare = || rule.unless.contains(&"noobj") && clause::object(view, token).is_none();
    let blocked = !rule.unless.is_empty() && (view.children(token).any(blocks) || bare());
    let actor = || clause::agent(view, token).map(|a| view.lemma(a));
    let by = rule.by.is_empty() || actor().is_some_and(|a| rule.by.contains(&a.as_str()));
    let particle = match rule.particle {
        Some(p) => particle(view, token, p).is_some(),
        None => !rule.with.is_empty() || view.child(token, &[Deprel::CompoundPrt]).is_none(),
    };
    negated && !blocked && by && particle
}

/// A verb that does something to a thing is not the same verb without an object (“strike a pose”, “strike”): a rule
/// that knows no object does not fire where there is one.
fn governs(view: &View<'_>, token: usize, rule: &EventRule) -> bool {
    let knows = |s: &Slot| matches!(s, Slot::Object | Slot::Complement | Slot::Indirect | Slot::Matched);
    let verb = view.is(token, Upos::Verb);
    !verb || rule.slots.iter().any(knows) || view.child(token, &[Deprel::Obj]).is_none()
}

/// The particle of a verb.
fn particle(view: &View<'_>, verb: usize, particle: &str) -> Option<usize> {
    let is = |t: &usize| view.word(*t).eq_ignore_ascii_case(particle);
    let children =
        view.children(verb).filter(|&c| matches!(view.relation(c), Deprel::CompoundPrt | Deprel::Advmod));
    children.chain([verb + 1]).find(is)
}

/// The direct object of the trigger.
fn objects(view: &View<'_>, token: usize) -> Vec<usize> {
    clause::object(view, token).into_iter().collect()
}

/// Everything else that depends on the trigger and may belong to its meaning.
fn dependents(view: &View<'_>, token: usize) -> Vec<usize> {
    use Deprel::*;
    let noun = view.is(token, Upos::Noun);
    let role = |c: &usize| {
        noun && matches!(view.relation(*c), Compound | Amod)
            || matches!(
                view.relation(*c),
                Obl | Xcomp | Ccomp | Advmod | CompoundPrt | NsubjPass | Iobj | Advcl | Nmod
            )
    };
    view.children(token).filter(role).collect()
}

/// Words with their lemmas.
type Words = Vec<(usize, String)>;

/// The first of these words that is in the list.
fn among(words: &Words, list: &[&str]) -> Option<usize> {
    words.iter().find(|(_, lemma)| list.contains(&lemma.as_str())).map(|(word, _)| *word)
}

/// These words, but clauses.
fn beside(view: &View<'_>, own: &[usize]) -> Words {
    let words = own.iter().copied().filter(|&t| view.relation(t) != Deprel::Ccomp);
    words.map(|t| (t, view.lemma(t))).collect()
}

/// What modifies these words.
fn beside_below(view: &View<'_>, own: &[usize]) -> Words {
    let joins = |c: usize, t: usize| match view.relation(c) == Deprel::Ccomp {
        true => view.relation(t) == Deprel::Aux,
        false => modifies(view, t),
    };
    let below = |&c: &usize| view.children(c).filter(move |&t| joins(c, t)).collect::<Vec<_>>();
    own.iter().flat_map(below).map(|t| (t, view.lemma(t))).collect()
}

fn modifies(view: &View<'_>, word: usize) -> bool {
    let relation = view.relation(word);
    let likened = || view.head(word).is_some_and(|h| view.lexicon.events.is_of("likeness", &view.lemma(h)));
    matches!(relation, Deprel::Compound | Deprel::Amod | Deprel::Conj | Deprel::Nmod | Deprel::Obj)
        && !(relation == Deprel::Nmod && likened())
}

/// From the trigger to its particle and the word beside it, where they are near.
fn extent(view: &View<'_>, token: usize, rule: &EventRule, with: Option<usize>) -> Option<Span> {
    let particle = rule.particle.and_then(|p| particle(view, token, p));
    let near = |t: &usize| t.abs_diff(token) <= NEAR;
    let parts = [Some(token), particle, with].into_iter().flatten().filter(near);
    let (first, last) = parts.fold((token, token), |(a, b), t| (a.min(t), b.max(t)));
    view.reading.span_of(TokenRange::new(first, last + 1))
}
