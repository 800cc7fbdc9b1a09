//! Messages that are written otherwise than usual, and messages that are broken inside: each with the answer
//! that Kanta gives.

use super::messages::Draft;
use super::world::{Plan, World};

/// What comes back.
enum Answered {
    /// An acknowledgement AE that names this finding.
    Refused(&'static str),
    /// A SOAP fault of the caller with this text.
    Fault(&'static str),
}
use Answered::{Fault, Refused};

/// The message with its Base64 package replaced by what `change` makes of it.
fn repacked(message: &str, change: impl Fn(&str) -> String) -> String {
    let (before, rest) = message.split_once("representation=\"B64\">").expect("package");
    let (package, after) = rest.split_once("</text>").expect("package");
    format!("{before}representation=\"B64\">{}</text>{after}", change(package))
}

fn in_lines(package: &str, end: &str) -> String {
    package.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + end).collect()
}

/// The middle of the package, where four characters stand for three bytes.
fn middle(package: &str) -> usize {
    package.len() / 8 * 4
}

/// The message with another text in place of the document in its package.
pub fn holding(message: &str, change: impl Fn(String) -> Vec<u8>) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    repacked(message, |package| {
        let mime = String::from_utf8(STANDARD.decode(package).expect("Base64")).expect("UTF-8");
        let at = mime.find("<?xml").expect("document");
        let (head, rest) = mime.split_at(at);
        let (document, tail) = rest.split_at(rest.find("\r\n--b--").expect("end"));
        STANDARD.encode([head.as_bytes(), &change(document.to_owned()), tail.as_bytes()].concat())
    })
}

fn wide(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn undeclared(text: &str) -> String {
    text.replacen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "", 1)
}

#[tokio::test]
async fn a_message_counts_however_it_is_written() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let table: [(&str, Vec<u8>); 12] = [
        ("no XML declaration", undeclared(&message).into_bytes()),
        ("a byte order mark", [b"\xEF\xBB\xBF", message.as_bytes()].concat()),
        ("CRLF between elements", message.replace('\n', "\r\n").into_bytes()),
        ("white space after the end", format!("{message}\r\n\r\n").into_bytes()),
        ("a package in lines", repacked(&message, |package| in_lines(package, "\n")).into_bytes()),
        ("a package in lines with CRLF", repacked(&message, |package| in_lines(package, "\r\n")).into_bytes()),
        ("CR as a reference", repacked(&message, |package| in_lines(package, "&#13;\n")).into_bytes()),
        ("white space around", repacked(&message, |package| format!("\r\n\t  {package}  \r\n")).into_bytes()),
        ("comments around", repacked(&message, |package| format!("<!-- a -->{package}<!-- b -->")).into_bytes()),
        (
            "a comment within",
            repacked(&message, |package| {
                let (head, tail) = package.split_at(middle(package));
                format!("{head}<!-- a -->{tail}")
            })
            .into_bytes(),
        ),
        ("CDATA", repacked(&message, |package| format!("<![CDATA[{package}]]>")).into_bytes()),
        ("a processing instruction", message.replacen("<soap:Envelope", "<?a b?><soap:Envelope", 1).into_bytes()),
    ];
    for (what, body) in table {
        // The same message in other bytes is another message to an archive, so that each has its own.
        let world =
            World::with(Plan { signers: world.identities.authority.clone().into_bytes(), ..Plan::default() }).await;
        let answer = world.post(body).await.expect("answer");
        let text = answer.text().await.expect("text");
        assert!(text.contains("<typeCode code=\"AA\"/>"), "{what}: {text}");
        assert_eq!(world.stored(), 1, "{what}");
    }
}

