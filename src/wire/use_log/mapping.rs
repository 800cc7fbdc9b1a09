//! What the columns of an exported log mean: a TOML file that a person writes, checked whole.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use toml::Spanned;

use super::member::{self, ColumnKind};
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span, read_toml};

const HINT: &str = "docs/use-log.md shows every member; write members of an entry in quotes, as \"client.value\"";
/// How times are told in a canonical entry.
const CANONICAL: &str = "%Y-%m-%dT%H:%M:%S%.3f%:z";

/// Encodings of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or UTF-16 where the file begins so.
    Unicode,
    /// ISO 8859-1.
    Latin1,
}

/// A mapping that has been checked.
#[derive(Debug, Clone)]
pub struct Mapping {
    file: SourceFile,
    pub separator: u8,
    /// Character around a field that holds separators.
    pub quote: u8,
    /// Separator of several objects in one field.
    pub list: String,
    /// Encoding of the export.
    pub encoding: Encoding,
    format: Option<String>,
    zone: Option<TimeZone>,
    columns: Vec<Column>,
    constants: Vec<(String, ColumnKind, String)>,
}

#[derive(Debug, Clone)]
struct Column {
    member: String,
    kind: ColumnKind,
    name: Spanned<String>,
    values: BTreeMap<String, String>,
}

/// A mapping with the places of its columns in a file.
#[derive(Debug, Clone)]
pub(super) struct Layout<'m> {
    mapping: &'m Mapping,
    columns: Vec<(usize, &'m Column)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingText {
    #[serde(default)]
    csv: CsvText,
    #[serde(default)]
    time: TimeText,
    entry: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    constant: BTreeMap<Spanned<String>, String>,
    #[serde(default)]
    value: BTreeMap<Spanned<String>, BTreeMap<String, String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CsvText {
    separator: Option<Spanned<String>>,
    quote: Option<Spanned<String>>,
    list: Option<Spanned<String>>,
    encoding: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeText {
    format: Option<Spanned<String>>,
    zone: Option<Spanned<String>>,
}

struct MappingChecker<'a> {
    file: &'a SourceFile,
    mistakes: Diagnostics,
}

impl Mapping {
    /// The mapping in `file`.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(file: &SourceFile) -> Result<Self, Diagnostics> {
        let text: MappingText = read_toml(file, HINT)?;
        let mut checker = MappingChecker { file, mistakes: Diagnostics::default() };
        let mapping = checker.mapping(text);
        checker.mistakes.into_result(mapping)
    }

    /// Where the columns stand in a file with this header.
    ///
    /// # Errors
    /// The columns that it lacks, with their places in the mapping.
    pub(super) fn layout(&self, header: &[String]) -> Result<Layout<'_>, Diagnostics> {
        let mut mistakes = Diagnostics::default();
        let mut columns = Vec::new();
        for column in &self.columns {
            match header.iter().position(|name| name.trim() == column.name.get_ref()) {
                Some(index) => columns.push((index, column)),
                None => {
                    let title = format!("the log has no column {}", column.name.get_ref());
                    let hint = format!("its columns are {}", header.join(", "));
                    mistakes.push(Diagnostic::new(&self.file, column.name.span(), title, hint));
                }
            }
        }
        mistakes.into_result(Layout { mapping: self, columns })
    }

    /// The time as a canonical entry tells it. One that does not fit, or that a change of the clock makes
    /// two, stays as it is, for the rules to tell.
    fn time(&self, text: &str) -> String {
        self.zoned(text).unwrap_or_else(|| text.to_owned())
    }

    fn zoned(&self, text: &str) -> Option<String> {
        let Some(format) = &self.format else {
            return match (&self.zone, text.parse::<jiff::Timestamp>()) {
                (_, Ok(_)) | (None, Err(_)) => None,
                (Some(zone), Err(_)) => local(text.parse().ok()?, zone),
            };
        };
        let told = strtime::parse(format, text).ok()?;
        if let (Some(offset), Ok(at)) = (told.offset(), told.to_datetime()) {
            return strtime::format(CANONICAL, &at.to_zoned(TimeZone::fixed(offset)).ok()?).ok();
        }
        local(told.to_datetime().ok()?, self.zone.as_ref()?)
    }
}

