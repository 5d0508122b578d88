//! Where names stand: those the model marks, put right, and those that their surroundings show.

use super::kind::is_known;
use super::named::{bare_name, is_bare_singular};
use crate::view::View;
use lexicon::people::Gender;
use record::{Deprel, NameKind, Span, SpeakerKind, TokenRange, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// All names of an article in text order, without overlaps.
pub fn names(view: &View<'_>) -> Vec<(Span, NameKind)> {
    let marked = lengthened(view, shortened(view, parted(view, marked(view))));
    let mut found = marked.clone();
    found.extend(shown(view, &marked));
    found.sort_by_key(|(span, _)| *span);
    let mut end = 0;
    found.retain(|(span, _)| {
        let free = span.start >= end;
        end = end.max(if free { span.end } else { end });
        free
    });
    found
}

/// The names the model marks, without other things that are a time or have no capital, and without parties and states
/// in brackets (“R-Iowa”); a nickname in quotation marks joins the two parts of a name.
fn marked(view: &View<'_>) -> Vec<(Span, NameKind)> {
    let mut names: Vec<(Span, NameKind)> = Vec::new();
    let capitals = capitals(view);
    let all = view.reading.names.iter().flat_map(|(span, name)| parts(view, span, name.kind));
    for (span, marked) in all {
        let words = span.text(view.text());
        let is_time = view.reading.times.overlapping(span).any(|(t, _)| t.contains(span));
        let other = marked == NameKind::Other || is_pronoun(view, span);
        let aside = other && view.is_aside(span);
        if aside || other && (is_time || !words.contains(char::is_uppercase)) || is_party_mark(words) {
            continue;
        }
        let person = marked != NameKind::Person && is_person(view, span, marked);
        let kind = if person { NameKind::Person } else { plausible(view, span, marked, &capitals) };
        let span = if kind == NameKind::Person { with_given(view, mended(view, span)) } else { span };
        match names.last_mut() {
            Some((last, NameKind::Person))
                if marked == NameKind::Person && nickname_between(view, *last, span) =>
            {
                *last = last.cover(span)
            }
            _ => names.push((span, kind)),
        }
    }
    names
}

/// Whether a stretch is one pronoun, which names nothing (“us”).
fn is_pronoun(view: &View<'_>, span: Span) -> bool {
    let tokens = view.reading.tokens_in(span);
    tokens.len() == 1 && view.is(tokens.start as usize, Upos::Pron)
}

/// The names, with one that two run into parted: “the ministry of Tarnow Ada Finn”, “the lawyer of Bell Ada Finn”, where
/// Tarnow, or somebody Bell, is named elsewhere.
fn parted(view: &View<'_>, names: Vec<(Span, NameKind)>) -> Vec<(Span, NameKind)> {
    let mut known: BTreeMap<&str, NameKind> = BTreeMap::new();
    for (span, kind) in &names {
        let words = span.text(view.text());
        match (*kind, words.rsplit_once(' ')) {
            (NameKind::Person, Some((_, surname))) => known.insert(surname, NameKind::Person),
            (NameKind::Place | NameKind::Organisation, None) => known.insert(words, *kind),
            _ => None,
        };
    }
    let split = |(span, kind): (Span, NameKind)| {
        let tokens = view.reading.tokens_in(span);
        let first = tokens.start as usize;
        let of = first.checked_sub(1).is_some_and(|t| matches!(view.word(t), "of" | "for" | "from" | "in"));
        let capitals = tokens.range().all(|t| is_capital(view.word(t)));
        let own = known.get(view.word(first)).filter(|_| kind == NameKind::Person && of && capitals);
        let rest = view.reading.span_of(TokenRange::new(first + 1, tokens.end as usize));
        match (own, rest) {
            (Some(own), Some(rest)) if tokens.len() == 3 => {
                vec![(view.reading.tokens[first], *own), (rest, kind)]
            }
            _ => vec![(span, kind)],
        }
    };
    names.into_iter().flat_map(split).collect()
}

/// The names that a marked stretch holds: of one with a verb of speech inside, what stands on either side of the verb
/// (“Bell told Ada Finn of Tarnow News”); none of one headed by a common noun for somebody (“Haldrian nominee”), and
/// none of articles and pronouns alone.
fn parts(view: &View<'_>, span: Span, kind: NameKind) -> Vec<(Span, NameKind)> {
    let tokens = view.reading.tokens_in(span);
    let small = |t: usize| view.word(t).starts_with(char::is_lowercase);
    let verb =
        |t: usize| small(t) && view.is(t, Upos::Verb) && view.lexicon.speech.form(view.word(t)).is_some();
    if is_description(view, tokens, kind) {
        return Vec::new();
    }
    if tokens.len() < 2 || !tokens.range().any(verb) {
        return vec![(span, kind)];
    }
    let mut parts = Vec::new();
    let mut start = tokens.start as usize;
    for end in tokens.range().filter(|&t| verb(t)).chain([tokens.end as usize]) {
        let first = (start..end).find(|&t| !small(t));
        let last = (start..end).rev().find(|&t| !small(t));
        let range = first.zip(last).map(|(a, b)| person_first(view, TokenRange::new(a, b + 1)));
        parts.extend(range.and_then(|r| view.reading.span_of(r)).map(|s| (s, NameKind::Other)));
        start = end + 1;
    }
    parts
}

/// A given name and a surname before “of”, “from”, “in” are a name of their own.
fn person_first(view: &View<'_>, range: TokenRange) -> TokenRange {
    let start = range.start as usize;
    let small = (start..range.end as usize).find(|&t| view.word(t).starts_with(char::is_lowercase));
    let given = view.lexicon.people.given(view.word(start)).is_some();
    match small.filter(|&t| given && t > start + 1) {
        Some(end) => TokenRange::new(start, end),
        None => range,
    }
}

/// Whether a stretch is no name: an office alone or of a state (“Haldrian President”), words with a common noun for
/// somebody at their end, or nothing but an article or pronoun.
fn is_description(view: &View<'_>, tokens: TokenRange, kind: NameKind) -> bool {
    let Some(last) = (tokens.end as usize).checked_sub(1) else { return true };
    let role = view.lexicon.people.role(&view.lemma(last)).is_some();
    let small = view.word(last).starts_with(char::is_lowercase);
    let empty = |t: usize| {
        let word = view.word(t).to_lowercase();
        matches!(
            word.as_str(),
            "the" | "a" | "an" | "this" | "that" | "those" | "these" | "he" | "she" | "they"
        )
    };
    if kind == NameKind::Person {
        return tokens.range().all(empty);
    }
    let noun = kind == NameKind::Other && view.is(last, Upos::Noun);
    let of_a_state = |t: usize| t == last || view.lexicon.states.demonym(view.word(t)).is_some();
    small && (role || noun) && tokens.len() > 1
        || kind == NameKind::Other && role && tokens.range().all(of_a_state)
}

/// Words with a capital first and small letters after it.
fn capitals<'v>(view: &View<'v>) -> BTreeSet<String> {
    let words = (0..view.reading.tokens.len()).map(|t| view.word(t)).filter(|w| is_capital(w));
    words.map(str::to_uppercase).collect()
}

