//! One struct per page beside its template. This file only lists them.

pub mod administration;
pub mod attempt;
pub mod competency;
pub mod copy;
pub mod course;
pub mod course_editor;
pub mod gradebook;
pub mod home;
pub mod learner;
pub mod login;
pub mod marking;
pub mod module_score;
pub mod picker;
pub mod problem;
pub mod quiz;
pub mod registration;
pub mod regrade;
pub mod statistics;
pub mod timing;

use chrono::{DateTime, Utc};

use crate::{Language, Texts, format};

pub use home::Home;
pub use problem::Problem;

/// What each page can do besides rendering itself.
pub trait Page: askama::Template + Sized {
    /// The name of its template without ".html": "attempt/take".
    const NAME: &'static str;

    /// One filled page for each state that looks different, with a short name.
    fn samples(language: Language) -> Vec<(&'static str, Self)>;
}

/// All pages in all their sample states, rendered: name ("problem", or
/// "attempt/start.closed") and HTML. Tests and the gallery go through it.
pub fn gallery(language: Language) -> Result<Vec<(String, String)>, askama::Error> {
    let mut pages = Vec::new();
    render::<Problem>(language, &mut pages)?;
    render::<login::NewWindow>(language, &mut pages)?;
    render::<login::Proof>(language, &mut pages)?;
    render::<login::Ticket>(language, &mut pages)?;
    render::<login::Ended>(language, &mut pages)?;
    render::<login::SendBack>(language, &mut pages)?;
    render::<attempt::Absent>(language, &mut pages)?;
    render::<attempt::Start>(language, &mut pages)?;
    render::<attempt::Take>(language, &mut pages)?;
    render::<attempt::Confirm>(language, &mut pages)?;
    render::<attempt::Pause>(language, &mut pages)?;
    render::<attempt::Review>(language, &mut pages)?;
    render::<gradebook::Gradebook>(language, &mut pages)?;
    render::<module_score::ModuleScore>(language, &mut pages)?;
    render::<statistics::Statistics>(language, &mut pages)?;
    render::<timing::Overrides>(language, &mut pages)?;
    render::<timing::OverrideForm>(language, &mut pages)?;
    render::<timing::Groups>(language, &mut pages)?;
    render::<timing::GroupForm>(language, &mut pages)?;
    render::<timing::Accommodations>(language, &mut pages)?;
    render::<timing::AccommodationForm>(language, &mut pages)?;
    render::<marking::Overview>(language, &mut pages)?;
    render::<marking::List>(language, &mut pages)?;
    render::<marking::Paper>(language, &mut pages)?;
    render::<regrade::Choose>(language, &mut pages)?;
    render::<regrade::DryRun>(language, &mut pages)?;
    render::<regrade::Progress>(language, &mut pages)?;
    render::<regrade::Trial>(language, &mut pages)?;
    render::<picker::Picker>(language, &mut pages)?;
    render::<picker::CoursePicker>(language, &mut pages)?;
    render::<picker::PickedCourse>(language, &mut pages)?;
    render::<copy::Copy>(language, &mut pages)?;
    render::<quiz::Editor>(language, &mut pages)?;
    render::<quiz::Preview>(language, &mut pages)?;
    render::<quiz::Remove>(language, &mut pages)?;
    render::<home::Home>(language, &mut pages)?;
    render::<course::Catalogue>(language, &mut pages)?;
    render::<course::Front>(language, &mut pages)?;
    render::<course::Lesson>(language, &mut pages)?;
    render::<course::ClassList>(language, &mut pages)?;
    render::<course::StudentSteps>(language, &mut pages)?;
    render::<competency::Report>(language, &mut pages)?;
    render::<competency::ClassReport>(language, &mut pages)?;
    render::<course::OfflineIndex>(language, &mut pages)?;
    render::<course::OfflineLesson>(language, &mut pages)?;
    render::<course_editor::CourseList>(language, &mut pages)?;
    render::<course_editor::CourseEditor>(language, &mut pages)?;
    render::<course_editor::StepEditor>(language, &mut pages)?;
    render::<course_editor::QuestionsPage>(language, &mut pages)?;
    render::<course_editor::QuizzesPage>(language, &mut pages)?;
    render::<course_editor::Conflict>(language, &mut pages)?;
    render::<course_editor::HistoryPage>(language, &mut pages)?;
    render::<course_editor::DraftPage>(language, &mut pages)?;
    render::<course_editor::PublishPage>(language, &mut pages)?;
    render::<course_editor::VersionsPage>(language, &mut pages)?;
    render::<learner::SignIn>(language, &mut pages)?;
    render::<learner::Name>(language, &mut pages)?;
    render::<learner::ReturnCode>(language, &mut pages)?;
    render::<learner::Learning>(language, &mut pages)?;
    render::<learner::Account>(language, &mut pages)?;
    render::<registration::Waiting>(language, &mut pages)?;
    render::<registration::Confirm>(language, &mut pages)?;
    render::<registration::Done>(language, &mut pages)?;
    render::<registration::ByHand>(language, &mut pages)?;
    render::<administration::SignIn>(language, &mut pages)?;
    render::<administration::Overview>(language, &mut pages)?;
    render::<administration::Registration>(language, &mut pages)?;
    render::<administration::Check>(language, &mut pages)?;
    render::<administration::Ways>(language, &mut pages)?;
    render::<administration::Keys>(language, &mut pages)?;
    render::<administration::Joins>(language, &mut pages)?;
    render::<administration::Learners>(language, &mut pages)?;
    render::<administration::CodeSheet>(language, &mut pages)?;
    render::<administration::Entrance>(language, &mut pages)?;
    render::<administration::Audit>(language, &mut pages)?;
    render::<administration::KeptLaunch>(language, &mut pages)?;
    render::<administration::TestLaunch>(language, &mut pages)?;
    Ok(pages)
}

fn render<P: Page>(language: Language, pages: &mut Vec<(String, String)>) -> Result<(), askama::Error> {
    for (state, page) in P::samples(language) {
        pages.push((format!("{}.{state}", P::NAME), page.render()?));
    }
    Ok(())
}

/// A moment for samples, written as the language does; `utc` by RFC 3339.
pub(crate) fn sample_time(t: Texts, utc: &str) -> String {
    let at: DateTime<Utc> = utc.parse().unwrap_or_default();
    format::date_time(t, at, format::DEFAULT_ZONE)
}