/// The one time that a clock on the wall of this zone shows so.
fn local(at: DateTime, zone: &TimeZone) -> Option<String> {
    strtime::format(CANONICAL, &zone.to_ambiguous_zoned(at).unambiguous().ok()?).ok()
}

impl Layout<'_> {
    /// The canonical entry that a row with these fields tells.
    pub fn entry(&self, fields: &[String]) -> Value {
        let mut entry = json!({"objects": []});
        for (member, kind, text) in &self.mapping.constants {
            self.put(&mut entry, (member, *kind), text);
        }
        for (index, column) in &self.columns {
            let text = fields.get(*index).map_or("", |field| field.trim());
            let text = column.values.get(text).map_or(text, String::as_str);
            if !text.is_empty() {
                self.put(&mut entry, (&column.member, column.kind), text);
            }
        }
        entry
    }

    fn put(&self, entry: &mut Value, (member, kind): (&str, ColumnKind), text: &str) {
        match kind {
            ColumnKind::Time => member::put(entry, member, kind, &self.mapping.time(text)),
            ColumnKind::Object if self.mapping.list.is_empty() => {
                member::put_objects(entry, member, [text].into_iter());
            }
            ColumnKind::Object => member::put_objects(entry, member, text.split(&self.mapping.list).map(str::trim)),
            _ => member::put(entry, member, kind, text),
        }
    }
}

