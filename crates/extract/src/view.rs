//! One article as the steps of this room look at it: text, reading, words, and indexes made once.

use crate::attribution::is_said;
use crate::quotes::{Quotation, quotation_at, quotations};
use lexicon::Lexicon;
use record::{Article, BoilerplateReason, Deprel, Reading, Span, TokenRange, Upos, Xpos};

/// Everything that is known before extraction, with look-ups that do not walk whole sentences.
pub struct View<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its reading.
    pub reading: &'a Reading,
    /// The words that ship with the program.
    pub lexicon: &'a Lexicon,
    /// Its quotations, in order.
    pub quotations: Vec<Quotation>,
    sentence: Vec<u32>,
    first_child: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> View<'a> {
    /// Makes the indexes.
    pub fn new(article: &'a Article, reading: &'a Reading, lexicon: &'a Lexicon) -> Self {
        let (first_child, children) = children(reading);
        let quotations = quotations(&article.text);
        let mut view = Self {
            article,
            reading,
            lexicon,
            quotations,
            sentence: sentences(reading),
            first_child,
            children,
        };
        view.quotations = view.quotations.iter().map(|q| view.closed_by_cue(q)).collect();
        view
    }

    /// A quotation whose closing mark is missing ends where somebody is said to say it: “We know, | said Varga.” One that
    /// the next paragraph goes on with is open by right.
    fn closed_by_cue(&self, quotation: &Quotation) -> Quotation {
        let goes_on = || {
            let next = self.text()[quotation.span.end as usize..].trim_start();
            next.starts_with(['“', '"', '«', '„', '”', '‘', '\'', '`'])
        };
        if quotation.closed || goes_on() {
            return *quotation;
        }
        let tokens = self.reading.tokens_in(quotation.inner);
        let told = |&t: &usize| {
            let past = self.reading.tags.get(t).is_some_and(|g| matches!(g.xpos, Xpos::Vbd | Xpos::Vbz));
            let speech = past && self.lexicon.speech.verb(&self.lemma(t)).speech;
            let subject = self.child(t, &[Deprel::Nsubj]).filter(|_| speech);
            let first = subject.map(|s| if s > t { t } else { self.phrase(s, &[]).start as usize });
            first.is_some_and(|f| f > 0 && f <= t && self.word(f - 1) == ",")
        };
        let Some(verb) = tokens.range().find(told) else { return *quotation };
        let comma = (tokens.start as usize..verb).rev().find(|&t| self.word(t) == ",");
        let end = comma.and_then(|c| self.reading.tokens.get(c)).map_or(quotation.span.end, |c| c.end);
        let cut = |span: record::Span| record::Span::new(span.start.min(end), end);
        Quotation { span: cut(quotation.span), inner: cut(quotation.inner), closed: true }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// The words of a token.
    pub fn word(&self, token: usize) -> &'a str {
        self.reading.word(self.text(), token)
    }

    /// The lemma of a token in lower case.
    pub fn lemma(&self, token: usize) -> String {
        self.reading.lemmas.get(token).map_or_else(String::new, |l| l.to_lowercase())
    }

    /// Whether a token has this part of speech.
    pub fn is(&self, token: usize, upos: Upos) -> bool {
        self.reading.tags.get(token).is_some_and(|t| t.upos == upos)
    }

    /// Whether a token is a noun, name or pronoun.
    pub fn is_nominal(&self, token: usize) -> bool {
        [Upos::Noun, Upos::Propn, Upos::Pron, Upos::Num].iter().any(|&u| self.is(token, u))
    }

    /// The token that governs `token`.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.reading.tree.get(token).and_then(|arc| arc.head).map(|h| h as usize)
    }

    /// The relation of a token to its governor.
    pub fn relation(&self, token: usize) -> Deprel {
        self.reading.tree.get(token).map_or(Deprel::Dep, |arc| arc.relation)
    }

    /// Direct dependents of a token, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.first_child.get(token).map_or(0, |&c| c as usize);
        let to = self.first_child.get(token + 1).map_or(from, |&c| c as usize);
        self.children[from..to].iter().map(|&c| c as usize)
    }

    /// The first dependent with one of these relations.
    pub fn child(&self, token: usize, relations: &[Deprel]) -> Option<usize> {
        self.children(token).find(|&c| relations.contains(&self.relation(c)))
    }

    /// The smallest token range that holds `token` and what hangs from it, without the branches `skip` names.
    pub fn phrase(&self, token: usize, skip: &[Deprel]) -> TokenRange {
        let (mut first, mut last) = (token, token);
        let mut open = vec![token];
        while let Some(at) = open.pop() {
            (first, last) = (first.min(at), last.max(at));
            open.extend(self.children(at).filter(|&c| !skip.contains(&self.relation(c))));
        }
        TokenRange::new(first, last + 1)
    }

    /// The noun phrase that stands right after a token, by parts of speech alone: its last noun and its tokens. Where
    /// the tree goes astray, what follows “told” or “said” is still who it is.
    pub fn phrase_after(&self, token: usize) -> Option<(usize, TokenRange)> {
        let sentence = self.sentence_tokens(self.sentence(token));
        let begins = (token + 1..token + 3).find(|&t| !self.is(t, Upos::Adv))?;
        let inside = |t: &usize| {
            let tag = self.reading.tags.get(*t).map(|g| g.upos);
            let possessive = matches!(self.word(*t), "'s" | "’s" | "-");
            let proper = self.reading.tags.get(*t).is_some_and(|g| matches!(g.xpos, Xpos::Nnp | Xpos::Nnps));
            let noun = matches!(
                tag,
                Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num | Upos::Pron)
            );
            possessive || noun || proper
        };
        let again = |t: &usize| *t > begins && (self.is(*t, Upos::Det) || self.is(*t, Upos::Pron));
        let words = (begins..sentence.end as usize).take(14).take_while(|t| inside(t) && !again(t));
        let end = words.last()? + 1;
        let one = self.is(begins, Upos::Pron) && !matches!(self.word(begins + 1), "'s" | "’s");
        let possessor = matches!(
            self.word(begins).to_lowercase().as_str(),
            "his" | "her" | "their" | "its" | "my" | "our" | "your"
        );
        let end = if one && !possessor { begins + 1 } else { end };
        let noun = |t: &usize| self.is(*t, Upos::Noun) || self.is(*t, Upos::Propn) || self.is(*t, Upos::Pron);
        let head = (begins..end).rev().find(noun)?;
        Some((head, TokenRange::new(begins, head + 1)))
    }

    /// Whether a verb is finite by itself.
    pub fn is_finite(&self, token: usize) -> bool {
        let tag = self.reading.tags.get(token);
        tag.is_some_and(|g| matches!(g.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    }

    /// Whether a finite verb is joined to one that an auxiliary makes finite (“denied that his guards had fired, | demanded …”): it
    /// goes on with the verb of the telling, whatever the tree hangs it from.
    pub fn is_finite_beside(&self, verb: usize) -> bool {
        let helped = |h: usize| self.child(h, &[Deprel::Aux]).is_some() && !self.is_finite(h);
        let alone = self.child(verb, &[Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass]).is_none();
        self.is_finite(verb) && alone && self.head(verb).is_some_and(helped)
    }

    /// Index of the sentence of a token.
    pub fn sentence(&self, token: usize) -> usize {
        self.sentence.get(token).map_or(0, |&s| s as usize)
    }

    /// Tokens of a sentence.
    pub fn sentence_tokens(&self, sentence: usize) -> TokenRange {
        self.reading.sentences.get(sentence).map_or(TokenRange::new(0, 0), |s| s.tokens)
    }

    /// Whether a paragraph begins after the sentence of `a` and not after that of `b` (`a` before `b`).
    pub fn paragraph_between(&self, a: usize, b: usize) -> bool {
        let (from, to) = (self.sentence(a) + 1, self.sentence(b) + 1);
        self.reading.sentences.get(from..to).is_some_and(|run| run.iter().any(|s| s.starts_paragraph))
    }

    /// The token of a range that governs the others: the one nearest to the root whose head lies outside.
    pub fn head_of(&self, range: TokenRange) -> Option<usize> {
        let outside = |t: usize| self.head(t).is_none_or(|h| !range.contains(h));
        let heads = || range.range().filter(|&t| t < self.reading.tree.len() && outside(t));
        heads().find(|&t| !self.is(t, Upos::Punct)).or_else(|| heads().next())
    }

    /// The quotation that holds a byte.
    pub fn quotation_at(&self, byte: u32) -> Option<&Quotation> {
        quotation_at(&self.quotations, byte)
    }

    /// The quotation whose sentence another one ends: the one before ends with a comma, a comma or dash stands before this
    /// one (no “adding that”), and it begins with a small letter.
    pub fn resumed_from(&self, quotation: &Quotation) -> Option<&Quotation> {
        let at = self.quotations.partition_point(|q| q.span.start < quotation.span.start);
        let before = self.quotations.get(at.checked_sub(1)?)?;
        let between = Span::new(before.span.end, quotation.span.start).text(self.text());
        let near = between.len() < 200 && !between.contains(['\n', ';', '?', '!']) && !between.contains(". ");
        let open = before.inner.text(self.text()).trim_end().ends_with(',');
        let small = quotation.inner.text(self.text()).trim_start().starts_with(char::is_lowercase);
        let parted = between.trim_end().ends_with([',', '-', '–', '—', '…']);
        let clauses = || is_said(self, before) && is_said(self, quotation);
        (near && open && small && parted && clauses()).then_some(before)
    }

    /// Whether a stretch is neither article prose nor its title.
    pub fn is_aside(&self, span: Span) -> bool {
        let in_title = self.article.title.as_ref().and_then(|t| t.span).is_some_and(|t| t.contains(span));
        let prose = |reason| matches!(reason, BoilerplateReason::Dateline);
        !in_title && self.article.boilerplate.overlapping(span).any(|(_, b)| !prose(b.reason))
    }
}

fn sentences(reading: &Reading) -> Vec<u32> {
    let mut sentence = vec![0; reading.tokens.len()];
    for (i, s) in reading.sentences.iter().enumerate() {
        if let Some(tokens) = sentence.get_mut(s.tokens.range()) {
            tokens.fill(i as u32);
        }
    }
    sentence
}

/// Dependents of all tokens in one list, and where those of each token begin in it.
fn children(reading: &Reading) -> (Vec<u32>, Vec<u32>) {
    let n = reading.tokens.len();
    let head = |t: usize| reading.tree.get(t).and_then(|a| a.head).map(|h| h as usize).filter(|&h| h < n);
    let mut first = vec![0u32; n + 2];
    (0..n).filter_map(head).for_each(|h| first[h + 2] += 1);
    (2..n + 2).for_each(|i| first[i] += first[i - 1]);
    let mut list = vec![0u32; first.last().map_or(0, |&c| c as usize)];
    for t in 0..n {
        if let Some(h) = head(t) {
            list[first[h + 1] as usize] = t as u32;
            first[h + 1] += 1;
        }
    }
    first.truncate(n + 1);
    (first, list)
}
