//! Statements that the tree shows and the model leaves out: a reporting verb with a subject and a clause, a noun of
//! speech or belief with a “that” clause; inside what others say, and beside it.

use super::Draft;
use super::extent::is_occasion;
use super::recover::{noun_phrase, subject_of};
use crate::view::View;
use record::{Deprel, Span, TokenRange, Upos};

/// The rule for a reporting verb with a subject and a clause.
const CLAUSE: &str = "rule:attribution/clause@1";

/// The rule for a verb that promises, refuses or demands with an infinitive.
const INFINITIVE: &str = "rule:attribution/infinitive@1";

/// The rule for a verb that asks somebody to do something.
const AIMS: &str = "rule:attribution/asked-to@1";

/// The rule for a verb that praises, condemns or denies something.
const OBJECT: &str = "rule:attribution/object@2";

/// What a reporting word reports, and who is its source.
struct Found {
    source: Option<Span>,
    cue: Span,
    content: Span,
    rule: &'static str,
}

/// Statements inside the content of others.
pub fn nested(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    for (outer, draft) in drafts.iter().enumerate() {
        let pieces: Vec<TokenRange> = draft.content.iter().map(|c| view.reading.tokens_in(*c)).collect();
        let inside = |t: usize| pieces.iter().any(|p| p.contains(t));
        let clauses = pieces.iter().flat_map(|p| p.range()).filter_map(|t| reported(view, t, &inside));
        let threat = |f: &Found| f.cue.text(view.text()).to_lowercase().ends_with("threatened");
        let clauses = clauses.filter(|f| f.rule == CLAUSE || f.rule == INFINITIVE && threat(f));
        let own =
            |f: &Found| f.content.len() * 10 < whole(draft) * 9 || f.source.is_some_and(|s| holds(draft, s));
        let free =
            clauses.filter(|f| own(f) && !drafts.iter().any(|d| d.cue.is_some_and(|c| c.overlaps(f.cue))));
        found.extend(free.map(|f| Draft {
            source: f.source,
            cue: Some(f.cue),
            content: vec![f.content],
            inside: Some(outer),
            rule: Some(f.rule),
            ..Draft::of(draft.pieces, 0.7)
        }));
        found.extend(accorded(view, outer, draft));
    }
    found
}

/// “reported that, according to the police, | the bridge was open”: whose words the content of another statement is.
fn accorded(view: &View<'_>, outer: usize, draft: &Draft) -> Option<Draft> {
    let within = view.reading.tokens_in(draft.content.iter().copied().reduce(Span::cover)?);
    let own = |t: usize| draft.cue.is_some_and(|c| c.overlaps(view.reading.tokens[t]));
    let word = within.range().find(|&t| view.word(t).eq_ignore_ascii_case("according") && !own(t))?;
    let somebody = view.head(word).filter(|&n| n > word && view.is_nominal(n) && within.contains(n))?;
    let main = view.head(somebody).filter(|&m| within.contains(m) && view.is(m, Upos::Verb))?;
    let aside = view.phrase(somebody, &[]);
    let (whole, after) = (view.phrase(main, &[]), aside.end as usize);
    let (start, end) = match (whole.start as usize) < aside.start as usize {
        true if after < main => (after, whole.end as usize),
        true => (whole.start.max(within.start) as usize, aside.start as usize),
        false => (after, whole.end as usize),
    };
    let span = view.reading.span_of(TokenRange::new(start, end.min(within.end as usize).max(start)))?;
    let content = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;".contains(c));
    let (source, cue) =
        (noun_phrase(view, somebody)?, view.reading.span_of(TokenRange::new(word, word + 2))?);
    let apart = !source.overlaps(content) && content.len() > 8 && view.quotation_at(cue.start).is_none();
    apart.then(|| Draft {
        source: Some(Span::new(source.start.max(cue.end + 1).min(source.end), source.end)),
        cue: Some(cue),
        content: vec![content],
        inside: Some(outer),
        rule: Some("rule:attribution/according@1"),
        ..Draft::of(draft.pieces, 0.7)
    })
}

/// “The judge forced him to admit that he had lied”: who is made to speak is the source, not who makes him speak.
pub fn drawn(view: &View<'_>, drafts: &mut [Draft]) {
    for draft in drafts {
        if let Some((source, cue, content)) = drawn_out(view, draft) {
            draft.source = Some(source);
            draft.cue = Some(cue);
            draft.content = vec![content];
            draft.rule = Some("rule:attribution/made-to-say@1");
        }
    }
}

