//! `/s/{session}/gradebook/statistics`: the instructor's figures of an activity.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    statistics::{self, Figures, Question, Report, Which},
};
use assessment::{Finding, Interaction, Item, ItemStatistics, ResponseCount};
use ui::{Texts, page::statistics as page};

use crate::{pairs::Pairs, problem::Problem, rendered, response, server::address, visitor};

/// A stem is only to be recognised.
const STEM_LETTERS: usize = 300;
/// How many sets of values of a calculated question are shown.
const MOST_VARIANTS: usize = 20;
/// How many responses to one part are shown: of what is typed there is no end.
const MOST_RESPONSES: usize = 10;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(address("/s/{session}/gradebook/statistics").get(open));
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let visitor = visitor::reader(&request, &session_id);
    let which = Which::find(query.get("attempts"));
    let Some(report) = statistics::open(&app, visitor, which).await? else {
        return Ok(response::see_other(&format!("/s/{session_id}/picker")));
    };
    let page = page_of(&report, &request);
    Ok(response::page(&page, &report.session.platform_origins))
}

fn page_of(report: &Report, request: &HttpRequest) -> page::Statistics {
    let frame = visitor::frame(&report.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let paths = Paths {
        edit: format!("{prefix}/quizzes/{}/edit", report.assessment_id),
        regrade: format!("{prefix}/regrade?question="),
    };
    let (mut test, mut distribution, mut questions) = (Vec::new(), page::Distribution::default(), Vec::new());
    if let Some(figures) = &report.figures {
        test = page::test_figures(t, &figures.statistics.test, figures.maximum);
        distribution = page::distribution(t, &shares(figures));
        questions = figures
            .questions
            .iter()
            .zip(&figures.statistics.items)
            .map(|(question, item)| of_question(t, question, item, report, &paths))
            .collect();
    }
    page::Statistics {
        title: rendered::plain(&report.title, t.language()),
        path: format!("{prefix}/gradebook/statistics"),
        gradebook_path: format!("{prefix}/gradebook"),
        choices: Which::ALL
            .map(|which| page::Choice {
                value: which.as_str(),
                label: page::choice_label(t, which.as_str()),
                is_chosen: which == report.which,
            })
            .to_vec(),
        attempts: report.attempts,
        people: report.people,
        minimum: report.minimum,
        test,
        distribution,
        questions,
        frame,
    }
}

fn shares(figures: &Figures) -> Vec<f64> {
    let share = |total: &f64| {
        if figures.maximum > 0.0 {
            total / figures.maximum
        } else {
            0.0
        }
    };
    figures.totals.iter().map(share).collect()
}

/// Where a question is mended.
struct Paths {
    edit: String,
    regrade: String,
}

fn of_question(
    t: Texts,
    question: &Question,
    item: &ItemStatistics,
    report: &Report,
    paths: &Paths,
) -> page::Question {
    if question.asked < report.minimum {
        return of_rare_question(t, question, report, paths);
    }
    let figures = &item.figures;
    let variants = of_variants(t, &question.item, item, report.minimum);
    page::Question {
        number: question
            .number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        stem: cut(&rendered::plain(&question.item.stem, t.language())),
        facility: page::per_cent(t, figures.facility).unwrap_or_default(),
        discrimination: page::per_cent(t, figures.discrimination_index).unwrap_or_default(),
        weights: page::weights(t, item),
        figures: page::item_figures(t, item),
        findings: question
            .findings
            .iter()
            .map(|finding| page::finding_text(t, &in_words(t, finding, &question.item)))
            .collect(),
        by_chance: page::by_chance(t, item, &question.findings),
        rare_variants: item.variants.len() - variants.len(),
        variants,
        is_grave: question
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::StrongChoseWrong { .. })),
        has_changed: question.has_changed,
        asked_in: match question.asked < report.attempts {
            true => t
                .with("statistics-asked-in", "asked", question.asked)
                .and("attempts", report.attempts)
                .to_string(),
            false => String::new(),
        },
        waiting: question.waiting,
        responses: of_responses(t, question, figures.count),
        edit_path: paths.edit(question),
        regrade_path: paths.regrade(question),
    }
}

// Drawn or chosen too seldom: its figures would say something about persons.
fn of_rare_question(t: Texts, question: &Question, report: &Report, paths: &Paths) -> page::Question {
    let asked_in = t
        .with("statistics-asked-few", "asked", question.asked)
        .and("attempts", report.attempts)
        .and("minimum", report.minimum)
        .to_string();
    page::Question {
        number: question
            .number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        stem: cut(&rendered::plain(&question.item.stem, t.language())),
        weights: "–".to_owned(),
        has_changed: question.has_changed,
        asked_in,
        edit_path: paths.edit(question),
        regrade_path: paths.regrade(question),
        ..page::Question::default()
    }
}

impl Paths {
    fn edit(&self, question: &Question) -> String {
        let number = question.number;
        number
            .map(|number| format!("{}#q{number}", self.edit))
            .unwrap_or_default()
    }

    fn regrade(&self, question: &Question) -> String {
        let slot =
            percent_encoding::utf8_percent_encode(question.slot.as_str(), percent_encoding::NON_ALPHANUMERIC);
        format!("{}{slot}", self.regrade)
    }
}