/// The kind of a marked name; a plural for many (“Democrats”) and an abbreviation that is nobody's surname in the
/// article are no person.
fn plausible(view: &View<'_>, span: Span, kind: NameKind, capitals: &BTreeSet<String>) -> NameKind {
    let tokens = view.reading.tokens_in(span);
    let token = tokens.start as usize;
    if kind != NameKind::Person || tokens.len() != 1 {
        return kind;
    }
    let word = view.word(token);
    let people = &view.lexicon.people;
    let titled = token.checked_sub(1).is_some_and(|t| people.title(&[view.word(t)]).is_some());
    let abbreviation = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let label = view.word(token + 1) == ":";
    let many = view.lexicon.states.body(&word.to_lowercase()) == Some(SpeakerKind::Group);
    match () {
        () if titled => kind,
        () if many && word.ends_with('s') => NameKind::Group,
        () if abbreviation && !label && !capitals.is_empty() && !capitals.contains(word) => {
            NameKind::Organisation
        }
        () => kind,
    }
}

/// “R-Ky.”, “D-Mass”: party and state of a politician.
fn is_party_mark(words: &str) -> bool {
    let mut letters = words.chars();
    let party = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let dash = letters.next().is_some_and(|c| matches!(c, '-' | '–'));
    party && dash && letters.next().is_some_and(char::is_uppercase) && words.len() < 10
}