/// Source, cue and content of what somebody is made to say.
fn drawn_out(view: &View<'_>, draft: &Draft) -> Option<(Span, Span, Span)> {
    let verb = view.head_of(view.reading.tokens_in(draft.cue?))?;
    let over = view.head(verb).filter(|_| view.relation(verb) == Deprel::Xcomp);
    let makes =
        [Some(verb), over].into_iter().flatten().find(|&v| view.lexicon.speech.draws(&view.lemma(v)))?;
    let says = view.child(makes, &[Deprel::Xcomp])?;
    let speaks = view.is(says, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(says)).speech;
    let clause = view.child(says, &[Deprel::Ccomp]).filter(|&c| c > says && speaks)?;
    let somebody = view.child(makes, &[Deprel::Obj]).filter(|&o| o < says)?;
    let content = view.reading.span_of(view.phrase(clause, &[]))?;
    let content = content.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;".contains(c));
    Some((noun_phrase(view, somebody)?, *view.reading.tokens.get(says)?, content))
}

/// Splits what is reported by a second verb of speech off the content of the first: “called on the crews to stay | and
/// called on the owners to pay”, “thanked the crew | and noted its losses”.
pub fn second_verbs(view: &View<'_>, drafts: &mut Vec<Draft>) {
    for i in 0..drafts.len() {
        if let Some((piece, kept, second)) = second_verb(view, &drafts[i]) {
            drafts[i].content[piece] = kept;
            drafts.push(second);
        }
    }
}

/// The content piece that holds a verb of speech joined to the cue by “and”, what is left of it, and the other statement.
fn second_verb(view: &View<'_>, draft: &Draft) -> Option<(usize, Span, Draft)> {
    let first = view.head_of(view.reading.tokens_in(draft.cue?))?;
    let piece = draft.content.iter().rposition(|c| c.start > view.reading.tokens[first].start)?;
    let tokens = view.reading.tokens_in(draft.content[piece]);
    let speaks = |c: usize| {
        let reports = view.lexicon.speech.verb(&view.lemma(c));
        let own = view.child(c, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::AuxPass]).is_none();
        let outside = view.quotation_at(view.reading.tokens[c].start).is_none();
        (reports.speech || reports.aims) && own && outside && view.is(c, Upos::Verb)
    };
    let joined = |c: &usize| view.relation(*c) == Deprel::Conj && tokens.contains(*c) && speaks(*c);
    let verb = view.children(first).find(joined);
    let verb = verb.or_else(|| denied(view, first).and_then(|clause| view.children(clause).find(joined)))?;
    let cc = view.child(verb, &[Deprel::Cc]).filter(|cc| *cc < verb && tokens.contains(*cc))?;
    let after = after_particle(view, verb);
    let trimmed = |range| {
        let span = view.reading.span_of(range)?;
        let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",;".contains(c));
        (!span.is_empty()).then_some(span)
    };
    let kept = trimmed(TokenRange::new(tokens.start as usize, cc))?;
    let content = trimmed(TokenRange::new(after, tokens.end as usize))?;
    let cue = view.reading.span_of(TokenRange::new(auxiliaries(view, verb), after))?;
    let second = Draft {
        source: draft.source,
        cue: Some(cue),
        content: vec![content],
        rule: Some("rule:attribution/second-verb@1"),
        ..Draft::of(draft.pieces, 0.7)
    };
    Some((piece, kept, second))
}

/// The clause that is denied of somebody else: “denied that his navy had mined the strait | and demanded guarantees”. A verb of
/// speech joined to it goes on with what the denier says, however the tree has it.
fn denied(view: &View<'_>, verb: usize) -> Option<usize> {
    let clause = view.child(verb, &[Deprel::Ccomp]).filter(|&c| c > verb)?;
    let subject = view.child(clause, &[Deprel::Nsubj])?;
    let denies = view.lexicon.speech.verb(&view.lemma(verb)).denies;
    (denies && !view.is(subject, Upos::Pron)).then_some(clause)
}

/// The token after a verb and the particle or preposition that belongs to it (“called on”, “appealed to”).
fn after_particle(view: &View<'_>, verb: usize) -> usize {
    let next = verb + 1;
    let particle = view.head(next) == Some(verb) && view.relation(next) == Deprel::CompoundPrt;
    let word = view.word(next);
    let preposition = match view.lemma(verb).as_str() {
        "call" | "prevail" => matches!(word, "on" | "upon"),
        "appeal" => word == "to",
        "plead" => word == "with",
        _ => false,
    };
    next + usize::from(particle || preposition)
}

