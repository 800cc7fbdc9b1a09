//! Reads reports of mail that could not be delivered (RFC 3464).

use mail_parser::{MessageParser, MimeHeaders};

/// Most addresses of one report.
const MOST: usize = 1000;

/// Addresses to which delivery failed for good, as the report `bytes` says; none where it is no such report.
pub fn failed_addresses(bytes: &[u8]) -> Vec<String> {
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let is_status = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            kind.ctype() == "message" && kind.subtype().is_some_and(|subtype| subtype == "delivery-status")
        })
    };
    let mut failed = Vec::new();
    for part in message.parts.iter().filter(is_status) {
        let text = String::from_utf8_lossy(part.contents()).replace("\r\n", "\n");
        failed.extend(text.split("\n\n").filter_map(failed_in));
    }
    failed.truncate(MOST);
    failed
}

/// The address of one group of fields, if its delivery failed for good.
fn failed_in(group: &str) -> Option<String> {
    let field = |name: &str| {
        let lines = group.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim())
    };
    let is_final = field("Action")?.eq_ignore_ascii_case("failed") && field("Status")?.starts_with('5');
    let address = field("Final-Recipient").or_else(|| field("Original-Recipient"))?;
    let address = address.split_once(';').map_or(address, |(_, address)| address).trim();
    (is_final && address.parse::<lettre::Address>().is_ok()).then(|| address.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::failed_addresses;

    const REPORT: &str = "From: MAILER-DAEMON@example.org\r\nTo: kanta@example.org\r\nSubject: Undelivered\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mail.example.org\r\n\r\n\
        Final-Recipient: rfc822; Maija@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
        Final-Recipient: rfc822; later@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n--b--\r\n";

    #[test]
    fn only_what_failed_for_good_counts() {
        assert_eq!(failed_addresses(REPORT.as_bytes()), ["maija@example.org"]);
        assert!(failed_addresses(b"Subject: hello\r\n\r\nmaija@example.org Status: 5.1.1").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let _ = failed_addresses(&bytes);
            let _ = failed_addresses(&[REPORT.as_bytes(), &bytes].concat());
        }
    }
}