/// A person's name that stops inside a word because of an odd letter goes to the end of the word, and takes the next.
fn mended(view: &View<'_>, span: Span) -> Span {
    let rest = &view.text()[span.end as usize..];
    let part = rest.find(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).unwrap_or(0);
    let odd = rest[..part].chars().any(|c| !c.is_ascii() && !"’‘”“–—…‎".contains(c));
    if !odd || part > 24 {
        return span;
    }
    let next = &rest[part..];
    let word = next.trim_start_matches(' ');
    let capital = word.starts_with(char::is_uppercase);
    let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let end = if capital { part + (next.len() - word.len()) + length } else { part };
    Span::new(span.start, span.end + end as u32)
}

/// A surname alone after a given name that nobody knows takes it in (“the engineer Dev | Pasko”).
fn with_given(view: &View<'_>, span: Span) -> Span {
    let tokens = view.reading.tokens_in(span);
    let first = tokens.start as usize;
    let Some(given) = first.checked_sub(1).filter(|_| tokens.len() == 1) else { return span };
    let Some(role) = given.checked_sub(1) else { return span };
    let lexicon = view.lexicon;
    let word = view.word(given);
    let other = lexicon.people.title(&[word]).is_some()
        || lexicon.people.role(&view.lemma(given)).is_some()
        || lexicon.states.demonym(word).is_some()
        || lexicon.states.state(word).is_some()
        || lexicon.states.body(&word.to_lowercase()).is_some();
    let near = view.sentence(role) == view.sentence(first);
    let office =
        view.word(role).starts_with(char::is_lowercase) && lexicon.people.role(&view.lemma(role)).is_some();
    let known = view.reading.names.overlapping(view.reading.tokens[given]).next().is_some();
    let takes = near && office && !other && !known && is_capital(word);
    takes.then(|| view.reading.span_of(TokenRange::new(given, first + 1))).flatten().unwrap_or(span)
}

/// Whether words that the model took for no person's are one: a given name and a surname after an office (“mayor
/// Greta Finn”), an office with a name after it (“Defence Secretary Ada Finn”), a surname that is the word for a people.
fn is_person(view: &View<'_>, span: Span, kind: NameKind) -> bool {
    let tokens = view.reading.tokens_in(span);
    let (first, last) = (tokens.start as usize, (tokens.end as usize).saturating_sub(1));
    let shape = |r: TokenRange| (2..=4).contains(&r.len()) && r.range().all(|t| is_capital(view.word(t)));
    let given = |t: usize| view.lexicon.people.given(view.word(t)).is_some();
    let office = || first > 0 && view.lexicon.people.role(&view.lemma(first - 1)).is_some();
    let people = || kind == NameKind::Group && view.lexicon.states.demonym(view.word(last)).is_some();
    let alone = tokens.len() == 1 && kind == NameKind::Group && is_bare_singular(view, tokens);
    let described = || kind == NameKind::Place && is_described(view, tokens) && !is_known(view, span);
    let proper = || kind == NameKind::Other && tokens.range().all(|t| view.is(t, Upos::Propn));
    let headed = || tokens.range().any(|t| view.lexicon.states.body(&view.lemma(t)).is_some());
    if alone
        || shape(tokens)
            && (given(first) && (people() || office()) || (proper() && office() || described()) && !headed())
    {
        return true;
    }
    let bare = bare_name(view, span);
    let titled = bare.start > tokens.start && !bare.is_empty();
    let body = view.lexicon.states.body(&view.lemma(last)).is_some();
    let known = given(bare.start as usize);
    titled
        && !body
        && bare.range().all(|t| view.is(t, Upos::Propn) || view.is(t, Upos::Punct))
        && (kind == NameKind::Other || known && bare.len() > 1)
}

