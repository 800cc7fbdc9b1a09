//! Searches beside a model that is simple enough to be seen right: a filter over all documents. Whatever the
//! archive holds and whatever is asked, in pages of any size, both find the same in the same order.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kantakoe::kanta::{PlantedDocument, PlantedKind};
use proptest::prelude::*;
use proptest::sample::select;

use crate::endpoint::messages::Draft;
use crate::endpoint::world::{ORGANISATION, OTHER, World, planted};

const PERSONS: [&str; 3] = ["010181-900C", "150675-901X", "010203A9035"];
/// Document type of those that people alone read.
const PLAN: &str = "15007";
const STEM: &str = "1.2.246.10.99999991.95.2026.7.";
const OWN_USE: &str = "<reasonCode code=\"1\" codeSystem=\"1.2.246.537.6.1289.201901\"/>";
const BY_LAW: &str =
    "<reasonCode code=\"disclosure-by-law\" codeSystem=\"2.25.164881940897364766539706513194035299512\"/>";

/// One version of a document.
#[derive(Debug, Clone)]
struct Version {
    person: usize,
    is_own: bool,
    kind: usize,
    task: &'static str,
    belongs_to: u32,
    set: u32,
    version: u32,
    /// Whether the last version nullifies the document.
    nullified: bool,
    newest: bool,
    seconds: i64,
}

/// What is asked; each may be left out.
#[derive(Debug, Clone)]
struct Asked {
    person: Option<usize>,
    by_law: bool,
    metadata: bool,
    request: &'static str,
    controller: Option<bool>,
    document: Option<(u32, u32)>,
    set: Option<u32>,
    group: Option<&'static str>,
    document_type: Option<&'static str>,
    task: Option<&'static str>,
    register: Option<&'static str>,
    relationship: Option<u32>,
    matter: Option<u32>,
    from: Option<String>,
    until: Option<String>,
    all_versions: bool,
    nullified: bool,
    quantity: usize,
}

fn sets() -> impl Strategy<Value = Vec<Version>> {
    let one = (
        0..PERSONS.len(),
        any::<bool>(),
        0_usize..5,
        select(vec!["24", "15"]),
        0_u32..3,
        1_u32..4,
        prop::bool::weighted(0.2),
        0_i64..60,
    );
    prop::collection::vec(one, 1..14).prop_map(|sets| {
        let versions = |(set, (person, is_own, kind, task, belongs_to, last, nullified, day)): (usize, _)| {
            let set = u32::try_from(set).expect("few");
            (1..=last).map(move |version: u32| Version {
                person,
                is_own,
                kind,
                task,
                belongs_to,
                set,
                version,
                nullified,
                newest: version == last,
                // From 1 November 2026 on, so that no hour comes twice.
                seconds: 1_793_520_000 + day * 40_000 + i64::from(version) * 7,
            })
        };
        sets.into_iter().enumerate().flat_map(versions).collect()
    })
}

