//! The instructor's statistics of an activity: the test, its questions, what
//! is worth a look, and who chose what. All figures come formatted.

mod figures;

use askama::Template;

pub use figures::{by_chance, item_figures, per_cent, test_figures, weights};

use crate::{Frame, Language, Page, Role, Texts, format};

/// Bars are this high at most; the drawing's own units.
const CHART_HEIGHT: usize = 120;
/// From one bar to the next.
const BAR_STEP: usize = 40;

/// The page. Its form asks for `{path}?attempts=…`.
#[derive(Debug, Clone, Template)]
#[template(path = "gradebook/statistics.html")]
pub struct Statistics {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title as plain text; empty for one without.
    pub title: String,
    /// This page.
    pub path: String,
    /// The gradebook.
    pub gradebook_path: String,
    /// Which attempts can be asked for.
    pub choices: Vec<Choice>,
    /// How many attempts were asked for.
    pub attempts: usize,
    /// Of how many persons.
    pub people: usize,
    /// With fewer attempts nothing is shown.
    pub minimum: usize,
    /// Empty below the minimum.
    pub test: Vec<Figure>,
    /// How the totals are spread.
    pub distribution: Distribution,
    /// Empty below the minimum.
    pub questions: Vec<Question>,
}

/// A choice of attempts.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the form sends.
    pub value: &'static str,
    /// What it is called: [`choice_label`].
    pub label: String,
    /// Whether it is the one shown.
    pub is_chosen: bool,
}

/// A figure with its name.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What it is called.
    pub name: String,
    /// Formatted; empty when it does not exist.
    pub value: String,
    /// What it tells, or why it does not exist.
    pub note: String,
}

/// How many attempts reached which tenth of the points.
#[derive(Debug, Clone, Default)]
pub struct Distribution {
    /// From the lowest tenth to the highest.
    pub bars: Vec<Bar>,
}

/// A bar of the drawing.
#[derive(Debug, Clone)]
pub struct Bar {
    /// "0–10 %".
    pub label: String,
    /// How many attempts.
    pub count: usize,
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Height.
    pub height: usize,
}

/// A question.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// "3"; empty when the quiz does not have it any more.
    pub number: String,
    /// What is asked, as plain text, cut.
    pub stem: String,
    /// How easy; formatted, empty when it does not exist.
    pub facility: String,
    /// Discrimination index, in the same way.
    pub discrimination: String,
    /// Intended and effective weight: "20 % → 31 %".
    pub weights: String,
    /// All figures with what they tell.
    pub figures: Vec<Figure>,
    /// What is worth a look, in words: [`finding_text`]. The gravest first.
    pub findings: Vec<String>,
    /// What few attempts cannot tell: [`by_chance`]; empty where they are enough.
    pub by_chance: String,
    /// Whether the key itself is in doubt.
    pub is_grave: bool,
    /// Whether attempts were asked different versions of it.
    pub has_changed: bool,
    /// In how many attempts it was asked, as a sentence; empty where in all of them.
    pub asked_in: String,
    /// How many answers wait for a marker: they count in no figure.
    pub waiting: usize,
    /// What was chosen; empty where nothing can be counted.
    pub responses: Vec<Response>,
    /// The sets of values of a calculated question that enough attempts saw.
    pub variants: Vec<Variant>,
    /// How many sets of values were seen by fewer; none for other questions.
    pub rare_variants: usize,
    /// Where it can be mended; empty when it is not in the quiz any more.
    pub edit_path: String,
    /// Where its key can be changed for attempts that are over.
    pub regrade_path: String,
}

/// A set of values of a calculated question.
#[derive(Debug, Clone)]
pub struct Variant {
    /// "d = 40; n = 500": the values, or the number of the set.
    pub values: String,
    /// How many attempts saw it.
    pub attempts: usize,
    /// How easy; formatted, empty when it does not exist.
    pub facility: String,
    /// Discrimination index, in the same way.
    pub discrimination: String,
}

/// How often something was chosen.
#[derive(Debug, Clone)]
pub struct Response {
    /// The option as plain text; empty for no answer.
    pub label: String,
    /// Whether it is right.
    pub is_right: bool,
    /// Which part of the question, in words, at the first response to it; empty otherwise.
    pub part: String,
    /// How often.
    pub count: usize,
    /// How often at each try: "12 · 3 · 1"; empty where there was only one.
    pub by_try: String,
    /// Share of the attempts, formatted.
    pub share: String,
    /// Among the strongest third.
    pub strong: usize,
    /// Among the weakest third.
    pub weak: usize,
}

