//! From source words to a speaker.

use super::describe::{description, held, is_generic, last_spoken, office};
use super::joint::{group, joint, named_in_a_row};
use super::named::NameAt;
use super::profile::before;
use super::pronoun::{Asks, antecedents, asks};
use super::proper::{possessed, proper};
use super::relative::relative;
use super::{Cast, Entry, Seen, Why, same_thing};
use crate::attribution::{Draft, is_nobody};
use crate::view::View;
use record::{Deprel, MentionForm, ReferentKind, Span, Speaker, SpeakerKind, TokenRange, Upos, Xpos};

/// Who is speaking around a source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    /// The speaker of the quotation that the source stands in.
    pub around: Option<usize>,
    /// Whether the words are the source of a statement.
    pub speaking: bool,
    /// Somebody whom a pronoun beside the same verb cannot mean (“the council asked it to …”); “its members” may be his.
    pub not: Option<usize>,
}

/// A noun phrase, and who is speaking around it.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// Its head.
    pub head: usize,
    /// The tokens it may reach over.
    pub within: TokenRange,
    /// Who is speaking.
    pub said: Said,
}

/// Reads the article once: pronouns and sources in text order.
pub fn speakers(cast: &mut Cast, view: &View<'_>, drafts: &[Draft]) -> (Vec<Option<Speaker>>, Vec<Why>) {
    let mut whys = vec![Why::default(); drafts.len()];
    let mut found: Vec<Option<usize>> = vec![None; drafts.len()];
    let free = pronouns(view, drafts).into_iter().chain(offices(view, drafts));
    let mut jobs: Vec<(usize, Option<usize>)> = free.map(|t| (t, None)).collect();
    for (i, draft) in drafts.iter().enumerate() {
        let at = draft.source.or(draft.cue).or(draft.content.first().copied()).unwrap_or(Span::new(0, 0));
        jobs.push((view.reading.tokens_in(at).start as usize, Some(i)));
    }
    jobs.sort_unstable();
    for (token, draft) in jobs {
        match draft {
            None if view.is(token, Upos::Noun) => free_office(cast, view, token),
            None => free_pronoun(cast, view, token),
            Some(i) => {
                cast.why = Why::default();
                found[i] = draft_speaker(cast, view, drafts, i, &found);
                whys[i] = std::mem::take(&mut cast.why);
            }
        }
    }
    in_headline(cast, view, drafts, &mut found);
    for (i, draft) in drafts.iter().enumerate() {
        found[i] = found[i].or_else(|| draft.continues.and_then(|before| found[before]));
    }
    let speakers = found.into_iter().zip(drafts).map(|(entry, draft)| match entry {
        Some(entry) => Some(cast.speaker(entry)),
        None => asked(view, draft).then_some(SOMEBODY),
    });
    (speakers.collect(), whys)
}

/// Who a headline describes (“Lawmaker urges retaliation”) is named by the first statement below it.
fn in_headline(cast: &Cast, view: &View<'_>, drafts: &[Draft], found: &mut [Option<usize>]) {
    let Some(below) = headline_end(view) else { return };
    let end = drafts.partition_point(|d| d.extent().start < below);
    let lead = found.get(end).copied().flatten();
    let named = |e: &Entry| e.referent.named && e.referent.kind == ReferentKind::Person;
    let Some(lead) = lead.filter(|&e| named(&cast.entries[e])) else { return };
    for (entry, _) in found[..end].iter_mut().zip(drafts).filter(|(_, d)| !d.is_by_layout()) {
        let described = |e: usize| {
            let entry = &cast.entries[e];
            let person = !entry.plural && entry.referent.kind == ReferentKind::Person;
            !entry.referent.named && person && may_be(view, entry, &cast.entries[lead])
        };
        if entry.is_some_and(described) {
            *entry = Some(lead);
        }
    }
}

/// Whether a description can be of somebody whose offices are known: one of them, or a word that is no office.
fn may_be(view: &View<'_>, described: &Entry, named: &Entry) -> bool {
    let office_of = |n: &&str| view.lexicon.people.role(n).is_some() && !is_generic(n);
    let Some(noun) = described.noun.as_deref().filter(office_of) else { return true };
    let same = |role: &String| role.split(' ').any(|w| office(noun).contains(&w));
    named.roles.is_empty() || named.roles.iter().any(same)
}

