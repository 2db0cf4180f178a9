//! `GET /api/goal/turns.csv`.

use super::turn_views;
use crate::access::Permission;
use crate::http::extract::SignedIn;
use crate::http::{ApiResult, Http};
use crate::model::Timestamp;
use crate::protocol::Problem;
use crate::protocol::resources::{GoalParams, TurnView};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

/// The same turns as a table for Excel (UTF-8 with a mark).
#[utoipa::path(
    get, path = "/api/goal/turns.csv", params(GoalParams),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 403, body = Problem))
)]
pub async fn export_goal_turns(
    State(http): State<Http>,
    who: SignedIn,
    Query(params): Query<GoalParams>,
) -> ApiResult<Response> {
    who.may(Permission::SeeGoal)?;
    let flow = &http.0.flow;
    let days = i64::from(params.days.unwrap_or(28));
    let missed = params.missed.unwrap_or(false);
    let list = flow
        .goal_turns(days, missed, params.topic.as_deref())
        .await?;
    let turns = turn_views(list, &flow.names().await?);
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"linli-turns.csv\"",
            ),
        ],
        table(&turns),
    )
        .into_response())
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!(
        "\"{}{}\"",
        if risky { "'" } else { "" },
        text.replace('"', "\"\"")
    )
}

fn table(turns: &[TurnView]) -> String {
    let mut out = String::from("\u{feff}时间,终端,方式,问题,结果,条目,秒答,原因,用时毫秒\r\n");
    for t in turns {
        let at = Timestamp(t.at)
            .in_china()
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string();
        let _ = write!(
            out,
            "{at},{},{},{},{},{},{},{},{}\r\n",
            cell(&t.kiosk),
            t.channel,
            cell(&t.text),
            t.outcome,
            cell(t.entry.as_deref().unwrap_or_default()),
            if t.instant { "是" } else { "否" },
            t.why.as_deref().unwrap_or_default(),
            t.took_ms,
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_not_run() {
        for (text, wanted) in [
            ("居住证", "\"居住证\""),
            ("他说\"好\"", "\"他说\"\"好\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("@x", "\"'@x\""),
        ] {
            assert_eq!(cell(text), wanted);
        }
    }
}
