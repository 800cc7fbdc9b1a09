//! Messages made of the fixtures: edited, signed and packed.

use std::fs;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kantakoe::pki::{Identities, Identity};
use kantakoe::wire::xmldsig;
use ring::signature::RsaKeyPair;

/// Start of every document identifier of the fixtures.
pub const STEM: &str = "1.2.246.10.99999991.95.2026.9.";

/// When the messages of a run are signed: certificates are issued anew for each run and valid from then on.
static SIGNED: LazyLock<String> =
    LazyLock::new(|| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string());

/// A message in the making.
#[derive(Clone)]
pub struct Draft {
    frame: String,
    document: String,
    display_form: String,
    json: String,
    is_professional: bool,
}

impl Draft {
    /// The message of a fixture.
    pub fn of(fixture: &str) -> Self {
        let folder = format!("{}/tests/fixtures/archive", env!("CARGO_MANIFEST_DIR"));
        let read = |suffix: &str| fs::read_to_string(format!("{folder}/{fixture}.{suffix}")).unwrap_or_default();
        Self {
            frame: read("frame.xml"),
            document: read("document.xml"),
            display_form: read("display-form.xml"),
            json: read("json"),
            is_professional: fixture == "client-document",
        }
    }

    /// The correction of document 501 of the set `set`, whose version before was `set` too.
    pub fn correction(set: u32) -> Self {
        let (own, set) = (format!("<setId root=\"{STEM}501\"/>"), format!("<setId root=\"{STEM}{set}\"/>"));
        let id = set.replace("setId", "id");
        let link = format!(
            "<relatedDocument typeCode=\"RPLC\"><parentDocument>{id}{set}<versionNumber value=\"1\"/></parentDocument>\
             </relatedDocument><componentOf>"
        );
        let first = "<versionNumber value=\"1\"/>";
        let second = "<versionNumber value=\"2\"/>";
        Self::of("client-document").with(&own, &set).with(first, second).with("<componentOf>", &link)
    }

    /// A declaration of intent as a document of this group, with this structured form.
    pub fn declaration(group: &str, json: &str) -> Self {
        const PLACEHOLDER: &str = "2.25.255107866319923602995655518239666143274";
        let (system, specification) = match group {
            "8" => ("1.2.246.537.6.1505.201601", "1.2.246.537.6.1505.8.2023.6.1"),
            "9" => ("1.2.246.537.6.1505.201601", "1.2.246.537.6.1505.9.2023.6.5"),
            _ => (PLACEHOLDER, "2.25.255107866319923602995655518239666143274.1"),
        };
        let stated = "<hl7fi:documentGroup code=\"5\" codeSystem=\"1.2.246.537.6.1505.201601\"/>";
        let request = "<reasonCode code=\"SP17\" codeSystem=\"1.2.246.537.6.1503.201601\"/>";
        let draft = Self::of("client-document")
            .with("<code code=\"19\" codeSystem=\"1.2.246.537.6.1506.201701\"/>", "<code nullFlavor=\"NA\"/>")
            .with("<hl7fi:specificDocumentType code=\"19005\" codeSystem=\"1.2.246.537.6.1506.201701\"/>", "")
            .with("<hl7fi:functionCode code=\"24\" codeSystem=\"1.2.246.537.6.1221.201601\"/>", "")
            .with(stated, &format!("<hl7fi:documentGroup code=\"{group}\" codeSystem=\"{system}\"/>"))
            .with(request, &format!("<reasonCode code=\"store-declaration\" codeSystem=\"{PLACEHOLDER}\"/>"))
            .with("1.2.246.537.6.1506.19005.2022.1.10", specification)
            .with(&format!("<id root=\"{STEM}400\"/>"), "<id nullFlavor=\"NA\"/>");
        Self { json: json.to_owned(), ..draft }
    }

