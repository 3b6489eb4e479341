//! The page on which an author chooses what is kept of parts that somebody else
//! changed too. It brings the whole form along, so that nothing typed is lost.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use app::{course::authoring::AtWork, session::Session};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use course::{Choice, Conflict, CourseContent, Line, LineKind, Side, line_differences};
use ui::{
    Texts, format,
    page::course_editor::{self as page, ConflictPart, ConflictSide, DifferentLine, Hidden, LineMark},
};

use super::{head, words};
use crate::{pairs::Pairs, visitor};

const CHOICE: &str = "choice/";
const EDITED: &str = "edited/";

/// What was chosen, by the parts' paths.
pub(super) fn choices(pairs: &Pairs) -> BTreeMap<String, Choice> {
    let choice = |(name, value): &(String, String)| {
        let path = name.strip_prefix(CHOICE)?;
        let choice = match value.as_str() {
            "mine" => Choice::Mine,
            "theirs" => Choice::Theirs,
            "edited" => Choice::Edited(pairs.get(&format!("{EDITED}{path}")).replace("\r\n", "\n")),
            _ => return None,
        };
        Some((path.to_owned(), choice))
    };
    pairs.0.iter().filter_map(choice).collect()
}

/// What the page shows.
pub(super) struct Shown<'a> {
    pub(super) pairs: &'a Pairs,
    pub(super) mine: &'a CourseContent,
    pub(super) conflicts: &'a [Conflict],
    pub(super) saved_at: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
}

impl Shown<'_> {
    pub(super) fn page(&self, request: &HttpRequest, session: &Session, course: &AtWork) -> page::Conflict {
        let frame = visitor::frame(session, request);
        let t = frame.t;
        let is_of_page = |name: &str| {
            name == "csrf" || name == "seen" || name.starts_with(CHOICE) || name.starts_with(EDITED)
        };
        let fields = self.pairs.0.iter().filter(|(name, _)| !is_of_page(name));
        page::Conflict {
            head: head(&frame, course, ""),
            path: request.path().to_owned(),
            saved_at: format::moment(t, self.saved_at, self.now, self.zone),
            seen: course.revision,
            fields: fields
                .map(|(name, value)| Hidden {
                    name: name.clone(),
                    value: value.clone(),
                })
                .collect(),
            parts: self
                .conflicts
                .iter()
                .map(|conflict| self.part(t, conflict, course))
                .collect(),
            frame,
        }
    }

    fn part(&self, t: Texts, conflict: &Conflict, course: &AtWork) -> ConflictPart {
        let known = match course.content == *self.mine {
            true => &course.content,
            false => self.mine,
        };
        let what = words::part(t, &[known, &course.content], &conflict.at);
        let path = conflict.at.path.clone();
        let words_of = |side: &Side, content: &CourseContent| match side {
            Side::Words(words) => words.clone(),
            Side::Set => words::value(t, content, &conflict.at),
            Side::Gone => String::new(),
        };
        let mine = words_of(&conflict.mine, self.mine);
        let theirs = words_of(&conflict.theirs, &course.content);
        let lines = line_differences(&theirs, &mine);
        let is_text = [&conflict.mine, &conflict.theirs]
            .iter()
            .any(|side| matches!(side, Side::Words(_)));
        let typed = self.pairs.optional(&format!("{EDITED}{path}"));
        ConflictPart {
            what,
            mine: side(&conflict.mine, &lines, LineKind::Removed),
            theirs: side(&conflict.theirs, &lines, LineKind::Added),
            edited: is_text.then(|| typed.map_or(mine, str::to_owned)),
            language: match is_text {
                true => conflict.at.language.clone(),
                false => String::new(),
            },
            choice: self.pairs.get(&format!("{CHOICE}{path}")).to_owned(),
            path,
        }
    }
}

// One of both texts: without the lines that only the other one has.
fn side(side: &Side, lines: &[Line], without: LineKind) -> ConflictSide {
    if *side == Side::Gone {
        return ConflictSide::Gone;
    }
    let own = lines.iter().filter(|line| line.kind != without);
    let marked = own.map(different).map(|line| match line.mark {
        LineMark::Added | LineMark::Removed => DifferentLine {
            mark: LineMark::Differs,
            ..line
        },
        _ => line,
    });
    ConflictSide::Lines(marked.collect())
}

/// A line for a page.
pub(super) fn different(line: &Line) -> DifferentLine {
    DifferentLine {
        mark: match line.kind {
            LineKind::Same => LineMark::Same,
            LineKind::Added => LineMark::Added,
            LineKind::Removed => LineMark::Removed,
            LineKind::Left => LineMark::Left,
        },
        words: line.words.clone(),
    }
}
