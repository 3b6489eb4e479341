//! The weighted score of a module: an instructor chooses activities of the
//! course, weights, scale and rounding, sees what everybody would get, and
//! saves; one column of the platform's gradebook shows it. A context has one
//! at most.
//!
//! What would change for somebody is shown before it is saved. Working the
//! grades out and sending them is a job's and the delivery loop's.

use std::collections::{HashMap, HashSet};

use ::assessment::{Rounding, Unfinished};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    attempts::{self, Marked},
    columns::{self, Activity, ModuleChoices},
    contexts::{self, Context, Enrolment},
    grades::{self, GradeDelivery},
    people::Identity,
    placements::{self, GradeColumn},
    registrations::{self, Registration},
};

pub use crate::grade::module::PartGrade;
use crate::{
    App, Error, Refusal, Result,
    grade::{
        self, Delivery,
        module::{self, Formula, Source, module_grade, points},
    },
    gradebook::{self, Place, names},
    launch, random,
    session::{Role, Session, Visitor, resolve, resolve_for_change},
};

/// By which the platform's column is found again, also in a copied course.
const RESOURCE_ID: &str = "taynghe-module-score";
/// The scale when nobody chose one.
const USUAL_MAXIMUM: f64 = 10.0;
/// The largest weight, in hundredths.
const LARGEST_WEIGHT: i64 = 10_000;
/// The largest scale.
const LARGEST_MAXIMUM: i64 = 1_000;
const LONGEST_LABEL: usize = 250;

/// The form as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The column's name.
    pub label: String,
    /// Its scale, as typed.
    pub maximum: String,
    /// Name of a [`Rounding`].
    pub rounding: String,
    /// Name of an [`Unfinished`].
    pub unfinished: String,
    /// The activities that were chosen, by placement, each with its weight as typed.
    pub weights: Vec<(String, String)>,
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// No name, or too long a one.
    Label,
    /// No whole number from 1 to 1000.
    Maximum,
    /// No activity was chosen.
    Nothing,
    /// The weight of this activity is no number over 0, up to 100, with two decimals at most.
    Weight(String),
}

/// The page of a module's score.
#[derive(Debug, Clone)]
pub struct ModulePage {
    /// Who asks.
    pub session: Session,
    /// What people call the platform.
    pub platform: String,
    /// The platform's column.
    pub column: gradebook::Column,
    /// Whether it was saved before.
    pub is_saved: bool,
    /// The form, filled in.
    pub form: Form,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
    /// All activities of the course.
    pub activities: Vec<ActivityRow>,
    /// Everybody who learns here, in the reader's order of names; empty while the form is wrong.
    pub students: Vec<StudentRow>,
    /// The scale that the students' grades are on.
    pub maximum: f64,
    /// What the form would change, as one word; a form that brings it was seen.
    pub fingerprint: String,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// An activity of the course.
#[derive(Debug, Clone)]
pub struct ActivityRow {
    /// Its placement.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whether it takes part.
    pub is_chosen: bool,
    /// Its weight, as typed.
    pub weight: String,
    /// Its share of a whole, from 0 to 1, when it takes part.
    pub share: Option<f64>,
    /// When it closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// Its column is gone from the platform: it takes no part.
    pub is_gone: bool,
}

/// A student in the table.
#[derive(Debug, Clone)]
pub struct StudentRow {
    /// Whom the buttons name.
    pub person_id: String,
    /// The name in the reader's order; empty when the platform shares none.
    pub name: Option<String>,
    /// What each chosen activity gives, in the activities' order.
    pub parts: Vec<PartGrade>,
    /// The weighted sum before rounding, cut after four decimals.
    pub before_rounding: Option<f64>,
    /// What would be sent.
    pub grade: Option<f64>,
    /// What was worked out last, with its scale.
    pub former: Option<(f64, f64)>,
    /// Where that is.
    pub delivery: Option<Delivery>,
}

impl StudentRow {
    /// Whether saving changes a grade that there is.
    pub fn moves(&self, maximum: f64) -> bool {
        match (self.former, self.grade) {
            (Some(former), Some(grade)) => former != (grade, maximum),
            _ => false,
        }
    }
}

impl ModulePage {
    /// How many grades saving would change.
    pub fn moving(&self) -> usize {
        let moves = |student: &&StudentRow| student.moves(self.maximum);
        self.students.iter().filter(moves).count()
    }

