//! The rules about use logs, in the order in which their findings stand.

use super::entry::SingleEntry;
use super::form::ElementForm;
use super::sequence::EntryInOrder;
use super::whole::WholeLog;
use super::{
    actor_missing, audit_event_wrong, chain_broken, clock_skewed, correlation_missing, entry_doubled, entry_missing,
    file_damaged, holds_document_text, holds_token, identity_code_foreign, not_judged, notice_missing, object_missing,
    other_person, outcome_wrong, purpose_missing, recipient_missing, request_unknown, sequence_broken, time_wrong,
    unreadable,
};
use crate::rule::{RuleEntry, Stage, entries};

/// What reading a log, or an element of it, came upon.
pub(super) const OF_FORM: &[Stage<ElementForm>] =
    &[Stage { rules: &[file_damaged::RULE, audit_event_wrong::RULE, unreadable::RULE], applies: |_, _| true }];

/// What an entry tells, whatever stands before it.
pub(super) const OF_ENTRY: &[Stage<SingleEntry>] = &[
    Stage {
        rules: &[
            request_unknown::RULE,
            correlation_missing::RULE,
            actor_missing::RULE,
            purpose_missing::RULE,
            object_missing::RULE,
            outcome_wrong::RULE,
            recipient_missing::RULE,
            notice_missing::RULE,
            clock_skewed::RULE,
        ],
        applies: |_, _| true,
    },
    Stage {
        rules: &[holds_token::RULE, holds_document_text::RULE, identity_code_foreign::RULE, other_person::RULE],
        applies: |case, _| case.is_suspicious,
    },
];

/// Whether an entry follows those before it.
pub(super) const IN_ORDER: &[Stage<EntryInOrder>] = &[
    Stage { rules: &[entry_doubled::RULE], applies: |_, _| true },
    Stage { rules: &[time_wrong::RULE, sequence_broken::RULE, chain_broken::RULE], applies: |case, _| case.is_judged },
];

/// Whether the log is whole.
pub(super) const OF_WHOLE: &[Stage<WholeLog>] =
    &[Stage { rules: &[entry_missing::RULE, not_judged::RULE], applies: |_, _| true }];

/// The rules about use logs.
pub(in crate::rule) fn rules() -> impl Iterator<Item = RuleEntry> {
    entries(OF_FORM).chain(entries(OF_ENTRY)).chain(entries(IN_ORDER)).chain(entries(OF_WHOLE))
}
