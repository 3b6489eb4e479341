//! The pages of marking again, filled from `app`'s answers.

use actix_web::HttpRequest;
use app::regrade::{Choice, DryRun, Moved, Past, Progress, Proposal, Question, Trial};
use assessment::{
    AuthoringField, Change, ChoiceOption, Control, Interaction, Item, MultipleChoiceScoring, SlotOverride,
    key_fields,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, Html, Texts, format,
    page::regrade::{self as page, Chart, How, OptionRow, What},
};

use crate::{
    rendered::{self, RenderedCache, RenderedItem},
    visitor,
};

/// The most letters of a folded question's line.
const LINE_LETTERS: usize = 120;

/// The questions; the one of that slot is unfolded.
pub(super) fn choose(
    choice: &Choice,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
    unfolded: &str,
) -> page::Choose {
    let frame = visitor::frame(&choice.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let only_one = choice.questions.len() == 1;
    page::Choose {
        title: rendered::plain(&choice.title, t.language()),
        path: format!("{prefix}/regrade"),
        gradebook_path: format!("{prefix}/gradebook"),
        refused: None,
        has_attempts: choice.submitted > 0,
        counted: Some(choice.counted).filter(|counted| choice.submitted > *counted as i64),
        questions: choice
            .questions
            .iter()
            .map(|one| {
                question(
                    one,
                    t,
                    rendered,
                    &prefix,
                    only_one || one.slot.as_str() == unfolded,
                )
            })
            .collect(),
        past: pasts(&choice.past, t, zone, choice.now, &prefix),
        frame,
    }
}

fn question(
    one: &Question,
    t: Texts,
    rendered: &RenderedCache,
    prefix: &str,
    is_open: bool,
) -> page::Question {
    let words = words(one, t, rendered);
    let (has_shares, scoring) = match &one.item.interaction {
        Interaction::SingleChoice(_) => (true, None),
        Interaction::MultipleChoice(kind) => (true, Some(kind.scoring)),
        _ => (false, None),
    };
    let percent = |count: usize| {
        let share = 100.0 * count as f64 / one.attempts.max(1) as f64;
        format!("{count} ({}\u{a0}%)", format::number_with_decimals(t, share, 0))
    };
    page::Question {
        slot: one.slot.to_string(),
        number: one.number,
        line: line_of(&rendered::plain(&one.item.stem, t.language())),
        points: format::number(t, one.points),
        is_open,
        how: one.how.map(|how| match how {
            SlotOverride::Drop => How::Drop,
            SlotOverride::FullMarks => How::FullMarks,
            SlotOverride::FullMarksIfAnswered => How::FullMarksIfAnswered,
        }),
        is_corrected: one.is_corrected,
        has_versions: one.has_versions,
        attempts: one.attempts,
        left_out: one.attempts.saturating_sub(one.answered),
        mean: one
            .mean
            .filter(|_| one.attempts > 0)
            .map(|mean| format!("{}\u{a0}%", format::number_with_decimals(t, mean * 100.0, 0)))
            .unwrap_or_default(),
        several: one.item.allows_several(),
        options: one
            .item
            .options()
            .iter()
            .map(|option| OptionRow {
                id: option.id.to_string(),
                text: words.option(&option.id).text,
                is_right: option.correct,
                share: option
                    .weight
                    .map(|share| format::number(t, share * 100.0))
                    .unwrap_or_default(),
                chosen: percent(one.chosen.get(&option.id).copied().unwrap_or_default()),
            })
            .collect(),
        picture: picture(&one.item, prefix),
        has_shares,
        scoring: scoring.map(|scoring| match scoring {
            MultipleChoiceScoring::AllOrNothing => "all_or_nothing",
            MultipleChoiceScoring::Partial => "partial",
            MultipleChoiceScoring::Weighted => "weighted",
        }),
        fields: fields_of(&one.item)
            .iter()
            .map(|field| page::KeyField::new(t, one.number, one.item.interaction.type_name(), field))
            .collect(),
        stem: words.stem.clone(),
    }
}

// What is right in a question that is not answered by options, as its author typed it.
fn fields_of(item: &Item) -> Vec<AuthoringField> {
    key_fields(item, &item.stem.default_language)
}

// The picture in which the places of a key lie.
fn picture(item: &Item, prefix: &str) -> Option<page::KeyPicture> {
    let (picture, takes_places) = match &item.interaction {
        Interaction::MarkSpot(kind) => (&kind.picture, true),
        Interaction::DragOntoImage(kind) => (&kind.picture, false),
        Interaction::GraphicOrder(kind) => (&kind.picture, false),
        _ => return None,
    };
    Some(page::KeyPicture {
        path: format!("{prefix}/media/{}", picture.hash),
        width: picture.width,
        height: picture.height,
        takes_places,
    })
}

// The lines that say what is right.
fn key_lines(item: &Item) -> Vec<Html> {
    let fields = fields_of(item).into_iter();
    let fields = fields.filter(|field| matches!(field.control, Control::Lines | Control::Program));
    let lines = fields.flat_map(|field| field.value.lines().map(Html::words).collect::<Vec<_>>());
    lines.collect()
}

fn line_of(plain: &str) -> String {
    let line: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LINE_LETTERS).collect()
}

fn words(one: &Question, t: Texts, rendered: &RenderedCache) -> std::sync::Arc<RenderedItem> {
    rendered
        .get(&one.version_id, &one.published, t.language())
        .item(&one.item_version_id)
}

