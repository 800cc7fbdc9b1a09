//! Changes of documents that belong to others.

use super::{ACCESSIBLE, Draft, Number, PERSONS, Pair, STEM, Told, controller_of};

impl Pair {
    /// A change of what the organisation may not know of is answered like one of what is not there.
    pub(super) async fn change(&mut self, document: Number, nullifies: bool) {
        if controller_of(document) == 0 || controller_of(document) == ACCESSIBLE {
            return;
        }
        let before = self.kanta.snapshot(&PERSONS.map(str::to_owned), "model").expect("snapshot").documents;
        let mut answers = Vec::new();
        for number in [7000 + document * 10 + 1, 9999] {
            self.number += 1;
            let draft =
                Draft::correction(number).with("extension=\"1000001\"", &format!("extension=\"{}\"", self.number));
            let draft = if nullifies { draft.with("\"COMPLETED\"", "\"NULLIFIED\"") } else { draft };
            let text = self.post(draft.finish(&self.identities)).await;
            assert!(text.contains("<typeCode code=\"AE\"/>"), "{text}");
            let details = text.split_once("<acknowledgementDetail").expect("details").1;
            answers.push(details.replace(&format!("{STEM}{number}"), "…"));
        }
        let is_known = self.model.versions.contains_key(&document) && self.model.told(document, 0) != Told::Nothing;
        if !is_known {
            assert_eq!(answers[0], answers[1], "{document} shows in the answer to a change");
        }
        let after = self.kanta.snapshot(&PERSONS.map(str::to_owned), "model").expect("snapshot").documents;
        assert_eq!(before, after);
    }
}
