//! Who is told, and at whom a demand is aimed.

mod aimed;
mod called;
mod context;

use crate::attribution::Draft;
use crate::view::View;
use aimed::aimed_at;
use record::{Act, Deprel, TokenRange, Upos, Xpos};

pub use called::vocative;
pub use context::from_context;

/// Branches that are no part of the addressee's words.
const ASIDE: [Deprel; 7] = [
    Deprel::AclRelcl,
    Deprel::Acl,
    Deprel::Parataxis,
    Deprel::Punct,
    Deprel::Advcl,
    Deprel::Xcomp,
    Deprel::Case,
];

/// The head of the addressee and its tokens.
pub fn addressee(view: &View<'_>, draft: &Draft, act: Act) -> Option<(usize, TokenRange)> {
    let head = told(view, draft).or_else(|| aimed_at(view, draft, act == Act::Demand))?;
    let phrase = view.phrase(head, &ASIDE);
    let start = (phrase.start as usize..head).find(|&t| !view.is(t, Upos::Adp)).unwrap_or(head);
    let ends = |t: &usize| {
        let to = view.is(*t, Upos::Part) && view.lemma(*t) == "to";
        to || matches!(view.word(*t), "\"" | "“" | "”" | "''" | "``" | ":")
    };
    let end = (head + 1..phrase.end as usize).find(ends).unwrap_or(phrase.end as usize);
    Some((head, TokenRange::new(start, end)))
}

/// Whether a statement names only those at whom it is aimed, and nobody who is told.
fn is_aimed(view: &View<'_>, draft: &Draft, act: Option<Act>) -> bool {
    told(view, draft).is_none()
        && vocative(view, draft).is_none()
        && aimed_at(view, draft, act == Some(Act::Demand)).is_some()
}

/// The one the verbs of a cue are said to.
fn told(view: &View<'_>, draft: &Draft) -> Option<usize> {
    let tokens = view.reading.tokens_in(draft.cue?);
    let verbs: Vec<usize> =
        tokens.range().filter(|&t| view.is(t, Upos::Verb) || view.is(t, Upos::Aux)).collect();
    let free = |o: &usize| !is_source(view, *o, draft);
    let by_verb = |&verb: &usize| {
        let ways = [
            asked(view, verb),
            object(view, verb),
            after_preposition(view, verb),
            partner(view, verb, tokens),
            beside(view, verb),
            asker(view, verb),
            forced(view, verb),
            shared(view, verb),
        ];
        ways.into_iter().flatten().find(free)
    };
    let found = verbs.iter().find_map(by_verb);
    found.or_else(|| if verbs.is_empty() { before_colon(view, draft).filter(free) } else { None })
}

/// “Asked about the plan, Varga said”, “Varga was asked”: the one asked.
fn asked(view: &View<'_>, verb: usize) -> Option<usize> {
    if !is_asking(view, verb) {
        return None;
    }
    let passive = view.child(verb, &[Deprel::NsubjPass]);
    let first = view.sentence_tokens(view.sentence(verb)).start as usize;
    let fronted = verb <= first + 1 && view.word(verb).to_lowercase().ends_with("ed");
    let main = view.head(verb).filter(|_| fronted);
    passive.or_else(|| main.and_then(|m| view.child(m, &[Deprel::Nsubj])).filter(|&s| s > verb))
}

/// The object of “told”, “urged”: the noun phrase right after the verb.
fn object(view: &View<'_>, verb: usize) -> Option<usize> {
    let reports = view.lexicon.speech.verb(&view.lemma(verb));
    if !(reports.tells || reports.aims) {
        return None;
    }
    let passive = view.child(verb, &[Deprel::AuxPass]).is_some();
    let moved = || view.child(verb, &[Deprel::Xcomp, Deprel::Ccomp]).is_some();
    match passive {
        true if view.lexicon.speech.moves(&view.lemma(verb)) && !moved() => None,
        true => {
            let subject = view.child(verb, &[Deprel::NsubjPass])?;
            let relative = view.word(subject).eq_ignore_ascii_case("who");
            (relative || hears(view, subject)).then_some(subject)
        }
        false => {
            let given = view.child(verb, &[Deprel::Obj]).and_then(|_| view.child(verb, &[Deprel::Iobj]));
            if let Some(somebody) = given.filter(|&i| i > verb && !view.is(i, Upos::Pron)) {
                return Some(somebody);
            }
            let (head, range) = view.phrase_after(verb)?;
            let somebody = |t: usize| {
                reports.tells && view.is(t, Upos::Propn)
                    || t < head && view.lexicon.people.role(&view.lemma(t)).is_some()
            };
            let named = range.range().any(somebody) && view.word(range.end as usize) != "'s";
            let told_to = reports.aims && view.word(head) == "it" && view.word(head + 1) == "to";
            let person = || is_person_of(view, verb, head);
            (hears(view, head) || named || told_to || person()).then_some(head)
        }
    }
}

