//! Outlines of documents: what a summary counts them by.

use rusqlite::Row;

use super::store::{Archive, ArchiveError};

/// What a summary needs of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct DocumentOutline {
    pub id: String,
    pub controller: String,
    pub group: String,
    /// The specific document type, or else the general one.
    pub document_type: Option<String>,
    pub matter: Option<String>,
    pub relationship: Option<String>,
    /// Identifier of the client relationship or matter that it opens.
    pub opens: Option<String>,
    /// Effective time as the document writes it.
    pub effective_text: String,
}

impl Archive {
    /// Outlines of the documents with these numbers, in this order.
    pub(in crate::kanta) fn outlines(&self, numbers: &[i64]) -> Result<Vec<DocumentOutline>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT id, controller, document_group, coalesce(specific_type, general_type), matter, relationship, \
                   opens, effective_text FROM documents WHERE number = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let one = |number: &i64| statement.query_row([number], outline_of);
        Ok(numbers.iter().map(one).collect::<Result<_, _>>()?)
    }
}

fn outline_of(row: &Row<'_>) -> rusqlite::Result<DocumentOutline> {
    Ok(DocumentOutline {
        id: row.get(0)?,
        controller: row.get(1)?,
        group: row.get(2)?,
        document_type: row.get(3)?,
        matter: row.get(4)?,
        relationship: row.get(5)?,
        opens: row.get(6)?,
        effective_text: row.get(7)?,
    })
}
