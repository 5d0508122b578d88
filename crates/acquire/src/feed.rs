//! RSS (0.9 to 2.0) and Atom feeds: an article an item.

use crate::article::Given;
use crate::html::{Piece, author_name, markup_text, xml_pieces};
use crate::{Acquired, Problem, charset};
use lexicon::Lexicon;

/// Reads the items of a feed. What a feed gives in full is an article; what it only announces is a short one.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let decoded = match charset::decode(bytes, declared(bytes).as_deref()) {
        Ok(decoded) => decoded,
        Err(kind) => return Acquired::problem(source, format!("is {kind}; expected an RSS or Atom feed")),
    };
    let feed = Feed::of(&xml_pieces(&decoded.text));
    let mut acquired = Acquired::default();
    if feed.items.is_empty() {
        return Acquired::problem(source, "holds no items; expected an RSS or Atom feed");
    }
    for (at, item) in feed.items.iter().enumerate() {
        let source = format!("{source}#{}", at + 1);
        acquired.push(feed.given(&source, item).and_then(|given| given.article(lexicon)));
    }
    acquired
}

/// The encoding of the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(200)];
    let at = memchr::memmem::find(head, b"encoding=")?;
    let name = head[at + 9..].split(|b| b"\"'".contains(b)).nth(1)?;
    String::from_utf8(name.to_vec()).ok()
}

/// Fields of one level: names and texts in order.
type Fields = Vec<(String, String)>;

/// A feed: what holds for all items, and the items.
#[derive(Default)]
struct Feed {
    common: Fields,
    items: Vec<Fields>,
}

impl Feed {
    fn of(pieces: &[Piece]) -> Self {
        let mut feed = Self::default();
        let mut inside = false;
        let mut field: Option<(String, String)> = None;
        for piece in pieces {
            match piece {
                Piece::Open(element) if ["item", "entry"].contains(&element.name.as_str()) => {
                    inside = true;
                    feed.items.push(Fields::new());
                }
                Piece::Close(name) if ["item", "entry"].contains(&name.as_str()) => inside = false,
                Piece::Open(element) => {
                    if let ("link", Some(address)) = (element.name.as_str(), element.get("href")) {
                        let kind = element.get("rel").unwrap_or("alternate");
                        feed.keep(inside, format!("link {kind}"), address);
                    }
                    field = Some((element.name.clone(), String::new()));
                }
                Piece::Text(text) => {
                    if let Some((_, words)) = &mut field {
                        words.push_str(text);
                    }
                }
                Piece::Close(name) => {
                    if let Some((known, words)) = field.take().filter(|(known, _)| known == name) {
                        feed.keep(inside, known, words.trim());
                    }
                }
            }
        }
        feed
    }

    fn keep(&mut self, inside: bool, name: String, words: &str) {
        let fields = match (inside, self.items.last_mut()) {
            (true, Some(item)) => item,
            _ => &mut self.common,
        };
        if !words.is_empty() {
            fields.push((name, words.to_owned()));
        }
    }

    fn given(&self, source: &str, item: &Fields) -> Result<Given, Problem> {
        let title =
            first(item, &["title"]).map(|t| markup_text(t).split_whitespace().collect::<Vec<_>>().join(" "));
        let full = first(item, &["content:encoded", "content"]);
        let body = full.or_else(|| first(item, &["description", "summary"]));
        let body = body.map(markup_text).filter(|body| !body.trim().is_empty());
        let body = body
            .ok_or_else(|| Problem::new(source, "the item holds no text; expected content or a summary"))?;
        let summary = full.is_none().then(|| "the feed gives a summary, not the report".to_owned());
        let owned = |words: &str| words.to_owned();
        Ok(Given {
            source: source.to_owned(),
            source_id: first(item, &["guid", "id"]).map(owned),
            text: title.as_ref().map_or_else(|| body.clone(), |title| format!("{title}\n{body}")),
            title,
            published: first(item, &["pubdate", "published", "dc:date", "dcterms:created", "issued"])
                .map(owned),
            updated: first(item, &["updated", "dcterms:modified", "modified"]).map(owned),
            outlet: first(&self.common, &["title"]).map(|t| markup_text(t).trim().to_owned()),
            author: first(item, &["dc:creator", "name", "author"]).and_then(author_name),
            url: first(item, &["link", "link alternate"]).filter(|url| url.starts_with("http")).map(owned),
            language: first(&self.common, &["language", "dc:language"]).map(owned),
            notes: summary.into_iter().collect(),
        })
    }
}

fn first<'f>(fields: &'f Fields, names: &[&str]) -> Option<&'f str> {
    let value = |name: &&str| fields.iter().find(|(known, _)| known == name).map(|(_, words)| words.as_str());
    names.iter().find_map(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &str) -> Acquired {
        super::read("a.xml", feed.as_bytes(), &Lexicon::load())
    }

    #[test]
    fn rss_with_cdata_and_escaped_markup() {
        let feed = r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Coastwire</title><language>en</language>
            <item><title>Ferry sinks</title><link>https://coastwire.example/1</link><pubDate>Tue, 09 Mar 2021 10:15:00 GMT</pubDate>
              <dc:creator>Maren Holt</dc:creator><content:encoded><![CDATA[<p>The ferry sank.</p><p>It was old.</p>]]></content:encoded></item>
            <item><title>Storm &amp; rain</title><description>&lt;b&gt;Heavy&lt;/b&gt; rain &amp;amp; wind hit the coast.</description></item>
            <item><title>Nothing</title></item></channel></rss>"#;
        let found = read(feed);
        assert_eq!((found.articles.len(), found.problems.len()), (2, 1));
        let first = &found.articles[0];
        assert_eq!(first.text, "Ferry sinks\nThe ferry sank.\nIt was old.\n");
        assert_eq!(first.outlet.as_deref(), Some("Coastwire"));
        assert_eq!(first.author.as_deref(), Some("Maren Holt"));
        assert_eq!(first.url.as_deref(), Some("https://coastwire.example/1"));
        assert_eq!(first.published.as_ref().map(|p| p.value.as_str()), Some("2021-03-09T10:15:00Z"));
        assert_eq!(found.articles[1].text, "Storm & rain\nHeavy rain & wind hit the coast.\n");
        assert!(found.articles[1].notes.iter().any(|n| n.contains("summary")));
    }

    #[test]
    fn atom_with_links_and_authors() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Coastwire</title><entry><id>tag:1</id><title type="html">Ferry</title>
            <link rel="self" href="https://c.example/x"/><link href="https://c.example/1"/><author><name>Maren Holt</name></author>
            <published>2021-03-09T10:15:00+01:00</published><updated>2021-03-10T00:00:00Z</updated>
            <content type="html">&lt;p&gt;The ferry sank.&lt;/p&gt;</content></entry></feed>"#;
        let found = read(feed);
        let entry = &found.articles[0];
        assert_eq!(entry.text, "Ferry\nThe ferry sank.\n");
        assert_eq!(
            (entry.source_id.as_deref(), entry.url.as_deref()),
            (Some("tag:1"), Some("https://c.example/1"))
        );
        assert_eq!(entry.published.as_ref().map(|p| p.value.as_str()), Some("2021-03-09T10:15:00+01:00"));
        assert_eq!(entry.author.as_deref(), Some("Maren Holt"));
    }
}
