//! Descriptions: “a senior official”, “the minister”, “many Western voices”, “this source”.

mod offices;

use super::profile::{of_phrase, represented};
use super::source::{Phrase, Said, pronoun};
use super::{Cast, Entry, is_body};
use crate::view::View;
use record::{Deprel, MentionForm, Referent, ReferentKind, SpeakerKind, TokenRange, Upos, Xpos};

pub use offices::{held, office};

/// Branches that are no part of the words a description is known by.
const ASIDE: [Deprel; 12] = [
    Deprel::AclRelcl,
    Deprel::Acl,
    Deprel::Appos,
    Deprel::Parataxis,
    Deprel::Punct,
    Deprel::Advcl,
    Deprel::Conj,
    Deprel::Ccomp,
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::Cop,
    Deprel::Aux,
];

/// People who are quoted without a name by their trade.
const UNNAMED: [&str; 22] = [
    "official",
    "source",
    "analyst",
    "expert",
    "prosecutor",
    "investigator",
    "aide",
    "journalist",
    "reporter",
    "observer",
    "diplomat",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "adviser",
    "advisor",
    "insider",
    "witness",
    "officer",
    "economist",
    "lawyer",
    "strategist",
];

/// Nouns for anybody of a kind.
const GENERIC: [&str; 16] = [
    "person",
    "member",
    "individual",
    "participant",
    "voter",
    "resident",
    "reader",
    "user",
    "customer",
    "caller",
    "worker",
    "student",
    "victim",
    "suspect",
    "defendant",
    "judge",
];

/// Nouns that count those after “of”.
const AMOUNTS: [&str; 16] = [
    "percent",
    "number",
    "majority",
    "minority",
    "dozen",
    "hundred",
    "thousand",
    "handful",
    "chorus",
    "couple",
    "pair",
    "series",
    "lot",
    "plurality",
    "third",
    "half",
];

/// Whether a noun is somebody: a role, or a word with the ending of one (“rancher”, “cellist”) that is no body.
fn is_somebody(view: &View<'_>, head: usize, noun: &str) -> bool {
    let lexicon = view.lexicon;
    let ends = |endings: &[&str]| noun.len() > 4 && endings.iter().any(|e| noun.ends_with(e));
    let speaks = || view.head(head).is_some_and(|v| lexicon.speech.verb(&view.lemma(v)).speech);
    let agent = || {
        ends(&["ist", "man", "woman", "person", "mate"])
            || ends(&["er", "or", "ian", "ant", "ee"]) && view.relation(head).is_subject() && speaks()
    };
    let who = || {
        let clause = view.child(head, &[Deprel::AclRelcl]);
        clause.is_some_and(|c| view.children(c).any(|t| view.lemma(t) == "who"))
    };
    let role = lexicon.people.role(noun).is_some() || UNNAMED.contains(&noun) || GENERIC.contains(&noun);
    role || lexicon.states.body(noun).is_none() && (agent() || who())
}

/// “the 52-year-old”: somebody by age, in one word or in five.
fn is_aged(view: &View<'_>, head: usize) -> bool {
    let word = view.word(head);
    let years = head.checked_sub(2).map_or("", |t| view.word(t));
    word.ends_with("-year-old")
        || word == "old" && matches!(years, "year" | "years") && view.word(head - 1) == "-"
}

/// Whether “the” stands before the number of the years.
fn is_the_aged(view: &View<'_>, head: usize) -> bool {
    (head.saturating_sub(5)..head).any(|t| view.word(t).eq_ignore_ascii_case("the"))
}

/// The words of a phrase from its first adjective, noun or determiner on, and without examples (“such as …”) after
/// the head.
fn bare(view: &View<'_>, phrase: TokenRange, head: usize) -> TokenRange {
    let before = |t: &usize| {
        let loose = [Upos::Adp, Upos::Adv, Upos::Cconj, Upos::Sconj, Upos::Punct];
        loose.iter().any(|&u| view.is(*t, u)) && !matches!(view.word(*t), "\"" | "“")
    };
    let start = (phrase.start as usize..head).find(|t| !before(t)).unwrap_or(head);
    let examples = |t: &usize| {
        let word = view.word(*t);
        matches!(word, "like" | "including") || word == "such" && view.word(t + 1) == "as"
    };
    let end = (head + 1..phrase.end as usize).find(examples).unwrap_or(phrase.end as usize);
    TokenRange::new(start, end)
}

