//! Positions that statements take: by the reporting word (“refused to”, “demanded”), or sentence by sentence by what
//! is said (“We will never leave. You must stop.”).

use super::words::{is_clause, is_restriction, opens_talks, threatens};
use crate::events::modality;
use crate::view::View;
use record::{
    Act, Deprel, Form, Layer, Made, Mention, Modality, Position, ReferentIx, ReferentKind, Span, Stance,
    Statement, StatementIx, TokenRange, Upos, Xpos,
};

/// Score from which a reporting word names the act by itself.
const BY_CUE: f32 = 6.0;
/// Score from which words of the content perform an act.
const BY_WORDS: f32 = 3.0;
/// Words of the content that a reporting word may run on into.
const RUN: usize = 8;

/// Words in which a second speaker is looked for.
const LONGEST: usize = 40;

/// Words and what they do.
type Taken = (Stance, Vec<Span>, &'static str);

/// The positions of a statement, once more for each who shares it with the speaker.
pub(super) fn taken(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    statement: &Statement,
    index: StatementIx,
) -> Vec<Position> {
    let found = found(view, statement);
    if found.is_empty() {
        return Vec::new();
    }
    let sharing = sharing(view, mentions, statement);
    let holders = || std::iter::once(None).chain(sharing.iter().copied().map(Some));
    let alone = found.len() == 1;
    let position = |(stance, words, rule): &Taken, holder: Option<ReferentIx>| Position {
        stance: *stance,
        condition: statement.condition.filter(|c| alone || words.iter().any(|w| w.contains(*c))),
        words: words.clone(),
        statement: Some(index),
        holder,
        time: statement.time.clone(),
        made_by: Made::by(rule),
    };
    found.iter().flat_map(|taken| holders().map(|h| position(taken, h)).collect::<Vec<_>>()).collect()
}

fn found(view: &View<'_>, statement: &Statement) -> Vec<Taken> {
    let whole = |stance: Stance, rule| (stance, statement.content.clone(), rule);
    if statement.negated {
        let open = || left_open(view, statement).map(|s| whole(s, "rule:positions/left-open@1"));
        let refused = will_not(view, statement).then(|| whole(Stance::Refuses, "rule:positions/will-not@1"));
        return refused.or_else(open).into_iter().collect();
    }
    if statement.act == Some(Act::Ask) && statement.form != Form::Direct || !is_real(view, statement) {
        return Vec::new();
    }
    match named(view, statement) {
        Some(stance) => stance.map(|s| whole(s, "rule:positions/cue@1")).into_iter().collect(),
        None => by_words(view, statement),
    }
}

/// The stance that the reporting word names; `Some(None)` where it names another act or takes no position after all.
fn named(view: &View<'_>, statement: &Statement) -> Option<Option<Stance>> {
    let cue = statement.cue?.text(view.text());
    if as_put(cue) {
        return Some(statement.act.and_then(Stance::of_act));
    }
    let content = statement.content.first().map_or("", |c| c.text(view.text()));
    let begins = content.split_whitespace().take(RUN).collect::<Vec<_>>().join(" ");
    let neutral = |act: Act| matches!(act, Act::Assert | Act::Announce | Act::Assess | Act::Ask);
    if unacceptable(view, statement) {
        return Some(Some(Stance::Refuses));
    }
    let scores = view.lexicon.speech.act_scores(cue, &begins);
    let (act, _) = scores.into_iter().find(|(act, score)| *score >= BY_CUE && !neutral(*act))?;
    Some(
        Stance::of_act(act)
            .filter(|_| fits(view, statement, act))
            .map(|stance| firmer(view, statement, stance)),
    )
}

/// A demand or offer that is called unacceptable is refused (“her demands were deemed “inadmissible””).
fn unacceptable(view: &View<'_>, statement: &Statement) -> bool {
    let Some(head) = statement.cue.and_then(|c| view.head_of(view.reading.tokens_in(c))) else {
        return false;
    };
    let judged = |c: usize| {
        matches!(view.relation(c), Deprel::Xcomp | Deprel::Obj | Deprel::Amod | Deprel::Obl)
            && matches!(
                view.lemma(c).as_str(),
                "unacceptable" | "inadmissible" | "non-negotiable" | "intolerable"
            )
    };
    let wanted = |c: usize| {
        matches!(view.relation(c), Deprel::NsubjPass | Deprel::Obj | Deprel::Nsubj)
            && view.lexicon.events.is_of("demand", &view.lemma(c))
    };
    let parts = || view.children(head).flat_map(|c| std::iter::once(c).chain(view.children(c)));
    view.children(head).any(judged) && parts().any(wanted)
}

/// “as the minister put it”: the words are the speaker's, whatever they are.
fn as_put(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    cue.contains("put it") || cue.contains("puts it")
}

/// To propose that others be forbidden something is to demand it (“presented a treaty to ban …”).
fn firmer(view: &View<'_>, statement: &Statement, stance: Stance) -> Stance {
    let heads = statement.content.iter().filter_map(|c| view.head_of(view.reading.tokens_in(*c)));
    match stance {
        Stance::Offers if heads.into_iter().any(|h| is_restriction(view, h)) => Stance::Demands,
        other => other,
    }
}

/// Whether the words after a reporting word are what it demands, offers, refuses: no bare judgement (“rejected as |
/// false”), no shared opinion (“agree | that it was wrong”), no “declined | to comment”, nothing that is missing (“offered no proof”).
fn fits(view: &View<'_>, statement: &Statement, act: Act) -> bool {
    let Some(cue) = statement.cue else { return false };
    let no = view.reading.tokens_in(cue).range().any(|t| view.lemma(t) == "no");
    let Some(content) = statement.content.first().map(|c| view.reading.tokens_in(*c)) else { return false };
    let says = |t: usize| view.is_nominal(t) || view.is(t, Upos::Verb);
    let first = content.range().next();
    let to = first.is_some_and(|t| view.word(t).eq_ignore_ascii_case("to"));
    let comment = to && first.is_some_and(|t| view.lemma(t + 1) == "comment");
    let accepts = || {
        let verb = view.head_of(view.reading.tokens_in(cue)).map(|t| view.lemma(t));
        verb.is_some_and(|v| matches!(v.as_str(), "accept" | "approve" | "yield" | "concede" | "ratify"))
    };
    let nothing = first.is_some_and(|t| view.lemma(t) == "no");
    let judges = view.reading.tokens_in(cue).range().next_back().is_some_and(|t| view.lemma(t) == "as");
    let nobody = act == Act::Refuse || !is_somebody(view, content);
    !no && !nothing
        && !comment
        && !judges
        && nobody
        && content.range().any(says)
        && (act != Act::Agree || to || accepts())
}

/// Whether the words only name somebody (“offered advice to | the mayor Anna Bell”).
fn is_somebody(view: &View<'_>, content: TokenRange) -> bool {
    let head = view.head_of(content).filter(|&h| view.is(h, Upos::Propn) || view.is(h, Upos::Pron));
    head.is_some_and(|h| view.child(h, &[Deprel::Cop]).is_none())
        && !content.range().any(|t| view.is(t, Upos::Verb))
}

/// Whether the report tells that it was said: not what might be said (“could demand”, “say Norland demanded”), nor what is
/// said whenever something is the case (“when patients ask for help”).
fn is_real(view: &View<'_>, statement: &Statement) -> bool {
    let Some(cue) = statement.cue else { return true };
    let Some(head) = view.head_of(view.reading.tokens_in(cue)) else { return true };
    if !view.is(head, Upos::Verb) && !view.is(head, Upos::Adj) {
        return true;
    }
    let perhaps = |c: usize| matches!(view.lemma(c).as_str(), "perhaps" | "maybe" | "possibly");
    let is_open = |t: usize| {
        matches!(modality(view, t), Modality::Hypothetical | Modality::Denied)
            || view.children(t).any(perhaps)
    };
    let shares = |t: usize| matches!(view.relation(t), Deprel::Conj | Deprel::Advcl | Deprel::Xcomp);
    let above = std::iter::successors(Some(head), |t| view.head(*t).filter(|_| shares(*t))).take(4);
    let open = is_open(head) || above.skip(1).any(|t| view.is(t, Upos::Verb) && is_open(t));
    let present = view.reading.tags.get(head).is_some_and(|t| matches!(t.xpos, Xpos::Vbp | Xpos::Vbz));
    let when = |c: usize| matches!(view.lemma(c).as_str(), "when" | "whenever") && c < head;
    let general = present && view.relation(head) == Deprel::Advcl && view.children(head).any(when);
    let above = view.head(head).filter(|_| matches!(view.relation(head), Deprel::Ccomp | Deprel::Parataxis));
    let supposed = above.is_some_and(|h| {
        let bare = view.child(h, &[Deprel::Nsubj, Deprel::Aux]).is_none();
        bare && matches!(view.lemma(h).as_str(), "say" | "suppose" | "imagine" | "assume")
            && view.reading.tags.get(h).is_some_and(|t| matches!(t.xpos, Xpos::Vb | Xpos::Vbp))
    });
    !open && !general && !supposed
}

/// “would not accept”, “cannot agree to”: what is not done is refused.
fn will_not(view: &View<'_>, statement: &Statement) -> bool {
    let head = statement.cue.and_then(|c| view.head_of(view.reading.tokens_in(c)));
    let modal = |c: usize| matches!(view.lemma(c).as_str(), "will" | "would" | "can" | "could" | "shall");
    head.is_some_and(|h| {
        let consents = matches!(
            view.lemma(h).as_str(),
            "accept"
                | "agree"
                | "allow"
                | "tolerate"
                | "negotiate"
                | "approve"
                | "support"
                | "consent"
                | "recognise"
                | "recognize"
        );
        consents && view.children(h).any(|c| view.relation(c) == Deprel::Aux && modal(c))
    })
}

/// “did not rule out talks”: what is left open is offered, or threatened.
fn left_open(view: &View<'_>, statement: &Statement) -> Option<Stance> {
    let head = view.head_of(view.reading.tokens_in(statement.cue?))?;
    let verb = view.lemma(head);
    let out = || view.children(head).any(|c| view.lemma(c) == "out");
    let excludes = match verb.as_str() {
        "exclude" | "preclude" | "discount" => true,
        "rule" => out(),
        _ => false,
    };
    let content = statement.content.first().filter(|_| excludes)?;
    let tokens = view.reading.tokens_in(*content);
    match () {
        () if threatens(view, tokens) => Some(Stance::Threatens),
        () if opens_talks(view, tokens) => Some(Stance::Offers),
        () => None,
    }
}

/// Sentence by sentence: what the words of the content do; neighbours that do the same are one position.
fn by_words(view: &View<'_>, statement: &Statement) -> Vec<Taken> {
    let mut all: Vec<Taken> = Vec::new();
    for tokens in statement.content.iter().flat_map(|c| sentences(view, *c)) {
        let Some(span) = view.reading.span_of(tokens) else { continue };
        let Some(stance) = performed(view, statement, tokens, span) else { continue };
        match all.last_mut() {
            Some((last, words, _)) if *last == stance => words.push(span),
            _ => all.push((stance, vec![span], "rule:positions/words@1")),
        }
    }
    all
}

/// The sentences of a piece of content, each as far as it lies in the piece.
fn sentences(view: &View<'_>, piece: Span) -> Vec<TokenRange> {
    let tokens = view.reading.tokens_in(piece);
    if tokens.is_empty() {
        return Vec::new();
    }
    let (first, last) = (view.sentence(tokens.start as usize), view.sentence(tokens.end as usize - 1));
    let within = |sentence: usize| {
        let all = view.sentence_tokens(sentence);
        TokenRange::new(all.start.max(tokens.start) as usize, all.end.min(tokens.end) as usize)
    };
    (first..=last).map(within).filter(|r| !r.is_empty()).collect()
}

fn performed(view: &View<'_>, statement: &Statement, tokens: TokenRange, span: Span) -> Option<Stance> {
    let words = span.text(view.text());
    let asks = words.trim_end_matches(|c: char| c.is_whitespace() || "\"”“’'»".contains(c)).ends_with('?');
    let (act, score) = view.lexicon.speech.act_scores("", words).first().copied()?;
    let stance = Stance::of_act(act).filter(|_| score >= BY_WORDS && act != Act::Agree)?;
    let past = statement.form != Form::Indirect && is_past(view, tokens);
    let holds = match stance {
        Stance::Demands => !is_own_wish(view, tokens),
        Stance::Threatens | Stance::Offers => is_ahead(view, tokens),
        _ => true,
    };
    (!asks && !past && holds && is_clause(view, tokens)).then_some(stance)
}

/// Whether what is told lies behind: a past tense, and no modal verb.
fn is_past(view: &View<'_>, tokens: TokenRange) -> bool {
    let tag = |t: usize| view.reading.tags.get(t).map(|g| g.xpos);
    let outer = |t: &usize| view.head(*t).is_none_or(|h| !tokens.contains(h));
    let helps = |c: usize| matches!(view.relation(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
    let lies_behind = |t: usize| {
        tag(t) == Some(Xpos::Vbd) || view.children(t).any(|c| helps(c) && tag(c) == Some(Xpos::Vbd))
    };
    let past = tokens.range().filter(outer).any(lies_behind);
    past && !tokens.range().any(|t| tag(t) == Some(Xpos::Md))
}

/// “I want to go”, “you don't need to”, “we don't have to”: nothing is asked of anybody.
fn is_own_wish(view: &View<'_>, tokens: TokenRange) -> bool {
    let not = |c: usize| matches!(view.lemma(c).as_str(), "not" | "n't" | "never");
    let next = |t: usize| tokens.contains(t + 1) && view.word(t + 1).eq_ignore_ascii_case("to");
    tokens.range().any(|t| match view.lemma(t).as_str() {
        "want" => next(t) || view.children(t).any(not),
        "have" | "need" => view.children(t).any(not),
        _ => false,
    })
}

/// Whether the words bind somebody: “will”, “would”, “shall”, “going to”, “ready to”, “prepared to”.
fn is_ahead(view: &View<'_>, tokens: TokenRange) -> bool {
    tokens.range().any(|t| {
        matches!(
            view.lemma(t).as_str(),
            "will"
                | "'ll"
                | "’ll"
                | "shall"
                | "would"
                | "let"
                | "ready"
                | "prepare"
                | "prepared"
                | "willing"
                | "propose"
                | "offer"
                | "suggest"
                | "open"
                | "promise"
                | "pledge"
                | "vow"
                | "commit"
                | "committed"
                | "remain"
        ) || view.word(t) == "going"
    })
}

/// Those named beside the speaker as its source (“the minister Ruben Aster and the envoy Lena Strand said”).
fn sharing(view: &View<'_>, mentions: &Layer<Mention>, statement: &Statement) -> Vec<ReferentIx> {
    let Some(source) = statement.source.map(|s| view.reading.tokens_in(s)) else { return Vec::new() };
    let Some(head) = view.head_of(source) else { return Vec::new() };
    let own = statement.speaker.as_ref().and_then(|s| s.referent);
    let sentence = view.sentence_tokens(view.sentence(head));
    let joined = |c: &usize| {
        let with = view.head(*c).is_some_and(|h| source.contains(h));
        view.relation(*c) == Deprel::Conj && with && view.is(*c, Upos::Propn)
    };
    let others = (source.start as usize..sentence.end as usize).take(LONGEST).filter(joined);
    let named = |c: usize| {
        let span = view.reading.span_of(view.phrase(c, &[]))?;
        let somebody = |m: &&Mention| matches!(m.kind, ReferentKind::Person | ReferentKind::Organisation);
        let inside = || mentions.within(span).map(|(_, m)| m).filter(somebody);
        let person = inside().find(|m| m.kind == ReferentKind::Person);
        person.or_else(|| inside().next()).and_then(|m| m.referent)
    };
    let mut found: Vec<ReferentIx> = others.filter_map(named).filter(|r| Some(*r) != own).collect();
    found.sort();
    found.dedup();
    found
}
