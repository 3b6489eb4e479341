//! `/s/{session}/quizzes/{assessment}/…`: an instructor writes a quiz.

mod action;
mod behaviour;
mod credit;
mod draft;
mod files;
mod form;
mod list_change;
mod page;
mod preview;
mod scheme;
mod sections;
mod stimuli;
mod timing;

pub(crate) use draft::{local_time as read_local_time, number as read_number};
pub(crate) use form::typed_time;

use ::assessment::Draft;
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    assessment::{self, Opened, Saving, Stored},
    session::Session,
};
use chrono_tz::Tz;
use ui::{
    Texts,
    page::quiz::{Editor, EditorNotice, copy_suffix},
};

use self::{
    action::Action,
    draft::to_draft,
    files::RefusedFile,
    form::{Manner, QuizForm},
};
use crate::{
    multipart::{Sheet, read_sheet},
    pairs::{Form, LARGEST_DRAFT_FORM, Pairs},
    problem::{Problem, status_of},
    response, server, visitor,
};

type QuizPath = Path<(String, String)>;

pub(crate) fn routes(config: &mut ServiceConfig) {
    let resource = |page: &str| server::address(format!("/s/{{session}}/quizzes/{{assessment}}/{page}"));
    config
        .service(resource("edit").get(edit).post(change))
        .service(resource("publish").get(to_editor).post(publish))
        .service(resource("preview").get(preview))
        .service(resource("remove").get(remove))
        .service(resource("copy").post(copy))
        .service(resource("archive").post(archive));
}

async fn edit(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: QuizPath,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let opened = open(&request, &app, &path).await?;
    let manner = manner(&opened.session, &request, &zone);
    let language = edited_language(query.get("in"), &opened.stored, manner.t);
    let mut form = QuizForm::of_draft(&opened.stored.draft, opened.stored.revision, &language, manner);
    let Opened {
        session,
        stored,
        way_back,
    } = opened;
    scheme::annotate(&mut form.structure, app.schemes(), manner.t);
    let mut page = page::editor(&request, &session, &stored, way_back, form);
    let notices = [
        ("saved", EditorNotice::Saved),
        ("published", EditorNotice::Published),
        ("copied", EditorNotice::Copied),
    ];
    page.notice = notices
        .into_iter()
        .find(|(name, _)| query.optional(name).is_some())
        .map(|(_, notice)| notice);
    Ok(response::page(&page, &session.platform_origins))
}

async fn change(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: QuizPath,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let posted = Posted::read(&request, &app, &zone, &path, payload).await?;
    let action = Action::parse(&posted.pressed)
        .ok_or_else(|| Problem::new(Code::Form, "no button of the editor has this value"))?;
    let goal = match action {
        Action::Change(change) => return Ok(posted.changed(&request, &app, change)),
        Action::Scheme(takes) => return Ok(posted.with_scheme(&request, &app, takes)),
        Action::Save => Goal::Edit(None),
        Action::Preview => Goal::Preview,
        Action::Language(other) => Goal::Edit(Some(edited_language(
            &other,
            &posted.opened.stored,
            posted.manner.t,
        ))),
    };
    posted.save(&request, &app, goal).await
}

async fn publish(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: QuizPath,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let posted = Posted::read(&request, &app, &zone, &path, payload).await?;
    posted.save(&request, &app, Goal::Publish).await
}

async fn preview(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: QuizPath,
) -> Result<HttpResponse, Problem> {
    let opened = open(&request, &app, &path).await?;
    let manner = manner(&opened.session, &request, &zone);
    let page = preview::preview(&request, &opened.session, &opened.stored, manner);
    Ok(response::page(&page, &opened.session.platform_origins))
}

async fn remove(request: HttpRequest, app: Data<App>, path: QuizPath) -> Result<HttpResponse, Problem> {
    let opened = open(&request, &app, &path).await?;
    if opened.stored.state != assessment::State::NeverPublished {
        return Ok(go_to(&opened.session, &opened.stored.id, "edit"));
    }
    let page = page::remove(&request, &opened);
    Ok(response::page(&page, &opened.session.platform_origins))
}

async fn copy(
    request: HttpRequest,
    app: Data<App>,
    path: QuizPath,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let session = app::session::open(&app, visitor.clone()).await?;
    let t = Texts::for_language(visitor::session_language(&session, &request));
    let created = assessment::copy(&app, visitor, id, copy_suffix(t)).await?;
    Ok(go_to(&created.session, &created.id, "edit?copied=1"))
}

