//! The saved drafts of a course: the list, what differs, and the way back.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use app::{
    App, Code,
    course::authoring::{self, AtWork, DraftEntry},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use course::{CourseContent, Difference, DifferenceKind};
use ui::{
    Frame, Language, format,
    page::course_editor::{DraftDifference, DraftLine, DraftPage, HistoryPage},
};

use super::{CoursePath, StepPath, conflict::different, go_to, head, place, words};
use crate::{problem::Problem, rendered::plain, response, visitor};

pub(super) async fn history(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: CoursePath,
) -> Result<HttpResponse, Problem> {
    let found = authoring::history(&app, visitor::reader(&request, &path.0), path.1.clone()).await?;
    let frame = visitor::frame(&found.session, &request);
    let now = app.clock().now();
    let page = HistoryPage {
        drafts: found
            .drafts
            .iter()
            .map(|draft| line(&frame, &found.course, draft, now, **zone))
            .collect(),
        head: head(&frame, &found.course, "history"),
        frame,
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

fn line(frame: &Frame, course: &AtWork, draft: &DraftEntry, now: DateTime<Utc>, zone: Tz) -> DraftLine {
    DraftLine {
        path: format!(
            "{}/authoring/courses/{}/history/{}",
            frame.prefix(),
            course.key,
            draft.revision
        ),
        at: format::moment(frame.t, draft.at, now, zone),
        who: words::who(&draft.who),
        is_autosave: draft.is_autosave,
        is_restored: draft.is_restored,
        is_current: draft.revision == course.revision,
    }
}

fn revision_in(path: &StepPath) -> Result<i64, Problem> {
    let revision = path.2.parse();
    revision.map_err(|_| Problem::new(Code::NotFound, "a revision is a number"))
}

pub(super) async fn draft(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: StepPath,
) -> Result<HttpResponse, Problem> {
    let revision = revision_in(&path)?;
    let visitor = visitor::reader(&request, &path.0);
    let found = authoring::compare(&app, visitor, path.1.clone(), revision).await?;
    let frame = visitor::frame(&found.session, &request);
    let contents = [&found.content, &found.former];
    let difference = |difference: &Difference| DraftDifference {
        what: words::part(frame.t, &contents, &difference.at),
        how: frame.t.get(how(difference.kind)).into_owned(),
        lines: difference.lines.iter().map(different).collect(),
    };
    let page = DraftPage {
        differences: found.differences.iter().map(difference).collect(),
        outline: outline(&found.content, frame.t.language()),
        draft: line(&frame, &found.course, &found.draft, app.clock().now(), **zone),
        head: head(&frame, &found.course, "history"),
        frame: frame.clone(),
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

fn how(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Added => "editor-difference-added",
        DifferenceKind::Removed => "editor-difference-removed",
        DifferenceKind::Changed => "editor-difference-changed",
        DifferenceKind::Moved => "editor-difference-moved",
    }
}

fn outline(content: &CourseContent, language: Language) -> Vec<(usize, String)> {
    let units = content.units.iter();
    let lines = units.flat_map(|unit| {
        let steps = unit.steps.iter().map(|step| (1, plain(step.title(), language)));
        std::iter::once((0, plain(&unit.title, language))).chain(steps)
    });
    lines.collect()
}

pub(super) async fn restore(
    app: Data<App>,
    path: StepPath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let revision = revision_in(&path)?;
    let session = authoring::restore(&app, sent.visitor, path.1.clone(), revision).await?;
    Ok(go_to(&session, &format!("{}?saved=1", place(&session, &path.1))))
}