/// The words for a choice of attempts (`first`).
pub fn choice_label(t: Texts, which: &str) -> String {
    let key = match which {
        "first" => "statistics-first",
        "last" => "statistics-last",
        "all" => "statistics-all",
        _ => "statistics-counting",
    };
    t.get(key).into_owned()
}

/// Ten bars from shares of the points reached, each from 0 to 1 or a little beyond.
pub fn distribution(t: Texts, shares: &[f64]) -> Distribution {
    let mut counts = [0_usize; 10];
    for share in shares {
        let tenth = (share * 10.0 + 1e-9).floor().clamp(0.0, 9.0) as usize;
        if let Some(count) = counts.get_mut(tenth) {
            *count += 1;
        }
    }
    let highest = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(tenth, count): (usize, usize)| {
        let height = (count * CHART_HEIGHT).div_ceil(highest);
        Bar {
            label: t
                .with("statistics-tenth", "from", format::number(t, tenth as f64 * 10.0))
                .and("to", format::number(t, tenth as f64 * 10.0 + 10.0))
                .to_string(),
            count,
            x: tenth * BAR_STEP,
            y: CHART_HEIGHT - height,
            height,
        }
    };
    Distribution {
        bars: counts.into_iter().enumerate().map(bar).collect(),
    }
}

/// What is worth a look, for [`finding_text`]. Names are plain texts of options.
#[derive(Debug, Clone)]
pub enum Finding {
    /// The strong chose this; how many of them, and how many the right one.
    StrongChoseWrong(String, usize, usize),
    /// The strong did worse.
    Negative,
    /// Hardly tells anybody apart.
    Dubious,
    /// All the same mark.
    AllAlike,
    /// Nearly all right.
    TooEasy,
    /// Nearly none right.
    TooHard,
    /// Worse than guessing.
    BelowGuessing,
    /// Nobody chose this wrong option.
    NeverChosen(String),
}

/// A finding in words.
pub fn finding_text(t: Texts, finding: &Finding) -> String {
    let key = match finding {
        Finding::StrongChoseWrong(option, strong, right) => {
            return t
                .with("statistics-finding-strong", "option", option.as_str())
                .and("strong", *strong)
                .and("right", *right)
                .to_string();
        }
        Finding::NeverChosen(option) => {
            return t
                .with("statistics-finding-never", "option", option.as_str())
                .to_string();
        }
        Finding::Negative => "statistics-finding-negative",
        Finding::Dubious => "statistics-finding-dubious",
        Finding::AllAlike => "statistics-finding-alike",
        Finding::TooEasy => "statistics-finding-easy",
        Finding::TooHard => "statistics-finding-hard",
        Finding::BelowGuessing => "statistics-finding-guessing",
    };
    t.get(key).into_owned()
}

impl Statistics {
    /// Whether the figures may be shown.
    fn is_shown(&self) -> bool {
        self.attempts >= self.minimum
    }

    /// Whether something was found about a question.
    fn has_suspects(&self) -> bool {
        self.questions
            .iter()
            .any(|question| !question.findings.is_empty())
    }

    /// The width of the drawing.
    fn chart_width(&self) -> usize {
        self.distribution.bars.len() * BAR_STEP
    }
}

impl Question {
    /// What links and headings call it.
    fn name(&self, t: &Texts) -> String {
        if self.number.is_empty() {
            t.get("statistics-former-question").into_owned()
        } else {
            t.with("statistics-question-number", "number", self.number.as_str())
                .to_string()
        }
    }
}

/// A figure; `value` empty means that it does not exist.
fn sample_figure(t: Texts, key: &str, value: &str, note: &str) -> Figure {
    let note = if note.is_empty() {
        String::new()
    } else {
        t.get(note).into_owned()
    };
    Figure {
        name: t.get(key).into_owned(),
        value: value.to_owned(),
        note,
    }
}

