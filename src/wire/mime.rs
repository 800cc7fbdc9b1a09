//! The MIME package (multipart/related) that carries a CDA document in an HL7 v3 message.
