//! What was answered to one question, how often, at which try, and by whom: by
//! those who are strong elsewhere or by those who are weak.

use std::collections::BTreeMap;

/// One response of one attempt to one part of a question. Where several options
/// can be chosen, each chosen one is a response to the same part.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenResponse<'a> {
    /// Which attempt, by its place among the rests.
    pub attempt: usize,
    /// The part of the question, counted from 0: a gap, a row of a matching.
    pub part: usize,
    /// What names the response: an option's id, or what was typed; empty for no
    /// answer.
    pub response: &'a str,
    /// From 0 to 1: what it is worth.
    pub fraction: f64,
    /// Which try it was, counted from 0.
    pub tried: usize,
}

/// How often one response was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseCount {
    /// The part of the question, counted from 0.
    pub part: usize,
    /// As [`GivenResponse::response`].
    pub response: String,
    /// From 0 to 1; the highest where several rules gave it different worths.
    pub fraction: f64,
    /// How often, over all tries.
    pub count: usize,
    /// How often at the first try, the second one, …
    pub by_try: Vec<usize>,
    /// How often among the third of the attempts that are strongest elsewhere;
    /// 0 where attempts are fewer than three or do not differ.
    pub strong: usize,
    /// How often among the weakest third.
    pub weak: usize,
}

/// Counts responses: by part, the most frequent first.
///
/// `rests` has the rest of the total of each attempt that was asked, in marks
/// ([`super::MarkTable::rests`]): it tells strong from weak. Attempts that
/// tie with the last of a third belong to it, so that no order of the rows
/// rules.
pub fn response_counts(rests: &[f64], given: &[GivenResponse<'_>]) -> Vec<ResponseCount> {
    let thirds = thirds(rests);
    let mut counts: BTreeMap<(usize, &str), ResponseCount> = BTreeMap::new();
    for one in given {
        let count = counts
            .entry((one.part, one.response))
            .or_insert_with(|| ResponseCount {
                part: one.part,
                response: one.response.to_owned(),
                ..ResponseCount::default()
            });
        count.add(one, rests.get(one.attempt).copied().zip(thirds));
    }
    let mut counts: Vec<ResponseCount> = counts.into_values().collect();
    counts.sort_by_key(|count| (count.part, usize::MAX - count.count));
    counts
}

impl ResponseCount {
    fn add(&mut self, given: &GivenResponse<'_>, strength: Option<(f64, Thirds)>) {
        self.fraction = self.fraction.max(given.fraction);
        self.count += 1;
        if self.by_try.len() <= given.tried {
            self.by_try.resize(given.tried + 1, 0);
        }
        if let Some(tries) = self.by_try.get_mut(given.tried) {
            *tries += 1;
        }
        if let Some((rest, thirds)) = strength {
            self.weak += usize::from(rest <= thirds.weakest);
            self.strong += usize::from(rest >= thirds.strongest);
        }
    }
}

/// The rests at the upper end of the weakest third and at the lower end of the
/// strongest.
#[derive(Clone, Copy)]
struct Thirds {
    weakest: f64,
    strongest: f64,
}

fn thirds(rests: &[f64]) -> Option<Thirds> {
    let mut rests = rests.to_vec();
    rests.sort_unstable_by(f64::total_cmp);
    let third = rests.len() / 3;
    let weakest = *rests.get(third.checked_sub(1)?)?;
    let strongest = *rests.get(rests.len() - third)?;
    (weakest < strongest).then_some(Thirds { weakest, strongest })
}
