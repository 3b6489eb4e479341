//! The buttons of the editor's form and what they change in it.

use app::assessment::BlankQuestion;
use assessment::AUTHORED_TYPES;
use ui::{
    Texts,
    page::quiz::{QuestionOption, ReviewPreset, Wording},
};

use super::{
    form::{QuizForm, blank},
    list_change::{ListChange, down, remove, up},
    sections, stimuli,
};

/// What a pressed button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Save the draft.
    Save,
    /// Save the draft and show it as a student sees it.
    Preview,
    /// Save the draft and go on in another language.
    Language(String),
    /// Change the form, save nothing.
    Change(Change),
    /// Take the examination scheme that was picked, or none any more; save nothing.
    Scheme(bool),
}

/// A change of the form. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Only show it again.
    Refresh,
    /// The table of what students see is filled in.
    Review(ReviewPreset),
    /// A new question at the end.
    Add(BlankQuestion),
    /// A question changes places with the one before.
    Up(usize),
    /// A question changes places with the one after.
    Down(usize),
    /// A copy of a question behind it.
    Copy(usize),
    /// A question goes.
    Remove(usize),
    /// A question gets another option.
    AddOption(usize),
    /// An option of a question changes places with the one before.
    OptionUp(usize, usize),
    /// An option of a question changes places with the one after.
    OptionDown(usize, usize),
    /// An option of a question goes.
    RemoveOption(usize, usize),
    /// Something about the sections; the questions of one that goes stay, before all
    /// sections.
    Section(ListChange),
    /// Something about what several questions refer to; as long as one does, it stays.
    Stimulus(ListChange),
}

impl Action {
    /// From the value of the pressed button; `None` for one that no button has.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "" | "save" => Self::Save,
            "preview" => Self::Preview,
            "scheme" => Self::Scheme(true),
            "scheme_off" => Self::Scheme(false),
            "refresh" => Self::Change(Change::Refresh),
            "add:single" => Self::Change(Change::Add(BlankQuestion::SingleChoice)),
            "add:several" => Self::Change(Change::Add(BlankQuestion::MultipleChoice)),
            "add:true_false" => Self::Change(Change::Add(BlankQuestion::TrueFalse)),
            other => match other.split_once(':') {
                Some(("review", preset)) => Self::Change(Change::Review(ReviewPreset::find(preset)?)),
                Some(("in", language)) => Self::Language(language.to_owned()),
                Some(("add", type_name)) => Self::Change(Change::Add(authored(type_name)?)),
                _ => Self::Change(
                    ListChange::parse(other, "add_section", 's')
                        .map(Change::Section)
                        .or_else(|| ListChange::parse(other, "add_stimulus", 't').map(Change::Stimulus))
                        .or_else(|| numbered(other))?,
                ),
            },
        })
    }
}

fn authored(type_name: &str) -> Option<BlankQuestion> {
    let known = AUTHORED_TYPES.iter().find(|known| **known == type_name)?;
    Some(BlankQuestion::Authored(known))
}

// "q3_up", "q3_o2_remove"
fn numbered(value: &str) -> Option<Change> {
    let mut parts = value.strip_prefix('q')?.split('_');
    let question: usize = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let change = match parts.next() {
        None => match second {
            "up" => Change::Up(question),
            "down" => Change::Down(question),
            "copy" => Change::Copy(question),
            "remove" => Change::Remove(question),
            "add" => Change::AddOption(question),
            _ => return None,
        },
        Some(verb) => {
            let option = second.strip_prefix('o')?.parse().ok()?;
            match verb {
                "up" => Change::OptionUp(question, option),
                "down" => Change::OptionDown(question, option),
                "remove" => Change::RemoveOption(question, option),
                _ => return None,
            }
        }
    };
    parts.next().is_none().then_some(change)
}

