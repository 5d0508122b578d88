//! Several who speak as one: “Bell and Reyes”, “the minister and his aides”.

use super::named::NameAt;
use super::source::{Phrase, begins, one_of};
use super::{Cast, Entry};
use crate::view::View;
use record::{Deprel, MentionForm, Referent, ReferentKind, SpeakerKind, TokenRange, Upos};

/// People named in a row with “and” before the last, whatever the tree makes of it.
pub fn named_in_a_row(cast: &Cast, view: &View<'_>, within: TokenRange) -> Option<Vec<usize>> {
    let person = |p: &&NameAt| cast.entries[p.named].referent.kind == ReferentKind::Person;
    let names: Vec<&NameAt> = cast.names_in(within).iter().filter(person).collect();
    let (first, rest) = names.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let mut end = first.tokens.end as usize;
    let mut joined = begins(view, first, within.start as usize);
    let mut and = false;
    for name in rest {
        let mut at = end;
        while at < name.tokens.start as usize && (view.is(at, Upos::Cconj) || view.word(at) == ",") {
            and |= view.is(at, Upos::Cconj);
            at += 1;
        }
        joined &= at > end && begins(view, name, at);
        end = name.tokens.end as usize;
    }
    let mut members: Vec<usize> = names.iter().map(|n| n.named).collect();
    members.dedup();
    (joined && and && members.len() > 1).then_some(members)
}

/// “A and B”: one group of those named.
pub fn joint(cast: &mut Cast, view: &View<'_>, phrase: Phrase) -> Option<usize> {
    let within = phrase.within;
    let mut members = match named_in_a_row(cast, view, within) {
        Some(members) => members,
        None => coordinated(cast, view, phrase)?,
    };
    members.dedup();
    if members.len() < 2 {
        return members.pop();
    }
    let names: Vec<&str> = members.iter().map(|&m| cast.entries[m].referent.name.as_str()).collect();
    let name = list(&names);
    let known =
        cast.entries.iter().position(|e| e.referent.kind == ReferentKind::Group && e.referent.name == name);
    let kind = joint_kind(cast, &members);
    let entry = known.unwrap_or_else(|| cast.add(group(name, kind)));
    cast.note(view, within, entry, MentionForm::Description);
    Some(entry)
}

/// What the parts of a coordination mean, if each means somebody.
fn coordinated(cast: &mut Cast, view: &View<'_>, phrase: Phrase) -> Option<Vec<usize>> {
    let Phrase { head, within, .. } = phrase;
    let others: Vec<usize> = view
        .children(head)
        .filter(|&c| view.relation(c) == Deprel::Conj && within.contains(c) && view.is_nominal(c))
        .collect();
    let first = others.first()?;
    let end = others.iter().copied().chain([within.end as usize]).min()?;
    let start = within.start as usize;
    let own = Phrase { within: TokenRange::new(start, end.max(head + 1)), ..phrase };
    let mut members = vec![one_of(cast, view, own)?];
    for (n, &other) in others.iter().enumerate() {
        let to = others.get(n + 1).copied().unwrap_or(within.end as usize);
        let part = TokenRange::new(*first.min(&other), to.max(other + 1));
        members.push(one_of(cast, view, Phrase { head: other, within: part, ..phrase })?);
    }
    Some(members)
}

/// Two governments speak as governments, two people as a group.
fn joint_kind(cast: &Cast, members: &[usize]) -> SpeakerKind {
    let all_states = members.iter().all(|&m| cast.entries[m].speaker == SpeakerKind::Government);
    if all_states { SpeakerKind::Government } else { SpeakerKind::Group }
}

/// A group of this name.
pub fn group(name: String, speaker: SpeakerKind) -> Entry {
    Entry {
        gender: None,
        plural: true,
        roles: Vec::new(),
        noun: None,
        owner: None,
        foreign: false,
        speaker,
        count: 0,
        referent: Referent {
            names: vec![name.clone()],
            name,
            kind: ReferentKind::Group,
            named: true,
            represents: None,
            role: None,
            wikidata: None,
        },
    }
}

fn list(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
