//! What is wrong with JSON, to be told in any language.

use super::read::LONGEST_WAY;
use super::{JsonError, JsonFault};
use crate::words::{Said, said};

/// The message that says the same.
type MessageOf = fn() -> Said;

/// What serde_json says of a slip of the grammar, without the place that follows.
const OF_THE_LIBRARY: [(&str, MessageOf); 20] = [
    ("EOF while parsing a list", said::eof_while_parsing_a_list),
    ("EOF while parsing an object", said::eof_while_parsing_an_object),
    ("EOF while parsing a string", said::eof_while_parsing_a_string),
    ("EOF while parsing a value", said::eof_while_parsing_a_value),
    ("expected `:`", said::expected),
    ("expected `,` or `]`", said::expected_or),
    ("expected `,` or `}`", said::expected_or_1),
    ("expected `\"`", said::expected_7),
    ("expected ident", said::expected_ident),
    ("expected value", said::expected_value),
    ("invalid escape", said::invalid_escape),
    ("invalid number", said::invalid_number),
    ("number out of range", said::number_out_of_range),
    ("invalid unicode code point", said::invalid_unicode_code_point),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        said::control_character_u0000_u001f_found_while_parsing,
    ),
    ("key must be a string", said::key_must_be_a_string),
    ("lone leading surrogate in hex escape", said::lone_leading_surrogate_in_hex_escape),
    ("trailing comma", said::trailing_comma),
    ("trailing characters", said::trailing_characters),
    ("unexpected end of hex escape", said::unexpected_end_of_hex_escape),
];

impl JsonError {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        self.fault.said()
    }
}

impl JsonFault {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::TooLong { bytes, most } => said::bytes_at_most_are_read(*bytes, *most),
            Self::ByteOrderMark => said::starts_with_a_byte_order_mark(),
            Self::Encoding(byte) => said::not_in_utf_8_byte_fits_no(*byte),
            Self::TooDeep(depth) => said::nested_deeper_than(*depth),
            Self::NamesTooLong => said::the_member_names_on_the_way_to(LONGEST_WAY),
            Self::Duplicate(name) => said::member_stands_twice_in_one_object(name),
            Self::Syntax(text) => of_library(text),
        }
    }
}

/// What serde_json says. A wording that is not known stays English.
fn of_library(text: &str) -> Said {
    let placed = text.rsplit_once(" at line ").and_then(|(what, at)| Some((what, at.split_once(" column ")?)));
    let known = |what: &str| {
        let found = OF_THE_LIBRARY.iter().find(|(wording, _)| *wording == what);
        found.map_or_else(|| Said::value(what), |(_, message)| message())
    };
    match placed {
        Some((what, (line, column))) => said::at_line_column(known(what), line, column),
        None => known(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{JsonLimits, parse};
    use super::OF_THE_LIBRARY;
    use crate::wire::Part;
    use crate::words::Language;

    #[test]
    fn what_the_library_says_is_told_as_it_says_it_and_in_other_languages() {
        let limits = JsonLimits { bytes: 1000, depth: 10 };
        for text in
            ["[", "{", "{\"a", "", "{\"a\" 1}", "[1 2]", "{\"a\":1 \"b\"}", "nul", "[01]", "[1,]", "1 2", "{1:2}"]
        {
            let error = parse(text.as_bytes(), Part::Json, limits).expect_err(text);
            assert_eq!(error.said().to_string(), error.to_string(), "{text}");
            assert_ne!(error.said().in_language(Language::Fi), error.to_string(), "{text}");
        }
        for (wording, message) in OF_THE_LIBRARY {
            assert_eq!(message().to_string(), wording);
        }
    }
}
