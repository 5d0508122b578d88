//! Names that mean the same within one article.

use super::keys::{initials, name_key, same_key, word_key};
use super::profile::{Profile, profile};
use super::spotted;
use crate::view::View;
use record::{NameKind, ReferentKind, Span, TokenRange};
use std::collections::HashMap;

/// Somebody or something named, with what is known so far.
#[derive(Clone, Debug)]
pub struct Named {
    /// Kind of thing.
    pub kind: ReferentKind,
    /// Variants as written, in order of appearance.
    pub variants: Vec<String>,
    /// The fullest variant, or the common name of a state.
    pub name: String,
    /// Gender, role, whom it represents.
    pub profile: Profile,
    /// All roles it was given, in lower case.
    pub roles: Vec<String>,
    /// Number of mentions by name.
    pub count: u32,
    keys: Vec<String>,
    /// First tokens of its mentions, sorted.
    at: Vec<u32>,
    /// First tokens of its mentions as a subject, sorted.
    acts_at: Vec<u32>,
    /// First tokens of its mentions by surname alone, sorted.
    alone_at: Vec<u32>,
}

/// A name where it stands.
#[derive(Clone, Debug)]
pub struct NameAt {
    /// Its characters, as the model marks them.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it names here.
    pub kind: NameKind,
    /// Index of what it means.
    pub named: usize,
}

/// Groups all names of an article.
#[derive(Debug, Default)]
pub struct Grouping {
    /// What is named.
    pub all: Vec<Named>,
    /// Where.
    pub places: Vec<NameAt>,
    by_surname: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, usize>,
    by_initials: HashMap<String, usize>,
}

/// All names of an article, grouped. Full names come first, so that a surname in the title finds its bearer.
pub fn group(view: &View<'_>) -> Grouping {
    let mut grouping = Grouping::default();
    let names = super::kind::settled(view, spotted::names(view));
    let persons = |full: bool| {
        names
            .iter()
            .filter(move |(s, k)| *k == NameKind::Person && (person_words(view, *s).len() > 1) == full)
    };
    let others = names.iter().filter(|(_, k)| *k != NameKind::Person);
    let order: Vec<_> = persons(true).chain(persons(false)).chain(others).copied().collect();
    order.into_iter().for_each(|(span, kind)| grouping.add(view, span, kind));
    grouping.places.sort_by_key(|p| p.span);
    grouping.all.iter_mut().for_each(|named| named.complete(view));
    grouping
}

impl Grouping {
    fn add(&mut self, view: &View<'_>, span: Span, kind: NameKind) {
        let tokens = view.reading.tokens_in(span);
        if tokens.is_empty() {
            return;
        }
        let named = match kind {
            NameKind::Person => self.person(view, span),
            _ => self.other(view, span, tokens, kind),
        };
        let Some((named, tokens)) = named else { return };
        let Some(span) = view.reading.span_of(tokens) else { return };
        let at = self.all[named].at.partition_point(|&t| t < tokens.start);
        self.all[named].at.insert(at, tokens.start);
        if acts(view, tokens) {
            let at = self.all[named].acts_at.partition_point(|&t| t < tokens.start);
            self.all[named].acts_at.insert(at, tokens.start);
        }
        if kind == NameKind::Person && person_words(view, span).len() == 1 {
            self.called_alone(named, &word_key(person_words(view, span)[0]), tokens.start);
        }
        self.all[named].count += 1;
        let written = one_line(span.text(view.text()));
        if !self.all[named].variants.contains(&written) {
            self.all[named].variants.push(written);
        }
        self.places.push(NameAt { span, tokens, kind, named });
    }

    /// Notes that somebody is called by surname alone at a token.
    fn called_alone(&mut self, named: usize, key: &str, token: u32) {
        let person = &mut self.all[named];
        let given = person.keys.len() > 1 && person.keys.first().is_some_and(|k| k == key);
        if !given {
            let at = person.alone_at.partition_point(|&t| t < token);
            person.alone_at.insert(at, token);
        }
    }

