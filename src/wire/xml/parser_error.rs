//! What the parser of XML says, to be told in any language.

use roxmltree::Error;

use crate::words::{Said, said};

/// What the parser says. What is said of nothing that a bounded reader meets stays English.
pub(super) fn said_of(error: &Error) -> Said {
    match error {
        Error::InvalidXmlPrefixUri(at) => said::xml_namespace_prefix_mapped_to_wrong_uri(at.to_string()),
        Error::UnexpectedXmlUri(at) => said::the_xml_namespace_uri_is_used_for(at.to_string()),
        Error::UnexpectedXmlnsUri(at) => said::the_xmlns_uri_is_used_at_but(at.to_string()),
        Error::InvalidElementNamePrefix(at) => said::the_xmlns_prefix_is_used_at_but(at.to_string()),
        Error::DuplicatedNamespace(name, at) => said::namespace_at_is_already_defined(name, at.to_string()),
        Error::UnknownNamespace(name, at) => said::an_unknown_namespace_prefix_at(name, at.to_string()),
        Error::UnexpectedCloseTag(expected, actual, at) => said::expected_tag_not_at(expected, actual, at.to_string()),
        Error::UnexpectedEntityCloseTag(at) => said::unexpected_close_tag_at(at.to_string()),
        Error::MalformedEntityReference(at) => said::malformed_entity_reference_at(at.to_string()),
        Error::UnknownEntityReference(name, at) => said::unknown_entity_reference_at(name, at.to_string()),
        Error::EntityReferenceLoop(at) => said::a_possible_entity_reference_loop_is_detected(at.to_string()),
        Error::InvalidAttributeValue(at) => said::unescaped_found_at(at.to_string()),
        Error::DuplicatedAttribute(name, at) => said::attribute_at_is_already_defined(name, at.to_string()),
        Error::NoRootNode => said::the_document_does_not_have_a_root(),
        Error::UnclosedRootNode => said::the_root_node_was_opened_but_never(),
        Error::UnexpectedDeclaration(at) => said::unexpected_xml_declaration_at(at.to_string()),
        Error::NodesLimitReached => said::nodes_limit_reached(),
        other => of_characters(other),
    }
}

fn of_characters(error: &Error) -> Said {
    match error {
        Error::InvalidName(at) => said::invalid_name_token_at(at.to_string()),
        Error::NonXmlChar(letter, at) => said::a_non_xml_character_found_at(format!("{letter:?}"), at.to_string()),
        Error::InvalidChar(expected, actual, at) => {
            said::expected_not_at(char::from(*expected), char::from(*actual), at.to_string())
        }
        Error::InvalidChar2(expected, actual, at) => {
            said::expected_value_not_value_at_value(*expected, char::from(*actual), at.to_string())
        }
        Error::InvalidString(expected, at) => said::expected_at(*expected, at.to_string()),
        Error::InvalidExternalID(at) => said::invalid_external_id_at(at.to_string()),
        Error::InvalidComment(at) => said::comment_at_contains(at.to_string()),
        Error::InvalidCharacterData(at) => said::at_is_not_allowed_inside_a_character(at.to_string()),
        Error::UnknownToken(at) => said::unknown_token_at(at.to_string()),
        Error::UnexpectedEndOfStream => said::unexpected_end_of_stream(),
        other => Said::value(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::said_of;
    use crate::words::Language;

    #[test]
    fn what_the_parser_says_is_told_as_it_says_it_and_in_other_languages() {
        let texts = [
            "",
            "<a>",
            "<a></b>",
            "<a>&x;</a>",
            "<a b='<'/>",
            "<a b='1' b='2'/>",
            "<x:a/>",
            "<1/>",
            "<a b 'c'/>",
            "<a>]]></a>",
            "<a><!-- -- --></a>",
            "<a/><b/>",
            "<a>\u{1}</a>",
            "<a b=c/>",
            " <?xml version='1.0'?><a/>",
            "<a xmlns:p='u' xmlns:p='v'/>",
            "<a xmlns:xml='u'/>",
            "<xmlns:a/>",
            "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
        ];
        for text in texts {
            let error = Document::parse(text).expect_err(text);
            let told = said_of(&error);
            assert_eq!(told.to_string(), error.to_string(), "{text}");
            assert_ne!(told.in_language(Language::Fi), error.to_string(), "{text}");
        }
    }
}