fn sample_question(t: Texts, number: usize, findings: &[Finding]) -> Question {
    let share = |value: f64| per_cent(t, Some(value)).unwrap_or_default();
    let alike = findings
        .iter()
        .any(|finding| matches!(finding, Finding::AllAlike));
    let response = |label: &str, is_right, count: usize, strong, weak| Response {
        label: label.to_owned(),
        is_right,
        part: String::new(),
        count,
        by_try: match count {
            0 => String::new(),
            count => format!("{} · {}", count - count / 3, count / 3),
        },
        share: share(count as f64 * 4.0),
        strong,
        weak,
    };
    let discrimination = if alike { String::new() } else { share(-12.5) };
    let reason = if alike {
        "statistics-absent-spread"
    } else {
        "statistics-discrimination-note"
    };
    let facility = share(if alike { 100.0 } else { 46.5 });
    Question {
        number: number.to_string(),
        stem: "Khi tiện trụ ngoài bằng dao hợp kim cứng, tốc độ cắt phụ thuộc chủ yếu vào yếu tố nào?"
            .to_owned(),
        weights: format!("{} → {}", share(33.33), share(21.7)),
        figures: vec![
            sample_figure(t, "statistics-facility", &facility, "statistics-facility-note"),
            sample_figure(t, "statistics-discrimination", &discrimination, reason),
        ],
        facility,
        discrimination,
        findings: findings.iter().map(|finding| finding_text(t, finding)).collect(),
        is_grave: findings
            .iter()
            .any(|finding| matches!(finding, Finding::StrongChoseWrong(..))),
        by_chance: match findings
            .iter()
            .any(|finding| matches!(finding, Finding::Negative))
        {
            true => t.with("statistics-by-chance", "count", 25).to_string(),
            false => String::new(),
        },
        variants: match number {
            1 => [(40, 12), (50, 13)]
                .map(|(diameter, attempts)| Variant {
                    values: format!("d = {diameter}; n = 500"),
                    attempts,
                    facility: share(46.5),
                    discrimination: share(31.0),
                })
                .to_vec(),
            _ => Vec::new(),
        },
        rare_variants: if number == 1 { 2 } else { 0 },
        has_changed: number == 3,
        asked_in: match number {
            2 => t
                .with("statistics-asked-in", "asked", 14)
                .and("attempts", 25)
                .to_string(),
            _ => String::new(),
        },
        waiting: if number == 3 { 4 } else { 0 },
        responses: vec![
            response("Vật liệu gia công và vật liệu làm dao", true, 8, 2, 5),
            response("Màu của phôi", false, 14, 6, 2),
            response("Chiều dài băng máy", false, 0, 0, 0),
            response("", false, 3, 0, 1),
        ],
        edit_path: format!("/s/sample/quizzes/sample/edit#q{number}"),
        regrade_path: format!("/s/sample/regrade?question=s{number}"),
    }
}

impl Page for Statistics {
    const NAME: &'static str = "gradebook/statistics";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let choices = ["counting", "first", "last", "all"].map(|value| Choice {
            value,
            label: choice_label(t, value),
            is_chosen: value == "counting",
        });
        let few = Self {
            frame,
            title: "Tiện trụ ngoài – kiểm tra mô đun 3".to_owned(),
            path: "/s/sample/gradebook/statistics".to_owned(),
            gradebook_path: "/s/sample/gradebook".to_owned(),
            choices: choices.to_vec(),
            attempts: 3,
            people: 3,
            minimum: 5,
            test: Vec::new(),
            distribution: Distribution::default(),
            questions: Vec::new(),
        };
        let number = |value| format::number(t, value);
        let shares = [
            0.2, 0.35, 0.4, 0.45, 0.5, 0.5, 0.55, 0.6, 0.62, 0.7, 0.75, 0.8, 0.95, 1.0,
        ];
        let full = Self {
            attempts: 25,
            people: 25,
            test: vec![
                sample_figure(t, "statistics-mean", &format::mark(t, 6.4, 10.0), ""),
                sample_figure(t, "statistics-median", &number(6.5), ""),
                sample_figure(
                    t,
                    "statistics-deviation",
                    &number(1.82),
                    "statistics-deviation-note",
                ),
                sample_figure(t, "statistics-consistency", "", "statistics-absent-spread"),
            ],
            distribution: distribution(t, &shares),
            questions: vec![
                sample_question(t, 1, &[]),
                sample_question(
                    t,
                    2,
                    &[
                        Finding::StrongChoseWrong("Màu của phôi".to_owned(), 6, 2),
                        Finding::Negative,
                        Finding::NeverChosen("Chiều dài băng máy".to_owned()),
                    ],
                ),
                sample_question(t, 3, &[Finding::AllAlike]),
            ],
            ..few.clone()
        };
        let nobody = Self {
            attempts: 0,
            people: 0,
            ..few.clone()
        };
        vec![("nobody", nobody), ("few", few), ("full", full)]
    }
}
