//! A scenario made concrete for one run: persons, markers and identifiers from the seed.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Controller, DeclarationTarget, Declared, Person};
use crate::rule::expectation::Prohibited;

use super::person::{make, number_of};
use super::{DocumentKind, GivenDeclaration, GivenDocument, Intent, Scenario, WaitingForm};

/// Letters of a marker: no vowels, so that no word comes out.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A scenario with its persons, markers and planted documents.
#[derive(Debug, Clone)]
pub struct Plan {
    pub scenario: Scenario,
    /// Its persons, by name.
    pub persons: BTreeMap<String, Person>,
    /// The marker of every step and given document, by name.
    pub markers: BTreeMap<String, String>,
    /// Every version of every document that Kanta holds beforehand, oldest first.
    pub planted: Vec<PlannedDocument>,
    /// Forms that wait beforehand.
    pub forms: Vec<PlannedForm>,
    /// Declarations that are in force beforehand.
    pub declared: Vec<PlannedDeclaration>,
    pub controllers: Controllers,
}

/// A declaration that is in force beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDeclaration {
    pub id: String,
    /// Identity code of the client.
    pub person: String,
    pub declared: Declared,
}

/// A form that waits for the organisation of the system beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedForm {
    /// The sender's own name for it.
    pub key: String,
    /// OID of the sender.
    pub sender: String,
    /// OID of the recipient.
    pub recipient: String,
    /// Identity code of the client.
    pub person: String,
    /// The text that only this form holds.
    pub marker: String,
}

/// One version of a document to be planted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDocument {
    /// Name of the given document.
    pub name: String,
    pub id: String,
    /// Identifier of the first version.
    pub set_id: String,
    /// Version, from 1.
    pub version: u32,
    pub person: Person,
    pub kind: DocumentKind,
    /// Controller's OID.
    pub controller: String,
    /// Code of its service task.
    pub service_task: Option<String>,
    /// The text that only this document holds, the same in every version.
    pub marker: String,
    /// Identifier of the matter or relationship that it belongs to.
    pub belongs_to: String,
    /// Its specific type, where its kind leaves that open.
    pub document_type: Option<String>,
    /// Whether this version is a nullification.
    pub nullified: bool,
}

impl PlannedDocument {
    /// Identifier of another version of the same document.
    pub fn id_of(&self, version: u32) -> String {
        let node = self.id.rsplit_once('.').map_or("", |(node, _)| node);
        format!("{node}.{version}")
    }
}

/// Controllers of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controllers {
    /// The organisation of the system under test.
    pub own: String,
    /// The other controller, played by the harness.
    pub other: String,
    /// The organiser to whose register the organisation of the system has access.
    pub organiser: String,
}

impl Controllers {
    /// Their OIDs by the names that scenarios use.
    pub fn named(&self) -> [(&'static str, &str); 3] {
        [Controller::Own, Controller::Other, Controller::Organiser].map(|one| (one.name(), self.oid(one)))
    }

    /// The OID of a controller.
    pub fn oid(&self, controller: Controller) -> &str {
        match controller {
            Controller::Own => &self.own,
            Controller::Other => &self.other,
            Controller::Organiser => &self.organiser,
        }
    }
}

impl Plan {
    /// What is declared, with its names turned into identifiers. A document that is not planted has none yet.
    pub fn declared(&self, intent: &Intent) -> Option<Declared> {
        Some(match intent {
            Intent::Information => Declared::Information,
            Intent::Permit(kind) => {
                let (from, to) = kind.direction();
                Declared::Permit { from, to }
            }
            Intent::Prohibition(target) => Declared::Prohibition { targets: vec![self.target(target)?] },
        })
    }

