//! The CDA document: header, social header, signature, body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;

use super::body::{display_form, pdf_form, structured_form};
use super::clock::utc;
use super::codes::Coded;
use super::draft::{DisplayForm, DocumentKind, Draft};
use super::faults::Fault;
use super::identity::Signer;
use super::settings::{Organisation, ReferenceSettings};
use super::signature::Signing;
use super::xml::{Element, FINLAND, HL7, finland, hl7};
use crate::domain::{Gender, HETU_ROOT, Hl7Time, PROFESSIONAL_ROOT};

/// Keys that sign documents.
#[derive(Debug)]
pub struct Signers {
    pub system: Signer,
    pub professional: Signer,
}

/// Another controller than the system's own, named by a deviating document.
pub const OTHER_CONTROLLER: &str = "1.2.246.10.99999992.10.0";

/// Another professional than the one who signs, named by a deviating document.
const OTHER_PROFESSIONAL: &str = "99900000099";

/// Writes documents.
pub struct DocumentWriter<'a> {
    /// Settings of the system.
    pub settings: &'a ReferenceSettings,
    pub signers: &'a Signers,
    pub draft: &'a Draft,
}

impl DocumentWriter<'_> {
    /// The document as XML text.
    pub fn write(&self) -> String {
        let spelling = &self.settings.variant.spelling;
        let document = hl7("ClinicalDocument").declaring(&[HL7, FINLAND]).holding(self.parts());
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", document.write(spelling))
    }

    fn is_professional(&self) -> bool {
        self.draft.kind.is_signed_by_professional()
    }

    fn is_client_document(&self) -> bool {
        self.draft.kind == DocumentKind::ClientDocument
    }

    /// Whether a client document deviates so; the documents above it never do, so that it can be reached.
    fn deviates(&self, fault: Fault) -> bool {
        self.settings.deviates(fault) && self.is_client_document()
    }

    /// Two elements in their order, or the other way round where the document deviates so.
    fn ordered(&self, fault: Fault, elements: [Element; 2]) -> Vec<Element> {
        let mut elements = Vec::from(elements);
        if self.deviates(fault) {
            elements.reverse();
        }
        elements
    }

    fn parts(&self) -> Vec<Element> {
        let draft = self.draft;
        let body = self.body();
        let mut general_type = self.settings.code().general_type.clone();
        if self.deviates(Fault::GeneralTypeWrong) {
            general_type.code = "15".to_owned();
        }
        let mut parts = vec![
            hl7("realmCode").with("code", "FI"),
            hl7("typeId").with("root", "2.16.840.1.113883.1.3").with("extension", "POCD_HD000040"),
            hl7("id").with("root", &draft.id),
            if self.draft.kind.is_note() { general_type.on(hl7("code")) } else { absent("code") },
            hl7("effectiveTime").with("value", Hl7Time::write(draft.made)),
            self.settings.code().confidential.on(hl7("confidentialityCode")),
            hl7("languageCode").with("code", "fi"),
        ];
        let set =
            [hl7("setId").with("root", &draft.set_id), hl7("versionNumber").with("value", draft.version.to_string())];
        parts.extend(self.ordered(Fault::VersionBeforeSet, set));
        parts.extend([self.record_target(), self.author(), self.custodian()]);
        parts.extend(self.related_document());
        let second = self.deviates(Fault::BodyTwice).then(|| hl7("nonXMLBody"));
        let header = self.social_header(&body);
        parts.extend([self.component_of(), header, hl7("component").holding([body]).holding(second)]);
        parts
    }

    fn record_target(&self) -> Element {
        let client = &self.draft.client;
        let mut name = hl7("name").holding([hl7("given").text(client.given_names.join(" "))]);
        if let Some(call_name) = client.given_names.first() {
            name = name.holding([hl7("given").with("qualifier", "CL").text(call_name)]);
        }
        let patient = hl7("patient").holding([
            name.holding([hl7("family").text(&client.family_name)]),
            gender(client.gender, self.settings).on(hl7("administrativeGenderCode")),
            hl7("birthTime").with("value", birth_time(self.draft, self.settings)),
        ]);
        let id = hl7("id").with("root", HETU_ROOT).with("extension", &client.identity_code);
        hl7("recordTarget").holding([hl7("patientRole").holding([id, patient])])
    }

    fn author(&self) -> Element {
        let professional = &self.settings.professional;
        let author = if self.is_professional() {
            let name = hl7("name")
                .holding([hl7("given").text(&professional.given_name), hl7("family").text(&professional.family_name)]);
            hl7("assignedAuthor").holding([
                hl7("id").with("root", PROFESSIONAL_ROOT).with("extension", &professional.registration_number),
                hl7("assignedPerson").holding([name]),
            ])
        } else {
            hl7("assignedAuthor").holding([absent("id")])
        };
        hl7("author").holding([absent("time"), author])
    }

    /// OID of the controller: the organisation, or the organiser whose register it uses.
    fn controller(&self) -> &str {
        self.draft.organiser.as_ref().unwrap_or(&self.settings.organisation.oid)
    }

    fn custodian(&self) -> Element {
        let organisation = &self.settings.organisation;
        let oid = if self.deviates(Fault::CustodianOther) { OTHER_CONTROLLER } else { self.controller() };
        let custodian = hl7("representedCustodianOrganization")
            .holding([hl7("id").with("root", oid), hl7("name").text(&organisation.name)]);
        hl7("custodian").holding([hl7("assignedCustodian").holding([custodian])])
    }

    fn related_document(&self) -> Option<Element> {
        let replaced = self.draft.replaces.as_ref().filter(|_| !self.deviates(Fault::ReplacementLinkMissing))?;
        let parent = hl7("parentDocument").holding([
            hl7("id").with("root", &replaced.id),
            hl7("setId").with("root", &replaced.set_id),
            hl7("versionNumber").with("value", replaced.version.to_string()),
        ]);
        Some(hl7("relatedDocument").with("typeCode", "RPLC").holding([parent]))
    }

    fn component_of(&self) -> Element {
        let Organisation { oid, name, unit_oid, unit_name } = &self.settings.organisation;
        let responsible = hl7("responsibleParty").holding([represented(oid, name)]);
        let unit = hl7("encounterParticipant").with("typeCode", "ADM").holding([represented(unit_oid, unit_name)]);
        let matter = match self.draft.kind {
            DocumentKind::ClientRelationship | DocumentKind::OldDocument => None,
            DocumentKind::Matter => Some(&self.draft.set_id),
            DocumentKind::FirstPhaseDocument if self.settings.deviates(Fault::FirstPhaseWithoutMatter) => None,
            _ => self.draft.above.as_ref(),
        };
        let id = matter.map_or_else(|| absent("id"), |matter| hl7("id").with("root", matter));
        hl7("componentOf").holding([hl7("encompassingEncounter").holding([
            id,
            absent("effectiveTime"),
            responsible,
            unit,
        ])])
    }

    fn social_header(&self, body: &Element) -> Element {
        let mut header = finland("localSocialHeader");
        if self.draft.kind.is_note() {
            let mut specific = self.settings.code().specific_type.clone();
            if self.deviates(Fault::DocumentTypeFixed) {
                specific.code = "15007".to_owned();
            }
            header = header.holding([specific.on(finland("specificDocumentType"))]);
        }
        header
            .holding(self.social_description())
            .holding(self.social_retention())
            .holding(self.social_context())
            .holding([self.signatures(body)])
    }

    fn social_description(&self) -> Vec<Element> {
        let made = Hl7Time::write(self.draft.made);
        let zone = if self.deviates(Fault::CreationTimeWithoutZone) { "+hhmm".len() } else { 0 };
        let made = finland("creationTime").with("value", &made[..made.len() - zone]);
        let group = self.draft.kind.group(self.settings.code()).on(finland("documentGroup"));
        let mut elements = self.ordered(Fault::SocialHeaderReordered, [made, group]);
        if self.deviates(Fault::DocumentGroupMissing) {
            elements.pop();
        }
        elements.extend([
            file_format(self.draft.form, self.settings).on(finland("fileFormat")),
            self.settings.code().json.on(finland("structuredFileFormat")),
            finland("softwareSupport")
                .with("moderator", "kantakoe")
                .with("product", "kantakoe reference system")
                .with("version", env!("CARGO_PKG_VERSION")),
        ]);
        if self.draft.kind != DocumentKind::ClientRelationship && !self.draft.kind.is_declaration() {
            let mut service_task = self.settings.code().family_services.clone();
            if self.draft.version > 1 && self.deviates(Fault::CorrectionOtherServiceTask) {
                service_task.code = "20".to_owned();
            }
            elements.push(service_task.on(finland("functionCode")));
        }
        elements
    }

    fn social_retention(&self) -> Vec<Element> {
        let organisation = &self.settings.organisation;
        let specification = if self.deviates(Fault::ContentSpecificationWrong) {
            "1.2.246.537.6.1506.15007.2024.11.28"
        } else {
            self.draft.kind.content_specification()
        };
        let mut retention = self.settings.code().kept_for_ever.clone();
        if self.deviates(Fault::RetentionOfOtherSystem) {
            retention.system = self.settings.code().family_services.system.clone();
        }
        vec![
            self.settings.code().ready.on(finland("recordStatus")),
            self.settings.code().client_register.on(finland("registryType")),
            finland("outsourcingServiceCustomer").with("root", self.controller()),
            finland("outsourcingServiceCustomerName").text(&organisation.name),
            retention.on(finland("totalRetentionPeriodClass")),
            self.settings.code().no_special_content.on(finland("specialContent")),
            finland("contentSpecificationId").text(specification),
        ]
    }

    fn social_context(&self) -> Vec<Element> {
        let relationship = |root: &str| finland("encompassingClientRelationship").with("root", root);
        let draft = self.draft;
        match draft.kind {
            DocumentKind::ClientRelationship => vec![relationship(&draft.set_id)],
            DocumentKind::OldDocument if self.settings.deviates(Fault::OldDocumentWithoutRelationship) => vec![],
            DocumentKind::Matter | DocumentKind::OldDocument => {
                draft.above.as_deref().map(relationship).into_iter().collect()
            }
            DocumentKind::ClientDocument | DocumentKind::FirstPhaseDocument => {
                vec![self.service_process(), self.signer()]
            }
            _ => vec![self.signer()],
        }
    }

    fn service_process(&self) -> Element {
        let kind = finland("type").text("Sosiaalihuollon palveluprosessi");
        finland("serviceProcess").holding([kind, self.settings.code().planning.on(finland("code"))])
    }

    fn signer(&self) -> Element {
        let professional = &self.settings.professional;
        let other = self.deviates(Fault::SignerNamedOther);
        let number = if other { OTHER_PROFESSIONAL } else { &professional.registration_number };
        let name = finland("name").holding([
            finland("given").text(&professional.given_name),
            finland("family").text(&professional.family_name),
        ]);
        finland("signature").holding([
            finland("assignedAuthorSigner").text(number),
            finland("signer").holding([name]),
            self.settings.code().card.on(finland("authenticationMethod")),
            finland("time").with("value", Hl7Time::write(self.draft.made)),
        ])
    }

    fn signatures(&self, body: &Element) -> Element {
        let collection = finland("signatureCollection");
        if self.deviates(Fault::SignatureMissing) {
            return collection;
        }
        let by_professional = self.is_professional() && !self.deviates(Fault::SignedBySystem);
        let ahead =
            if self.deviates(Fault::SignedInFuture) { SignedDuration::from_hours(24) } else { SignedDuration::ZERO };
        let signer = if by_professional && !self.deviates(Fault::SignerNotAuthor) {
            &self.signers.professional
        } else {
            &self.signers.system
        };
        let code = self.settings.code();
        let signing = Signing {
            body,
            body_id: &self.body_id(),
            by_professional,
            kind: if by_professional { &code.signed_by_professional } else { &code.signed_by_system },
            time: utc(self.draft.made + ahead),
            spelling: &self.settings.variant.spelling,
            fault: self.settings.fault.filter(|fault| self.deviates(*fault)),
        };
        collection.holding([signing.made_by(signer)])
    }

    fn body_id(&self) -> String {
        format!("OID{}", self.draft.id)
    }

    fn body(&self) -> Element {
        let text = hl7("text").with("mediaType", self.media_type()).with("representation", "B64");
        let display = match self.draft.form {
            DisplayForm::Xhtml => display_form(self.draft, self.settings).into_bytes(),
            DisplayForm::PdfA => pdf_form(self.draft, self.settings),
        };
        let structured = structured_form(self.draft, self.settings).to_string();
        hl7("nonXMLBody")
            .with("ID", self.body_id())
            .tight()
            .holding([text.text(self.base64(&display)), finland("json").text(self.base64(structured.as_bytes()))])
    }

    fn media_type(&self) -> &'static str {
        match self.draft.form {
            DisplayForm::PdfA if !self.deviates(Fault::PdfMediaTypeWrong) => "application/pdf",
            _ => "application/xhtml+xml",
        }
    }

    fn base64(&self, bytes: &[u8]) -> String {
        folded(&STANDARD.encode(bytes), self.settings.variant.spelling.base64_columns)
    }
}