/// Whether a noun for a person stands in apposition before a name: “one passenger, Ines Hallory”.
fn is_described(view: &View<'_>, name: TokenRange) -> bool {
    let Some(head) = view.head_of(name).filter(|&h| view.relation(h) == Deprel::Appos) else { return false };
    let noun = |h: usize| view.is(h, Upos::Noun) && view.lexicon.people.role(&view.lemma(h)).is_some();
    view.head(head).is_some_and(|h| h < name.start as usize && noun(h))
}

fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

fn nickname_between(view: &View<'_>, a: Span, b: Span) -> bool {
    let between = Span::new(a.end, b.start).text(view.text()).trim();
    let marks = |c: char| "\"“”'‘’".contains(c);
    between.len() < 30 && between.starts_with(marks) && between.ends_with(marks) && !between.contains(' ')
}

/// Names of three words and more whose first two are somebody's full name elsewhere end there: in headlines the verb
/// has a capital, too (“Ada Finn Slams Bank”).
fn shortened(view: &View<'_>, names: Vec<(Span, NameKind)>) -> Vec<(Span, NameKind)> {
    let words = |s: Span| s.text(view.text()).split_whitespace().collect::<Vec<_>>();
    let people = names.iter().filter(|(_, k)| *k == NameKind::Person);
    let bare = |s: Span| view.reading.span_of(bare_name(view, s)).map(words).unwrap_or_default();
    let full: BTreeSet<Vec<&str>> = people.map(|(s, _)| bare(*s)).filter(|w| w.len() == 2).collect();
    let short = |span: Span| {
        let words = words(span);
        let begins = words.len() > 2 && full.contains(&words[..2]);
        let known = || begins.then(|| span.text(view.text()).find(words[2])).flatten();
        let end = known().or_else(|| of_somewhere(view, span))?;
        Some(Span::new(span.start, span.start + end as u32).trimmed(view.text()))
    };
    let all = names.iter().copied();
    all.map(|(s, k)| (if k == NameKind::Person { short(s).unwrap_or(s) } else { s }, k)).collect()
}

/// Where “of” begins after a full name with its office before it: “President Ada Finn | of Norland”.
fn of_somewhere(view: &View<'_>, span: Span) -> Option<usize> {
    let at = span.text(view.text()).find(" of ")?;
    let named = Span::new(span.start, span.start + at as u32);
    let office =
        named.start.checked_sub(1).map(|end| view.reading.tokens_in(Span::new(end.saturating_sub(1), end)));
    let titled = office.and_then(|t| t.range().next()).is_some_and(|t| {
        let people = &view.lexicon.people;
        people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some()
    });
    let bare = bare_name(view, named).len();
    (bare > 1 && (titled || bare < view.reading.tokens_in(named).len())).then_some(at)
}

