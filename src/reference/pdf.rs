//! PDF/A-1b documents (ISO 19005-1): one page of text in a font that the file carries itself, in a colour space
//! that needs no device, with metadata that say what the file is.

use std::collections::BTreeMap;
use std::fmt::Write;

use ring::digest;

use super::faults::Fault;
use super::glyphs::glyph;
use super::xml::escape_text;

/// Letters of one line.
const COLUMNS: usize = 74;
const PRODUCER: &str = "kantakoe reference system";
/// Number of the object with the first glyph; those before have fixed numbers.
const FIRST_GLYPH: usize = 8;

/// What a document shows.
pub struct PdfText<'a> {
    /// OID of the document, from which the identifier of the file is made.
    pub id: &'a str,
    /// Title in the metadata.
    pub title: &'a str,
    /// Paragraphs of the page.
    pub paragraphs: &'a [String],
    /// What is done wrong.
    pub fault: Option<Fault>,
}

impl PdfText<'_> {
    /// The file.
    pub fn write(&self) -> Vec<u8> {
        let lines: Vec<String> = self.paragraphs.iter().flat_map(|text| folded(text)).collect();
        let letters: BTreeMap<u8, char> =
            lines.iter().flat_map(|line| line.chars()).map(|letter| (code(letter), glyph(letter).0)).collect();
        let mut objects = vec![
            self.catalog(FIRST_GLYPH + letters.len()),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> \
             /ColorSpace << /CS0 [/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>] >> >> >>"
                .to_owned(),
            font(&letters),
            stream("", &page(&lines)),
            stream("/Type /Metadata /Subtype /XML ", &self.metadata()),
            format!("<< /Title {} /Producer ({PRODUCER}) >>", wide(self.title)),
        ];
        objects.extend(letters.values().map(|letter| stream("", &drawn(glyph(*letter).2))));
        if self.fault == Some(Fault::PdfEmbedsFile) {
            let number = objects.len() + 2;
            objects.push(format!("<< /Type /Filespec /F (liite.txt) /EF << /F {number} 0 R >> >>"));
            objects.push(stream("/Type /EmbeddedFile ", "Liite"));
        }
        self.joined(&objects)
    }

    /// The catalog; an embedded file would have the number `next`.
    fn catalog(&self, next: usize) -> String {
        let deviation = match self.fault {
            Some(Fault::PdfWithScript) => "/OpenAction << /S /JavaScript /JS (app.beep\\(0\\)) >> ".to_owned(),
            Some(Fault::PdfEmbedsFile) => format!("/Names << /EmbeddedFiles << /Names [(liite.txt) {next} 0 R] >> >> "),
            _ => String::new(),
        };
        format!("<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Lang (fi) {deviation}>>")
    }

    fn metadata(&self) -> String {
        let claim = if self.fault == Some(Fault::PdfNotArchival) {
            ""
        } else {
            "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        };
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">{claim}<dc:title><rdf:Alt>\
             <rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title><pdf:Producer>{PRODUCER}</pdf:Producer>\
             </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
            escape_text(self.title)
        )
    }

    /// The file with its objects, which are numbered from 1, and their places.
    fn joined(&self, objects: &[String]) -> Vec<u8> {
        let mut file = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut places = String::new();
        for (number, object) in objects.iter().enumerate() {
            places.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
        }
        let (start, size) = (file.len(), objects.len() + 1);
        let digest = digest::digest(&digest::SHA256, self.id.as_bytes());
        let id: String = digest.as_ref().iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        let end = format!(
            "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R /Info 7 0 R \
             /ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n"
        );
        file.extend(end.into_bytes());
        file
    }
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries}/Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A font whose glyphs are drawn by the file itself.
fn font(letters: &BTreeMap<u8, char>) -> String {
    let (first, last) = (letters.keys().next().copied().unwrap_or(32), letters.keys().last().copied().unwrap_or(32));
    let width = |code: u8| if letters.contains_key(&code) { "6" } else { "0" };
    let widths: Vec<&str> = (first..=last).map(width).collect();
    let mut names = String::new();
    let mut procedures = String::new();
    for (number, (code, letter)) in letters.iter().enumerate() {
        let name = glyph(*letter).1;
        // Writing to a text never fails.
        let _ = write!(names, " {code} /{name}");
        let _ = write!(procedures, " /{name} {} 0 R", FIRST_GLYPH + number);
    }
    format!(
        "<< /Type /Font /Subtype /Type3 /Name /F1 /FontBBox [0 -1 5 7] /FontMatrix [0.125 0 0 0.125 0 0] /FirstChar \
         {first} /LastChar {last} /Widths [{}] /Resources << >> /Encoding << /Type /Encoding /Differences [{names} ] >> \
         /CharProcs <<{procedures} >> >>",
        widths.join(" ")
    )
}

/// A glyph as a procedure: one square for each dot.
fn drawn(columns: [u8; 5]) -> String {
    let mut squares = "6 0 0 -1 5 7 d1".to_owned();
    for (x, column) in columns.into_iter().enumerate() {
        for row in (0..8_i32).filter(|row| column & (1 << row) != 0) {
            let _ = write!(squares, "\n{x} {} 1 1 re", 6 - row);
        }
    }
    if squares.ends_with("re") { squares + "\nf" } else { squares }
}

fn page(lines: &[String]) -> String {
    let mut content = "/CS0 cs 0 sc\nBT\n/F1 10 Tf\n14 TL\n50 780 Td\n".to_owned();
    for line in lines {
        let written: String = line.chars().map(|letter| octal(code(letter))).collect();
        let _ = writeln!(content, "({written}) Tj T*");
    }
    content + "ET"
}

/// The code of a letter: Latin-1, as far as there is a glyph.
fn code(letter: char) -> u8 {
    u8::try_from(u32::from(glyph(letter).0)).unwrap_or(b'?')
}

/// A byte in a string: a text is searched by people and programs, so what is plain stays so.
fn octal(code: u8) -> String {
    let is_plain = code.is_ascii_graphic() && !matches!(code, b'(' | b')' | b'\\') || code == b' ';
    if is_plain { char::from(code).to_string() } else { format!("\\{code:03o}") }
}

/// A text string in UTF-16.
fn wide(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

/// Lines of whole words, where no word is longer than a line.
fn folded(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(word.to_owned());
        } else {
            let space = if lines[last].is_empty() { "" } else { " " };
            lines[last] = format!("{}{space}{word}", lines[last]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::PdfText;

    #[test]
    fn the_page_and_the_metadata_say_what_they_should() {
        let paragraphs = ["Näyteteksti kk-7-1.".to_owned(), "sana ".repeat(40)];
        let file = PdfText { id: "1.2.3", title: "Merkintä", paragraphs: &paragraphs, fault: None }.write();
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("(N\\344yteteksti kk-7-1.) Tj T*"), "{text}");
        assert!(text.contains("<pdfaid:part>1</pdfaid:part>") && text.contains("/Title <FEFF004D"));
        assert_eq!(text.matches(" Tj T*").count(), 4);
        let places = text.lines().filter(|line| line.ends_with(" n ")).map(|line| line[..10].parse::<usize>());
        for (number, place) in places.enumerate() {
            let place = place.expect("place");
            assert!(file[place..].starts_with(format!("{} 0 obj", number + 1).as_bytes()));
        }
    }
}
