//! Compact and detached JSON Web Signatures (RFC 7515) with a certificate chain in the header.
