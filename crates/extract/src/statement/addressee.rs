//! Who is told, and at whom a demand is aimed.

use crate::attribution::Draft;
use crate::view::View;
use record::{Act, Deprel, Form, Span, Statement, TokenRange, Upos};

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
    let told = draft.cue.and_then(|cue| told(view, cue, draft));
    let aimed = || matches!(act, Act::Demand).then(|| aimed_at(view, draft)).flatten();
    let head = told.or_else(aimed)?;
    let phrase = view.phrase(head, &ASIDE);
    let start = (phrase.start as usize..head).find(|&t| !view.is(t, Upos::Adp)).unwrap_or(head);
    Some((head, TokenRange::new(start, phrase.end as usize)))
}

/// The one the verbs of a cue are said to.
fn told(view: &View<'_>, cue: Span, draft: &Draft) -> Option<usize> {
    let tokens = view.reading.tokens_in(cue);
    let mut verbs = tokens.range().filter(|&t| view.is(t, Upos::Verb) || view.is(t, Upos::Aux));
    let free = |o: &usize| !is_source(view, *o, draft);
    verbs.find_map(|verb| {
        let asked = asked(view, verb).filter(free);
        asked
            .or_else(|| object(view, verb).filter(free))
            .or_else(|| called_on(view, verb).filter(free))
            .or_else(|| oblique(view, verb).filter(free).or_else(|| occasion_with(view, verb).filter(free)))
    })
}

/// “Asked about the plan, Varga said”, “Varga was asked”: the one asked.
fn asked(view: &View<'_>, verb: usize) -> Option<usize> {
    let asks =
        matches!(view.lemma(verb).as_str(), "ask" | "question" | "press" | "quiz" | "grill" | "challenge");
    if !asks {
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
    match passive {
        true => {
            let subject = view.child(verb, &[Deprel::NsubjPass])?;
            let relative = view.word(subject).eq_ignore_ascii_case("who");
            (relative || hears(view, subject)).then_some(subject)
        }
        false => {
            let (head, range) = view.phrase_after(verb)?;
            let named =
                range.range().any(|t| view.is(t, Upos::Propn)) && view.word(range.end as usize) != "'s";
            let told_to = reports.aims && view.word(head) == "it" && view.word(head + 1) == "to";
            (hears(view, head) || named || told_to).then_some(head)
        }
    }
}

/// “called on Congress to”, “appealed to the rebels”, “pleaded with him”.
fn called_on(view: &View<'_>, verb: usize) -> Option<usize> {
    let with: &[&str] = match view.lemma(verb).as_str() {
        "call" | "prevail" => &["on", "upon"],
        "appeal" | "turn" | "reach" => &["to"],
        "plead" | "argue" | "reason" => &["with"],
        _ => return None,
    };
    let preposition = (verb + 1..verb + 3).find(|&t| with.contains(&view.lemma(t).as_str()))?;
    let (head, _) = view.phrase_after(preposition)?;
    let someone = view.is(head, Upos::Propn) || view.is(head, Upos::Noun) || hears(view, head);
    someone.then_some(head)
}

/// “said to reporters”.
fn oblique(view: &View<'_>, verb: usize) -> Option<usize> {
    let reports = view.lexicon.speech.verb(&view.lemma(verb));
    let speech = reports.speech || reports.aims || reports.tells;
    let to = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        view.relation(*c) == Deprel::Obl && case == "to" && hears(view, *c)
    };
    speech.then(|| view.children(verb).find(to)).flatten()
}

/// “in an interview with the daily”, “in a letter to the senators”, “in a speech to parliament”.
fn occasion_with(view: &View<'_>, verb: usize) -> Option<usize> {
    let occasion = |c: &usize| {
        matches!(view.relation(*c), Deprel::Obl | Deprel::Obj | Deprel::Nmod)
            && view.lexicon.speech.is_occasion(&view.lemma(*c))
    };
    let partner = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        matches!(case.as_str(), "with" | "to" | "before") && hears(view, *c)
    };
    let interview = |n: usize| {
        matches!(
            view.lemma(n).as_str(),
            "interview"
                | "letter"
                | "call"
                | "speech"
                | "message"
                | "statement"
                | "email"
                | "testimony"
                | "note"
                | "address"
                | "appearance"
                | "conversation"
                | "meeting"
        )
    };
    let said = matches!(
        view.lemma(verb).as_str(),
        "say" | "tell" | "write" | "recall" | "add" | "warn" | "explain" | "put" | "claim" | "argue"
    );
    let mut nouns = view.children(verb).filter(occasion).filter(|&n| said && interview(n));
    nouns.find_map(|noun| view.children(noun).find(|c| *c > noun && partner(c)))
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