    /// How many grades were refused or given up.
    pub fn failed(&self) -> usize {
        let failed = |student: &&StudentRow| {
            let delivery = student.delivery.as_ref();
            delivery.is_some_and(|delivery| delivery.progress.has_failed())
        };
        self.students.iter().filter(failed).count()
    }
}

/// How saving ended.
#[derive(Debug)]
pub enum Saved {
    /// Not yet: something is wrong, or changes that nobody has seen have to be looked at first.
    Look(Box<ModulePage>),
    /// Saved, and the platform's column is as chosen.
    Done(Session),
    /// Saved here; the platform's column could not be made or changed.
    WithoutColumn(Session, Box<Refusal>),
}

/// The page as it was saved, or an empty form.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for all but instructors; `WEB-NOT-FOUND` outside of any course.
pub async fn open(app: &App, visitor: Visitor) -> Result<ModulePage> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let course = course_of(c, session)?;
            page(c, course, None, now)
        })
        .await
}

/// What a form would give. Nothing is changed.
///
/// # Errors
/// As [`open`].
pub async fn preview(app: &App, visitor: Visitor, form: Form) -> Result<ModulePage> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let course = course_of(c, session)?;
            page(c, course, Some(form), now)
        })
        .await
}

/// Saves a form, makes or changes the platform's column, and has the grades that change sent. `seen` is the
/// fingerprint of the page that the form stood on: what moves somebody's grade must have been shown.
///
/// # Errors
/// As [`open`], `WEB-CSRF`; `WEB-CONFLICT` while another save is under way.
pub async fn save(app: &App, visitor: Visitor, form: Form, seen: String) -> Result<Saved> {
    let now = app.clock().now();
    let lease = random::id();
    let written = {
        let lease = lease.clone();
        app.db()
            .write(move |c| {
                let session = resolve_for_change(c, &visitor, now)?;
                let course = course_of(c, session)?;
                let page = page(c, course.clone(), Some(form.clone()), now)?;
                let is_unseen = page.moving() > 0 && page.fingerprint != seen;
                match choices(&form, &course.activities) {
                    Ok(choices) if !is_unseen => write(c, course, &choices, &lease, now).map(Written::Place),
                    read => {
                        let wrong = read.err().unwrap_or_default();
                        Ok(Written::Page(Box::new(ModulePage { wrong, ..page })))
                    }
                }
            })
            .await?
    };
    let place = match written {
        Written::Page(page) => return Ok(Saved::Look(page)),
        Written::Place(place) => *place,
    };
    let session = place.session.clone();
    match gradebook::ensure(app, place, lease).await {
        Ok(()) => Ok(Saved::Done(session)),
        Err(Error::Refused(refusal)) => Ok(Saved::WithoutColumn(session, refusal)),
        Err(error) => Err(error),
    }
}

enum Written {
    Page(Box<ModulePage>),
    Place(Box<Place>),
}

/// The session's course with all that can be chosen there.
#[derive(Clone)]
struct Course {
    session: Session,
    context: Context,
    registration: Registration,
    module: Option<GradeColumn>,
    activities: Vec<Activity>,
}