async fn archive(
    request: HttpRequest,
    app: Data<App>,
    path: QuizPath,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let away = form.0.get("away") != "no";
    let session = assessment::archive(&app, visitor, id.clone(), away).await?;
    Ok(go_to(&session, &id, "edit"))
}

// Somebody reloads, or changes the language of, a page that publishing answered.
async fn to_editor(path: QuizPath) -> HttpResponse {
    let (session_id, id) = path.into_inner();
    response::see_other(&format!(
        "/s/{}/quizzes/{}/edit",
        encoded(&session_id),
        encoded(&id)
    ))
}

/// What a form is saved for.
enum Goal {
    /// To go on, in the language that was edited or in another one.
    Edit(Option<String>),
    /// To be looked at.
    Preview,
    /// To be what students get.
    Publish,
}

/// A posted editor's form with what is saved beside it.
struct Posted {
    visitor: app::session::Visitor,
    opened: Opened,
    form: QuizForm,
    refused: Vec<RefusedFile>,
    pressed: String,
    scheme_name: String,
    manner: Manner,
}

impl Posted {
    async fn read(
        request: &HttpRequest,
        app: &App,
        zone: &Tz,
        path: &QuizPath,
        payload: web::Payload,
    ) -> Result<Self, Problem> {
        let Sheet { mut pairs, files } =
            read_sheet(request, payload.into_inner(), LARGEST_DRAFT_FORM).await?;
        let visitor = visitor::sender(request, &path.0, &pairs)?;
        let refused = files::keep(app, &visitor, files, &mut pairs).await?;
        let pressed = pairs.get("do").to_owned();
        let scheme_name = pairs.get("scheme_name").to_owned();
        let opened = open(request, app, path).await?;
        let manner = manner(&opened.session, request, zone);
        let mut form = QuizForm::of_pairs(pairs, manner)?;
        form.language = edited_language(&form.language, &opened.stored, manner.t);
        form.original = edited_language(&form.original, &opened.stored, manner.t);
        form.annotate(&opened.stored.draft);
        Ok(Self {
            visitor,
            opened,
            form,
            refused,
            pressed,
            scheme_name,
            manner,
        })
    }

    async fn save(mut self, request: &HttpRequest, app: &App, goal: Goal) -> Result<HttpResponse, Problem> {
        let (draft, unreadable) = to_draft(&self.form, &self.opened.stored.draft, self.manner.zone);
        scheme::annotate(&mut self.form.structure, app.schemes(), self.manner.t);
        if !unreadable.is_empty() || !self.refused.is_empty() {
            return Ok(self.unreadable(request, &unreadable));
        }
        let (visitor, id) = (self.visitor.clone(), self.opened.stored.id.clone());
        let (revision, saved) = (self.form.revision, draft.clone());
        let answer = match goal {
            Goal::Publish => assessment::publish(app, visitor, id, revision, saved).await?,
            Goal::Edit(_) | Goal::Preview => assessment::save(app, visitor, id, revision, saved).await?,
        };
        Ok(match answer.saving {
            Saving::Saved | Saving::Published => {
                let language = encoded(&language_of(&self.form, &self.opened.stored.draft, &draft));
                self.go_on(&match goal {
                    Goal::Edit(other) => format!(
                        "edit?saved=1&in={}",
                        other.map_or(language, |other| encoded(&other))
                    ),
                    Goal::Preview => "preview".to_owned(),
                    Goal::Publish => format!("edit?published=1&in={language}"),
                })
            }
            Saving::Conflict(theirs) => self.conflict(request, app, &draft, *theirs),
            Saving::Incomplete { revision, problems } => {
                self.incomplete(request, app, revision, draft, &problems)
            }
        })
    }

    fn with_scheme(mut self, request: &HttpRequest, app: &App, takes: bool) -> HttpResponse {
        let name = match takes {
            true => self.scheme_name.clone(),
            false => String::new(),
        };
        scheme::pick(&mut self.form.structure, app.schemes(), &name);
        self.changed(request, app, action::Change::Refresh)
    }

    fn changed(mut self, request: &HttpRequest, app: &App, change: action::Change) -> HttpResponse {
        if let action::Change::Stimulus(asked) = change
            && let Some(problem) = stimuli::kept(self.manner.t, &self.form.stimuli, asked)
        {
            scheme::annotate(&mut self.form.structure, app.schemes(), self.manner.t);
            return self.page(request, StatusCode::OK, |page| page.problems = vec![problem]);
        }
        self.form.change(change, self.manner.t);
        self.form.annotate(&self.opened.stored.draft);
        scheme::annotate(&mut self.form.structure, app.schemes(), self.manner.t);
        if !self.refused.is_empty() {
            return self.unreadable(request, &[]);
        }
        self.page(request, StatusCode::OK, |page| {
            page.notice = Some(EditorNotice::Unsaved)
        })
    }

