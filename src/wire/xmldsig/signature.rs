//! The parts of `ds:Signature` that its shape allows. Each is the only one of its name among its
//! siblings; whoever took the first could be shown another one than was signed.

use roxmltree::Node;

use crate::wire::b64;
use crate::wire::xml::{XML_SIGNATURE, joined_text};
use crate::words::{Said, said};

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// How a signature value is made from `SignedInfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// RSA with PKCS #1 v1.5 and SHA-256.
    RsaSha256,
    /// ECDSA with SHA-256, of the curve P-256.
    EcdsaSha256,
    /// ECDSA with SHA-384, of the curve P-384.
    EcdsaSha384,
}

impl Method {
    const ALL: [Self; 3] = [Self::RsaSha256, Self::EcdsaSha256, Self::EcdsaSha384];
    const SPACE: &str = "http://www.w3.org/2001/04/xmldsig-more#";

    /// The name at the end of its URI.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa-sha256",
            Self::EcdsaSha256 => "ecdsa-sha256",
            Self::EcdsaSha384 => "ecdsa-sha384",
        }
    }

    fn named(node: Node<'_, '_>) -> Result<Self, Said> {
        let algorithm = node.attribute("Algorithm");
        let name = algorithm.and_then(|uri| uri.strip_prefix(Self::SPACE));
        let method = name.and_then(|name| Self::ALL.into_iter().find(|method| method.name() == name));
        method.ok_or_else(|| algorithm_is(node))
    }
}

/// `ds:SignedInfo`, its algorithms checked.
pub(super) struct SignedInfo<'a> {
    pub node: Node<'a, 'a>,
    pub method: Method,
    pub inclusive: Vec<&'a str>,
}

/// What a `ds:Reference` asks for, its algorithms checked.
pub(super) struct SignedReference<'a> {
    pub digest: Vec<u8>,
    pub inclusive: Vec<&'a str>,
    pub enveloped: bool,
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

pub(super) fn signed_info<'a>(signature: Node<'a, 'a>) -> Result<SignedInfo<'a>, Said> {
    let node = only(signature, "SignedInfo")?;
    let canonicalization = only(node, "CanonicalizationMethod")?;
    expect_algorithm(canonicalization, EXCLUSIVE_C14N)?;
    let method = Method::named(only(node, "SignatureMethod")?)?;
    Ok(SignedInfo { node, method, inclusive: inclusive_prefixes(canonicalization)? })
}

/// The decoded `ds:SignatureValue`.
pub(super) fn value(signature: Node<'_, '_>) -> Result<Vec<u8>, Said> {
    decoded(only(signature, "SignatureValue")?)
}

pub(super) fn wanted<'a>(reference: Node<'a, 'a>) -> Result<SignedReference<'a>, Said> {
    expect_algorithm(only(reference, "DigestMethod")?, SHA256)?;
    let digest = decoded(only(reference, "DigestValue")?)?;
    let transforms = all(only(reference, "Transforms")?, "Transform");
    let (enveloped, canonicalization) = match transforms.as_slice() {
        [canonicalization] => (false, *canonicalization),
        [enveloped, canonicalization] => {
            expect_algorithm(*enveloped, ENVELOPED)?;
            (true, *canonicalization)
        }
        others => return Err(said::transforms(others.len())),
    };
    expect_algorithm(canonicalization, EXCLUSIVE_C14N)?;
    Ok(SignedReference { digest, inclusive: inclusive_prefixes(canonicalization)?, enveloped })
}

fn expect_algorithm(node: Node<'_, '_>, wanted: &str) -> Result<(), Said> {
    match node.attribute("Algorithm") {
        Some(algorithm) if algorithm == wanted => Ok(()),
        _ => Err(algorithm_is(node)),
    }
}

fn algorithm_is(node: Node<'_, '_>) -> Said {
    let algorithm = Said::value_or(node.attribute("Algorithm"), said::not_named());
    said::algorithm_is(node.tag_name().name(), algorithm)
}

/// `InclusiveNamespaces/@PrefixList`: the one parameter that exclusive C14N has.
fn inclusive_prefixes<'a>(method: Node<'a, 'a>) -> Result<Vec<&'a str>, Said> {
    let elements: Vec<_> = method.children().filter(Node::is_element).collect();
    match elements.as_slice() {
        [] => Ok(Vec::new()),
        [list] if list.has_tag_name((EXCLUSIVE_C14N, "InclusiveNamespaces")) => {
            Ok(list.attribute("PrefixList").unwrap_or_default().split_ascii_whitespace().collect())
        }
        _ => Err(said::has_parameters(method.tag_name().name())),
    }
}

fn decoded(node: Node<'_, '_>) -> Result<Vec<u8>, Said> {
    b64::decode(&joined_text(node)).map_err(|_| said::is_no_base64(node.tag_name().name()))
}
