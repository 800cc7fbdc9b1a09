//! One request with declarations under work.

use axum::http::StatusCode;

use super::Declaration;
use crate::domain::{Operation, Severity};
use crate::kanta::archive::{ArchiveError, DeclarationChange};
use crate::kanta::asked::Asked;
use crate::kanta::core::Core;
use crate::kanta::fhir::{context, grounds, issue, json_answer, outcome, refusal, request_of, withheld};
use crate::kanta::recorder::{Account, Answer, Arrival, FOREIGN_CODE, Reply};
use crate::rule::Finding;
use crate::rule::archive::digest;
use crate::rule::declaration::{self, DeclarationContext, DeclarationReading, KnownDeclarations, Statement};
use crate::rule::notice;
use crate::wire::fhir::transaction_response;

/// The finding about a Consent that does not say what it declares.
const MALFORMED: &str = "declaration-malformed";

/// What to answer to a request with declarations, and what to write down.
pub(in crate::kanta) fn handle(core: &Core, arrival: &Arrival) -> Result<(Account, Reply), ArchiveError> {
    Work { core, arrival, reading: declaration::read(request_of(arrival), &core.profile) }.run()
}

struct Work<'a> {
    core: &'a Core,
    arrival: &'a Arrival,
    reading: DeclarationReading,
}

impl Work<'_> {
    fn run(&self) -> Result<(Account, Reply), ArchiveError> {
        if self.arrival.is_withheld() {
            return Ok(self.refused(vec![FOREIGN_CODE.to_owned()], withheld(self.core)));
        }
        let mut findings = self.judge()?;
        // What cannot be kept is refused, however the rule counts that tells of it.
        if self.reading.statements.len() < self.reading.bundle.consents.len() {
            findings
                .iter_mut()
                .filter(|finding| finding.code == MALFORMED)
                .for_each(|one| one.severity = Severity::Fail);
        }
        let repeated = self.is_repeated()?;
        if let Some(id) = notice::request_id(&self.reading.request) {
            self.core.archive.note_request(id, &digest(self.arrival.body()))?;
        }
        let grounds = grounds(&findings);
        if !grounds.is_empty() {
            let answer = refusal(self.core, self.reading.request.body.is_ok(), &grounds, &findings);
            return Ok(self.refused(grounds, answer));
        }
        let statements = &self.reading.statements;
        if let Some(conflict) = self.conflict(statements)? {
            return Ok(conflict);
        }
        let changes: Vec<DeclarationChange> = statements.iter().map(|one| self.change(one)).collect();
        self.core.archive.declare(&changes, self.arrival.received)?;
        let account = Account { accepted: true, repeated, ..self.account(Vec::new()) };
        Ok((account, Reply::Answer(self.stored(statements))))
    }

    fn judge(&self) -> Result<Vec<Finding>, ArchiveError> {
        let known = Asked::new(self.core, "");
        let request = context(self.core, self.arrival, &known);
        let findings = declaration::judge(&self.reading, &DeclarationContext { request, known: &known });
        known.end()?;
        Ok(findings)
    }

    /// Whether the same request came before.
    fn is_repeated(&self) -> Result<bool, ArchiveError> {
        let Some(id) = notice::request_id(&self.reading.request) else { return Ok(false) };
        let earlier = self.core.archive.request_digest(id)?;
        Ok(earlier == Some(digest(self.arrival.body())))
    }

    /// A declaration is replaced and withdrawn by who made it, and one that was withdrawn stays so: a message
    /// that comes late brings nothing back.
    fn conflict(&self, statements: &[Statement]) -> Result<Option<(Account, Reply)>, ArchiveError> {
        for statement in statements {
            let text = match self.core.archive.declaration(&statement.id)? {
                Some(known) if known.person != statement.person => "is another person's declaration",
                Some(known) if !known.in_force && !statement.withdrawn => "is withdrawn",
                None if statement.withdrawn => "is no declaration that is in force",
                _ => continue,
            };
            let issue = issue(self.core, "integrity", format!("[declaration-conflict] {} {text}", statement.id), None);
            let answer = outcome(StatusCode::CONFLICT, &[issue]);
            return Ok(Some(self.refused(vec!["declaration-conflict".to_owned()], answer)));
        }
        Ok(None)
    }

    fn change(&self, statement: &Statement) -> DeclarationChange {
        let Statement { id, person, declared, withdrawn } = statement.clone();
        if withdrawn {
            return DeclarationChange::Withdraw { id, person };
        }
        DeclarationChange::Declare(Declaration { id, person, declared, stored: self.arrival.received })
    }

    fn stored(&self, statements: &[Statement]) -> Answer {
        let receiver = &self.core.profile.party.receiver;
        let permanent = |kind: &str, number: usize| format!("{kind}/{receiver}.3.{}.{number}", self.arrival.number);
        let pair = |number: usize| [permanent("Consent", number), permanent("Provenance", number)];
        let locations: Vec<String> = (1..=statements.len()).flat_map(pair).collect();
        json_answer(StatusCode::OK, &transaction_response(&locations, self.arrival.received))
    }

    fn refused(&self, grounds: Vec<String>, answer: Answer) -> (Account, Reply) {
        (self.account(grounds), Reply::Answer(answer))
    }

    fn account(&self, grounds: Vec<String>) -> Account {
        Account {
            operation: Operation::StoreDeclaration,
            persons: notice::persons(&self.reading.request),
            message_id: notice::request_id(&self.reading.request).map(str::to_owned),
            refused_for: grounds,
            ..Account::default()
        }
    }
}

impl KnownDeclarations for Asked<'_> {
    fn is_informed(&self, person: &str) -> bool {
        let standing = self.told(self.core.archive.standing(person).map(Some));
        standing.is_some_and(|standing| standing.informed())
    }
}
