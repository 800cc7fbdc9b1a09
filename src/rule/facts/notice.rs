//! What a request with disclosure notices makes happen.

use super::Handling;
use crate::reading::{NoticeReading, content_digest, request_id};
use crate::state::{Fact, Fingerprint};

/// What the request made happen: that it came, and where its notices were taken, that they are kept.
pub fn of_notice(reading: &NoticeReading, handling: Handling) -> Vec<Fact> {
    if handling == Handling::Withheld {
        return Vec::new();
    }
    let mut facts: Vec<Fact> = request_came(reading).into_iter().collect();
    if handling == Handling::Done {
        facts.extend(resources(reading));
    }
    facts
}

/// That the request came.
pub(super) fn request_came(reading: &NoticeReading) -> Option<Fact> {
    let id = request_id(reading)?.to_owned();
    Some(Fact::RequestCame { id, body: Fingerprint::of(&reading.request.body) })
}

fn resources(reading: &NoticeReading) -> Vec<Fact> {
    let Some(bundle) = reading.bundle() else { return Vec::new() };
    let texts = bundle.json["entry"].as_array().map_or(&[][..], Vec::as_slice);
    let kept = bundle.entries.iter().zip(texts).filter_map(|(entry, text)| {
        let content = Fingerprint::of(content_digest(&text["resource"])?);
        Some(Fact::ResourceKept { id: entry.id.as_ref()?.value.clone(), content })
    });
    kept.collect()
}
