//! Which lanes a simulated Kanta has, and how they are called.

/// Longest name of a lane.
const LONGEST: usize = 64;

/// How callers come to a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LaneBy {
    /// By the address: `/lane/NAME/archive` and `/lane/NAME/fhir`. Without it they are in the main archive.
    #[default]
    Path,
    /// By the organisation in their TLS certificate. Who shows none is in the main archive.
    Organisation,
}

/// Which lanes there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LaneSettings {
    /// Lanes that are open from the start. They write into the journal of the main archive.
    pub named: Vec<String>,
    /// Most lanes beside these, each opened when it is first called, with a journal of its own in the folder of
    /// state, without which there are none. What calls for more is told that there is no such address.
    pub most: usize,
    /// How callers come to theirs.
    pub by: LaneBy,
}

/// Whether a lane can be called so: the name is safe as a folder and in a URL. It has small letters, digits,
/// hyphens, and dots between them.
pub fn is_lane_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    let ends_well = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    name.len() <= LONGEST
        && name.bytes().all(fits)
        && ends_well(name.bytes().next())
        && ends_well(name.bytes().last())
        && !name.contains("..")
}

#[cfg(test)]
mod tests {
    use super::is_lane_name;

    #[test]
    fn names_are_safe_as_folders() {
        for name in ["a", "vendor-1", "1.2.246.10.99999991.10.0"] {
            assert!(is_lane_name(name), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", ".", "..", "a..b", "-a", "a.", "A", "a/b", "a%2e", "å", long.as_str()] {
            assert!(!is_lane_name(name), "{name}");
        }
    }
}