/// Names that the model cuts off where it marks them whole elsewhere (“Grey Strait | Lines”).
fn lengthened(view: &View<'_>, names: Vec<(Span, NameKind)>) -> Vec<(Span, NameKind)> {
    let text = view.text();
    let known: BTreeMap<&str, NameKind> = names.iter().rev().map(|(s, k)| (s.text(text), *k)).collect();
    let whole = |(span, kind): (Span, NameKind)| {
        let short = span.text(text);
        let longer = known.range(short..).skip(1).take_while(|(long, _)| long.starts_with(short));
        let rest = &text[span.start as usize..];
        let here =
            |long: &str| rest.starts_with(long) && !rest[long.len()..].starts_with(char::is_alphanumeric);
        let found = longer.filter(|(long, _)| here(long)).last();
        found.map_or((span, kind), |(long, kind)| {
            (Span::new(span.start, span.start + long.len() as u32), *kind)
        })
    };
    names.iter().copied().map(whole).collect()
}

/// Names that the model misses and their surroundings show: after a title, a known surname, a repeated acronym.
fn shown(view: &View<'_>, marked: &[(Span, NameKind)]) -> Vec<(Span, NameKind)> {
    let covered = |span: Span| {
        let next = marked.partition_point(|(s, _)| s.end <= span.start);
        marked.get(next).is_some_and(|(s, _)| s.overlaps(span))
    };
    let surnames = surnames(view, marked);
    let repeated = Repeated::new(view, marked);
    let acronyms = acronyms(view);
    let mut found = Vec::new();
    for token in 0..view.reading.tokens.len() {
        let span = view.reading.tokens[token];
        let word = view.word(token);
        if covered(span) || !word.starts_with(char::is_uppercase) {
            continue;
        }
        let full = after_title(view, token).or_else(|| given_and_surname(view, token));
        if let Some((name, kind)) = repeated.at(view, token).filter(|(n, _)| !covered(*n)) {
            found.push((name, kind));
        } else if let Some(name) = full.filter(|n| !covered(*n)) {
            found.push((name, NameKind::Person));
        } else if surnames.contains(word) && (stands_as_name(view, token) || stands_alone(view, token)) {
            found.push((span, NameKind::Person));
        } else if acronyms.get(word).is_some_and(|n| *n > 1) {
            found.push((span, NameKind::Organisation));
        }
    }
    found
}

/// Names of several words that the model marks somewhere: the same words are the same name elsewhere.
struct Repeated<'v> {
    by_first: BTreeMap<&'v str, Vec<(Vec<&'v str>, NameKind)>>,
}

/// Most names with one first word.
const SHARED: usize = 8;

impl<'v> Repeated<'v> {
    fn new(view: &View<'v>, marked: &[(Span, NameKind)]) -> Self {
        let mut by_first: BTreeMap<&str, Vec<(Vec<&str>, NameKind)>> = BTreeMap::new();
        for (span, kind) in marked {
            let tokens = view.reading.tokens_in(*span);
            let words: Vec<&str> = tokens.range().map(|t| view.word(t)).collect();
            let named = matches!(kind, NameKind::Person | NameKind::Organisation);
            let shape = (2..=5).contains(&words.len()) && words.iter().all(|w| is_capital(w));
            let Some(first) = words.first().filter(|_| named && shape) else { continue };
            let names = by_first.entry(first).or_default();
            if names.len() < SHARED && !names.iter().any(|(w, _)| *w == words) {
                names.push((words, *kind));
            }
        }
        Self { by_first }
    }

    /// The longest of them that begins at a token.
    fn at(&self, view: &View<'_>, token: usize) -> Option<(Span, NameKind)> {
        let names = self.by_first.get(view.word(token))?;
        let here = |words: &[&str]| words.iter().enumerate().all(|(i, w)| view.word(token + i) == *w);
        let (words, kind) = names.iter().filter(|(w, _)| here(w)).max_by_key(|(w, _)| w.len())?;
        Some((view.reading.span_of(TokenRange::new(token, token + words.len()))?, *kind))
    }
}

/// Last words of full names of people.
fn surnames<'v>(view: &View<'v>, marked: &[(Span, NameKind)]) -> BTreeSet<&'v str> {
    let people = marked.iter().filter(|(_, k)| *k == NameKind::Person);
    let words = people.map(|(s, _)| s.text(view.text()).split_whitespace().collect::<Vec<_>>());
    words.filter(|w| w.len() > 1).filter_map(|w| w.last().copied()).filter(|w| is_capital(w)).collect()
}

