//! What a page says of itself, in a fixed order of trust.
//!
//! JSON-LD (schema.org `NewsArticle` and its kin), then `meta` elements (OpenGraph, Dublin Core and the names that
//! publishers use), then `itemprop` and `<time datetime>`, then the date in the address.

use super::json_ld;
use super::pieces::{Element, Piece, is_hidden, plain};
use crate::dates;

/// What a page says of itself; each field from the most trusted place that has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// ISO 8601.
    pub published: Option<String>,
    /// ISO 8601.
    pub updated: Option<String>,
    /// Where the publication date was found, if that is a weak place.
    pub published_from: Option<&'static str>,
}

/// Collects the metadata of a page.
pub(crate) fn metadata(pieces: &[Piece]) -> Metadata {
    let linked = json_ld::article(pieces).unwrap_or_default();
    let named = Named::of(pieces);
    let url = named.url().or(linked.url);
    let dated = date(linked.published.as_deref())
        .or_else(|| date(named.first(PUBLISHED)))
        .map(|value| (value, None))
        .or_else(|| Some((time_element(pieces)?, Some("a time element"))))
        .or_else(|| Some((date_of_address(url.as_deref()?)?, Some("the page's address"))))
        .or_else(|| Some((date_near_title(pieces)?, Some("the words near the title"))));
    let (published, published_from) = dated.map_or((None, None), |(value, from)| (Some(value), from));
    let outlet = linked.outlet.or_else(|| named.words(OUTLET)).and_then(|name| outlet_name(&name));
    Metadata {
        title: title(pieces, linked.title, &named, outlet.as_deref()),
        author: linked.author.or_else(|| named.author()).or_else(|| marked_author(pieces)),
        outlet,
        language: linked.language.or_else(|| named.words(LANGUAGE)),
        updated: date(linked.updated.as_deref()).or_else(|| date(named.first(UPDATED))),
        url,
        published,
        published_from,
    }
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "article.published",
    "article.created",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "published",
    "publisheddate",
    "displaydate",
    "date",
    "datecreated",
    "article:post_date",
    "article-publication-date",
    "release_date",
    "vr:published_time",
    "pdate",
    "ptime",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "article:modified",
    "article.updated",
    "lastmod",
    "last-modified",
    "modified",
    "revised",
];
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
];
const OUTLET: &[&str] = &[
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "source_organization",
];
const TITLE: &[&str] = &[
    "og:title",
    "headline",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "hdl",
];
const LANGUAGE: &[&str] = &["html lang", "content-language", "language", "dc.language", "og:locale"];
const ADDRESS: &[&str] = &["link canonical", "og:url", "twitter:url", "parsely-link"];

fn date(given: Option<&str>) -> Option<String> {
    given.and_then(dates::normalise)
}

/// Values that a page gives under a name, in page order.
#[derive(Default)]
struct Named {
    values: Vec<(String, String)>,
}

impl Named {
    fn of(pieces: &[Piece]) -> Self {
        let mut named = Self::default();
        for piece in pieces {
            if let Piece::Open(element) = piece {
                named.take(element);
            }
        }
        named
    }

    fn take(&mut self, element: &Element) {
        match element.name.as_str() {
            "html" => self.keep("html lang", element.get("lang").or(element.get("xml:lang"))),
            "link" if element.get("rel") == Some("canonical") => {
                self.keep("link canonical", element.get("href"))
            }
            "meta" => {
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    self.keep(element.get(key).unwrap_or_default(), element.get("content"));
                }
            }
            _ => {
                let value = element.get("content").or(element.get("datetime"));
                self.keep(element.get("itemprop").unwrap_or_default(), value);
            }
        }
    }

    fn keep(&mut self, name: &str, value: Option<&str>) {
        if let (false, Some(value)) = (name.is_empty() || self.values.len() >= 4096, value) {
            self.values.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }

    /// The first value under the first name that has one.
    fn first(&self, names: &[&str]) -> Option<&str> {
        let value = |name: &&str| {
            self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
        };
        names.iter().find_map(value)
    }

    fn words(&self, names: &[&str]) -> Option<String> {
        self.first(names).map(plain).filter(|words| !words.is_empty())
    }

    fn author(&self) -> Option<String> {
        let names = AUTHOR.iter().filter_map(|name| self.words(&[name]));
        names.filter(|name| !name.contains("://")).find_map(|name| author_name(&name))
    }

    fn url(&self) -> Option<String> {
        let absolute =
            |name: &&str| self.first(&[name]).filter(|url| url.starts_with("http")).map(str::to_owned);
        ADDRESS.iter().find_map(absolute)
    }
}

