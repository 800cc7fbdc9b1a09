//! The codes of findings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

include!(concat!(env!("OUT_DIR"), "/finding_code.rs"));

/// A text that is no code of a finding.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown finding code {0}")]
pub struct FindingCodeError(String);

impl FromStr for FindingCode {
    type Err = FindingCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::NAMES.iter().position(|name| *name == text);
        found.map(|at| Self::ALL[at]).ok_or_else(|| FindingCodeError(text.to_owned()))
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for FindingCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::FindingCode;

    #[test]
    fn a_code_reads_back_and_nothing_else_does() {
        for code in FindingCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(code));
        }
        assert!("no-such-code".parse::<FindingCode>().is_err());
    }
}
