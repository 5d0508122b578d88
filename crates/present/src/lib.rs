//! Values to pages: the record format, the brief (HTML, Markdown), pictures.

pub mod contract;
pub mod verify;

use record::{Links, Report};

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
pub fn html(_brief: &Brief<'_>) -> String {
    String::new()
}

/// The brief as Markdown.
pub fn markdown(_brief: &Brief<'_>) -> String {
    String::new()
}
