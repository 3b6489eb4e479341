//! `/courses…`: the open courses, for everybody and without a session. A page is
//! made of the published version, the language and nothing else; what a reader tries
//! comes by a form, is judged and forgotten.

mod exercise;
mod lesson;

use ::course::{Key, Licence, Step, Term};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    course::{self as courses, OpenCourse},
};
use text::Text;
use ui::{
    Frame, Language,
    page::course::{
        Catalogue, CatalogueEntry, Front, FrontStep, FrontUnit, Lesson, LicenceLine, StepKind, Written,
    },
};

use crate::{
    media,
    pairs::{Pairs, RepeatingForm},
    problem::{Problem, language_of},
    rendered::{self, plain},
    response,
    server::address,
};

/// How long a page may be kept by whoever asked for it in a language of their choice.
const KEPT: &str = "public, max-age=300";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/courses").get(catalogue))
        .service(address("/courses/{course}").get(front))
        .service(address("/courses/{course}/media/{file}").get(file))
        .service(address("/courses/{course}/{step}").get(read).post(try_out));
}

async fn catalogue(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let search = asked.query.get("q").trim().to_owned();
    let found = courses::catalogue(&app, &search).await?;
    let page = Catalogue {
        frame: Frame::open(asked.language, |other| {
            let search: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
            format!("/courses?language={}&q={search}", other.tag())
        }),
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

async fn front(request: HttpRequest, app: Data<App>, course: Path<String>) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let course = courses::open(&app, course.into_inner()).await?;
    let content = &course.content;
    let page = Front {
        frame: asked.frame(&path_of(&course)),
        key: course.key.clone(),
        catalogue_path: "/courses".to_owned(),
        title: plain(&content.title, asked.language),
        title_language: other_language(&content.title, asked.language),
        summary: written(&content.summary, &course, asked.language),
        lessons: content.lessons().count(),
        minutes: content.minutes(),
        languages: languages(&course),
        units: content
            .units
            .iter()
            .map(|unit| FrontUnit {
                title: plain(&unit.title, asked.language),
                summary: written(&unit.summary, &course, asked.language),
                steps: unit
                    .steps
                    .iter()
                    .map(|step| front_step(step, &course, asked.language))
                    .collect(),
            })
            .collect(),
        licence: licence(content.licence.as_ref()),
    };
    Ok(asked.answer(&page))
}

fn front_step(step: &Step, course: &OpenCourse, language: Language) -> FrontStep {
    let title_of = |key: &Key| {
        let unit = course.content.unit(key).map(|unit| &unit.title);
        unit.or_else(|| course.content.step(key).map(Step::title))
            .map(|title| plain(title, language))
    };
    let after: Vec<String> = step.requires().iter().filter_map(title_of).collect();
    FrontStep {
        key: step.key().to_string(),
        title: plain(step.title(), language),
        path: format!("{}/{}", path_of(course), step.key()),
        kind: match step {
            Step::Lesson(_) => StepKind::Lesson,
            Step::Assessment(_) => StepKind::Assessment,
        },
        minutes: step.as_lesson().map_or(0, |lesson| lesson.minutes),
        after: after.join(", "),
    }
}

async fn read(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let page = step(&app, &asked, path.into_inner(), &Pairs::default()).await?;
    Ok(asked.answer(&page))
}

async fn try_out(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
    form: RepeatingForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let page = step(&app, &asked, path.into_inner(), &form.0).await?;
    Ok(response::page(&page, &[]))
}

async fn step(
    app: &App,
    asked: &Asked,
    (course, key): (String, String),
    sent: &Pairs,
) -> Result<Lesson, Problem> {
    let course = courses::open(app, course).await?;
    let found = course.content.step(&Key::new(key));
    let step = found.ok_or_else(|| Error::refused(Code::NotFound, "the course has no such lesson"))?;
    let shown = lesson::Shown::new(asked, &course, step, sent);
    Ok(match step {
        Step::Lesson(lesson) => shown.lesson(lesson),
        Step::Assessment(step) => shown.quiz(&*courses::quiz(app, step).await?),
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

    fn frame(&self, path: &str) -> Frame {
        Frame::open(self.language, |other| format!("{path}?language={}", other.tag()))
    }

    fn answer(&self, page: &impl askama::Template) -> HttpResponse {
        let mut answer = response::page(page, &[]);
        let (name, value) = match self.is_chosen {
            true => (header::CACHE_CONTROL, KEPT),
            false => (header::VARY, "Accept-Language"),
        };
        answer
            .headers_mut()
            .append(name, header::HeaderValue::from_static(value));
        answer
    }
}

fn path_of(course: &OpenCourse) -> String {
    format!("/courses/{}", course.key)
}

/// Where the files of a course are served.
fn media_place(course: &OpenCourse) -> String {
    format!("{}/media", path_of(course))
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

fn written(text: &Text, course: &OpenCourse, language: Language) -> Written {
    Written {
        html: rendered::block(text, language).with_media_at(&media_place(course)),
        language: other_language(text, language),
    }
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
