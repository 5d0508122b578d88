//! Who takes part in an event, and in which words.

use super::chooser::choose;
use super::clause;
use super::recipients::{after, is_direct, recipient};
use super::triggers::Trigger;
use crate::view::View;
use lexicon::events::Slot;
use record::{Deprel, EventType, Layer, Mention, Participant, Span, SpeakerKind, TokenRange, Upos};

/// One actor and one recipient of an event, as tokens that head their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) actor: Option<usize>,
    pub(super) recipient: Option<usize>,
    /// Whether the recipient stands where the rule looks for it first hand.
    pub(super) sure: bool,
}

/// The actor, and the recipient where the rule looks for it (sure or not); `None` where several actors may act on one
/// another or the rule asks for somebody in its own places, so that there is nothing to choose.
pub(super) type ByRule = (Option<usize>, Option<(usize, bool)>);

pub(super) fn by_rule(view: &View<'_>, trigger: &Trigger<'_>) -> Option<ByRule> {
    let actor = actor(view, trigger);
    let several = actor.is_some_and(|a| clause::coordinated(view, a).len() > 1);
    let open = !(several && is_mutual(trigger.rule.kind) || trigger.rule.needs_able);
    open.then(|| (actor, recipient(view, trigger, actor)))
}

/// Every pair once: coordinated actors and recipients are taken apart; those who do something together are each
/// other's recipients.
pub(super) fn pairs(view: &View<'_>, trigger: &Trigger<'_>) -> Vec<Pair> {
    let (actor, found, also) = match by_rule(view, trigger) {
        Some((actor, found)) => {
            let (found, also) = choose(view, trigger, actor, found);
            (actor, found, also)
        }
        None => {
            let actor = actor(view, trigger);
            (actor, recipient(view, trigger, actor), Vec::new())
        }
    };
    if trigger.rule.needs_able && found.is_none_or(|f| !f.1) {
        return Vec::new();
    }
    let all = |word: Option<usize>| word.map(|w| clause::coordinated(view, w)).unwrap_or_default();
    let mutual = trigger.rule.mutual || is_mutual(trigger.rule.kind);
    let mut actors = all(actor);
    let apart = |f: (usize, bool)| !can_act(view, f.0) || !is_direct(view, trigger, f.0);
    if let ([one], true) = (actors.as_slice(), mutual && found.is_none_or(apart)) {
        actors = sides(view, *one).unwrap_or(actors);
    }
    let together = actors.len() > 1 && mutual;
    let found = found.filter(|f| !together || is_done_to(view, trigger, *f));
    let recipients = all(found.map(|f| f.0));
    let sure = found.is_none_or(|f| f.1);
    let others: Vec<usize> = also.into_iter().filter(|w| !recipients.contains(w)).collect();
    let mut pairs = crossed(&actors, &recipients, sure, together);
    if !others.is_empty() {
        pairs.extend(crossed(&actors, &others, false, false));
    }
    pairs
}

/// Whether what several do together is done to this recipient, not about it or beside it.
fn is_done_to(view: &View<'_>, trigger: &Trigger<'_>, (word, sure): (usize, bool)) -> bool {
    let beside = |p: String| matches!(p.as_str(), "on" | "over" | "about" | "in" | "at" | "near");
    let topic = clause::case(view, word).is_some_and(beside);
    sure && (can_act(view, word) && !topic || trigger.rule.kind == EventType::Assault)
}

fn crossed(actors: &[usize], recipients: &[usize], sure: bool, together: bool) -> Vec<Pair> {
    match (actors, recipients) {
        ([], []) => Vec::new(),
        ([first, others @ ..], []) if together => {
            others.iter().map(|o| Pair { actor: Some(*first), recipient: Some(*o), sure }).collect()
        }
        (actors, []) => actors.iter().map(|a| Pair { actor: Some(*a), recipient: None, sure }).collect(),
        ([], recipients) => {
            recipients.iter().map(|r| Pair { actor: None, recipient: Some(*r), sure }).collect()
        }
        (actors, recipients) => actors
            .iter()
            .flat_map(|a| recipients.iter().map(|r| Pair { actor: Some(*a), recipient: Some(*r), sure }))
            .collect(),
    }
}

