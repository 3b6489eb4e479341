//! The editor's pages, filled from `app`'s answers; the preview's is `preview`.

use actix_web::HttpRequest;
use app::{
    assessment::{Opened, State, Stored, WayBack},
    session::Session,
};
use assessment::{
    AuthoringField, Control, Draft, DraftProblem, DraftProblemKind, DraftSlot, ExpressionError, Interaction,
    Place, authoring_fields,
};
use chrono::{DateTime, Utc};
use ui::{
    Language, Texts, format,
    page::quiz::{Conflict, Difference, Editor, EditorBack, EditorState, FieldProblem, Remove, WrittenIn},
};

use super::{
    draft::{Unreadable, field_of},
    files::RefusedFile,
    form::{Manner, QuizForm},
};
use crate::{rendered::plain, visitor::frame};

/// The editor's page around a form.
pub(crate) fn editor(
    request: &HttpRequest,
    session: &Session,
    stored: &Stored,
    way_back: WayBack,
    form: QuizForm,
) -> Editor {
    let frame = frame(session, request);
    let prefix = frame.prefix().to_owned();
    Editor {
        path: format!("{prefix}/quizzes/{}", stored.id),
        name: plain(&stored.draft.title, frame.t.language()),
        revision: form.revision,
        state: match stored.state {
            State::NeverPublished => EditorState::NeverPublished,
            State::Published => EditorState::Published,
            State::Changed => EditorState::Changed,
        },
        is_archived: stored.is_archived,
        notice: None,
        conflict: None,
        problems: Vec::new(),
        languages: languages(&stored.draft, &form.language),
        original: form.original,
        title: form.title,
        introduction: form.introduction,
        questions: form.questions,
        rules: form.rules,
        stimuli: form.stimuli,
        structure: form.structure,
        back: match way_back {
            WayBack::Picker => Some(EditorBack::Picker(format!(
                "{prefix}/picker?chosen={}",
                stored.id
            ))),
            WayBack::Activity => Some(EditorBack::Activity(format!("{prefix}/"))),
            WayBack::Nowhere => None,
        },
        frame,
    }
}

/// The question before a draft is deleted.
pub(crate) fn remove(request: &HttpRequest, opened: &Opened) -> Remove {
    let frame = frame(&opened.session, request);
    Remove {
        path: format!("{}/quizzes/{}", frame.prefix(), opened.stored.id),
        name: plain(&opened.stored.draft.title, frame.t.language()),
        questions: opened.stored.draft.slots.len(),
        frame,
    }
}

/// What keeps a draft from being published, at its fields.
pub(crate) fn problems(t: Texts, draft: &Draft, problems: &[DraftProblem]) -> Vec<FieldProblem> {
    let problem = |problem: &DraftProblem| {
        let question = problem.slot.map(|index| index + 1);
        let written = in_lines(draft, problem);
        let field = match (question, written) {
            (Some(question), Some(place)) => format!("q{question}_p_{}", place.list),
            _ => field_of(problem),
        };
        let found = match expression_error(draft, problem) {
            Some(error) => FieldProblem::of_expression(t, &error, question, field),
            None => FieldProblem::new(t, problem.key(), question, field),
        };
        match written {
            Some(place) => found.on_line(t, place.index + 1),
            None => found,
        }
    };
    problems.iter().map(problem).collect()
}

/// The place of a problem, where its list is a field with a line for each.
fn in_lines(draft: &Draft, problem: &DraftProblem) -> Option<Place> {
    let place = problem.place?;
    let interaction = &draft.slots.get(problem.slot?)?.item.interaction;
    let fields = authoring_fields(interaction, &draft.title.default_language)?;
    let has_lines = |field: &AuthoringField| field.key == place.list && field.control == Control::Lines;
    fields.iter().any(has_lines).then_some(place)
}

fn expression_error(draft: &Draft, problem: &DraftProblem) -> Option<ExpressionError> {
    match &draft.slots.get(problem.slot?)?.item.interaction {
        Interaction::Calculated(kind) if problem.kind == DraftProblemKind::BadExpression => {
            kind.expression_error(problem.place?)
        }
        _ => None,
    }
}