/// Where the owners of several end that are joined: “the foreign ministers of Haldria | and Velmark”.
fn joined_end(view: &View<'_>, head: usize) -> u32 {
    let several = view.reading.tags.get(head).is_some_and(|t| matches!(t.xpos, Xpos::Nns | Xpos::Nnps));
    let owners = view.children(head).filter(|c| *c > head && view.relation(*c) == Deprel::Nmod);
    let joined = owners.flat_map(|o| view.children(o)).filter(|c| view.relation(*c) == Deprel::Conj);
    let ends = joined.filter(|c| several && view.is(*c, Upos::Propn)).map(|c| view.phrase(c, &ASIDE).end);
    ends.max().unwrap_or(0)
}

/// What a noun phrase without a name means: somebody met before, or somebody new.
/// `whole` takes all words before the head, whatever the tree makes of them.
pub fn description(cast: &mut Cast, view: &View<'_>, phrase: Phrase, whole: bool) -> Option<usize> {
    let Phrase { head, within, .. } = phrase;
    let owner = owner(cast, view, phrase, whole);
    let mut described = Described::new(view, head, within, whole)?;
    described.owned_by(cast, view, owner);
    let found = if described.definite { described.antecedent(cast, view, head) } else { None };
    let found = found.or_else(|| described.salient(cast, view, head));
    cast.why.how = if found.is_some() { "description of one met before" } else { "description" };
    let entry = match found {
        Some(entry) => entry,
        None => cast.add(described.entry(view)),
    };
    described.tell(&mut cast.entries[entry].referent);
    cast.note(view, described.phrase, entry, MentionForm::Description);
    Some(entry)
}

/// Whose something is: the name or pronoun before it (“Bell's deputy”, “his deputy”).
fn owner(cast: &mut Cast, view: &View<'_>, phrase: Phrase, whole: bool) -> Option<usize> {
    let Phrase { head, within, said } = phrase;
    let token = if whole {
        (within.start as usize..head).find(|&t| cast.name_at(t).is_some())
    } else {
        view.children(head).find(|&t| within.contains(t) && is_possessor(view, t))
    }?;
    match cast.name_at(token) {
        Some(place) => Some(place.named),
        None if view.is(token, Upos::Pron) => {
            pronoun(cast, view, token, &Said { speaking: false, not: None, ..said })
        }
        None => None,
    }
}

/// “Bell's”, “his” before a noun, whether the tree calls it a possessor or a determiner.
fn is_possessor(view: &View<'_>, token: usize) -> bool {
    let word = view.word(token).to_lowercase();
    let pronoun = matches!(word.as_str(), "his" | "her" | "their" | "its" | "my" | "our");
    let beside = matches!(view.relation(token), Deprel::Det | Deprel::NmodPoss);
    view.relation(token) == Deprel::NmodPoss || pronoun && beside && view.is(token, Upos::Pron)
}

struct Described {
    phrase: TokenRange,
    noun: String,
    plural: bool,
    definite: bool,
    /// Whether the noun is a role we know.
    person: bool,
    /// Whether the noun is one for people.
    somebody: bool,
    text: String,
    represents: Option<String>,
    owner: Option<usize>,
}

impl Described {
    fn new(view: &View<'_>, head: usize, within: TokenRange, whole: bool) -> Option<Self> {
        let tree = view.phrase(head, &ASIDE);
        let start = if whole { within.start } else { tree.start.max(within.start) };
        let end = (tree.end.max(joined_end(view, head)).min(within.end) as usize).max(head + 1);
        let phrase = bare(view, TokenRange::new((start as usize).min(head), end), head);
        let noun = view.lemma(head);
        let plural = view.reading.tags.get(head).is_some_and(|t| matches!(t.xpos, Xpos::Nns | Xpos::Nnps));
        let determined = |t: usize| {
            matches!(view.lemma(t).as_str(), "the" | "this" | "that" | "these" | "those")
                || is_possessor(view, t)
        };
        let aged = is_aged(view, head);
        let definite = whole || view.children(head).any(determined) || aged && is_the_aged(view, head);
        let person = aged || view.lexicon.people.role(&noun).is_some();
        let somebody = aged || is_somebody(view, head, &noun);
        let represents = phrase.range().find_map(|t| represented(view, t, phrase.end as usize));
        let text = words(view, phrase)?;
        Some(Self { phrase, noun, plural, definite, person, somebody, text, represents, owner: None })
    }

