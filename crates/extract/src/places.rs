//! Where the places lie that an article names: ISO 3166 codes and coordinates from the gazetteer.
//!
//! Of several places of one name it is the one in the state or region named right behind it (“Springfield, Illinois”), else one in
//! a state that the article speaks of, else the one with most inhabitants.

use crate::view::View;
use lexicon::places::Place;
use record::{Layer, Location, Mention, Referent, ReferentIx, ReferentKind, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The locations of states and places, by referent.
pub(crate) fn locations(view: &View<'_>, mentions: &Layer<Mention>, referents: &[Referent]) -> Vec<Location> {
    let places = &view.lexicon.places;
    let states = referents.iter().flat_map(|r| r.represents.iter().chain([&r.name]));
    let spoken_of: BTreeSet<&str> =
        states.filter_map(|name| places.find(name, &[])).filter(|p| p.is_state).map(|p| p.alpha3).collect();
    let spoken_of: Vec<&str> = spoken_of.into_iter().collect();
    let behind = named_behind(view, mentions);
    let locate = |(referent, index): (&Referent, u32)| {
        let index = ReferentIx(index);
        let place = place(view, referent, behind.get(&index).copied(), &spoken_of)?;
        let code = place.region.unwrap_or(place.alpha2);
        Some(Location { referent: index, country: place.alpha3, code, coordinates: place.coordinates })
    };
    referents.iter().zip(0..).filter_map(locate).collect()
}

fn place<'v>(
    view: &View<'v>,
    referent: &Referent,
    within: Option<&'v Place>,
    spoken_of: &[&str],
) -> Option<&'v Place> {
    let (places, states) = (&view.lexicon.places, &view.lexicon.states);
    if referent.kind == ReferentKind::Person || !referent.named {
        return None;
    }
    let name = referent.name.as_str();
    let known = states.state(name).or_else(|| states.capital(name).map(|_| name));
    let name = known.or_else(|| Some(name).filter(|_| referent.kind == ReferentKind::Place))?;
    match within {
        Some(Place { region: Some(region), .. }) => places.find_in(name, region).or(within),
        Some(state) => places.find(name, &[state.alpha3]).filter(|p| p.alpha3 == state.alpha3),
        None => places.find(name, spoken_of),
    }
}

/// For each referent, the state or region named after a comma behind one of its mentions.
fn named_behind<'v>(view: &View<'v>, mentions: &Layer<Mention>) -> BTreeMap<ReferentIx, &'v Place> {
    let text = view.text();
    let next = |span: Span| {
        let rest = text.get(span.end as usize..)?.strip_prefix(", ")?;
        let start = (text.len() - rest.len()) as u32;
        let mut names = view.reading.names.overlapping(Span::new(start, start + 1));
        let (name, _) = names.find(|(name, _)| name.start == start)?;
        view.lexicon.places.find(name.text(text), &[]).filter(|p| p.is_state || p.is_region)
    };
    let behind = |(span, m): (Span, &Mention)| Some((m.referent?, next(span)?));
    mentions.iter().filter(|(_, m)| m.kind == ReferentKind::Place).filter_map(behind).collect()
}
