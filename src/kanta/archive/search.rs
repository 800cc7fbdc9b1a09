//! Searches: what a query by parameters finds.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::StoredDocument;
use super::documents::{clients_of, columns, document_of};
use super::store::{Archive, ArchiveError};

/// What is asked for. Conditions that are `None` are not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::kanta) struct Filter {
    pub person: Option<String>,
    pub id: Option<String>,
    pub set_id: Option<String>,
    pub group: Option<String>,
    /// Documents of these groups only, where there are any.
    pub of_groups: Vec<String>,
    /// A specific or a general document type.
    pub document_type: Option<String>,
    pub service_task: Option<String>,
    pub register: Option<String>,
    /// The controller; of every one where it is not given.
    pub controller: Option<String>,
    pub relationship: Option<String>,
    pub matter: Option<String>,
    /// Seconds of the Unix epoch, this one included.
    pub from: Option<i64>,
    /// Seconds of the Unix epoch, this one included.
    pub until: Option<i64>,
    /// Older versions too.
    pub all_versions: bool,
    /// Nullified documents too.
    pub nullified: bool,
    /// Documents of these groups are passed over.
    pub without_groups: Vec<String>,
    /// At most so many, where documents are searched for with everything.
    pub quantity: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct FoundDocuments {
    /// At most as many as were asked for, the oldest first.
    pub documents: Vec<StoredDocument>,
    /// How many there are in all.
    pub total: usize,
}

/// A document that a query would find, before it is asked whether it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct Candidate {
    pub number: i64,
    pub id: String,
    pub set_id: String,
    pub controller: String,
    pub service_task: Option<String>,
    pub nullified: bool,
    /// Identity codes of its clients.
    pub persons: Vec<String>,
}

const CANDIDATE: &str = "SELECT number, id, set_id, controller, service_task, nullified FROM documents d";

impl Archive {
    /// Numbers of everything that `filter` would find, the oldest first, whatever its quantity.
    pub(in crate::kanta) fn numbers(&self, filter: &Filter) -> Result<Vec<i64>, ArchiveError> {
        let connection = self.lock();
        let (condition, values) = filter.condition();
        let sql = format!("SELECT number FROM documents d WHERE {condition} ORDER BY effective, number");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The steps by which SQLite finds the numbers.
    #[cfg(test)]
    pub(super) fn plan(&self, filter: &Filter) -> Result<Vec<String>, ArchiveError> {
        let connection = self.lock();
        let (condition, values) = filter.condition();
        let sql =
            format!("EXPLAIN QUERY PLAN SELECT number FROM documents d WHERE {condition} ORDER BY effective, number");
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| row.get(3))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The same, each with what decides whether it may be given.
    pub(in crate::kanta) fn candidates(&self, filter: &Filter) -> Result<Vec<Candidate>, ArchiveError> {
        let connection = self.lock();
        let (condition, values) = filter.condition();
        let sql = format!("{CANDIDATE} WHERE {condition} ORDER BY effective, number");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| candidate_of(&connection, row))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The documents with these numbers, in this order, as candidates.
    pub(in crate::kanta) fn candidates_numbered(&self, numbers: &[i64]) -> Result<Vec<Candidate>, ArchiveError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!("{CANDIDATE} WHERE number = ?1"))?;
        let one = |number: &i64| statement.query_row([number], |row| candidate_of(&connection, row));
        Ok(numbers.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// The documents with these numbers, in this order. Without content theirs is empty.
    pub(in crate::kanta) fn numbered(
        &self,
        numbers: &[i64],
        with_content: bool,
    ) -> Result<Vec<StoredDocument>, ArchiveError> {
        let connection = self.lock();
        let columns = if with_content { columns().to_owned() } else { columns().replace(", content,", ", x'',") };
        let sql = format!("SELECT {columns} FROM documents WHERE number = ?1");
        let mut statement = connection.prepare_cached(&sql)?;
        let one = |number: &i64| statement.query_row([number], |row| document_of(&connection, row));
        Ok(numbers.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// What `filter` finds.
    pub(in crate::kanta) fn search(&self, filter: &Filter) -> Result<FoundDocuments, ArchiveError> {
        let connection = self.lock();
        let (condition, values) = filter.condition();
        let total = count(&connection, &condition, &values)?;
        let sql = format!(
            "SELECT {} FROM documents d WHERE {condition} ORDER BY effective, number LIMIT {}",
            columns(),
            filter.quantity
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| document_of(&connection, row))?;
        Ok(FoundDocuments { documents: rows.collect::<Result<_, _>>()?, total })
    }
}

fn candidate_of(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<Candidate> {
    let number: i64 = row.get(0)?;
    Ok(Candidate {
        number,
        id: row.get(1)?,
        set_id: row.get(2)?,
        controller: row.get(3)?,
        service_task: row.get(4)?,
        nullified: row.get(5)?,
        persons: clients_of(connection, number)?,
    })
}

fn count(connection: &Connection, condition: &str, values: &[Value]) -> Result<usize, ArchiveError> {
    let sql = format!("SELECT count(*) FROM documents d WHERE {condition}");
    let number: i64 = connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(usize::try_from(number).unwrap_or_default())
}

impl Filter {
    /// The condition in SQL with the values of its parameters. Only fixed texts make up the SQL.
    fn condition(&self) -> (String, Vec<Value>) {
        let texts = [
            ("number IN (SELECT document FROM clients WHERE person = ?)", &self.person),
            ("id = ?", &self.id),
            ("set_id = ?", &self.set_id),
            ("document_group = ?", &self.group),
            ("? IN (specific_type, general_type)", &self.document_type),
            ("service_task = ?", &self.service_task),
            ("register = ?", &self.register),
            ("relationship = ?", &self.relationship),
            ("matter = ?", &self.matter),
            ("controller = ?", &self.controller),
        ];
        let times = [("effective >= ?", self.from), ("effective <= ?", self.until)];
        let of_groups = format!("document_group IN ({})", vec!["?"; self.of_groups.len()].join(", "));
        let mut conditions = vec!["1"];
        let mut values = Vec::new();
        for (condition, text) in texts.into_iter().filter_map(|(condition, text)| Some((condition, text.clone()?))) {
            conditions.push(condition);
            values.push(Value::Text(text));
        }
        if !self.of_groups.is_empty() {
            conditions.push(&of_groups);
            values.extend(self.of_groups.iter().cloned().map(Value::Text));
        }
        for group in &self.without_groups {
            conditions.push("document_group <> ?");
            values.push(Value::Text(group.clone()));
        }
        for (condition, time) in times.into_iter().filter_map(|(condition, time)| Some((condition, time?))) {
            conditions.push(condition);
            values.push(Value::Integer(time));
        }
        if !self.nullified {
            conditions.push("NOT nullified");
        }
        if !self.all_versions {
            conditions.push("version = (SELECT max(version) FROM documents WHERE set_id = d.set_id)");
        }
        (conditions.join(" AND "), values)
    }
}
