//! Forms and their fields.

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Whether it asks only (GET) and changes nothing.
    pub asks: bool,
    /// What every form that changes something carries.
    pub token: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What its button says.
    pub submit: String,
    /// Whether what it does cannot be undone.
    pub is_final: bool,
}

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What helps to fill it in.
    pub hint: String,
    /// What is wrong with what was filled in.
    pub error: String,
    /// Its kind.
    pub kind: FieldKind,
    /// What it holds.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// For programs that fill in forms; empty for none.
    pub autocomplete: &'static str,
}

/// Kind of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// A mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A date.
    Date,
    /// A password.
    Password,
    /// Several lines.
    Lines,
    /// One of several.
    One(Vec<Choice>),
    /// Any of several.
    Several(Vec<Choice>),
    /// Yes or no.
    Check,
    /// A file.
    File,
    /// Not seen.
    Hidden,
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// On the wire.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Field {
    /// A field of one line.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// A field of another kind.
    pub fn of(kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { kind, ..Self::text(name, label) }
    }

    /// A field that is not seen.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { kind: FieldKind::Hidden, name: name.into(), value: value.into(), ..Self::default() }
    }

    /// That must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What the field's kind is as the type of an input; empty for other elements.
    pub fn input_type(&self) -> &'static str {
        match self.kind {
            FieldKind::Text => "text",
            FieldKind::Email => "email",
            FieldKind::Telephone => "tel",
            FieldKind::Date => "date",
            FieldKind::Password => "password",
            FieldKind::File => "file",
            _ => "",
        }
    }

    /// Identifiers of what describes it; empty where nothing does.
    pub fn described_by(&self) -> String {
        let mut parts = Vec::new();
        if !self.hint.is_empty() {
            parts.push(format!("{}-hint", self.name));
        }
        if !self.error.is_empty() {
            parts.push(format!("{}-error", self.name));
        }
        parts.join(" ")
    }
}

impl Form {
    /// The fields that something is wrong with.
    pub fn wrong_fields(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| !field.error.is_empty()).collect()
    }

    /// Whether a file is among the fields.
    pub fn has_file(&self) -> bool {
        self.fields.iter().any(|field| field.kind == FieldKind::File)
    }
}
