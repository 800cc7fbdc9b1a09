//! Forms between organisations (förmedling av blanketter): a form is sent, waits, is fetched by its
//! recipient, and is over with the recipient's receipt. That the service exists is published; everything
//! about its shape is the harness's own.

mod refusal;
mod service;

pub(super) use service::FormService;
