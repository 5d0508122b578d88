//! Values to pages: the record format, the brief (HTML, Markdown), pictures.

pub mod contract;
pub mod explanation;
pub mod export;
pub mod verify;

mod cast;
mod context;
mod coverage;
mod dates;
mod diff;
mod html;
mod markdown;
mod matrix;
mod positions;
mod said;
mod segments;
mod timeline;
mod used;
mod view;
mod words;

use record::{Links, Report};
use view::View;

/// What a brief shows.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    /// The reports, in input order.
    pub reports: &'a [Report],
    /// What holds between them.
    pub links: &'a Links,
    /// Inputs that could not be read, with the reason.
    pub unread: &'a [(String, String)],
    /// Program, model and rule versions, as shown.
    pub versions: &'a [(String, String)],
}

/// The brief as one self-contained HTML file.
pub fn html(brief: &Brief<'_>) -> String {
    html::page(&View::of(brief))
}

/// The brief as Markdown.
pub fn markdown(brief: &Brief<'_>) -> String {
    markdown::document(&View::of(brief))
}