/// Names coordinated before one noun (“Norland and Sudria negotiators”): the sides that it stands for.
fn sides(view: &View<'_>, noun: usize) -> Option<Vec<usize>> {
    let first = modifier(view, noun)?;
    let name = |c: &usize| {
        view.is(*c, Upos::Propn)
            || view.is(*c, Upos::Adj) && view.lexicon.states.demonym(view.word(*c)).is_some()
    };
    let others = view.children(first).filter(|&c| view.relation(c) == Deprel::Conj).filter(name);
    let sides: Vec<usize> = std::iter::once(first).chain(others).collect();
    (sides.len() > 1).then_some(sides)
}

/// Types in which those who act together act on one another.
fn is_mutual(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree
            | EventType::Consult
            | EventType::Cooperate
            | EventType::Support
            | EventType::Assault
    )
}

fn actor(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let actor = match trigger.verb {
        true => clause::agent(view, trigger.token).or_else(|| whence(view, trigger)),
        false => noun_actor(view, trigger),
    };
    actor.map(|a| named_before(view, a, trigger.token)).filter(|&a| is_participant(view, a))
}

/// Who sends away or lets go, where only the place is told (“was expelled from Norland”).
fn whence(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let lets_go = matches!(trigger.rule.mode, Some("expel" | "deport" | "release"));
    let from = || after(view, trigger.token, "from").filter(|&w| has_name(view, w));
    from().filter(|_| lets_go && clause::is_passive(view, trigger.token))
}

/// Who acts in an event that a noun names: “by”, the possessor, who carries it out, a name before it.
fn noun_actor(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let noun = trigger.token;
    let after = |preposition: &'static str| after(view, noun, preposition);
    let suffers = trigger.rule.slots.first() == Some(&Slot::After("of"));
    let owner = view.child(noun, &[Deprel::NmodPoss]).filter(|_| !suffers || after("of").is_some());
    let possessor = owner.filter(|&o| !is_pronoun(view, o));
    let doer = || {
        let verb =
            view.head(noun).filter(|_| matches!(view.relation(noun), Deprel::Obj | Deprel::NsubjPass))?;
        view.lexicon.events.is_light(&view.lemma(verb)).then(|| clause::agent(view, verb))?
    };
    let answers = || answerable(view, noun);
    let between = || after("between").filter(|_| is_mutual(trigger.rule.kind));
    let of = || after("of").filter(|_| !trigger.rule.slots.contains(&Slot::After("of")));
    let by =
        || after("by").or_else(|| self::after(view, after("of")?, "by")).or_else(|| carried_out(view, noun));
    let owner = || owner.map(|o| subject_above(view, noun).unwrap_or(o));
    by().or(possessor)
        .or_else(doer)
        .or_else(answers)
        .or_else(between)
        .or_else(|| modifier(view, noun))
        .or_else(of)
        .or_else(owner)
}

/// Who did it by a participle behind the noun (“the threat posed by Norland”).
fn carried_out(view: &View<'_>, noun: usize) -> Option<usize> {
    let does = |v: usize| {
        let lemma = view.lemma(v);
        view.lexicon.events.is_light(&lemma)
            || matches!(
                lemma.as_str(),
                "pose" | "commit" | "perpetrate" | "wage" | "voice" | "level" | "direct"
            )
    };
    let done = view.children(noun).filter(|&c| view.relation(c) == Deprel::Acl);
    done.filter(|&v| does(v)).find_map(|v| clause::own_agent(view, v))
}

/// Of whom the noun is said (“Norland is the largest donor to”), or who is held answerable for it (“is responsible for
/// the killings”).
fn answerable(view: &View<'_>, noun: usize) -> Option<usize> {
    let is = view.child(noun, &[Deprel::Cop]).and_then(|_| view.child(noun, &[Deprel::Nsubj]));
    let governed = || {
        let head = view.head(noun)?;
        let lemma = view.lemma(head);
        let stays = matches!(view.relation(noun), Deprel::Xcomp | Deprel::Obj)
            && matches!(lemma.as_str(), "remain" | "become" | "stay");
        let guilty = matches!(lemma.as_str(), "responsible" | "guilty" | "complicit" | "behind");
        (stays || guilty).then(|| clause::agent(view, head))?
    };
    is.or_else(governed)
}

