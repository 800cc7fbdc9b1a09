//! Enveloped XML signatures of documents: exclusive C14N, rsa-sha256, two references.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;

use super::codes::Coded;
use super::faults::Fault;
use super::identity::Signer;
use super::xml::{Element, Spelling, dsig, finland};

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const INVENTED_METHOD: &str = "http://www.w3.org/2001/04/xmldsig-more#unheard-of";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const TIMESTAMP_ID: &str = "ts.sig_1";

/// What is signed, by whom and when.
pub struct Signing<'a> {
    /// `nonXMLBody`.
    pub body: &'a Element,
    /// Its `ID`.
    pub body_id: &'a str,
    /// Whether a professional signs; otherwise the system does.
    pub by_professional: bool,
    /// The same as a code.
    pub kind: &'a Coded,
    /// Time of signing, `xs:dateTime` in UTC.
    pub time: String,
    /// How the document is written.
    pub spelling: &'a Spelling,
    /// What is done wrong.
    pub fault: Option<Fault>,
}

impl Signing<'_> {
    /// The `signature` element of a signature collection.
    pub fn made_by(&self, signer: &Signer) -> Element {
        let signed_info = self.signed_info();
        let mut value = signer.sign(signed_info.canonical(self.spelling).as_bytes());
        if self.fault == Some(Fault::SignatureValueWrong) {
            value[0] ^= 1;
        }
        let certificate = dsig("X509Certificate").text(signer.certificate.as_str());
        let signature = dsig("Signature").holding([
            signed_info,
            dsig("SignatureValue").text(STANDARD.encode(value)),
            dsig("KeyInfo").holding([dsig("X509Data").holding([certificate])]),
        ]);
        finland("signature").with("ID", "sig_1").holding([
            self.kind.on(finland("signatureDescription")),
            self.timestamp(&self.shown_time()),
            signature,
        ])
    }

    fn timestamp(&self, time: &str) -> Element {
        finland("signatureTimestamp").with("ID", TIMESTAMP_ID).text(time)
    }

    /// The time as the document tells it; a fault moves it by some milliseconds.
    fn shown_time(&self) -> String {
        if self.fault != Some(Fault::SignatureTimestampAltered) {
            return self.time.clone();
        }
        let last = if self.time.ends_with("0Z") { "1Z" } else { "0Z" };
        format!("{}{last}", &self.time[..self.time.len() - last.len()])
    }

    fn signed_info(&self) -> Element {
        let mut body = self.body.canonical(self.spelling);
        if self.fault == Some(Fault::SignatureOverOtherBytes) {
            body.push(' ');
        }
        let timestamp = self.timestamp(&self.time).canonical(self.spelling);
        let covers_time = self.fault != Some(Fault::SignatureLeavesOutTime);
        let is_invented = self.fault == Some(Fault::SignatureAlgorithmUnknown);
        let method = if is_invented { INVENTED_METHOD } else { RSA_SHA256 };
        let parts = [
            dsig("CanonicalizationMethod").with("Algorithm", EXCLUSIVE),
            dsig("SignatureMethod").with("Algorithm", method),
            self.reference(self.body_id, &body),
        ];
        let time = covers_time.then(|| self.reference(TIMESTAMP_ID, &timestamp));
        dsig("SignedInfo").tight().holding(parts.into_iter().chain(time))
    }

    /// A system signature names the enveloped-signature transform first, as real ones do.
    fn reference(&self, id: &str, canonical: &str) -> Element {
        let transforms = if self.by_professional { &[EXCLUSIVE][..] } else { &[ENVELOPED, EXCLUSIVE][..] };
        let transform = |algorithm: &&str| dsig("Transform").with("Algorithm", *algorithm);
        let digest = STANDARD.encode(digest::digest(&digest::SHA256, canonical.as_bytes()));
        dsig("Reference").with("URI", format!("#{id}")).holding([
            dsig("Transforms").holding(transforms.iter().map(transform)),
            dsig("DigestMethod").with("Algorithm", SHA256),
            dsig("DigestValue").text(digest),
        ])
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use ring::digest;

    use super::Signing;
    use crate::reference::codes::Codes;
    use crate::reference::faults::Fault;
    use crate::reference::identity::tests::signer;
    use crate::reference::variant::Variant;
    use crate::reference::xml::hl7;

    /// Whether the body's digest, the timestamp's digest and the signature value hold.
    fn holds(fault: Option<Fault>, variant: &Variant) -> [bool; 3] {
        let spelling = &variant.spelling;
        let body = hl7("nonXMLBody").with("ID", "b").tight().holding([hl7("text").text("a\nb")]);
        let time = "2026-11-20T08:00:01.000Z".to_owned();
        let codes = Codes::default();
        let kind = &codes.code.signed_by_professional;
        let signing = Signing { body: &body, body_id: "b", by_professional: true, kind, time, spelling, fault };
        let signer = signer();
        let written = signing.made_by(&signer).write(spelling);
        let document = roxmltree::Document::parse(&written).expect("well-formed");
        let texts = |name: &str| -> Vec<String> {
            let named = document.descendants().filter(|node| node.tag_name().name() == name);
            named.filter_map(|node| node.text().map(str::to_owned)).collect()
        };
        let digest = |text: &str| STANDARD.encode(digest::digest(&digest::SHA256, text.as_bytes()));
        let timestamp = signing.timestamp(&texts("signatureTimestamp")[0]).canonical(spelling);
        let value = STANDARD.decode(&texts("SignatureValue")[0]).expect("base64");
        let digests = texts("DigestValue");
        [
            digests[0] == digest(&body.canonical(spelling)),
            digests[1] == digest(&timestamp),
            signer.made(&value, signing.signed_info().canonical(spelling).as_bytes()),
        ]
    }

    #[test]
    fn digests_and_value_hold_in_every_spelling() {
        for variant in Variant::all() {
            assert_eq!(holds(None, &variant), [true; 3], "{}", variant.name);
        }
    }

    #[test]
    fn each_fault_breaks_one_of_them() {
        let table = [
            (Fault::SignatureOverOtherBytes, [false, true, true]),
            (Fault::SignatureTimestampAltered, [true, false, true]),
            (Fault::SignatureValueWrong, [true, true, false]),
        ];
        for (fault, expected) in table {
            assert_eq!(holds(Some(fault), &Variant::default()), expected, "{fault}");
        }
    }
}
