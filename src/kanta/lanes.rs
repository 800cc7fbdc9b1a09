//! Archives side by side behind one address. A lane is a simulated Kanta of its own, with its own archive and
//! evidence: what one holds, no other sees.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::uri::{PathAndQuery, Uri};
use tower::ServiceExt;

use super::core::Core;
use super::lane_settings::{LaneBy, is_lane_name};
use super::recorder::Recorder;
use super::settings::{KantaError, Settings};
use super::{http, opening};
use crate::domain::Oid;
use crate::evidence::{Caller, Journal, JournalError};
use crate::pki::{FolderError, make_private_folder};

/// Start of the addresses of lanes.
const START: &str = "/lane/";

/// Why a lane cannot be opened.
#[derive(Debug, thiserror::Error)]
enum LaneError {
    #[error("there are {0} lanes already")]
    TooMany(usize),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Kanta(#[from] KantaError),
}

/// The main archive and its lanes.
struct Lanes {
    main: Router,
    /// What a lane is opened with.
    settings: Settings,
    /// Scheme, host and port, as in the URLs of the main archive.
    root: String,
    audience: Vec<String>,
    open: Mutex<BTreeMap<String, Router>>,
}

/// The lanes that are open from the start, by name.
pub(super) type NamedLanes = BTreeMap<String, Arc<Core>>;

/// The service of `main` with the lanes that `settings` allow, and those of them that are open from the start.
///
/// # Errors
/// `LaneName`, `Archive`.
pub(super) fn service(main: &Arc<Core>, mut settings: Settings) -> Result<(Router, NamedLanes), KantaError> {
    let only = http::router(main, &settings.services);
    if settings.state.is_none() {
        settings.lanes.most = 0;
    }
    if settings.lanes.most == 0 && settings.lanes.named.is_empty() {
        return Ok((only, NamedLanes::new()));
    }
    let (root, audience) = (main.root.clone(), main.audience.clone());
    let lanes = Lanes { main: only, settings, root, audience, open: Mutex::default() };
    let beside = |name: &String| Ok((name.clone(), Arc::new(lanes.beside(main, name)?)));
    let named = lanes.settings.lanes.named.iter().map(beside).collect::<Result<NamedLanes, KantaError>>()?;
    let services = named.iter().map(|(name, core)| (name.clone(), http::router(core, &lanes.settings.services)));
    lanes.lock().extend(services);
    Ok((Router::new().fallback(distribute).with_state(Arc::new(lanes)), named))
}

/// Hands a request to its lane; to the main archive, which keeps it as evidence, where it has none.
async fn distribute(State(lanes): State<Arc<Lanes>>, request: Request) -> Response<Body> {
    let (service, request) = lanes.of(request);
    service.oneshot(request).await.unwrap_or_else(|never: std::convert::Infallible| match never {})
}

impl Lanes {
    fn of(&self, mut request: Request) -> (Router, Request) {
        let called = match self.settings.lanes.by {
            LaneBy::Path => by_path(request.uri()),
            LaneBy::Organisation => organisation(&request).map(|name| (name, request.uri().clone())),
        };
        let Some((name, uri)) = called else { return (self.main.clone(), request) };
        match self.open(&name) {
            Ok(service) => {
                *request.uri_mut() = uri;
                (service, request)
            }
            Err(error) => {
                tracing::warn!(%error, "no lane");
                (self.main.clone(), request)
            }
        }
    }

    /// The lane called `name`, opened where it is not open yet.
    fn open(&self, name: &str) -> Result<Router, LaneError> {
        if !is_lane_name(name) {
            return Err(KantaError::LaneName(name.to_owned()).into());
        }
        let mut open = self.lock();
        if let Some(service) = open.get(name) {
            return Ok(service.clone());
        }
        let (most, named) = (self.settings.lanes.most, self.settings.lanes.named.len());
        if open.len() >= most.saturating_add(named) {
            return Err(LaneError::TooMany(open.len()));
        }
        let service = http::router(&Arc::new(self.called(name)?), &self.settings.services);
        open.insert(name.to_owned(), service.clone());
        Ok(service)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Router>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A lane that writes into the journal of `main`.
    fn beside(&self, main: &Core, name: &str) -> Result<Core, KantaError> {
        if !is_lane_name(name) {
            return Err(KantaError::LaneName(name.to_owned()));
        }
        self.core(name, None, main.recorder.beside(name))
    }

    /// A lane with a journal of its own.
    fn called(&self, name: &str) -> Result<Core, LaneError> {
        let state = self.settings.state.as_deref().unwrap_or(Path::new("")).join("lanes").join(name);
        make_private_folder(&state)?;
        let journal = Arc::new(Journal::resume(&state.join("journal"), None)?);
        let recorder = Recorder::new(journal, self.settings.clock, self.settings.keep_exchanges, name);
        Ok(self.core(name, Some(state), recorder)?)
    }

    fn core(&self, name: &str, state: Option<PathBuf>, recorder: Recorder) -> Result<Core, KantaError> {
        let settings = Settings { state, ..self.settings.clone() };
        let (root, audience) = match self.settings.lanes.by {
            LaneBy::Organisation => (self.root.clone(), self.audience.clone()),
            LaneBy::Path => {
                let inside =
                    |address: &String| address.strip_suffix("/fhir").map(|root| format!("{root}{START}{name}/fhir"));
                (format!("{}{START}{name}", self.root), self.audience.iter().filter_map(inside).collect())
            }
        };
        opening::open(settings, recorder, root, audience)
    }
}

/// The lane that the address names, and the address within it.
fn by_path(uri: &Uri) -> Option<(String, Uri)> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(START)?;
    let (name, within) = rest.split_at(rest.find('/')?);
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(within).ok()?);
    Some((name.to_owned(), Uri::from_parts(parts).ok()?))
}

/// The organisation that the caller's certificate names.
fn organisation(request: &Request) -> Option<String> {
    let caller = request.extensions().get::<Arc<Caller>>()?;
    caller.serial_number.clone().filter(|number| Oid::check(number).is_ok())
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::by_path;
    use crate::kanta::is_lane_name;

    #[test]
    fn a_lane_is_cut_off_its_address() {
        let within = |text: &str| {
            let (name, uri) = by_path(&text.parse::<Uri>().expect("URI"))?;
            Some((name, uri.to_string()))
        };
        let told = |name: &str, rest: &str| Some((name.to_owned(), rest.to_owned()));
        assert_eq!(within("/lane/a/archive?wsdl"), told("a", "/archive?wsdl"));
        assert_eq!(within("/lane/a/lane/b/archive"), told("a", "/lane/b/archive"));
        for none in ["/archive", "/lane/a", "/lane", "/lanes/a/archive"] {
            assert_eq!(within(none), None, "{none}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_address_panics(text in "/lane/[ -~]{0,40}") {
            if let Ok(uri) = text.parse::<Uri>() {
                let _ = by_path(&uri).map(|(name, _)| is_lane_name(&name));
            }
        }
    }
}
