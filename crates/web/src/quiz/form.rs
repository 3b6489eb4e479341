//! The editor's form: read from fields, filled from a draft, changed by its
//! buttons. Values stay as they were typed; `draft` turns them into a draft.

use std::collections::HashMap;

use app::{Code, Error, assessment::BlankQuestion};
use assessment::{
    AuthoringField, ChoiceOption, Draft, DraftSlot, GradeFrom, Interaction, MultipleChoiceScoring as Scoring,
    authoring_fields,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use text::{Format, Text};
use ui::{
    Texts,
    page::quiz::{
        Authored, Question, QuestionKind, QuestionOption, ResultWordings, Rules, Structure, TimingRules,
        TypedStimulus, Wording,
    },
};

use super::behaviour;
use super::sections;
use super::stimuli;
use super::timing;
use crate::{pairs::Pairs, problem::Problem};

/// Everything that the editor's form holds.
#[derive(Debug, Clone)]
pub(crate) struct QuizForm {
    /// The draft's revision that it began from.
    pub(crate) revision: i64,
    /// The language that is edited.
    pub(crate) language: String,
    /// The language that the quiz is written in.
    pub(crate) original: String,
    pub(crate) title: Wording,
    pub(crate) introduction: Wording,
    pub(crate) questions: Vec<Question>,
    pub(crate) stimuli: Vec<TypedStimulus>,
    pub(crate) rules: Rules,
    pub(crate) structure: Structure,
}

/// How numbers and times are written in the form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) t: Texts,
    pub(crate) zone: Tz,
}

impl QuizForm {
    /// The form of a draft, in one language.
    pub(crate) fn of_draft(draft: &Draft, revision: i64, language: &str, manner: Manner) -> Self {
        let text = |text: &Text| Wording::new(source_in(text, language));
        let mut form = Self {
            revision,
            language: language.to_owned(),
            original: match draft.title.default_language.as_str() {
                "" => language.to_owned(),
                original => original.to_owned(),
            },
            title: text(&draft.title),
            introduction: text(&draft.introduction),
            questions: draft
                .slots
                .iter()
                .map(|slot| question_of(slot, &text, language, manner.t))
                .collect(),
            stimuli: stimuli::of_draft(draft, &text),
            rules: rules_of(draft, manner),
            structure: sections::of_draft(draft, &text),
        };
        form.renumber();
        form.annotate(draft);
        form
    }

    /// Reads the fields that the editor's page names; those of questions that
    /// leave out a number end there.
    pub(crate) fn of_pairs(pairs: Pairs, manner: Manner) -> Result<Self, Problem> {
        let fields = Fields::new(pairs)?;
        let refused = |what: &str| Problem(Error::refused(Code::Form, what));
        let revision = fields
            .get("revision")
            .parse()
            .map_err(|_unreadable| refused("no revision"))?;
        let questions = (1..)
            .map_while(|number| fields.question(number))
            .collect::<Result<Vec<_>, _>>()?;
        let structure = sections::posted(&|name| fields.take(name))?;
        let stimuli = stimuli::posted(&|name| fields.take(name))?;
        let mut form = Self {
            revision,
            structure,
            stimuli,
            language: fields.take("in"),
            original: fields.take("original"),
            title: Wording::new(fields.take("title")),
            introduction: Wording::new(fields.take("introduction")),
            questions,
            rules: Rules {
                attempts: fields.take("attempts"),
                time_limit: fields.take("time_limit"),
                opens_at: fields.take("opens_at"),
                closes_at: fields.take("closes_at"),
                grade_from: fields.take("grade_from"),
                shuffle_questions: fields.is_on("shuffle_questions"),
                zone: manner.zone.name().to_owned(),
                behaviour: behaviour::of_fields(&fields),
                timing: TimingRules {
                    when_over: fields.take("when_over"),
                    grace: fields.take("grace"),
                    wait_first: fields.take("wait_first"),
                    wait_later: fields.take("wait_later"),
                    password: fields.take("password"),
                    pass: fields.take("pass"),
                },
            },
        };
        form.renumber();
        Ok(form)
    }

