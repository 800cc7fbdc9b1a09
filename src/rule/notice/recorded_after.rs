//! A disclosure is recorded when it has happened, not before.

use jiff::Timestamp;

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        let moment = |relative: &str| {
            let text = case.at(&format!("{}{relative}", entry.resource()))?.as_str()?;
            text.parse::<Timestamp>().ok()
        };
        if let (Some(start), Some(recorded)) = (moment("/period/start"), moment("/recorded"))
            && recorded < start
        {
            let pointer = format!("{}/recorded", entry.resource());
            notes.bundle("notice-recorded-early", pointer, format!("not before {start}"), recorded.to_string());
        }
    }
}
