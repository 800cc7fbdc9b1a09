//! The faults: every way in which the reference system can be told to deviate, one at a time. Their rows stand in
//! `catalogue/faults.toml`, from which the enum is made; the deviation itself stands where the conforming behaviour
//! stands.

use std::fmt;
use std::str::FromStr;

include!(concat!(env!("OUT_DIR"), "/faults.rs"));

/// A row of the table.
struct Row {
    fault: Fault,
    name: &'static str,
    differs: &'static str,
    findings: &'static [&'static str],
    scenarios: &'static [&'static str],
}

impl Fault {
    /// All faults, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.fault)
    }

    /// Its name on the command line and in data.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What the system does wrong, one sentence.
    pub fn describe(self) -> &'static str {
        self.row().differs
    }

    /// Codes of the findings that catch it in a run that is held to every rule.
    pub fn findings(self) -> &'static [&'static str] {
        self.row().findings
    }

    /// The scenarios that do not pass by it, in the order in which they run.
    pub fn scenarios(self) -> &'static [&'static str] {
        self.row().scenarios
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

/// A name that no fault has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no fault is called {0:?}")]
pub struct UnknownFault(pub String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::all().find(|fault| fault.name() == name).ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Fault, UnknownFault};

    #[test]
    fn every_fault_is_found_by_its_name_and_described() {
        let names: HashSet<&str> = Fault::all().map(Fault::name).collect();
        assert_eq!(names.len(), Fault::all().count());
        for fault in Fault::all() {
            assert_eq!(fault.name().parse(), Ok(fault));
            assert!(fault.describe().ends_with('.'), "{fault}");
        }
        assert_eq!("no-such".parse::<Fault>(), Err(UnknownFault("no-such".to_owned())));
    }
}
