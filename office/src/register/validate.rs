//! What a record may hold.

use std::collections::BTreeMap;

use super::field::{FieldForm, FieldSpec};
use super::kind::RecordKind;
use super::record::Values;
use crate::harness::{Oid, foreign_identity_code_in};

/// Keys of the texts of what is wrong, by name of the field.
pub type Mistakes = BTreeMap<&'static str, &'static str>;

/// Years that a date of the register may have.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2199;
/// Most object identifiers in one field.
const MOST_OIDS: usize = 100;

/// `given` with its values trimmed, if a record of `kind` may hold them.
///
/// # Errors
/// What is wrong with which field.
pub fn validate(kind: &RecordKind, given: &Values) -> Result<Values, Mistakes> {
    let (mut values, mut mistakes) = (Values::new(), Mistakes::new());
    for field in kind.fields {
        let value = given.get(field.name).map_or("", |value| value.trim());
        match check(field, value) {
            Ok(value) => drop(values.insert(field.name.to_owned(), value)),
            Err(mistake) => drop(mistakes.insert(field.name, mistake)),
        }
    }
    if let (Some(started), Some(ended)) = (values.get("started"), values.get("ended"))
        && !ended.is_empty()
        && ended < started
    {
        mistakes.insert("ended", "wrong.before-start");
    }
    if mistakes.is_empty() { Ok(values) } else { Err(mistakes) }
}

fn check(field: &FieldSpec, value: &str) -> Result<String, &'static str> {
    if value.is_empty() {
        return if field.required { Err("wrong.needed") } else { Ok(String::new()) };
    }
    if foreign_identity_code_in(value.as_bytes()).is_some() {
        return Err("wrong.identity-code");
    }
    let is = |right: bool, mistake: &'static str| if right { Ok(value.to_owned()) } else { Err(mistake) };
    match field.form {
        FieldForm::Line(most) => is(value.chars().count() <= most && !value.contains('\n'), "wrong.too-long"),
        FieldForm::Lines(most) => is(value.chars().count() <= most, "wrong.too-long"),
        FieldForm::Email => is(is_email(value), "wrong.email"),
        FieldForm::Telephone => is(is_telephone(value), "wrong.telephone"),
        FieldForm::Date => is(is_date(value), "wrong.date"),
        FieldForm::Oid => is(Oid::check(value).is_ok(), "wrong.oid"),
        FieldForm::Oids => oids(value),
        FieldForm::BusinessId => is(is_business_id(value), "wrong.business-id"),
        FieldForm::Card => is(is_card(value), "wrong.card"),
        FieldForm::One(_, choices) => is(choices.contains(&value), "wrong.choice"),
        FieldForm::Several(_, choices) => several(value, choices),
        FieldForm::Check => is(value == "yes", "wrong.choice"),
        FieldForm::Reference(_) | FieldForm::AnyReference(_) => {
            is(value.len() <= 64 && value.bytes().all(|b| b.is_ascii_alphanumeric()), "wrong.choice")
        }
    }
}

fn is_email(value: &str) -> bool {
    value.len() <= 254 && value.is_ascii() && value.contains('.') && value.parse::<lettre::Address>().is_ok()
}

fn is_telephone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let rest = value.strip_prefix('+').unwrap_or(value);
    (3..=20).contains(&digits) && value.len() <= 40 && rest.chars().all(|c| c.is_ascii_digit() || " -()/".contains(c))
}

fn is_date(value: &str) -> bool {
    value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok_and(|date| YEARS.contains(&date.year()))
}

fn is_card(value: &str) -> bool {
    (4..=30).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Seven digits, a dash, and a digit that makes the weighted sum divisible by 11.
fn is_business_id(value: &str) -> bool {
    let digits: Vec<u32> = value.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip([7, 9, 10, 5, 8, 4, 2, 1]).map(|(digit, weight)| digit * weight).sum();
    value.len() == 9 && value.as_bytes()[7] == b'-' && digits.len() == 8 && sum.is_multiple_of(11)
}

fn several(value: &str, choices: &[&str]) -> Result<String, &'static str> {
    let given: Vec<&str> = value.split_whitespace().collect();
    if given.iter().any(|word| !choices.contains(word)) {
        return Err("wrong.choice");
    }
    let kept: Vec<&str> = choices.iter().copied().filter(|choice| given.contains(choice)).collect();
    Ok(format!(" {} ", kept.join(" ")))
}

fn oids(value: &str) -> Result<String, &'static str> {
    let oids: Vec<&str> = value.split_whitespace().collect();
    let are_right = oids.len() <= MOST_OIDS && oids.iter().all(|oid| Oid::check(oid).is_ok());
    if are_right { Ok(oids.join("\n")) } else { Err("wrong.oid") }
}

#[cfg(test)]
mod tests {
    use super::{Values, validate};
    use crate::register::kind_of;

    fn mistake(kind: &str, field: &str, value: &str) -> Option<&'static str> {
        let kind = kind_of(kind).expect("kind");
        let given = Values::from([(field.to_owned(), value.to_owned())]);
        validate(kind, &given).err().and_then(|mistakes| mistakes.get(field).copied())
    }

    #[test]
    fn hostile_values_are_refused_by_name() {
        let foreign = crate::harness::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
        let cases = [
            ("contact", "name", "", Some("wrong.needed")),
            ("contact", "name", "Maija Meikäläinen", None),
            ("contact", "name", "<script>alert(1)</script>", None),
            ("contact", "name", foreign.as_str(), Some("wrong.identity-code")),
            ("contact", "email", "maija@example.org", None),
            ("contact", "email", "maija@", Some("wrong.email")),
            ("contact", "email", "a@example.org\nBcc: b@example.org", Some("wrong.email")),
            ("contact", "telephone", "+358 (0)40 123 4567", None),
            ("contact", "telephone", "=HYPERLINK(1)", Some("wrong.telephone")),
            ("contact", "card_number", "12-34", Some("wrong.card")),
            ("contact", "contact_roles", "invoicing king", Some("wrong.choice")),
            ("service-use", "started", "2026-02-30", Some("wrong.date")),
            ("service-use", "started", "0001-01-01", Some("wrong.date")),
            ("customer", "business_id", "0245437-2", None),
            ("customer", "business_id", "0245437-3", Some("wrong.business-id")),
            ("customer", "organisation_oid", "1.2.246.10.2454372.10.0", None),
            ("customer", "organisation_oid", "1.2.x", Some("wrong.oid")),
            ("archivist", "other_registers", "1.2.3\n1.2.4", None),
        ];
        for (kind, field, value, expected) in cases {
            assert_eq!(mistake(kind, field, value), expected, "{kind} {field} {value}");
        }
        assert_eq!(mistake("contact", "name", &"ä".repeat(201)), Some("wrong.too-long"));
    }

    #[test]
    fn nothing_ends_before_it_starts() {
        let kind = kind_of("service-use").expect("kind");
        let given = [("service", "kelain"), ("started", "2026-02-02"), ("ended", "2026-02-01")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(validate(kind, &given).expect_err("mistake")["ended"], "wrong.before-start");
    }
}
