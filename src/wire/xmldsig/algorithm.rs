//! The names that XML signatures have for algorithms (XML Signature 1.1, RFC 9231), those of them that are verified.

use crate::wire::certificate_key::{Digest, Scheme};
use crate::wire::xml::c14n::C14nKind;

pub(super) const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub(super) const C14N_10: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const C14N_11: &str = "http://www.w3.org/2006/12/xml-c14n11";
pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
pub(super) const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";

const OF_2001: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const OF_2007: &str = "http://www.w3.org/2007/05/xmldsig-more#";

const METHODS: [(&str, &str, Scheme, Digest); 10] = [
    (OF_2001, "rsa-sha256", Scheme::RsaPkcs1, Digest::Sha256),
    (OF_2001, "rsa-sha384", Scheme::RsaPkcs1, Digest::Sha384),
    (OF_2001, "rsa-sha512", Scheme::RsaPkcs1, Digest::Sha512),
    (OF_2007, "sha256-rsa-MGF1", Scheme::RsaPss, Digest::Sha256),
    (OF_2007, "sha384-rsa-MGF1", Scheme::RsaPss, Digest::Sha384),
    (OF_2007, "sha512-rsa-MGF1", Scheme::RsaPss, Digest::Sha512),
    // Without parameters it is of SHA-256.
    (OF_2007, "rsa-pss", Scheme::RsaPss, Digest::Sha256),
    (OF_2001, "ecdsa-sha256", Scheme::Ecdsa, Digest::Sha256),
    (OF_2001, "ecdsa-sha384", Scheme::Ecdsa, Digest::Sha384),
    (OF_2001, "ecdsa-sha512", Scheme::Ecdsa, Digest::Sha512),
];

/// How a signature value is made from `SignedInfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    name: &'static str,
    /// How the value is made from the digest.
    pub scheme: Scheme,
    /// The digest.
    pub digest: Digest,
}

impl Method {
    /// The name at the end of its URI.
    pub fn name(self) -> &'static str {
        self.name
    }

    pub(super) fn named(uri: &str) -> Option<Self> {
        let (_, name, scheme, digest) =
            METHODS.into_iter().find(|(space, name, ..)| uri.strip_prefix(space) == Some(name))?;
        Some(Self { name, scheme, digest })
    }
}

/// The digest that a `DigestMethod` names.
pub(super) fn digest(uri: &str) -> Option<Digest> {
    match uri {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Some(Digest::Sha256),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Some(Digest::Sha384),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Some(Digest::Sha512),
        _ => None,
    }
}

/// The canonical form that a URI names, and whether comments stay in it.
pub(super) fn c14n(uri: &str) -> Option<(C14nKind, bool)> {
    let kinds =
        [(EXCLUSIVE_C14N, C14nKind::Exclusive), (C14N_10, C14nKind::Inclusive10), (C14N_11, C14nKind::Inclusive11)];
    kinds.into_iter().find_map(|(start, kind)| match uri.strip_prefix(start)? {
        "" => Some((kind, false)),
        "WithComments" if kind == C14nKind::Exclusive => Some((kind, true)),
        "#WithComments" if kind != C14nKind::Exclusive => Some((kind, true)),
        _ => None,
    })
}