    /// Whose it is; “his deputy” is known as “Bell's deputy”.
    fn owned_by(&mut self, cast: &Cast, view: &View<'_>, owner: Option<usize>) {
        self.owner = owner;
        let Some(owner) = owner.map(|o| &cast.entries[o].referent).filter(|o| o.named) else { return };
        let first = self.phrase.start as usize;
        let Some(rest) = view.reading.span_of(TokenRange::new(first + 1, self.phrase.end as usize)) else {
            return;
        };
        if view.is(first, Upos::Pron) && self.phrase.len() > 1 {
            let rest = super::named::one_line(rest.text(view.text()));
            let ending = if owner.name.ends_with('s') { "'" } else { "'s" };
            self.text = format!("{}{ending} {rest}", owner.name);
        }
    }

    /// Adds these words to those somebody without a name is known by; words with a name in them tell more.
    fn tell(&self, referent: &mut Referent) {
        if referent.named || self.text.len() > 120 {
            return;
        }
        let capital = |words: &str| words.split(' ').skip(1).any(|w| w.starts_with(char::is_uppercase));
        if !referent.names.contains(&self.text) {
            referent.names.push(self.text.clone());
        }
        if capital(&self.text) && !capital(&referent.name) {
            referent.name.clone_from(&self.text);
        }
    }

    /// Whether another description can be of the same owner.
    fn same_owner(&self, entry: &Entry) -> bool {
        self.owner.is_none() || entry.owner.is_none() || self.owner == entry.owner
    }

    /// Somebody met before whom these words fit: the same words, then an office, then the name of a body.
    fn antecedent(&self, cast: &Cast, view: &View<'_>, head: usize) -> Option<usize> {
        if matches!(self.noun.as_str(), "source" | "person") {
            return last_spoken(cast, |e| e.speaker == SpeakerKind::Unnamed);
        }
        let described = self.same_noun(cast).or_else(|| self.holder(cast, view, head));
        described.or_else(|| self.body(cast, view, head)).or_else(|| self.place(cast, view, head))
    }

    /// “the city”, “the country”: the place named last.
    fn place(&self, cast: &Cast, view: &View<'_>, head: usize) -> Option<usize> {
        let state = matches!(self.noun.as_str(), "country" | "nation" | "state" | "kingdom" | "republic");
        let town = matches!(self.noun.as_str(), "city" | "town" | "municipality" | "village" | "capital");
        let is_state = |e: &Entry| view.lexicon.states.state(&e.referent.name).is_some();
        let fits =
            |e: &Entry| e.referent.kind == ReferentKind::Place && e.referent.named && is_state(e) == state;
        let bare = self.phrase.len() <= 2 && !self.plural;
        ((state || town) && bare).then(|| nearest(cast, view, head, fits)).flatten()
    }

    fn same_noun(&self, cast: &Cast) -> Option<usize> {
        let fits = |e: &Entry| {
            e.noun.as_deref() == Some(&self.noun)
                && e.plural == self.plural
                && self.same_owner(e)
                && agrees(&self.represents, &e.referent.represents)
        };
        cast.entries.iter().rposition(fits)
    }

    /// The body whose name holds the noun, else the organisation named last (for nouns that need a name before them).
    fn body(&self, cast: &Cast, view: &View<'_>, head: usize) -> Option<usize> {
        let kind = view.lexicon.states.body(&self.noun)?;
        if self.owner.is_some() || self.plural || matches!(kind, SpeakerKind::Document | SpeakerKind::Group) {
            return None;
        }
        let named = |e: &Entry| {
            let word = |w: &str| w.eq_ignore_ascii_case(&self.noun);
            e.referent.named && is_body(e) && e.referent.name.split(' ').any(word)
        };
        let other = |e: &Entry| e.referent.named && is_body(e) && e.speaker == kind;
        let firm = matches!(
            self.noun.as_str(),
            "bank"
                | "company"
                | "network"
                | "agency"
                | "firm"
                | "organization"
                | "organisation"
                | "newspaper"
                | "group"
                | "party"
                | "alliance"
                | "broadcaster"
                | "institute"
                | "magazine"
                | "charity"
                | "watchdog"
        );
        let bare = self.phrase.len() <= 2;
        nearest(cast, view, head, named).or_else(|| nearest(cast, view, head, other).filter(|_| firm && bare))
    }

