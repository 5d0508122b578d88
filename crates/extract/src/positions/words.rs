//! What words of a position are about.

use crate::events::kind_at;
use crate::view::View;
use record::{Deprel, EventType, TokenRange, Upos};

/// Whether words say something rather than name a thing: a word that hangs on none of the others is a verb, has a subject, or
/// has a clause beside it (“the warning: “We want …””).
pub(super) fn is_clause(view: &View<'_>, tokens: TokenRange) -> bool {
    let beside = |c: usize| {
        matches!(view.relation(c), Deprel::Appos | Deprel::Parataxis)
            && view.is(c, Upos::Verb)
            && tokens.contains(c)
    };
    let has = |c: usize| {
        let relation = view.relation(c);
        relation.is_subject() || matches!(relation, Deprel::Cop | Deprel::Expl) || beside(c)
    };
    let says = |t: usize| view.is(t, Upos::Verb) || view.is(t, Upos::Aux) || view.children(t).any(has);
    let outer = |t: &usize| view.head(*t).is_none_or(|h| !tokens.contains(h));
    tokens.range().filter(outer).any(says)
}

/// Whether a verb forbids somebody named something (“to ban any enlargement of the Northern League”).
pub(super) fn is_restriction(view: &View<'_>, verb: usize) -> bool {
    let restricts = matches!(
        view.lemma(verb).as_str(),
        "ban" | "prohibit" | "forbid" | "bar" | "outlaw" | "prevent" | "restrict" | "exclude" | "preclude"
    );
    let name = |t: usize| {
        view.is(t, Upos::Propn)
            || view.is(t, Upos::Adj) && view.lexicon.states.demonym(view.word(t)).is_some()
    };
    let object = || view.child(verb, &[Deprel::Obj]).map(|o| view.phrase(o, &[]));
    restricts && object().is_some_and(|o| o.range().any(name))
}

/// Whether the words name force or pressure (“strikes”, “sanctions”, “to send troops”).
pub(super) fn threatens(view: &View<'_>, tokens: TokenRange) -> bool {
    use EventType::*;
    tokens
        .range()
        .any(|t| matches!(kind_at(view, t), Some(Assault | Coerce | Sanction | Mobilize | Threaten)))
}

/// Whether the words name talks or help (“contacts”, “a ceasefire”, “to meet the envoy”).
pub(super) fn opens_talks(view: &View<'_>, tokens: TokenRange) -> bool {
    use EventType::*;
    let talks = |t: usize| view.is(t, Upos::Noun) && view.lexicon.events.is_of("talks", &view.lemma(t));
    tokens.range().any(|t| {
        talks(t) || matches!(kind_at(view, t), Some(Agree | Consult | Cooperate | Aid | Retreat | Concede))
    })
}
