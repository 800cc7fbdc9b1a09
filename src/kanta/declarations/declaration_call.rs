//! One request with declarations under work.

use axum::http::StatusCode;

use super::Declaration;
use crate::domain::{Operation, RefusalGround, ServiceGround, Severity};
use crate::kanta::archive::{ArchiveError, DeclarationChange};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use crate::kanta::fhir::{
    context, grounds, is_repeated, issue, json_answer, outcome, refusal, request_of, withheld, without_repetition,
};
use crate::kanta::knowledge::LiveKnowledge;
use crate::reading::{DeclarationReading, Statement, persons, read_declaration, request_id};
use crate::rule::declaration;
use crate::rule::facts::of_declarations;
use crate::rule::{Finding, FindingCode};
use crate::wire::fhir::transaction_response;

/// What to answer to a request with declarations, and what to write down.
pub(in crate::kanta) fn handle(core: &Core, arrival: &Arrival) -> Result<(ExchangeRecord, Reply), ArchiveError> {
    DeclarationCall { core, arrival, reading: read_declaration(request_of(arrival), &core.profile) }.run()
}

struct DeclarationCall<'a> {
    core: &'a Core,
    arrival: &'a Arrival,
    reading: DeclarationReading,
}

impl DeclarationCall<'_> {
    fn run(&self) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        if self.arrival.is_withheld() {
            return self.refuse(vec![FOREIGN_CODE.into()], withheld(self.core));
        }
        let repeated = is_repeated(self.core, &self.reading.request);
        let mut findings = without_repetition(self.judge(), repeated);
        // What cannot be kept is refused, however the rule counts that tells of it.
        if self.reading.statements.len() < self.reading.bundle.consents.len() {
            findings
                .iter_mut()
                .filter(|finding| finding.code == FindingCode::DeclarationMalformed)
                .for_each(|one| one.severity = Severity::Fail);
        }
        let grounds = grounds(&findings);
        if !grounds.is_empty() {
            let answer = refusal(self.core, self.reading.request.body.is_ok(), &grounds, &findings);
            return self.refuse(grounds, answer);
        }
        let statements = &self.reading.statements;
        if let Some(conflict) = self.conflict(statements) {
            return self.refuse(vec![ServiceGround::DeclarationConflict.into()], conflict);
        }
        let record = ExchangeRecord { accepted: true, repeated, ..self.record(Vec::new()) };
        let changes: Vec<DeclarationChange> = statements.iter().map(|one| self.change(one)).collect();
        let facts = of_declarations(&self.reading, record.handling());
        self.core.archive.declare(&changes, self.arrival.received, &facts)?;
        Ok((record, Reply::Answer(self.stored(statements))))
    }

    fn judge(&self) -> Vec<Finding> {
        let known = LiveKnowledge::new(self.core, "");
        declaration::judge(&self.reading, &context(self.core, self.arrival, &known))
    }

    /// A declaration is replaced and withdrawn by who made it, and one that was withdrawn stays so: a message
    /// that comes late brings nothing back.
    fn conflict(&self, statements: &[Statement]) -> Option<ServiceAnswer> {
        for statement in statements {
            let text = match self.core.archive.state().declaration(&statement.id) {
                Some(known) if known.person != statement.person => "is another person's declaration",
                Some(known) if !known.in_force && !statement.withdrawn => "is withdrawn",
                None if statement.withdrawn => "is no declaration that is in force",
                _ => continue,
            };
            let issue = issue(self.core, "integrity", format!("[declaration-conflict] {} {text}", statement.id), None);
            return Some(outcome(StatusCode::CONFLICT, &[issue]));
        }
        None
    }

    fn change(&self, statement: &Statement) -> DeclarationChange {
        let Statement { id, person, declared, withdrawn } = statement.clone();
        if withdrawn {
            return DeclarationChange::Withdraw { id, person };
        }
        DeclarationChange::Declare(Declaration { id, person, declared, stored: self.arrival.received })
    }

    fn stored(&self, statements: &[Statement]) -> ServiceAnswer {
        let receiver = &self.core.profile.party.receiver;
        let permanent = |kind: &str, number: usize| format!("{kind}/{receiver}.3.{}.{number}", self.arrival.number);
        let pair = |number: usize| [permanent("Consent", number), permanent("Provenance", number)];
        let locations: Vec<String> = (1..=statements.len()).flat_map(pair).collect();
        json_answer(StatusCode::OK, &transaction_response(&locations, self.arrival.received))
    }

    fn refuse(
        &self,
        grounds: Vec<RefusalGround>,
        answer: ServiceAnswer,
    ) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        let record = self.record(grounds);
        self.core.archive.learn(&of_declarations(&self.reading, record.handling()))?;
        Ok((record, Reply::Answer(answer)))
    }

    fn record(&self, grounds: Vec<RefusalGround>) -> ExchangeRecord {
        ExchangeRecord {
            operation: Operation::StoreDeclaration,
            persons: persons(&self.reading.request),
            message_id: request_id(&self.reading.request).map(str::to_owned),
            refused_for: grounds,
            ..ExchangeRecord::default()
        }
    }
}
