//! The archive's searches beside a filter over all documents.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Archive, Change, Filter, StoredDocument};
use crate::evidence::Provenance;

const PERSONS: [&str; 3] = ["010181-900C", "150675-901X", "010203A9035"];

/// What of a document searches ask for, apart from its set.
fn metadata() -> impl Strategy<Value = StoredDocument> {
    let code = |codes: &'static [&'static str]| select(codes.to_vec()).prop_map(str::to_owned);
    let some =
        |codes: &'static [&'static str]| prop::option::weighted(0.7, select(codes.to_vec()).prop_map(str::to_owned));
    let persons = subsequence(PERSONS.to_vec(), 1..=3).prop_map(|all| all.into_iter().map(str::to_owned).collect());
    let texts = (code(&["1.2.1", "1.2.2"]), code(&["1", "2", "5"]), code(&["1", "2"]), some(&["15", "19"]));
    let others = (some(&["15007", "19005", "15"]), some(&["24", "15"]), some(&["1.4.1", "1.4.2"]), some(&["1.5.1"]));
    (persons, texts, others, prop::option::weighted(0.8, 0_i64..40)).prop_map(|(persons, texts, others, effective)| {
        StoredDocument {
            id: String::new(),
            set_id: String::new(),
            version: 1,
            persons,
            controller: texts.0,
            group: texts.1,
            register: texts.2,
            general_type: texts.3,
            specific_type: others.0,
            service_task: others.1,
            matter: others.2,
            relationship: others.3,
            opens: None,
            effective_text: String::new(),
            effective,
            nullified: false,
            provenance: Provenance::Wire,
            content: Vec::new(),
            digest: String::new(),
            attachments: Vec::new(),
        }
    })
}

/// Documents in versions, some nullified by the last of them.
fn documents() -> impl Strategy<Value = Vec<StoredDocument>> {
    let sets = prop::collection::vec((prop::collection::vec(metadata(), 1..4), prop::bool::weighted(0.2)), 1..12);
    sets.prop_map(|sets| {
        let mut all = Vec::new();
        for (set, (versions, nullified)) in sets.into_iter().enumerate() {
            let last = versions.len();
            for (place, metadata) in versions.into_iter().enumerate() {
                all.push(StoredDocument {
                    id: format!("1.3.{set}.{}", place + 1),
                    set_id: format!("1.3.{set}.1"),
                    version: u32::try_from(place + 1).expect("few"),
                    nullified: nullified && place + 1 == last,
                    ..metadata
                });
            }
        }
        all
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let rare =
        |codes: &'static [&'static str]| prop::option::weighted(0.25, select(codes.to_vec()).prop_map(str::to_owned));
    let whom = (
        prop::option::weighted(0.8, select(PERSONS.to_vec())),
        rare(&["1.3.0.1", "1.3.1.2"]),
        rare(&["1.3.0.1", "1.3.2.1"]),
    );
    let codes = (
        rare(&["1", "2", "5", "9"]),
        rare(&["15007", "19005", "15", "19"]),
        rare(&["24", "15"]),
        rare(&["1", "2"]),
        rare(&["1.2.1", "1.2.2"]),
    );
    let above = (rare(&["1.4.1", "1.4.2"]), rare(&["1.5.1", "1.5.2"]));
    let times = (prop::option::weighted(0.2, 0_i64..40), prop::option::weighted(0.2, 0_i64..40));
    let groups = subsequence(vec!["1", "2", "5"], 0..=2);
    (whom, codes, above, times, groups, any::<(bool, bool)>()).prop_map(|(whom, codes, above, times, groups, flags)| {
        Filter {
            person: whom.0.map(str::to_owned),
            id: whom.1,
            set_id: whom.2,
            group: codes.0,
            document_type: codes.1,
            service_task: codes.2,
            register: codes.3,
            controller: codes.4,
            matter: above.0,
            relationship: above.1,
            from: times.0,
            until: times.1,
            of_groups: groups.into_iter().map(str::to_owned).collect(),
            all_versions: flags.0,
            nullified: flags.1,
            ..Filter::default()
        }
    })
}

/// Whether the filter asks for this document among all of them.
fn asks_for(filter: &Filter, one: &StoredDocument, all: &[StoredDocument]) -> bool {
    let same = |asked: &Option<String>, own: Option<&String>| asked.as_ref().is_none_or(|asked| own == Some(asked));
    let of_set = || all.iter().filter(|other| other.set_id == one.set_id);
    let types = [one.specific_type.as_ref(), one.general_type.as_ref()];
    filter.person.as_ref().is_none_or(|person| one.persons.contains(person))
        && same(&filter.id, Some(&one.id))
        && same(&filter.set_id, Some(&one.set_id))
        && same(&filter.group, Some(&one.group))
        && (filter.of_groups.is_empty() || filter.of_groups.contains(&one.group))
        && filter.document_type.as_ref().is_none_or(|code| types.contains(&Some(code)))
        && same(&filter.service_task, one.service_task.as_ref())
        && same(&filter.register, Some(&one.register))
        && same(&filter.controller, Some(&one.controller))
        && same(&filter.matter, one.matter.as_ref())
        && same(&filter.relationship, one.relationship.as_ref())
        && filter.from.is_none_or(|from| one.effective.is_some_and(|effective| effective >= from))
        && filter.until.is_none_or(|until| one.effective.is_some_and(|effective| effective <= until))
        && (filter.all_versions || of_set().all(|other| other.version <= one.version))
        && (filter.nullified || !of_set().any(|other| other.nullified))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn a_search_finds_what_a_filter_over_all_finds(
        documents in documents(),
        filters in prop::collection::vec(filter(), 20),
    ) {
        let archive = Archive::open(None).expect("open");
        for document in &documents {
            archive.apply(&Change::Version(Box::new(document.clone())), None, &[]).expect("apply");
        }
        for filter in filters {
            let mut expected: Vec<(usize, &StoredDocument)> =
                documents.iter().enumerate().filter(|(_, one)| asks_for(&filter, one, &documents)).collect();
            // What tells no time comes first, as in the archive.
            expected.sort_by_key(|(place, one)| (one.effective, *place));
            let expected: Vec<&str> = expected.into_iter().map(|(_, one)| one.id.as_str()).collect();
            let numbers = archive.numbers(&filter).expect("numbers");
            let found = archive.numbered(&numbers, false).expect("documents");
            let found: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
            prop_assert_eq!(&found, &expected, "{:?}", filter);
            let candidates = archive.candidates(&filter).expect("candidates");
            prop_assert!(candidates.iter().map(|one| one.id.as_str()).eq(expected), "{filter:?}");
        }
    }
}

#[test]
fn no_search_for_a_client_or_a_document_goes_through_the_whole_archive() {
    let archive = Archive::open(None).expect("open");
    let text = || Some("1".to_owned());
    let of_client = || Filter { person: text(), ..Filter::default() };
    let filters = [
        of_client(),
        Filter { id: text(), all_versions: true, ..Filter::default() },
        Filter { set_id: text(), group: text(), document_type: text(), all_versions: true, ..of_client() },
        Filter { service_task: text(), register: text(), controller: text(), nullified: true, ..of_client() },
        Filter { relationship: text(), matter: text(), from: Some(1), until: Some(2), ..of_client() },
        Filter { of_groups: vec!["1".to_owned(), "2".to_owned()], ..of_client() },
    ];
    for filter in filters {
        let plan = archive.plan(&filter).expect("plan");
        assert!(plan.iter().any(|step| step.starts_with("SEARCH")), "{plan:?}");
        assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{filter:?}: {plan:?}");
    }
}
