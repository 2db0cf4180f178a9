//! Every route, and the OpenAPI document that is made of them.

use super::extract::MAX_BODY;
use super::{
    Http, audio, candidates, editions, entries, escalations, gaps, goal, health, pages, readings,
    session, try_out, voices,
};
use crate::protocol::{Code, Problem};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "linli",
        description = "Worker desk and admin console of the community assistant."
    ),
    components(schemas(Problem, Code))
)]
struct Document;

fn api() -> OpenApiRouter<Http> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(
            session::create::create_session,
            session::show::show_session,
            session::delete::delete_session
        ))
        .routes(routes!(escalations::list::list_escalations))
        .routes(routes!(escalations::show::show_escalation))
        .routes(routes!(escalations::claim::claim_escalation))
        .routes(routes!(escalations::release::release_escalation))
        .routes(routes!(escalations::say::say_in_escalation))
        .routes(routes!(escalations::answer::answer_escalation))
        .routes(routes!(escalations::close::close_escalation))
        .routes(routes!(
            candidates::list::list_candidates,
            candidates::create::create_candidate
        ))
        .routes(routes!(
            candidates::show::show_candidate,
            candidates::edit::edit_candidate
        ))
        .routes(routes!(candidates::approve::approve_candidate))
        .routes(routes!(candidates::reject::reject_candidate))
        .routes(routes!(
            editions::list::list_editions,
            editions::publish::publish_edition
        ))
        .routes(routes!(entries::list::list_entries))
        .routes(routes!(entries::show::show_entry))
        .routes(routes!(goal::show::show_goal))
        .routes(routes!(goal::turns::list_goal_turns))
        .routes(routes!(goal::csv::export_goal_turns))
        .routes(routes!(gaps::list_gaps))
        .routes(routes!(try_out::try_question))
        .routes(routes!(
            voices::show::show_voices,
            voices::choose::choose_voice
        ))
        .routes(routes!(voices::preview::preview_voice))
        .routes(routes!(voices::reading::show_reading))
        .routes(routes!(readings::create::create_reading))
        .routes(routes!(readings::delete::delete_reading))
}

/// The OpenAPI document, as served at `/api/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

async fn no_such_call() -> impl IntoResponse {
    super::ApiError::from(Code::NotFound)
}

/// Everything but the WebSockets.
pub fn router(http: Http) -> Router {
    let (api, document) = api().split_for_parts();
    let served = serde_json::to_string(&document).unwrap_or_default();
    let header_value = HeaderValue::from_static;
    Router::new()
        .merge(api)
        .route(
            "/api/openapi.json",
            get(move || {
                let body = served.clone();
                async move { ([(header::CONTENT_TYPE, "application/json")], body) }
            }),
        )
        .route("/api/{*rest}", axum::routing::any(no_such_call))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/audio/{key}", get(audio::audio))
        .route("/pair", get(pages::pair))
        .route("/", get(pages::home))
        .route("/terminal", get(pages::terminal))
        .route("/desk", get(pages::desk))
        .route("/desk/{*rest}", get(pages::desk))
        .route("/console", get(pages::desk))
        .route("/console/{*rest}", get(pages::desk))
        .route("/assets/{*file}", get(pages::asset))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            // Element Plus sets element styles from script; scripts are ours only.
            header_value(
                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                 media-src 'self' blob:; \
                 connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; \
                 form-action 'self'",
            ),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            header_value("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static("referrer-policy"),
            header_value("no-referrer"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            header_value("no-store"),
        ))
        .with_state(http)
}
