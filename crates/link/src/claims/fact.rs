//! Comparable units of one report: a value and what stands around it.

use super::fates::fate;
use super::figures::{dimension, is_age, is_counted, is_rejected, remainder, score, share, value_of};
use super::former::is_former;
use super::happenings::{Mood, is_another, mood, number_of};
use super::scene::{Context, Scene};
use super::sole;
use super::telephone;
use super::unsettled::{is_negation, is_unsettled};
use super::value::Value;
use super::when::{Era, dates, era};
use super::wording::AGED;
use lexicon::Lexicon;
use record::{
    Deprel, Entity, Evidence, Quantity, QuantityKind, ReferentIx, ReferentKind, Slot, Span, TimeKind, Upos,
};
use std::collections::BTreeSet;

/// Tokens on either side of a value that belong to its window.
const WINDOW: usize = 6;

/// Bytes of its line within which a dateline's date ends.
const DATELINE: usize = 80;

/// Steps in the tree from a score or record to whose it is.
const HOLDER: usize = 4;

/// A value that one report gives.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) slot: Slot,
    pub(crate) value: Value,
    /// As shown.
    pub(crate) shown: String,
    pub(crate) evidence: Evidence,
    /// What kind of number it is, if one.
    pub(crate) kind: Option<QuantityKind>,
    /// Whether the words name what is counted or measured.
    pub(crate) named: bool,
    /// Whether it may stand against another value: not a conversion in brackets, a part of a name, an increase.
    pub(crate) firm: bool,
    /// Whether what it belongs to took place.
    pub(crate) mood: Mood,
    /// Whether it is told of others than the first (“a second woman was arrested”).
    pub(crate) another: bool,
    /// Key of what is counted, measured or dated.
    pub(crate) head: Option<u64>,
    /// Whether those counted are people, whom a report counts for many reasons.
    pub(crate) people: bool,
    /// Key of the things of which its report gives no other number.
    pub(crate) sole: Option<u64>,
    /// Key of the kind of event of which its report gives no other number.
    pub(crate) sole_event: Option<u64>,
    /// What becomes of those counted: `dead`, `hurt`.
    pub(crate) fate: Option<&'static str>,
    /// Whether it is its report's figure for that fate.
    pub(crate) tally: bool,
    /// What is measured, where words beside the number say so: `depth`.
    pub(crate) dimension: Option<&'static str>,
    /// Whether it is the whole of which another number is a part, or that part.
    pub(crate) share: Share,
    /// Whether it is given as the figure of before.
    pub(crate) former: bool,
    /// When what its sentence tells took place.
    pub(crate) era: Era,
    /// Key of the governing verb.
    pub(crate) event: Option<u64>,
    /// Whether that verb belongs to a class of words for one kind of event.
    pub(crate) classed: bool,
    /// Keys of the words within a few tokens in the text.
    pub(crate) window: BTreeSet<u64>,
    /// Those of the window that are named entities.
    pub(crate) entities: BTreeSet<u64>,
    /// Keys of what describes the thing counted or measured.
    pub(crate) described: BTreeSet<u64>,
    /// Keys of the arguments of the governing verb.
    pub(crate) arguments: BTreeSet<u64>,
    /// How many have part in what the governing verb tells, as far as it says.
    pub(crate) crowd: Vec<f64>,
    /// Index of its sentence in the list given with the facts.
    pub(crate) sentence: usize,
    /// Which of the parts of the reports it belongs to.
    pub(crate) part: usize,
    /// Whether its sentence says that the figure changes or is not the last word.
    pub(crate) revised: bool,
    /// Words of the question: what is counted, and the verb.
    pub(crate) topic: String,
    pub(crate) context: Context,
    /// Days and years named in the sentence, for telling events apart.
    pub(crate) dates: Vec<String>,
    /// Who speaks, if somebody does.
    pub(crate) speaker: Option<ReferentIx>,
}

/// How a number stands to another beside it: “four of the seven carriages”.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Share {
    #[default]
    Unknown,
    Part,
    Whole,
}

impl Fact {
    /// The number; 0 for other values.
    pub(crate) fn number(&self) -> f64 {
        self.value.number().unwrap_or_default()
    }
}

/// What is needed to read facts off a report.
pub(crate) struct Reader<'a> {
    pub(crate) entities: &'a [Entity],
    pub(crate) idf: &'a dyn Fn(u64) -> f64,
    pub(crate) lexicon: &'a Lexicon,
}

