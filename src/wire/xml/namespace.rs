//! Namespaces of messages and documents.

/// Namespace of HL7 v3 messages and of CDA R2.
pub const HL7: &str = "urn:hl7-org:v3";
/// Namespace of Finland's extensions to CDA R2.
pub const HL7_FINLAND: &str = "urn:hl7finland";
/// Namespace of XML signatures.
pub const XML_SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
