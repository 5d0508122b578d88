//! A capital that speaks or deals with others stands for its state: “Moscow warned”, “talks between Paris and Rome”.

use lexicon::Lexicon;
use record::{Event, EventType, Referent, ReferentIx, ReferentKind, Statement};

/// Says of each capital that speaks, acts, or is dealt with as a side whose government it is.
pub(crate) fn metonyms(
    lexicon: &Lexicon,
    referents: &mut [Referent],
    statements: &[Statement],
    events: &[Event],
) {
    let speaks = statements.iter().filter_map(|s| s.speaker.as_ref()?.referent);
    let acts = events.iter().filter_map(|e| e.actor.as_ref()?.referent);
    let met =
        events.iter().filter(|e| is_between_sides(e.kind)).filter_map(|e| e.recipient.as_ref()?.referent);
    let sides: Vec<ReferentIx> = speaks.chain(acts).chain(met).collect();
    for ReferentIx(index) in sides {
        let Some(referent) = referents.get_mut(index as usize) else { continue };
        let state = lexicon.states.capital(&referent.name).filter(|s| *s != referent.name);
        if referent.kind == ReferentKind::Place && referent.represents.is_none() {
            referent.represents = state.map(str::to_owned);
        }
    }
}

/// Whether whoever receives such a deed is a side, not a town: one talks with a government, and shells a town.
fn is_between_sides(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Consult | Support | Concede | Request | Accuse | Reject | Threaten | Sanction)
}
