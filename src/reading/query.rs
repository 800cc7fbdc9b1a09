//! What a query by parameters asks, read by the names of the profile, for the rule about it and for the archive.

use std::collections::BTreeMap;

use super::moment::{first_second, last_second};
use super::query_mistake::{QueryMistake, QueryMistakeKind};
use crate::domain::{Code, Oid, Operation, person_key};
use crate::profile::{Parameter, Profile, ServiceRequest, UseSituationRow};
use crate::wire::hl7::{Query, QueryParameter};
use crate::wire::{LocatedValue, Location};
use crate::words::{Said, said};

/// What a query asks. Conditions that are `None` are not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedQuery {
    /// Values of the parameters that are a text: identifiers and codes.
    texts: BTreeMap<Parameter, String>,
    /// Seconds of the Unix epoch, this one included.
    pub from: Option<i64>,
    /// Seconds of the Unix epoch, this one included.
    pub until: Option<i64>,
    /// Older versions too.
    pub all_versions: bool,
    /// Nullified documents too.
    pub nullified: bool,
    /// Most results of the answer.
    pub quantity: usize,
    /// Number of the first result, from 1.
    pub position: usize,
}

impl AskedQuery {
    /// The text of a parameter.
    pub fn text(&self, parameter: Parameter) -> Option<&str> {
        self.texts.get(&parameter).map(String::as_str)
    }
}

/// Reads `query`, sent with this service request and these reason codes.
pub fn read_query(
    query: &Query,
    reasons: &[LocatedValue<Code>],
    request: Option<&ServiceRequest>,
    profile: &Profile,
) -> (AskedQuery, Vec<QueryMistake>) {
    let situation = reasons.iter().find_map(|code| profile.use_situation(code));
    let asked = AskedQuery { quantity: profile.query.default_quantity, position: 1, ..AskedQuery::default() };
    let names_document = query.parameters.iter().any(|parameter| parameter.name == profile.query.document);
    let mut reader =
        QueryReader { profile, request, situation, asked, names_document, seen: Vec::new(), mistakes: Vec::new() };
    reader.quantity(query);
    for parameter in &query.parameters {
        reader.parameter(parameter);
    }
    (reader.asked, reader.mistakes)
}

struct QueryReader<'a> {
    profile: &'a Profile,
    request: Option<&'a ServiceRequest>,
    situation: Option<&'a UseSituationRow>,
    asked: AskedQuery,
    seen: Vec<Parameter>,
    /// Whether it asks for one document, for which it need not name the client.
    names_document: bool,
    mistakes: Vec<QueryMistake>,
}

