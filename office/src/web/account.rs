//! The signed-in person's own account: which role is in use, and a new password.

use super::answer::Answer;
use super::route::Outcome;
use super::visit::Visit;
use crate::access::AccountRight;
use crate::page::{Block, Choice, Fact, Field, FieldKind, Page};

/// The account.
pub(super) async fn show(visit: Visit) -> Outcome {
    let acting = visit.acting()?;
    let rights = visit.app.store.rights(&acting.account).await?;
    let facts = vec![
        Fact::new(visit.t("sign-in.login"), &acting.login),
        Fact::new(visit.t("account.name"), &acting.name),
        Fact::new(visit.t("account.email"), &acting.email),
    ];
    let mut page = Page::new(visit.t("page.account")).with(Block::Facts(facts));
    page = page.heading(visit.t("account.roles"));
    if rights.is_empty() {
        page = page.paragraph(visit.t("account.no-role"));
    } else {
        let mut choices = Vec::new();
        for right in rights {
            choices.push(choice(&visit, right).await?);
        }
        let field = Field::of(FieldKind::One(choices), "right", visit.t("account.role"));
        page = page.with(Block::Form(visit.form("/account/right", vec![field], "account.use")));
    }
    Ok(Answer::page(page))
}

async fn choice(visit: &Visit, right: AccountRight) -> Result<Choice, super::failure::Failure> {
    let in_use = visit.acting()?.right.as_ref();
    let chosen = in_use.is_some_and(|used| used.id == right.id);
    let label = super::accounts::right_label(visit, &right).await?;
    Ok(Choice { value: right.id, label, chosen })
}

/// Uses another of the account's rights from here on.
pub(super) async fn use_right(visit: Visit) -> Outcome {
    let acting = visit.acting()?;
    let mut write = visit.app.store.write().await?;
    write.use_right(&acting.session, visit.field("right")).await?;
    let entry = crate::store::LogEntry { detail: format!("right {}", visit.field("right")), ..visit.entry("done") };
    write.note(&entry).await?;
    write.commit().await?;
    Ok(Answer::redirect("/").logged())
}