/// What could not be read, at its fields.
pub(crate) fn unreadable(t: Texts, fields: &[Unreadable]) -> Vec<FieldProblem> {
    let problem = |field: &Unreadable| {
        let problem = FieldProblem::new(t, field.key, field.question, field.field.as_str());
        match field.line {
            Some(line) => problem.on_line(t, line),
            None => problem,
        }
    };
    fields.iter().map(problem).collect()
}

/// Files that were not taken, at their fields.
pub(crate) fn refused_files(t: Texts, files: &[RefusedFile]) -> Vec<FieldProblem> {
    let problem = |file: &RefusedFile| {
        let texts = ui::page::problem::texts_of(t, file.code.as_str());
        FieldProblem {
            // the field of a question's own picture is named after what it says
            field: file.field.replace("_p_picture_file", "_p_picture"),
            question: file.question,
            text: format!("{} {} ({})", texts.sentence, texts.fix, file.code),
        }
    };
    files.iter().map(problem).collect()
}

/// Where a typed draft differs from the one that somebody else saved.
pub(crate) fn conflict(mine: &Draft, theirs: &Stored, manner: Manner, now: DateTime<Utc>) -> Conflict {
    let language = manner.t.language();
    let mut differences = Vec::new();
    let order = |draft: &Draft| draft.slots.iter().map(|slot| slot.id.clone()).collect::<Vec<_>>();
    let saved = &theirs.draft;
    if (&mine.title, &mine.introduction, &mine.rules) != (&saved.title, &saved.introduction, &saved.rules)
        || mine.stimuli != saved.stimuli
        || order(mine) != order(saved)
    {
        let texts = [&saved.title, &saved.introduction].into_iter();
        let of_stimuli = saved.stimuli.iter();
        let texts = texts.chain(of_stimuli.flat_map(|stimulus| [&stimulus.title, &stimulus.text]));
        let texts: Vec<String> = texts.map(|text| plain(text, language)).collect();
        let stems = saved.slots.iter().zip(1..);
        let stems = stems.map(|(slot, number)| format!("{number}. {}", plain(&slot.item.stem, language)));
        let theirs = texts
            .into_iter()
            .filter(|text| !text.is_empty())
            .chain(stems)
            .collect();
        differences.push(Difference {
            question: None,
            theirs,
        });
    }
    for (slot, number) in mine.slots.iter().zip(1..) {
        let other = saved.slots.iter().find(|other| other.id == slot.id);
        if other != Some(slot) {
            let theirs = other.map(|other| lines(other, language)).unwrap_or_default();
            differences.push(Difference {
                question: Some(number),
                theirs,
            });
        }
    }
    Conflict {
        saved_at: format::moment(manner.t, theirs.updated_at, now, manner.zone),
        differences,
    }
}

fn lines(slot: &DraftSlot, language: Language) -> Vec<String> {
    let option = |option: &assessment::ChoiceOption| {
        let mark = if option.correct { "✓ " } else { "" };
        format!("{mark}{}", plain(&option.text, language))
    };
    let stem = plain(&slot.item.stem, language);
    let authored = authoring_fields(&slot.item.interaction, language.tag()).unwrap_or_default();
    let typed = authored.iter().flat_map(|field| field.value.lines());
    std::iter::once(stem)
        .chain(slot.item.options().iter().map(option))
        .chain(typed.map(str::to_owned))
        .collect()
}

// The languages of pages, and those that the draft has beside them.
fn languages(draft: &Draft, current: &str) -> Vec<WrittenIn> {
    let texts = draft
        .slots
        .iter()
        .map(|slot| &slot.item.stem)
        .chain([&draft.title]);
    let written = texts.flat_map(|text| text.versions.keys()).map(String::as_str);
    let own = Language::all().iter().map(|language| language.tag());
    let mut tags: Vec<&str> = Vec::new();
    for tag in own.chain(written).chain([current]) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let written_in = |tag: &str| WrittenIn {
        tag: tag.to_owned(),
        name: Language::find(tag).map_or_else(|| tag.to_owned(), |language| language.name().into_owned()),
        current: tag == current,
    };
    tags.into_iter().map(written_in).collect()
}