/// A byline without its “By” and without what follows a bar; `None` where nothing is left.
pub(crate) fn author_name(name: &str) -> Option<String> {
    let name = name.split(" | ").next().unwrap_or_default().trim();
    let bare = name.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(name, |_| name[3..].trim());
    (!bare.is_empty() && bare.len() < 200).then(|| bare.to_owned())
}

/// The name of an outlet; addresses are none.
fn outlet_name(name: &str) -> Option<String> {
    let name = name.trim().trim_start_matches('@');
    (!name.is_empty() && name.len() < 200 && !name.contains("://")).then(|| name.to_owned())
}

/// The words of the first element marked as the author (`rel`, `itemprop`), if they are few.
fn marked_author(pieces: &[Piece]) -> Option<String> {
    let is_author = |e: &Element| e.get("rel") == Some("author") || e.get("itemprop") == Some("author");
    let at = pieces
        .iter()
        .position(|p| matches!(p, Piece::Open(e) if is_author(e) && e.name != "link" && e.name != "meta"))?;
    let text = pieces[at..].iter().take(8).find_map(|p| match p {
        Piece::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    })?;
    let few = text.split_whitespace().count() <= 6 && text.starts_with(char::is_uppercase);
    few.then(|| author_name(text)).flatten()
}

/// The title of the metadata, else the only `h1`, else the `title` element; without the name of the site.
fn title(pieces: &[Piece], linked: Option<String>, named: &Named, site: Option<&str>) -> Option<String> {
    let headings = texts_of(pieces, "h1");
    let only = Some(&headings).filter(|h| h.len() == 1).and_then(|h| h.first());
    let is_site = |title: &String| site.is_some_and(|site| title.eq_ignore_ascii_case(site));
    let given =
        linked.or_else(|| named.words(TITLE)).filter(|title| !is_site(title)).or_else(|| only.cloned());
    let bare = |title: String| without_site(&title, site, &headings);
    given.map(bare).or_else(|| texts_of(pieces, "title").into_iter().next().map(bare))
}

