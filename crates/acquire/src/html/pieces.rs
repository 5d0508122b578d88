//! A page as a run of tags and texts: one linear pass, entities decoded, scripts kept apart.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// One tag or text of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// A start tag.
    Open(Element),
    /// An end tag.
    Close(String),
    /// Characters, entities decoded.
    Text(String),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    /// In lower case.
    pub name: String,
    /// Names in lower case, values decoded.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, without white space at its ends; `None` if absent or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// The pieces of a page in order. Comments and doctypes are left out.
pub(crate) fn pieces(page: &str) -> Vec<Piece> {
    run(page, Sink::default())
}

/// The same for XML: CDATA sections are text, and no element's content is raw.
pub(crate) fn xml_pieces(document: &str) -> Vec<Piece> {
    run(document, Sink { xml: true, ..Sink::default() })
}

fn run(page: &str, sink: Sink) -> Vec<Piece> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.pieces.take()
}

/// A text with its entities decoded and its tags dropped (metadata often holds such).
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.trim().to_owned();
    }
    let texts: String = pieces(text)
        .into_iter()
        .filter_map(|p| if let Piece::Text(t) = p { Some(t) } else { None })
        .collect();
    texts.trim().to_owned()
}

/// Whether an element has no content and no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    VOID.contains(&name)
}

/// Whether an element's content is no text for readers.
pub(crate) fn is_hidden(name: &str) -> bool {
    ["script", "style", "template", "noscript", "svg", "iframe", "textarea", "select", "object"]
        .contains(&name)
}

#[derive(Default)]
struct Sink {
    xml: bool,
    pieces: RefCell<Vec<Piece>>,
}

impl Sink {
    fn text(&self, text: &str) {
        let mut pieces = self.pieces.borrow_mut();
        match pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn tag(&self, tag: Tag) -> Option<RawKind> {
        let name = tag.name.to_string();
        let closed = tag.self_closing && self.xml;
        let raw = match (tag.kind, name.as_str()) {
            _ if self.xml => None,
            (TagKind::StartTag, "script") => Some(RawKind::ScriptData),
            (TagKind::StartTag, "style" | "xmp" | "iframe" | "noembed" | "noframes") => {
                Some(RawKind::Rawtext)
            }
            (TagKind::StartTag, "title" | "textarea") => Some(RawKind::Rcdata),
            _ => None,
        };
        let end = closed.then(|| Piece::Close(name.clone()));
        let mut pieces = self.pieces.borrow_mut();
        pieces.push(match tag.kind {
            TagKind::EndTag => Piece::Close(name),
            TagKind::StartTag => {
                let attributes =
                    tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                Piece::Open(Element { name, attributes })
            }
        });
        pieces.extend(end);
        raw
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text(&text),
            Token::TagToken(tag) => {
                if let Some(kind) = self.tag(tag) {
                    return TokenSinkResult::RawData(kind);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_scripts_are_one_text() {
        let found = pieces("<P Class=x>caf&eacute; &amp; bar<script>if (a<b) '</p>'</script><br/>");
        let script = Piece::Text("if (a<b) '</p>'".to_owned());
        assert!(found.contains(&Piece::Text("café & bar".to_owned())) && found.contains(&script));
        let Piece::Open(p) = &found[0] else { panic!("no tag") };
        assert_eq!((p.name.as_str(), p.get("class")), ("p", Some("x")));
    }

    #[test]
    fn broken_markup_is_only_text() {
        assert_eq!(plain("a < b &#xZZ; &unknown; <"), "a < b &#xZZ; &unknown; <");
        assert_eq!(plain("Tom &amp; <i>Jerry</i>"), "Tom & Jerry");
    }
}