fn course_of(connection: &mut Connection, session: Session) -> Result<Course> {
    session.require(Role::Instructor)?;
    let context_id = session.context_id.clone().unwrap_or_default();
    let registration_id = session.registration_id.clone().unwrap_or_default();
    let context = contexts::get(connection, &context_id)?;
    let registration = registrations::get(connection, &registration_id)?;
    let (Some(context), Some(registration)) = (context, registration) else {
        return Err(Error::not_found("the session has no course"));
    };
    Ok(Course {
        module: columns::find_module(connection, &context.id)?,
        activities: columns::list_activities(connection, &context.id)?,
        session,
        context,
        registration,
    })
}

/// A form that was read.
struct Choices {
    label: String,
    formula: Formula,
    /// Of those that were chosen, in the activities' order: placement and weight in hundredths.
    weights: Vec<(String, i64)>,
}

fn choices(form: &Form, activities: &[Activity]) -> std::result::Result<Choices, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let label = form.label.trim();
    if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.contains(char::is_control) {
        wrong.push(Wrong::Label);
    }
    let maximum = form.maximum.trim().parse::<i64>().ok();
    let maximum = maximum.filter(|maximum| (1..=LARGEST_MAXIMUM).contains(maximum));
    if maximum.is_none() {
        wrong.push(Wrong::Maximum);
    }
    let typed: HashMap<&str, &str> = form
        .weights
        .iter()
        .map(|(id, w)| (id.as_str(), w.as_str()))
        .collect();
    let mut weights = Vec::new();
    for activity in activities {
        let id = &activity.placement.id;
        let Some(typed) = typed.get(id.as_str()) else {
            continue;
        };
        match parse_hundredths(typed).filter(|weight| (1..=LARGEST_WEIGHT).contains(weight)) {
            Some(weight) => weights.push((id.clone(), weight)),
            None => wrong.push(Wrong::Weight(id.clone())),
        }
    }
    if typed.is_empty() || (weights.is_empty() && wrong.is_empty()) {
        wrong.push(Wrong::Nothing);
    }
    match maximum {
        Some(maximum) if wrong.is_empty() => Ok(Choices {
            label: label.to_owned(),
            formula: Formula {
                maximum: maximum as f64,
                rounding: Rounding::find(&form.rounding).unwrap_or_default(),
                unfinished: Unfinished::find(&form.unfinished).unwrap_or_default(),
            },
            weights,
        }),
        _ => Err(wrong),
    }
}

// "1", "1,5", "0.25": exact, whatever sign stands before the decimals.
fn parse_hundredths(typed: &str) -> Option<i64> {
    let typed = typed.trim().replace(',', ".");
    let (whole, decimals) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    Some(whole * 100 + decimals)
}

fn write(
    connection: &mut Connection,
    course: Course,
    choices: &Choices,
    lease: &str,
    now: DateTime<Utc>,
) -> Result<Box<Place>> {
    let kept = ModuleChoices {
        label: choices.label.clone(),
        score_maximum: choices.formula.maximum,
        rounding: choices.formula.rounding.as_str().to_owned(),
        unfinished: choices.formula.unfinished.as_str().to_owned(),
    };
    let now = now.naive_utc();
    let column = match course.module {
        Some(column) => {
            columns::set_module(connection, &course.context.id, &column.id, &kept, now)?;
            placements::get_column(connection, &column.id)?.unwrap_or(column)
        }
        None => {
            let column = new_column(&course.context, kept, now);
            columns::insert_module(connection, &column)?;
            column
        }
    };
    if !gradebook::claim(connection, &column, lease, now)? {
        let conflict = crate::Code::Conflict;
        return Err(course.session.refused(conflict, "the column is being changed"));
    }
    columns::set_contributions(connection, &column.id, &choices.weights)?;
    module::recompute(connection, &column.id, now)?;
    Ok(Box::new(Place {
        session: course.session,
        context: course.context,
        registration: course.registration,
        column,
    }))
}