impl QuizForm {
    /// Does what a button says; a number that there is not changes nothing.
    pub(crate) fn change(&mut self, change: Change, t: Texts) {
        match change {
            Change::Refresh => {}
            Change::Review(preset) => self.preset(preset),
            Change::Add(kind) => {
                let question = blank(kind, &self.language, t);
                self.questions.push(question);
            }
            Change::Up(number) => up(&mut self.questions, number),
            Change::Down(number) => down(&mut self.questions, number),
            Change::Copy(number) => self.copy(number, t),
            Change::Remove(number) => {
                remove(&mut self.questions, number);
            }
            Change::AddOption(number) => {
                if let Some(options) = self.options(number) {
                    options.push(blank_option(options));
                }
            }
            Change::OptionUp(number, option) => {
                if let Some(options) = self.options(number) {
                    up(options, option);
                }
            }
            Change::OptionDown(number, option) => {
                if let Some(options) = self.options(number) {
                    down(options, option);
                }
            }
            Change::RemoveOption(number, option) => {
                if let Some(options) = self.options(number) {
                    remove(options, option);
                }
            }
            Change::Section(change) => self.change_sections(change, t),
            Change::Stimulus(change) => {
                let new_id = self.new_id(t);
                stimuli::change(&mut self.stimuli, change, new_id);
            }
        }
        self.renumber();
    }

    // The questions of a section that goes stand before all sections.
    fn change_sections(&mut self, change: ListChange, t: Texts) {
        let new_id = self.new_id(t);
        if let Some(gone) = sections::change(&mut self.structure, change, new_id) {
            let own = self
                .questions
                .iter_mut()
                .filter(|question| question.placing.section == gone);
            own.for_each(|question| question.placing.section.clear());
        }
    }

    // As random as a slot's.
    fn new_id(&self, t: Texts) -> String {
        blank(BlankQuestion::TrueFalse, &self.language, t).slot
    }

    fn options(&mut self, number: usize) -> Option<&mut Vec<QuestionOption>> {
        let question = self.questions.get_mut(number.checked_sub(1)?)?;
        Some(&mut question.options)
    }

    // A slot's id is never used twice, so that marks given to one never reach another.
    fn copy(&mut self, number: usize, t: Texts) {
        let Some(original) = number.checked_sub(1).and_then(|index| self.questions.get(index)) else {
            return;
        };
        let mut copy = original.clone();
        if copy.from.is_empty() {
            copy.from.clone_from(&original.slot);
        }
        copy.slot = self.new_id(t);
        self.questions.insert(number, copy);
    }
}

fn blank_option(options: &[QuestionOption]) -> QuestionOption {
    let id = (options.len() + 1..)
        .map(|number| format!("o{number}"))
        .find(|id| options.iter().all(|option| option.id != *id));
    QuestionOption {
        number: options.len() + 1,
        id: id.unwrap_or_default(),
        text: Wording::default(),
        right: false,
        weight: String::new(),
        feedback: Wording::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_read() {
        #[track_caller]
        fn check(value: &str, expected: Option<Action>) {
            assert_eq!(Action::parse(value), expected, "{value}");
        }
        let change = |change| Some(Action::Change(change));
        check("save", Some(Action::Save));
        check("", Some(Action::Save));
        check("in:de", Some(Action::Language("de".to_owned())));
        check("q12_up", change(Change::Up(12)));
        check("q1_add", change(Change::AddOption(1)));
        check("q1_o2_remove", change(Change::RemoveOption(1, 2)));
        check("q1_o2_remove_x", None);
        check(
            "add:matching",
            change(Change::Add(BlankQuestion::Authored("matching"))),
        );
        check("add_stimulus", change(Change::Stimulus(ListChange::Add)));
        check("t2_up", change(Change::Stimulus(ListChange::Up(2))));
        check("t2_fly", None);
        check("add:oracle", None);
        check("q1_explode", None);
        check("qx_up", None);
        check("publish", None);
    }
}
