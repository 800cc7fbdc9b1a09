//! Verifying.

use std::collections::HashMap;

use ring::digest::{SHA256, digest};
use roxmltree::{Document, Node, NodeId};

use super::key::Certificates;
use super::signature::{self, SignedReference};
use super::{Reference, ReferenceOutcome, ReferenceTarget, SignatureReport, ValueOutcome, key};
use crate::wire::Location;
use crate::wire::xml::{Element, HL7, HL7_FINLAND, XML_SIGNATURE, c14n};
use crate::words::{Said, said};

const MOST_REFERENCES: usize = 8;
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// Verifies the signatures of one document.
pub struct Verifier<'a> {
    body: Option<Node<'a, 'a>>,
    /// Elements by the ID that references resolve by: `ID` of `nonXMLBody` and of `signatureTimestamp`.
    targets: HashMap<&'a str, Vec<Node<'a, 'a>>>,
    /// How many elements carry a value in any attribute that some library takes for an ID.
    bearers: HashMap<&'a str, usize>,
    /// Canonical digests already taken: several signatures may cover one large body.
    digests: HashMap<(NodeId, Vec<&'a str>), Vec<u8>>,
}

impl<'a> Verifier<'a> {
    /// A verifier for `document`, whose `component/nonXMLBody` is `body`.
    pub fn new(document: &'a Document<'a>, body: Option<Node<'a, 'a>>) -> Self {
        let mut verifier = Self { body, targets: HashMap::new(), bearers: HashMap::new(), digests: HashMap::new() };
        for node in document.descendants().filter(Node::is_element) {
            verifier.take_in(node);
        }
        verifier
    }

    fn take_in(&mut self, node: Node<'a, 'a>) {
        let is_target = [(HL7, "nonXMLBody"), (HL7_FINLAND, "signatureTimestamp")].map(|name| node.has_tag_name(name));
        if let (true, Some(id)) = (is_target.contains(&true), node.attribute("ID")) {
            self.targets.entry(id).or_default().push(node);
        }
        for attribute in node.attributes() {
            let is_id = match attribute.namespace() {
                None => attribute.name().eq_ignore_ascii_case("id"),
                Some(namespace) => namespace == XML_NAMESPACE && attribute.name() == "id",
            };
            if is_id {
                *self.bearers.entry(attribute.value()).or_default() += 1;
            }
        }
    }

    /// Judges the `ds:Signature` element `signature`: every reference and the value on their own.
    pub fn verify(&mut self, signature: &Element<'a>) -> SignatureReport {
        let certificates = key::certificates(signature.node());
        let value = judge_value(signature.node(), &certificates);
        let (certificate, others) = certificates.map_or((None, Vec::new()), |all| (Some(all.signer), all.others));
        let method = signature::signed_info(signature.node()).ok().map(|info| info.method);
        let mut report =
            SignatureReport { spot: signature.spot(), references: Vec::new(), value, method, certificate, others };
        match self.references(signature) {
            Ok(references) => report.references = references,
            Err(reason) => report.value = ValueOutcome::Unsupported(reason),
        }
        report
    }

    /// More references than any signer writes are refused and not cut off: what is cut off would count
    /// as verified.
    fn references(&mut self, signature: &Element<'a>) -> Result<Vec<Reference>, Said> {
        let Some(info) = signature.find("SignedInfo") else { return Ok(Vec::new()) };
        let references = info.all("Reference");
        match references.len() {
            0..=MOST_REFERENCES => {
                Ok(references.iter().map(|reference| self.reference(signature.node(), reference)).collect())
            }
            count => Err(said::references(count)),
        }
    }

