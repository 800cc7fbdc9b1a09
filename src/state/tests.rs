//! The fold on its own.

use proptest::prelude::*;

use super::{ArchiveKnowledge, ArchiveState, DocumentVersion, Earlier, Fact, Fingerprint, Opened};
use crate::domain::{Declared, Sector};
use crate::profile::{Opens, Profile};

const OWN: &str = "1.2.246.10.99999991.10.0";
const OTHER: &str = "1.2.246.10.99999992.10.0";
const PERSON: &str = "010181-900C";

fn version(id: &str, set_id: &str, version: u32) -> DocumentVersion {
    DocumentVersion {
        id: id.to_owned(),
        set_id: set_id.to_owned(),
        version,
        persons: vec![PERSON.to_owned()],
        controller: OWN.to_owned(),
        service_task: None,
        opens: None,
        nullified: false,
        content: Fingerprint::of(id),
    }
}

fn opening(kind: Opens, id: &str) -> DocumentVersion {
    DocumentVersion { opens: Some(Opened { kind, id: id.to_owned() }), ..version(id, id, 1) }
}

fn profile() -> Profile {
    Profile::read(&Profile::built_in()).expect("profile")
}

fn nullified(set_id: &str) -> Fact {
    Fact::Nullified { set_id: set_id.to_owned() }
}

#[test]
fn no_fact_is_nothing_known() {
    let (state, profile) = (ArchiveState::default(), profile());
    let view = state.seen_by(OWN, &profile);
    assert!(view.document("1.2.3").is_none() && view.newest("1.2.3").is_none());
    assert!(!view.relationship_exists("1.2.3") && !view.matter_exists("1.2.3") && !view.is_informed(PERSON));
}

#[test]
fn a_set_is_nullified_in_all_its_versions_and_no_other_is() {
    let stored = [version("1.1", "1.1", 1), version("1.2", "1.1", 2), version("1.3", "1.3", 1)].map(Fact::Stored);
    let profile = profile();
    let told = |state: &ArchiveState| {
        ["1.1", "1.2", "1.3"].map(|id| state.seen_by(OWN, &profile).document(id).map(|one| (one.newest, one.nullified)))
    };
    let mut state = ArchiveState::of(&stored);
    assert_eq!(told(&state), [Some((false, false)), Some((true, false)), Some((true, false))]);
    state.learn(&nullified("9.9"));
    assert_eq!(told(&state), [Some((false, false)), Some((true, false)), Some((true, false))]);
    state.learn(&nullified("1.1"));
    assert_eq!(told(&state), [Some((false, true)), Some((true, true)), Some((true, false))]);
    let by_version = DocumentVersion { nullified: true, ..version("1.4", "1.3", 2) };
    state.learn(&Fact::Stored(by_version));
    assert_eq!(told(&state)[2], Some((false, true)));
    assert_eq!(state.newest("1.3").map(|newest| newest.id), Some("1.4".to_owned()));
}

#[test]
fn what_a_document_opens_is_there_for_its_register_while_the_document_is_valid() {
    let profile = profile();
    let mut state =
        ArchiveState::of(&[opening(Opens::Matter, "1.4"), opening(Opens::Relationship, "1.3")].map(Fact::Stored));
    let told = |state: &ArchiveState, organisation: &str| {
        let view = state.seen_by(organisation, &profile);
        let matters = ["1.4", "1.3"].map(|id| view.matter_exists(id));
        (matters, ["1.4", "1.3"].map(|id| view.relationship_exists(id)))
    };
    assert_eq!(told(&state, OWN), ([true, false], [false, true]));
    assert_eq!(told(&state, OTHER), ([false; 2], [false; 2]));
    state.learn(&Fact::AccessGranted { producer: OTHER.to_owned(), organiser: OWN.to_owned() });
    assert_eq!(told(&state, OTHER), ([true, false], [false, true]));
    state.learn_all(&[nullified("1.4"), nullified("1.3")]);
    assert_eq!(told(&state, OWN), ([false; 2], [false; 2]));
}

