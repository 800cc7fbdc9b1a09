//! XML as the reference system writes it: a tree of elements, written plainly or in exclusive
//! canonical form (W3C, without comments). One tree for both, so that what is signed is what is sent.

/// Namespace of HL7 v3 messages and CDA documents.
pub const HL7: &str = "urn:hl7-org:v3";
/// Namespace of the Finnish extensions of CDA.
pub const FINLAND: &str = "urn:hl7finland";
/// Namespace of XML signatures.
pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// Namespace of SOAP 1.1 envelopes.
pub const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Namespace of SOAP 1.2 envelopes.
pub const SOAP12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// How the same XML may be written in several ways that mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    /// Prefix of the HL7 namespace; empty for the default namespace.
    pub hl7: &'static str,
    /// Prefix of the Finnish namespace.
    pub finland: &'static str,
    /// What stands between elements outside the signed parts; nothing where `None`.
    pub line_end: Option<&'static str>,
    /// Columns after which Base64 goes on in a new line; never where `None`.
    pub base64_columns: Option<usize>,
}

impl Spelling {
    fn prefix(&self, space: &str) -> &'static str {
        match space {
            HL7 => self.hl7,
            FINLAND => self.finland,
            DSIG => "ds",
            _ => "soap",
        }
    }
}

/// An element whose attributes have no namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    space: &'static str,
    name: String,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
    declared: &'static [&'static str],
    tight: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Element(Element),
    Text(String),
}

/// An element of the HL7 namespace.
pub fn hl7(name: impl Into<String>) -> Element {
    Element::new(HL7, name)
}

/// An element of the Finnish namespace.
pub fn finland(name: impl Into<String>) -> Element {
    Element::new(FINLAND, name)
}

/// An element of the namespace of XML signatures.
pub fn dsig(name: impl Into<String>) -> Element {
    Element::new(DSIG, name)
}

impl Element {
    /// An empty element.
    pub fn new(space: &'static str, name: impl Into<String>) -> Self {
        Self { space, name: name.into(), attributes: vec![], content: vec![], declared: &[], tight: false }
    }

    /// With one more attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With text after what it holds.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    /// With more child elements.
    #[must_use]
    pub fn holding(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Content::Element));
        self
    }

    /// With these namespaces declared here, whether this element uses them or not.
    #[must_use]
    pub fn declaring(mut self, spaces: &'static [&'static str]) -> Self {
        self.declared = spaces;
        self
    }

    /// Without line ends inside: for what is signed.
    #[must_use]
    pub fn tight(mut self) -> Self {
        self.tight = true;
        self
    }

    /// Written plainly.
    pub fn write(&self, spelling: &Spelling) -> String {
        self.written(spelling, false)
    }

    /// In exclusive canonical form, as the apex of what is signed.
    pub fn canonical(&self, spelling: &Spelling) -> String {
        self.written(spelling, true)
    }

    fn written(&self, spelling: &Spelling, canonical: bool) -> String {
        let mut writer = Writer { out: String::new(), spelling, canonical, scope: vec![] };
        writer.element(self, canonical);
        writer.out
    }
}

struct Writer<'a> {
    out: String,
    spelling: &'a Spelling,
    canonical: bool,
    scope: Vec<&'static str>,
}