    fn target(&self, target: &Prohibited) -> Option<DeclarationTarget> {
        Some(match target {
            Prohibited::Document(name) => {
                let planted = self.planted.iter().find(|document| document.name == *name)?;
                DeclarationTarget::Document(planted.set_id.clone())
            }
            Prohibited::ServiceTask(code) => DeclarationTarget::ServiceTask(code.clone()),
            Prohibited::Controller(controller) => {
                DeclarationTarget::Controller(self.controllers.oid(*controller).to_owned())
            }
        })
    }
}

/// Plans every scenario. Persons are unique over all of them, whichever are run.
pub fn plan_all(scenarios: &[Scenario], seed: u64, controllers: &Controllers) -> Vec<Plan> {
    let mut taken = BTreeSet::new();
    scenarios.iter().map(|scenario| plan(scenario, seed, controllers, &mut taken)).collect()
}

fn plan(scenario: &Scenario, seed: u64, controllers: &Controllers, taken: &mut BTreeSet<String>) -> Plan {
    let persons: BTreeMap<String, Person> = scenario
        .persons
        .iter()
        .map(|given| (given.name.clone(), make(seed, &scenario.id, &given.name, given.wrong_code, taken)))
        .collect();
    let given = scenario.given.iter().map(|given| &given.name).chain(scenario.waiting.iter().map(|form| &form.name));
    let names = scenario.steps.iter().map(|step| &step.name).chain(given);
    let markers: BTreeMap<String, String> =
        names.map(|name| (name.clone(), marker(seed, &scenario.id, name))).collect();
    let planted = scenario
        .given
        .iter()
        .flat_map(|given| versions(given, scenario, seed, controllers, &persons, &markers))
        .collect();
    let form = |form: &WaitingForm| PlannedForm {
        key: format!("{:016x}", number_of(&[&seed.to_string(), &scenario.id, &form.name, "form"])),
        sender: controllers.other.clone(),
        recipient: controllers.own.clone(),
        person: persons[&form.client].identity_code.clone(),
        marker: markers[&form.name].clone(),
    };
    let forms = scenario.waiting.iter().map(form).collect();
    let (scenario, controllers, declared) = (scenario.clone(), controllers.clone(), Vec::new());
    let mut plan = Plan { scenario, persons, markers, planted, forms, declared, controllers };
    plan.declared = plan.scenario.declared.iter().enumerate().filter_map(|row| declaration(row, &plan, seed)).collect();
    plan
}

fn declaration((number, given): (usize, &GivenDeclaration), plan: &Plan, seed: u64) -> Option<PlannedDeclaration> {
    let name = format!("declaration {number}");
    let branch = number_of(&[&seed.to_string(), &plan.scenario.id, &name]) % 1_000_000_000;
    let node = plan.controllers.other.strip_suffix(".10.0").unwrap_or(&plan.controllers.other);
    Some(PlannedDeclaration {
        id: format!("{node}.95.2026.8.{branch}"),
        person: plan.persons[&given.client].identity_code.clone(),
        declared: plan.declared(&given.intent)?,
    })
}

fn versions(
    given: &GivenDocument,
    scenario: &Scenario,
    seed: u64,
    controllers: &Controllers,
    persons: &BTreeMap<String, Person>,
    markers: &BTreeMap<String, String>,
) -> Vec<PlannedDocument> {
    let controller = controllers.oid(given.controller);
    let of_version = |given: &GivenDocument, version: u32| {
        let branch = number_of(&[&seed.to_string(), &scenario.id, &given.name]) % 1_000_000_000;
        let controller = controllers.oid(given.controller);
        let node = controller.strip_suffix(".10.0").unwrap_or(controller);
        format!("{node}.95.2026.9.{branch}.{version}")
    };
    let id = |version: u32| of_version(given, version);
    let above = scenario.given.iter().find(|other| given.above.as_ref() == Some(&other.name));
    let belongs_to = above.map_or_else(|| id(0), |above| of_version(above, 1));
    let last = given.versions + u32::from(given.nullified);
    (1..=last)
        .map(|version| PlannedDocument {
            name: given.name.clone(),
            id: id(version),
            set_id: id(1),
            version,
            person: persons[&given.client].clone(),
            kind: given.kind,
            controller: controller.to_owned(),
            service_task: given.service_task.clone(),
            marker: markers[&given.name].clone(),
            belongs_to: belongs_to.clone(),
            document_type: given.document_type.clone(),
            nullified: given.nullified && version == last,
        })
        .collect()
}

/// A text that occurs nowhere else: it proves that this system made this document in this run.
fn marker(seed: u64, scenario: &str, name: &str) -> String {
    let mut number = number_of(&[&seed.to_string(), scenario, name, "marker"]);
    let mut text = "KOE-".to_owned();
    for _ in 0..10 {
        text.push(char::from(LETTERS[usize::try_from(number % 20).unwrap_or(0)]));
        number /= 20;
    }
    text
}
