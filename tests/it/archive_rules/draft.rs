//! A message in the making: its parts as texts, edited before or after it is signed and packed.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kantakoe::domain::Hetu;
use kantakoe::pki::{CertificateSubject, CertificateValidity, Identity, TestAuthority, TestKey};
use kantakoe::wire::trust::TrustAnchors;
use kantakoe::wire::xmldsig;
use ring::signature::RsaKeyPair;
use serde::Deserialize;

/// The moment at which everything happens.
pub const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_795_251_600, 0);

/// One change of one part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edit {
    /// The part: `frame`, `document`, `display-form` and `json` before signing, `signed` for the document
    /// after it, `message` for the whole.
    #[serde(rename = "in")]
    part: String,
    /// What is replaced; it must be there.
    find: String,
    /// Where the replaced stretch ends, when it is longer than `find`.
    #[serde(default)]
    upto: Option<String>,
    /// What comes instead; names in braces stand for texts of the draft.
    #[serde(default)]
    replace: String,
    /// Whether every occurrence is replaced.
    #[serde(default)]
    every: bool,
}

impl Edit {
    /// Puts `text` in place of `find`.
    pub fn replace(part: &str, find: &str, text: &str) -> Self {
        Self { part: part.to_owned(), find: find.to_owned(), upto: None, replace: text.to_owned(), every: false }
    }

    /// Puts `text` before `find`.
    pub fn insert(part: &str, find: &str, text: &str) -> Self {
        let replace = format!("{text}{find}");
        Self { part: part.to_owned(), find: find.to_owned(), upto: None, replace, every: false }
    }
}

/// Who signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signer {
    /// The author, or the organisation's system.
    #[default]
    Rightful,
    /// The same by name, but certified by an authority that nobody trusts.
    Stranger,
    /// The same, with a certificate that has expired.
    Expired,
    /// Someone else, well certified.
    Other,
}

/// A message in the making.
pub struct Draft {
    fixture: String,
    texts: BTreeMap<&'static str, String>,
    /// What stands for the names in braces, as soon as it is known.
    fillings: BTreeMap<&'static str, String>,
}

impl Draft {
    /// The parts of a fixture; a query has a frame only.
    pub fn of(fixture: &str) -> Self {
        let folder = format!("{}/tests/fixtures/archive", env!("CARGO_MANIFEST_DIR"));
        let read = |(part, suffix): (&'static str, &str)| {
            Some((part, fs::read_to_string(format!("{folder}/{fixture}.{suffix}")).ok()?))
        };
        let parts = [
            ("frame", "frame.xml"),
            ("document", "document.xml"),
            ("display-form", "display-form.xml"),
            ("json", "json"),
        ];
        let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
        Self {
            fixture: fixture.to_owned(),
            texts: parts.into_iter().filter_map(read).collect(),
            fillings: BTreeMap::from([("foreign", foreign.as_str().to_owned())]),
        }
    }

    /// The message after all `edits`, signed by `signer`.
    pub fn finish(mut self, edits: &[&Edit], signer: Signer) -> Vec<u8> {
        for part in ["frame", "document", "display-form", "json"] {
            self.edit(part, edits);
        }
        if self.texts.contains_key("document") {
            self.sign(signer);
            self.edit("signed", edits);
            self.pack();
        }
        let message = self.filled("frame");
        self.texts.insert("message", message);
        self.edit("message", edits);
        self.texts.remove("message").expect("message").into_bytes()
    }

    fn edit(&mut self, part: &str, edits: &[&Edit]) {
        for edit in edits.iter().filter(|edit| edit.part == part) {
            let replacement = self.fill(edit.replace.clone());
            let text = self.texts.get_mut(part).unwrap_or_else(|| panic!("no part {part}"));
            let start = text.find(&edit.find).unwrap_or_else(|| panic!("{:?} is not in the {part}", edit.find));
            if edit.every {
                *text = text.replace(&edit.find, &replacement);
            } else {
                let length = edit.upto.as_ref().map_or(edit.find.len(), |end| {
                    text[start..].find(end).unwrap_or_else(|| panic!("{end:?} is not after it")) + end.len()
                });
                text.replace_range(start..start + length, &replacement);
            }
        }
    }

    fn sign(&mut self, signer: Signer) {
        for part in ["display-form", "json"] {
            self.fillings.insert(part, STANDARD.encode(&self.texts[part]));
        }
        let identity = identity(&self.fixture, signer);
        let der = identity.certificate_der().expect("certificate");
        self.fillings.insert("certificate", STANDARD.encode(&der));
        let unrelated = self::identity("none", Signer::Stranger).certificate_der().expect("certificate");
        self.fillings.insert("unrelated", STANDARD.encode(unrelated));
        let authority = trust().roots().next().map(|root| STANDARD.encode(root)).expect("authority");
        self.fillings.insert("authority", authority);
        let document = self.filled("document");
        let key = identity.key_der().expect("key");
        let key = RsaKeyPair::from_pkcs8(key.secret_der()).expect("key");
        // A document whose edits took the signature away stays unsigned, and one with two is signed twice.
        let mut signed = document;
        while let Ok(more) = xmldsig::sign(&signed, &key) {
            signed = more;
        }
        self.texts.insert("signed", signed);
    }

    fn pack(&mut self) {
        let document = self.texts["signed"].clone();
        let package = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"; type=\"text/xml\"; start=\"<d>\"\r\n\
             \r\n--b\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <d>\r\n\r\n{document}\r\n--b--\r\n"
        );
        self.fillings.insert("package", STANDARD.encode(package));
        self.fillings.insert("bare", STANDARD.encode(document));
    }

    fn filled(&self, part: &str) -> String {
        self.fill(self.texts[part].clone())
    }

    fn fill(&self, mut text: String) -> String {
        for (name, filling) in &self.fillings {
            text = text.replace(&format!("{{{name}}}"), filling);
        }
        text
    }
}

static AUTHORITY: LazyLock<TestAuthority> = LazyLock::new(|| TestAuthority::new(NOW).expect("authority"));
static UNTRUSTED: LazyLock<TestAuthority> = LazyLock::new(|| TestAuthority::new(NOW).expect("authority"));

/// The authority that everyone but the stranger is certified by.
pub fn trust() -> TrustAnchors {
    TrustAnchors::from_pem(AUTHORITY.certificate().as_bytes()).expect("authority")
}

fn identity(fixture: &str, signer: Signer) -> Identity {
    let (number, key) = match fixture {
        "client-document" => ("99900000011", TestKey::Professional),
        _ => ("1.2.246.10.99999991.10.0", TestKey::System),
    };
    let number = if signer == Signer::Other { "99900000099" } else { number };
    let subject = CertificateSubject {
        common_name: "Tessa Testinen".to_owned(),
        organisation: "Näytealue".to_owned(),
        serial_number: Some(number.to_owned()),
    };
    let authority = if signer == Signer::Stranger { &*UNTRUSTED } else { &*AUTHORITY };
    let validity = if signer == Signer::Expired { CertificateValidity::Expired } else { CertificateValidity::Current };
    authority.signer(&subject, key, validity).expect("signer")
}
