//! From the editor's form to a draft. Only the edited language is replaced;
//! what the saved draft says in others is kept, found again by slot and option.

use assessment::{
    Choice, ChoiceOption, Draft, DraftProblem, DraftProblemKind, DraftSlot, GradeFrom, Information,
    Interaction, Item, MultipleChoice, OptionId, Rules, SlotId, TrueFalse, Typed, authored, blank_of,
};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use text::Text;
use ui::page::quiz::{Authored, Question, QuestionKind, QuestionOption, Rules as TypedRules};

use super::{
    behaviour, credit,
    form::{QuizForm, saved_option, saved_slot, typed_time},
    scheme, sections, stimuli, timing,
};

/// A field that says nothing a draft can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Its name.
    pub(crate) field: String,
    /// The question it belongs to, counted from 1.
    pub(crate) question: Option<usize>,
    /// The line in it, counted from 1, where it has several.
    pub(crate) line: Option<usize>,
    /// The key of what is wrong: "not-a-number", "not-a-whole-number", "not-a-time",
    /// and those of `assessment::AuthoringProblemKind`.
    pub(crate) key: &'static str,
}

/// The draft that the form says, over the saved one, without the options that
/// were left empty at the end; and the fields that could not be read, for which
/// it has a stand-in.
pub(crate) fn to_draft(form: &QuizForm, saved: &Draft, zone: Tz) -> (Draft, Vec<Unreadable>) {
    let mut unreadable = Vec::new();
    let writer = Writer {
        language: &form.language,
        default_language: default_language(form, saved),
    };
    let slots = form
        .questions
        .iter()
        .map(|question| slot(question, saved_slot(saved, question), &writer, &mut unreadable))
        .collect();
    let mut draft = Draft {
        title: writer.write(Some(&saved.title), &form.title.value),
        introduction: writer.write(Some(&saved.introduction), &form.introduction.value),
        slots,
        stimuli: stimuli::stimuli(&form.stimuli, saved, &|text, typed| writer.write(text, typed)),
        sections: sections::sections(
            &form.structure,
            saved,
            &|text, typed| writer.write(text, typed),
            &mut unreadable,
        ),
        scheme: scheme::of_form(&form.structure, saved.scheme.as_ref(), &mut unreadable),
        rules: Rules {
            navigation: sections::navigation(&form.structure),
            ..rules(&form.rules, &saved.rules, zone, &mut unreadable)
        },
    };
    draft.drop_empty_options();
    if draft.title.default_language != form.original {
        draft.set_language(&form.original);
    }
    (draft, unreadable)
}

/// The id of the field at which a draft's problem is shown.
pub(crate) fn field_of(problem: &DraftProblem) -> String {
    use DraftProblemKind as Kind;
    let slot = problem.slot.map(|index| index + 1);
    let option = problem.option().map(|index| index + 1);
    if let Some(field) = sections::field_of(problem).or_else(|| stimuli::field_of(problem)) {
        return field;
    }
    match (problem.kind, slot, option) {
        (Kind::NoTitle | Kind::TitleTooLong, _, _) => "title".to_owned(),
        (Kind::NoQuestion | Kind::TooManyQuestions, _, _) => "add".to_owned(),
        (Kind::ClosesBeforeOpens | Kind::ReviewAfterCloseWithoutClose, _, _) => "closes_at".to_owned(),
        (Kind::CertaintyWithOtherBehaviour, _, _) => "certainty".to_owned(),
        (Kind::TooManyHints | Kind::HintWithoutText, Some(slot), _) => format!("q{slot}_hints"),
        (Kind::TryPenaltyOutOfRange, Some(slot), _) => format!("q{slot}_penalty"),
        (Kind::TimeLimitOutOfRange, _, _) => "time_limit".to_owned(),
        (Kind::GraceOutOfRange, _, _) => "grace".to_owned(),
        (Kind::WaitOutOfRange, _, _) => "wait_first".to_owned(),
        (Kind::PasswordOutOfRange, _, _) => "password".to_owned(),
        (Kind::PassOutOfRange, _, _) => "pass".to_owned(),
        (Kind::AttemptsOutOfRange, _, _) => "attempts".to_owned(),
        (Kind::BadId | Kind::DuplicateId, Some(slot), _) => format!("q{slot}_options"),
        (_, Some(slot), Some(option)) => format!("q{slot}_o{option}_text"),
        (
            Kind::QuestionWithoutText
            | Kind::TextTooLong
            | Kind::HiddenPicture
            | Kind::MediaWithoutWords
            | Kind::MediaMissing,
            Some(slot),
            None,
        ) => {
            format!("q{slot}_stem")
        }
        (Kind::PointsOutOfRange, Some(slot), None) => format!("q{slot}_points"),
        (_, Some(slot), None) => format!("q{slot}_options"),
        (_, None, _) => "introduction".to_owned(),
    }
}