impl MappingChecker<'_> {
    fn mistake(&mut self, span: Span, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, span, title, hint));
    }

    fn mapping(&mut self, mut text: MappingText) -> Mapping {
        let mut values = std::mem::take(&mut text.value);
        let mut columns = Vec::new();
        for (member, name) in text.entry {
            let kind = self.kind(&member);
            let values = values.remove(&member).unwrap_or_default();
            columns.push(Column { member: member.into_inner(), kind, name, values });
        }
        for member in values.keys() {
            self.mistake(member.span(), "no column tells this member", "name it in [entry], or remove this table");
        }
        let constants = text.constant.into_iter().map(|(member, text)| {
            let kind = self.kind(&member);
            (member.into_inner(), kind, text)
        });
        let constants = constants.collect();
        Mapping {
            file: self.file.clone(),
            separator: self.character(text.csv.separator.as_ref(), b','),
            quote: self.character(text.csv.quote.as_ref(), b'"'),
            list: text.csv.list.map(Spanned::into_inner).unwrap_or_default(),
            encoding: self.encoding(text.csv.encoding.as_ref()),
            format: self.format(text.time.format.as_ref()),
            zone: self.zone(text.time.zone.as_ref()),
            columns,
            constants,
        }
    }

    fn kind(&mut self, member: &Spanned<String>) -> ColumnKind {
        member::kind(member.get_ref()).unwrap_or_else(|| {
            let title = format!("an entry has no member {}", member.get_ref());
            self.mistake(member.span(), title, format!("one of {}", member::names()));
            ColumnKind::Text
        })
    }

    fn character(&mut self, said: Option<&Spanned<String>>, default: u8) -> u8 {
        let Some(said) = said else { return default };
        if let [byte] = said.get_ref().as_bytes() {
            return *byte;
        }
        self.mistake(said.span(), "one character of ASCII is meant", "write it as \";\" or \"\\t\"");
        default
    }

    fn encoding(&mut self, said: Option<&Spanned<String>>) -> Encoding {
        match said.map(|said| (said.get_ref().as_str(), said)) {
            None | Some(("utf-8" | "utf-16", _)) => Encoding::Unicode,
            Some(("latin-1", _)) => Encoding::Latin1,
            Some((other, said)) => {
                self.mistake(said.span(), format!("no encoding {other}"), "one of utf-8, utf-16, latin-1");
                Encoding::Unicode
            }
        }
    }

    /// The format, when a time can be written with it.
    fn format(&mut self, said: Option<&Spanned<String>>) -> Option<String> {
        let said = said?;
        if let Err(error) =
            strtime::format(said.get_ref(), &jiff::Zoned::new(jiff::Timestamp::UNIX_EPOCH, TimeZone::UTC))
        {
            self.mistake(said.span(), format!("no format of times: {error}"), "write it as %d.%m.%Y %H:%M:%S");
        }
        Some(said.get_ref().clone())
    }

    fn zone(&mut self, said: Option<&Spanned<String>>) -> Option<TimeZone> {
        let said = said?;
        let zone = TimeZone::get(said.get_ref());
        if let Err(error) = &zone {
            self.mistake(said.span(), error.to_string(), "write it as Europe/Helsinki or UTC");
        }
        zone.ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Mapping;
    use crate::source::SourceFile;

    fn mapping(text: &str) -> Mapping {
        Mapping::read(&SourceFile::new("m.toml", text)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    const TEXT: &str = r#"
        csv.list = "|"
        time = { format = "%d.%m.%Y %H:%M:%S", zone = "Europe/Helsinki" }
        [entry]
        time = "Aika"
        "client.value" = "Asiakas"
        "objects.documentId" = "Asiakirjat"
        "objects.version" = "Versiot"
        "kanta.httpStatus" = "Tila"
        action = "Toiminto"
        [constant]
        "organisation.subscriber" = "1.2.3"
        [value.action]
        Luku = "read"
    "#;

    #[test]
    fn a_row_becomes_an_entry() {
        let mapping = mapping(TEXT);
        let texts = |texts: [&str; 6]| texts.map(str::to_owned);
        let header = texts(["Aika", "Asiakas", "Asiakirjat", "Versiot", "Tila", "Toiminto"]);
        let layout = mapping.layout(&header).expect("columns");
        let entry = layout.entry(&texts(["21.11.2026 09:15:00", "010181-900C", "1.2|1.3", "1|2", "x", "Luku"]));
        let expected = json!({
            "objects": [{"documentId": "1.2", "version": 1}, {"documentId": "1.3", "version": 2}],
            "organisation": {"subscriber": "1.2.3"},
            "action": "read",
            "client": {"value": "010181-900C"},
            "kanta": {"httpStatus": "x"},
            "time": "2026-11-21T09:15:00.000+02:00",
        });
        assert_eq!(entry, expected);
        assert_eq!(layout.entry(&texts([""; 6])), json!({"objects": [], "organisation": {"subscriber": "1.2.3"}}));
    }

    #[test]
    fn an_hour_that_comes_twice_is_not_guessed() {
        let mapping = mapping(TEXT);
        assert_eq!(mapping.time("25.10.2026 02:59:59"), "2026-10-25T02:59:59.000+03:00");
        assert_eq!(mapping.time("25.10.2026 03:30:00"), "25.10.2026 03:30:00");
        assert_eq!(mapping.time("25.10.2026 04:00:00"), "2026-10-25T04:00:00.000+02:00");
        assert_eq!(mapping.time("29.3.2026 03:30:00"), "29.3.2026 03:30:00");
    }

    #[test]
    fn every_mistake_has_its_place() {
        let text = "csv = { separator = \";;\", encoding = \"ebcdic\" }\ntime = { format = \"%!\", zone = \"Mars/Utopia\" }\n\
                    [entry]\n\"no.member\" = \"A\"\n[value.outcome]\nx = \"y\"\n";
        let mistakes = Mapping::read(&SourceFile::new("m.toml", text)).expect_err("mistakes");
        let lines: Vec<u32> = mistakes.0.iter().map(|mistake| mistake.position().line).collect();
        assert_eq!(lines, [4, 5, 1, 1, 2, 2], "{mistakes}");
        let mapping = mapping("[entry]\naction = \"Toiminto\"\n");
        let mistakes = mapping.layout(&["Muu".to_owned()]).expect_err("no column");
        assert_eq!((mistakes.0[0].position().line, mistakes.0[0].position().column), (2, 10), "{mistakes}");
    }
}
