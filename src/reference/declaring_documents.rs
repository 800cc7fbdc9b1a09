//! Declarations of intent that go to Kanta as documents of the archive.

use serde_json::json;

use super::consent::HeldDeclaration;
use super::declaring::recorded;
use super::draft::{DisplayForm, DocumentKind, Draft, Intent};
use super::ending::{ActionOutcome, Ending, Stop};
use super::frame::Change;
use super::system::System;
use crate::domain::{Declared, Sector};

const WITHIN_SOCIAL_WELFARE: Declared = Declared::Permit { from: Sector::SocialWelfare, to: Sector::SocialWelfare };

impl System {
    /// Sends a document for each declaration; the first that fails ends it.
    pub(super) async fn declare_documents(&self, client: &str, declared: Vec<Declared>) -> Ending {
        let is_other = |one: &&Declared| matches!(one, Declared::Permit { .. }) && **one != WITHIN_SOCIAL_WELFARE;
        if declared.iter().any(|one| is_other(&one)) {
            return Ending::objected("a permit document is about social welfare alone");
        }
        let mut held = Vec::new();
        for one in declared {
            match self.declare_document(client, one).await {
                Ok(declaration) => held.push(declaration),
                Err(ending) => return *ending,
            }
        }
        self.declared(held)
    }

    async fn declare_document(&self, client: &str, declared: Declared) -> Result<HeldDeclaration, Stop> {
        let id = self.new_document_id(client);
        let kind = DocumentKind::of_declared(&declared);
        let draft = Draft {
            kind,
            set_id: id.clone(),
            id: id.clone(),
            version: 1,
            client: self.client(client)?,
            above: None,
            organiser: None,
            replaces: None,
            text: kind.title().to_owned(),
            attachments: Vec::new(),
            intent: Some(Intent { declared: declared.clone(), withdrawn: false }),
            form: DisplayForm::Xhtml,
            made: self.clock.now(),
        };
        let ending = self.change(Change::Store, draft, None).await;
        if ending.outcome != ActionOutcome::Succeeded {
            return Err(Ending { result: recorded(&[]), ..ending }.into());
        }
        Ok(HeldDeclaration { id, client: client.to_owned(), declared, withdrawn: false, is_document: true })
    }

    /// Withdraws a declaration that went as a document: a permit by a version that gives it no longer, anything else
    /// by nullifying the document.
    pub(super) async fn withdraw_document(&self, withdrawn: HeldDeclaration) -> Ending {
        let newest = self.register().newest(&withdrawn.client, &withdrawn.id).cloned();
        let Some(newest) = newest else { return Ending::objected("the declaration is not known") };
        let is_permit = matches!(withdrawn.declared, Declared::Permit { .. });
        let change = if is_permit { Change::Correct } else { Change::Nullify };
        let draft = match self.next_version(&newest, change, newest.kind.title().to_owned()) {
            Ok(draft) => draft,
            Err(ending) => return *ending,
        };
        let intent = Some(Intent { declared: withdrawn.declared.clone(), withdrawn: true });
        let ending = self.change(change, Draft { intent, ..draft }, None).await;
        if ending.outcome != ActionOutcome::Succeeded {
            return Ending { result: json!({"declarations": []}), ..ending };
        }
        self.declared(vec![withdrawn])
    }
}