/// Where the title ends: as it is known, or the first block of lines if it is short and a blank line follows.
fn headline_end(view: &View<'_>) -> Option<u32> {
    let known = view.article.title.as_ref().and_then(|t| t.span).map(|t| t.end);
    known.or_else(|| view.text().find("\n\n").filter(|end| *end < 200).map(|end| end as u32))
}

/// Somebody of whom nothing is known.
const SOMEBODY: Speaker = Speaker { referent: None, name: None, kind: SpeakerKind::Unnamed };

/// “Asked about …, she”, “was asked whether”: somebody asked, nobody says who.
fn asked(view: &View<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue.filter(|_| draft.source.is_none()) else { return false };
    let Some(verb) = view.head_of(view.reading.tokens_in(cue)) else { return false };
    let first = view.sentence_tokens(view.sentence(verb)).start as usize;
    let passive = view.child(verb, &[Deprel::AuxPass]).is_some();
    let fronted = verb <= first + 1 && view.word(verb).to_lowercase().ends_with("ed");
    matches!(view.lemma(verb).as_str(), "ask" | "question" | "press" | "quiz") && (passive || fronted)
}

/// Personal pronouns outside quotations and sources.
fn pronouns(view: &View<'_>, drafts: &[Draft]) -> Vec<usize> {
    let one = |t: usize| matches!(asks(&view.word(t).to_lowercase()), Some(Asks::One(_)));
    let free = outside(view, drafts);
    (0..view.reading.tokens.len()).filter(|&t| view.is(t, Upos::Pron) && one(t) && free(t)).collect()
}

/// Subjects outside quotations and sources that are an office with “the” (“the colonel”).
fn offices(view: &View<'_>, drafts: &[Draft]) -> Vec<usize> {
    let the = |t: usize| view.child(t, &[Deprel::Det]).is_some_and(|d| view.lemma(d) == "the");
    let role = |t: usize| view.lexicon.people.role(&view.lemma(t)).is_some();
    let office = |t: usize| view.relation(t).is_subject() && the(t) && role(t);
    let free = outside(view, drafts);
    (0..view.reading.tokens.len()).filter(|&t| view.is(t, Upos::Noun) && office(t) && free(t)).collect()
}

/// Whether a token stands outside quotations and sources.
fn outside<'v>(view: &'v View<'_>, drafts: &[Draft]) -> impl Fn(usize) -> bool + 'v {
    let mut sources: Vec<Span> = drafts.iter().filter_map(|d| d.source).collect();
    sources.sort();
    let in_source = move |span: Span| {
        let next = sources.partition_point(|s| s.end <= span.start);
        sources.get(next).is_some_and(|s| s.overlaps(span))
    };
    move |t: usize| {
        let span = view.reading.tokens[t];
        view.quotation_at(span.start).is_none() && !in_source(span)
    }
}

/// Notes whom an office means that somebody known holds.
fn free_office(cast: &mut Cast, view: &View<'_>, token: usize) {
    if let Some(entry) = held(cast, view, token) {
        cast.seen.push(Seen { token, entry, spoke: false });
    }
}

fn free_pronoun(cast: &mut Cast, view: &View<'_>, token: usize) {
    if let Some(entry) = pronoun(cast, view, token, &Said::default()) {
        cast.seen.push(Seen { token, entry, spoke: false });
    }
}

fn draft_speaker(
    cast: &mut Cast,
    view: &View<'_>,
    drafts: &[Draft],
    i: usize,
    found: &[Option<usize>],
) -> Option<usize> {
    let draft = &drafts[i];
    let source = draft.source?;
    let tokens = view.reading.tokens_in(source);
    let head = source_head(view, tokens)?;
    let around = draft.inside.and_then(|o| found[o].or_else(|| named_source(cast, view, &drafts[o])));
    if is_nobody(view, source) && named_in_a_row(cast, view, after_neither(view, tokens)).is_none() {
        return None;
    }
    let said = Said { around, speaking: true, not: None };
    let entry = entry_of(cast, view, Phrase { head, within: tokens, said })?;
    cast.seen.push(Seen { token: head, entry, spoke: true });
    Some(entry)
}

/// Whom the source of a draft names, if it is a name: a source may stand after what it says.
fn named_source(cast: &Cast, view: &View<'_>, draft: &Draft) -> Option<usize> {
    let tokens = view.reading.tokens_in(draft.source?);
    name_of(cast, view, source_head(view, tokens)?, tokens)
}

