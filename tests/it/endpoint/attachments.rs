//! Attachments: taken with the document, in the package or beside the envelope, and given back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::messages::Draft;
use super::world::World;

const PARTS: [[&str; 3]; 2] = [["one@x", "text/plain", "Ensimmäinen"], ["two@x", "text/plain", "Toinen"]];

/// Every part of the package in the answer to a search.
async fn given_back(world: &World) -> String {
    let answer = world.send(&Draft::of("search").numbered(77).finish(&world.identities)).await;
    let package = answer.split_once("representation=\"B64\">").expect("package").1;
    let package = STANDARD.decode(package.split('<').next().expect("text")).expect("base64");
    String::from_utf8(package).expect("UTF-8")
}

#[tokio::test]
async fn attachments_are_stored_and_given_back_in_both_forms() {
    let draft = Draft::of("client-document");
    for is_beside in [false, true] {
        let world = World::start().await;
        let finish = if is_beside { Draft::finish_beside } else { Draft::finish_with };
        let message = finish(&draft, &world.identities, &PARTS, &["one@x", "two@x"]);
        let answer = world.send(&message).await;
        assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
        assert!(!answer.contains("[attachment-") && !answer.contains("[package-"), "{answer}");
        let package = given_back(&world).await;
        for [id, _, text] in PARTS {
            let part =
                format!("Content-ID: <{id}>\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", STANDARD.encode(text));
            assert!(package.contains(&part), "{package}");
        }
        assert_eq!(world.send(&message).await, answer);
        // The same identifier with another attachment is another message.
        let other =
            finish(&draft, &world.identities, &[PARTS[0], ["two@x", "text/plain", "Toinen 2"]], &["one@x", "two@x"]);
        assert!(world.send(&other).await.contains("<typeCode code=\"AE\"/>"));
        assert_eq!(world.stored(), 1);
    }
}

/// Parts, references and the code of the finding.
type Case = (&'static [[&'static str; 3]], &'static [&'static str], &'static str);

#[tokio::test]
async fn what_does_not_fit_is_told() {
    let cases: [Case; 4] = [
        (&PARTS[..1], &["one@x", "two@x"], "attachment-missing"),
        (&PARTS, &["one@x"], "attachment-unreferenced"),
        (&[["one@x", "application/zip", "PK"]], &["one@x"], "attachment-unfit"),
        (&[], &["gone"], "attachment-missing"),
    ];
    for (parts, references, code) in cases {
        let world = World::start().await;
        let answer = world.send(&Draft::of("client-document").finish_with(&world.identities, parts, references)).await;
        let told: Vec<&str> = answer.matches("[attachment-").collect();
        assert!(answer.contains(&format!("[{code}]")) && told.len() == 1, "{code}: {answer}");
    }
}

#[tokio::test]
async fn a_foreign_code_in_an_attachment_is_kept_nowhere() {
    let foreign = kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
    let foreign = foreign.as_str().to_owned();
    for is_beside in [false, true] {
        let world = World::start().await;
        let finish = if is_beside { Draft::finish_beside } else { Draft::finish_with };
        let part = [["one@x", "text/plain", foreign.as_str()]];
        let answer = world.send(&finish(&Draft::of("client-document"), &world.identities, &part, &["one@x"])).await;
        assert!(answer.contains("[identity-code-foreign]") && !answer.contains(&foreign), "{answer}");
        assert_eq!(world.stored(), 0);
        assert!(memchr::memmem::find(&world.journal_bytes(), foreign.as_bytes()).is_none());
    }
}
