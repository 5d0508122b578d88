//! Descriptions by office: “the minister” is the minister named before, “the nominee” the person in view.

use super::super::pronoun::somebody;
use super::super::{Cast, Entry};
use super::{Described, GENERIC, UNNAMED, agrees, is_aged, is_the_aged, nearest};
use crate::view::View;
use record::{Deprel, MentionForm, ReferentKind, Upos};

/// The person named shortly before whose office a phrase with “the” gives.
pub fn held(cast: &mut Cast, view: &View<'_>, head: usize) -> Option<usize> {
    let sentence = view.sentence_tokens(view.sentence(head));
    let described = Described::new(view, head, sentence, false)?;
    let entry = described.near_holder(cast, view, head).filter(|_| described.owner.is_none())?;
    cast.note(view, described.phrase, entry, MentionForm::Description);
    Some(entry)
}

impl Described {
    /// The person with this office: the one mentioned last before `head`, else the first in the article.
    pub(super) fn holder(&self, cast: &Cast, view: &View<'_>, head: usize) -> Option<usize> {
        let near = self.near_holder(cast, view, head);
        let holds = |e: &Entry| self.holds(cast, view, head, e);
        near.or_else(|| cast.entries.iter().position(holds).filter(|_| self.person && !self.plural))
    }

    /// The person with this office who is mentioned last before `head`, rather of no other state.
    fn near_holder(&self, cast: &Cast, view: &View<'_>, head: usize) -> Option<usize> {
        if !self.person || self.plural {
            return None;
        }
        let holds = |e: &Entry| self.holds(cast, view, head, e);
        let home = |e: &Entry| !e.foreign && holds(e);
        let foreign = self.represents.is_some();
        let at_home = || (!foreign).then(|| nearest(cast, view, head, home)).flatten();
        at_home().or_else(|| nearest(cast, view, head, holds))
    }

    /// Whether somebody has this office.
    fn holds(&self, cast: &Cast, view: &View<'_>, head: usize, e: &Entry) -> bool {
        if e.referent.kind != ReferentKind::Person || e.roles.is_empty() {
            return false;
        }
        let mut office = office(&self.noun);
        let portfolio = self.portfolio(view, head).filter(|_| self.noun == "leader");
        if self.noun == "leader" && (portfolio.is_some() || self.represents.is_some()) {
            office.extend(LEADERS);
        }
        let told = portfolio.as_ref().is_none_or(|noun| told_of(e, noun));
        let state = self.noun != "leader" || self.represents.is_none() || e.referent.represents.is_some();
        let role =
            |r: &String| own_office(r).split(|c: char| !c.is_alphanumeric()).any(|w| office.contains(&w));
        let owner = self.owner.is_some_and(|o| std::ptr::eq(e, &cast.entries[o]));
        let same = self.same_party(view, e) && agrees(&self.represents, &e.referent.represents);
        !owner && told && state && same && e.roles.iter().any(role)
    }

    /// The person in view, for a description with “the” of somebody whose office is not known: “the nominee”, “the
    /// billionaire”. Those quoted by their trade (“the official”) are not named people.
    pub(super) fn salient(&self, cast: &mut Cast, view: &View<'_>, head: usize) -> Option<usize> {
        let the = view.child(head, &[Deprel::Det]).is_some_and(|d| view.lemma(d) == "the")
            || is_aged(view, head) && is_the_aged(view, head);
        let trade = UNNAMED.contains(&self.noun.as_str()) || GENERIC.contains(&self.noun.as_str());
        let of = view
            .children(head)
            .any(|c| matches!(view.relation(c), Deprel::Nmod | Deprel::AclRelcl | Deprel::NmodPoss));
        if !the || !self.person || self.plural || trade || of {
            return None;
        }
        let gender = view.lexicon.people.role(&self.noun).flatten();
        let office = is_office(view, &self.noun);
        let told = |e: &Entry| self.portfolio(view, head).is_none_or(|noun| told_of(e, &noun));
        let proper = |t: usize| view.is(t, Upos::Propn) && t != head;
        if office && self.phrase.range().any(proper) {
            return None;
        }
        let fits = |e: &Entry| {
            let same = gender.is_none() || e.gender.is_none() || e.gender == gender;
            let other = office && e.roles.iter().any(|r| r.split(' ').any(|w| is_office(view, w)));
            same && !other
                && self.same_party(view, e)
                && told(e)
                && agrees(&self.represents, &e.referent.represents)
        };
        let ranked = somebody(cast, view, head, &fits);
        let next = ranked.get(1).map_or(f32::NEG_INFINITY, |(_, score)| *score);
        let ahead = |best: f32| is_aged(view, head) && best > next + AHEAD;
        let clear = ranked.first().is_some_and(|(_, best)| *best > 0.8 || ahead(*best));
        if clear { cast.weigh("description of the person in view", &ranked) } else { None }
    }

