//! Files of rows for a spreadsheet.

/// What a spreadsheet would take for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The rows as CSV with semicolons, in UTF-8. What a spreadsheet would take for a formula gets an apostrophe before.
pub(super) fn csv<const N: usize>(headings: [String; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in std::iter::once(headings).chain(rows) {
        writer.write_record(row.map(|cell| harmless(&cell))).expect("memory takes every row");
    }
    writer.into_inner().expect("memory takes every row")
}

fn harmless(cell: &str) -> String {
    // A telephone number begins with a plus and is nothing but digits.
    let is_number =
        cell.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || " -()".contains(c)));
    if cell.starts_with(FORMULA) && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn formulas_are_harmless_and_separators_kept() {
        let rows = [["=1+1", "a;b"], ["+358 40 1", "@x"]].map(|row| row.map(str::to_owned));
        let text = csv(["-a", "b"].map(str::to_owned), rows.into_iter());
        assert_eq!(String::from_utf8(text).expect("text"), "'-a;b\n'=1+1;\"a;b\"\n+358 40 1;'@x\n");
    }
}
