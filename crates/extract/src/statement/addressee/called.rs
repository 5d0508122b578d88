//! Somebody called by name in the words themselves.

use crate::attribution::Draft;
use crate::cast::bare_name;
use crate::view::View;
use record::{Deprel, NameKind, TokenRange, Upos};

/// Somebody addressed by name inside direct speech: “Governor Bell, I must ask you”, “as you said, Ada, it was late”.
pub fn vocative(view: &View<'_>, draft: &Draft) -> Option<(usize, TokenRange)> {
    let names = draft.content.iter().flat_map(|piece| view.reading.names.within(*piece));
    // “Governor, you said” calls by office, which names nobody.
    let named = |span| !bare_name(view, span).is_empty();
    let people = names.filter(|(s, n)| matches!(n.kind, NameKind::Person | NameKind::Other) && named(*s));
    people.take(40).map(|(span, _)| view.reading.tokens_in(span)).find_map(|tokens| {
        let head = view.head_of(tokens)?;
        let set_apart = is_set_apart(view, tokens) && says_you_near(view, tokens);
        let called = (view.relation(head) == Deprel::Vocative || set_apart) && !is_part(view, head);
        called.then_some((head, tokens))
    })
}

/// Whether a name is an argument, apposition or part of a list.
fn is_part(view: &View<'_>, head: usize) -> bool {
    let relation = view.relation(head);
    let list = view.child(head, &[Deprel::Conj, Deprel::Appos, Deprel::AclRelcl, Deprel::Case]).is_some();
    list || relation.is_subject()
        || matches!(
            relation,
            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Appos | Deprel::Conj | Deprel::Compound
        )
}

/// Whether marks stand on both sides of a name, but for a title before it.
fn is_set_apart(view: &View<'_>, tokens: TokenRange) -> bool {
    let first = tokens.start as usize;
    let people = &view.lexicon.people;
    let title = |t: usize| people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some();
    let before = (0..first).rev().take(3).find(|&t| !title(t));
    let mark = |t: usize| matches!(view.word(t), "," | "." | "?" | "!" | "—" | "–" | ":");
    let opens = before.is_none_or(|t| mark(t) || view.is(t, Upos::Punct) || view.is(t, Upos::Cconj));
    opens && mark(tokens.end as usize)
}

/// Whether “you” or “your” stands in the sentence of a name or the next.
fn says_you_near(view: &View<'_>, tokens: TokenRange) -> bool {
    let sentence = view.sentence(tokens.start as usize);
    let near = [sentence, sentence + 1].into_iter().flat_map(|s| view.sentence_tokens(s).range());
    near.take(120).any(|t| matches!(view.word(t).to_lowercase().as_str(), "you" | "your"))
}
