//! Proper names that nobody marked, and names that own what is meant (“Bell's doctor”).

use super::describe::nearest;
use super::keys::name_key;
use super::{Cast, Entry};
use crate::view::View;
use record::{Deprel, MentionForm, Referent, ReferentKind, SpeakerKind, TokenRange, Upos, Xpos};

/// Most words of a name that nobody marked.
const LONGEST: usize = 6;

/// The noun that a name owns (“Bell's doctor”), where a phrase is headed by the name: what stands last in the run of
/// nouns after the possessive.
pub fn possessed(cast: &Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<usize> {
    let owner = cast.name_at(head)?;
    let mark = owner.tokens.end as usize;
    let marked = within.contains(mark) && matches!(view.word(mark), "'s" | "’s" | "'" | "’");
    let inside = |t: &usize| {
        [Upos::Noun, Upos::Propn, Upos::Adj, Upos::Num].iter().any(|&u| view.is(*t, u))
            || view.word(*t) == "-"
    };
    let run = (mark + 1..within.end as usize).take_while(inside);
    let noun = |t: &usize| view.is(*t, Upos::Noun) || view.is(*t, Upos::Propn);
    marked.then(|| run.filter(noun).last()).flatten()
}

/// What a proper name means that the model did not mark: somebody or something named elsewhere in the article by the
/// same words or surname, else somebody new.
pub fn proper(cast: &mut Cast, view: &View<'_>, head: usize, within: TokenRange) -> Option<usize> {
    let run = run(view, head, within)?;
    let span = view.reading.span_of(run)?;
    let words = super::named::one_line(span.text(view.text()));
    let known = bearer(cast, view, head, &words);
    let named = view.is(head, Upos::Propn);
    let entry = known.or_else(|| named.then(|| cast.add(unknown(view, run, &words))))?;
    cast.note(view, run, entry, MentionForm::Name);
    Some(entry)
}

/// The capitalised words around a head, without titles and office before them.
fn run(view: &View<'_>, head: usize, within: TokenRange) -> Option<TokenRange> {
    let people = &view.lexicon.people;
    let upper = |t: usize| view.word(t).starts_with(char::is_uppercase);
    let capital = |t: usize| view.is(t, Upos::Propn) && upper(t);
    let title = |t: usize| {
        people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some_and(|_| t < head)
    };
    if !upper(head) || people.role(&view.lemma(head)).is_some() {
        return None;
    }
    let before = (within.start as usize..head).rev().take_while(|&t| capital(t) && !title(t)).last();
    let after = (head + 1..within.end as usize).take_while(|&t| capital(t)).last();
    let run = TokenRange::new(before.unwrap_or(head), after.unwrap_or(head) + 1);
    let body = run.len() == 1 && view.lexicon.states.body(&view.lemma(head)).is_some();
    (run.len() <= LONGEST && !body).then_some(run)
}

/// Who or what bears these words as a name; a single word is also a surname.
fn bearer(cast: &Cast, view: &View<'_>, head: usize, words: &str) -> Option<usize> {
    let key = name_key(words);
    let alone = !words.contains(' ');
    let same = |e: &Entry| {
        let names = std::iter::once(&e.referent.name).chain(&e.referent.names);
        let person = e.referent.kind == ReferentKind::Person;
        let last = |n: &String| alone && person && n.rsplit(' ').next() == Some(words);
        e.referent.named && names.into_iter().any(|n| last(n) || name_key(n) == key)
    };
    let any = || cast.entries.iter().take(400).position(same);
    (!key.is_empty()).then(|| nearest(cast, view, head, same).or_else(any)).flatten()
}

/// Somebody or something of whom only the name is known.
fn unknown(view: &View<'_>, run: TokenRange, words: &str) -> Entry {
    let (kind, speaker) = kinds(view, run, words);
    Entry {
        gender: None,
        plural: kind == ReferentKind::Group,
        roles: Vec::new(),
        noun: None,
        owner: None,
        foreign: false,
        speaker,
        count: 0,
        referent: Referent {
            name: words.to_owned(),
            kind,
            names: vec![words.to_owned()],
            named: true,
            represents: None,
            role: None,
            wikidata: None,
        },
    }
}

/// Plural names are groups; what has an article or capitals throughout is a body; a given name and more is a person.
/// What a single word at the beginning of a sentence is stays open.
fn kinds(view: &View<'_>, run: TokenRange, words: &str) -> (ReferentKind, SpeakerKind) {
    let first = run.start as usize;
    let plural = |t: usize| view.reading.tags.get(t).is_some_and(|t| t.xpos == Xpos::Nnps);
    let det = |t: usize| view.child(t, &[Deprel::Det]).is_some();
    let article = first.checked_sub(1).is_some_and(|t| view.is(t, Upos::Det)) || run.range().any(det);
    let capitals = words.len() > 1 && !words.contains(char::is_lowercase);
    let people = &view.lexicon.people;
    let titled = first.checked_sub(1).is_some_and(|t| people.title(&[view.word(t)]).is_some());
    let given = people.given(view.word(first)).is_some();
    let begins = view.sentence_tokens(view.sentence(first)).start as usize == first;
    match () {
        () if run.range().last().is_some_and(plural) => (ReferentKind::Group, SpeakerKind::Group),
        () if titled || given => (ReferentKind::Person, SpeakerKind::Person),
        () if article || capitals || run.len() > 1 => (ReferentKind::Organisation, SpeakerKind::Organisation),
        () if begins => (ReferentKind::Other, SpeakerKind::Unnamed),
        () => (ReferentKind::Person, SpeakerKind::Person),
    }
}
