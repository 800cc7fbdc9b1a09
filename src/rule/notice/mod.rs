//! Rules about disclosure notices: one request to the FHIR root, its headers, its token, its Bundle and
//! the Bundle's signature.

mod case;
mod contained;
mod context;
mod controller;
mod elements;
mod full_url;
mod identifier;
mod identity_code;
mod items;
mod media_type;
mod notes;
mod one_person;
mod pairs;
mod profiles;
mod readable;
mod reading;
mod recipient;
mod registry;
mod request;
mod request_id;
mod signature;
mod signer;
mod times;
mod token_claims;
mod token_genuine;
mod token_scope;
mod transaction;

pub use context::{KnownNotices, NothingKnown, NoticeContext};
pub use reading::{Reading, Token, TokenReading, content_digest, notice_ids, persons, read, request_id};
pub use registry::{judge, judge_body};
pub use request::NoticeRequest;