    /// The noun before the head that tells of what (“the union leader”).
    fn portfolio(&self, view: &View<'_>, head: usize) -> Option<String> {
        let noun = |t: &usize| view.relation(*t) == Deprel::Compound && view.is(*t, Upos::Noun);
        let own = |t: &usize| *t < head && self.phrase.contains(*t) && !is_aged(view, head);
        view.children(head).filter(own).find(noun).map(|t| view.lemma(t))
    }

    /// Whether nothing says that somebody is of another party (“the Republican nominee”).
    fn same_party(&self, view: &View<'_>, entry: &Entry) -> bool {
        let party = |words: &str| words.split([' ', '-']).find_map(|w| view.lexicon.people.party(w));
        let own = party(&self.text);
        let mut others = entry.roles.iter().filter_map(|r| party(r));
        own.is_none()
            || others.next().is_none_or(|first| Some(first) == own || others.any(|o| Some(o) == own))
    }
}

/// Words by which an office is also called.
pub fn office(noun: &str) -> Vec<&str> {
    match noun {
        "lawmaker" | "legislator" => {
            vec!["senator", "representative", "congressman", "congresswoman", "mp", "lawmaker"]
        }
        "congressman" | "congresswoman" => vec!["representative", "congressman", "congresswoman"],
        "lawyer" | "attorney" | "counsel" => vec!["lawyer", "attorney", "counsel"],
        "premier" => vec!["premier", "prime"],
        "candidate" | "nominee" => vec!["candidate", "nominee"],
        noun => vec![noun],
    }
}

/// Whether a word names an office that one person holds.
fn is_office(view: &View<'_>, word: &str) -> bool {
    view.lexicon.people.title(&[word]).is_some_and(|(_, title)| title.office.is_some())
}

/// The words of a role that say what somebody is, without whose or of what: “head” in “the regulator's head”,
/// “spokesman” in “spokesman for the president”.
fn own_office(role: &str) -> &str {
    let end = [" of ", " for ", " to "].iter().filter_map(|of| role.find(of)).min().unwrap_or(role.len());
    let own = role.get(..end).unwrap_or(role);
    let owner = ["'s ", "’s ", "s' ", "s’ "].iter().filter_map(|s| Some(own.rfind(s)? + s.len())).max();
    own.get(owner.unwrap_or(0)..).unwrap_or(own)
}

/// Whether a role of somebody speaks of this noun (“head of the dockers' union”).
fn told_of(entry: &Entry, noun: &str) -> bool {
    let own = entry.noun.as_deref() == Some(noun);
    own || entry.roles.iter().any(|r| r.split(|c: char| !c.is_alphanumeric()).any(|w| w == noun))
}

/// Offices whose holder leads a state or body.
const LEADERS: [&str; 9] =
    ["head", "president", "chief", "chancellor", "premier", "prime", "chair", "chairman", "chairwoman"];

/// Lead over the next with which one person is meant by “the 52-year-old”.
const AHEAD: f32 = 0.5;