/// The code of a display form.
fn file_format(form: DisplayForm, settings: &ReferenceSettings) -> &Coded {
    match form {
        DisplayForm::Xhtml => &settings.code().xhtml,
        DisplayForm::PdfA => &settings.code().pdf_a,
    }
}

/// Base64 in lines of so many columns, or in one.
pub fn folded(base64: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return base64.to_owned() };
    let lines: Vec<_> = base64.as_bytes().chunks(columns).map(String::from_utf8_lossy).collect();
    format!("\n{}\n", lines.join("\n"))
}

/// Birth date as it is written in header and frame.
pub fn birth_time(draft: &Draft, settings: &ReferenceSettings) -> String {
    let deviates = settings.deviates(Fault::BirthDateDiffers) && draft.kind == DocumentKind::ClientDocument;
    let date = if deviates { draft.client.birth_date.tomorrow() } else { Ok(draft.client.birth_date) };
    date.unwrap_or(draft.client.birth_date).strftime("%Y%m%d").to_string()
}

/// The code of a gender.
pub fn gender(gender: Gender, settings: &ReferenceSettings) -> &Coded {
    match gender {
        Gender::Male => &settings.code().male,
        Gender::Female => &settings.code().female,
    }
}

/// An element that says that it does not apply.
pub fn absent(name: &str) -> Element {
    hl7(name).with("nullFlavor", "NA")
}

fn represented(oid: &str, name: &str) -> Element {
    let organisation = hl7("representedOrganization").holding([hl7("id").with("root", oid), hl7("name").text(name)]);
    hl7("assignedEntity").holding([absent("id"), organisation])
}
