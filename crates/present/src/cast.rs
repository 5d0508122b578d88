//! Who takes part: all name variants found, whom they speak for, how often they speak.

use crate::said::Group;
use crate::view::{Place, View, Who};
use record::{Entity, MentionForm, ReferentKind};
use std::collections::BTreeMap;

/// One member of the cast.
#[derive(Debug)]
pub(crate) struct Member {
    /// Index of the entity.
    pub(crate) entity: usize,
    /// Utterances, those in several reports counted once.
    pub(crate) says: usize,
    /// Events with this member as the actor.
    pub(crate) acts: usize,
    /// Reports that mention it.
    pub(crate) reports: Vec<usize>,
    /// Name variants, each with the first place that has it.
    pub(crate) names: Vec<(String, Place)>,
}

/// People, bodies and states that speak, act or are named in several reports; the most talkative first.
pub(crate) fn cast(view: &View<'_>, groups: &[Group]) -> Vec<Member> {
    let says: BTreeMap<usize, usize> = groups.iter().filter_map(counted).collect();
    let acts = actors(view);
    let mut names = first_mentions(view);
    let mut members: Vec<Member> = (0..view.entities().len())
        .map(|entity| Member {
            entity,
            says: says.get(&entity).copied().unwrap_or(0),
            acts: acts.get(&entity).copied().unwrap_or(0),
            reports: reports(&view.entities()[entity]),
            names: names.remove(&entity).unwrap_or_default(),
        })
        .filter(|m| is_shown(&view.entities()[m.entity], m))
        .collect();
    members.sort_by_key(|m| std::cmp::Reverse((m.says, m.acts, m.reports.len())));
    members
}

/// Whether a referent takes part rather than being part of the scenery.
fn is_shown(entity: &Entity, member: &Member) -> bool {
    let kind = matches!(
        entity.kind,
        ReferentKind::Person | ReferentKind::Organisation | ReferentKind::Place | ReferentKind::Group
    );
    let active = member.says + member.acts > 0;
    active || (kind && entity.named && entity.kind != ReferentKind::Group)
}

fn counted(group: &Group) -> Option<(usize, usize)> {
    match group.who {
        Who::Entity(i) => Some((i, group.items.len())),
        _ => None,
    }
}

fn reports(entity: &Entity) -> Vec<usize> {
    let mut reports: Vec<usize> = entity.members.iter().map(|(a, _)| a.0 as usize).collect();
    reports.sort_unstable();
    reports.dedup();
    reports
}

fn actors(view: &View<'_>) -> BTreeMap<usize, usize> {
    let mut acts = BTreeMap::new();
    for paper in &view.papers {
        let actors = paper.report.findings.events.iter().filter_map(|e| e.actor.as_ref());
        for who in actors.filter_map(|a| view.referent(paper.index, a.referent)) {
            if let Who::Entity(i) = who {
                *acts.entry(i).or_default() += 1;
            }
        }
    }
    acts
}

/// For each entity its variants as written, each with the first place that has it, in reading order.
///
/// Pronouns are left out; a description counts where the entity has no name.
pub(crate) fn first_mentions(view: &View<'_>) -> BTreeMap<usize, Vec<(String, Place)>> {
    let mut found: BTreeMap<usize, Vec<(String, Place)>> = BTreeMap::new();
    for paper in &view.papers {
        for (span, mention) in paper.report.findings.mentions.iter() {
            let Some(Who::Entity(i)) = view.referent(paper.index, mention.referent) else { continue };
            let named = view.entities().get(i).is_some_and(|e| e.named);
            let wanted = match mention.form {
                MentionForm::Name => true,
                MentionForm::Description => !named,
                MentionForm::Pronoun => false,
            };
            let variant = crate::view::one_line(span.text(paper.report.text()));
            let names = found.entry(i).or_default();
            if wanted && !variant.is_empty() && names.iter().all(|(known, _)| *known != variant) {
                names.push((variant, paper.place(span)));
            }
        }
    }
    found
}

/// `president, Zarevia`; what is known of office and of whom it speaks for.
pub(crate) fn role(entity: &Entity) -> Option<String> {
    let role = entity.role.as_ref().filter(|r| r.to_lowercase() != entity.name.to_lowercase());
    match (role, &entity.represents) {
        (Some(role), Some(body)) if *body != entity.name => Some(format!("{role}, {body}")),
        (Some(role), _) => Some(role.clone()),
        (None, Some(body)) if *body != entity.name => Some(format!("for {body}")),
        _ => None,
    }
}