/// “told the operator”: with such a verb every noun is somebody, but for what is told (“told a story”).
fn is_person_of(view: &View<'_>, verb: usize, noun: usize) -> bool {
    let speech = &view.lexicon.speech;
    view.is(noun, Upos::Noun) && speech.tells_people(&view.lemma(verb)) && !speech.is_told(&view.lemma(noun))
}

/// “said to reporters”, “called on Congress to”, “pleaded with him”: who stands after the verb's preposition.
fn after_preposition(view: &View<'_>, verb: usize) -> Option<usize> {
    let lemma = view.lemma(verb);
    let reports = view.lexicon.speech.verb(&lemma);
    let fits = |t: usize| {
        let preposition = view.lemma(t);
        let told = preposition == "to" && (reports.speech || reports.tells || reports.aims);
        told || view.lexicon.speech.hears_after(&lemma, &preposition)
    };
    let case = |c: usize| view.child(c, &[Deprel::Case]);
    let oblique =
        |c: &usize| view.relation(*c) == Deprel::Obl && case(*c).is_some_and(fits) && is_somebody(view, *c);
    let tree = view.children(verb).filter(|c| *c > verb).find(oblique);
    tree.or_else(|| {
        let preposition = (verb + 1..verb + 3).find(|&t| view.is(t, Upos::Adp) && fits(t))?;
        let called = !matches!(view.lemma(preposition).as_str(), "to" | "with");
        let (head, _) = view.phrase_after(preposition)?;
        (hears(view, head) || called && view.is(head, Upos::Noun)).then_some(head)
    })
}

/// “in an interview with the daily”, “sent a letter on Monday to the senators”, “in a speech to parliament”: with whom
/// something is held, to whom it is sent; it hangs from the verb or stands in the cue.
fn partner(view: &View<'_>, verb: usize, cue: TokenRange) -> Option<usize> {
    let lemma = view.lemma(verb);
    let reports = view.lexicon.speech.verb(&lemma);
    let gives = view.lexicon.speech.gives(&lemma);
    let speaks = reports.speech || reports.tells || reports.aims || gives || reports.objects;
    if !speaks {
        return None;
    }
    let place = |c: &usize| matches!(view.relation(*c), Deprel::Obl | Deprel::Obj | Deprel::Nmod);
    let noun = |c: &usize| view.lexicon.speech.is_addressed(&view.lemma(*c));
    let then = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        matches!(
            case.as_str(),
            "after" | "before" | "since" | "until" | "following" | "about" | "of" | "ahead"
        )
    };
    let beside = view.children(verb).filter(place).filter(noun).filter(|c| !then(c));
    let nouns: Vec<usize> = beside.chain(cue.range().filter(|t| *t > verb && noun(t))).collect();
    let with = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        matches!(case.as_str(), "with" | "to" | "before") && is_somebody(view, *c)
    };
    let held = nouns.iter().find_map(|&n| view.children(n).filter(|c| *c > n).find(with));
    let sent = || view.children(verb).find(|c| nouns.first().is_some_and(|n| c > n) && with(c));
    held.or_else(|| if gives { sent() } else { None })
}

/// “Speaking to reporters, she said”, “said, addressing the council”: who is told in the participle beside a verb.
fn beside(view: &View<'_>, verb: usize) -> Option<usize> {
    let participle = |c: &usize| view.relation(*c) == Deprel::Advcl && is_tagged(view, *c, Xpos::Vbg);
    let verbs = view.children(verb).filter(participle);
    verbs.filter(|v| view.child(*v, &[Deprel::Nsubj]).is_none()).find_map(|v| {
        let none = TokenRange::new(v, v);
        object(view, v).or_else(|| after_preposition(view, v)).or_else(|| partner(view, v, none))
    })
}

