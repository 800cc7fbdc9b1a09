//! Signing, for documents that the harness itself plays the writer of.

use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding,
    RsaKeyPair,
};
use roxmltree::{Document, Node};

use super::Unverified;
use super::algorithm::Method;
use super::signature::{all, only, signed_info, wanted};
use super::verify::Verifier;
use crate::wire::b64;
use crate::wire::certificate_key::{Digest, Scheme};
use crate::wire::xml::{XML_SIGNATURE, joined_text, line_feeds};
use crate::words::{Said, said};

/// Why a document could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not well-formed.
    #[error("not well-formed XML: {0}")]
    NotWellFormed(String),
    /// No `ds:Signature` with an empty `SignatureValue`.
    #[error("no signature that waits for its value")]
    NothingToSign,
    /// The signature is outside the shape that [`Verifier`] accepts.
    #[error("the signature to be filled is not of the accepted shape: {0}")]
    Shape(Said),
    /// The key could not sign.
    #[error("the key could not sign")]
    Key,
}

/// Fills the first `ds:Signature` of `document` whose `SignatureValue` is empty. It is written with an empty
/// `DigestValue` in each reference and with the certificate in place; all the rest stays as written, byte
/// for byte.
///
/// # Errors
/// See [`SignError`].
pub fn sign(document: &str, key: &RsaKeyPair) -> Result<String, SignError> {
    let digested = with_tree(document, digests)?;
    let digested = splice(document, digested);
    let value = with_tree(&digested, |_, signature| value(signature, key))?;
    Ok(splice(&digested, vec![value]))
}

/// Text to put in, and the byte offset where.
type Insertion = (usize, String);

fn with_tree<T>(
    text: &str,
    work: impl for<'a> FnOnce(&'a Document<'a>, Node<'a, 'a>) -> Result<T, SignError>,
) -> Result<T, SignError> {
    let text = line_feeds(text);
    let tree = Document::parse(&text).map_err(|error| SignError::NotWellFormed(error.to_string()))?;
    let waits = |node: &Node<'_, '_>| {
        node.has_tag_name((XML_SIGNATURE, "Signature"))
            && only(*node, "SignatureValue").is_ok_and(|value| joined_text(value).trim().is_empty())
    };
    let signature = tree.descendants().find(waits).ok_or(SignError::NothingToSign)?;
    work(&tree, signature)
}

fn digests<'a>(tree: &'a Document<'a>, signature: Node<'a, 'a>) -> Result<Vec<Insertion>, SignError> {
    let mut verifier = Verifier::new(tree, None);
    let info = signed_info(signature).map_err(shape)?;
    let digest = |reference: Node<'a, 'a>| {
        let place = content_end(only(reference, "DigestValue")?)?;
        let wanted = wanted(reference).map_err(|unverified| unverified.reason)?;
        let target = verifier.resolve(reference.attribute("URI").unwrap_or_default())?;
        Ok((place, b64::encode(&verifier.digest(target, signature, &wanted)?)))
    };
    all(info.node, "Reference").into_iter().map(digest).collect::<Result<_, _>>().map_err(SignError::Shape)
}

fn value(signature: Node<'_, '_>, key: &RsaKeyPair) -> Result<Insertion, SignError> {
    let info = signed_info(signature).map_err(shape)?;
    let place = only(signature, "SignatureValue").and_then(content_end).map_err(SignError::Shape)?;
    let signed = info.form.write(info.node, None).map_err(|error| SignError::Shape(error.said()))?;
    let mut value = vec![0; key.public().modulus_len()];
    key.sign(encoding(info.method).ok_or(SignError::Key)?, &SystemRandom::new(), signed.as_bytes(), &mut value)
        .map_err(|_| SignError::Key)?;
    Ok((place, b64::encode(&value)))
}

fn shape(unverified: Unverified) -> SignError {
    SignError::Shape(unverified.reason)
}

/// How an RSA key makes a value by `method`; `None` where no RSA key does.
fn encoding(method: Method) -> Option<&'static dyn RsaEncoding> {
    match (method.scheme, method.digest) {
        (Scheme::RsaPkcs1, Digest::Sha256) => Some(&RSA_PKCS1_SHA256),
        (Scheme::RsaPkcs1, Digest::Sha384) => Some(&RSA_PKCS1_SHA384),
        (Scheme::RsaPkcs1, Digest::Sha512) => Some(&RSA_PKCS1_SHA512),
        (Scheme::RsaPss, Digest::Sha256) => Some(&RSA_PSS_SHA256),
        (Scheme::RsaPss, Digest::Sha384) => Some(&RSA_PSS_SHA384),
        (Scheme::RsaPss, Digest::Sha512) => Some(&RSA_PSS_SHA512),
        (Scheme::Ecdsa, _) => None,
    }
}

/// Where the end tag of `node` begins.
fn content_end(node: Node<'_, '_>) -> Result<usize, Said> {
    let range = node.range();
    let tag = node.document().input_text()[range.clone()].rfind("</");
    tag.map(|at| range.start + at).ok_or_else(|| said::has_no_end_tag(node.tag_name().name()))
}

fn splice(text: &str, insertions: Vec<Insertion>) -> String {
    let mut spliced = text.to_owned();
    for (at, insertion) in insertions.into_iter().rev() {
        spliced.insert_str(at, &insertion);
    }
    spliced
}
