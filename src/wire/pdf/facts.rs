//! What rules ask of a PDF file.

use super::claim::{PdfClaim, claim};
use super::file::{PdfError, PdfFile, check_frame};
use super::objects::{Objects, reference};
use super::token::Tokens;

/// What rules ask of a PDF file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfFacts {
    /// What its metadata say of PDF/A.
    pub claim: PdfClaim,
    /// Of the names that were sought those in its dictionaries, outside of content streams: keys, types, kinds of
    /// actions.
    pub names: Vec<String>,
}

/// Reads `bytes` as a PDF file in which `sought` are looked for.
///
/// # Errors
/// See [`PdfError`].
pub fn read_pdf(bytes: &[u8], sought: &[&str]) -> Result<PdfFacts, PdfError> {
    check_frame(bytes)?;
    let file = PdfFile::cut(bytes)?;
    let objects = Objects::of(&file)?;
    let root = file.outside().filter_map(|text| reference(text, "Root")).last();
    let catalog = root.and_then(|number| objects.get(number)).ok_or(PdfError::Catalog)?;
    let claim = claim(&file, &objects, &catalog.text)?;
    let mut names: Vec<&str> = Vec::new();
    for token in file.outside().chain(objects.packed()).flat_map(Tokens::of) {
        let found = sought.iter().find(|name| token.is_name(name) && !names.contains(name));
        names.extend(found);
    }
    Ok(PdfFacts { claim, names: names.into_iter().map(str::to_owned).collect() })
}

#[cfg(test)]
pub(super) mod tests {
    use super::{PdfClaim, PdfError, PdfFacts};

    fn read_pdf(bytes: &[u8]) -> Result<PdfFacts, PdfError> {
        super::read_pdf(bytes, &["JavaScript", "Launch"])
    }

    /// A file with this catalog and these metadata.
    pub fn file(catalog: &str, metadata: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Metadata 2 0 R {catalog} >>\nendobj\n2 0 obj\n<< /Type /Metadata \
             /Subtype /XML /Length {} >>\nstream\n{metadata}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 3 >>\n\
             startxref\n9\n%%EOF\n",
            metadata.len()
        )
        .into_bytes()
    }

    pub fn packet(inside: &str) -> String {
        format!(
            "<?xpacket begin=\"\" id=\"a\"?><r:RDF xmlns:r=\"urn:r\" xmlns:p=\"http://www.aiim.org/pdfa/ns/id/\">{inside}\
             </r:RDF><?xpacket end=\"w\"?>"
        )
    }

    fn claimed(inside: &str) -> PdfClaim {
        read_pdf(&file("", &packet(inside))).expect("PDF").claim
    }

    #[test]
    fn a_claim_is_an_attribute_or_an_element() {
        let is = PdfClaim::PdfA { part: "1".into(), conformance: "B".into() };
        assert_eq!(claimed("<d p:part=\"1\" p:conformance=\"B\"/>"), is);
        assert_eq!(claimed("<d><p:part>1</p:part><p:conformance>B</p:conformance></d>"), is);
        assert_eq!(claimed("<d part=\"1\"/>"), PdfClaim::Nothing);
        assert!(matches!(read_pdf(&file("", "<a>")).map(|facts| facts.claim), Ok(PdfClaim::Unreadable(_))));
        let bare = String::from_utf8(file("", "<a/>")).expect("text").replace("/Metadata 2 0 R", "");
        assert_eq!(read_pdf(bare.as_bytes()).map(|facts| facts.claim), Ok(PdfClaim::NoMetadata));
    }

    #[test]
    fn names_are_seen_however_they_are_written_and_not_in_texts() {
        let names = |catalog: &str| read_pdf(&file(catalog, &packet(""))).expect("PDF").names;
        assert!(names("/OpenAction << /S /J#61vaScript >>").contains(&"JavaScript".to_owned()));
        assert!(!names("/Title (see /Launch) % /Launch\n").contains(&"Launch".to_owned()));
    }

    #[test]
    fn packed_and_deflated_objects_are_seen() {
        let objects = b"1 0 7 32 <</Type/Catalog/Metadata 2 0 R>><</S/Launch>>";
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(objects, 6);
        let metadata = miniz_oxide::deflate::compress_to_vec_zlib(packet("<d p:part=\"2\"/>").as_bytes(), 6);
        let mut bytes = b"%PDF-1.5\n5 0 obj <</Type/ObjStm/N 2/First 9/Filter/FlateDecode>>\nstream\n".to_vec();
        bytes.extend(&packed);
        bytes.extend(b"\nendstream endobj 2 0 obj <</Type/Metadata/Filter/FlateDecode>>\nstream\n");
        bytes.extend(&metadata);
        bytes.extend(
            b"\nendstream endobj 9 0 obj <</Type/XRef/Root 1 0 R>>\nstream\n\nendstream endobj startxref 9 %%EOF",
        );
        let facts = read_pdf(&bytes).expect("PDF");
        assert_eq!(facts.claim, PdfClaim::PdfA { part: "2".into(), conformance: String::new() });
        assert!(facts.names.contains(&"Launch".to_owned()));
    }

    #[test]
    fn what_is_no_file_is_named() {
        let whole = file("", &packet(""));
        let fault = |bytes: &[u8]| read_pdf(bytes).expect_err("refused");
        assert_eq!(fault(b""), PdfError::Header);
        assert_eq!(fault(&whole[1..]), PdfError::Header);
        assert_eq!(fault(&whole[..whole.len() - 7]), PdfError::End);
        assert_eq!(fault(&[&whole[..], b"<html/>"].concat()), PdfError::End);
        let text = String::from_utf8(whole).expect("text");
        assert_eq!(fault(text.replace("/Root 1 0 R", "/Root 8 0 R").as_bytes()), PdfError::Catalog);
        assert_eq!(fault(text.replace("startxref\n9", "startxref\n99999").as_bytes()), PdfError::End);
    }

    #[test]
    fn a_stream_that_grows_beyond_measure_is_refused() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 17 * 1024 * 1024], 9);
        let mut bytes = b"%PDF-1.5\n5 0 obj <</Type/ObjStm/Filter/FlateDecode>>\nstream\n".to_vec();
        bytes.extend(&bomb);
        bytes.extend(b"\nendstream endobj trailer <</Root 1 0 R>> startxref 9 %%EOF");
        assert_eq!(read_pdf(&bytes), Err(PdfError::Inflated));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_pdf(&bytes);
        }

        #[test]
        fn no_change_of_one_place_panics(at in 0_usize..600, length in 0_usize..40, text in "[ -~\r\n]{0,8}") {
            let whole = String::from_utf8(file("/A 1", &packet("<d p:part=\"1\"/>"))).expect("text");
            let (before, rest) = (whole.get(..at).unwrap_or_default(), whole.get(at + length..).unwrap_or_default());
            let _: Result<PdfFacts, _> = read_pdf(format!("{before}{text}{rest}").as_bytes());
        }
    }
}