fn default_language<'a>(form: &'a QuizForm, saved: &'a Draft) -> &'a str {
    match saved.title.default_language.as_str() {
        "" => &form.language,
        language => language,
    }
}

pub(super) struct Writer<'a> {
    pub(super) language: &'a str,
    pub(super) default_language: &'a str,
}

impl Writer<'_> {
    /// The saved text with what was typed in the edited language. Typing
    /// nothing new leaves it as it was, byte for byte.
    pub(super) fn write(&self, saved: Option<&Text>, typed: &str) -> Text {
        let mut text = saved.cloned().unwrap_or_default();
        let former = text.versions.get(self.language);
        let typed = tidy(typed);
        if former.map(|former| tidy(&former.source)).unwrap_or_default() == typed {
            return text;
        }
        text.rewrite(self.language, self.default_language, typed);
        text
    }
}

// Browsers send line ends as CR LF.
fn tidy(typed: &str) -> String {
    text::nfc(&typed.replace("\r\n", "\n")).trim().to_owned()
}

fn slot(
    question: &Question,
    saved: Option<&DraftSlot>,
    writer: &Writer<'_>,
    unreadable: &mut Vec<Unreadable>,
) -> DraftSlot {
    let points = number(&question.points).unwrap_or_else(|| {
        unreadable.push(Unreadable {
            field: format!("q{}_points", question.number),
            question: Some(question.number),
            line: None,
            key: "not-a-number",
        });
        1.0
    });
    let kept = saved.and_then(|saved| saved.item.try_penalty);
    let try_penalty = behaviour::try_penalty(&question.tries, kept).unwrap_or_else(|()| {
        unreadable.push(Unreadable {
            field: format!("q{}_penalty", question.number),
            question: Some(question.number),
            line: None,
            key: "not-a-number",
        });
        kept
    });
    DraftSlot {
        id: SlotId::new(question.slot.as_str()),
        item: Item {
            stem: writer.write(saved.map(|saved| &saved.item.stem), &question.stem.value),
            interaction: interaction(question, saved, writer, unreadable),
            feedback: writer.write(saved.map(|saved| &saved.item.feedback), &question.feedback.value),
            result_feedback: credit::result_feedback(question, saved, writer),
            hints: behaviour::hints(
                &question.tries,
                saved.map(|saved| saved.item.hints.as_slice()).unwrap_or_default(),
                writer,
            ),
            try_penalty,
        },
        points,
        stimulus: stimuli::of_question(question),
        placing: sections::placing(&question.placing),
    }
}

fn interaction(
    question: &Question,
    saved: Option<&DraftSlot>,
    writer: &Writer<'_>,
    unreadable: &mut Vec<Unreadable>,
) -> Interaction {
    let kept = saved.map(|saved| &saved.item.interaction);
    if let Some(typed) = &question.authored {
        return authored_interaction(question.number, typed, kept, writer, unreadable);
    }
    let mut weights = credit::weights(question, saved, unreadable).into_iter();
    let mut option = |option: &QuestionOption| {
        let kept = saved.and_then(|saved| saved_option(saved, option));
        // a statement's two options have no field for their words
        let text = match (question.kind, kept) {
            (QuestionKind::TrueFalse, kept) => kept.map(|kept| kept.text.clone()).unwrap_or_default(),
            (_, kept) => writer.write(kept.map(|kept| &kept.text), &option.text.value),
        };
        ChoiceOption {
            id: OptionId::new(option.id.as_str()),
            text,
            correct: option.right,
            weight: weights.next().flatten(),
            feedback: writer.write(kept.map(|kept| &kept.feedback), &option.feedback.value),
        }
    };
    let options = question.options.iter().map(&mut option).collect();
    let shuffle_options = question.shuffle;
    match question.kind {
        QuestionKind::Single | QuestionKind::Authored => Interaction::SingleChoice(Choice {
            options,
            shuffle_options,
        }),
        QuestionKind::TrueFalse => Interaction::TrueFalse(TrueFalse { options }),
        QuestionKind::Several => Interaction::MultipleChoice(MultipleChoice {
            options,
            shuffle_options,
            scoring: credit::scoring(question),
            penalty: credit::penalty(question, kept, unreadable),
        }),
    }
}

