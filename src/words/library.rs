//! What libraries, the operating system and the listener say of a connection that fails, as evidence keeps it, in the
//! languages of the reports.

use super::{Said, said};

/// Fixed texts.
type Fixed = (&'static str, fn() -> Said);
/// Texts that begin so, with the rest of the text as value; `until` ends it.
type Begun = (&'static str, &'static str, fn(&str) -> Said);

const FIXED: [Fixed; 11] = [
    ("connection closed before message completed", said::connection_closed_before_message_completed),
    ("operation timed out", said::operation_timed_out),
    ("deadline has elapsed", said::deadline_has_elapsed),
    ("builder error", said::builder_error),
    ("relative URL without a base", said::relative_url_without_a_base),
    ("tls handshake eof", said::tls_handshake_eof),
    ("peer sent no certificates", said::peer_sent_no_certificates),
    ("the handshake was not finished in time", said::the_handshake_was_not_finished_in_time),
    ("the body did not arrive in time", said::the_body_did_not_arrive_in_time),
    ("the body broke off", said::the_body_broke_off),
    ("it holds an identity code outside the 900 series", said::it_holds_an_identity_code_outside_the),
];
const BEGUN: [Begun; 9] = [
    ("missing field ", "", |rest| said::missing_field(rest)),
    ("the archive failed: ", "", |rest| said::the_archive_failed(rest)),
    ("more than ", " bytes", |rest| said::more_than_bytes(rest)),
    ("Connection refused (os error ", ")", |rest| said::connection_refused_os_error(rest)),
    ("Connection reset by peer (os error ", ")", |rest| said::connection_reset_by_peer_os_error(rest)),
    ("invalid peer certificate: ", "", |rest| said::invalid_peer_certificate(rest)),
    ("received fatal alert: ", "", |rest| said::received_fatal_alert(rest)),
    ("received corrupt message of type ", "", |rest| said::received_corrupt_message_of_type(rest)),
    ("peer is incompatible: ", "", |rest| said::peer_is_incompatible(rest)),
];

/// Texts that begin so and say, behind a comma, what was expected.
type Paired = (&'static str, fn(&str, &str) -> Said);

const PAIRED: [Paired; 3] = [
    ("unknown field ", |came, expected| said::unknown_field_expected(came, expected)),
    ("unknown variant ", |came, expected| said::unknown_variant_expected(came, expected)),
    ("invalid type: ", |came, expected| said::invalid_type_expected(came, expected)),
];

impl Said {
    /// What a library said. A text that is not known here is shown as the library wrote it.
    pub fn of_library(text: &str) -> Self {
        let fixed = FIXED.iter().find(|(known, _)| *known == text).map(|(_, message)| message());
        let begun = || {
            BEGUN.iter().find_map(|(begin, end, message)| {
                let rest = text.strip_prefix(begin)?.strip_suffix(end)?;
                Some(message(rest))
            })
        };
        let either = || {
            PAIRED.iter().find_map(|(begin, message)| {
                let (came, expected) = text.strip_prefix(begin)?.split_once(", expected ")?;
                Some(message(came, expected))
            })
        };
        fixed.or_else(begun).or_else(either).unwrap_or_else(|| Self::value(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Said};
    use super::{BEGUN, FIXED, PAIRED};

    #[test]
    fn what_is_known_is_translated_and_english_stays() {
        let begun = BEGUN.iter().map(|(begin, end, _)| format!("{begin}104{end}"));
        let paired = PAIRED.iter().map(|(begin, _)| format!("{begin}`a`, expected b"));
        for text in FIXED.iter().map(|(text, _)| (*text).to_owned()).chain(begun).chain(paired) {
            let told = Said::of_library(&text);
            assert_eq!(told.to_string(), text);
            assert_ne!(told.in_language(Language::Fi), text);
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for text in ["", "none", "Connection refused", "ECONNRESET"] {
            assert_eq!(Said::of_library(text), Said::value(text));
        }
    }
}
