//! Verifying.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::key::Certificates;
use super::pointer::Pointer;
use super::signature::{self, Octets, SignedReference, Transforms};
use super::{
    NamedAlgorithm, Reference, ReferenceOutcome, ReferenceTarget, SignatureReport, Unverified, ValueOutcome, key,
};
use crate::wire::certificate_key::Digest;
use crate::wire::xml::c14n::NotCanonical;
use crate::wire::xml::{Element, HL7, HL7_FINLAND, XML_SIGNATURE};
use crate::wire::{Location, b64};
use crate::words::{Said, said};

const MOST_REFERENCES: usize = 8;
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespaces of what signatures add to themselves, XAdES among them; identified by `Id`.
const OF_SIGNATURES: [&str; 2] = [XML_SIGNATURE, "http://uri.etsi.org/01903/"];

/// Verifies the signatures of one document.
pub struct Verifier<'a> {
    root: Node<'a, 'a>,
    body: Option<Node<'a, 'a>>,
    /// Elements by the ID that references resolve by: `ID` of `nonXMLBody` and of `signatureTimestamp`, `Id` of what
    /// belongs to a signature.
    targets: HashMap<&'a str, Vec<Node<'a, 'a>>>,
    /// How many elements carry a value in any attribute that some library takes for an ID.
    bearers: HashMap<&'a str, usize>,
    /// Digests already taken: several signatures may cover one large body.
    digests: HashMap<(NodeId, Option<NodeId>, Digest, Transforms<'a>), Vec<u8>>,
}

impl<'a> Verifier<'a> {
    /// A verifier for `document`, whose `component/nonXMLBody` is `body`.
    pub fn new(document: &'a Document<'a>, body: Option<Node<'a, 'a>>) -> Self {
        let mut verifier = Self {
            root: document.root(),
            body,
            targets: HashMap::new(),
            bearers: HashMap::new(),
            digests: HashMap::new(),
        };
        for node in document.descendants().filter(Node::is_element) {
            verifier.take_in(node);
        }
        verifier
    }