/// All facts of a report, in text order.
pub(crate) fn facts(scene: &Scene, reader: &Reader) -> Vec<Fact> {
    let mut facts = quantities(scene, reader);
    facts.extend(times(scene, reader));
    facts.extend(events(scene, reader));
    let telephones = telephone::spans(scene.text());
    let is_called = |span: Span| {
        let next = telephones.partition_point(|number| number.end <= span.start);
        telephones.get(next).is_some_and(|number| number.overlaps(span))
    };
    set_former(&mut facts);
    facts.retain(|fact| {
        let span = fact.evidence.span;
        !scene.report.article.is_boilerplate(span) && (fact.slot == Slot::Event || !is_called(span))
    });
    facts.sort_by_key(|fact| (fact.evidence.span, fact.slot));
    facts.dedup_by(|a, b| {
        (a.evidence.span, a.slot) == (b.evidence.span, b.slot)
            && matches!(a.value, Value::Text(_))
            && a.value == b.value
    });
    sole::mark(&mut facts);
    facts
}

/// Leaves out figures of before where the sentence or the one beside it gives that of now, which is then one that changed.
fn set_former(facts: &mut Vec<Fact>) {
    let near = |x: &Fact, y: &Fact| x.slot == y.slot && x.sentence.abs_diff(y.sentence) <= 1;
    let former: Vec<Fact> = facts.iter().filter(|fact| fact.former).cloned().collect();
    let current: Vec<Fact> = facts.iter().filter(|fact| !fact.former && fact.firm).cloned().collect();
    let replaces = |fact: &Fact, before: &Fact| {
        let one = before.fate.is_none() || fact.fate == before.fate;
        let things = fact.head.is_none() || before.head.is_none() || fact.head == before.head;
        near(fact, before) && one && things
    };
    facts.retain(|fact| !fact.former || !current.iter().any(|now| replaces(now, fact)));
    for fact in facts.iter_mut().filter(|fact| !fact.former) {
        fact.revised |= former.iter().any(|before| replaces(fact, before));
    }
}

/// Whether a word is one for people.
pub(crate) fn is_people(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let lemma = scene.lemma(token);
    let class = lexicon.topics.class(&lemma);
    lexicon.kinds.is_people(&lemma)
        || class.is_some_and(|c| ["@person", "@child", "@worker", "@soldier", "@police"].contains(&c))
}

fn quantities(scene: &Scene, reader: &Reader) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let numbers = reading.quantities.iter().filter_map(|(span, quantity)| {
        let token = reading.head_of(reading.tokens_in(span)).filter(|_| !is_rejected(scene, span))?;
        let age = is_age(scene, token, quantity, reader);
        let (slot, value) = match age {
            true => (Slot::Age, Value::of_quantity(quantity)),
            false => value_of(scene, span, quantity, reader.lexicon),
        };
        let head = quantity.head.map_or(token, |h| h as usize);
        let whole =
            reading.tokens.get(head).map_or(span, |h| if near(span, *h) { span.cover(*h) } else { span });
        let mut fact = fact(scene, slot, value, whole, [token, head], reader)?;
        fact.kind = Some(if age { QuantityKind::Age } else { quantity.kind });
        fact.named = !matches!(quantity.kind, QuantityKind::Plain | QuantityKind::Ordinal);
        fact.firm = is_firm(scene, span, quantity);
        fact.former = is_former(scene, span, reader.lexicon);
        fact.share = share(scene, token, quantity);
        fact.dimension = dimension(scene, token, &fact.value).filter(|_| slot == Slot::Measure);
        if let Some((words, span)) = score(scene, span) {
            (fact.value, fact.shown, fact.evidence.span) = (Value::Text(words.clone()), words, span);
            fact.head = scene.nearest_entity(token, HOLDER).map(u64::from);
            fact.named = false;
            return Some(fact);
        }
        match slot {
            Slot::Age => fact.head = scene.nearest_person(token, AGED, reader.entities).map(u64::from),
            Slot::Count => {
                fact.head = fact.head.filter(|_| is_counted(scene, token, head));
                fact.fate = fate(scene, [token, head], reader.lexicon);
                if let Some(rest) = remainder(scene, token) {
                    fact.value = fact.value.instead(rest);
                }
            }
            _ => drop(scene.keys[head].and_then(|unit| fact.context.remove(&unit))),
        }
        Some(fact)
    });
    numbers.collect()
}