    fn person(&mut self, view: &View<'_>, span: Span) -> Option<(usize, TokenRange)> {
        let tokens = bare_name(view, span);
        let words = person_words(view, span);
        if words.len() == 1
            && is_place_or_people(view, words[0])
            && !is_bare_singular(view, tokens)
            && !self.by_surname.contains_key(&word_key(words[0]))
        {
            let kind = if view.lexicon.states.demonym(words[0]).is_some() {
                NameKind::Group
            } else {
                NameKind::Place
            };
            return self.other(view, span, tokens, kind);
        }
        let keys: Vec<String> = words.iter().map(|w| word_key(w)).filter(|k| !k.is_empty()).collect();
        let profile = profile(view, tokens);
        let written = person_name(view, tokens);
        let named = match self.known_person(&keys, &profile, tokens) {
            Some(named) => named,
            None => self.new_person(&written, keys.clone())?,
        };
        let person = &mut self.all[named];
        let roles = profile.role.iter().flat_map(|r| with_offices(view, r));
        roles.for_each(|role| {
            if !person.roles.contains(&role) {
                person.roles.push(role);
            }
        });
        person.profile.complete(profile);
        if keys.len() > person.keys.len() {
            person.name = written;
            person.keys = keys.clone();
            self.by_given.entry(keys[0].clone()).or_default().push(named);
        }
        Some((named, tokens))
    }

    fn new_person(&mut self, written: &str, keys: Vec<String>) -> Option<usize> {
        let named = self.all.len();
        self.by_surname.entry(keys.last()?.clone()).or_default().push(named);
        if keys.len() > 1 {
            self.by_given.entry(keys[0].clone()).or_default().push(named);
        }
        self.all.push(Named::new(ReferentKind::Person, written.to_owned(), keys));
        Some(named)
    }

    /// The person with this surname and no other given name or gender; of several, one with the office that stands before
    /// the name, then the one called by surname alone before, then the one named most often so far: a relative who is
    /// named in passing does not take the surname over.
    fn known_person(&self, keys: &[String], profile: &Profile, tokens: TokenRange) -> Option<usize> {
        let surname = keys.last()?;
        let bearers = self.bearers(surname);
        let fits = |&n: &usize| self.fits(n, keys, profile);
        let prominent = |ns: Vec<usize>| {
            let first = |n: usize| self.all[n].at.first().copied().unwrap_or(u32::MAX);
            let rank = |&n: &usize| {
                let alone = self.all[n].alone_at.partition_point(|&t| t < tokens.start);
                let often = self.named_before(n, tokens.start);
                (self.holds(n, profile), alone, often, std::cmp::Reverse((first(n), n)))
            };
            ns.into_iter().max_by_key(rank)
        };
        let nearest = |ns: Vec<usize>| {
            let place = |n: usize| (self.acted_before(n, tokens.start), self.last_before(n, tokens.start));
            ns.into_iter().max_by_key(|&n| (place(n), std::cmp::Reverse(n)))
        };
        let found = prominent(bearers.into_iter().filter(fits).collect());
        found.or_else(|| {
            let by_given = self.by_given.get(surname).filter(|_| keys.len() == 1)?;
            nearest(by_given.iter().copied().filter(|&n| self.gender_fits(n, profile)).collect())
        })
    }

    fn bearers(&self, surname: &str) -> Vec<usize> {
        if let Some(same) = self.by_surname.get(surname) {
            return same.clone();
        }
        let similar = |n: &usize| self.all[*n].keys.last().is_some_and(|k| same_key(k, surname));
        let persons = (0..self.all.len().min(400)).filter(|&n| self.all[n].kind == ReferentKind::Person);
        persons.filter(similar).collect()
    }

