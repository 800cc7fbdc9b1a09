//! The router, made from the list of routes, and the server.

use axum::Router;
use axum::extract::{DefaultBodyLimit, RawPathParams, Request, State};
use axum::middleware::map_response;
use axum::routing::{MethodRouter, get, post};
use tokio::net::TcpListener;

use super::app::App;
use super::guard;
use super::resources::guarded;
use super::routes::routes;

/// The router of all routes.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let handler = move |State(app): State<App>, parameters: RawPathParams, request: Request| {
            Box::pin(guard::answer(app, route, parameters, request))
        };
        let methods: MethodRouter<App> = if route.changes() { post(handler) } else { get(handler) };
        let most = if route.takes_file { app.settings.largest_file } else { 1024 * 1024 };
        router = router.route(route.path, methods.layer(DefaultBodyLimit::max(most)));
    }
    let fallback = |State(app): State<App>, request: Request| async move { guard::nowhere(&app, &request) };
    let wrong_method = || async { guard::bare(http::StatusCode::METHOD_NOT_ALLOWED) };
    router
        .fallback(fallback)
        .method_not_allowed_fallback(wrong_method)
        .layer(map_response(guarded))
        .with_state(app.clone())
}

/// The router of the figures for monitoring.
pub fn metrics_router(app: &App) -> Router {
    let handler = |State(app): State<App>| async move { app.metrics.text(app.store.is_there().await.is_ok()) };
    Router::new().route("/metrics", get(handler)).with_state(app.clone())
}

/// Serves the office until `stop` comes; requests that have begun are answered.
///
/// # Errors
/// What the system says of the listener.
pub async fn serve(
    app: &App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