    /// The same as version `version` of the set `set`, numbers behind [`STEM`], under an identifier of its own: the
    /// set's number and the version's together.
    pub fn version(self, set: u32, version: u32) -> Self {
        let id = |number: u32| format!("{STEM}{number}");
        let own = self
            .with(&format!("<setId root=\"{STEM}501\"/>"), &format!("<setId root=\"{}\"/>", id(set)))
            .with(&id(501), &id(set + version - 1))
            .with("<versionNumber value=\"1\"/>", &format!("<versionNumber value=\"{version}\"/>"));
        if version == 1 {
            return own;
        }
        let (before, set) = (id(set + version - 2), id(set));
        let link = format!(
            "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"{before}\"/><setId root=\"{set}\"/>\
             <versionNumber value=\"{}\"/></parentDocument></relatedDocument><componentOf>",
            version - 1
        );
        own.with("<componentOf>", &link)
    }

    /// Replaces `find` in every part that has it.
    pub fn with(mut self, find: &str, replace: &str) -> Self {
        let parts = [&mut self.frame, &mut self.document, &mut self.display_form, &mut self.json];
        assert!(parts.iter().any(|part| part.contains(find)), "{find} is nowhere");
        for part in parts {
            *part = part.replace(find, replace);
        }
        self
    }

    /// The same with `from` replaced wherever it stands, if anywhere.
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        for part in [&mut self.frame, &mut self.document, &mut self.display_form, &mut self.json] {
            *part = part.replace(from, to);
        }
        self
    }

    /// The same message under another number.
    pub fn numbered(self, number: u32) -> Self {
        self.with("extension=\"1000001\"", &format!("extension=\"{number}\""))
    }

    /// The message, its document signed with `identities`.
    pub fn finish(&self, identities: &Identities) -> String {
        if self.document.is_empty() {
            return self.frame.clone();
        }
        self.frame.replace("{package}", &STANDARD.encode(packed(&self.signed(identities))))
    }

    /// The same with parts beside the document: content id, media type and text of each, the display form referring to
    /// those of `references`.
    pub fn finish_with(&self, identities: &Identities, parts: &[[&str; 3]], references: &[&str]) -> String {
        let package = packed(&self.linking(references).signed(identities));
        let added = parts.iter().map(|part| format!("--b\r\n{}", written(part))).collect::<String>();
        self.frame.replace("{package}", &STANDARD.encode(package.replace("--b--", &format!("{added}--b--"))))
    }

    /// The same as SOAP with attachments: the document and the others are parts of the request.
    pub fn finish_beside(&self, identities: &Identities, parts: &[[&str; 3]], references: &[&str]) -> String {
        let document = self.linking(references).signed(identities);
        let frame = self.frame.replace("{package}", "<reference value=\"cid:d\"/>");
        let all = [["root", "text/xml", frame.as_str()], ["d", "text/xml", document.as_str()]];
        let body: String = all.iter().chain(parts).map(|part| format!("--c\r\n{}", written(part))).collect();
        format!("{body}--c--\r\n")
    }

    fn linking(&self, references: &[&str]) -> Self {
        let links: String = references.iter().map(|id| format!("<a href=\"cid:{id}\">liite</a>")).collect();
        self.clone().with("<p>Koekas", &format!("<p>{links}Koekas"))
    }

    /// The frame without a package, and the document signed with `identities` beside it.
    pub fn pair(&self, identities: &Identities) -> (String, String) {
        (self.frame.replace("{package}", ""), self.signed(identities))
    }

    fn signed(&self, identities: &Identities) -> String {
        let signer = if self.is_professional { &identities.professional } else { &identities.system };
        let document = self
            .document
            .replace("{display-form}", &STANDARD.encode(&self.display_form))
            .replace("{json}", &STANDARD.encode(&self.json))
            .replace("2026-11-21T08:00:01.000Z", &SIGNED)
            .replace("{certificate}", &STANDARD.encode(signer.certificate_der().expect("certificate")));
        xmldsig::sign(&document, &key(signer)).expect("sign")
    }
}

fn written([id, media_type, text]: &[&str; 3]) -> String {
    format!("Content-Type: {media_type}\r\nContent-ID: <{id}>\r\n\r\n{text}\r\n")
}

fn packed(document: &str) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"; type=\"text/xml\"; start=\"<d>\"\r\n\r\n\
         --b\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <d>\r\n\r\n{document}\r\n--b--\r\n"
    )
}

/// The RSA key of a signer.
pub fn key(identity: &Identity) -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(identity.key_der().expect("key").secret_der()).expect("key")
}
