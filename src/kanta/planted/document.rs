//! The text of a planted document.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;

use super::model::{PlantedDocument, PlantedKind};
use super::structured::structured_form;
use crate::domain::{HETU_ROOT, Hl7Time};
use crate::profile::Profile;

#[derive(Template)]
#[template(path = "planted/display.html")]
struct PlantedDisplayForm<'a> {
    id: &'a str,
    controller: &'a str,
    date: jiff::civil::Date,
    title: &'a str,
    text: &'a str,
}

#[derive(Template)]
#[template(path = "planted/document.xml")]
struct Text<'a> {
    document: &'a PlantedDocument,
    replaced_version: u32,
    types: Option<(&'a str, &'a str)>,
    group: &'a str,
    matter: Option<&'a str>,
    relationship: Option<&'a str>,
    content_specification: Option<&'a str>,
    effective: String,
    gender: &'a str,
    birth_time: String,
    version: &'static str,
    hetu_root: &'static str,
    profile: &'a Profile,
    display_form: String,
    structured_form: Option<String>,
}

impl PlantedDocument {
    /// The CDA document.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub(in crate::kanta) fn write(&self, profile: &Profile) -> Result<String, askama::Error> {
        let day = self.effective.to_zoned(TimeZone::UTC).date();
        let text = Text {
            document: self,
            replaced_version: self.version.saturating_sub(1),
            types: self.kind.types(profile),
            group: profile.group_of_kind(self.kind.name()),
            matter: self.matter(),
            relationship: self.relationship(),
            content_specification: profile
                .document_kind(self.kind.name())
                .and_then(|row| row.content_specification.as_deref()),
            effective: Hl7Time::write(self.effective),
            gender: profile.gender_code(self.client.gender),
            birth_time: self.client.birth_date.strftime("%Y%m%d").to_string(),
            version: env!("CARGO_PKG_VERSION"),
            hetu_root: HETU_ROOT,
            profile,
            display_form: STANDARD.encode(self.display_form(day).render()?),
            structured_form: structured_form(self, profile, day).map(|json| STANDARD.encode(json.to_string())),
        };
        text.render()
    }

    fn display_form(&self, date: jiff::civil::Date) -> PlantedDisplayForm<'_> {
        PlantedDisplayForm {
            id: &self.id,
            controller: &self.controller.name,
            date,
            title: &self.title,
            text: &self.text,
        }
    }

    fn matter(&self) -> Option<&str> {
        match &self.kind {
            PlantedKind::ClientRelationship | PlantedKind::OldDocument { .. } => None,
            PlantedKind::Matter { .. } => Some(&self.set_id),
            PlantedKind::ClientDocument { matter } | PlantedKind::FirstPhaseDocument { matter, .. } => Some(matter),
        }
    }

    fn relationship(&self) -> Option<&str> {
        match &self.kind {
            PlantedKind::ClientRelationship => Some(&self.set_id),
            PlantedKind::Matter { relationship } | PlantedKind::OldDocument { relationship, .. } => Some(relationship),
            PlantedKind::ClientDocument { .. } | PlantedKind::FirstPhaseDocument { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PlantedDocument, PlantedKind};
    use crate::domain::{Gender, Person};
    use crate::kanta::Party;
    use crate::profile::Profile;
    use crate::schema::{DocumentSchemas, SchemaOutcome};
    use crate::wire::cda::read_document;
    use crate::wire::xml::ReadLimits;

    fn planted(kind: PlantedKind) -> PlantedDocument {
        PlantedDocument {
            id: "1.2.246.10.99999992.95.2026.2".to_owned(),
            set_id: "1.2.246.10.99999992.95.2026.1".to_owned(),
            version: 2,
            replaces: Some("1.2.246.10.99999992.95.2026.1".to_owned()),
            kind,
            client: Person {
                identity_code: "010181-900C".to_owned(),
                family_name: "Näyteläinen & <Co>".to_owned(),
                given_names: vec!["Aino".to_owned(), "Testi".to_owned()],
                birth_date: jiff::civil::date(1981, 1, 1),
                gender: Gender::Female,
            },
            controller: Party { oid: "1.2.246.10.99999992.10.0".to_owned(), name: "Toinen näytealue".to_owned() },
            service_task: "24".to_owned(),
            title: "Merkintä".to_owned(),
            text: "Marker <M-1> & more".to_owned(),
            effective: jiff::Timestamp::from_second(1_795_161_600).expect("time"),
            nullified: false,
        }
    }

    #[test]
    fn what_is_for_people_only_has_its_type_and_what_stands_above_it_and_no_structured_form() {
        let profile = Profile::read(&Profile::built_in()).expect("profile");
        let document_type = || "15007".to_owned();
        let first = PlantedKind::FirstPhaseDocument { matter: "1.2.400".to_owned(), document_type: document_type() };
        let old = PlantedKind::OldDocument { relationship: "1.2.300".to_owned(), document_type: document_type() };
        for (kind, group, matter, relationship) in
            [(first, "3", Some("1.2.400"), None), (old, "4", None, Some("1.2.300"))]
        {
            let text = planted(kind).write(&profile).expect("write");
            let document = read_document(text.as_bytes(), &ReadLimits::default()).expect("read");
            assert_eq!(document.document_type.expect("general").code, "15");
            assert_eq!(document.matter.as_ref().map(|id| id.value.as_str()), matter);
            let header = document.header.expect("header");
            assert_eq!(header.group.expect("group").code, group);
            assert_eq!(header.specific_type.expect("specific").code, "15007");
            assert_eq!(header.relationship.as_ref().map(|id| id.value.as_str()), relationship);
            assert!(header.content_specification.is_none());
            let body = document.body.expect("body");
            assert!(body.json.is_none());
            let display_form = body.display_form.expect("display form").value.expect("decoded");
            assert!(display_form.contains("Marker &#60;M-1&#62; &#38; more"), "{display_form}");
        }
    }

    #[test]
    fn every_structured_kind_reads_back_and_fits_its_schema() {
        let profile = Profile::read(&Profile::built_in()).expect("profile");
        let kinds = [
            PlantedKind::ClientRelationship,
            PlantedKind::Matter { relationship: "1.2.300".to_owned() },
            PlantedKind::ClientDocument { matter: "1.2.400".to_owned() },
        ];
        for kind in kinds {
            let text = planted(kind.clone()).write(&profile).expect("write");
            let document = read_document(text.as_bytes(), &ReadLimits::default()).expect("read");
            assert_eq!(document.parents.len(), 1);
            let client = document.clients[0].id.as_ref().expect("client");
            assert_eq!(client.extension, "010181-900C");
            let header = document.header.expect("header");
            let specification = header.content_specification.expect("specification");
            let body = document.body.expect("body");
            let json = body.json.expect("json").value.expect("decoded");
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let outcome = DocumentSchemas::built_in().judge(&specification, &json);
            assert_eq!(outcome, SchemaOutcome::Valid, "{kind:?}");
            let display_form = body.display_form.expect("display form").value.expect("decoded");
            let shown = roxmltree::Document::parse(&display_form).expect("well-formed");
            let said: String = shown.descendants().filter_map(|node| node.text()).collect();
            assert!(said.contains("Marker <M-1> & more"), "{said}");
        }
    }
}
