//! What the rules about notices ask of the archive.

use crate::kanta::asked::Asked;
use crate::rule::archive::digest;
use crate::rule::notice::KnownNotices;

impl KnownNotices for Asked<'_> {
    fn is_request_reused(&self, request_id: &str, body: &[u8]) -> bool {
        self.told(self.core.archive.request_digest(request_id)).is_some_and(|earlier| earlier != digest(body))
    }

    fn notice_digest(&self, id: &str) -> Option<String> {
        self.told(self.core.archive.resource(id)).map(|kept| kept.digest)
    }
}