    fn take_in(&mut self, node: Node<'a, 'a>) {
        let is_target = [(HL7, "nonXMLBody"), (HL7_FINLAND, "signatureTimestamp")].map(|name| node.has_tag_name(name));
        let space = node.tag_name().namespace().unwrap_or_default();
        let attribute = if is_target.contains(&true) {
            node.attribute("ID")
        } else {
            node.attribute("Id").filter(|_| OF_SIGNATURES.iter().any(|own| space.starts_with(own)))
        };
        if let Some(id) = attribute {
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
        let mut report = SignatureReport {
            spot: signature.spot(),
            references: Vec::new(),
            value,
            method: signature::signed_info(signature.node()).ok().map(|info| info.method),
            algorithms: named(signature),
            certificate,
            others,
        };
        match self.references(signature) {
            Ok(references) => report.references = references,
            Err(reason) => report.value = ValueOutcome::Unverified(reason.into()),
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
        let pointer = reference.node().attribute("URI").and_then(Pointer::read);
        let (target, outcome) = match pointer {
            None => {
                (ReferenceTarget::Unresolved, ReferenceOutcome::Unverified(Said::value(format!("URI {uri:?}")).into()))
            }
            Some(pointer) => match self.candidates(pointer).as_slice() {
                [node] => {
                    (self.target(signature, *node), self.outcome(signature, reference.node(), *node, pointer.comments))
                }
                [] => (ReferenceTarget::Unresolved, ReferenceOutcome::TargetMissing),
                several => (ReferenceTarget::Unresolved, ReferenceOutcome::TargetAmbiguous(several.len())),
            },
        };
        let id = pointer.and_then(|pointer| pointer.id);
        let namesakes = id.and_then(|id| self.bearers.get(id)).map_or(0, |bearers| bearers.saturating_sub(1));
        Reference { spot: reference.spot(), uri: uri.to_owned(), target, outcome, namesakes }
    }

    fn candidates(&self, pointer: Pointer<'_>) -> Vec<Node<'a, 'a>> {
        pointer.id.map_or_else(|| vec![self.root], |id| self.targets.get(id).cloned().unwrap_or_default())
    }

    /// By node and not by ID alone: a body moved elsewhere, with a forged one in its place, still verifies.
    fn target(&self, signature: Node<'a, 'a>, node: Node<'a, 'a>) -> ReferenceTarget {
        let is_timestamp = |node: &Node<'_, '_>| node.has_tag_name((HL7_FINLAND, "signatureTimestamp"));
        let beside = signature.parent().and_then(|parent| parent.children().find(is_timestamp));
        if self.body == Some(node) {
            ReferenceTarget::Body
        } else if beside == Some(node) {
            ReferenceTarget::Timestamp
        } else if node.is_root() {
            ReferenceTarget::Document
        } else if node.ancestors().skip(1).any(|above| above == signature) && !is_of_document(node) {
            ReferenceTarget::Signature
        } else {
            ReferenceTarget::Elsewhere
        }
    }

    fn outcome(
        &mut self,
        signature: Node<'a, 'a>,
        reference: Node<'a, 'a>,
        target: Node<'a, 'a>,
        comments: bool,
    ) -> ReferenceOutcome {
        let judged = signature::wanted(reference).and_then(|mut wanted| {
            if let Octets::Canonical(form) = &mut wanted.transforms.octets {
                form.comments &= comments;
            }
            Ok(self.digest(target, signature, &wanted)? == wanted.digest)
        });
        match judged {
            Ok(true) => ReferenceOutcome::Holds,
            Ok(false) => ReferenceOutcome::Differs,
            Err(reason) => ReferenceOutcome::Unverified(reason),
        }
    }

    /// The one element that `uri` points to.
    pub(super) fn resolve(&self, uri: &str) -> Result<Node<'a, 'a>, Said> {
        match Pointer::read(uri).map(|pointer| self.candidates(pointer)).as_deref() {
            Some([node]) => Ok(*node),
            _ => Err(said::no_single_element_for_the_reference(format!("{uri:?}"))),
        }
    }

    pub(super) fn digest(
        &mut self,
        target: Node<'a, 'a>,
        signature: Node<'a, 'a>,
        wanted: &SignedReference<'a>,
    ) -> Result<Vec<u8>, Said> {
        let left_out = Some(signature).filter(|_| wanted.transforms.enveloped);
        let left_out = left_out.filter(|own| own.ancestors().any(|ancestor| ancestor == target));
        let key = (target.id(), left_out.map(|node| node.id()), wanted.method, wanted.transforms.clone());
        if let Some(taken) = self.digests.get(&key) {
            return Ok(taken.clone());
        }
        let octets = octets(target, left_out, &wanted.transforms.octets)?;
        let taken = wanted.method.take(&octets);
        self.digests.insert(key, taken.clone());
        Ok(taken)
    }
}

/// Whether the element is one of the document's own, which no signature may carry inside it.
fn is_of_document(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), Some(HL7 | HL7_FINLAND))
}

fn octets(target: Node<'_, '_>, left_out: Option<Node<'_, '_>>, how: &Octets<'_>) -> Result<Vec<u8>, Said> {
    match how {
        Octets::Canonical(form) => form.write(target, left_out).map(String::into_bytes).map_err(NotCanonical::said),
        Octets::Base64 => {
            let text: String = target.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
            b64::decode(&text).map_err(|error| said::not_base64(b64::said_of(&error)))
        }
    }
}

fn judge_value(signature: Node<'_, '_>, certificates: &Result<Certificates, Said>) -> ValueOutcome {
    let judged = signature::signed_info(signature).and_then(|info| -> Result<_, Unverified> {
        let value = signature::value(signature)?;
        let certificates = certificates.as_ref().map_err(Clone::clone)?;
        let signed = info.form.write(info.node, None).map_err(NotCanonical::said)?;
        Ok(key::judge(info.method, &certificates.signer, signed.as_bytes(), &value))
    });
    judged.unwrap_or_else(ValueOutcome::Unverified)
}

fn named(signature: &Element<'_>) -> Vec<NamedAlgorithm> {
    let of = |(node, uri): (Node<'_, '_>, &str)| NamedAlgorithm {
        element: node.tag_name().name().to_owned(),
        offset: node.range().start,
        uri: uri.to_owned(),
    };
    signature::algorithms(signature.node()).into_iter().map(of).collect()
}

/// The report of a `signature` element that holds no `ds:Signature`, or more than one.
pub(crate) fn not_one(spot: Location, count: usize) -> SignatureReport {
    SignatureReport {
        spot,
        references: Vec::new(),
        value: ValueOutcome::Unverified(said::elements_signature_of(count, XML_SIGNATURE).into()),
        method: None,
        algorithms: Vec::new(),
        certificate: None,
        others: Vec::new(),
    }
}