impl QueryReader<'_> {
    fn quantity(&mut self, query: &Query) {
        let largest = self.profile.query.largest_quantity;
        let Some(written) = &query.quantity else { return };
        match number(written, largest) {
            Some(quantity) => self.asked.quantity = quantity,
            None => self.wrong(&written.spot, said::a_number_from_1_to(largest), written),
        }
    }

    fn parameter(&mut self, placed: &LocatedValue<QueryParameter>) {
        let names = &self.profile.query;
        let Some(parameter) = names.parameter(&placed.name) else {
            let known: Vec<&str> = names.parameters().into_iter().map(|(name, _)| name).collect();
            let (expected, actual) = (Said::value(known.join(", ")), Said::value(&placed.name));
            self.mistakes.push(QueryMistake {
                kind: QueryMistakeKind::UnknownParameter,
                spot: placed.spot.clone(),
                expected,
                actual,
            });
            return;
        };
        if self.seen.contains(&parameter) {
            self.wrong(&placed.spot, said::once(&placed.name), &placed.main);
            return;
        }
        self.seen.push(parameter);
        let spot = placed.spot.child("value");
        if let Err(expected) = self.take(parameter, placed) {
            self.wrong(&spot, expected, &written(placed));
        }
    }

    /// Takes the value, or says what would be one.
    fn take(&mut self, parameter: Parameter, value: &QueryParameter) -> Result<(), Said> {
        match parameter {
            Parameter::Client => self.client(value),
            Parameter::Document
            | Parameter::Set
            | Parameter::Controller
            | Parameter::Relationship
            | Parameter::Matter => {
                value.main.parse::<Oid>().map_err(|_| said::an_oid_as_root())?;
                self.text(parameter, &value.main);
                Ok(())
            }
            Parameter::Group => self.group(value),
            Parameter::DocumentType => self.code(parameter, value, "document-type"),
            Parameter::ServiceTask => self.code(parameter, value, "service-task"),
            Parameter::Register => self.code(parameter, value, "register"),
            Parameter::UseSituation => self.use_situation(value),
            Parameter::From => self.time(&value.main, first_second).map(|time| self.asked.from = Some(time)),
            Parameter::Until => self.time(&value.main, last_second).map(|time| self.asked.until = Some(time)),
            Parameter::AllVersions => self.flag(&value.main).map(|flag| self.asked.all_versions = flag),
            Parameter::Nullified => self.flag(&value.main).map(|flag| self.asked.nullified = flag),
            Parameter::Position => {
                let position = number(&value.main, usize::MAX).ok_or_else(said::a_number_from_1)?;
                self.asked.position = position;
                Ok(())
            }
        }
    }

    /// The rules about identity codes say whether the code is one.
    fn client(&mut self, value: &QueryParameter) -> Result<(), Said> {
        if !self.names_document && (value.main.is_empty() || value.detail.is_empty()) {
            // The rule that a search names its client says so.
            return Ok(());
        }
        if value.main.parse::<Oid>().is_err() || value.detail.is_empty() {
            return Err(said::an_oid_as_root_and_the_client());
        }
        self.text(Parameter::Client, &person_key(&value.main, &value.detail));
        Ok(())
    }

    fn group(&mut self, value: &QueryParameter) -> Result<(), Said> {
        let found = self.request.map_or(&[][..], |request| &request.finds);
        if !found.is_empty() && !found.contains(&value.main) {
            return Err(said::for_this_service_request(found.join(" / ")));
        }
        self.code(Parameter::Group, value, "document-group")
    }

    fn code(&mut self, parameter: Parameter, value: &QueryParameter, system: &str) -> Result<(), Said> {
        let system = self.profile.oid(system);
        if value.main.is_empty() || !(value.detail.is_empty() || value.detail == system) {
            return Err(said::a_code_of(system));
        }
        self.text(parameter, &value.main);
        Ok(())
    }

    fn use_situation(&mut self, value: &QueryParameter) -> Result<(), Said> {
        match self.situation {
            Some(row) if row.code == value.main => Ok(()),
            Some(row) => Err(said::as_the_message_states(&row.code)),
            None => Err(said::the_use_situation_that_the_message_states()),
        }
    }

    fn time(&self, text: &str, read: fn(&str) -> Option<i64>) -> Result<i64, Said> {
        read(text).ok_or_else(said::a_time_of_the_form_yyyymmddhhmmss_hhmm)
    }

    /// A summary tells of the newest versions of valid documents, whatever else is asked.
    fn flag(&self, text: &str) -> Result<bool, Said> {
        let sums_up = self.request.is_some_and(|request| request.operation == Some(Operation::Summarise));
        match text {
            "true" | "1" if sums_up => Err(said::false_for_a_summary()),
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(said::true_or_false()),
        }
    }

    fn text(&mut self, parameter: Parameter, text: &str) {
        self.asked.texts.insert(parameter, text.to_owned());
    }

    fn wrong(&mut self, spot: &Location, expected: Said, actual: &str) {
        let actual = if actual.is_empty() { said::nothing() } else { Said::value(actual) };
        self.mistakes.push(QueryMistake {
            kind: QueryMistakeKind::WrongParameter,
            spot: spot.clone(),
            expected,
            actual,
        });
    }
}

/// A number from 1 to `largest`.
pub(super) fn number(text: &str, largest: usize) -> Option<usize> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_plain && (1..=largest).contains(number))
}

fn written(value: &QueryParameter) -> String {
    [value.main.as_str(), value.detail.as_str()].join(" ").trim().to_owned()
}