    fn reference(&mut self, signature: Node<'a, 'a>, reference: &Element<'a>) -> Reference {
        let uri = reference.node().attribute("URI").unwrap_or_default();
        let id = uri.strip_prefix('#').unwrap_or_default();
        let candidates = self.targets.get(id).cloned().unwrap_or_default();
        let (target, outcome) = match candidates.as_slice() {
            [node] => (self.target(signature, *node), self.outcome(signature, reference.node(), *node)),
            [] if id.is_empty() => {
                (ReferenceTarget::Unresolved, ReferenceOutcome::Unsupported(Said::value(format!("URI {uri:?}"))))
            }
            [] => (ReferenceTarget::Unresolved, ReferenceOutcome::TargetMissing),
            several => (ReferenceTarget::Unresolved, ReferenceOutcome::TargetAmbiguous(several.len())),
        };
        let namesakes = self.bearers.get(id).map_or(0, |bearers| bearers.saturating_sub(1));
        Reference { spot: reference.spot(), uri: uri.to_owned(), target, outcome, namesakes }
    }

    /// By node and not by ID alone: a body moved elsewhere, with a forged one in its place, still verifies.
    fn target(&self, signature: Node<'a, 'a>, node: Node<'a, 'a>) -> ReferenceTarget {
        let is_timestamp = |node: &Node<'_, '_>| node.has_tag_name((HL7_FINLAND, "signatureTimestamp"));
        let beside = signature.parent().and_then(|parent| parent.children().find(is_timestamp));
        if self.body == Some(node) {
            ReferenceTarget::Body
        } else if beside == Some(node) {
            ReferenceTarget::Timestamp
        } else {
            ReferenceTarget::Elsewhere
        }
    }

    fn outcome(&mut self, signature: Node<'a, 'a>, reference: Node<'a, 'a>, target: Node<'a, 'a>) -> ReferenceOutcome {
        let judged = signature::wanted(reference).and_then(|wanted| {
            if wanted.enveloped && signature.ancestors().any(|ancestor| ancestor == target) {
                return Err(said::the_target_holds_the_signature());
            }
            self.digest(target, &wanted).map(|digest| digest == wanted.digest)
        });
        match judged {
            Ok(true) => ReferenceOutcome::Holds,
            Ok(false) => ReferenceOutcome::Differs,
            Err(reason) => ReferenceOutcome::Unsupported(reason),
        }
    }

    /// The one element that `uri` points to.
    pub(super) fn resolve(&self, uri: &str) -> Result<Node<'a, 'a>, Said> {
        match self.targets.get(uri.strip_prefix('#').unwrap_or_default()).map(Vec::as_slice) {
            Some([node]) => Ok(*node),
            _ => Err(said::no_single_element_for_the_reference(format!("{uri:?}"))),
        }
    }

    pub(super) fn digest(&mut self, target: Node<'a, 'a>, wanted: &SignedReference<'a>) -> Result<Vec<u8>, Said> {
        let key = (target.id(), wanted.inclusive.clone());
        if let Some(taken) = self.digests.get(&key) {
            return Ok(taken.clone());
        }
        let canonical = c14n::canonical(target, &wanted.inclusive).map_err(c14n::TooDeep::said)?;
        let taken = digest(&SHA256, canonical.as_bytes()).as_ref().to_vec();
        self.digests.insert(key, taken.clone());
        Ok(taken)
    }
}

fn judge_value(signature: Node<'_, '_>, certificates: &Result<Certificates, Said>) -> ValueOutcome {
    let judged = signature::signed_info(signature).and_then(|info| {
        let value = signature::value(signature)?;
        let certificates = certificates.as_ref().map_err(Clone::clone)?;
        let signed = c14n::canonical(info.node, &info.inclusive).map_err(c14n::TooDeep::said)?;
        Ok(key::judge(info.method, &certificates.signer, signed.as_bytes(), &value))
    });
    judged.unwrap_or_else(ValueOutcome::Unsupported)
}

/// The report of a `signature` element that holds no `ds:Signature`, or more than one.
pub(crate) fn not_one(spot: Location, count: usize) -> SignatureReport {
    let value = ValueOutcome::Unsupported(said::elements_signature_of(count, XML_SIGNATURE));
    SignatureReport { spot, references: Vec::new(), value, method: None, certificate: None, others: Vec::new() }
}
