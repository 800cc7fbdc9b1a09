//! How broken rules count that need not fail.

use serde::{Deserialize, Serialize};

/// How broken rules count that need not fail: those that no published source or standard backs, and those that
/// only recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// A broken `observed` or `assumed` rule is a warning, and so is a broken recommendation.
    Warn,
    /// A broken `observed` or `assumed` rule is a failure, like any other that binds.
    Fail,
    /// A broken recommendation is a failure where it is `published` or `standard`.
    Recommended,
    /// Every broken rule is a failure, whether it binds or recommends.
    Every,
}

impl Strictness {
    /// The strictness that fails broken rules without a published source or standard (`assumed`), and broken
    /// recommendations (`recommended`).
    pub fn of(assumed: bool, recommended: bool) -> Self {
        match (assumed, recommended) {
            (false, false) => Self::Warn,
            (true, false) => Self::Fail,
            (false, true) => Self::Recommended,
            (true, true) => Self::Every,
        }
    }

    /// Whether a broken rule without a published source or standard counts like any other.
    pub fn fails_assumed(self) -> bool {
        matches!(self, Self::Fail | Self::Every)
    }

    /// Whether a broken recommendation counts like a rule that binds.
    pub fn fails_recommended(self) -> bool {
        matches!(self, Self::Recommended | Self::Every)
    }

    /// The strictness of an endpoint, which refuses what fails: never for a recommendation.
    #[must_use]
    pub fn without_recommended(self) -> Self {
        Self::of(self.fails_assumed(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::Strictness as S;

    #[test]
    fn is_made_of_two_choices() {
        for one in [S::Warn, S::Fail, S::Recommended, S::Every] {
            assert_eq!(S::of(one.fails_assumed(), one.fails_recommended()), one);
            assert!(!one.without_recommended().fails_recommended());
        }
    }
}
