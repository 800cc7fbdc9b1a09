//! Reads a file of a national register. The format is documented in `docs/imports.md`.

use csv::{ByteRecord, ReaderBuilder};

use super::kinds::kind_of;
use super::record::Values;
use super::validate::validate;

/// Sources of imports, by the code of the origin that their data get.
pub const IMPORT_SOURCES: &[&str] = &["register-self-employed", "register-organisations", "register-pharmacies"];

/// Columns of a file, in their order.
pub const COLUMNS: &[&str] =
    &["organisation_oid", "business_id", "name", "profession", "language", "street", "postal_code", "town", "country"];
const MOST_ROWS: usize = 20_000;
const MOST_MISTAKES: usize = 100;

/// One row: the values of a customer and of its administrative address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Values of the customer.
    pub customer: Values,
    /// Values of its administrative address; none where the row has no street and no town.
    pub address: Option<Values>,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportMistake {
    /// Line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// Name of the column; empty for the row as a whole.
    pub column: &'static str,
    /// Key of the text that says what is wrong.
    pub key: &'static str,
}

/// Reads `bytes`: UTF-8, semicolons, a first line with the names of the columns.
///
/// # Errors
/// At most a hundred mistakes; then nothing of the file may be used.
pub fn read_import(bytes: &[u8], source: &str) -> Result<Vec<ImportRow>, Vec<ImportMistake>> {
    let whole = |key| vec![ImportMistake { line: 0, column: "", key }];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_err() {
        return Err(whole("import.not-utf8"));
    }
    if !bytes.ends_with(b"\n") {
        return Err(whole("import.cut-short"));
    }
    let mut reader = ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(bytes);
    let headings = reader.byte_headers().map_err(|_| whole("import.headings"))?;
    if !headings.iter().eq(COLUMNS.iter().map(|name| name.as_bytes())) {
        return Err(whole("import.headings"));
    }
    let (mut rows, mut mistakes, mut keys) = (Vec::new(), Vec::new(), std::collections::BTreeSet::new());
    for record in reader.byte_records() {
        let Ok(record) = record else { return Err(whole("import.unreadable")) };
        let line = record.position().map_or(0, csv::Position::line);
        match row(&record, source) {
            Ok(row) if keys.insert(key_of(&row)) => rows.push(row),
            Ok(_) => mistakes.push(ImportMistake { line, column: "organisation_oid", key: "import.twice" }),
            Err(found) => mistakes.extend(found.into_iter().map(|(column, key)| ImportMistake { line, column, key })),
        }
        if rows.len() > MOST_ROWS {
            return Err(whole("import.too-many"));
        }
        if mistakes.len() >= MOST_MISTAKES {
            mistakes.truncate(MOST_MISTAKES);
            break;
        }
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

/// What tells one row from another: the OID, else the business identifier.
fn key_of(row: &ImportRow) -> String {
    let oid = &row.customer["organisation_oid"];
    if oid.is_empty() { row.customer["business_id"].clone() } else { oid.clone() }
}

fn row(record: &ByteRecord, source: &str) -> Result<ImportRow, Vec<(&'static str, &'static str)>> {
    if record.len() != COLUMNS.len() {
        return Err(vec![("", "import.columns")]);
    }
    let cell = |name: &str| {
        let at = COLUMNS.iter().position(|column| *column == name);
        let bytes = at.and_then(|at| record.get(at)).unwrap_or_default();
        String::from_utf8_lossy(bytes).trim().to_owned()
    };
    let kind = if source == "register-self-employed" && !cell("profession").is_empty() {
        "kelain-professional"
    } else {
        "service-provider"
    };
    let mut customer: Values = COLUMNS[..5].iter().map(|name| ((*name).to_owned(), cell(name))).collect();
    customer.insert("customer_kind".to_owned(), kind.to_owned());
    customer.insert("target_group".to_owned(), String::new());
    let mut address: Values = COLUMNS[5..].iter().map(|name| ((*name).to_owned(), cell(name))).collect();
    let has_address = !cell("street").is_empty() || !cell("town").is_empty();
    address.insert("address_use".to_owned(), "administrative".to_owned());
    address.insert("recipient".to_owned(), cell("name"));
    let mut wrong = Vec::new();
    if cell("organisation_oid").is_empty() && cell("business_id").is_empty() {
        wrong.push(("organisation_oid", "import.no-identifier"));
    }
    let mut checked = |kind: &str, values: &Values| {
        let kind = kind_of(kind)?;
        validate(kind, values).map_err(|mistakes| wrong.extend(mistakes)).ok()
    };
    let customer = checked("customer", &customer);
    let address = if has_address { Some(checked("address", &address)) } else { None };
    match (customer, address) {
        (Some(customer), None) if wrong.is_empty() => Ok(ImportRow { customer, address: None }),
        (Some(customer), Some(Some(address))) if wrong.is_empty() => Ok(ImportRow { customer, address: Some(address) }),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, read_import};

    fn file(rows: &str) -> Vec<u8> {
        format!("{}\n{rows}", COLUMNS.join(";")).into_bytes()
    }

    const ROW: &str = "1.2.246.10.2454372.10.0;0245437-2;Esimerkkilä;;fi;Katu 1;00100;Helsinki;Suomi\n";

    #[test]
    fn a_row_is_a_customer_and_its_address() {
        let rows = read_import(&file(ROW), "register-organisations").expect("rows");
        assert_eq!(rows[0].customer["customer_kind"], "service-provider");
        assert_eq!(rows[0].address.as_ref().expect("address")["town"], "Helsinki");
        let alone = ";0245437-2;Apteekki;;sv;;;;\n";
        assert_eq!(read_import(&file(alone), "register-pharmacies").expect("rows")[0].address, None);
    }

    #[test]
    fn malformed_rows_are_named_with_line_and_column() {
        let rows = format!("{ROW}x;0245437-3;;;fi;;;;\n1;2\n{ROW}");
        let mistakes = read_import(&file(&rows), "register-organisations").expect_err("mistakes");
        let found: Vec<_> = mistakes.iter().map(|mistake| (mistake.line, mistake.column, mistake.key)).collect();
        assert_eq!(
            found,
            [
                (3, "business_id", "wrong.business-id"),
                (3, "name", "wrong.needed"),
                (3, "organisation_oid", "wrong.oid"),
                (4, "", "import.columns"),
                (5, "organisation_oid", "import.twice"),
            ]
        );
    }

    #[test]
    fn what_is_cut_short_huge_or_in_another_encoding_is_refused_whole() {
        let cut = file(ROW.trim_end());
        let latin = [&file("1.2.246.10.2454372.10.0;;Esimerkkil")[..], b"\xe4;;fi;;;;\n"].concat();
        let huge = file(&(0..20_002).map(|n| format!("1.2.{n};;N;;fi;;;;\n")).collect::<String>());
        for (bytes, key) in [
            (cut, "import.cut-short"),
            (latin, "import.not-utf8"),
            (huge, "import.too-many"),
            (b"name;oid\n".to_vec(), "import.headings"),
            (Vec::new(), "import.cut-short"),
        ] {
            let mistakes = read_import(&bytes, "register-organisations").expect_err(key);
            assert_eq!((mistakes.len(), mistakes[0].key), (1, key));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = read_import(&bytes, "register-pharmacies");
            let _ = read_import(&[COLUMNS.join(";").as_bytes(), b"\n", &bytes, b"\n"].concat(), "register-pharmacies");
        }
    }
}
