//! What the rules about archive messages find.

use std::fs;

use kantakoe::evidence::Caller;
use kantakoe::profile::Profile;
use kantakoe::rule::archive::{ArchiveContext, Known, NotAsked, judge, read};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::wire::trust::TrustAnchors;

use crate::support::shared;

/// What every judgement needs beside the message.
struct Bench {
    profile: Profile,
    catalogue: Catalogue,
    schemas: DocumentSchemas,
    trust: TrustAnchors,
}

impl Bench {
    fn new() -> Self {
        let file = |name: &str| {
            let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
            SourceFile::new(name, fs::read_to_string(path).expect(name))
        };
        let catalogue = Catalogue::read(&file("scenarios/requirements.toml"), &file("scenarios/findings.toml"));
        Self {
            profile: Profile::read(&Profile::built_in()).expect("profile"),
            catalogue: catalogue.expect("catalogue"),
            schemas: DocumentSchemas::built_in(),
            trust: TrustAnchors::default(),
        }
    }

    fn judge(&self, message: &[u8], known: &dyn Known) -> Vec<Finding> {
        let context = ArchiveContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Warn,
            schemas: &self.schemas,
            trust: &self.trust,
            caller: &Caller::default(),
            known,
            now: "2026-11-21T10:00:00Z".parse().expect("time"),
        };
        judge(&read(message, &self.profile.limits.reading()), &context, None)
    }
}

#[test]
fn the_sample_messages_have_nothing_wrong() {
    let Some(shared) = shared() else { return };
    let mut bench = Bench::new();
    let read = |name: &str| fs::read(shared.join("spec/samples").join(name)).expect(name);
    bench.trust = TrustAnchors::from_pem(&read("test-ca.pem")).expect("authority");
    for name in ["client-relationship.frame.xml", "client-document.frame.xml"] {
        assert_eq!(bench.judge(&read(name), &NotAsked), [], "{name}");
    }
}