/// Whether a number may be set against another: not the same sum converted in brackets, not a part of a name
/// (“Line 4”), not what comes on top (“two more”), and a count only of whole things.
fn is_firm(scene: &Scene, span: Span, quantity: &Quantity) -> bool {
    let reading = &scene.report.reading;
    let tokens = reading.tokens_in(span);
    let (before, after) = (tokens.range().start.checked_sub(1), tokens.range().end);
    let lemma = |t: Option<usize>| t.map(|t| scene.lemma(t)).unwrap_or_default();
    let counts = matches!(quantity.kind, QuantityKind::Count | QuantityKind::Plain);
    let named = counts
        && before.is_some_and(|t| {
            scene.upos(t) == Some(Upos::Propn)
                && reading.times.overlapping(reading.tokens[t]).next().is_none()
        });
    let added = ["another", "additional", "further", "extra"].contains(&lemma(before).as_str())
        || ["more", "additional", "further", "extra"].contains(&lemma(Some(after)).as_str());
    let converted = before.filter(|&t| reading.word(scene.text(), t) == "(").is_some_and(|bracket| {
        let bracket = reading.tokens[bracket].start;
        reading.quantities.overlapping(Span::new(bracket.saturating_sub(12), bracket)).next().is_some()
    });
    // “$US1 million ($1.52 million)”: alone in brackets, also where the sum before them is not understood.
    let word = |t: Option<usize>| t.map_or("", |t| reading.word(scene.text(), t));
    let bracketed = matches!(quantity.kind, QuantityKind::Money | QuantityKind::Measure)
        && word(before) == "("
        && word(Some(after)) == ")";
    !(named || added || converted || bracketed || counts && quantity.number.fract() != 0.0)
}

fn near(a: Span, b: Span) -> bool {
    a.cover(b).len() <= a.len() + b.len() + 40
}

fn times(scene: &Scene, reader: &Reader) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let times = reading.times.iter().filter_map(|(span, time)| {
        let slot = match time.kind {
            TimeKind::Date => Slot::Date,
            TimeKind::Time => Slot::Time,
            TimeKind::Duration => Slot::Duration,
            TimeKind::Set => return None,
        };
        let rest = scene.text().get(span.end as usize..).unwrap_or_default();
        let value = Value::of_time(time, span.text(scene.text()), rest)?;
        let token = reading.head_of(reading.tokens_in(span))?;
        let governor = scene.governor(token)?;
        if is_dateline(scene, span, governor) {
            return None;
        }
        let mut fact = fact(scene, slot, value, span, [token, governor], reader)?;
        fact.head = owner(scene, token).filter(|_| slot == Slot::Duration);
        Some(fact)
    });
    times.collect()
}

/// The day in “LIMA, Nov 9 - ”: what stands before a dash that opens the text, under no verb.
fn is_dateline(scene: &Scene, span: Span, governor: usize) -> bool {
    let text = scene.text();
    let start =
        text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let rest = text.get(span.end as usize..).unwrap_or_default().trim_start();
    let opens = span.end as usize - start <= DATELINE && rest.starts_with(['-', '–', '—', '(', '.', ':']);
    opens && scene.upos(governor) != Some(Upos::Verb)
}

/// Key of the noun that a length of time belongs to: “a 60-day truce”, “a truce of 60 days”.
fn owner(scene: &Scene, token: usize) -> Option<u64> {
    let tied = [
        Deprel::Nummod,
        Deprel::Compound,
        Deprel::Amod,
        Deprel::Nmod,
        Deprel::NmodPoss,
        Deprel::NmodUnmarked,
    ];
    let head = scene.head(token).filter(|_| scene.relation(token).is_some_and(|r| tied.contains(&r)))?;
    scene.keys[head].filter(|_| scene.upos(head) == Some(Upos::Noun))
}

/// Whether a negation belongs to the verb itself, or to its subject or object.
fn is_denied(scene: &Scene, verb: usize) -> bool {
    let reading = &scene.report.reading;
    let own = [Deprel::Advmod, Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Cc, Deprel::CcPreconj];
    let mut near = reading.children_by(verb, &own);
    near.any(|t| {
        is_negation(scene, t) || reading.children_by(t, &[Deprel::Det]).any(|d| is_negation(scene, d))
    })
}

