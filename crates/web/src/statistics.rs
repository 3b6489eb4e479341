//! `/s/{session}/gradebook/statistics`: the instructor's figures of an activity.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    statistics::{self, Figures, MINIMUM_ATTEMPTS, Question, Report, Which},
};
use assessment::{Finding, Item, ItemStatistics, ResponseCount};
use ui::{Texts, page::statistics as page};

use crate::{pairs::Pairs, problem::Problem, rendered, response, server::address, visitor};

/// A stem is only to be recognised.
const STEM_LETTERS: usize = 300;

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
            .map(|(question, item)| of_question(t, question, item, &paths))
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
        minimum: MINIMUM_ATTEMPTS,
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

fn of_question(t: Texts, question: &Question, item: &ItemStatistics, paths: &Paths) -> page::Question {
    let figures = &item.figures;
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
        is_grave: question
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::StrongChoseWrong { .. })),
        has_changed: question.has_changed,
        responses: question
            .responses
            .iter()
            .map(|count| of_response(t, count, question, figures.count))
            .collect(),
        edit_path: question
            .number
            .map(|number| format!("{}#q{number}", paths.edit))
            .unwrap_or_default(),
        regrade_path: format!(
            "{}{}",
            paths.regrade,
            percent_encoding::utf8_percent_encode(question.slot.as_str(), percent_encoding::NON_ALPHANUMERIC)
        ),
    }
}

fn of_response(t: Texts, count: &ResponseCount, question: &Question, attempts: usize) -> page::Response {
    let share = (100.0 * count.count as f64 / attempts.max(1) as f64).round();
    page::Response {
        label: option_label(t, &question.item, &count.response),
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

// The option's own words; those of a statement may be ours. Nothing for no answer.
fn option_label(t: Texts, item: &Item, id: &str) -> String {
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