/// The head of a source; where the tree makes it an article or adjective, the last noun of the run that it begins.
fn source_head(view: &View<'_>, tokens: TokenRange) -> Option<usize> {
    let head = view.head_of(tokens)?;
    let modifies = |t: usize| view.is(t, Upos::Det) || view.is(t, Upos::Adj) || view.is(t, Upos::Num);
    let noun = |t: usize| view.is(t, Upos::Noun) || view.is(t, Upos::Propn);
    let run = (head..tokens.end as usize).take_while(|&t| modifies(t) || noun(t));
    let last = run.filter(|&t| noun(t)).last();
    Some(last.filter(|_| modifies(head)).unwrap_or(head))
}

/// The tokens of “neither A nor B” after the first word.
fn after_neither(view: &View<'_>, tokens: TokenRange) -> TokenRange {
    let neither = view.word(tokens.start as usize).eq_ignore_ascii_case("neither");
    TokenRange::new(tokens.start as usize + usize::from(neither), tokens.end as usize)
}

/// The entry that a noun phrase means.
pub fn entry_of(cast: &mut Cast, view: &View<'_>, phrase: Phrase) -> Option<usize> {
    joint(cast, view, phrase).or_else(|| one_of(cast, view, phrase))
}

/// The entry that a noun phrase means which is no coordination.
pub fn one_of(cast: &mut Cast, view: &View<'_>, phrase: Phrase) -> Option<usize> {
    let Phrase { head, within, said } = phrase;
    if let Some(owned) = possessed(cast, view, head, within) {
        let named = name_of(cast, view, owned, within);
        return named.or_else(|| description(cast, view, Phrase { head: owned, ..phrase }, true));
    }
    if let Some(named) = name_of(cast, view, head, within) {
        cast.why.how = "name";
        return Some(named);
    }
    let word = view.word(head).to_lowercase();
    if let Some(whom) = within.range().find(|&t| view.word(t).eq_ignore_ascii_case("whom")) {
        return relative(cast, view, whom, &said);
    }
    if asks(&word).is_some() {
        return pronoun(cast, view, head, &said);
    }
    if matches!(word.as_str(), "who" | "which" | "that" | "whom") {
        return relative(cast, view, head, &said);
    }
    if matches!(word.as_str(), "this" | "what" | "there" | "you" | "one" | "whoever" | "anyone" | "nobody") {
        return None;
    }
    if let Some(named) = proper(cast, view, head, within) {
        cast.why.how = "name";
        return Some(named);
    }
    let noun = view.is_nominal(head) || view.is(head, Upos::Adj) || view.is(head, Upos::Det);
    if noun { description(cast, view, phrase, false) } else { None }
}