/// What happened according to the report: each verb with a subject or an object, affirmed or denied.
fn events(scene: &Scene, reader: &Reader) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
    let verbs =
        (0..reading.tokens.len()).filter(|&t| scene.upos(t) == Some(Upos::Verb) && scene.keys[t].is_some());
    let events = verbs.filter_map(|verb| {
        let arguments: Vec<usize> = reading.children_by(verb, &core).collect();
        if !tells(scene, verb, &arguments, reader.lexicon) {
            return None;
        }
        let event = super::scene::lemma_key(&scene.lemma(verb), reader.lexicon)?;
        let denied = is_denied(scene, verb);
        let value = Value::Text(format!("{}{event:016x}", if denied { "not " } else { "" }));
        let mut fact = fact(scene, Slot::Event, value, clause(scene, verb), [verb, verb], reader)?;
        if !denied {
            fact.shown.clone_from(&fact.topic);
        }
        Some(fact)
    });
    events.collect()
}

/// Whether a verb and its arguments tell something: a noun or name, not only a pronoun, has part in it; that
/// something is not settled is told elsewhere.
fn tells(scene: &Scene, verb: usize, arguments: &[usize], lexicon: &Lexicon) -> bool {
    let noun = |t: &&usize| matches!(scene.upos(**t), Some(Upos::Noun | Upos::Propn));
    let mut named = arguments.iter().filter(|t| scene.keys[**t].is_some()).filter(noun);
    named.next().is_some() && !is_unsettled(scene, verb, lexicon)
}

/// Whether a name stands for where something is: “in Arden”, not “Arden agreed”.
fn is_in(scene: &Scene, name: Span) -> bool {
    let reading = &scene.report.reading;
    let head = reading.head_of(reading.tokens_in(name));
    head.is_some_and(|head| matches!(scene.relation(head), Some(Deprel::Obl | Deprel::Nmod)))
}

/// A verb with its arguments, as far as neither numbers, times nor places where it happened stand between or in
/// them.
fn clause(scene: &Scene, verb: usize) -> Span {
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
    let mentions = &scene.report.findings.mentions;
    let plain = |span: &Span| {
        reading.quantities.overlapping(*span).next().is_none()
            && reading.times.overlapping(*span).next().is_none()
            && !mentions
                .overlapping(*span)
                .any(|(place, m)| m.kind == ReferentKind::Place && is_in(scene, place))
    };
    reading.children_by(verb, &core).fold(reading.tokens[verb], |span, argument| {
        let whole = reading.subtree(argument);
        let words = if whole.len() <= 8 { reading.span_of(whole) } else { None };
        let wide = words.map(|words| span.cover(words)).filter(plain);
        let narrow = || Some(span.cover(reading.tokens[argument])).filter(plain);
        wide.or_else(narrow).unwrap_or(span)
    })
}

/// A fact whose value stands at the first token and belongs to the second.
fn fact(
    scene: &Scene,
    slot: Slot,
    value: Value,
    span: Span,
    [at, token]: [usize; 2],
    reader: &Reader,
) -> Option<Fact> {
    let mut context = scene.context(token, reader.idf);
    if context.is_empty() {
        return None;
    }
    let governor = if scene.upos(token) == Some(Upos::Verb) { Some(token) } else { scene.governor(token) };
    if slot != Slot::Event {
        scene.keys[token].and_then(|own| context.remove(&own));
    }
    let evidence = scene.evidence(span);
    let statement = evidence.said_in.and_then(|s| scene.report.findings.statement(s));
    let window = window(scene, at);
    Some(Fact {
        slot,
        shown: span.text(scene.text()).split_whitespace().collect::<Vec<_>>().join(" "),
        value,
        evidence,
        kind: None,
        named: true,
        firm: true,
        mood: governor.map_or(Mood::Real, |g| mood(scene, g)),
        another: governor.is_some_and(|g| is_another(scene, g, reader.lexicon)),
        head: scene.keys[token],
        people: is_people(scene, token, reader.lexicon),
        sole: None,
        sole_event: None,
        fate: None,
        tally: false,
        dimension: None,
        share: Share::default(),
        former: false,
        era: era(scene, at),
        event: governor.and_then(|g| super::scene::lemma_key(&scene.lemma(g), reader.lexicon)),
        window: window.clone().filter_map(|t| scene.keys[t]).collect(),
        classed: governor.is_some_and(|g| reader.lexicon.topics.class(&scene.lemma(g)).is_some()),
        entities: window.filter(|&t| scene.entities[t].is_some()).filter_map(|t| scene.keys[t]).collect(),
        described: described(scene, token),
        arguments: governor.map(|g| arguments(scene, g, token)).unwrap_or_default(),
        crowd: governor.map(|g| crowd(scene, g)).unwrap_or_default(),
        sentence: scene.report.reading.sentence_of(at)?,
        part: 0,
        revised: is_revised(scene, at, reader.lexicon),
        topic: super::wording::topic(scene, reader.entities, slot, [at, token], governor),
        dates: dates(scene, token),
        context,
        speaker: statement.and_then(|s| s.speaker.as_ref()?.referent),
    })
}