fn new_column(context: &Context, kept: ModuleChoices, now: storage::Timestamp) -> GradeColumn {
    GradeColumn {
        id: random::id(),
        context_id: context.id.clone(),
        resource_id: RESOURCE_ID.to_owned(),
        label: kept.label,
        line_item_url: None,
        score_maximum: kept.score_maximum,
        origin: "none".to_owned(),
        created_at: now,
        updated_at: now,
        kind: placements::MODULE.to_owned(),
        rounding: kept.rounding,
        unfinished: kept.unfinished,
        missing: None,
        platform_maximum: None,
        former_maximum: None,
        maximum_changed_at: None,
        checked_at: None,
    }
}

fn page(
    connection: &mut Connection,
    course: Course,
    form: Option<Form>,
    now: DateTime<Utc>,
) -> Result<ModulePage> {
    let is_filled = form.is_some();
    let form = match form {
        Some(form) => form,
        None => saved_form(connection, &course)?,
    };
    // Nobody needs the column's name to see the grades.
    let mut named = form.clone();
    "–".clone_into(&mut named.label);
    let read = choices(&named, &course.activities);
    let (weights, formula) = match &read {
        Ok(choices) => (choices.weights.clone(), Some(choices.formula)),
        Err(_) => (Vec::new(), None),
    };
    let fingerprint = random::hash(&format!("{formula:?} {weights:?}"));
    let weights: HashMap<String, i64> = weights.into_iter().collect();
    let mut sources = Vec::new();
    let mut closing = HashMap::new();
    for activity in &course.activities {
        let weight = weights.get(&activity.placement.id).copied();
        let source = module::source(
            connection,
            activity.placement.clone(),
            &activity.column,
            weight.unwrap_or_default(),
        )?;
        closing.insert(activity.placement.id.clone(), source.rules.closes_at);
        if weight.is_some() {
            sources.push(source);
        }
    }
    let students = match formula {
        Some(formula) => students(connection, &course, &sources, formula, now)?,
        None => Vec::new(),
    };
    Ok(ModulePage {
        platform: grade::platform_label(&course.registration),
        column: gradebook::column_state(&course.context, course.module.as_ref(), now),
        is_saved: course.module.is_some(),
        // An empty form is no mistake of anybody's.
        wrong: read.err().filter(|_| is_filled).unwrap_or_default(),
        activities: activity_rows(&course.activities, &form, &sources, &closing),
        students,
        maximum: formula.map_or(USUAL_MAXIMUM, |formula| formula.maximum),
        fingerprint,
        form,
        session: course.session,
        now,
    })
}

fn saved_form(connection: &mut Connection, course: &Course) -> Result<Form> {
    let Some(column) = &course.module else {
        return Ok(Form {
            label: String::new(),
            maximum: USUAL_MAXIMUM.to_string(),
            rounding: Rounding::default().as_str().to_owned(),
            unfinished: Unfinished::default().as_str().to_owned(),
            weights: Vec::new(),
        });
    };
    let contributions = columns::list_contributions(connection, &column.id)?;
    Ok(Form {
        label: column.label.clone(),
        maximum: column.score_maximum.to_string(),
        rounding: column.rounding.clone(),
        unfinished: column.unfinished.clone(),
        weights: contributions
            .into_iter()
            .map(|(weight, placement, _)| (placement.id, points(weight).to_string()))
            .collect(),
    })
}

fn activity_rows(
    activities: &[Activity],
    form: &Form,
    sources: &[Source],
    closing: &HashMap<String, Option<DateTime<Utc>>>,
) -> Vec<ActivityRow> {
    let present = || sources.iter().filter(|source| !source.is_gone);
    let whole: i64 = present().map(|source| source.weight).sum();
    let rows = activities.iter().map(|activity| {
        let id = &activity.placement.id;
        let typed = form.weights.iter().find(|(chosen, _)| chosen == id);
        let source = present().find(|source| source.placement.id == *id);
        let title = activity.title.clone().filter(|title| !title.trim().is_empty());
        ActivityRow {
            id: id.clone(),
            title: title.unwrap_or_else(|| activity.column.label.clone()),
            is_chosen: typed.is_some(),
            weight: typed.map(|(_, weight)| weight.clone()).unwrap_or_default(),
            share: source.map(|source| source.weight as f64 / whole.max(1) as f64),
            closes_at: closing.get(id).copied().flatten(),
            is_gone: activity.column.missing.is_some(),
        }
    });
    rows.collect()
}