fn time() -> impl Strategy<Value = String> {
    (0_i64..70, select(vec![4_usize, 6, 8, 10, 12, 14])).prop_map(|(day, digits)| {
        let text = local(1_793_520_000 + day * 40_000 + 7);
        text[..digits].to_owned()
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    let option = |weight: f64| move |strategy| prop::option::weighted(weight, strategy);
    let whom = (
        prop::option::weighted(0.95, 0..PERSONS.len()),
        prop::bool::weighted(0.3),
        any::<bool>(),
        option(0.3)(any::<bool>()),
    );
    let which = (prop::option::weighted(0.1, (0_u32..14, 1_u32..4)), prop::option::weighted(0.15, 0_u32..14));
    let kinds = (
        prop::option::weighted(0.3, select(vec!["1", "2", "3", "4", "5", "7"])),
        prop::option::weighted(0.2, select(vec!["19005", "19", PLAN, "15", "12015"])),
        prop::option::weighted(0.2, select(vec!["24", "15", "9"])),
        prop::option::weighted(0.2, select(vec!["1", "2"])),
        prop::option::weighted(0.2, 0_u32..14),
        prop::option::weighted(0.2, 0_u32..14),
    );
    let times = (prop::option::weighted(0.2, time()), prop::option::weighted(0.2, time()));
    let rest = (any::<bool>(), any::<bool>(), 1_usize..5, prop::bool::weighted(0.2));
    (whom, which, kinds, times, rest).prop_map(|(whom, which, kinds, times, rest)| Asked {
        person: whom.0,
        by_law: whom.1,
        metadata: whom.2,
        request: match (rest.3, whom.1) {
            (false, _) => "search-documents",
            (true, false) => "search-client-relationship",
            (true, true) => "search-matter",
        },
        controller: whom.3,
        document: which.0,
        set: which.1,
        group: kinds.0.filter(|_| !rest.3),
        document_type: kinds.1,
        task: kinds.2,
        register: kinds.3,
        relationship: kinds.4,
        matter: kinds.5,
        from: times.0,
        until: times.1,
        all_versions: rest.0,
        nullified: rest.1,
        quantity: rest.2,
    })
}

fn local(seconds: i64) -> String {
    let zone = TimeZone::get("Europe/Helsinki").expect("zone");
    Timestamp::from_second(seconds).expect("time").to_zoned(zone).strftime("%Y%m%d%H%M%S").to_string()
}

fn id(set: u32, version: u32) -> String {
    format!("{STEM}{set}.{version}")
}

fn above(kind: usize, number: u32) -> String {
    format!("{STEM}{}.{number}", 900 + kind)
}

impl Version {
    fn id(&self) -> String {
        id(self.set, self.version)
    }

    fn plant(&self, world: &World) {
        let kind = match self.kind {
            0 => PlantedKind::ClientRelationship,
            1 => PlantedKind::Matter { relationship: above(0, self.belongs_to) },
            2 => PlantedKind::FirstPhaseDocument { matter: above(1, self.belongs_to), document_type: PLAN.to_owned() },
            3 => PlantedKind::OldDocument { relationship: above(0, self.belongs_to), document_type: PLAN.to_owned() },
            _ => PlantedKind::ClientDocument { matter: above(1, self.belongs_to) },
        };
        let mut document = planted(0, if self.is_own { ORGANISATION } else { OTHER }, self.nullified && self.newest);
        document.client.identity_code = PERSONS[self.person].to_owned();
        let document = PlantedDocument {
            id: self.id(),
            set_id: id(self.set, 1),
            version: self.version,
            replaces: (self.version > 1).then(|| id(self.set, self.version - 1)),
            kind,
            service_task: self.task.to_owned(),
            effective: Timestamp::from_second(self.seconds).expect("time"),
            ..document
        };
        world.kanta.plant(&document).expect("plant");
    }

    fn group(&self) -> &'static str {
        ["1", "2", "3", "4", "5"][self.kind]
    }

    fn types(&self) -> [&'static str; 2] {
        match self.kind {
            0 | 1 => ["", ""],
            2 | 3 => ["15", PLAN],
            _ => ["19", "19005"],
        }
    }

    fn relationship(&self) -> Option<String> {
        match self.kind {
            0 => Some(id(self.set, 1)),
            1 | 3 => Some(above(0, self.belongs_to)),
            _ => None,
        }
    }

    fn matter(&self) -> Option<String> {
        match self.kind {
            0 | 3 => None,
            1 => Some(id(self.set, 1)),
            _ => Some(above(1, self.belongs_to)),
        }
    }
}

/// The identifier that a number asks for: one of the documents' own, or one above them.
fn pointed(kind: usize, number: u32) -> String {
    if number < 3 { above(kind, number) } else { id(number, 1) }
}

impl Asked {
    fn operation(&self) -> &'static str {
        if self.metadata { "RCMR_IN000029UV01" } else { "RCMR_IN000031UV01" }
    }

    fn retrieves(&self) -> bool {
        self.document.is_some() && !self.metadata
    }

    /// Whether the archive refuses to look at all: other controllers' data without a connection.
    fn is_refused(&self, all: &[Version]) -> bool {
        let asks_others = self.by_law || self.controller == Some(false);
        let connects = |one: &Version| one.is_own && one.kind == 0 && !one.nullified && Some(one.person) == self.person;
        let own_only = self.controller == Some(true);
        asks_others && !own_only && !all.iter().any(connects)
    }

    fn finds(&self, one: &Version, all: &[Version]) -> bool {
        let text = local(one.seconds);
        let prefix = |time: &String| text[..time.len()].to_owned();
        let fits = |asked: &Option<u32>, kind: usize, own: Option<String>| {
            asked.is_none_or(|number| own.is_some_and(|own| own == pointed(kind, number)))
        };
        let requested = match self.request {
            "search-client-relationship" => one.kind == 0,
            "search-matter" => one.kind == 1,
            _ => true,
        };
        self.person.is_none_or(|person| person == one.person)
            && requested
            && self.controller.is_none_or(|own| own == one.is_own)
            && self.may_see(one, all)
            && self.document.is_none_or(|(set, version)| (set, version) == (one.set, one.version))
            && self.set.is_none_or(|set| set == one.set)
            && self.group.is_none_or(|group| group == one.group())
            && self.document_type.is_none_or(|code| one.types().contains(&code))
            && self.task.is_none_or(|task| task == one.task)
            && self.register.is_none_or(|register| register == "1")
            && fits(&self.relationship, 0, one.relationship())
            && fits(&self.matter, 1, one.matter())
            && self.from.as_ref().is_none_or(|from| prefix(from) >= *from)
            && self.until.as_ref().is_none_or(|until| prefix(until) <= *until)
            && (self.all_versions || self.document.is_some() || one.newest)
            && (self.nullified || !one.nullified)
    }

    /// By law everything may be seen of a client with whom there is a connection; else the own register.
    fn may_see(&self, one: &Version, all: &[Version]) -> bool {
        let connects =
            |other: &Version| other.is_own && other.kind == 0 && !other.nullified && other.person == one.person;
        one.is_own || (self.by_law && all.iter().any(connects))
    }

    fn draft(&self) -> Draft {
        let root = |name: &str, id: String| format!("<{name}><value root=\"{id}\"/></{name}>");
        let code = |name: &str, code: &str| format!("<{name}><value code=\"{code}\"/></{name}>");
        let value = |name: &str, text: &str| format!("<{name}><value value=\"{text}\"/></{name}>");
        let client = |person: usize| {
            format!("<patientId><value root=\"1.2.246.21\" extension=\"{}\"/></patientId>", PERSONS[person])
        };
        let parameters = [
            self.person.map(client),
            self.controller.map(|own| root("custodianId", (if own { ORGANISATION } else { OTHER }).to_owned())),
            self.document.map(|(set, version)| root("clinicalDocumentId", id(set, version))),
            self.set.map(|set| root("clinicalDocumentSetId", id(set, 1))),
            self.group.map(|group| code("clinicalDocumentGroup", group)),
            self.document_type.map(|kind| code("clinicalDocumentCode", kind)),
            self.task.map(|task| code("serviceTask", task)),
            self.register.map(|register| code("registerType", register)),
            self.relationship.map(|number| root("clientRelationshipId", pointed(0, number))),
            self.matter.map(|number| root("encounterId", pointed(1, number))),
            self.from.as_ref().map(|time| value("effectiveTimeLow", time)),
            self.until.as_ref().map(|time| value("effectiveTimeHigh", time)),
            Some(value("allVersions", if self.all_versions { "true" } else { "0" })),
            Some(value("includeNullified", if self.nullified { "1" } else { "false" })),
            Some(code("useSituation", if self.by_law { "disclosure-by-law" } else { "1" })),
        ];
        let fixture = "<patientId><value root=\"1.2.246.21\" extension=\"010181-900C\"/></patientId>";
        let quantity = format!("<statusCode code=\"new\"/><initialQuantity value=\"{}\"/>", self.quantity);
        let draft = Draft::of("search")
            .with(fixture, &parameters.into_iter().flatten().collect::<String>())
            .with("<statusCode code=\"new\"/>", &quantity)
            .with("\"search-documents\"", &format!("\"{}\"", self.request))
            .with("RCMR_IN000031UV01", self.operation());
        if self.by_law { draft.with(OWN_USE, BY_LAW) } else { draft }
    }
}

