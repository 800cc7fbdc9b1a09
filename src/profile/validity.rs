//! When a version of the specification holds: in certification ("voimassa sertifioinnissa") and in production
//! ("voimassa tuotannossa").

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::Evidence;

/// When this version of the specification holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Validity {
    /// When systems are certified by it.
    pub certification: Window,
    /// When systems in production may keep to it.
    pub production: Window,
}

/// From which day to which, both included. A day that is left out is not known and bounds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Window {
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// How well it is known.
    pub evidence: Evidence,
}

impl Window {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Window;
    use crate::domain::Evidence;

    #[test]
    fn both_days_are_included() {
        let whole = Window { from: None, until: None, evidence: Evidence::Assumed };
        let year = Window { from: Some(date(2026, 1, 1)), until: Some(date(2026, 12, 31)), ..whole };
        let days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)];
        assert_eq!(days.map(|day| year.holds_on(day)), [false, true, true, false]);
        assert_eq!(days.map(|day| whole.holds_on(day)), [true; 4]);
    }
}