    /// Numbers questions, options and stimuli by their order.
    pub(crate) fn renumber(&mut self) {
        for (question, number) in self.questions.iter_mut().zip(1..) {
            question.number = number;
            question
                .options
                .iter_mut()
                .zip(1..)
                .for_each(|(option, number)| option.number = number);
        }
        stimuli::renumber(&mut self.stimuli, &self.questions);
    }

    /// Notes at each text what the saved draft has of it in other languages.
    pub(crate) fn annotate(&mut self, saved: &Draft) {
        let language = self.language.clone();
        let original = saved.title.default_language.clone();
        let note = |wording: &mut Wording, text: Option<&Text>| note(wording, text, &language, &original);
        note(&mut self.title, Some(&saved.title));
        note(&mut self.introduction, Some(&saved.introduction));
        for section in &mut self.structure.sections {
            let mut kept = saved.sections.iter();
            let kept = kept.find(|kept| kept.id.as_str() == section.id);
            note(&mut section.title, kept.map(|kept| &kept.title));
            note(&mut section.introduction, kept.map(|kept| &kept.introduction));
        }
        for stimulus in &mut self.stimuli {
            let kept = stimuli::saved(saved, stimulus);
            note(&mut stimulus.title, kept.map(|kept| &kept.title));
            note(&mut stimulus.text, kept.map(|kept| &kept.text));
        }
        for question in &mut self.questions {
            let slot = saved_slot(saved, question);
            note(&mut question.stem, slot.map(|slot| &slot.item.stem));
            note(&mut question.feedback, slot.map(|slot| &slot.item.feedback));
            let kept = slot.map(|slot| &slot.item.result_feedback);
            note(&mut question.result.right, kept.map(|kept| &kept.right));
            note(&mut question.result.partly, kept.map(|kept| &kept.partly));
            note(&mut question.result.wrong, kept.map(|kept| &kept.wrong));
            for option in &mut question.options {
                let kept = slot.and_then(|slot| saved_option(slot, option));
                note(&mut option.text, kept.map(|kept| &kept.text));
                note(&mut option.feedback, kept.map(|kept| &kept.feedback));
            }
        }
    }
}

/// The saved slot that a question of the form continues or copies.
pub(crate) fn saved_slot<'a>(saved: &'a Draft, question: &Question) -> Option<&'a DraftSlot> {
    let id = if question.from.is_empty() {
        &question.slot
    } else {
        &question.from
    };
    saved.slots.iter().find(|slot| slot.id.as_str() == id)
}

/// The saved option that an option of the form continues.
pub(crate) fn saved_option<'a>(slot: &'a DraftSlot, option: &QuestionOption) -> Option<&'a ChoiceOption> {
    slot.item
        .options()
        .iter()
        .find(|kept| kept.id.as_str() == option.id)
}

/// A new question for the form.
pub(crate) fn blank(kind: BlankQuestion, language: &str, t: Texts) -> Question {
    question_of(
        &app::assessment::blank_slot(kind),
        &|_empty: &Text| Wording::default(),
        language,
        t,
    )
}

fn note(wording: &mut Wording, text: Option<&Text>, language: &str, original: &str) {
    let Some(text) = text else { return };
    let first = text.versions.get(original).filter(|_| language != original);
    wording.reference = first.map(text::to_plain).unwrap_or_default();
    let is_shown = |tag: &str| tag == language || (tag == original && !wording.reference.is_empty());
    let others = text
        .versions
        .iter()
        .filter(|(tag, source)| !is_shown(tag) && !source.is_blank());
    wording.also = others.map(|(tag, _)| tag.as_str()).collect::<Vec<_>>().join(", ");
    wording.is_html = text
        .versions
        .get(language)
        .is_some_and(|source| source.format == Format::Html);
}

pub(super) fn source_in(text: &Text, language: &str) -> String {
    text.versions
        .get(language)
        .map(|source| source.source.clone())
        .unwrap_or_default()
}

