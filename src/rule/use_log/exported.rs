//! A log that a run reads from a file is whole, its entries follow one another unchanged, and its AuditEvents are
//! what FHIR asks. What the entries tell is judged apart, against the traffic.

use super::log_judge::LogJudge;
use crate::profile::Profile;
use crate::rule::{Catalogue, Finding, FindingCode, Strictness};
use crate::wire::use_log::{ExportedLog, LogElement};

/// What is wrong with the file itself.
const OF_THE_FILE: [FindingCode; 4] = [
    FindingCode::LogFileDamaged,
    FindingCode::LogSequenceBroken,
    FindingCode::LogChainBroken,
    FindingCode::AuditEventWrong,
];

/// What is wrong with the file of the log. What only stands there to be followed is not judged.
pub fn judge_exported(
    log: &ExportedLog,
    profile: &Profile,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Vec<Finding> {
    let first = log.elements.get(usize::from(log.continues)).map(LogElement::position);
    let Some(first) = first else { return Vec::new() };
    let mut judge = LogJudge::new(log.shape, profile, catalogue, strictness).after(log.before);
    judge.elements(log.elements.clone(), log.is_of_events);
    let is_here = |finding: &Finding| {
        let position = finding.place.as_ref().and_then(|place| place.position);
        OF_THE_FILE.contains(&finding.code) && position.is_some_and(|position| position >= first)
    };
    judge.finish().findings.into_iter().filter(is_here).collect()
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, ExportedLog, LogElement, Profile, Strictness, judge_exported};
    use crate::source::SourceFile;
    use crate::wire::json::{JsonPiece, JsonShape};

    /// Code, line and path of what is found in these lines, of which the first six are not seen.
    fn found(lines: &[&str], is_of_events: bool, continues: bool) -> Vec<(String, u32, String)> {
        let requirements = SourceFile::new("requirements", include_str!("../../../catalogue/requirements.toml"));
        let kinds = SourceFile::new("findings", include_str!("../../../catalogue/findings.toml"));
        let catalogue = Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let profile = Profile::read(&Profile::built_in()).expect("built in");
        let piece =
            |(line, text): (u32, &&str)| JsonPiece { bytes: text.as_bytes().to_vec(), line, column: 1, is_whole: true };
        let elements = (7..).zip(lines).map(piece).map(LogElement::Piece).collect();
        let log = ExportedLog { shape: JsonShape::Lines, is_of_events, before: 6, continues, elements };
        let found = judge_exported(&log, &profile, &catalogue, Strictness::Fail);
        let places = found.into_iter().filter_map(|finding| Some((finding.code, finding.place?)));
        places.map(|(code, place)| (code.to_string(), place.position.expect("position").line, place.path)).collect()
    }

    fn at(code: &str, line: u32, path: &str) -> (String, u32, String) {
        (code.to_owned(), line, path.to_owned())
    }

    #[test]
    fn what_is_only_followed_is_not_judged_and_what_follows_is() {
        let chain = "{\"sequence\": 1, \"integrity\": {\"algorithm\": \"SHA-256\", \"hash\": \"00\"}}";
        let torn = "{\"sequence\": 2";
        let lines = [chain, "{\"sequence\": 3}", torn];
        let later = [
            at("log-sequence-broken", 8, "/sequence"),
            at("log-chain-broken", 8, "/integrity"),
            at("log-file-damaged", 9, ""),
        ];
        assert_eq!(found(&lines, false, true), later);
        assert_eq!(found(&lines, false, false)[0], at("log-chain-broken", 7, "/integrity/hash"));
        assert_eq!(found(&lines[..1], false, true), []);
        assert_eq!(found(&[], false, false), []);
    }

    #[test]
    fn each_audit_event_is_held_against_fhir() {
        let event = "{\"resourceType\": \"AuditEvent\", \"type\": {\"code\": \"rest\"}, \"recorded\": \"2026-11-21T09:15:00+02:00\", \
                     \"agent\": [{\"requestor\": true}], \"source\": {\"observer\": {\"display\": \"x\"}}}";
        let without = event.replace("\"requestor\": true", "\"name\": \"x\"");
        assert_eq!(found(&[event, &without], true, false), [at("audit-event-wrong", 8, "/agent/0/requestor")]);
    }
}
