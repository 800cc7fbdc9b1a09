//! Programs of others read the PDF/A that the reference system makes: qpdf its syntax, poppler what it says and
//! shows.

use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::tool;

/// The file that the scenario of PDF/A documents sends, and the marker of its run.
fn sent() -> (Vec<u8>, String) {
    let folder = tempfile::tempdir().expect("folder");
    let mut run = Command::new(env!("CARGO_BIN_EXE_kantakoe"));
    let ran = run.args(["run", "--only", "storage-pdf-document", "--report"]).arg(folder.path()).output().expect("run");
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stdout));
    let mut exchanges: Vec<_> = std::fs::read_dir(folder.path().join("evidence/exchanges"))
        .expect("exchanges")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".request.xml"))
        .collect();
    exchanges.sort();
    let packages = exchanges.iter().filter_map(|path| {
        let text = std::fs::read_to_string(path).expect("request");
        String::from_utf8(STANDARD.decode(between(&text, "representation=\"B64\">", "<")?).ok()?).ok()
    });
    let package = packages.into_iter().find(|package| package.contains("application/pdf")).expect("a PDF document");
    let file = between(&package, "mediaType=\"application/pdf\" representation=\"B64\">", "<").expect("file");
    let json = STANDARD.decode(between(&package, "json>", "<").expect("json")).expect("base64");
    let text = String::from_utf8(json).expect("UTF-8");
    let marker = between(&text, "Näyteteksti ", ".").expect("marker").to_owned();
    (STANDARD.decode(file).expect("base64"), marker)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

/// What the program says of the file, arguments after its name.
fn said(name: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<String> {
    let output = tool(name)?.args(before).arg(file).args(after).output().expect(name);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && output.stderr.is_empty(), "{name}: {told}{output:?}");
    Some(told)
}

#[test]
fn the_pdf_a_of_the_reference_system_is_read_by_others() {
    let (bytes, marker) = sent();
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("document.pdf");
    std::fs::write(&file, bytes).expect("write");
    if let Some(told) = said("qpdf", &["--check"], &file, &[]) {
        assert!(told.contains("No syntax or stream encoding errors found"), "{told}");
    }
    if let Some(told) = said("pdftotext", &["-layout"], &file, &["-"]) {
        assert!(told.contains(&marker) && told.contains("Merkintä tapaamisesta"), "{told}");
    }
    if let Some(told) = said("pdfinfo", &["-meta"], &file, &[]) {
        assert!(told.contains("<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"), "{told}");
    }
    if let Some(told) = said("pdfinfo", &[], &file, &[]) {
        assert!(told.contains("JavaScript:      no") && told.contains("Encrypted:       no"), "{told}");
    }
    if let Some(told) = said("pdffonts", &[], &file, &[]) {
        let font = told.lines().nth(2).expect("font");
        assert!(font.contains("Type 3") && font.contains("yes no"), "every font is embedded: {told}");
    }
}
