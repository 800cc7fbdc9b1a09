//! The identifiers of the clients of frame and document.

use crate::rule::message::judged_message::JudgedMessage;
use crate::wire::LocatedValue;
use crate::wire::hl7::InstanceId;

/// Those of the frame first.
pub(super) fn client_ids<'a>(
    subject: &JudgedMessage<'a>,
) -> impl Iterator<Item = &'a LocatedValue<InstanceId>> + use<'a> {
    let framed = subject.frame_document().into_iter().flat_map(|frame| &frame.clients);
    let own = subject.document.into_iter().flat_map(|document| &document.clients);
    framed.filter_map(|client| client.id.as_ref()).chain(own.filter_map(|client| client.id.as_ref()))
}

/// Whether `id` is a temporary identifier as the profile knows them.
pub(super) fn is_temporary(subject: &JudgedMessage<'_>, id: &InstanceId) -> bool {
    subject.context.profile.identity.temporary.is_root(&id.root) && !id.extension.trim().is_empty()
}