fn ids(answer: &str) -> (Vec<String>, usize, usize) {
    let document = roxmltree::Document::parse(answer).expect("well-formed");
    let number = |name: &str| {
        let node = document.descendants().find(|node| node.tag_name().name() == name).expect(answer);
        node.attribute("value").expect("value").parse::<usize>().expect("number")
    };
    let found = document.descendants().filter(|node| node.tag_name().name() == "clinicalDocument");
    let id = |node: roxmltree::Node<'_, '_>| {
        let id = node.children().find(|child| child.tag_name().name() == "id").expect("id");
        id.attribute("root").expect("root").to_owned()
    };
    let found: Vec<String> = found.map(id).collect();
    assert_eq!(found.len(), number("resultCurrentQuantity"));
    (found, number("resultTotalQuantity"), number("resultRemainingQuantity"))
}

/// Sends the message under a number of its own.
async fn send(world: &World, draft: &Draft, own: &str, number: &mut u32) -> String {
    *number += 1;
    world.send(&draft.clone().with(own, &format!("extension=\"{number}\"")).finish(&world.identities)).await
}

/// Everything that the query finds, page by page; `None` where it is refused.
async fn found(world: &World, asked: &Asked, number: &mut u32) -> Option<Vec<String>> {
    let answer = send(world, &asked.draft(), "extension=\"1000001\"", number).await;
    if answer.contains("<typeCode code=\"AE\"/>") {
        assert!(answer.contains("5Y00009") && answer.contains("resultTotalQuantity value=\"0\""), "{answer}");
        return None;
    }
    let (mut all, total, mut remaining) = ids(&answer);
    assert_eq!(answer.contains("code=\"NF\""), total == 0, "{answer}");
    while remaining > 0 {
        let start = format!("<startResultNumber value=\"{}\"/>", total - remaining + 1);
        let next = Draft::of("continuation").with("<startResultNumber value=\"3\"/>", &start);
        let next = if asked.by_law { next.with(OWN_USE, BY_LAW) } else { next };
        let (page, of_page, behind) = ids(&send(world, &next, "extension=\"1000002\"", number).await);
        assert_eq!(of_page, total);
        assert!(behind < remaining);
        remaining = behind;
        all.extend(page);
    }
    assert_eq!(all.len(), total);
    Some(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn a_search_finds_what_a_filter_finds(versions in sets(), queries in prop::collection::vec(asked(), 10..25)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("runtime").block_on(async {
            let world = World::start().await;
            versions.iter().for_each(|version| version.plant(&world));
            let mut number = 0;
            for asked in queries.iter().filter(|asked| asked.person.is_some() || asked.document.is_some()) {
                // A search must name its client; only one document can be fetched without.
                let asked = &Asked { person: asked.person.or(if asked.retrieves() { None } else { Some(0) }), ..asked.clone() };
                let mut expected: Vec<(usize, &Version)> =
                    versions.iter().enumerate().filter(|(_, one)| asked.finds(one, &versions)).collect();
                expected.sort_by_key(|(place, one)| (one.seconds, *place));
                let expected: Vec<String> = expected.into_iter().map(|(_, one)| one.id()).collect();
                let refused = asked.is_refused(&versions);
                let expected = (!refused).then_some(expected);
                assert_eq!(found(&world, asked, &mut number).await, expected, "{asked:?}");
            }
        });
    }
}