/// The named subject of the clause a noun stands in (“Norland reaffirmed its commitment”): whose “its” is.
fn subject_above(view: &View<'_>, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..4 {
        at = view.head(at)?;
        if view.is(at, Upos::Verb) {
            return clause::agent(view, at).filter(|&a| a != noun && !is_pronoun(view, a));
        }
    }
    None
}

/// A name or demonym before the noun (“Norlandic strikes”).
pub(super) fn modifier(view: &View<'_>, noun: usize) -> Option<usize> {
    let demonym = |c: usize| view.is(c, Upos::Adj) && view.lexicon.states.demonym(view.word(c)).is_some();
    let name = |c: usize| view.relation(c) == Deprel::Compound && view.is(c, Upos::Propn);
    view.children(noun).find(|&c| c < noun && (name(c) || demonym(c)))
}

/// Whether a word can be a participant: a nominal or a sum, or the people of a state; no time.
pub(super) fn is_participant(view: &View<'_>, word: usize) -> bool {
    let people = || view.is(word, Upos::Adj) && view.lexicon.states.demonym(view.word(word)).is_some();
    (view.is_nominal(word) || view.is(word, Upos::Sym) || people()) && !is_time(view, word)
}

pub(super) fn is_time(view: &View<'_>, word: usize) -> bool {
    let Some(token) = view.reading.tokens.get(word) else { return false };
    let sentence = view.reading.span_of(view.sentence_tokens(view.sentence(word)));
    sentence.is_some_and(|s| view.reading.times.within(s).any(|(t, _)| t.contains(*token)))
}

/// A proper noun with a capital that names no time.
fn is_name(view: &View<'_>, word: usize) -> bool {
    view.is(word, Upos::Propn) && view.word(word).starts_with(char::is_uppercase) && !is_time(view, word)
}

/// Whether a word is a name, or is told apart by one (“the Norland army”, “Norland's army”, “Norlandic troops”).
pub(super) fn has_name(view: &View<'_>, head: usize) -> bool {
    let name = |t: usize| is_name(view, t);
    let tells = |c: &usize| matches!(view.relation(*c), Deprel::Flat | Deprel::NmodPoss | Deprel::NmodDesc);
    name(head) || modifier(view, head).is_some() || view.children(head).filter(tells).any(name)
}

pub(super) fn is_pronoun(view: &View<'_>, word: usize) -> bool {
    view.is(word, Upos::Pron)
}

/// For a pronoun in reported speech, who is reported (“Norland said it would help”), where number and kind allow it.
pub(super) fn named_before(view: &View<'_>, word: usize, trigger: usize) -> usize {
    if !is_pronoun(view, word)
        || !matches!(view.lemma(word).as_str(), "it" | "he" | "she" | "they" | "we" | "I")
    {
        return word;
    }
    let mut at = trigger;
    for _ in 0..6 {
        let Some(head) = view.head(at) else { return word };
        if matches!(view.relation(at), Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis) {
            let subject = view.child(head, &[Deprel::Nsubj, Deprel::NsubjPass]);
            if let Some(subject) =
                subject.filter(|&s| s != word && view.is_nominal(s) && !is_pronoun(view, s))
            {
                return subject;
            }
        }
        at = head;
    }
    word
}

/// Whether a word heads a name, a person's pronoun, or a noun for somebody who can act in public affairs, or is told
/// apart by a name.
pub(super) fn can_act(view: &View<'_>, head: usize) -> bool {
    is_someone(view, head) || has_name(view, head) || part_of(view, head).is_some_and(|w| is_someone(view, w))
}