    fn unreadable(self, request: &HttpRequest, fields: &[draft::Unreadable]) -> HttpResponse {
        let mut problems = page::unreadable(self.manner.t, fields);
        problems.extend(page::refused_files(self.manner.t, &self.refused));
        let code = self.refused.first().map_or(Code::Draft, |file| file.code);
        self.page(request, status_of(code), |page| {
            page.notice = Some(EditorNotice::Unreadable);
            page.problems = problems;
        })
    }

    fn incomplete(
        mut self,
        request: &HttpRequest,
        app: &App,
        revision: i64,
        draft: Draft,
        problems: &[::assessment::DraftProblem],
    ) -> HttpResponse {
        let problems = page::problems(self.manner.t, &draft, problems);
        self.form = QuizForm::of_draft(
            &draft,
            revision,
            &language_of(&self.form, &self.opened.stored.draft, &draft),
            self.manner,
        );
        scheme::annotate(&mut self.form.structure, app.schemes(), self.manner.t);
        self.opened.stored.draft = draft;
        if self.opened.stored.state == assessment::State::Published {
            self.opened.stored.state = assessment::State::Changed;
        }
        self.page(request, status_of(Code::Draft), |page| {
            page.notice = Some(EditorNotice::Incomplete);
            page.problems = problems;
        })
    }

    // The next save of this form is meant: it goes over what the page shows of the other.
    fn conflict(mut self, request: &HttpRequest, app: &App, mine: &Draft, theirs: Stored) -> HttpResponse {
        let conflict = page::conflict(mine, &theirs, self.manner, app.clock().now());
        self.form.revision = theirs.revision;
        self.opened.stored = theirs;
        self.page(request, status_of(Code::Conflict), |page| {
            page.conflict = Some(conflict)
        })
    }

    fn page(self, request: &HttpRequest, status: StatusCode, fill: impl FnOnce(&mut Editor)) -> HttpResponse {
        let Opened {
            session,
            stored,
            way_back,
        } = self.opened;
        let mut page = page::editor(request, &session, &stored, way_back, self.form);
        fill(&mut page);
        response::page_with(status, &page, &session.platform_origins)
    }

    fn go_on(&self, place: &str) -> HttpResponse {
        go_to(&self.opened.session, &self.opened.stored.id, place)
    }
}

async fn open(request: &HttpRequest, app: &App, path: &QuizPath) -> Result<Opened, Problem> {
    let (session_id, id) = (&path.0, &path.1);
    Ok(assessment::open(app, visitor::reader(request, session_id), id.clone()).await?)
}

fn go_to(session: &Session, id: &str, place: &str) -> HttpResponse {
    let answer = response::see_other(&format!("/s/{}/quizzes/{id}/{place}", session.id));
    response::framed(answer, &session.platform_origins)
}

fn manner(session: &Session, request: &HttpRequest, zone: &Tz) -> Manner {
    Manner {
        t: Texts::for_language(visitor::session_language(session, request)),
        zone: *zone,
    }
}

/// The language to edit: the one asked for when pages or the quiz know it, else
/// the quiz's first one, else the reader's.
fn edited_language(asked: &str, stored: &Stored, t: Texts) -> String {
    let title = &stored.draft.title;
    let texts = stored
        .draft
        .slots
        .iter()
        .map(|slot| &slot.item.stem)
        .chain([title]);
    let known = ui::Language::find(asked).is_some()
        || texts.into_iter().any(|text| text.versions.contains_key(asked));
    match (known, title.default_language.as_str()) {
        (true, _) => asked.to_owned(),
        (false, "") => t.tag().to_owned(),
        (false, first) => first.to_owned(),
    }
}

/// The language in which a form's words stand in the draft that it became: they
/// may have moved to the quiz's new one.
fn language_of(form: &QuizForm, saved: &Draft, draft: &Draft) -> String {
    let former = saved.title.default_language.as_str();
    let moved = form.language == former && !draft.languages().contains(former);
    if moved {
        form.original.clone()
    } else {
        form.language.clone()
    }
}

fn encoded(value: &str) -> String {
    percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
}