// A type without options, over the saved question or an empty one.
fn authored_interaction(
    number: usize,
    typed: &Authored,
    kept: Option<&Interaction>,
    writer: &Writer<'_>,
    unreadable: &mut Vec<Unreadable>,
) -> Interaction {
    let kept = kept
        .filter(|kept| kept.type_name() == typed.type_name)
        .cloned()
        .or_else(|| blank_of(&typed.type_name));
    let Some(kept) = kept else {
        return Interaction::Information(Information {});
    };
    let fields = typed
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), field.value.clone()))
        .collect();
    let how = Typed {
        language: writer.language,
        default_language: writer.default_language,
    };
    let (interaction, problems) = authored(&kept, &fields, how);
    unreadable.extend(problems.into_iter().map(|problem| Unreadable {
        field: format!("q{number}_p_{}", problem.field),
        question: Some(number),
        line: problem.line,
        key: problem.kind.key(),
    }));
    interaction
}

fn rules(typed: &TypedRules, saved: &Rules, zone: Tz, unreadable: &mut Vec<Unreadable>) -> Rules {
    let mut read = |field: &str, key, understood: bool| {
        if !understood {
            unreadable.push(Unreadable {
                field: field.to_owned(),
                question: None,
                line: None,
                key,
            });
        }
    };
    let attempts = optional(&typed.attempts, |attempts| attempts.parse().ok());
    read("attempts", "not-a-whole-number", attempts.is_some());
    let minutes = optional(&typed.time_limit, number);
    read("time_limit", "not-a-number", minutes.is_some());
    let opens_at = optional(&typed.opens_at, |typed| time(typed, saved.opens_at, zone));
    read("opens_at", "not-a-time", opens_at.is_some());
    let closes_at = optional(&typed.closes_at, |typed| time(typed, saved.closes_at, zone));
    read("closes_at", "not-a-time", closes_at.is_some());
    let (behaviour, certainty, review) = behaviour::behaviour(&typed.behaviour);
    let mut rules = Rules {
        attempts_allowed: attempts.flatten(),
        // saturates: what is out of range is the check's to say
        time_limit_seconds: minutes.flatten().map(|minutes| (minutes * 60.0).round() as u32),
        opens_at: opens_at.flatten(),
        closes_at: closes_at.flatten(),
        grade_from: match typed.grade_from.as_str() {
            "last" => GradeFrom::Last,
            "first" => GradeFrom::First,
            "average" => GradeFrom::Average,
            _ => GradeFrom::Highest,
        },
        shuffle_questions: typed.shuffle_questions,
        behaviour,
        certainty,
        review,
        ..saved.clone()
    };
    timing::write(&typed.timing, &mut rules, number, |field, key| {
        read(field, key, false)
    });
    rules
}

/// `Some(None)` for nothing typed, `None` for what cannot be read.
fn optional<T>(typed: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match typed.trim() {
        "" => Some(None),
        typed => read(typed).map(Some),
    }
}

/// A number with a comma or a point before its decimals.
pub(crate) fn number(typed: &str) -> Option<f64> {
    let number: f64 = typed.trim().replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

/// A local time as `datetime-local` sends it.
pub(crate) fn local_time(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    time(typed, None, zone)
}

// A time that was not touched stays exact, also where clocks were turned back.
fn time(typed: &str, saved: Option<DateTime<Utc>>, zone: Tz) -> Option<DateTime<Utc>> {
    if let Some(saved) = saved
        && typed_time(saved, zone) == typed
    {
        return Some(saved);
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())?;
    Some(zone.from_local_datetime(&local).earliest()?.with_timezone(&Utc))
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
