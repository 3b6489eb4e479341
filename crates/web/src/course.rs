//! `/courses…`: the open courses, for everybody and without a session. A page is
//! made of the published version, the language and nothing else; what a reader tries
//! comes by a form, is judged and forgotten.

mod beside;
mod class;
mod exercise;
mod lesson;
mod offline;
mod package;
mod study;

use std::sync::Arc;

use ::course::{Framework, Frameworks, Key, Licence, Step, Term};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error, competency,
    course::{self as courses, OpenCourse, OpenQuiz},
};
use text::Text;
use ui::{
    Frame, Language, Texts,
    page::course::{
        Catalogue, CatalogueEntry, Front, FrontCompetencies, FrontStep, FrontUnit, Lesson, LicenceLine,
        Standing, StepKind, Written,
    },
};

use crate::{
    kept_page::{KeptPages, PageName},
    media,
    pairs::{Pairs, RepeatingForm},
    problem::{Problem, language_of},
    rendered::{self, plain},
    response,
    server::address,
};

/// How long a page may be kept by whoever asked for it in a language of their choice.
const KEPT: &str = "public, max-age=300";
/// It may be kept, and is shown only after it was asked for again.
const ASKED_AGAIN: &str = "private, no-cache";

pub(crate) use package::Packages;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/courses").get(catalogue))
        .service(address("/courses/{course}").get(front))
        .service(address("/courses/{course}/media/{file}").get(file))
        .service(address("/courses/{course}/package.zip").get(package::send))
        .service(address("/courses/{course}/{step}").get(read).post(try_out));
    class::routes(config);
    study::routes(config);
}

async fn catalogue(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let search = asked.query.get("q").trim().to_owned();
    let found = courses::catalogue(&app, &search).await?;
    let page = Catalogue {
        frame: Frame::open(asked.language, |other| {
            let search: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
            format!("/courses?language={}&q={search}", other.tag())
        })
        .offering_sign_in(),
        search,
        entries: found.iter().map(|course| entry(course, asked.language)).collect(),
    };
    Ok(asked.answer(&page))
}

fn entry(course: &OpenCourse, language: Language) -> CatalogueEntry {
    let content = &course.content;
    CatalogueEntry {
        path: path_of(course),
        title: plain(&content.title, language),
        summary: plain(&content.summary, language),
        language: other_language(&content.title, language),
        lessons: content.lessons().count(),
        minutes: content.minutes(),
        languages: languages(course),
        licence: licence(content.licence.as_ref()).name,
    }
}

async fn front(
    request: HttpRequest,
    app: Data<App>,
    pages: Data<KeptPages>,
    packages: Data<Packages>,
    course: Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let course = courses::open(&app, course.into_inner()).await?;
    let name = PageName::new(&course.version_id, "", asked.language);
    let page = match pages.find(&name) {
        Some(page) => page,
        None => {
            // without its file to take along a course is still read
            let package = packages.link(&app, &course, asked.language).await;
            let package = package.unwrap_or_else(|problem| {
                tracing::warn!(course = course.key, ?problem, "a course cannot be taken along");
                None
            });
            let front = Front {
                package,
                competencies: competencies(
                    &competency::open_frameworks(&app).await?,
                    &course,
                    asked.language,
                ),
                ..front_page(&Place::open(&course, "", asked.language), &course)
            };
            pages.keep(name, &front)?
        }
    };
    Ok(asked.cached(page.answer(&request)))
}

/// What a course teaches, by framework; what no framework knows is left out.
fn competencies(
    frameworks: &[Arc<Framework>],
    course: &OpenCourse,
    language: Language,
) -> Vec<FrontCompetencies> {
    let all = crate::competency::side_by_side(frameworks);
    let (all, t) = (Frameworks(&all), Texts::for_language(language));
    let taught = ::course::coverage(&course.content);
    let mut groups: Vec<FrontCompetencies> = Vec::new();
    for tag in all.in_order(taught.into_keys()) {
        let Some((framework, item)) = all.find(&tag) else {
            continue;
        };
        let name = item.name(t.tag()).to_owned();
        let shown = (tag.code.clone(), name, item.uri.clone());
        let title = framework.title(t.tag());
        match groups.last_mut().filter(|group| group.framework == title) {
            Some(group) => group.items.push(shown),
            None => groups.push(FrontCompetencies {
                framework: title.to_owned(),
                items: vec![shown],
            }),
        }
    }
    groups
}

fn front_page(place: &Place, course: &OpenCourse) -> Front {
    let (content, language) = (&course.content, place.language);
    Front {
        frame: place.frame.clone(),
        key: course.key.clone(),
        catalogue_path: "/courses".to_owned(),
        course_title: String::new(),
        title: plain(&content.title, language),
        title_language: other_language(&content.title, language),
        summary: place.written(&content.summary, language),
        lessons: content.lessons().count(),
        minutes: content.minutes(),
        languages: languages(course),
        units: content
            .units
            .iter()
            .map(|unit| FrontUnit {
                title: plain(&unit.title, language),
                summary: place.written(&unit.summary, language),
                steps: unit
                    .steps
                    .iter()
                    .map(|step| front_step(step, course, place))
                    .collect(),
            })
            .collect(),
        competencies: Vec::new(),
        package: None,
        licence: licence(content.licence.as_ref()),
        study: None,
    }
}