    fn fits(&self, named: usize, keys: &[String], profile: &Profile) -> bool {
        let known = &self.all[named].keys;
        let given_fits = keys.len() < 2 || known.len() < 2 || same_given(&keys[0], &known[0]);
        given_fits && self.gender_fits(named, profile)
    }

    /// Whether somebody has the office that is given here.
    fn holds(&self, named: usize, profile: &Profile) -> bool {
        let last = |role: &str| role.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let office = profile.role.as_deref().map(last);
        office.is_some_and(|o| self.all[named].roles.iter().any(|r| last(r) == o))
    }

    fn gender_fits(&self, named: usize, profile: &Profile) -> bool {
        match (self.all[named].profile.gender, profile.gender) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Number of mentions before a token.
    fn named_before(&self, named: usize, token: u32) -> usize {
        self.all[named].at.partition_point(|&t| t < token)
    }

    /// The last mention before a token in which it does something.
    fn acted_before(&self, named: usize, token: u32) -> u32 {
        let at = &self.all[named].acts_at;
        at.partition_point(|&t| t <= token).checked_sub(1).map_or(0, |i| at[i] + 1)
    }

    /// The last mention before a token, for choosing among bearers of one name; mentions after it count least.
    fn last_before(&self, named: usize, token: u32) -> u32 {
        let at = &self.all[named].at;
        let next = at.partition_point(|&t| t <= token);
        next.checked_sub(1).map_or(0, |i| at[i] + 1)
    }

    fn other(
        &mut self,
        view: &View<'_>,
        span: Span,
        tokens: TokenRange,
        kind: NameKind,
    ) -> Option<(usize, TokenRange)> {
        let written = one_line(span.text(view.text()));
        let state = state_of(view, &written);
        let key = state.map_or_else(|| name_key(&written), name_key);
        if key.is_empty() {
            return None;
        }
        if tokens.len() == 1
            && let Some(person) = self.surname_bearer(&written)
        {
            return Some((person, tokens));
        }
        let acronym = written.chars().filter(|c| c.is_uppercase()).count() == key.len() && key.len() > 1;
        let known = self.by_name.get(&key).or_else(|| self.by_initials.get(&key).filter(|_| acronym));
        let known = known.copied().or_else(|| self.masthead(&key));
        let named = known.unwrap_or_else(|| {
            self.new_other(kind, state.map_or(written.clone(), str::to_owned), &key, state.is_some())
        });
        if state.is_none()
            && written.len() > self.all[named].name.len()
            && self.all[named].kind != ReferentKind::Place
        {
            self.all[named].name = written;
        }
        Some((named, tokens))
    }

    /// The one paper whose name ends with this word, where the word alone is one (“the Post”).
    fn masthead(&self, key: &str) -> Option<usize> {
        if !MASTHEADS.contains(&key) {
            return None;
        }
        let ends = |n: &Named| {
            n.kind != ReferentKind::Person
                && n.keys.first().is_some_and(|k| k.rsplit(' ').next() == Some(key))
        };
        let mut papers = (0..self.all.len()).filter(|&n| ends(&self.all[n]));
        papers.next().filter(|_| papers.next().is_none())
    }

    fn new_other(&mut self, kind: NameKind, name: String, key: &str, is_state: bool) -> usize {
        let named = self.all.len();
        self.by_name.insert(key.to_owned(), named);
        let short = initials(&name);
        if short.len() > 1 && name.contains(' ') {
            self.by_initials.entry(short).or_insert(named);
        }
        let kind = if is_state { ReferentKind::Place } else { referent_kind(kind) };
        self.all.push(Named::new(kind, name, vec![key.to_owned()]));
        named
    }

    /// A person known by full name whose surname this single word is, whatever the model took it for.
    fn surname_bearer(&self, word: &str) -> Option<usize> {
        let bearers = self.by_surname.get(&word_key(word))?;
        bearers.iter().copied().find(|&n| {
            let last = self.all[n].name.rsplit(' ').next();
            self.all[n].keys.len() > 1 && last.is_some_and(|l| l.eq_ignore_ascii_case(word))
        })
    }
}

/// Last words of papers' names by which the papers are called for short.
const MASTHEADS: [&str; 14] = [
    "post",
    "times",
    "journal",
    "tribune",
    "herald",
    "guardian",
    "telegraph",
    "gazette",
    "chronicle",
    "globe",
    "observer",
    "examiner",
    "courier",
    "star",
];

/// Whether a name is a subject, or in apposition to one.
fn acts(view: &View<'_>, tokens: TokenRange) -> bool {
    let Some(head) = view.head_of(tokens) else { return false };
    let above = view.head(head).filter(|_| super::same_thing(view.relation(head)));
    view.relation(head).is_subject() || above.is_some_and(|h| view.relation(h).is_subject())
}

impl Named {
    fn new(kind: ReferentKind, name: String, keys: Vec<String>) -> Self {
        Self {
            kind,
            variants: Vec::new(),
            name,
            profile: Profile::default(),
            roles: Vec::new(),
            count: 0,
            keys,
            at: Vec::new(),
            acts_at: Vec::new(),
            alone_at: Vec::new(),
        }
    }
}

impl Named {
    /// One who has only one name has the gender of that given name, if nothing else tells it.
    fn complete(&mut self, view: &View<'_>) {
        if self.kind == ReferentKind::Person && self.keys.len() == 1 && self.profile.gender.is_none() {
            self.profile.gender = view.lexicon.people.given(&self.name);
        }
    }
}

/// A role as written, and the offices that its words abbreviate (`texas gov.`, `governor`).
fn with_offices(view: &View<'_>, role: &str) -> Vec<String> {
    let offices = role.split_whitespace().filter_map(|w| view.lexicon.people.title(&[w])?.1.office);
    std::iter::once(role.to_owned()).chain(offices.map(str::to_owned)).collect()
}

/// Given names agree: equal, nearly so, or one is the other's initial.
fn same_given(a: &str, b: &str) -> bool {
    let initial = a.len() == 1 || b.len() == 1;
    same_key(a, b) || initial && a.chars().next() == b.chars().next() || nickname(a, b)
}

/// One given name is the beginning of the other (`Alex`, `Alexander`).
fn nickname(a: &str, b: &str) -> bool {
    a.len().min(b.len()) >= 3 && (a.starts_with(b) || b.starts_with(a))
}

/// The tokens of a person's name without titles, offices and states before it; empty if the words are an office only.
pub fn bare_name(view: &View<'_>, span: Span) -> TokenRange {
    let tokens = view.reading.tokens_in(span);
    let mut start = tokens.start as usize;
    let end = tokens.end as usize;
    for t in tokens.range() {
        if is_office(view, t, end) && !goes_on(view, t, start) {
            start = after_portfolio(view, t + 1, end);
        }
    }
    TokenRange::new(start, end)
}

/// Whether the word goes on with a name that begins at `start` (“Elena M. Varga”, “Tarek Sheikh Vadim”), where it is no title.
fn goes_on(view: &View<'_>, token: usize, start: usize) -> bool {
    let first = view.word(start);
    let named = view.is(start, record::Upos::Propn)
        && !is_place_or_people(view, first)
        && !is_office(view, start, usize::MAX);
    named && token > start && view.relation(token) == record::Deprel::Flat && view.head(token) == Some(start)
}

fn is_office(view: &View<'_>, token: usize, end: usize) -> bool {
    let people = &view.lexicon.people;
    let word = view.word(token).trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let titled = people.title(&[word]).is_some() || people.role(&word.to_lowercase()).is_some();
    // A surname may be a title (Judge, King): the last word of a longer name stays, and one after “Mr.”.
    let addressed = || {
        let before = token.checked_sub(1).and_then(|t| people.title(&[view.word(t)]));
        token + 1 == end && before.is_some_and(|(_, title)| title.office.is_none())
    };
    titled
        && !addressed()
        && (token + 1 < end
            || view.head(token).is_none_or(|h| h >= token)
            || token + 1 == end && is_common(view, token))
}

/// Whether an office stands alone as the whole name (“Russian President”).
fn is_common(view: &View<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1) else { return false };
    let states = &view.lexicon.states;
    view.is(before, record::Upos::Det)
        || states.demonym(view.word(before)).is_some()
        || matches!(view.word(before), "Foreign" | "Prime" | "Vice" | "Deputy")
}

