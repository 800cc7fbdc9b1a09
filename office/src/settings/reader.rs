//! Takes values out of a TOML document and collects what is wrong with them.

use std::str::FromStr;

/// A document from which each known key is taken once; what is left is a mistake.
pub(super) struct Reader {
    table: toml::Table,
    mistakes: Vec<String>,
}

impl Reader {
    /// Reads `text`; one that is no TOML has one mistake and no keys.
    pub fn of(text: &str) -> Self {
        match text.parse() {
            Ok(table) => Self { table, mistakes: Vec::new() },
            Err(error) => Self { table: toml::Table::new(), mistakes: vec![no_toml(text, &error)] },
        }
    }

    /// Notes a mistake.
    pub fn mistake(&mut self, key: &str, what: impl std::fmt::Display) {
        self.mistakes.push(format!("{key}: {what}"));
    }

    /// Whether the table `name` is there at all.
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// The text at `table.key`.
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            toml::Value::String(text) if !text.trim().is_empty() => Some(text),
            toml::Value::String(_) => self.none(key, "is empty"),
            other => self.none(key, format_args!("is a text, not {}", other.type_str())),
        }
    }

    /// The text at `key`, read as `T`.
    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self, key: &str) -> Option<T> {
        let text = self.text(key)?;
        text.parse().map_err(|error| self.mistake(key, format_args!("{text:?} cannot be read: {error}"))).ok()
    }

    /// The text at `key`, which must be there.
    pub fn needed(&mut self, key: &str) -> String {
        let before = self.mistakes.len();
        let text = self.text(key);
        if text.is_none() && self.mistakes.len() == before {
            self.mistake(key, "is missing");
        }
        text.unwrap_or_default()
    }

    /// The whole number at `key` within `bounds`, or `otherwise`.
    pub fn number(&mut self, key: &str, otherwise: i64, bounds: std::ops::RangeInclusive<i64>) -> i64 {
        match self.take(key) {
            None => otherwise,
            Some(toml::Value::Integer(number)) if bounds.contains(&number) => number,
            Some(other) => {
                let (least, most) = (bounds.start(), bounds.end());
                self.mistake(key, format_args!("is a whole number from {least} to {most}, not {}", shown(&other)));
                otherwise
            }
        }
    }

    /// True or false at `key`; false where it is not there.
    pub fn flag(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some(toml::Value::Boolean(flag)) => flag,
            Some(other) => self.none(key, format_args!("is true or false, not {}", shown(&other))).unwrap_or(false),
        }
    }

    /// The table at `key` as names and texts.
    pub fn names(&mut self, key: &str) -> Vec<(String, String)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let toml::Value::Table(table) = value else {
            self.mistake(key, "is a table of names and texts");
            return Vec::new();
        };
        let mut names = Vec::new();
        for (name, value) in table {
            match value {
                toml::Value::String(text) => names.push((name, text)),
                _ => self.mistake(&format!("{key}.{name}"), "is a text"),
            }
        }
        names
    }

    /// Every mistake, unknown keys among them.
    pub fn mistakes(mut self) -> Vec<String> {
        for (table, value) in &self.table {
            match value {
                toml::Value::Table(rest) if !rest.is_empty() => {
                    self.mistakes.extend(rest.keys().map(|key| format!("{table}.{key}: there is no such setting")));
                }
                toml::Value::Table(_) => {}
                _ => self.mistakes.push(format!("{table}: there is no such setting")),
            }
        }
        self.mistakes
    }

    fn take(&mut self, key: &str) -> Option<toml::Value> {
        let (table, name) = key.split_once('.')?;
        self.table.get_mut(table)?.as_table_mut()?.remove(name)
    }

    fn none<T>(&mut self, key: &str, what: impl std::fmt::Display) -> Option<T> {
        self.mistake(key, what);
        None
    }
}

/// A value as a mistake shows it.
fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::String(text) => format!("{text:?}"),
        other => format!("a value of type {}", other.type_str()),
    }
}

fn no_toml(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    format!("line {line}: {}", error.message())
}
