//! What figures say about a question, as facts for which `ui` has words.
//! A finding is a reason to look, never a verdict.

use super::{ItemStatistics, ResponseCount};

/// Below this discriminative efficiency, in per cent, a question is dubious
/// (Moodle's bound).
pub const DUBIOUS_EFFICIENCY: f64 = 15.0;

/// Over this facility, in per cent, a question tells hardly anybody apart.
const TOO_EASY: f64 = 95.0;
/// Below this facility, in per cent, neither does it.
const TOO_HARD: f64 = 10.0;
/// So few among the strong prove nothing.
const ENOUGH_STRONG: usize = 3;
/// Among fewer attempts an option is left over by chance.
const ENOUGH_TO_CHOOSE: usize = 20;

/// One thing that is worth a look.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Most of those who are strong elsewhere gave this response, which is wrong:
    /// is the key right?
    StrongChoseWrong {
        /// As [`ResponseCount::response`].
        response: String,
        /// The part of the question, counted from 0.
        part: usize,
        /// How many of the strong gave it.
        strong: usize,
        /// How many of them gave the best one.
        strong_right: usize,
    },
    /// Those who are strong elsewhere did worse here.
    NegativeDiscrimination,
    /// It hardly tells strong from weak.
    Dubious,
    /// Everybody has the same mark.
    AllAlike,
    /// Nearly everybody is right.
    TooEasy,
    /// Nearly nobody is right.
    TooHard,
    /// Fewer are right than by guessing.
    BelowGuessing,
    /// Nobody fell for this wrong option, though many could.
    NeverChosen {
        /// The option's id.
        option: String,
    },
}

/// What is worth a look, the gravest first. `options` are the ids of all
/// options that can be chosen; without any, none is missed.
pub fn findings(item: &ItemStatistics, responses: &[ResponseCount], options: &[&str]) -> Vec<Finding> {
    let mut found: Vec<Finding> = suspected_keys(responses).collect();
    let figures = &item.figures;
    if figures.count > 1 && figures.variance == Some(0.0) {
        found.push(Finding::AllAlike);
        return found;
    }
    if figures.discrimination_index.is_some_and(|index| index < 0.0) {
        found.push(Finding::NegativeDiscrimination);
    } else if figures
        .discriminative_efficiency
        .is_some_and(|efficiency| efficiency < DUBIOUS_EFFICIENCY)
    {
        found.push(Finding::Dubious);
    }
    if let Some(facility) = figures.facility {
        let guess = item.random_guess_score.filter(|guess| *guess > 0.0);
        if guess.is_some_and(|guess| facility < guess) {
            found.push(Finding::BelowGuessing);
        } else if facility < TOO_HARD {
            found.push(Finding::TooHard);
        } else if facility > TOO_EASY {
            found.push(Finding::TooEasy);
        }
    }
    let chosen = |option: &str| responses.iter().any(|count| count.response == option);
    let are_enough = figures.count >= ENOUGH_TO_CHOOSE;
    let missed = options.iter().filter(|option| are_enough && !chosen(option));
    found.extend(missed.map(|option| Finding::NeverChosen {
        option: (*option).to_owned(),
    }));
    found
}

// In each part, the response that most of the strong gave, if it is wrong.
fn suspected_keys(responses: &[ResponseCount]) -> impl Iterator<Item = Finding> {
    let mut parts: Vec<usize> = responses.iter().map(|count| count.part).collect();
    parts.dedup();
    parts.into_iter().filter_map(|part| {
        let of_part = || {
            responses
                .iter()
                .filter(|count| count.part == part && !count.response.is_empty())
        };
        let favourite = of_part().max_by_key(|count| count.strong)?;
        let strong_right = of_part()
            .filter(|count| count.fraction > 0.0)
            .map(|count| count.strong)
            .max()
            .unwrap_or_default();
        let suspected =
            favourite.fraction <= 0.0 && favourite.strong >= ENOUGH_STRONG && favourite.strong > strong_right;
        suspected.then(|| Finding::StrongChoseWrong {
            response: favourite.response.clone(),
            part,
            strong: favourite.strong,
            strong_right,
        })
    })
}