#[test]
fn another_controllers_document_is_known_while_it_may_be_disclosed() {
    let profile = profile();
    let foreign = DocumentVersion { controller: OTHER.to_owned(), ..version("1.9", "1.9", 1) };
    let permit = Declared::Permit { from: Sector::SocialWelfare, to: Sector::SocialWelfare };
    let declared = |id: &str, declared| Fact::Declared { id: id.to_owned(), person: PERSON.to_owned(), declared };
    let opens_it = [
        Fact::Stored(opening(Opens::Relationship, "1.3")),
        declared("8.1", Declared::Information),
        declared("8.2", permit),
    ];
    let mut state = ArchiveState::of(&[Fact::Stored(foreign)]);
    let is_known = |state: &ArchiveState| state.seen_by(OWN, &profile).document("1.9").is_some();
    for fact in &opens_it {
        assert!(!is_known(&state), "before {fact:?}");
        state.learn(fact);
    }
    assert!(is_known(&state));
    let by_another = Fact::Withdrawn { id: "8.2".to_owned(), person: "150675-901X".to_owned() };
    state.learn(&by_another);
    assert!(is_known(&state), "nobody withdraws what another declared");
    state.learn(&Fact::Withdrawn { id: "8.2".to_owned(), person: PERSON.to_owned() });
    assert!(!is_known(&state));
    assert_eq!(state.declaration("8.2").map(|known| known.in_force), Some(false));
}

#[test]
fn the_first_content_of_a_message_counts_and_an_answer_may_come_later() {
    let came =
        |text: &str, answered| Fact::MessageCame { id: "1:1".to_owned(), content: Fingerprint::of(text), answered };
    let told = |state: &ArchiveState, text: &str| state.message("1:1", Fingerprint::of(text));
    let mut state = ArchiveState::of(&[came("a", false), came("b", true)]);
    assert_eq!((told(&state, "a"), told(&state, "b")), (Earlier::Same { answered: false }, Earlier::Other));
    assert!(!state.holds(&came("a", true)) && state.holds(&came("a", false)) && state.holds(&came("b", true)));
    state.learn(&came("a", true));
    assert_eq!(told(&state, "a"), Earlier::Same { answered: true });
}

fn fact() -> impl Strategy<Value = Fact> {
    let text = || (0..4_u32).prop_map(|number| format!("1.{number}"));
    let stored = (text(), text(), 1..4_u32, any::<bool>()).prop_map(|(id, set_id, number, nullified)| {
        Fact::Stored(DocumentVersion { nullified, ..version(&id, &set_id, number) })
    });
    prop_oneof![
        stored,
        text().prop_map(|set_id| Fact::Nullified { set_id }),
        (text(), text()).prop_map(|(id, person)| Fact::Declared { id, person, declared: Declared::Information }),
        (text(), text()).prop_map(|(id, person)| Fact::Withdrawn { id, person }),
        (text(), text()).prop_map(|(producer, organiser)| Fact::AccessGranted { producer, organiser }),
        (text(), text(), any::<bool>()).prop_map(|(id, text, answered)| Fact::MessageCame {
            id,
            content: Fingerprint::of(text),
            answered
        }),
        (text(), text()).prop_map(|(id, text)| Fact::RequestCame { id, body: Fingerprint::of(text) }),
        (text(), text()).prop_map(|(id, text)| Fact::ResourceKept { id, content: Fingerprint::of(text) }),
    ]
}

proptest! {
    #[test]
    fn what_is_held_already_changes_nothing(facts in prop::collection::vec(fact(), 0..30)) {
        let mut state = ArchiveState::default();
        let mut kept = Vec::new();
        for fact in &facts {
            let before = state.clone();
            let held = state.holds(fact);
            state.learn(fact);
            prop_assert!(!held || state == before, "{fact:?}");
            kept.extend((!held).then_some(fact));
        }
        prop_assert!(ArchiveState::of(kept) == state);
    }

    #[test]
    fn facts_are_read_as_they_are_written(fact in fact()) {
        let text = serde_json::to_string(&fact).expect("written");
        prop_assert_eq!(serde_json::from_str::<Fact>(&text).expect("read"), fact);
    }
}