    fn entry(&self, view: &View<'_>) -> Entry {
        let profile = of_phrase(view, self.phrase);
        let speaker = self.speaker(view);
        let kind = match speaker {
            SpeakerKind::Person | SpeakerKind::Unnamed if self.plural => ReferentKind::Group,
            SpeakerKind::Person | SpeakerKind::Unnamed if self.somebody => ReferentKind::Person,
            SpeakerKind::Person | SpeakerKind::Unnamed => ReferentKind::Other,
            SpeakerKind::Organisation | SpeakerKind::Government => ReferentKind::Organisation,
            SpeakerKind::Group => ReferentKind::Group,
            SpeakerKind::Document => ReferentKind::Other,
        };
        Entry {
            gender: profile.gender,
            plural: self.plural || kind == ReferentKind::Group,
            roles: profile.role.iter().cloned().collect(),
            noun: Some(self.noun.clone()),
            owner: self.owner,
            foreign: self.represents.is_some(),
            speaker,
            count: 0,
            referent: Referent {
                name: self.text.clone(),
                kind,
                names: vec![self.text.clone()],
                named: false,
                represents: self.represents.clone(),
                role: profile.role,
                wikidata: None,
            },
        }
    }

    fn speaker(&self, view: &View<'_>) -> SpeakerKind {
        let states = &view.lexicon.states;
        if UNNAMED.contains(&self.noun.as_str()) {
            return SpeakerKind::Unnamed;
        }
        if self.is_amount(view) {
            return SpeakerKind::Group;
        }
        match states.body(&self.noun) {
            _ if self.person && !self.plural => SpeakerKind::Unnamed,
            Some(kind) if !self.plural || kind == SpeakerKind::Document => kind,
            _ if self.plural => states
                .body(view.word(self.head_word(view)))
                .filter(|k| *k == SpeakerKind::Document)
                .unwrap_or(SpeakerKind::Group),
            _ => SpeakerKind::Unnamed,
        }
    }

    /// “a majority of voters”, “52 percent of residents”: several, whatever the number of the head.
    fn is_amount(&self, view: &View<'_>) -> bool {
        let plural =
            |t: usize| view.reading.tags.get(t).is_some_and(|g| matches!(g.xpos, Xpos::Nns | Xpos::Nnps));
        let head = self.head_word(view);
        let of = view.word(head + 1) == "of" && (head + 2..self.phrase.end as usize).any(plural);
        of && AMOUNTS.contains(&self.noun.as_str())
    }

    fn head_word(&self, view: &View<'_>) -> usize {
        view.head_of(self.phrase).unwrap_or(self.phrase.start as usize)
    }
}

/// Whether a noun is one for anybody of a kind (“member”).
pub fn is_generic(noun: &str) -> bool {
    GENERIC.contains(&noun)
}

fn agrees(wanted: &Option<String>, known: &Option<String>) -> bool {
    wanted.is_none() || known.is_none() || wanted == known
}

/// The entry mentioned last before a token among those that fit.
pub fn nearest(cast: &Cast, view: &View<'_>, token: usize, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
    let from = view.sentence(token).saturating_sub(12);
    let before = cast.places.partition_point(|p| (p.tokens.start as usize) < token);
    let recent =
        cast.places[..before].iter().rev().take_while(|p| view.sentence(p.tokens.start as usize) >= from);
    recent.map(|p| p.named).find(|&n| fits(&cast.entries[n]))
}

/// The entry that spoke last among those that fit.
pub fn last_spoken(cast: &Cast, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
    cast.seen.iter().rev().take(60).find(|s| s.spoke && fits(&cast.entries[s.entry])).map(|s| s.entry)
}

/// The words of a phrase without a leading article.
fn words(view: &View<'_>, phrase: TokenRange) -> Option<String> {
    let start = phrase.start as usize;
    let article = view.is(start, Upos::Det)
        && matches!(view.lemma(start).as_str(), "a" | "an" | "the" | "this" | "that");
    let start = if article && phrase.len() > 1 { start + 1 } else { start };
    let span = view.reading.span_of(TokenRange::new(start, phrase.end as usize))?;
    let words = super::named::one_line(span.text(view.text()));
    let words = words.trim_matches(|c: char| c == ',' || c.is_whitespace()).to_owned();
    Some(words).filter(|w| !w.is_empty())
}
