//! Who is told, and at whom a demand is aimed.

use crate::attribution::Draft;
use crate::view::View;
use record::{Act, Deprel, Form, NameKind, Span, Statement, TokenRange, Upos};

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
    let aimed = || aimed_at(view, draft, matches!(act, Act::Demand));
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
            .or_else(|| after_preposition(view, verb).filter(free))
            .or_else(|| partner(view, verb, tokens).filter(free))
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
    let moved = || view.child(verb, &[Deprel::Xcomp, Deprel::Ccomp]).is_some();
    match passive {
        true if view.lexicon.speech.moves(&view.lemma(verb)) && !moved() => None,
        true => {
            let subject = view.child(verb, &[Deprel::NsubjPass])?;
            let relative = view.word(subject).eq_ignore_ascii_case("who");
            (relative || hears(view, subject)).then_some(subject)
        }
        false => {
            let (head, range) = view.phrase_after(verb)?;
            let somebody = |t: usize| {
                reports.tells && view.is(t, Upos::Propn)
                    || t < head && view.lexicon.people.role(&view.lemma(t)).is_some()
            };
            let named = range.range().any(somebody) && view.word(range.end as usize) != "'s";
            let told_to = reports.aims && view.word(head) == "it" && view.word(head + 1) == "to";
            (hears(view, head) || named || told_to).then_some(head)
        }
    }
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
    if !(reports.speech || reports.tells || reports.aims || gives) {
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

/// Whether the tokens after a preposition are somebody; “to” before a verb or a thing tells of no hearer.
fn is_somebody(view: &View<'_>, token: usize) -> bool {
    let plural_people = || {
        let noun = view.word(token).to_lowercase();
        view.lexicon.states.body(&noun) == Some(record::SpeakerKind::Group)
    };
    hears(view, token) || plural_people()
}

/// Somebody addressed by name inside direct speech: “Governor Bell, I must ask you”, “as you said, Ada, it was late”.
pub fn vocative(view: &View<'_>, draft: &Draft) -> Option<(usize, TokenRange)> {
    let names = draft.content.iter().flat_map(|piece| view.reading.names.within(*piece));
    let people = names.filter(|(_, n)| matches!(n.kind, NameKind::Person | NameKind::Other));
    people.take(40).map(|(span, _)| view.reading.tokens_in(span)).find_map(|tokens| {
        let head = view.head_of(tokens)?;
        let set_apart = is_set_apart(view, tokens) && says_you_near(view, tokens);
        let called = (view.relation(head) == Deprel::Vocative || set_apart) && !is_part(view, head);
        called.then_some((head, tokens))
    })
}

/// Whether a name is an argument, apposition or part of a list.
fn is_part(view: &View<'_>, head: usize) -> bool {
    let relation = view.relation(head);
    let list = view.child(head, &[Deprel::Conj, Deprel::Appos, Deprel::AclRelcl, Deprel::Case]).is_some();
    list || relation.is_subject()
        || matches!(
            relation,
            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Appos | Deprel::Conj | Deprel::Compound
        )
}

/// Whether marks stand on both sides of a name, but for a title before it.
fn is_set_apart(view: &View<'_>, tokens: TokenRange) -> bool {
    let first = tokens.start as usize;
    let people = &view.lexicon.people;
    let title = |t: usize| people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some();
    let before = (0..first).rev().take(3).find(|&t| !title(t));
    let mark = |t: usize| matches!(view.word(t), "," | "." | "?" | "!" | "—" | "–" | ":");
    let opens = before.is_none_or(|t| mark(t) || view.is(t, Upos::Punct) || view.is(t, Upos::Cconj));
    opens && mark(tokens.end as usize)
}

/// Whether “you” or “your” stands in the sentence of a name or the next.
fn says_you_near(view: &View<'_>, tokens: TokenRange) -> bool {
    let sentence = view.sentence(tokens.start as usize);
    let near = [sentence, sentence + 1].into_iter().flat_map(|s| view.sentence_tokens(s).range());
    near.take(120).any(|t| matches!(view.word(t).to_lowercase().as_str(), "you" | "your"))
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

/// The subject of “must”, the object of “call on” or “urge” inside a demand; in other words, only of what the speaker
/// does by saying it (“we call on …”).
fn aimed_at(view: &View<'_>, draft: &Draft, demands: bool) -> Option<usize> {
    let first = |t: usize| {
        let subject = view.child(t, &[Deprel::Nsubj]);
        subject.is_some_and(|s| matches!(view.word(s).to_lowercase().as_str(), "i" | "we"))
    };
    draft.content.iter().find_map(|piece| {
        let tokens = view.reading.tokens_in(*piece);
        tokens.range().take(60).find_map(|t| {
            let found = match view.lemma(t).as_str() {
                "must" if demands && view.relation(t) == Deprel::Aux => obliged(view, view.head(t)?),
                "urge" | "encourage" | "call" | "press" | "appeal"
                    if is_active(view, t) && (demands || first(t)) =>
                {
                    object(view, t).or_else(|| after_preposition(view, t))
                }
                "vital" | "essential" | "crucial" | "imperative" | "important" if demands => {
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
    let subject = view.child(verb, &[Deprel::Nsubj]).filter(|_| view.is(verb, Upos::Verb))?;
    let named = view.is(subject, Upos::Propn) || view.is(subject, Upos::Noun);
    (named && hears(view, subject)).then_some(subject)
}

/// Most statements between one that says “you” and the one that names who is meant.
const MEMORY: usize = 30;

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
            None if drafts[i].is_by_layout() => answering(view, drafts, statements, i),
            None if says_you(view, &statements[i], 0) && quoted_by(view, drafts, statements, i).is_some() => {
                quoted_by(view, drafts, statements, i)
            }
            None if says_you(view, &statements[i], 1) => {
                let before =
                    statements[i.saturating_sub(MEMORY)..i].iter().rev().filter_map(|s| s.addressee.as_ref());
                before.filter(|p| is_person(p)).find(|p| p.referent != speaker(&statements[i])).cloned()
            }
            None => goes_on_writing(view, drafts, statements, i),
        };
        let own = speaker(&statements[i]);
        statements[i].addressee = found.filter(|party| party.referent != own || own.is_none());
    }
}

/// The speaker of the turn that follows a question or words with “you”.
fn answering(view: &View<'_>, drafts: &[Draft], statements: &[Statement], i: usize) -> Option<record::Party> {
    let spoken_to = || says_you(view, &statements[i], 0) || calls_office(view, &statements[i]);
    let asks = statements[i].act == Some(Act::Ask) || spoken_to();
    let next = (i + 1..statements.len()).find(|&n| drafts[n].inside.is_none())?;
    let speaker = statements[next].speaker.as_ref().filter(|_| asks && drafts[next].is_by_layout())?;
    let party = record::Party { referent: speaker.referent, name: speaker.name.clone()? };
    (statements[i].speaker.as_ref() != Some(speaker)).then_some(party)
}

/// Whether words begin with an office or form of address set apart by a comma: “Governor, I must …”.
fn calls_office(view: &View<'_>, statement: &Statement) -> bool {
    let Some(first) = statement.content.first().map(|p| view.reading.tokens_in(*p).start as usize) else {
        return false;
    };
    let people = &view.lexicon.people;
    let at = (first..first + 3).find(|&t| !view.is(t, Upos::Punct) && !view.is(t, Upos::Cconj));
    at.is_some_and(|t| {
        let office = people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some();
        office && view.word(t + 1) == ","
    })
}

/// “They sent a letter to the senators. “…,” they wrote”: what is written on goes to those it was written to.
fn goes_on_writing(
    view: &View<'_>,
    drafts: &[Draft],
    statements: &[Statement],
    i: usize,
) -> Option<record::Party> {
    let before = i.checked_sub(1).filter(|&b| drafts[b].inside == drafts[i].inside)?;
    let lemma = |n: usize| Some(view.lemma(view.head_of(view.reading.tokens_in(drafts[n].cue?))?));
    let writes =
        lemma(i)? == "write" && lemma(before).is_some_and(|l| l == "write" || view.lexicon.speech.gives(&l));
    let speaker = |n: usize| statements[n].speaker.as_ref().and_then(|s| s.referent);
    let same = speaker(i).is_some() && speaker(i) == speaker(before);
    (writes && same).then(|| statements[before].addressee.clone()).flatten()
}

/// The one who quotes: “he said, ‘We need you’” inside somebody's words is said to that somebody.
fn quoted_by(view: &View<'_>, drafts: &[Draft], statements: &[Statement], i: usize) -> Option<record::Party> {
    let outer = drafts[i].inside?;
    let at = drafts[i].source.or(drafts[i].cue)?.start;
    let speaker = statements[outer].speaker.as_ref().filter(|_| view.quotation_at(at).is_some())?;
    let party = record::Party { referent: speaker.referent, name: speaker.name.clone()? };
    let own = statements[i].speaker.as_ref().and_then(|s| s.referent);
    (party.referent.is_some() && own != party.referent).then_some(party)
}

/// Whether quoted words speak to somebody: “you” and “your” more than `often` times, or at their beginning; not “you
/// know”, “thank you”, “if you”.
fn says_you(view: &View<'_>, statement: &Statement, often: usize) -> bool {
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
    begins || count > often
}
