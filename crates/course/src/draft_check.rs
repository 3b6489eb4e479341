//! Finds what is wrong with a draft: what keeps it from being published, and what its
//! readers would miss. Each lesson's own is in `draft_check/lesson`.
//!
//! Left out on purpose: whether files and assessments are there (`app` knows).

mod lesson;

use std::collections::{BTreeMap, BTreeSet};

use text::Text;

use crate::content::{
    AssessmentCompletion, AssessmentStep, CourseContent, Licence, Step, Term, Unit, UnitCompletion,
};
use crate::cycle::cycle;
use crate::draft_problem::{Place, Problem, ProblemKind};
use crate::key::Key;
use crate::{LANGUAGES, limits};

/// Everything that is wrong with the draft, the course's own first, then unit by unit,
/// the glossary last. It can be published when none of it is grave.
pub fn check(content: &CourseContent) -> Vec<Problem> {
    let mut problems = Problems {
        languages: languages(content),
        found: Vec::new(),
    };
    check_frame(content, &mut problems);
    check_keys(content, &mut problems);
    for unit in &content.units {
        check_unit(content, unit, &mut problems);
    }
    check_glossary(&content.glossary, &mut problems);
    problems.found
}

/// The languages that everything should be in: the title's.
fn languages(content: &CourseContent) -> BTreeSet<String> {
    let known = content
        .title
        .versions
        .keys()
        .filter(|language| is_known(language));
    known.cloned().collect()
}

fn is_known(language: &str) -> bool {
    LANGUAGES.contains(&language)
}

/// More problems than one place has.
const RECENT: usize = 64;

/// What was found so far.
struct Problems {
    /// The languages that everything should be in.
    languages: BTreeSet<String>,
    found: Vec<Problem>,
}

impl Problems {
    fn add(&mut self, at: &Place, kind: ProblemKind, named: impl Into<String>) {
        let problem = Problem {
            at: at.clone(),
            kind,
            named: named.into(),
            of_question: None,
            is_grave: kind.is_grave(),
        };
        // one place has several texts, and what they have in common is told once
        if !self
            .found
            .iter()
            .rev()
            .take(RECENT)
            .any(|found| *found == problem)
        {
            self.found.push(problem);
        }
    }

    fn add_if(&mut self, is_wrong: bool, at: &Place, kind: ProblemKind) {
        if is_wrong {
            self.add(at, kind, "");
        }
    }

    /// A title that must be there.
    fn title(&mut self, at: &Place, title: &Text) {
        let is_long = |words: &str| words.chars().count() > limits::TITLE_LETTERS;
        let too_long = title.versions.values().any(|version| is_long(&version.source));
        self.add_if(title.is_empty(), at, ProblemKind::NoTitle);
        self.add_if(too_long, at, ProblemKind::TitleTooLong);
        self.texts(at, &[title]);
    }

    /// What holds for every text of one place, told once per place and language.
    fn texts(&mut self, at: &Place, texts: &[&Text]) {
        let mut told: BTreeMap<(ProblemKind, String), Vec<String>> = BTreeMap::new();
        for (language, source) in texts.iter().flat_map(|text| &text.versions) {
            let mut tell = |is_wrong: bool, kind| {
                if is_wrong {
                    told.entry((kind, language.clone())).or_default();
                }
            };
            let dropped = text::dropped(source);
            tell(!is_known(language), ProblemKind::UnknownLanguage);
            tell(source.is_too_long(), ProblemKind::TextTooLong);
            tell(dropped.is_active, ProblemKind::Active);
            tell(text::has_undescribed_media(source), ProblemKind::NoAlternative);
            tell(text::has_hidden_picture(source), ProblemKind::HiddenPicture);
            for link in dropped.links {
                let of_links = told.entry((ProblemKind::BrokenLink, language.clone()));
                of_links.or_default().push(link);
            }
        }
        for ((kind, language), named) in told {
            let at = at.in_language(&language);
            match named.is_empty() {
                true => self.add(&at, kind, ""),
                false => named.into_iter().for_each(|link| self.add(&at, kind, link)),
            }
        }
        self.translations(at, texts);
    }

    /// Whether what is written at all is there in each language of the course.
    fn translations(&mut self, at: &Place, texts: &[&Text]) {
        let says = |text: &Text, language: &String| {
            let version = text.versions.get(language);
            version.is_some_and(|version| !version.is_blank())
        };
        for language in self.languages.clone() {
            let mut written = texts.iter().filter(|text| !text.is_empty());
            if written.any(|text| !says(text, &language)) {
                self.add(&at.in_language(&language), ProblemKind::NoTranslation, "");
            }
        }
    }

    fn licence(&mut self, at: &Place, licence: Option<&Licence>) {
        let says_all =
            |licence: &Licence| !licence.identifier.trim().is_empty() && !licence.holder.trim().is_empty();
        self.add_if(!licence.is_some_and(says_all), at, ProblemKind::NoLicence);
    }