/// The subject of “must”, the object of “call on” or “urge” inside a demand.
fn aimed_at(view: &View<'_>, draft: &Draft) -> Option<usize> {
    draft.content.iter().find_map(|piece| {
        let tokens = view.reading.tokens_in(*piece);
        tokens.range().take(60).find_map(|t| {
            let found = match view.lemma(t).as_str() {
                "must" if view.relation(t) == Deprel::Aux => obliged(view, view.head(t)?),
                "urge" | "encourage" | "call" | "press" | "appeal" if is_active(view, t) => {
                    object(view, t).or_else(|| called_on(view, t)).or_else(|| oblique(view, t))
                }
                "vital" | "essential" | "crucial" | "imperative" | "important" => {
                    let clause = view.child(t, &[Deprel::Csubj, Deprel::Ccomp, Deprel::CsubjOuter]);
                    clause.filter(|&c| c > t).and_then(|c| obliged(view, c))
                }
                _ => None,
            };
            found.filter(|&h| tokens.contains(h) && !view.is(h, Upos::Pron))
        })
    })
}

fn is_active(view: &View<'_>, verb: usize) -> bool {
    view.is(verb, Upos::Verb) && view.child(verb, &[Deprel::AuxPass]).is_none()
}

fn obliged(view: &View<'_>, verb: usize) -> Option<usize> {
    let subject = view.child(verb, &[Deprel::Nsubj])?;
    let named = view.is(subject, Upos::Propn) || view.is(subject, Upos::Noun);
    (named && hears(view, subject)).then_some(subject)
}

/// Most statements between one that says “you” and the one that names who is meant.
const MEMORY: usize = 12;

/// Completes addressees from the statements around: a quotation that goes on has that of its beginning, a question in
/// a transcript that of the next turn, a quotation with “you” the one the speakers before it addressed.
pub fn from_context(
    view: &View<'_>,
    drafts: &[Draft],
    statements: &mut [Statement],
    is_person: &dyn Fn(&record::Party) -> bool,
) {
    for i in 0..statements.len() {
        if statements[i].addressee.is_some() {
            continue;
        }
        let speaker = |s: &Statement| s.speaker.as_ref().and_then(|s| s.referent);
        let found = match drafts[i].continues {
            Some(before) => statements[before].addressee.clone(),
            None if drafts[i].is_by_layout() => answering(drafts, statements, i),
            None if says_you(view, &statements[i]) => {
                let before =
                    statements[i.saturating_sub(MEMORY)..i].iter().rev().filter_map(|s| s.addressee.as_ref());
                before.filter(|p| is_person(p)).find(|p| p.referent != speaker(&statements[i])).cloned()
            }
            None => None,
        };
        let own = speaker(&statements[i]);
        statements[i].addressee = found.filter(|party| party.referent != own || own.is_none());
    }
}

/// The speaker of the turn that follows a question.
fn answering(drafts: &[Draft], statements: &[Statement], i: usize) -> Option<record::Party> {
    let asks = statements[i].act == Some(Act::Ask);
    let next = (i + 1..statements.len()).find(|&n| drafts[n].inside.is_none())?;
    let speaker = statements[next].speaker.as_ref().filter(|_| asks && drafts[next].is_by_layout())?;
    let party = record::Party { referent: speaker.referent, name: speaker.name.clone()? };
    (statements[i].speaker.as_ref() != Some(speaker)).then_some(party)
}

/// Whether quoted words speak to somebody: “you” and “your” more than once, and not “you know”, “thank you”, “if you”.
fn says_you(view: &View<'_>, statement: &Statement) -> bool {
    if !matches!(statement.form, Form::Direct | Form::Mixed) {
        return false;
    }
    let you = |t: &usize| {
        let word = view.word(*t).to_lowercase();
        let after = view.lemma(t + 1);
        let before = t.checked_sub(1).map(|b| view.lemma(b)).unwrap_or_default();
        let phrase = matches!(after.as_str(), "know" | "see" | "guy")
            || matches!(before.as_str(), "thank" | "if" | "tell" | "when" | "as" | "assure");
        matches!(word.as_str(), "you" | "your") && !phrase
    };
    let tokens = |piece: &Span| view.reading.tokens_in(*piece).range();
    let first = statement.content.first().map(|p| tokens(p).find(|&t| !view.is(t, Upos::Punct)));
    let begins = first.flatten().is_some_and(|t| you(&t));
    let count: usize = statement.content.iter().map(|p| tokens(p).filter(you).count()).sum();
    begins || count > 1
}