fn front_step(step: &Step, course: &OpenCourse, place: &Place) -> FrontStep {
    let language = place.language;
    let title_of = |key: &Key| {
        let unit = course.content.unit(key).map(|unit| &unit.title);
        unit.or_else(|| course.content.step(key).map(Step::title))
            .map(|title| plain(title, language))
    };
    let after: Vec<String> = step.requires().iter().filter_map(title_of).collect();
    FrontStep {
        key: step.key().to_string(),
        title: plain(step.title(), language),
        path: place.step_path(step.key()),
        kind: match step {
            Step::Lesson(_) => StepKind::Lesson,
            Step::Assessment(_) => StepKind::Assessment,
        },
        minutes: step.as_lesson().map_or(0, |lesson| lesson.minutes),
        after: after.join(", "),
        standing: Standing::Open,
    }
}

async fn read(
    request: HttpRequest,
    app: Data<App>,
    pages: Data<KeptPages>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let (course, key) = path.into_inner();
    let course = courses::open(&app, course).await?;
    let step = step_of(&course, key)?;
    let opened = opened(&app, step).await?;
    let part = match &opened {
        Opened::Lesson(lesson) => lesson.key.to_string(),
        // published anew, it is another page of the same course
        Opened::Quiz(quiz) => format!("{}/{}/{}", step.key(), quiz.version_id, quiz.counts),
    };
    let name = PageName::new(&course.version_id, &part, asked.language);
    let page = match pages.find(&name) {
        Some(page) => page,
        None => {
            let (place, sent) = (
                Place::open(&course, step.key().as_str(), asked.language),
                Pairs::default(),
            );
            let shown = lesson::Shown::new(&place, &course, step, &sent);
            pages.keep(name, &page_of(&shown, &opened))?
        }
    };
    Ok(asked.cached(page.answer(&request)))
}

async fn try_out(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
    form: RepeatingForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let (course, key) = path.into_inner();
    let course = courses::open(&app, course).await?;
    let step = step_of(&course, key)?;
    let place = Place::open(&course, step.key().as_str(), asked.language);
    let shown = lesson::Shown::new(&place, &course, step, &form.0);
    let page = page_of(&shown, &opened(&app, step).await?);
    Ok(response::page(&page, &[]))
}

fn page_of(shown: &lesson::Shown<'_>, opened: &Opened<'_>) -> Lesson {
    match opened {
        Opened::Lesson(lesson) => shown.lesson(lesson),
        Opened::Quiz(quiz) if quiz.counts => shown.quiz_elsewhere(&quiz.published),
        Opened::Quiz(quiz) => shown.quiz(&quiz.published),
    }
}

fn step_of(course: &OpenCourse, key: String) -> Result<&Step, Problem> {
    let found = course.content.step(&Key::new(key));
    Ok(found.ok_or_else(|| Error::refused(Code::NotFound, "the course has no such lesson"))?)
}

/// What a reader opens.
enum Opened<'a> {
    Lesson(&'a ::course::Lesson),
    Quiz(OpenQuiz),
}

async fn opened<'a>(app: &App, step: &'a Step) -> Result<Opened<'a>, Problem> {
    Ok(match step {
        Step::Lesson(lesson) => Opened::Lesson(lesson),
        Step::Assessment(step) => Opened::Quiz(courses::quiz(app, step).await?),
    })
}

async fn file(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (course, file) = path.into_inner();
    let found = courses::file(&app, course, media::hash_in(&file)).await?;
    Ok(media::send_open(&request, app, &found))
}

/// What a reader asks for.
struct Asked {
    query: Pairs,
    language: Language,
    /// Whether the address says the language; otherwise the browser does.
    is_chosen: bool,
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let query = Pairs::of_query(request)?;
        let chosen = Language::find(query.get("language"));
        Ok(Self {
            language: chosen.unwrap_or_else(|| language_of(request)),
            is_chosen: chosen.is_some(),
            query,
        })
    }

    fn answer(&self, page: &impl askama::Template) -> HttpResponse {
        self.cached(response::page(page, &[]))
    }

    /// The same with how long it may be kept.
    fn cached(&self, mut answer: HttpResponse) -> HttpResponse {
        let headers = answer.headers_mut();
        let caching = match self.is_chosen {
            true => KEPT,
            // who asks without a language gets the browser's: kept, and asked for again each time
            false => {
                headers.append(header::VARY, HeaderValue::from_static("accept-language"));
                ASKED_AGAIN
            }
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        answer
    }
}