    fn percent(&mut self, at: &Place, percent: u32) {
        let is_wrong = !(1..=100).contains(&percent);
        self.add_if(is_wrong, at, ProblemKind::PercentOutOfRange);
    }

    /// Checks a key; `others` are those that it must differ from.
    fn key<'k>(&mut self, at: &Place, key: &'k Key, others: &mut BTreeSet<&'k Key>) {
        if !key.is_well_formed() {
            self.add(at, ProblemKind::BadKey, key.as_str());
        } else if !others.insert(key) {
            self.add(at, ProblemKind::DuplicateKey, key.as_str());
        }
    }
}

impl Place {
    fn of_unit(unit: &Unit) -> Self {
        Self {
            unit: Some(unit.key.clone()),
            ..Self::default()
        }
    }

    fn of_step(unit: &Unit, step: &Key) -> Self {
        Self {
            step: Some(step.clone()),
            ..Self::of_unit(unit)
        }
    }

    fn of_part(&self, part: &Key) -> Self {
        Self {
            part: Some(part.clone()),
            ..self.clone()
        }
    }

    fn in_language(&self, language: &str) -> Self {
        Self {
            language: Some(language.to_owned()),
            ..self.clone()
        }
    }
}

fn check_frame(content: &CourseContent, problems: &mut Problems) {
    let course = Place::default();
    problems.title(&course, &content.title);
    problems.texts(&course, &[&content.summary]);
    problems.licence(&course, content.licence.as_ref());
    if !content.title.is_empty() && !is_known(content.default_language()) {
        let at = course.in_language(content.default_language());
        problems.add(&at, ProblemKind::UnknownLanguage, "");
    }
    problems.add_if(content.lessons().next().is_none(), &course, ProblemKind::NoLesson);
    let too_many = content.units.len() > limits::UNITS || content.glossary.len() > limits::TERMS;
    problems.add_if(too_many, &course, ProblemKind::TooMany);
    if let Some(circle) = cycle(content) {
        let first = circle.first();
        let at = first.map_or(course, |key| place_of(content, key));
        let circle: Vec<&str> = circle.iter().map(Key::as_str).collect();
        problems.add(&at, ProblemKind::Cycle, circle.join(", "));
    }
}

fn place_of(content: &CourseContent, key: &Key) -> Place {
    match (content.unit(key), content.unit_of(key)) {
        (Some(unit), _) => Place::of_unit(unit),
        (None, Some(unit)) => Place::of_step(unit, key),
        (None, None) => Place::default(),
    }
}

/// Keys of units and steps, and what they require.
fn check_keys(content: &CourseContent, problems: &mut Problems) {
    let mut keys = BTreeSet::new();
    for unit in &content.units {
        problems.key(&Place::of_unit(unit), &unit.key, &mut keys);
        for step in &unit.steps {
            problems.key(&Place::of_step(unit, step.key()), step.key(), &mut keys);
        }
    }
    let mut requires = |at: Place, required: &[Key]| {
        for key in required.iter().filter(|key| !keys.contains(key)) {
            problems.add(&at, ProblemKind::UnknownRequirement, key.as_str());
        }
    };
    for unit in &content.units {
        requires(Place::of_unit(unit), &unit.requires);
        for step in &unit.steps {
            requires(Place::of_step(unit, step.key()), step.requires());
        }
    }
}

fn check_unit(content: &CourseContent, unit: &Unit, problems: &mut Problems) {
    let at = Place::of_unit(unit);
    problems.title(&at, &unit.title);
    problems.texts(&at, &[&unit.summary]);
    problems.add_if(unit.steps.is_empty(), &at, ProblemKind::EmptyUnit);
    problems.add_if(unit.steps.len() > limits::STEPS, &at, ProblemKind::TooMany);
    if let UnitCompletion::Share { percent } = unit.completion {
        problems.percent(&at, percent);
    }
    for step in &unit.steps {
        let at = Place::of_step(unit, step.key());
        match step {
            Step::Lesson(lesson) => lesson::check_lesson(content, lesson, &at, problems),
            Step::Assessment(step) => check_assessment(step, &at, problems),
        }
    }
}

fn check_assessment(step: &AssessmentStep, at: &Place, problems: &mut Problems) {
    problems.add_if(step.assessment.is_empty(), at, ProblemKind::NoAssessment);
    if !step.title.is_empty() {
        problems.title(at, &step.title);
    }
    if let AssessmentCompletion::Passed { percent } = step.completion {
        problems.percent(at, percent);
    }
}

fn check_glossary(terms: &[Term], problems: &mut Problems) {
    let mut keys = BTreeSet::new();
    for term in terms {
        let at = Place::default().of_part(&term.key);
        problems.key(&at, &term.key, &mut keys);
        problems.add_if(term.term.is_empty(), &at, ProblemKind::NoTitle);
        problems.texts(&at, &[&term.term, &term.explanation]);
    }
}