/// Cuts “ | Site” off: what follows the last mark is the site's name, or what precedes it is a heading of the page.
fn without_site(title: &str, site: Option<&str>, headings: &[String]) -> String {
    let marks = [" | ", " - ", " – ", " — ", " :: "];
    let Some((at, length)) = marks.iter().filter_map(|mark| Some((title.rfind(mark)?, mark.len()))).max()
    else {
        return title.to_owned();
    };
    let (words, last) = (&title[..at], &title[at + length..]);
    let letters = |name: &str| {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let is_site = site.is_some_and(|site| letters(site) == letters(last));
    let is_heading = headings.iter().any(|h| h.trim() == words.trim());
    let is_tail = title.contains(" | ")
        && last.split_whitespace().count() <= 3
        && words.split_whitespace().count() >= 4;
    if is_site || is_heading || is_tail { words.trim().to_owned() } else { title.to_owned() }
}

/// The texts of the elements of one name, white space joined.
fn texts_of(pieces: &[Piece], name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut now: Option<String> = None;
    for piece in pieces {
        match (piece, &mut now) {
            (Piece::Open(element), _) if element.name == name => now = Some(String::new()),
            (Piece::Close(closed), Some(text)) if closed == name => {
                texts.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                now = None;
            }
            (Piece::Text(part), Some(text)) if text.len() < 1000 => text.push_str(part),
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// The first `<time datetime>` after the first `h1`, else of the page.
fn time_element(pieces: &[Piece]) -> Option<String> {
    let heading = pieces.iter().position(|p| matches!(p, Piece::Open(e) if e.name == "h1")).unwrap_or(0);
    let time = |piece: &Piece| match piece {
        Piece::Open(e) if e.name == "time" => date(e.get("datetime")),
        _ => None,
    };
    pieces[heading..].iter().find_map(time).or_else(|| pieces[..heading].iter().find_map(time))
}

/// The day in an address: `/2021/12/23/`, `2021-12-23`, `/20211223`.
fn date_of_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let apart = parts.windows(3).find_map(|p| day(p[0], p[1], p[2]));
    let joined = |part: &&str| day(part.get(..4)?, part.get(4..6)?, part.get(6..)?);
    apart.or_else(|| parts.iter().filter(|part| part.len() == 8).find_map(joined))
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let fits = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    let value = fits.then(|| dates::normalise(&format!("{year}-{month:0>2}-{day:0>2}"))).flatten();
    value.filter(|v| ("1990".."2100").contains(&v.as_str()))
}

/// So many texts after the title are searched for a date line.
const NEAR: usize = 25;

/// The date in a short text soon after the first `h1`.
fn date_near_title(pieces: &[Piece]) -> Option<String> {
    let heading = pieces.iter().position(|p| matches!(p, Piece::Open(e) if e.name == "h1"))?;
    let mut hidden = false;
    let mut near = 0;
    for piece in &pieces[heading..] {
        match piece {
            Piece::Open(element) if is_hidden(&element.name) => hidden = true,
            Piece::Close(name) if is_hidden(name) => hidden = false,
            Piece::Text(text) if !hidden && !text.trim().is_empty() => {
                near += 1;
                let short = text.split_whitespace().count() <= 12;
                if let Some(label) = Some(text.trim()).filter(|_| short).and_then(dates::first) {
                    return Some(label.value);
                }
            }
            _ => {}
        }
        if near == NEAR {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    fn of(page: &str) -> Metadata {
        metadata(&pieces(page))
    }

    #[test]
    fn json_ld_comes_before_meta_and_meta_before_the_rest() {
        let meta = r#"<meta property="article:published_time" content="2021-03-08T09:00:00Z">
            <meta property="og:title" content="Ferry &amp;amp; storm"><meta name="author" content="By Maren Holt">
            <link rel="canonical" href="https://coastwire.example/2021/03/07/ferry"><h1>Another</h1>"#;
        let found = of(meta);
        assert_eq!(found.published.as_deref(), Some("2021-03-08T09:00:00Z"));
        assert_eq!(found.title.as_deref(), Some("Ferry & storm"));
        assert_eq!(found.author.as_deref(), Some("Maren Holt"));
        let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-09"}</script>"#;
        assert_eq!(of(&format!("{linked}{meta}")).published.as_deref(), Some("2021-03-09"));
    }

    #[test]
    fn weak_dates_say_where_they_come_from() {
        let found = of(
            r#"<link rel=canonical href="https://coastwire.example/news/2021/3/7/ferry-12"><h1>Ferry</h1>"#,
        );
        assert_eq!(found.published.as_deref(), Some("2021-03-07"));
        assert_eq!(found.published_from, Some("the page's address"));
        let found = of("<h1>Ferry</h1><script>2019-01-01</script><div>Posted 7 March 2021</div>");
        assert_eq!(found.published.as_deref(), Some("2021-03-07"));
        let found = of("<time datetime='2020-01-01'></time><h1>Ferry</h1><time datetime='2021-03-07T10:00'>");
        assert_eq!(found.published.as_deref(), Some("2021-03-07T10:00"));
    }

    #[test]
    fn the_site_is_no_part_of_the_title() {
        assert_eq!(
            of("<title>Ferry sinks off coast | Coastwire</title>").title.as_deref(),
            Some("Ferry sinks off coast")
        );
        assert_eq!(of("<title>Ferry - a tale</title>").title.as_deref(), Some("Ferry - a tale"));
        let named = "<meta property='og:site_name' content='The Wire'><meta property='og:title' content='Ferry - TheWire'>";
        assert_eq!(of(named).title.as_deref(), Some("Ferry"));
        assert_eq!(of("<title>Ferry - Coastwire</title><h1>Ferry</h1>").title.as_deref(), Some("Ferry"));
    }

    #[test]
    fn a_marked_author_counts() {
        let found = of("<h1>Ferry</h1><a rel=author href=/m><b>By Maren Holt | Coastwire</b></a>");
        assert_eq!(found.author.as_deref(), Some("Maren Holt"));
    }
}