/// Where a course's pages stand, for everybody or in a session, and what surrounds them.
pub(crate) struct Place {
    /// The page's surroundings.
    pub(crate) frame: Frame,
    /// The page's language.
    pub(crate) language: Language,
    /// The path of the course's front page.
    pub(crate) course: String,
    /// Whether right answers are never shown: the lesson is to be passed by them.
    pub(crate) keeps_answers_back: bool,
}

impl Place {
    /// The page that everybody reads of that step, or of the course's front page for none.
    fn open(course: &OpenCourse, step: &str, language: Language) -> Self {
        let course = path_of(course);
        let page = match step {
            "" => course.clone(),
            step => format!("{course}/{step}"),
        };
        Self {
            frame: Frame::open(language, |other| format!("{page}?language={}", other.tag()))
                .offering_sign_in(),
            language,
            course,
            keeps_answers_back: false,
        }
    }

    /// The path of a step's page.
    pub(crate) fn step_path(&self, step: &Key) -> String {
        format!("{}/{step}", self.course)
    }

    /// Where the files of the course are served.
    pub(crate) fn media(&self) -> String {
        format!("{}/media", self.course)
    }

    /// What an author wrote, in the language, or in which there is a version of it.
    pub(crate) fn written(&self, text: &Text, language: Language) -> Written {
        Written {
            html: rendered::block(text, language).with_media_at(&self.media()),
            language: other_language(text, language),
        }
    }
}

/// The page of a lesson at a place, with what was sent of its questions; `None` for what is no lesson of the course.
pub(crate) fn lesson_at(place: &Place, course: &OpenCourse, step: &Key, sent: &Pairs) -> Option<Lesson> {
    let step = course.content.step(step)?;
    let lesson = step.as_lesson()?;
    Some(lesson::Shown::new(place, course, step, sent).lesson(lesson))
}

fn path_of(course: &OpenCourse) -> String {
    format!("/courses/{}", course.key)
}

/// The tag of the language in which a text stands, where it is not the page's.
fn other_language(text: &Text, language: Language) -> String {
    let found = text.in_language(language.tag()).map_or("", |(tag, _)| tag);
    if found == language.tag() {
        String::new()
    } else {
        found.to_owned()
    }
}

fn name_of(tag: &str) -> String {
    Language::find(tag).map_or_else(|| tag.to_owned(), |language| language.name().into_owned())
}

/// A term in the other languages: tag and words.
fn languages_of_term(term: &Term, language: Language) -> Vec<(String, String)> {
    let versions = term
        .term
        .versions
        .iter()
        .filter(|(tag, _)| *tag != language.tag());
    versions
        .map(|(tag, source)| (tag.clone(), text::to_plain(source)))
        .collect()
}

fn languages(course: &OpenCourse) -> String {
    let own = course.content.languages();
    let known = Language::all()
        .iter()
        .filter(|language| own.contains(language.tag()));
    let names: Vec<_> = known.map(|language| language.name()).collect();
    names.join(", ")
}

fn licence(licence: Option<&Licence>) -> LicenceLine {
    let Some(licence) = licence else {
        return LicenceLine::default();
    };
    let (name, href) = known_licence(&licence.identifier);
    LicenceLine {
        name,
        href,
        holder: licence.holder.clone(),
        // any other scheme than these could be a program
        source: licence
            .source
            .clone()
            .filter(|source| source.starts_with("https://") || source.starts_with("http://"))
            .unwrap_or_default(),
    }
}

// The Creative Commons licences have their addresses by name; any other SPDX identifier stands in SPDX's own list.
fn known_licence(identifier: &str) -> (String, String) {
    let creative = identifier
        .strip_prefix("CC-")
        .and_then(|rest| rest.rsplit_once('-'));
    let name = identifier.replace('-', " ");
    match creative {
        _ if identifier == "CC0-1.0" => (
            "CC0 1.0".to_owned(),
            "https://creativecommons.org/publicdomain/zero/1.0/".to_owned(),
        ),
        Some((terms, version)) => {
            let terms = terms.to_ascii_lowercase();
            (
                name.replacen("CC ", "CC\u{a0}", 1),
                format!("https://creativecommons.org/licenses/{terms}/{version}/"),
            )
        }
        None => (
            identifier.to_owned(),
            format!("https://spdx.org/licenses/{identifier}.html"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_have_names_and_addresses() {
        let check = |identifier: &str, name: &str, href: &str| {
            assert_eq!(
                known_licence(identifier),
                (name.to_owned(), href.to_owned()),
                "{identifier}"
            );
        };
        check(
            "CC-BY-4.0",
            "CC\u{a0}BY 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
        );
        check(
            "CC-BY-NC-SA-3.0",
            "CC\u{a0}BY NC SA 3.0",
            "https://creativecommons.org/licenses/by-nc-sa/3.0/",
        );
        check(
            "CC0-1.0",
            "CC0 1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        );
        check("MIT", "MIT", "https://spdx.org/licenses/MIT.html");
    }
}