/// Whether a word is itself a name, a person's pronoun, or a noun for somebody who can act in public affairs.
pub(super) fn is_someone(view: &View<'_>, head: usize) -> bool {
    let lemma = view.lemma(head);
    let noun = || {
        let lexicon = view.lexicon;
        lexicon.events.is_actor(&lemma) || lexicon.people.role(&lemma).is_some() || is_body(view, &lemma)
    };
    let person = is_pronoun(view, head)
        && matches!(lemma.as_str(), "he" | "she" | "they" | "we" | "i" | "who" | "you");
    person || noun() || is_name(view, head)
}

/// Of whom a word names a part or number (“a handful of students”, “most of the rebels”).
fn part_of(view: &View<'_>, head: usize) -> Option<usize> {
    let lemma = view.lemma(head);
    let counts = view.is(head, Upos::Num) || view.lexicon.events.is_of("part", &lemma);
    let of = |&c: &usize| view.relation(c) == Deprel::Nmod && clause::case(view, c).as_deref() == Some("of");
    view.children(head).filter(|_| counts).find(of)
}

fn is_body(view: &View<'_>, lemma: &str) -> bool {
    view.lexicon.states.body(lemma).is_some_and(|kind| kind != SpeakerKind::Document)
}

/// The words of a participant and the referent they mean.
pub(crate) fn participant(view: &View<'_>, mentions: &Layer<Mention>, head: usize) -> Participant {
    let span = view.reading.span_of(phrase(view, head)).unwrap_or(Span::new(0, 0));
    let span = apposed(view, head, span);
    let token = view.reading.tokens.get(head).copied().unwrap_or(span);
    let smallest =
        mentions.overlapping(token).filter(|(s, _)| s.contains(token)).min_by_key(|(s, _)| s.len());
    Participant { span, referent: smallest.and_then(|(_, m)| m.referent) }
}

/// With the name that follows after a comma (“his Norlandic counterpart, Lena Strand”).
fn apposed(view: &View<'_>, head: usize, span: Span) -> Span {
    let named = |c: &usize| {
        matches!(view.relation(*c), Deprel::Appos | Deprel::Flat) && view.is(*c, Upos::Propn) && *c > head
    };
    let name = view.children(head).find(named).and_then(|c| view.reading.span_of(phrase(view, c)));
    let between = |name: &Span| Span::new(span.end, name.start).text(view.text()).trim();
    let near = |name: &Span| name.start >= span.end && matches!(between(name), "" | ",");
    name.filter(near).map_or(span, |name| span.cover(name))
}

/// The noun phrase of a word: without its preposition, what is coordinated with it, and clauses about it.
pub(super) fn phrase(view: &View<'_>, head: usize) -> TokenRange {
    let outer = |c: &usize| {
        !matches!(
            view.relation(*c),
            Deprel::Case
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Appos
                | Deprel::Parataxis
                | Deprel::Punct
                | Deprel::Mark
                | Deprel::Advcl
                | Deprel::Cop
                | Deprel::Advmod
                | Deprel::Orphan
                | Deprel::Dep
                | Deprel::CcPreconj
                | Deprel::Discourse
                | Deprel::Nsubj
        )
    };
    let own = view.children(head).filter(outer).filter(|&c| clause::case(view, c).is_none_or(|p| p != "by"));
    let mut words = vec![head];
    let mut open: Vec<usize> = own.collect();
    while let Some(at) = open.pop() {
        words.push(at);
        let inner = |c: &usize| {
            !matches!(view.relation(*c), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Advcl)
                && words.len() < LONGEST
        };
        open.extend(view.children(at).filter(inner));
    }
    words.sort_unstable();
    contiguous(view, &words, head)
}

/// More words than this are no participant.
const LONGEST: usize = 60;

/// The run of these words around the head; marks of punctuation between them do not break it.
fn contiguous(view: &View<'_>, words: &[usize], head: usize) -> TokenRange {
    let joined = |a: usize, b: usize| (a + 1..b).all(|t| view.is(t, Upos::Punct));
    let at = words.partition_point(|&w| w < head);
    let first = words[..=at].windows(2).rposition(|w| !joined(w[0], w[1])).map_or(0, |i| i + 1);
    let last = words[at..].windows(2).position(|w| !joined(w[0], w[1])).map_or(words.len() - 1, |i| at + i);
    TokenRange::new(words[first], words[last] + 1)
}