fn question_of(slot: &DraftSlot, text: &impl Fn(&Text) -> Wording, language: &str, t: Texts) -> Question {
    let option = |(option, number): (&ChoiceOption, usize)| QuestionOption {
        number,
        id: option.id.as_str().to_owned(),
        text: text(&option.text),
        right: option.correct,
        weight: option.weight.map(|share| percent(share, t)).unwrap_or_default(),
        feedback: text(&option.feedback),
    };
    let (kind, scoring, wrong) = match &slot.item.interaction {
        Interaction::SingleChoice(_) => (QuestionKind::Single, Scoring::default(), 0.0),
        Interaction::TrueFalse(_) => (QuestionKind::TrueFalse, Scoring::default(), 0.0),
        Interaction::MultipleChoice(choice) => (QuestionKind::Several, choice.scoring, choice.penalty),
        _ => (QuestionKind::Authored, Scoring::default(), 0.0),
    };
    Question {
        number: 0,
        slot: slot.id.as_str().to_owned(),
        from: String::new(),
        kind,
        scoring: scoring_name(scoring).to_owned(),
        wrong: match wrong {
            0.0 => String::new(),
            share => percent(share, t),
        },
        shuffle: slot.item.shuffles_options(),
        points: typed_number(slot.points, t),
        stem: text(&slot.item.stem),
        stimulus: slot
            .stimulus
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        feedback: text(&slot.item.feedback),
        result: ResultWordings {
            right: text(&slot.item.result_feedback.right),
            partly: text(&slot.item.result_feedback.partly),
            wrong: text(&slot.item.result_feedback.wrong),
        },
        options: slot.item.options().iter().zip(1..).map(option).collect(),
        tries: behaviour::tries_of(&slot.item, language, t),
        authored: (kind == QuestionKind::Authored).then(|| authored(&slot.item.interaction, language)),
        placing: sections::placing_of(&slot.placing),
    }
}

/// What the form calls a way of marking.
pub(super) fn scoring_name(scoring: Scoring) -> &'static str {
    match scoring {
        Scoring::AllOrNothing => "all_or_nothing",
        Scoring::Partial => "partial",
        Scoring::Weighted => "weighted",
    }
}

/// A share as an author types it, in percent.
pub(super) fn percent(share: f64, t: Texts) -> String {
    typed_number((share * 1e8).round() / 1e6, t)
}

// A type that is written nowhere yet has no fields, and `draft` keeps it as it was.
fn authored(interaction: &Interaction, language: &str) -> Authored {
    Authored {
        type_name: interaction.type_name().to_owned(),
        fields: authoring_fields(interaction, language).unwrap_or_default(),
        is_marked: interaction.is_marked(),
        has_own_text: interaction.has_own_text(),
    }
}

fn rules_of(draft: &Draft, Manner { t, zone }: Manner) -> Rules {
    let rules = &draft.rules;
    let minutes = |seconds: u32| typed_number((f64::from(seconds) / 60.0 * 100.0).round() / 100.0, t);
    Rules {
        attempts: rules
            .attempts_allowed
            .map(|attempts| attempts.to_string())
            .unwrap_or_default(),
        time_limit: rules.time_limit_seconds.map(minutes).unwrap_or_default(),
        opens_at: rules.opens_at.map(|at| typed_time(at, zone)).unwrap_or_default(),
        closes_at: rules.closes_at.map(|at| typed_time(at, zone)).unwrap_or_default(),
        grade_from: match rules.grade_from {
            GradeFrom::Highest => "highest",
            GradeFrom::Last => "last",
            GradeFrom::First => "first",
            GradeFrom::Average => "average",
        }
        .to_owned(),
        shuffle_questions: rules.shuffle_questions,
        zone: zone.name().to_owned(),
        behaviour: behaviour::of_rules(rules),
        timing: timing::typed(rules, minutes),
    }
}