/// “admitted under Bell's questioning”, “said in reply to a question from the chair”, “said when asked by reporters”:
/// whoever asks hears the answer.
fn asker(view: &View<'_>, verb: usize) -> Option<usize> {
    let by = |t: usize| {
        let from = |c: &usize| {
            let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
            matches!(case.as_str(), "by" | "from") && is_somebody(view, *c)
        };
        view.children(t).filter(|c| *c > t).find(from)
    };
    let owner = |n: usize| by(n).or_else(|| view.child(n, &[Deprel::NmodPoss]).filter(|&o| hears(view, o)));
    let small = |t: usize| view.word(t).starts_with(char::is_lowercase);
    let question = |t: usize| small(t) && view.lexicon.speech.is_question(&view.lemma(t));
    let asks = |t: usize| view.lexicon.speech.verb(&view.lemma(t)).suffers && is_asking(view, t);
    let below = |t: usize| std::iter::once(t).chain(view.children(t));
    view.children(verb).find_map(|c| match view.relation(c) {
        Deprel::Obl | Deprel::Obj => below(c).filter(|&t| question(t)).find_map(owner),
        Deprel::Advcl if asks(c) && !is_tagged(view, c, Xpos::Vbg) => by(c),
        _ => None,
    })
}

/// “The senator forced him to admit”: who makes somebody speak.
fn forced(view: &View<'_>, verb: usize) -> Option<usize> {
    let makes = |t: &usize| view.lexicon.speech.draws(&view.lemma(*t));
    let above = view.head(verb).filter(|_| view.relation(verb) == Deprel::Xcomp).filter(makes)?;
    view.child(above, &[Deprel::Nsubj]).filter(|&s| hears(view, s))
}

/// “thanked the mayor and noted”, “told the mayor that …, adding”: who was told by the verb before, of one subject.
fn shared(view: &View<'_>, verb: usize) -> Option<usize> {
    let joined = match view.relation(verb) {
        Deprel::Conj => true,
        Deprel::Advcl => is_tagged(view, verb, Xpos::Vbg),
        _ => false,
    };
    let above = view.head(verb).filter(|&h| joined && h < verb)?;
    let subject = |t: usize| view.child(t, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let reports = |t: usize| view.lexicon.speech.verb(&view.lemma(t));
    let same = subject(verb).is_none() && is_active(view, above) && is_active(view, verb);
    (same && reports(verb).speech && reports(above).tells).then(|| object(view, above)).flatten()
}

/// “Bell hammers Reyes: ‘You should go’”: the object of the verb before a colon, if the words say “you”.
fn before_colon(view: &View<'_>, draft: &Draft) -> Option<usize> {
    let source = view.head_of(view.reading.tokens_in(draft.source?))?;
    let verb = view.head(source).filter(|_| view.relation(source).is_subject())?;
    let mut words = draft.content.iter().flat_map(|p| view.reading.tokens_in(*p).range()).take(120);
    let you = words.any(|t| context::is_you(view, t));
    let object = view.child(verb, &[Deprel::Obj]).filter(|&o| o > verb && you)?;
    hears(view, object).then_some(object)
}

fn is_asking(view: &View<'_>, verb: usize) -> bool {
    matches!(view.lemma(verb).as_str(), "ask" | "question" | "press" | "quiz" | "grill" | "challenge")
}

/// Verbs that take up what somebody said.
fn reply_to(lemma: &str) -> bool {
    matches!(lemma, "reply" | "answer" | "respond" | "retort" | "counter" | "shoot")
}

fn is_tagged(view: &View<'_>, token: usize, tag: Xpos) -> bool {
    view.reading.tags.get(token).is_some_and(|t| t.xpos == tag)
}

fn is_active(view: &View<'_>, verb: usize) -> bool {
    view.is(verb, Upos::Verb) && view.child(verb, &[Deprel::AuxPass]).is_none()
}

/// Whether the tokens after a preposition are somebody; “to” before a verb or a thing tells of no hearer.
fn is_somebody(view: &View<'_>, token: usize) -> bool {
    let plural_people = || {
        let noun = view.word(token).to_lowercase();
        view.lexicon.states.body(&noun) == Some(record::SpeakerKind::Group)
    };
    hears(view, token) || plural_people()
}

fn is_source(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let span = view.reading.tokens.get(token).copied();
    span.zip(draft.source).is_some_and(|(t, s)| s.contains(t))
}

/// A person, body, group or pronoun for one; no thing, and nobody in particular.
fn hears(view: &View<'_>, token: usize) -> bool {
    let word = view.word(token).to_lowercase();
    if matches!(
        word.as_str(),
        "it" | "this"
            | "that"
            | "what"
            | "which"
            | "himself"
            | "herself"
            | "themselves"
            | "itself"
            | "who"
            | "there"
    ) {
        return false;
    }
    let noun = view.lemma(token);
    let lexicon = view.lexicon;
    let body = [&noun, &word]
        .iter()
        .any(|w| lexicon.states.body(w).is_some_and(|k| k != record::SpeakerKind::Document));
    let known = lexicon.people.role(&noun).is_some() || body || lexicon.speech.is_hearer(&noun);
    view.is(token, Upos::Propn) || view.is(token, Upos::Pron) || view.is(token, Upos::Noun) && known
}
