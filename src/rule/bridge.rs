//! Lets rules that still name codes as texts be compiled beside those that use the type.

use super::FindingCode;

impl From<&str> for FindingCode {
    fn from(code: &str) -> Self {
        code.parse().unwrap_or(Self::RuleUnlisted)
    }
}

impl From<&String> for FindingCode {
    fn from(code: &String) -> Self {
        code.as_str().into()
    }
}

impl From<&&str> for FindingCode {
    fn from(code: &&str) -> Self {
        (*code).into()
    }
}

impl From<String> for FindingCode {
    fn from(code: String) -> Self {
        code.as_str().into()
    }
}

impl PartialEq<str> for FindingCode {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for FindingCode {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for FindingCode {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}