/// The tokens of a sentence within a few of one.
fn window(scene: &Scene, at: usize) -> impl Iterator<Item = usize> + Clone {
    let reading = &scene.report.reading;
    let sentence = reading.sentence_of(at).map_or(0..0, |s| reading.sentences[s].tokens.range());
    let range = sentence.start.max(at.saturating_sub(WINDOW))..sentence.end.min(at + WINDOW + 1);
    range.filter(move |&t| t != at)
}

/// Keys of what stands below a noun to describe it, other clauses apart.
fn described(scene: &Scene, token: usize) -> BTreeSet<u64> {
    let describing = [
        Deprel::Amod,
        Deprel::Compound,
        Deprel::Nmod,
        Deprel::NmodPoss,
        Deprel::Acl,
        Deprel::AclRelcl,
        Deprel::Appos,
    ];
    let (mut found, mut open) = (BTreeSet::new(), vec![token]);
    while let Some(at) = open.pop().filter(|_| found.len() < 12) {
        for child in scene.report.reading.children(at) {
            let relation = scene.relation(child);
            if relation.is_some_and(|r| describing.contains(&r)) {
                found.extend(scene.keys[child]);
            }
            if !matches!(relation, Some(Deprel::Conj | Deprel::Parataxis | Deprel::Advcl)) {
                open.push(child);
            }
        }
    }
    scene.keys[token].map(|own| found.remove(&own));
    found
}

/// Keys of the arguments of a verb other than one.
fn arguments(scene: &Scene, verb: usize, other: usize) -> BTreeSet<u64> {
    let core = [
        Deprel::Nsubj,
        Deprel::NsubjPass,
        Deprel::Obj,
        Deprel::Obl,
        Deprel::OblAgent,
        Deprel::Iobj,
        Deprel::Nmod,
        Deprel::NmodPoss,
        Deprel::Compound,
    ];
    let keys = scene.report.reading.children_by(verb, &core).filter(|&t| t != other);
    keys.filter_map(|t| scene.keys[t]).collect()
}

/// Numbers of those who do what a verb tells or to whom it is done.
fn crowd(scene: &Scene, verb: usize) -> Vec<f64> {
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
    scene.report.reading.children_by(verb, &core).filter_map(|t| number_of(scene, t)).collect()
}

/// Words after “than” for a figure given before: “two more than first reported”.
const BEFORE: [&str; 6] = ["first", "initially", "earlier", "originally", "previously", "before"];

/// Whether the sentence says that a figure changed or is not the last word: “rose to”, “so far”, “preliminary”.
fn is_revised(scene: &Scene, at: usize, lexicon: &Lexicon) -> bool {
    let reading = &scene.report.reading;
    let Some(sentence) = reading.sentence_of(at) else { return false };
    let mut range = reading.sentences[sentence].tokens.range();
    range.any(|t| {
        let lemma = scene.lemma(t);
        let above = || reading.is_ancestor(t, at);
        lexicon.topics.is_of("revise", &lemma) && scene.upos(t) == Some(Upos::Verb) && above()
            || lexicon.topics.is_of("early", &lemma)
            || lemma == "far" && t > 0 && scene.lemma(t - 1) == "so"
            || lemma == "than" && (t + 1..t + 3).any(|next| BEFORE.contains(&scene.lemma(next).as_str()))
    })
}
