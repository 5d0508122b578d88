//! What the words around a name tell of its bearer: title, office, whom he or she speaks for, gender.

use crate::view::View;
use lexicon::people::Gender;
use record::{Deprel, TokenRange, Upos};

/// What is known of a person from the words around one mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// He or she.
    pub gender: Option<Gender>,
    /// Office or role in lower case (`foreign minister`).
    pub role: Option<String>,
    /// State or body the person speaks for.
    pub represents: Option<String>,
}

impl Profile {
    /// Takes over what this profile lacks.
    pub fn complete(&mut self, other: Profile) {
        self.gender = self.gender.or(other.gender);
        self.role = self.role.take().or(other.role);
        self.represents = self.represents.take().or(other.represents);
    }
}

/// Most tokens before a name that belong to it.
const REACH: usize = 9;

/// The profile that the words around a name give.
pub fn profile(view: &View<'_>, name: TokenRange) -> Profile {
    let before = before(view, name);
    let mut profile = of_phrase(view, before);
    let title = title_before(view, name);
    profile.gender = title.and_then(|t| t.gender).or(profile.gender);
    if profile.role.is_none() {
        profile.role = title.and_then(|t| t.office).map(str::to_owned);
    }
    if name.len() > 1 {
        profile.gender = profile.gender.or_else(|| view.lexicon.people.given(view.word(name.start as usize)));
    }
    for noun in apposed(view, name) {
        profile.complete(of_phrase(view, noun));
    }
    profile
}

fn title_before(view: &View<'_>, name: TokenRange) -> Option<lexicon::people::Title> {
    let at = name.start as usize;
    (1..=3).rev().filter(|n| *n <= at).find_map(|n| {
        let words: Vec<&str> = (at - n..at).map(|t| view.word(t)).collect();
        view.lexicon.people.title(&words).filter(|(len, _)| *len == n).map(|(_, title)| title)
    })
}

/// The run of nouns and adjectives right before a name (“Russian Foreign Minister”, “Secretary of State”).
pub fn before(view: &View<'_>, name: TokenRange) -> TokenRange {
    let end = name.start as usize;
    let first = view.sentence_tokens(view.sentence(end)).start as usize;
    let mut start = end;
    while start > first && end - start < REACH && belongs(view, start - 1, end) {
        start -= 1;
    }
    while start < end && (view.is(start, Upos::Adp) || view.is(start, Upos::Part)) {
        start += 1;
    }
    TokenRange::new(start, end)
}

fn belongs(view: &View<'_>, token: usize, name_start: usize) -> bool {
    let word = view.word(token);
    if matches!(word, "'s" | "’s" | "-" | "&") {
        return true;
    }
    let next_is_role = view.lexicon.people.role(&view.lemma(token + 1)).is_some();
    if word == "of" || word == "for" {
        return token + 1 < name_start && !next_is_role && !view.is(token + 1, Upos::Det);
    }
    let tag = view.reading.tags.get(token);
    let noun = tag.is_some_and(|t| {
        matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj) || t.xpos == record::Xpos::Nnp
    });
    noun && !is_person_name(view, token)
}

fn is_person_name(view: &View<'_>, token: usize) -> bool {
    let Some(span) = view.reading.tokens.get(token) else { return false };
    let near = record::Span::new(span.start.saturating_sub(80), span.end + 80);
    let mut names = view.reading.names.within(near);
    names.any(|(s, n)| n.kind == record::NameKind::Person && super::named::bare_name(view, s).contains(token))
}

/// Noun phrases that stand in apposition to a name, on either side.
fn apposed(view: &View<'_>, name: TokenRange) -> Vec<TokenRange> {
    let Some(head) = view.head_of(name) else { return Vec::new() };
    let skip = [
        Deprel::Appos,
        Deprel::AclRelcl,
        Deprel::Acl,
        Deprel::Conj,
        Deprel::Parataxis,
        Deprel::Punct,
        Deprel::Advcl,
    ];
    let mut found: Vec<TokenRange> = view
        .children(head)
        .filter(|&c| matches!(view.relation(c), Deprel::Appos | Deprel::NmodDesc) && !name.contains(c))
        .map(|c| view.phrase(c, &skip))
        .collect();
    if let Some(above) = view.head(head).filter(|_| view.relation(head) == Deprel::Appos) {
        let phrase = view.phrase(above, &skip);
        let end = (phrase.end as usize).min(name.start as usize);
        found.push(TokenRange::new(phrase.start as usize, end));
    }
    found
}

/// The profile a noun phrase gives: its role words without state and article, the state or body it names.
pub fn of_phrase(view: &View<'_>, phrase: TokenRange) -> Profile {
    let Some(role_at) = phrase.range().rev().find(|&t| role_word(view, t)) else { return Profile::default() };
    let represents = phrase.range().find_map(|t| represented(view, t, phrase.end as usize));
    let gender =
        phrase.range().rev().filter_map(|t| view.lexicon.people.role(&view.lemma(t))).flatten().next();
    let role =
        role_text(view, phrase, role_at).map(|role| match view.lexicon.people.title(&[role.as_str()]) {
            Some((_, title)) => title.office.map_or(role, str::to_owned),
            None => role,
        });
    Profile { gender, role, represents }
}

fn role_word(view: &View<'_>, token: usize) -> bool {
    let noun = view.is(token, Upos::Noun) || view.is(token, Upos::Propn);
    noun && (view.lexicon.people.role(&view.lemma(token)).is_some()
        || view.lexicon.people.title(&[view.word(token)]).is_some_and(|(_, t)| t.office.is_some()))
}

/// The role in words, from after the last state, article or possessive before it to the end of the phrase or the
/// preposition before a state.
fn role_text(view: &View<'_>, phrase: TokenRange, role_at: usize) -> Option<String> {
    let first_role = phrase.range().find(|&t| role_word(view, t)).unwrap_or(role_at);
    let barrier = |t: &usize| {
        view.is(*t, Upos::Det)
            || view.is(*t, Upos::Pron)
            || matches!(view.word(*t), "'s" | "’s")
            || represented(view, *t, phrase.end as usize).is_some()
    };
    let start =
        (phrase.start as usize..first_role).rev().find(barrier).map_or(phrase.start as usize, |t| t + 1);
    let stop = |t: &usize| {
        view.is(*t, Upos::Adp)
            && (t + 1..(t + 3).min(phrase.end as usize))
                .any(|n| represented(view, n, phrase.end as usize).is_some())
            || view.is(*t, Upos::Punct)
    };
    let end = (first_role + 1..phrase.end as usize).find(stop).unwrap_or(phrase.end as usize);
    let span = view.reading.span_of(TokenRange::new(start, end))?;
    let words = span.text(view.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    Some(words).filter(|w| !w.is_empty() && w.len() < 120)
}

/// The state or body that the words from `token` on name: longest first.
pub fn represented(view: &View<'_>, token: usize, end: usize) -> Option<String> {
    (1..=3).rev().filter(|n| token + n <= end).find_map(|n| {
        let span = view.reading.span_of(TokenRange::new(token, token + n))?;
        let words = span.text(view.text());
        let states = &view.lexicon.states;
        let capital = words.starts_with(char::is_uppercase);
        let state = || states.state(words).or_else(|| states.demonym(words)).map(str::to_owned);
        let seat = || states.seat(words).map(|s| s.represents.to_owned());
        capital.then(|| state().or_else(seat)).flatten()
    })
}
