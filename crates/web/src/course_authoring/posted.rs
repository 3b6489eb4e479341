//! A posted editor's form: read, put over the draft from which it began, saved. The
//! editor brings that draft's revision, and what a script saved of the form last
//! (`last`): what has changed between the two is this author's, all else anybody's.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Payload};
use app::{
    App, Code,
    course::authoring::{self, Answer, AtWork, Change, Opened, Saving},
    session::{Session, Visitor},
};
use chrono_tz::Tz;
use course::{CourseContent, DraftPart, Framework, Key};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ui::format;

use super::{conflict, files, go_to, place};
use crate::{
    multipart::{Sheet, read_sheet},
    pairs::{LARGEST_DRAFT_FORM, Pairs},
    problem::{Problem, status_of},
    response, urlencoded, visitor,
};

/// The button that no reader presses: a script saves.
const AUTOSAVE: &str = "autosave";
/// How many parts of somebody else's are named after a save.
const MOST_NAMED: usize = 12;

/// Writes a form over a draft; true for a whole save, false for what a script saves while somebody types.
pub(super) type Apply<'a> = &'a dyn Fn(&Pairs, &mut CourseContent, bool);

/// A posted form.
pub(super) struct Posted {
    visitor: Visitor,
    opened: Opened,
    pairs: Pairs,
    /// Why a file was not taken.
    pub(super) refused: Option<Code>,
}

/// What became of it.
pub(super) enum Saved {
    /// It is saved, with these parts of somebody else's.
    Kept(Box<Answer>, Vec<DraftPart>),
    /// Something else is answered.
    Other(HttpResponse),
}

impl Posted {
    pub(super) async fn read(
        request: &HttpRequest,
        app: &App,
        session_id: &str,
        key: &str,
        payload: Payload,
    ) -> Result<Self, Problem> {
        let Sheet { mut pairs, files } =
            read_sheet(request, payload.into_inner(), LARGEST_DRAFT_FORM).await?;
        let visitor = visitor::sender(request, session_id, &pairs)?;
        let refused = files::keep(app, &visitor, key, files, &mut pairs).await?;
        let revision = pairs.get("revision").parse().ok();
        let reader = visitor::reader(request, session_id);
        let opened = authoring::open(app, reader, key.to_owned(), revision).await?;
        Ok(Self {
            visitor,
            opened,
            pairs,
            refused,
        })
    }

    pub(super) fn pressed(&self) -> &str {
        self.pairs.get("do")
    }

    /// What can be chosen as tags.
    pub(super) fn frameworks(&self) -> Vec<Arc<Framework>> {
        self.opened.frameworks.clone()
    }

    /// Refuses a form about a step that its draft did not have.
    pub(super) fn demand_step(&self, step: &Key) -> Result<(), Problem> {
        let known = [Some(&self.opened.course.content), self.opened.base.as_ref()];
        match known
            .into_iter()
            .flatten()
            .any(|content| content.step(step).is_some())
        {
            true => Ok(()),
            false => Err(Problem::new(Code::NotFound, "the course has no such step")),
        }
    }

    /// The draft with what the form says, and the one from which that began.
    pub(super) fn contents(
        &self,
        apply: Apply<'_>,
    ) -> Result<(Option<CourseContent>, CourseContent), Problem> {
        let Self { opened, pairs, .. } = self;
        let began = opened.base.as_ref().unwrap_or(&opened.course.content);
        let base = match pairs.get("last") {
            "" => opened.base.clone(),
            last => {
                let unreadable = || Problem::new(Code::Form, "what was saved last cannot be read");
                let last = Pairs(urlencoded::decode(last).ok_or_else(unreadable)?);
                let mut content = began.clone();
                apply(&last, &mut content, false);
                opened.base.is_some().then_some(content)
            }
        };
        let mut mine = began.clone();
        apply(pairs, &mut mine, self.pressed() != AUTOSAVE);
        Ok((base, mine))
    }

    pub(super) async fn save(
        self,
        request: &HttpRequest,
        app: &App,
        zone: &Tz,
        apply: Apply<'_>,
    ) -> Result<Saved, Problem> {
        let (base, mine) = self.contents(apply)?;
        let is_autosave = self.pressed() == AUTOSAVE;
        let change = Change {
            base,
            content: mine.clone(),
            choices: conflict::choices(&self.pairs),
            seen_revision: self.pairs.get("seen").parse().ok(),
            is_autosave,
        };
        let key = self.opened.course.key.clone();
        let answer = authoring::save(app, self.visitor, key, change).await?;
        let now = app.clock().now();
        Ok(match &answer.saving {
            Saving::Conflict(_) if is_autosave => {
                let told = serde_json::json!({ "conflict": true });
                Saved::Other(HttpResponse::build(status_of(Code::Conflict)).json(told))
            }
            Saving::Conflict(conflicts) => {
                let shown = conflict::Shown {
                    pairs: &self.pairs,
                    mine: &mine,
                    conflicts,
                    saved_at: answer.course.updated_at,
                    now,
                    zone: *zone,
                };
                let page = shown.page(request, &answer.session, &answer.course);
                let status = status_of(Code::Conflict);
                Saved::Other(response::page_with(
                    status,
                    &page,
                    &answer.session.platform_origins,
                ))
            }
            Saving::Saved(from_theirs) if is_autosave => {
                let told = serde_json::json!({
                    "saved_at": format::time(now, *zone),
                    "merged": !from_theirs.is_empty(),
                });
                Saved::Other(HttpResponse::Ok().json(told))
            }
            Saving::Saved(from_theirs) => {
                let from_theirs = from_theirs.clone();
                Saved::Kept(Box::new(answer), from_theirs)
            }
        })
    }
}

impl Saved {
    /// Whose draft was saved, and how it stands now.
    pub(super) fn kept(&self) -> Option<(&Session, &AtWork)> {
        match self {
            Self::Kept(answer, _) => Some((&answer.session, &answer.course)),
            Self::Other(_) => None,
        }
    }

    /// Leads to a page; `go` says which one, given where the course is written.
    pub(super) fn answer(self, go: impl Fn(&str) -> String) -> Result<HttpResponse, Problem> {
        let (answer, merged) = match self {
            Self::Kept(answer, merged) => (answer, merged),
            Self::Other(answer) => return Ok(answer),
        };
        let address = go(&place(&answer.session, &answer.course.key));
        let (page, anchor) = match address.split_once('#') {
            Some((page, anchor)) => (page, format!("#{anchor}")),
            None => (address.as_str(), String::new()),
        };
        let named = merged
            .iter()
            .take(MOST_NAMED)
            .map(|part| format!("&merged={}", utf8_percent_encode(&part.path, NON_ALPHANUMERIC)));
        let named: String = match page.contains("?saved") {
            true => named.collect(),
            false => String::new(),
        };
        Ok(go_to(&answer.session, &format!("{page}{named}{anchor}")))
    }
}