/// How often each word of three to six capitals occurs, if the article has small letters as well.
fn acronyms<'v>(view: &View<'v>) -> BTreeMap<&'v str, u32> {
    let mut counts = BTreeMap::new();
    for token in 0..view.reading.tokens.len() {
        let word = view.word(token);
        let shape = (3..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase());
        let state = || view.lexicon.states.state(word).is_some();
        if shape && view.is(token, Upos::Propn) && !state() {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// The capitalised words right after a form of address or abbreviated title.
fn after_title(view: &View<'_>, token: usize) -> Option<Span> {
    let title = token.checked_sub(1)?;
    let words = view.word(title);
    let (_, known) = view.lexicon.people.title(&[words])?;
    let address = words.ends_with('.') || known.office.is_none() || known.gender == Some(Gender::Female);
    let name = |t: usize| {
        let word = view.word(t);
        is_capital(word) && view.is(t, Upos::Propn) && (t > token || !is_addressed_office(word))
    };
    let capital = words.starts_with(char::is_uppercase);
    if !(address && capital && name(token)) {
        return None;
    }
    let last = (token + 1..token + 3)
        .take_while(|&t| {
            name(t) && view.sentence(t) == view.sentence(token) && view.relation(t) == Deprel::Flat
        })
        .last();
    view.reading.span_of(TokenRange::new(token, last.unwrap_or(token) + 1))
}

/// A given name and one more capitalised word that hangs from it.
fn given_and_surname(view: &View<'_>, token: usize) -> Option<Span> {
    let capital = |t: usize| is_capital(view.word(t)) && view.is(t, Upos::Propn);
    let given = view.lexicon.people.given(view.word(token)).is_some();
    let next = token + 1;
    let joined = view.relation(next) == Deprel::Flat && view.head(next) == Some(token);
    let body = view.lexicon.states.body(&view.lemma(next)).is_some();
    (given && joined && !body && capital(token) && capital(next))
        .then(|| view.reading.span_of(TokenRange::new(token, next + 1)))
        .flatten()
}

/// “Mr. President”, “Madam Speaker”: an office, no name.
fn is_addressed_office(word: &str) -> bool {
    matches!(
        word,
        "President"
            | "Vice"
            | "Speaker"
            | "Chairman"
            | "Secretary"
            | "Prime"
            | "Minister"
            | "Chancellor"
            | "Ambassador"
            | "Mayor"
            | "Governor"
            | "Justice"
            | "Attorney"
            | "Chief"
            | "Moderator"
    )
}

/// Whether a word stands where a name alone can: subject, object, owner, after a preposition.
fn stands_as_name(view: &View<'_>, token: usize) -> bool {
    let place = matches!(
        view.relation(token),
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::NmodPoss
            | Deprel::Nmod
            | Deprel::Iobj
    );
    let alone = view
        .children(token)
        .all(|c| !matches!(view.relation(c), Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Flat));
    place && alone && view.is(token, Upos::Propn)
}

/// Whether a proper noun has no other beside it, so that it is no part of a longer name (“Bell”, not “Bell Tower”).
fn stands_alone(view: &View<'_>, token: usize) -> bool {
    let people = &view.lexicon.people;
    let near = |t: usize| view.sentence(t) == view.sentence(token);
    let proper = |t: usize| near(t) && view.is(t, Upos::Propn) && is_capital(view.word(t));
    let title = |t: usize| people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some();
    let before =
        token.checked_sub(1).is_some_and(|t| proper(t) && !title(t) || near(t) && view.is(t, Upos::Det));
    let part = matches!(view.relation(token), Deprel::Compound | Deprel::Flat);
    view.is(token, Upos::Propn) && !before && !proper(token + 1) && !part
}
