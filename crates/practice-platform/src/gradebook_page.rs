//! The gradebook page: all students for a teacher, the own line for a student.

use askama::Template;
use chrono::TimeZone;

use crate::exchange::{Answer, Incoming, number};
use crate::pages::{self, View, show as render};
use crate::platform::PracticePlatform;
use crate::scores::server_zone;
use crate::state::{CourseRole, LineItem, State};
use crate::texts::Language;

#[derive(Template)]
#[template(path = "gradebook.html")]
struct GradebookPage {
    view: View,
    course: i64,
    label: String,
    editor: bool,
    live: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

struct Column {
    id: i64,
    label: String,
    maximum: String,
    locked: bool,
}

struct Row {
    user: i64,
    name: String,
    cells: Vec<Cell>,
}

struct Cell {
    item: i64,
    /// The activity's course module, when the column belongs to one: its work can be opened from here.
    cmid: Option<i64>,
    grade: String,
    plain: String,
    feedback: String,
    at: String,
    overridden: bool,
    locked: bool,
}

/// Shows the gradebook of a course.
pub(crate) fn show(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let course = request.query_number("id").unwrap_or_default();
    let Some(user) = view.user() else {
        return pages::error(platform, request, 200, "sign-in-first");
    };
    let found = platform.with(|state| {
        let label = state.courses.get(&course)?.label.clone();
        let teacher = state.may_edit(course, user) || state.role(course, user) == Some(CourseRole::Assistant);
        let columns = state.columns(course).into_iter().map(|item| Column {
            id: item.id,
            label: item.label.clone(),
            maximum: number(item.score_maximum).to_string(),
            locked: item.locked,
        });
        let columns = columns.collect();
        let rows = rows(state, view.language, course, (!teacher).then_some(user));
        Some((label, state.may_edit(course, user), columns, rows))
    });
    let Some((label, editor, columns, rows)) = found else {
        return pages::error(platform, request, 404, "not-found");
    };
    let live = request.query_value("live").is_some();
    render(
        200,
        &GradebookPage {
            view,
            course,
            label,
            editor,
            live,
            columns,
            rows,
        },
    )
}

fn rows(state: &State, language: Language, course: i64, only: Option<i64>) -> Vec<Row> {
    let Some(found) = state.courses.get(&course) else {
        return Vec::new();
    };
    let students = found
        .members
        .iter()
        .filter(|(_, role)| **role == CourseRole::Student);
    students
        .filter(|(id, _)| only.is_none_or(|only| only == **id))
        .filter_map(|(id, _)| state.users.get(id))
        .map(|user| Row {
            user: user.id,
            name: user.vietnamese_name(),
            cells: state
                .columns(course)
                .into_iter()
                .map(|item| cell(state, language, item, user.id))
                .collect(),
        })
        .collect()
}

fn cell(state: &State, language: Language, column: &LineItem, user: i64) -> Cell {
    let item = column.id;
    let activity = column.resource_link.and_then(|id| state.activities.get(&id));
    let grade = state.grades.get(&(item, user)).cloned().unwrap_or_default();
    let plain = grade
        .grade
        .map(|value| number((value * 100.0).round() / 100.0).to_string())
        .unwrap_or_default();
    let shown = if language == Language::En {
        plain.clone()
    } else {
        plain.replace('.', ",")
    };
    let at = grade
        .modified
        .and_then(|at| server_zone()?.timestamp_opt(at, 0).single());
    Cell {
        item,
        cmid: activity.map(|activity| activity.cmid),
        grade: if shown.is_empty() { "–".to_owned() } else { shown },
        plain,
        feedback: grade.feedback.unwrap_or_default(),
        at: at
            .map(|at| at.format("%H:%M:%S %d/%m/%Y").to_string())
            .unwrap_or_default(),
        overridden: grade.overridden,
        locked: grade.locked,
    }
}

/// A teacher's change: override, release, lock, unlock.
pub(crate) fn change(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let number = |name: &str| request.form_number(name).unwrap_or_default();
    let (course, item, user) = (number("course"), number("item"), number("user"));
    let allowed = platform.with(|state| {
        let of_course = state
            .line_items
            .get(&item)
            .is_some_and(|item| item.course == course);
        of_course && view.user().is_some_and(|user| state.may_edit(course, user))
    });
    if !allowed {
        return pages::error(platform, request, 403, "not-allowed");
    }
    let typed = request
        .form_value("grade")
        .unwrap_or_default()
        .trim()
        .replace(',', ".");
    match request.form_value("act").as_deref() {
        Some("override") => platform.set_override(
            user,
            item,
            typed.parse().ok().filter(|grade: &f64| grade.is_finite()),
        ),
        Some("release") => platform.set_override(user, item, None),
        Some("lock") => platform.lock_grade(user, item, true),
        Some("unlock") => platform.lock_grade(user, item, false),
        Some("lock-column") => platform.lock_line_item(item, true),
        Some("unlock-column") => platform.lock_line_item(item, false),
        _ => false,
    };
    Answer::redirect(&format!("/grade/report/grader/index.php?id={course}"))
}
