//! Links.

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where to.
    pub address: String,
    /// What it says.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(address: impl Into<String>, text: impl Into<String>) -> Self {
        Self { address: address.into(), text: text.into() }
    }
}