fn students(
    connection: &mut Connection,
    course: &Course,
    sources: &[Source],
    formula: Formula,
    now: DateTime<Utc>,
) -> Result<Vec<StudentRow>> {
    let mut attempts: Vec<HashMap<String, Vec<Marked>>> = Vec::new();
    for source in sources {
        let marked = attempts::list_marked_of_all(connection, &course.context.id, &source.placement.id)?;
        attempts.push(gradebook::by_person(marked));
    }
    let rows: HashMap<String, GradeDelivery> = match &course.module {
        Some(column) => grades::list(connection, &column.id)?
            .into_iter()
            .map(|row| (row.person_id.clone(), row))
            .collect(),
        None => HashMap::new(),
    };
    let platform = grade::platform_label(&course.registration);
    let mut seen = HashSet::new();
    let mut students: Vec<(names::Key, StudentRow)> =
        contexts::list_enrolments(connection, &course.context.id)?
            .into_iter()
            .filter(|(enrolment, identity)| {
                let begun = || attempts.iter().any(|all| all.contains_key(&identity.person_id));
                let has_left = gradebook::has_left(enrolment, course.context.roster_read_at);
                gradebook::role_of(enrolment) == Some("learner") && (!has_left || begun())
            })
            .filter(|(_, identity): &(Enrolment, Identity)| seen.insert(identity.person_id.clone()))
            .map(|(_, identity)| {
                let own: Vec<Vec<Marked>> = attempts
                    .iter()
                    .map(|all| all.get(&identity.person_id).cloned().unwrap_or_default())
                    .collect();
                let grade = module_grade(sources, &own, &identity.person_id, formula, now);
                let row = rows.get(&identity.person_id);
                let student = StudentRow {
                    person_id: identity.person_id.clone(),
                    name: launch::display_name(&identity, &course.session.locale),
                    before_rounding: grade.as_ref().map(|grade| grade.mean.points()),
                    grade: grade.as_ref().map(|grade| grade.desired.score),
                    parts: grade.map_or_else(|| module::part_grades_of_nobody(sources), |grade| grade.parts),
                    former: row.map(|row| (row.score, row.maximum)),
                    delivery: row.map(|row| grade::delivery_of(row, &platform)),
                };
                (names::key(&identity, &course.session.locale), student)
            })
            .collect();
    students.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(students.into_iter().map(|(_, student)| student).collect())
}

/// The grade of a module that each person has now, with its scale; `None` when the context has no module.
pub(crate) fn grades_of(
    connection: &mut Connection,
    context_id: &str,
) -> Result<Option<HashMap<String, f64>>> {
    let Some(column) = columns::find_module(connection, context_id)? else {
        return Ok(None);
    };
    let rows = grades::list(connection, &column.id)?;
    Ok(Some(
        rows.into_iter().map(|row| (row.person_id, row.score)).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_exactly() {
        #[track_caller]
        fn check(typed: &str, expected: Option<i64>) {
            assert_eq!(parse_hundredths(typed), expected, "{typed:?}");
        }
        check("1", Some(100));
        check(" 2 ", Some(200));
        check("1,5", Some(150));
        check("0.25", Some(25));
        check("0,05", Some(5));
        check("12.", Some(1200));
        for wrong in [
            "", ",5", "-1", "1,234", "1.000,5", "1e2", "một", "99999", "+1", "½",
        ] {
            check(wrong, None);
        }
        assert_eq!(module::hundredths(points(145)), 145);
    }
}