/// Who would move.
pub(super) fn dry_run(
    found: &DryRun,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> page::DryRun {
    let frame = visitor::frame(&found.proposal.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let words = words(&found.proposal.question, t, rendered);
    let what = what_of(&found.proposal.change, Some(found), t, &words);
    let mut proposal = proposal(&found.proposal, &what, &words, &frame, zone);
    if proposal.reason.is_empty() {
        proposal.reason.clone_from(&proposal.line);
    }
    let elsewhere = &found.elsewhere;
    page::DryRun {
        proposal,
        what,
        up: found.up,
        down: found.down,
        same: found.same,
        running: usize::try_from(found.running).unwrap_or_default(),
        elsewhere: (elsewhere.courses > 0).then_some((elsewhere.courses, elsewhere.up + elsewhere.down)),
        chart: Chart::new(&found.before.0, &found.after.0, found.maximum, |mark| {
            format::number(t, mark)
        }),
        moved: found
            .moved
            .iter()
            .map(|one| moved(one, found, t, &prefix))
            .collect(),
        page: found.page,
        pages: found.pages,
        frame,
    }
}

/// How far a dry run is.
pub(super) fn trial(found: &Trial, request: &HttpRequest, rendered: &RenderedCache, zone: Tz) -> page::Trial {
    let frame = visitor::frame(&found.proposal.session, request);
    let words = words(&found.proposal.question, frame.t, rendered);
    let what = what_of(&found.proposal.change, None, frame.t, &words);
    let count = |count: i64| usize::try_from(count).unwrap_or_default();
    page::Trial {
        proposal: proposal(&found.proposal, &what, &words, &frame, zone),
        looked: count(found.looked.min(found.total)),
        total: count(found.total),
        is_missing: found.is_missing,
        frame,
    }
}

fn proposal(found: &Proposal, what: &What, words: &RenderedItem, frame: &Frame, zone: Tz) -> page::Proposal {
    let (t, prefix, slot) = (frame.t, frame.prefix(), &found.question.slot);
    page::Proposal {
        title: rendered::plain(&found.title, t.language()),
        line: page::line(t, Some(found.question.number), what),
        path: format!("{prefix}/regrade/{}", found.id),
        choose_path: format!("{prefix}/regrade?question={slot}#q-{slot}"),
        stem: words.stem.clone(),
        raise_only: found.raise_only,
        reason: found.reason.clone(),
        since: pasts(&found.since, t, zone, found.now, prefix),
        refused: None,
    }
}

fn moved(one: &Moved, found: &DryRun, t: Texts, prefix: &str) -> page::Moved {
    page::Moved {
        name: one.name.clone().unwrap_or_default(),
        number: one.number,
        path: format!("{prefix}/attempts/{}", one.attempt_id),
        before: format::number(t, one.before),
        after: format::mark(t, one.after, found.maximum),
        rises: one.after >= one.before,
    }
}

/// With the words of the question where there is a dry run.
fn what_of(change: &Change, found: Option<&DryRun>, t: Texts, words: &RenderedItem) -> What {
    let right = |item: &Item| -> Vec<Html> {
        if item.options().is_empty() {
            return key_lines(item);
        }
        let counts = item
            .options()
            .iter()
            .filter(|option| option.correct || option.weight.is_some());
        let shown = |option: &ChoiceOption| {
            let text = words.option(&option.id).text;
            match option.weight {
                Some(share) => Html::trusted(format!("{text} ({}\u{a0}%)", format::number(t, share * 100.0))),
                None => text,
            }
        };
        counts.map(shown).collect()
    };
    match change {
        Change::Drop => What::Drop,
        Change::FullMarks => What::FullMarks,
        Change::FullMarksIfAnswered => What::FullMarksIfAnswered,
        Change::AsAuthored => What::AsAuthored,
        Change::Points(points) => What::Points(
            found
                .map(|found| format::number(t, found.proposal.question.points))
                .unwrap_or_default(),
            format::number(t, *points),
        ),
        Change::Key(_) => match found {
            Some(found) => What::Key(right(&found.proposal.question.item), right(&found.corrected.item)),
            None => What::Key(Vec::new(), Vec::new()),
        },
    }
}

fn pasts(pasts: &[Past], t: Texts, zone: Tz, now: DateTime<Utc>, prefix: &str) -> Vec<page::Past> {
    let past = |one: &Past| page::Past {
        line: line(one, t),
        at: format::moment(t, one.at, now, zone),
        by: one.by.clone().unwrap_or_default(),
        reason: one.reason.clone(),
        path: one
            .id
            .as_ref()
            .map(|id| format!("{prefix}/regrade/{id}"))
            .unwrap_or_default(),
    };
    pasts.iter().map(past).collect()
}

fn line(past: &Past, t: Texts) -> String {
    let what = what_of(&past.change, None, t, &RenderedItem::default());
    page::line(t, past.question, &what)
}

/// How far the marks are.
pub(super) fn progress(found: &Progress, request: &HttpRequest, zone: Tz) -> page::Progress {
    let frame = visitor::frame(&found.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let count = |count: i64| usize::try_from(count).unwrap_or_default();
    let id = found.past.id.clone().unwrap_or_default();
    page::Progress {
        title: rendered::plain(&found.title, t.language()),
        line: line(&found.past, t),
        platform: found.platform.clone(),
        has_column: found.has_column,
        path: format!("{prefix}/regrade/{id}"),
        choose_path: format!("{prefix}/regrade"),
        gradebook_path: format!("{prefix}/gradebook"),
        total: count(found.total.max(found.marked)),
        marked: count(found.marked),
        raised: count(found.raised),
        lowered: count(found.lowered),
        queued: count(found.queued),
        is_finished: found.is_finished,
        is_followed: found.is_followed,
        raise_only: found.past.raise_only,
        reason: found.past.reason.clone(),
        by: found.past.by.clone().unwrap_or_default(),
        at: format::moment(t, found.past.at, found.now, zone),
        frame,
    }
}
