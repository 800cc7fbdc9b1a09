//! Reads a form with files.

use axum::extract::{FromRequest, Multipart, Request};

use super::failure::Failure;
use super::posted::{Fields, Posted, PostedFile};

const MOST_PARTS: usize = 200;
const LONGEST_NAME: usize = 200;

/// Reads `request` as `multipart/form-data`. Its size is bounded by the route.
pub(super) async fn read(request: Request) -> Result<Posted, Failure> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::UnreadableForm)?;
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| too_large_or(&error))? {
        if pairs.len() + files.len() >= MOST_PARTS {
            return Err(Failure::UnreadableForm);
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(|name| name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect());
        let bytes = part.bytes().await.map_err(|error| too_large_or(&error))?.to_vec();
        match file {
            Some(name) => files.push(PostedFile { field, name, bytes }),
            None => pairs.push((field, String::from_utf8(bytes).map_err(|_| Failure::UnreadableForm)?)),
        }
    }
    let fields = Fields::of(pairs.into_iter()).ok_or(Failure::UnreadableForm)?;
    Ok(Posted { fields, files })
}

fn too_large_or(error: &axum::extract::multipart::MultipartError) -> Failure {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { Failure::UnreadableForm }
}