#[tokio::test]
async fn what_is_broken_inside_gets_the_answer_that_fits() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let entities = "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>";
    let table: [(&str, Vec<u8>, Answered); 14] = [
        (
            "an undeclared entity",
            message.replacen("<soap:Body>", "<soap:Body>&x;", 1).into_bytes(),
            Fault("[message-unreadable]"),
        ),
        (
            "a parameter entity",
            undeclared(&message).replacen("<soap", &format!("{entities}<soap"), 1).into_bytes(),
            Fault("document type declaration"),
        ),
        ("UTF-16 that declares itself UTF-8", wide(&message), Fault("the XML declaration says UTF-8")),
        (
            "windows-1252, undeclared",
            message.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect(),
            Fault("is not UTF-8"),
        ),
        ("a declaration that is not the first", format!("\n{message}").into_bytes(), Fault("[message-unreadable]")),
        ("two envelopes", message.clone().repeat(2).into_bytes(), Fault("[message-unreadable]")),
        ("half of it", message.as_bytes()[..message.len() / 2].to_vec(), Fault("[message-unreadable]")),
        (
            "a package that is no Base64",
            repacked(&message, |package| format!("*{package}")).into_bytes(),
            Refused("package"),
        ),
        (
            "half a package",
            repacked(&message, |package| package[..middle(package)].to_owned()).into_bytes(),
            Refused(""),
        ),
        ("an empty package", repacked(&message, |_| String::new()).into_bytes(), Refused("")),
        ("a document in UTF-16", holding(&message, |document| wide(&document)).into_bytes(), Refused("")),
        (
            "a document in windows-1252, undeclared",
            holding(&message, |document| {
                document.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
            })
            .into_bytes(),
            Refused(""),
        ),
        (
            "a document with entities",
            holding(&message, |document| {
                undeclared(&document).replacen("<Clin", &format!("{entities}<Clin"), 1).into_bytes()
            })
            .into_bytes(),
            Refused(""),
        ),
        (
            "a deep document",
            holding(&message, |_| format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(100_000)).into_bytes())
                .into_bytes(),
            Refused(""),
        ),
    ];
    for (what, body, answered) in table {
        let answer = world.post(body).await.expect("answer");
        let (status, text) = (answer.status().as_u16(), answer.text().await.expect("text"));
        match answered {
            Refused(finding) => {
                assert!(status == 200 && text.contains("<typeCode code=\"AE\"/>"), "{what}: {status} {text}");
                assert!(text.contains("[") && text.contains(finding), "{what}: {text}");
            }
            Fault(reason) => {
                assert!(
                    status == 500 && text.contains("<faultcode>soap:Client</faultcode>"),
                    "{what}: {status} {text}"
                );
                assert!(text.contains(reason), "{what}: {text}");
            }
        }
    }
    assert_eq!(world.stored(), 0);
    let packed = world.client.post(world.kanta.archive_url()).header("content-encoding", "gzip");
    let answer = packed.header("content-type", "text/xml").body(vec![0x1F, 0x8B, 8, 0]).send().await.expect("answer");
    assert_eq!(answer.status(), 415, "what is packed cannot be searched");
    assert!(world.last().request.body.bytes().is_empty(), "and is not kept");
}

/// The message with another text in place of one form of the body, whose signature does not hold then.
fn with_form(message: &str, element: &str, form: &[u8]) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    holding(message, |document| {
        let start = document.find(element).expect("form") + element.len();
        let end = start + document[start..].find('<').expect("end");
        format!("{}{}{}", &document[..start], STANDARD.encode(form), &document[end..]).into_bytes()
    })
}

/// What the body holds is read like the message: no other encoding, no entities, no flood.
#[tokio::test]
async fn what_is_broken_in_a_form_of_the_body_is_named() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let (display, json) = ("representation=\"B64\">", "<hl7fi:json>");
    let entities = "<!DOCTYPE div [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><div>&x;</div>";
    let table: [(&str, &str, Vec<u8>, &str); 7] = [
        ("XHTML in UTF-16", display, wide("<div/>"), "[display-form-wrong]"),
        ("XHTML in windows-1252", display, b"<div>\xE4</div>".to_vec(), "[body-unreadable]"),
        ("XHTML with entities", display, entities.as_bytes().to_vec(), "[body-unreadable]"),
        ("deep XHTML", display, "<div>".repeat(10_000).into_bytes(), "[body-unreadable]"),
        ("JSON in UTF-16", json, wide("{}"), "[body-unreadable]"),
        ("JSON in windows-1252", json, b"{\"a\": \"\xE4\"}".to_vec(), "[body-unreadable]"),
        ("deep JSON", json, "[".repeat(10_000).into_bytes(), "[json-invalid]"),
    ];
    for (what, element, form, finding) in table {
        let answer = world.post(with_form(&message, element, &form).into_bytes()).await.expect("answer");
        let (status, text) = (answer.status().as_u16(), answer.text().await.expect("text"));
        assert!(status == 200 && text.contains("<typeCode code=\"AE\"/>"), "{what}: {status} {text}");
        assert!(text.contains("[signature-body-differs]") && text.contains(finding), "{what}: {text}");
    }
    assert_eq!(world.stored(), 0);
}