/// The name that a phrase is about: the name that holds its head, or that stands beside it as the same thing.
fn name_of(cast: &Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<usize> {
    if let Some(place) = cast.name_at(head).or_else(|| titled_name(cast, view, head, within)) {
        return Some(holder(cast, view, place, within).unwrap_or(place.named));
    }
    let title = view.lexicon.people.role(&view.lemma(head)).is_some()
        || view.lexicon.people.title(&[view.word(head)]).is_some();
    let beside = |t: &usize| {
        let relation = view.relation(*t);
        same_thing(relation) && (relation != Deprel::Compound || title && *t > head)
    };
    let mut near: Vec<usize> = view.children(head).filter(|t| within.contains(*t)).filter(beside).collect();
    near.sort_unstable();
    let titled =
        |t: usize| cast.name_at(t + 1).filter(|_| view.lexicon.people.title(&[view.word(t)]).is_some());
    let person = |t: &usize| {
        let place = cast.name_at(*t).or_else(|| titled(*t))?;
        let is_person = cast.entries[place.named].referent.kind == ReferentKind::Person;
        (is_person || view.relation(*t) != Deprel::Compound).then_some(place.named)
    };
    let found = near.iter().find_map(person).or_else(|| apposed(cast, view, head, within));
    found.or_else(|| closing(cast, view, head, within))
}

/// The one person named behind a comma after an office that the model takes for a name (“the Minister of Defence, Ada Finn,”).
fn holder(cast: &Cast, view: &View<'_>, office: &NameAt, within: TokenRange) -> Option<usize> {
    let person = |n: &NameAt| cast.entries[n.named].referent.kind == ReferentKind::Person;
    let first = office.tokens.start as usize;
    let is_office = !person(office) && view.lexicon.people.role(&view.lemma(first)).is_some();
    let name = cast.names_in(within).last().filter(|n| is_office && person(n))?;
    let comma = (name.tokens.start as usize).checked_sub(1).filter(|&t| view.word(t) == ",")?;
    let joined = (first..comma).any(|t| view.is(t, Upos::Cconj) || view.word(t) == ",");
    let ends = (name.tokens.end as usize..within.end as usize).all(|t| view.is(t, Upos::Punct));
    (comma > first && ends && !joined).then_some(name.named)
}

/// The person's name that ends a description without a comma (“the spokesman of the Ministry of Trade Ada Finn”), as
/// translations have it: it stands directly behind the name or the body that the office is of.
fn closing(cast: &Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<usize> {
    let name = cast.names_in(within).last().filter(|n| n.tokens.end == within.end && n.tokens.len() > 1)?;
    let person = cast.entries[name.named].referent.kind == ReferentKind::Person;
    let before = (name.tokens.start as usize).checked_sub(1).filter(|&t| t > head)?;
    let lexicon = view.lexicon;
    let body = lexicon.states.body(&view.lemma(before)).is_some_and(|k| k != SpeakerKind::Document);
    let of_name = cast.name_at(before).is_some_and(|n| n.tokens.end == name.tokens.start);
    let office =
        lexicon.people.role(&view.lemma(head)).is_some() && matches!(view.word(head + 1), "of" | "for");
    let singular = view.reading.tags.get(head).is_some_and(|t| t.xpos == Xpos::Nn);
    (person && office && singular && (body || of_name)).then_some(name.named)
}

/// The name after a comma that ends a description (“the firm that built the dam, Hydrax,”), where the tree does not
/// join them: a person's after an office, an organisation's after a body.
fn apposed(cast: &Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<usize> {
    let name = cast.names_in(within).last()?;
    let comma = (name.tokens.start as usize).checked_sub(1).filter(|&t| t > head && view.word(t) == ",")?;
    let ends = (name.tokens.end as usize..within.end as usize).all(|t| view.is(t, Upos::Punct));
    let lexicon = view.lexicon;
    let is_role = |t: usize| lexicon.people.role(&view.lemma(t)).is_some();
    let is_body = |t: usize| lexicon.states.body(&view.lemma(t)).is_some_and(|k| k != SpeakerKind::Document);
    let alone = |fits: &dyn Fn(usize) -> bool| fits(head) && !(head + 1..comma).any(fits);
    let joined = (head + 1..comma).any(|t| view.is(t, Upos::Cconj) || view.word(t) == ",");
    let singular = view.reading.tags.get(head).is_some_and(|t| t.xpos == Xpos::Nn);
    let fits = match cast.entries[name.named].referent.kind {
        ReferentKind::Person => alone(&is_role) || name.tokens.len() == 1 && alone(&is_body),
        ReferentKind::Organisation => alone(&is_body),
        ReferentKind::Place => alone(&is_body) && !super::kind::is_known(view, name.span),
        _ => false,
    };
    (ends && singular && !joined && fits).then_some(name.named)
}

/// The person's name that a phrase begins with, after nothing but title and office. A name before the head belongs
/// to it (“Tarnow's minister”) and is not what the phrase is about.
fn titled_name<'c>(cast: &'c Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<&'c NameAt> {
    let names = cast.names_in(within);
    let first = names.iter().find(|p| cast.entries[p.named].referent.kind == ReferentKind::Person)?;
    let after_head = first.tokens.start as usize >= head;
    (after_head && begins(view, first, within.start as usize)).then_some(first)
}

/// Whether only an article, title and office stand between `start` and a name.
pub fn begins(view: &View<'_>, name: &NameAt, start: usize) -> bool {
    let start = if view.is(start, Upos::Det) { start + 1 } else { start };
    before(view, name.tokens).start as usize <= start && name.tokens.start as usize >= start
}

/// The entry that a pronoun means; one inside a quotation is nobody who says it, but for “I” and “we”.
pub fn pronoun(cast: &mut Cast, view: &View<'_>, token: usize, said: &Said) -> Option<usize> {
    let wanted = asks(&view.word(token).to_lowercase())?;
    let entry = match wanted {
        Asks::Speaker => match said.around {
            Some(around) => around,
            None => first_person(cast, view, token)?,
        },
        wanted => {
            let at = view.reading.tokens.get(token).map_or(0, |s| s.start);
            let around = said.around.filter(|_| view.quotation_at(at).is_some());
            let mut ranked = antecedents(cast, view, token, wanted, said.speaking);
            ranked.retain(|(entry, _)| Some(*entry) != around && Some(*entry) != said.not);
            let pair = if ranked.is_empty() && wanted == Asks::Many {
                named_before(cast, view, token)
            } else {
                None
            };
            ranked.extend(pair.map(|entry| (entry, 1.0)));
            cast.weigh("pronoun", &ranked)?
        }
    };
    if let Asks::One(gender) = wanted {
        cast.entries[entry].gender = cast.entries[entry].gender.or(Some(gender));
    }
    cast.note(view, TokenRange::new(token, token + 1), entry, MentionForm::Pronoun);
    Some(entry)
}

/// “Strand and Moe run the clinic. They …”: the people named in a row as the subject of the sentence before.
fn named_before(cast: &mut Cast, view: &View<'_>, token: usize) -> Option<usize> {
    let here = view.sentence(token);
    let near = [Some(here), here.checked_sub(1)].into_iter().flatten();
    let subjects = near
        .flat_map(|s| view.sentence_tokens(s).range())
        .filter(|&t| t < token && view.relation(t).is_subject());
    let rows: Vec<(usize, TokenRange)> =
        subjects.map(|t| (t, view.phrase(t, &[Deprel::Appos, Deprel::Punct]))).collect();
    let (head, within) = rows.into_iter().find(|(_, row)| named_in_a_row(cast, view, *row).is_some())?;
    joint(cast, view, Phrase { head, within, said: Said::default() })
}

/// “I” and “we” in a quotation are its speaker; outside, “I” and “me” are the writer's.
fn first_person(cast: &mut Cast, view: &View<'_>, token: usize) -> Option<usize> {
    let span = view.reading.tokens.get(token)?;
    if view.quotation_at(span.start).is_some() {
        return last_spoken(cast, |e| e.speaker != SpeakerKind::Document);
    }
    if !matches!(view.word(token).to_lowercase().as_str(), "i" | "me" | "my" | "myself") {
        return issuer(cast, view, token);
    }
    let name = view.article.author.clone().unwrap_or_else(|| "reporter".to_owned());
    let writer = |e: &Entry| e.noun.as_deref() == Some(WRITER);
    Some(cast.entries.iter().position(writer).unwrap_or_else(|| cast.add(reporter(view, name))))
}

/// “We” outside quotations is the body whose text this is: the only one that spoke before in it, or with which it
/// begins; where others are quoted as well, it is the outlet, of which nothing is known.
fn issuer(cast: &Cast, view: &View<'_>, token: usize) -> Option<usize> {
    let states = &view.lexicon.states;
    let body = |e: &Entry| {
        let acts = matches!(e.speaker, SpeakerKind::Government | SpeakerKind::Organisation);
        let town = e.referent.kind == ReferentKind::Place && states.state(&e.referent.name).is_none();
        acts && e.referent.named && !town
    };
    let first = || {
        let sentence = view.sentence_tokens(0);
        let mut subjects = sentence.range().filter(|&t| view.relation(t).is_subject());
        subjects.find_map(|t| cast.name_at(t).map(|n| n.named).filter(|&n| body(&cast.entries[n])))
    };
    let before = cast.seen.partition_point(|s| s.token < token);
    let mut spoken = cast.seen[..before].iter().rev().take(60).filter(|s| s.spoke).map(|s| s.entry);
    let candidate = spoken.clone().find(|&e| body(&cast.entries[e])).or_else(first)?;
    let outlet = spoken.any(|e| e != candidate && body(&cast.entries[e]));
    (!outlet).then_some(candidate)
}

/// Marks the entry of the writer, who is not described in the text.
const WRITER: &str = "(writer)";

fn reporter(view: &View<'_>, name: String) -> Entry {
    let named = view.article.author.is_some();
    let speaker = if named { SpeakerKind::Person } else { SpeakerKind::Unnamed };
    let mut entry = group(name, speaker);
    entry.plural = false;
    entry.noun = Some(WRITER.to_owned());
    entry.referent.kind = ReferentKind::Person;
    entry.referent.named = named;
    entry
}