fn after_portfolio(view: &View<'_>, at: usize, end: usize) -> usize {
    if !(at < end && matches!(view.word(at), "of" | "for")) {
        return at;
    }
    let words: Vec<&str> = (at + 1..end.min(at + 4)).map(|t| view.word(t)).collect();
    at + 1 + view.lexicon.people.portfolio(&words).unwrap_or(usize::from(!words.is_empty()))
}

/// The words of a person's name without titles before and marks after it.
fn person_words<'a>(view: &View<'a>, span: Span) -> Vec<&'a str> {
    let suffix = |w: &str| matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "'s" | "’s");
    let words = bare_name(view, span).range().map(|t| view.word(t));
    words.filter(|w| !suffix(w) && w.chars().any(char::is_alphanumeric)).collect()
}

/// A person's name as written, on one line and without a possessive ending.
fn person_name(view: &View<'_>, tokens: TokenRange) -> String {
    let words = view.reading.span_of(tokens).map_or("", |s| s.text(view.text()));
    let words = one_line(words);
    let unpaired = words.matches('"').count() % 2 == 1;
    let words = words.rsplit('"').next().filter(|_| unpaired).unwrap_or(&words);
    words.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(',').trim().to_owned()
}

/// Whether one word names a state, its people or its capital.
fn is_place_or_people(view: &View<'_>, word: &str) -> bool {
    let states = &view.lexicon.states;
    states.state(word).is_some() || states.demonym(word).is_some() || states.capital(word).is_some()
}