// The sets of values that enough attempts saw, the most frequent first.
fn of_variants(t: Texts, item: &Item, found: &ItemStatistics, minimum: usize) -> Vec<page::Variant> {
    let mut seen: Vec<_> = found.variants.iter().collect();
    seen.retain(|(_, figures)| figures.count >= minimum);
    seen.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.count));
    let variant = |(number, figures): &(&u32, &assessment::ItemFigures)| page::Variant {
        values: values_of(t, item, **number),
        attempts: figures.count,
        facility: page::per_cent(t, figures.facility).unwrap_or_default(),
        discrimination: page::per_cent(t, figures.discrimination_index).unwrap_or_default(),
    };
    seen.iter().take(MOST_VARIANTS).map(variant).collect()
}

// "d = 40; n = 500", in the order of their names.
fn values_of(t: Texts, item: &Item, variant: u32) -> String {
    let Interaction::Calculated(kind) = &item.interaction else {
        return variant.to_string();
    };
    let values = kind.values_of_variant(variant);
    let value = |(name, value): (&String, &f64)| format!("{name} = {}", ui::format::number(t, *value));
    values.iter().map(value).collect::<Vec<_>>().join("; ")
}

// The most frequent responses to each part, the parts in the author's order.
fn of_responses(t: Texts, question: &Question, attempts: usize) -> Vec<page::Response> {
    let parts = question_parts(&question.item, t);
    let mut shown = Vec::new();
    let (mut part, mut rows) = (None, 0);
    for count in &question.responses {
        let is_first = part != Some(count.part);
        part = Some(count.part);
        rows = if is_first { 1 } else { rows + 1 };
        if rows > MOST_RESPONSES {
            continue;
        }
        let name = parts.get(count.part).filter(|_| is_first).cloned();
        shown.push(page::Response {
            part: name.unwrap_or_default(),
            ..of_response(t, count, question, attempts)
        });
    }
    shown
}

// What the parts of a question are called; nothing where it has only one.
fn question_parts(item: &Item, t: Texts) -> Vec<String> {
    let numbered = |count: usize| {
        let part = |number: usize| t.with("statistics-part", "number", number).to_string();
        (1..=count).map(part).collect()
    };
    let words = |text: &text::Text| cut(&rendered::plain(text, t.language()));
    match &item.interaction {
        Interaction::Matching(kind) => kind.stems.iter().map(|stem| words(&stem.text)).collect(),
        Interaction::Matrix(kind) => kind.rows.iter().map(|row| words(&row.text)).collect(),
        Interaction::DragOntoImage(kind) => numbered(kind.zones.len()),
        Interaction::SelectMissingWords(kind) => numbered(kind.gaps.len()),
        Interaction::Cloze(kind) => numbered(kind.gaps.len()),
        Interaction::ProgramGaps(kind) => numbered(kind.gaps.len()),
        _ => Vec::new(),
    }
}

// What can be put into the parts of a question, by id.
fn pieces(item: &Item) -> &[assessment::Piece] {
    match &item.interaction {
        Interaction::Matching(kind) => &kind.choices,
        Interaction::Matrix(kind) => &kind.columns,
        Interaction::DragOntoImage(kind) => &kind.labels,
        Interaction::SelectMissingWords(kind) => &kind.choices,
        _ => &[],
    }
}

fn by_try(count: &ResponseCount) -> String {
    let counts: Vec<String> = count.by_try.iter().map(ToString::to_string).collect();
    match counts.len() {
        0 | 1 => String::new(),
        _ => counts.join(" · "),
    }
}

fn of_response(t: Texts, count: &ResponseCount, question: &Question, attempts: usize) -> page::Response {
    let share = (100.0 * count.count as f64 / attempts.max(1) as f64).round();
    page::Response {
        label: option_label(t, &question.item, &count.response),
        part: String::new(),
        by_try: by_try(count),
        is_right: count.fraction > 0.0,
        count: count.count,
        share: page::per_cent(t, Some(share)).unwrap_or_default(),
        strong: count.strong,
        weak: count.weak,
    }
}

fn in_words(t: Texts, finding: &Finding, item: &Item) -> page::Finding {
    match finding {
        Finding::StrongChoseWrong {
            response,
            strong,
            strong_right,
            ..
        } => page::Finding::StrongChoseWrong(option_label(t, item, response), *strong, *strong_right),
        Finding::NegativeDiscrimination => page::Finding::Negative,
        Finding::Dubious => page::Finding::Dubious,
        Finding::AllAlike => page::Finding::AllAlike,
        Finding::TooEasy => page::Finding::TooEasy,
        Finding::TooHard => page::Finding::TooHard,
        Finding::BelowGuessing => page::Finding::BelowGuessing,
        Finding::NeverChosen { option } => page::Finding::NeverChosen(option_label(t, item, option)),
    }
}

// The option's own words; those of a statement may be ours. Nothing for no answer; of
// what was typed, that.
fn option_label(t: Texts, item: &Item, id: &str) -> String {
    let pieces = pieces(item);
    let piece = |id: &str| pieces.iter().find(|piece| piece.id.as_str() == id);
    if !pieces.is_empty() {
        let found = id.split(' ').filter_map(piece);
        let words = found.map(|piece| rendered::plain(&piece.text, t.language()));
        return words.collect::<Vec<_>>().join("; ");
    }
    let option = item.options().iter().find(|option| option.id.as_str() == id);
    let words = option.map(|option| rendered::plain(&option.text, t.language()));
    match words.filter(|words| !words.is_empty()) {
        Some(words) => words,
        None if id == "true" => t.get("quiz-true").into_owned(),
        None if id == "false" => t.get("quiz-false").into_owned(),
        None => id.to_owned(),
    }
}

fn cut(stem: &str) -> String {
    let mut letters = stem.chars();
    let beginning: String = letters.by_ref().take(STEM_LETTERS).collect();
    if letters.next().is_some() {
        format!("{beginning}…")
    } else {
        beginning
    }
}