impl Writer<'_> {
    fn element(&mut self, element: &Element, tight: bool) {
        let outer = self.scope.len();
        let name = self.qualified(element);
        self.out.push('<');
        self.out.push_str(&name);
        self.declarations(element);
        self.attributes(element);
        if element.content.is_empty() && !self.canonical {
            self.out.push_str("/>");
        } else {
            self.out.push('>');
            self.content(element, tight || element.tight);
            self.out.push_str(&format!("</{name}>"));
        }
        self.scope.truncate(outer);
    }

    fn qualified(&self, element: &Element) -> String {
        match self.spelling.prefix(element.space) {
            "" => element.name.clone(),
            prefix => format!("{prefix}:{}", element.name),
        }
    }

    /// Canonical form declares only what an element itself uses, at the outermost place.
    fn declarations(&mut self, element: &Element) {
        let extra: &[&'static str] = if self.canonical { &[] } else { element.declared };
        for space in extra.iter().chain([&element.space]) {
            if self.scope.contains(space) {
                continue;
            }
            self.scope.push(space);
            match self.spelling.prefix(space) {
                "" => self.attribute("xmlns", space),
                prefix => self.attribute(&format!("xmlns:{prefix}"), space),
            }
        }
    }

    fn attributes(&mut self, element: &Element) {
        let mut attributes: Vec<_> = element.attributes.iter().collect();
        if self.canonical {
            attributes.sort_by_key(|(name, _)| *name);
        }
        for (name, value) in attributes {
            self.attribute(name, value);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\"{}\"", escape_attribute(value)));
    }

    fn content(&mut self, element: &Element, tight: bool) {
        let spaced = !tight && element.content.iter().all(|content| !matches!(content, Content::Text(_)));
        let line_end = self.spelling.line_end.filter(|_| spaced && !element.content.is_empty());
        for content in &element.content {
            self.out.push_str(line_end.unwrap_or_default());
            match content {
                Content::Element(child) => self.element(child, tight),
                Content::Text(text) => self.out.push_str(&escape_text(text)),
            }
        }
        self.out.push_str(line_end.unwrap_or_default());
    }
}

/// Text of an element with what the canonical form escapes; characters that XML forbids become U+FFFD.
pub fn escape_text(text: &str) -> String {
    escape(text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escape_attribute(value: &str) -> String {
    escape(value, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escape(text: &str, named: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match named(character) {
            Some(reference) => out.push_str(reference),
            None if is_forbidden(character) => out.push('\u{FFFD}'),
            None => out.push(character),
        }
    }
    out
}

fn is_forbidden(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{Element, FINLAND, HL7, Spelling, finland, hl7};

    const PLAIN: Spelling = Spelling { hl7: "", finland: "fi", line_end: None, base64_columns: None };

    fn sample() -> Element {
        hl7("b").with("z", "1\n").with("a", "\"<").holding([hl7("c"), finland("d").text("x > y\r"), finland("e")])
    }

    #[test]
    fn the_canonical_form_is_that_of_the_recommendation() {
        let expected = "<b xmlns=\"urn:hl7-org:v3\" a=\"&quot;&lt;\" z=\"1&#xA;\"><c></c>\
            <fi:d xmlns:fi=\"urn:hl7finland\">x &gt; y&#xD;</fi:d><fi:e xmlns:fi=\"urn:hl7finland\"></fi:e></b>";
        assert_eq!(sample().canonical(&PLAIN), expected);
    }

    #[test]
    fn the_plain_form_declares_a_namespace_once() {
        let written = hl7("a").declaring(&[HL7, FINLAND]).holding([sample()]).write(&PLAIN);
        assert_eq!(written.matches("xmlns").count(), 2);
        assert!(written.contains("<c/>") && written.contains("z=\"1&#xA;\" a="));
    }

    #[test]
    fn line_ends_stay_out_of_tight_elements() {
        let spelling = Spelling { line_end: Some("\r\n"), ..PLAIN };
        let written = hl7("a").holding([hl7("b").tight().holding([hl7("c")]), hl7("d").text("t")]).write(&spelling);
        assert_eq!(written, "<a xmlns=\"urn:hl7-org:v3\">\r\n<b><c/></b>\r\n<d>t</d>\r\n</a>");
    }

    proptest::proptest! {
        #[test]
        fn any_text_reads_back(text in "[^\u{0}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{FFFE}\u{FFFF}]{0,20}") {
            let written = hl7("a").with("v", text.as_str()).text(text.as_str()).write(&PLAIN);
            let read = roxmltree::Document::parse(&written).expect("well-formed");
            proptest::prop_assert_eq!(read.root_element().text().unwrap_or_default(), &text);
            proptest::prop_assert_eq!(read.root_element().attribute("v"), Some(text.as_str()));
        }
    }
}