/// Whether the word for one of a people (“a Finn”) stands alone as a subject or owner, which only a surname can.
pub fn is_bare_singular(view: &View<'_>, tokens: TokenRange) -> bool {
    use record::{Deprel, Upos};
    let token = tokens.start as usize;
    let word = view.word(token);
    let states = &view.lexicon.states;
    let place = states.state(word).is_some() || states.capital(word).is_some();
    let collective = ["s", "ese", "ish", "ch", "ss"].iter().any(|end| word.ends_with(end));
    let noun = view.is(token, Upos::Propn) || view.is(token, Upos::Noun);
    let alone = token.checked_sub(1).is_none_or(|t| !view.is(t, Upos::Det) && !view.is(t, Upos::Adj));
    let named = matches!(view.relation(token), Deprel::Nsubj | Deprel::NmodPoss);
    !place && !collective && noun && alone && named && states.demonym(word).is_some()
}

fn state_of<'a>(view: &View<'a>, written: &str) -> Option<&'a str> {
    // `us` the pronoun is no state; names are capitalised.
    let states = &view.lexicon.states;
    let plural = written.ends_with('s') && !written.ends_with("ss");
    states.state(written).or_else(|| states.demonym(written).filter(|_| !plural))
}

fn referent_kind(kind: NameKind) -> ReferentKind {
    match kind {
        NameKind::Person => ReferentKind::Person,
        NameKind::Organisation => ReferentKind::Organisation,
        NameKind::Place => ReferentKind::Place,
        NameKind::Group => ReferentKind::Group,
        NameKind::Event => ReferentKind::Event,
        NameKind::Product => ReferentKind::Product,
        NameKind::Other => ReferentKind::Other,
    }
}

/// The words with runs of white space as one blank.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
