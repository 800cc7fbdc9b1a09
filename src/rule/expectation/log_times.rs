//! The log writes every moment so that it can be told from every other, also in the hour that a clock shows twice.

use jiff::Timestamp;
use serde_json::Value;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "log-times"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "log-times",
    sentence: "the times of the log are the moments that the step handed over, with their zone",
    members: &[],
    codes: &[FindingCode::LogTimeAmbiguous],
    read: read_members,
};

/// The times of the log are the moments that the step handed over.
#[derive(Debug)]
struct LogTimes;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(LogTimes))
}

impl Expected for LogTimes {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A time without its zone, or of another moment by a second or more, is a finding, and so is one that is
    /// missing.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let list =
            |value: &'_ Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let (asked, told) = (list(&action.parameters, "instants"), list(&action.result, "times"));
        for (index, moment) in asked.iter().enumerate() {
            let time = told.get(index).and_then(Value::as_str);
            if !time.is_some_and(|time| is_same(moment.as_str().unwrap_or_default(), time)) {
                let expected = said::as_a_time_with_its_zone(moment.as_str().unwrap_or_default());
                out.add_for_step(FindingCode::LogTimeAmbiguous, step, expected, Said::value_or(time, said::none()));
            }
        }
    }
}

/// A log may keep whole seconds.
fn is_same(moment: &str, time: &str) -> bool {
    let second = |text: &str| text.parse::<Timestamp>().ok().map(|time| time.as_millisecond().div_euclid(1000));
    second(moment).is_some() && second(moment) == second(time)
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn only_a_time_with_its_zone_is_the_moment() {
        let moment = "2026-10-25T00:30:00Z";
        for right in ["2026-10-25T03:30:00.000+03:00", "2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.25Z"] {
            assert!(is_same(moment, right), "{right}");
        }
        for wrong in
            ["2026-10-25T03:30:00+02:00", "2026-10-25T03:30:00", "25.10.2026 03:30", "", moment.trim_end_matches('Z')]
        {
            assert!(!is_same(moment, wrong), "{wrong}");
        }
        assert!(!is_same("", ""));
    }
}
