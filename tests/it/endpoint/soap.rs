//! What SOAP, MIME and XML ask of who answers: headers, versions, packages, encodings.

use super::messages::Draft;
use super::world::World;

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

#[tokio::test]
async fn a_header_that_must_be_understood_is_not() {
    for (space, kind, status, value) in
        [(SOAP_11, "text/xml", 500, "1"), (SOAP_12, "application/soap+xml", 500, "true")]
    {
        let world = World::start().await;
        let message = Draft::of("client-document").finish(&world.identities).replace(SOAP_11, space);
        let with = |attributes: &str| {
            let header = format!("<soap:Header><h xmlns=\"urn:h\" {attributes}/></soap:Header><soap:Body>");
            message.replacen("<soap:Body>", &header, 1)
        };
        let answer = world.post_as(kind, with(&format!("soap:mustUnderstand=\"{value}\""))).await.expect("answer");
        assert_eq!(answer.status(), status);
        let text = answer.text().await.expect("text");
        assert!(text.contains(">soap:MustUnderstand<") && text.contains("{urn:h}h"), "{text}");
        assert_eq!(world.stored(), 0);
        let answer = world.post_as(kind, with("soap:mustUnderstand=\"0\"")).await.expect("answer");
        assert!(answer.text().await.expect("text").contains("<typeCode code=\"AA\"/>"));
    }
}

#[tokio::test]
async fn an_envelope_of_another_version_is_told_from_other_faults() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let answer = world.post(message.replace(SOAP_11, "http://www.w3.org/2099/soap-envelope")).await.expect("answer");
    assert_eq!(answer.status(), 500);
    let text = answer.text().await.expect("text");
    assert!(text.contains("<faultcode>soap:VersionMismatch</faultcode>"), "{text}");
}

#[tokio::test]
async fn the_header_of_a_package_tells_its_root() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let body = format!(
        "what no reader shows\r\n--b b\r\nContent-Type: text/xml\r\nContent-ID: <other@x>\r\n\r\n<other/>\r\n--b b\r\n\
         Content-Type: text/xml; charset=UTF-8\r\nContent-ID: <root@x>\r\n\r\n{message}\r\n--b b--\r\n"
    );
    let kind = "multipart/related; boundary=\"b b\"; type=\"text/xml\"";
    let refused = world.post_as(kind, body.clone()).await.expect("answer");
    assert_eq!(refused.status(), 500, "without start the first part is the root");
    let answer = world.post_as(&format!("{kind}; start=\"<root@x>\""), body).await.expect("answer");
    assert!(answer.text().await.expect("text").contains("<typeCode code=\"AA\"/>"));
}

/// How a message becomes bytes.
type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[tokio::test]
async fn the_encoding_is_the_one_that_is_told() {
    let text = |world: &World| Draft::of("client-document").finish(&world.identities);
    let narrow =
        |text: &str| -> Vec<u8> { text.chars().map(|one| u8::try_from(u32::from(one)).expect("letter")).collect() };
    let wide =
        |text: &str| -> Vec<u8> { format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let declared = |text: &str, name: &str| text.replacen("UTF-8", name, 1);
    let table: [(&str, &str, Encode<'_>); 5] = [
        ("declared", "text/xml", &|text| narrow(&declared(text, "ISO-8859-1"))),
        ("declared, the header says otherwise", "text/xml; charset=utf-8", &|text| {
            narrow(&declared(text, "windows-1252"))
        }),
        ("told by the header", "text/xml; charset=ISO-8859-1", &|text| narrow(text)),
        ("UTF-16", "text/xml; charset=utf-16", &|text| wide(&declared(text, "UTF-16"))),
        ("a mark", "text/xml", &|text| format!("\u{FEFF}{text}").into_bytes()),
    ];
    for (what, kind, encode) in table {
        let world = World::start().await;
        let answer = world.post_as(kind, encode(&text(&world))).await.expect("answer");
        let text = answer.text().await.expect("text");
        assert!(text.contains("<typeCode code=\"AA\"/>"), "{what}: {text}");
    }
}

#[tokio::test]
async fn a_signature_that_nobody_can_verify_is_refused() {
    for (what, find, replace) in [
        ("an invented algorithm", "xmldsig-more#rsa-sha256", "xmldsig-more#unheard-of"),
        ("a shared secret", "xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"),
        ("a second SignedInfo", "<ds:SignatureValue", "<ds:SignedInfo/><ds:SignatureValue"),
    ] {
        let world = World::start().await;
        let message = Draft::of("client-document").finish(&world.identities);
        let changed = super::bodies::holding(&message, |document| document.replacen(find, replace, 1).into_bytes());
        let text = world.send(&changed).await;
        assert!(text.contains("<typeCode code=\"AE\"/>") && text.contains("[signature-unverified]"), "{what}: {text}");
        assert_eq!(world.stored(), 0, "{what}");
    }
}
