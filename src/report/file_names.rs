//! Names of the files of a report.

/// Folder of the messages, within the report's folder.
pub const EXCHANGES: &str = "evidence/exchanges";

/// `0001.request.xml`
pub fn file_name(exchange: u64, kind: &str, body: &[u8]) -> String {
    let ending = match body.trim_ascii_start().strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body.trim_ascii_start()).first()
    {
        Some(b'<') => "xml",
        Some(b'{' | b'[') => "json",
        _ => "txt",
    };
    format!("{exchange:04}.{kind}.{ending}")
}

/// `0001.document.xml` for the document of a request; those of an answer are numbered.
pub fn document_name(exchange: u64, kind: &str, index: usize) -> String {
    match (kind, index) {
        ("request", 0) => format!("{exchange:04}.document.xml"),
        _ => format!("{exchange:04}.{kind}.document-{}.xml", index + 1),
    }
}