fn whole(draft: &Draft) -> usize {
    draft.content.iter().map(|c| c.len()).sum()
}

fn holds(draft: &Draft, span: Span) -> bool {
    draft.content.iter().any(|c| c.contains(span))
}

/// Statements in sentences where nothing else is reported.
pub fn unmarked(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut taken: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied().chain(d.cue)).collect();
    taken.sort();
    let longest = taken.iter().map(|t| t.len() as u32).max().unwrap_or(0);
    let free = |span: Span| {
        let from = taken.partition_point(|t| t.start.saturating_add(longest) <= span.start);
        taken[from..].iter().take_while(|t| t.start < span.end).all(|t| !t.overlaps(span))
    };
    let outside = |t: usize| {
        let span = view.reading.tokens[t];
        free(span) && view.quotation_at(span.start).is_none() && !view.is_aside(span)
    };
    let tokens = (0..view.reading.tokens.len()).filter(|&t| outside(t));
    let found =
        tokens.filter_map(|t| reported(view, t, &outside)).filter(|f| free(f.content) && f.source.is_some());
    found
        .map(|f| Draft {
            source: f.source,
            cue: Some(f.cue),
            content: vec![f.content],
            rule: Some(f.rule),
            ..Draft::of(0.6, 0.7)
        })
        .collect()
}

/// What the word at a token reports, if it and its content lie where `within` says.
fn reported(view: &View<'_>, word: usize, within: &dyn Fn(usize) -> bool) -> Option<Found> {
    let (head, source, rule) = match () {
        () if view.is(word, Upos::Verb) => by_verb(view, word, within)?,
        () if view.is(word, Upos::Noun) => by_noun(view, word)?,
        () => return None,
    };
    let clause = with_adjuncts(view, word, alike(view, word, head), rule == OBJECT);
    let end = (clause.start as usize..clause.end as usize).find(|&t| t > word && !within(t));
    let begins =
        if rule == AIMS { after_particle(view, word) } else { (clause.start as usize).max(word + 1) };
    let clause = TokenRange::new(begins, end.unwrap_or(clause.end as usize));
    let content = view.reading.span_of(clause)?;
    let content = content.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;".contains(c));
    let last = if rule == AIMS { begins } else { word + 1 };
    let cue = view.reading.span_of(TokenRange::new(auxiliaries(view, word), last))?;
    let apart = !cue.overlaps(content) && source.is_none_or(|s| !s.overlaps(cue) && !s.overlaps(content));
    (apart && !content.is_empty() && within(head)).then_some(Found { source, cue, content, rule })
}

/// The phrase of a head and of those after it that stand to its governor as it does (a clause that the tree takes for two).
fn alike(view: &View<'_>, governor: usize, head: usize) -> TokenRange {
    let same = view.children(governor).filter(|&c| c > head && view.relation(c) == view.relation(head));
    same.map(|c| view.phrase(c, &[])).fold(view.phrase(head, &[]), |a, b| {
        TokenRange::new(a.start.min(b.start) as usize, a.end.max(b.end) as usize)
    })
}

/// An object with what is said of it: “praised the deal | as a first step”, “thanked the crew | for its help”.
fn with_adjuncts(view: &View<'_>, verb: usize, object: TokenRange, is_object: bool) -> TokenRange {
    let mut end = object.end;
    let about = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case, Deprel::Mark]).map(|t| view.lemma(t)).unwrap_or_default();
        let word =
            matches!(case.as_str(), "as" | "for" | "over" | "of" | "against" | "from" | "with" | "about");
        word && matches!(view.relation(*c), Deprel::Obl | Deprel::Advcl) && !is_occasion(view, *c)
    };
    for child in view.children(verb).filter(|c| is_object && *c as u32 >= object.end).filter(about) {
        let phrase = view.phrase(child, &[]);
        if phrase.start == end && phrase.len() < 40 {
            end = phrase.end;
        }
    }
    TokenRange::new(object.start as usize, end as usize)
}

