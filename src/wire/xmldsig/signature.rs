//! The parts of `ds:Signature`. Each is the only one of its name among its siblings; whoever took the first could be
//! shown another one than was signed.

use roxmltree::Node;

use super::Unverified;
use super::algorithm::{self, Method};
use crate::wire::b64;
use crate::wire::certificate_key::Digest;
use crate::wire::xml::c14n::{C14nForm, C14nKind};
use crate::wire::xml::{XML_SIGNATURE, joined_text};
use crate::words::{Said, said};

/// `ds:SignedInfo`, its algorithms checked.
pub(super) struct SignedInfo<'a> {
    pub node: Node<'a, 'a>,
    pub method: Method,
    pub form: C14nForm<'a>,
}

/// What a `ds:Reference` says, its algorithms checked.
pub(super) struct SignedReference<'a> {
    pub method: Digest,
    pub digest: Vec<u8>,
    pub transforms: Transforms<'a>,
}

/// What is done to the target before its digest is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Transforms<'a> {
    /// The signature itself is left out.
    pub enveloped: bool,
    pub octets: Octets<'a>,
}

/// How nodes become bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Octets<'a> {
    Canonical(C14nForm<'a>),
    /// The text, which is Base64, decoded.
    Base64,
}

/// Child elements of this name in the namespace of XML signatures.
pub(super) fn all<'a>(parent: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    parent.children().filter(|node| node.has_tag_name((XML_SIGNATURE, name))).collect()
}

/// The only such child.
pub(super) fn only<'a>(parent: Node<'a, 'a>, name: &str) -> Result<Node<'a, 'a>, Said> {
    match all(parent, name).as_slice() {
        [node] => Ok(*node),
        nodes => Err(said::elements_in(nodes.len(), name, parent.tag_name().name())),
    }
}

pub(super) fn signed_info<'a>(signature: Node<'a, 'a>) -> Result<SignedInfo<'a>, Unverified> {
    let node = only(signature, "SignedInfo")?;
    let canonicalization = only(node, "CanonicalizationMethod")?;
    let form = c14n_form(canonicalization)?.ok_or_else(|| algorithm_is(canonicalization))?;
    Ok(SignedInfo { node, method: method(only(node, "SignatureMethod")?)?, form })
}

/// The decoded `ds:SignatureValue`.
pub(super) fn value(signature: Node<'_, '_>) -> Result<Vec<u8>, Said> {
    decoded(only(signature, "SignatureValue")?)
}

pub(super) fn wanted<'a>(reference: Node<'a, 'a>) -> Result<SignedReference<'a>, Unverified> {
    let method = only(reference, "DigestMethod")?;
    Ok(SignedReference {
        method: method.attribute("Algorithm").and_then(algorithm::digest).ok_or_else(|| algorithm_is(method))?,
        digest: decoded(only(reference, "DigestValue")?)?,
        transforms: transforms(reference)?,
    })
}

/// Every `Algorithm` that the signature names, with its element: those of `SignedInfo` and of its references. Nodes
/// that no transform makes bytes are canonicalised by Canonical XML 1.0, which then is named by nobody.
pub(super) fn algorithms<'a>(signature: Node<'a, 'a>) -> Vec<(Node<'a, 'a>, &'a str)> {
    let infos = all(signature, "SignedInfo").into_iter();
    let named = infos.flat_map(|info| info.descendants()).filter_map(|node| Some((node, node.attribute("Algorithm")?)));
    let references = all(signature, "SignedInfo").into_iter().flat_map(|info| all(info, "Reference"));
    let untold = |reference: &Node<'a, 'a>| {
        let by_default = algorithm::C14N_10;
        transforms(*reference).is_ok_and(|read| {
            let written = all(*reference, "Transforms").into_iter().flat_map(|list| all(list, "Transform"));
            let is_default = matches!(&read.octets, Octets::Canonical(form) if *form == default_form());
            is_default && !written.into_iter().any(|one| one.attribute("Algorithm") == Some(by_default))
        })
    };
    let defaults = references.filter(untold).map(|reference| (reference, algorithm::C14N_10));
    named.chain(defaults).collect()
}

fn method(node: Node<'_, '_>) -> Result<Method, Unverified> {
    let has_parameters = node.children().any(|child| child.is_element());
    match node.attribute("Algorithm").and_then(Method::named) {
        Some(_) if has_parameters => Err(said::has_parameters(node.tag_name().name()).into()),
        method => method.ok_or_else(|| algorithm_is(node)),
    }
}

/// Nodes become bytes once: what stands behind that would read them anew.
fn transforms<'a>(reference: Node<'a, 'a>) -> Result<Transforms<'a>, Unverified> {
    let steps = match all(reference, "Transforms").as_slice() {
        [] => Vec::new(),
        _ => all(only(reference, "Transforms")?, "Transform"),
    };
    let (mut enveloped, mut octets) = (false, None);
    for step in &steps {
        if octets.is_some() {
            return Err(said::transforms(steps.len()).into());
        }
        match step.attribute("Algorithm") {
            Some(algorithm::ENVELOPED) => enveloped = true,
            Some(algorithm::BASE64) => octets = Some(Octets::Base64),
            _ => octets = Some(Octets::Canonical(c14n_form(*step)?.ok_or_else(|| algorithm_is(*step))?)),
        }
    }
    Ok(Transforms { enveloped, octets: octets.unwrap_or_else(|| Octets::Canonical(default_form())) })
}

fn default_form<'a>() -> C14nForm<'a> {
    C14nForm { kind: C14nKind::Inclusive10, comments: false, prefixes: Vec::new() }
}

/// The canonical form that the element names; `None` where it names something else.
fn c14n_form<'a>(node: Node<'a, 'a>) -> Result<Option<C14nForm<'a>>, Said> {
    let Some((kind, comments)) = node.attribute("Algorithm").and_then(algorithm::c14n) else { return Ok(None) };
    let prefixes = inclusive_prefixes(node, kind)?;
    Ok(Some(C14nForm { kind, comments, prefixes }))
}

/// The algorithm that the element names, as one that is not known here.
fn algorithm_is(node: Node<'_, '_>) -> Unverified {
    let algorithm = node.attribute("Algorithm");
    let reason = said::algorithm_is(node.tag_name().name(), Said::value_or(algorithm, said::not_named()));
    Unverified { reason, algorithm: algorithm.map(str::to_owned) }
}

/// `InclusiveNamespaces/@PrefixList`: the one parameter that exclusive C14N has, and the others have none.
fn inclusive_prefixes<'a>(method: Node<'a, 'a>, kind: C14nKind) -> Result<Vec<&'a str>, Said> {
    let elements: Vec<_> = method.children().filter(Node::is_element).collect();
    let is_list = |node: &Node<'_, '_>| {
        kind == C14nKind::Exclusive && node.has_tag_name((algorithm::EXCLUSIVE_C14N, "InclusiveNamespaces"))
    };
    match elements.as_slice() {
        [] => Ok(Vec::new()),
        [list] if is_list(list) => {
            Ok(list.attribute("PrefixList").unwrap_or_default().split_ascii_whitespace().collect())
        }
        _ => Err(said::has_parameters(method.tag_name().name())),
    }
}

fn decoded(node: Node<'_, '_>) -> Result<Vec<u8>, Said> {
    b64::decode(&joined_text(node)).map_err(|_| said::is_no_base64(node.tag_name().name()))
}
