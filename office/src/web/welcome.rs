//! The page of a one-time link: the person chooses a password and sets the second factor up.

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::sign_in::opened;
use super::visit::Visit;
use crate::access::{PasswordMistake, check_password, digest, enrolment_address, hash_password, matching_step};
use crate::page::{Block, Fact, Field, FieldKind, Page};
use crate::store::{Account, Invitation};

/// The form.
pub(super) async fn show(visit: Visit) -> Outcome {
    let (invitation, account) = invited(&visit).await?;
    Ok(Answer::page(page(&visit, &invitation, &account, Wrong::default())))
}

#[derive(Default)]
struct Wrong {
    password: String,
    again: String,
    code: String,
}

async fn invited(visit: &Visit) -> Result<(Invitation, Account), Failure> {
    let hash = digest(visit.parameter("token").as_bytes());
    let invitation = visit.app.store.invitation(&hash, visit.now).await?.ok_or(Failure::NotFound)?;
    let account = visit.app.store.account(&invitation.account).await?.ok_or(Failure::NotFound)?;
    if account.closed { Err(Failure::NotFound) } else { Ok((invitation, account)) }
}

fn page(visit: &Visit, invitation: &Invitation, account: &Account, wrong: Wrong) -> Page {
    let password = |name: &str, error: String| Field {
        error,
        autocomplete: "new-password",
        ..Field::of(FieldKind::Password, name, visit.t(&format!("welcome.{name}"))).required()
    };
    let code =
        Field { error: wrong.code, autocomplete: "one-time-code", ..Field::text("code", visit.t("welcome.code")) };
    let fields = vec![
        password("password", wrong.password).hint(visit.t("welcome.password-hint")),
        password("again", wrong.again),
        code.required().hint(visit.t("sign-in.code-hint")),
    ];
    let secret = invitation.totp_secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let address = enrolment_address(&invitation.totp_secret, &account.login).unwrap_or_default();
    let facts = vec![
        Fact::new(visit.t("sign-in.login"), &account.login),
        Fact::new(visit.t("welcome.secret"), secret),
        Fact { link: Some(address), ..Fact::new(visit.t("welcome.address"), visit.t("welcome.address-link")) },
    ];
    let action = format!("/welcome/{}", visit.parameter("token"));
    Page::new(visit.t("welcome.title"))
        .paragraph(visit.t("welcome.second-factor"))
        .with(Block::Facts(facts))
        .with(Block::Form(visit.form(action, fields, "welcome.submit")))
}

/// Takes password and code, uses the link up and opens a session.
pub(super) async fn enrol(visit: Visit) -> Outcome {
    let (invitation, account) = invited(&visit).await?;
    let password = visit.field("password").to_owned();
    let mut wrong = Wrong::default();
    if let Err(mistake) = check_password(&password, &account.login) {
        wrong.password = visit.t(&format!("welcome.password-{}", mistake_code(mistake)));
    }
    if visit.field("again") != password {
        wrong.again = visit.t("welcome.not-the-same");
    }
    let step = matching_step(&invitation.totp_secret, visit.field("code"), visit.now, 0);
    if step.is_none() {
        wrong.code = visit.t("welcome.wrong-code");
    }
    let Some(step) = step.filter(|_| wrong.password.is_empty() && wrong.again.is_empty()) else {
        return Ok(Answer::form_again(page(&visit, &invitation, &account, wrong)));
    };
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await;
    let hash = hash.map_err(|error| Failure::Broken(error.to_string()))?;
    let mut write = visit.app.store.write().await?;
    write.enrol(&invitation, &hash, step).await?;
    opened(&visit, write, &account, "done", "/").await
}

fn mistake_code(mistake: PasswordMistake) -> &'static str {
    match mistake {
        PasswordMistake::TooShort => "too-short",
        PasswordMistake::TooLong => "too-long",
        PasswordMistake::TooSimple => "too-simple",
    }
}