type Reported = (usize, Option<Span>, &'static str);

/// The clause, infinitive or object that a verb with a subject of its own reports.
fn by_verb(view: &View<'_>, verb: usize, within: &dyn Fn(usize) -> bool) -> Option<Reported> {
    let lemma = view.lemma(verb);
    let reports = view.lexicon.speech.verb(&lemma);
    let after = |r: Deprel| view.child(verb, &[r]).filter(|&c| c > verb);
    let clause = || after(Deprel::Ccomp).filter(|_| reports.speech).map(|c| (c, CLAUSE));
    let infinitive = || {
        let to = after(Deprel::Xcomp).filter(|&c| reports.commits && has_to(view, c));
        to.map(|c| (c, INFINITIVE))
    };
    let asked = || {
        let aims = reports.speech && (reports.aims || after_particle(view, verb) > verb + 1);
        let someone = [Deprel::Obj, Deprel::Iobj, Deprel::Obl].into_iter().find_map(after).is_some() && aims;
        let to =
            [Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl].into_iter().find_map(after).filter(|_| someone);
        to.filter(|&c| has_to(view, c)).map(|c| (c, AIMS))
    };
    let object = || after(Deprel::Obj).filter(|_| reports.objects).map(|c| (c, OBJECT));
    let (head, rule) = clause().or_else(infinitive).or_else(asked).or_else(object)?;
    let passive = view.child(verb, &[Deprel::AuxPass]).is_some();
    let subject = view.child(verb, &[Deprel::Nsubj]).filter(|&s| within(s) && tells(view, s));
    let source = match subject {
        Some(subject) => noun_phrase(view, subject)?,
        None => shared_subject(view, verb, within)?,
    };
    (!passive).then_some((head, Some(source), rule))
}

/// The subject of the verb that this one is joined to by “and”.
fn shared_subject(view: &View<'_>, verb: usize, within: &dyn Fn(usize) -> bool) -> Option<Span> {
    let above = view.head(verb).filter(|_| view.relation(verb) == Deprel::Conj)?;
    let subject = view.child(above, &[Deprel::Nsubj]).filter(|&s| within(s) && tells(view, s) && s < verb)?;
    let own = view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::AuxPass]).is_none();
    own.then(|| subject_of(view, verb, &[]))
        .flatten()
        .or_else(|| own.then(|| noun_phrase(view, subject)).flatten())
}

/// The “that” clause of a noun of speech or belief (“claims that”, “fears that”), and whose it is.
fn by_noun(view: &View<'_>, noun: usize) -> Option<Reported> {
    if !view.lexicon.speech.is_saying(&view.lemma(noun)) {
        return None;
    }
    let that = |c: &usize| {
        let mark = view.child(*c, &[Deprel::Mark]);
        mark.is_some_and(|m| view.lemma(m) == "that" && m > noun)
    };
    let clause = view.children(noun).find(|c| {
        *c > noun && matches!(view.relation(*c), Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl) && that(c)
    })?;
    Some((clause, owner(view, noun), "rule:attribution/noun@1"))
}

/// Whose claim it is: “the minister's claim”, “claims by officials”, “fears among voters”.
fn owner(view: &View<'_>, noun: usize) -> Option<Span> {
    let by = |c: &usize| {
        let case = view.child(*c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        view.relation(*c) == Deprel::Nmod && matches!(case.as_str(), "by" | "from" | "among" | "of")
    };
    let owner = view.child(noun, &[Deprel::NmodPoss]).or_else(|| view.children(noun).find(by))?;
    let span = noun_phrase(view, owner)?;
    Some(span.trimmed_of(view.text(), char::is_whitespace))
}

fn has_to(view: &View<'_>, verb: usize) -> bool {
    view.child(verb, &[Deprel::Mark]).is_some_and(|m| view.lemma(m) == "to")
}

/// Somebody who can be named: no first person, relative or empty pronoun.
fn tells(view: &View<'_>, subject: usize) -> bool {
    let word = view.word(subject).to_lowercase();
    let empty = matches!(
        word.as_str(),
        "which" | "that" | "i" | "we" | "you" | "it" | "what" | "one" | "this" | "there"
    );
    view.is_nominal(subject) && !empty
}

/// The first of the auxiliaries and adverbs right before a verb.
fn auxiliaries(view: &View<'_>, verb: usize) -> usize {
    let mut start = verb;
    while start > 0
        && view.head(start - 1) == Some(verb)
        && matches!(view.relation(start - 1), Deprel::Aux | Deprel::AuxPass | Deprel::Advmod)
    {
        start -= 1;
    }
    start
}