/// A number as an author types it: no thousands grouped, the language's own decimal mark.
pub(super) fn typed_number(number: f64, t: Texts) -> String {
    number.to_string().replace('.', &t.get("format-decimal"))
}

/// A local time as `datetime-local` takes it; seconds only when there are some.
pub(crate) fn typed_time(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    let whole = at.timestamp() % 60 == 0;
    local
        .format(if whole {
            "%Y-%m-%dT%H:%M"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        })
        .to_string()
}

/// The posted fields by name. An editor's form has thousands, so each is found
/// and checked for doubles without a walk over all.
pub(super) struct Fields(HashMap<String, Vec<String>>);

impl Fields {
    fn new(pairs: Pairs) -> Result<Self, Problem> {
        let mut fields: HashMap<String, Vec<String>> = HashMap::with_capacity(pairs.0.len());
        for (name, value) in pairs.0 {
            let values = fields.entry(name).or_default();
            values.push(value);
        }
        let doubled = |(name, values): (&String, &Vec<String>)| values.len() > 1 && !name.ends_with("_right");
        if fields.iter().any(doubled) {
            return Err(Problem::new(Code::Form, "a field came twice"));
        }
        Ok(Self(fields))
    }

    fn get(&self, name: &str) -> &str {
        self.optional(name).unwrap_or_default()
    }

    fn optional(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .and_then(|values| values.first())
            .map(String::as_str)
    }

    pub(super) fn take(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    pub(super) fn is_on(&self, name: &str) -> bool {
        self.get(name) == "on"
    }

    fn question(&self, number: usize) -> Option<Result<Question, Problem>> {
        let name = |field: &str| format!("q{number}_{field}");
        let slot = self.optional(&name("slot"))?.to_owned();
        let kind = match self.get(&name("kind")) {
            "single" => QuestionKind::Single,
            "several" => QuestionKind::Several,
            "true_false" => QuestionKind::TrueFalse,
            _ => QuestionKind::Authored,
        };
        let authored = match kind {
            QuestionKind::Authored => match self.authored(number) {
                Some(authored) => Some(authored),
                None => return Some(Err(Problem::new(Code::Form, "a question is of no known kind"))),
            },
            _ => None,
        };
        let right = self.0.get(&name("right")).map(Vec::as_slice).unwrap_or_default();
        let option = |option: usize| {
            let name = |field: &str| format!("q{number}_o{option}_{field}");
            Some(QuestionOption {
                number: option,
                id: self.optional(&name("id"))?.to_owned(),
                text: Wording::new(self.take(&name("text"))),
                right: right.contains(&option.to_string()),
                weight: self.take(&name("weight")),
                feedback: Wording::new(self.take(&name("feedback"))),
            })
        };
        Some(Ok(Question {
            number,
            slot,
            from: self.take(&name("from")),
            kind,
            scoring: self.take(&name("scoring")),
            wrong: self.take(&name("wrong")),
            shuffle: self.is_on(&name("shuffle")),
            points: self.take(&name("points")),
            stem: Wording::new(self.take(&name("stem"))),
            stimulus: self.take(&name("stimulus")),
            feedback: Wording::new(self.take(&name("feedback"))),
            result: ResultWordings {
                right: Wording::new(self.take(&name("right_feedback"))),
                partly: Wording::new(self.take(&name("partly_feedback"))),
                wrong: Wording::new(self.take(&name("wrong_feedback"))),
            },
            options: (1..).map_while(option).collect(),
            authored,
            tries: behaviour::tries_of_fields(self, number),
            placing: sections::posted_placing(&|field| self.take(&name(field))),
        }))
    }

    // The fields of a type without options, as they were typed.
    fn authored(&self, number: usize) -> Option<Authored> {
        let type_name = self.get(&format!("q{number}_kind"));
        let mut authored = authored(&assessment::blank_of(type_name)?, self.get("in"));
        for field in &mut authored.fields {
            let AuthoringField { key, value, .. } = field;
            *value = self.take(&format!("q{number}_p_{key}")).replace("\r\n", "\n");
        }
        Some(authored)
    }
}
