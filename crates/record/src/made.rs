//! What made a finding.

use std::borrow::Cow;

/// The rule or model that made a finding, with its version: `rule:attribution/said-inverted@3`, `model:en-4`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Made(Cow<'static, str>);

impl Made {
    /// A maker known at compile time.
    pub const fn by(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// A maker whose id is put together at run time (a rule file's path and version).
    pub fn from_id(id: String) -> Self {
        Self(Cow::Owned(id))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
