//! Signing in at the provider of identities: out, and back.

use super::answer::Answer;
use super::cookies::own_address;
use super::failure::Failure;
use super::route::Outcome;
use super::sign_in::opened;
use super::visit::Visit;
use crate::access::{Role, digest};
use crate::elsewhere::{Identity, IdentityProvider};
use crate::settings::Provider;
use crate::store::{Account, LogEntry, NewAccount, ProviderAttempt};

/// How long a person may take, in milliseconds.
const PATIENCE: i64 = 15 * 60_000;

async fn provider<'a>(visit: &Visit, settings: &'a Provider) -> Result<IdentityProvider<'a>, Failure> {
    let back = format!("{}/provider/return", visit.app.settings.public_address);
    IdentityProvider::find(settings, back).await.map_err(Failure::Elsewhere)
}

/// Sends the person to the provider.
pub(super) async fn start(visit: Visit) -> Outcome {
    let settings = visit.app.settings.provider.clone().ok_or(Failure::NotFound)?;
    let started = provider(&visit, &settings).await?.start();
    let attempt = ProviderAttempt {
        state_hash: digest(started.state.as_bytes()),
        visitor: visit.visitor_token.clone(),
        nonce: started.nonce,
        verifier: started.verifier,
        next: own_address(visit.query.text("next")).to_owned(),
    };
    let mut write = visit.app.store.write().await?;
    write.begin_attempt(&attempt, visit.now + PATIENCE).await?;
    write.commit().await?;
    Ok(Answer::redirect(started.address))
}

/// Takes the person back: the browser must be the one that began, and the token must hold.
pub(super) async fn back(visit: Visit) -> Outcome {
    let settings = visit.app.settings.provider.clone().ok_or(Failure::NotFound)?;
    let mut write = visit.app.store.write().await?;
    let attempt = write.take_attempt(&digest(visit.query.text("state").as_bytes()), visit.now).await?;
    write.commit().await?;
    if attempt.visitor != visit.visitor_token {
        return Err(Failure::NotYourForm);
    }
    let code = visit.query.text("code").to_owned();
    if code.is_empty() {
        return Err(Failure::NotPossible("sign-in.provider-refused"));
    }
    let provider = provider(&visit, &settings).await?;
    let identity = provider.finish(code, attempt.nonce, attempt.verifier).await.map_err(Failure::Elsewhere)?;
    let account = account(&visit, &identity).await?;
    if account.closed {
        visit.app.store.note(&LogEntry { login: account.login, ..visit.entry("closed") }).await?;
        return Err(Failure::NotPossible("accounts.is-closed"));
    }
    let write = visit.app.store.write().await?;
    opened(&visit, write, &account, "done", &attempt.next).await
}

/// The account of an identity, made if it is new, with the rights that the claims give now.
async fn account(visit: &Visit, identity: &Identity) -> Result<Account, Failure> {
    let store = &visit.app.store;
    let customer = store.customer_by_identifier(&identity.customer).await?.unwrap_or_default();
    let roles = identity.roles.iter().filter_map(|code| Role::of(code));
    let rights = roles.filter_map(|role| match (role.is_for_a_customer(), customer.is_empty()) {
        (true, true) => None,
        (true, false) => Some((role, customer.clone())),
        (false, _) => Some((role, String::new())),
    });
    let rights: Vec<_> = rights.collect();
    let known = store.account_by_subject(&identity.subject).await?;
    let mut write = store.write().await?;
    let id = match known {
        Some(account) => account.id,
        None => {
            let login = format!("id-{}", &digest(identity.subject.as_bytes())[..16]);
            let (name, email) = (identity.name.clone(), identity.email.clone());
            let new = NewAccount { login, name, email, provider_subject: identity.subject.clone() };
            write.add_account(&new, visit.now).await?
        }
    };
    let name = if identity.name.is_empty() { &identity.subject } else { &identity.name };
    write.rename_account(&id, name, &identity.email).await?;
    write.follow_provider(&id, &rights, visit.now).await?;
    write.commit().await?;
    store.account(&id).await?.ok_or(Failure::NotFound)
}
