//! Reading of commented word lists.

use std::collections::HashSet;

/// The lines that carry something: without comments (`#` at the start) and blank lines.
pub(crate) fn entries(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The entries as a set.
pub(crate) fn set(source: &'static str) -> HashSet<&'static str> {
    entries(source).collect()
}
