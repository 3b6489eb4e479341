//! The editor's divisions: from a draft to fields, from fields to a draft, and
//! their buttons. The examination scheme is `scheme`'s.

use std::collections::BTreeSet;

use app::Code;
use assessment::{
    AlternativeId, Draft, DraftProblem, DraftProblemKind, Draw, Navigation, Placing, Section, SectionId,
    SlotId,
};
use text::Text;
use ui::page::quiz::{Structure, TypedPlacing, TypedSection, Wording};

use super::{draft::Unreadable, list_change::ListChange, scheme};
use crate::problem::Problem;

/// Reads a posted field by its name; empty for one that did not come.
pub(super) type Take<'a> = &'a dyn Fn(&str) -> String;

/// The fields of a draft, its words through `text`.
pub(super) fn of_draft(draft: &Draft, text: &impl Fn(&Text) -> Wording) -> Structure {
    let own_scheme = draft.scheme.as_ref();
    let section = |(section, number): (&Section, usize)| TypedSection {
        number,
        id: section.id.to_string(),
        title: text(&section.title),
        introduction: text(&section.introduction),
        shuffle: section.shuffle,
        draws: typed_draws(&section.draws),
        choice: section.alternative.as_ref().map(word_of).unwrap_or_default(),
        drops: match section.drops {
            0 => String::new(),
            drops => drops.to_string(),
        },
        part: own_scheme
            .and_then(|own| scheme::part_of(own, &section.id))
            .unwrap_or_default(),
    };
    let sections: Vec<TypedSection> = draft.sections.iter().zip(1..).map(section).collect();
    let is_placed = draft.slots.iter().any(|slot| slot.placing != Placing::default());
    Structure {
        is_used: is_placed || !sections.is_empty(),
        navigation: draft.rules.navigation.as_str().to_owned(),
        scheme: own_scheme.map(scheme::typed).unwrap_or_default(),
        sections,
        ..Structure::default()
    }
}

/// The fields of a question.
pub(super) fn placing_of(placing: &Placing) -> TypedPlacing {
    let id = |id: Option<String>| id.unwrap_or_default();
    TypedPlacing {
        section: id(placing.section.as_ref().map(SectionId::to_string)),
        tags: placing.tags.iter().cloned().collect::<Vec<_>>().join(", "),
        difficulty: id(placing.difficulty.map(|level| level.to_string())),
        protected: placing.protected,
        after: id(placing.opens_after.as_ref().map(SlotId::to_string)),
    }
}

/// The posted fields.
///
/// # Errors
/// When there are more sections than a quiz may have.
pub(super) fn posted(take: Take<'_>) -> Result<Structure, Problem> {
    let section = |number: usize| {
        let field = |name: &str| take(&format!("s{number}_{name}"));
        let id = field("id");
        (!id.is_empty()).then(|| TypedSection {
            number,
            id,
            title: Wording::new(field("title")),
            introduction: Wording::new(field("introduction")),
            shuffle: field("shuffle") == "on",
            draws: field("draws"),
            choice: field("choice"),
            drops: field("drops"),
            part: field("part"),
        })
    };
    let sections: Vec<TypedSection> = (1..).map_while(section).take(MOST_POSTED).collect();
    if sections.len() == MOST_POSTED {
        return Err(Problem::new(Code::Form, "too many sections"));
    }
    Ok(Structure {
        is_used: take("structured") == "on",
        navigation: take("navigation"),
        sections,
        scheme: take("scheme"),
        ..Structure::default()
    })
}

/// Far more than a quiz may have, which is the check's to say.
const MOST_POSTED: usize = 200;

/// The posted fields of a question; `field` gives those of its number.
pub(super) fn posted_placing(field: Take<'_>) -> TypedPlacing {
    TypedPlacing {
        section: field("section"),
        tags: field("tags"),
        difficulty: field("difficulty"),
        protected: field("protected") == "on",
        after: field("after"),
    }
}

/// Where a question stands, from its fields.
pub(super) fn placing(typed: &TypedPlacing) -> Placing {
    let id = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    Placing {
        section: id(&typed.section).map(SectionId::from),
        tags: tags(&typed.tags),
        difficulty: typed.difficulty.trim().parse().ok(),
        protected: typed.protected,
        opens_after: id(&typed.after).map(SlotId::from),
    }
}

fn tags(typed: &str) -> BTreeSet<String> {
    let tags = typed
        .split([',', ';'])
        .map(|tag| text::nfc(tag.trim()).to_lowercase());
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// The sections of a draft, their words through `write`.
pub(super) fn sections(
    typed: &Structure,
    saved: &Draft,
    write: &impl Fn(Option<&Text>, &str) -> Text,
    unreadable: &mut Vec<Unreadable>,
) -> Vec<Section> {
    let section = |typed: &TypedSection| {
        let id = SectionId::from(typed.id.as_str());
        let kept = saved.sections.iter().find(|section| section.id == id);
        let drops = match typed.drops.trim() {
            "" => Some(0),
            drops => drops.parse().ok(),
        };
        if drops.is_none() {
            unreadable.push(at(typed, "drops", None, "not-a-whole-number"));
        }
        Section {
            title: write(kept.map(|kept| &kept.title), &typed.title.value),
            introduction: write(kept.map(|kept| &kept.introduction), &typed.introduction.value),
            shuffle: typed.shuffle,
            draws: draws(typed, unreadable),
            alternative: alternative(&typed.choice),
            drops: drops.unwrap_or_default(),
            id,
        }
    };
    typed.sections.iter().map(section).collect()
}

fn at(section: &TypedSection, field: &str, line: Option<usize>, key: &'static str) -> Unreadable {
    Unreadable {
        field: format!("s{}_{field}", section.number),
        question: None,
        line,
        key,
    }
}

fn draws(section: &TypedSection, unreadable: &mut Vec<Unreadable>) -> Vec<Draw> {
    let mut draws = Vec::new();
    for (line, number) in section.draws.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        match read_draw(line) {
            Some(draw) => draws.push(draw),
            None => unreadable.push(at(section, "draws", Some(number), "draw-unreadable")),
        }
    }
    draws
}

// "5: turning, tolerance (2-4)"
fn read_draw(line: &str) -> Option<Draw> {
    let (rest, levels) = match line.trim().strip_suffix(')') {
        Some(rest) => {
            let (rest, levels) = rest.rsplit_once('(')?;
            let (from, to) = levels.split_once(['-', '–']).unwrap_or((levels, levels));
            (rest, Some((from.trim().parse().ok()?, to.trim().parse().ok()?)))
        }
        None => (line.trim(), None),
    };
    let end = rest
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(rest.len());
    let (count, words) = rest.split_at_checked(end)?;
    Some(Draw {
        count: count.parse().ok()?,
        tags: tags(words.trim_start().trim_start_matches([':', ','])),
        easiest: levels.map(|(from, _)| from),
        hardest: levels.map(|(_, to)| to),
    })
}

fn typed_draws(draws: &[Draw]) -> String {
    let line = |draw: &Draw| {
        let tags: Vec<&str> = draw.tags.iter().map(String::as_str).collect();
        let words = match tags.is_empty() {
            true => String::new(),
            false => format!(": {}", tags.join(", ")),
        };
        let levels = match (draw.easiest, draw.hardest) {
            (None, None) => String::new(),
            (from, to) => format!(" ({}-{})", from.unwrap_or(1), to.unwrap_or(5)),
        };
        format!("{}{words}{levels}", draw.count)
    };
    draws.iter().map(line).collect::<Vec<_>>().join("\n")
}

// An id has no spaces and no accents; the word is kept readable in it.
fn alternative(word: &str) -> Option<AlternativeId> {
    let word = word.trim().to_lowercase();
    let safe = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || letter == '-' => letter.to_string(),
        letter => format!("_{:x}_", u32::from(letter)),
    };
    (!word.is_empty()).then(|| AlternativeId::new(word.chars().map(safe).collect::<String>()))
}

fn word_of(id: &AlternativeId) -> String {
    let mut word = String::new();
    for (place, piece) in id.as_str().split('_').enumerate() {
        let letter = u32::from_str_radix(piece, 16).ok().and_then(char::from_u32);
        match letter.filter(|_| place % 2 == 1) {
            Some(letter) => word.push(letter),
            None => word.push_str(piece),
        }
    }
    word
}

/// The id of the field at which a problem of the divisions is shown; `None` for others.
pub(super) fn field_of(problem: &DraftProblem) -> Option<String> {
    use DraftProblemKind as Kind;
    if let Some(place) = problem.place.filter(|place| place.list == "sections") {
        let field = match problem.kind {
            Kind::DrawInvalid | Kind::PoolTooSmall | Kind::DrawPointsDiffer => "draws",
            Kind::TooManyDrops | Kind::DropPointsDiffer | Kind::ProtectedInPool => "drops",
            Kind::AlternativeAlone | Kind::AlternativesDiffer | Kind::BadId => "choice",
            _ => "title",
        };
        return Some(format!("s{}_{field}", place.index + 1));
    }
    let at_question = |field: &str| problem.slot.map(|index| format!("q{}_{field}", index + 1));
    match problem.kind {
        Kind::UnknownSection => at_question("section"),
        Kind::TagsOrDifficulty => at_question("tags"),
        Kind::OpensAfterUnknown | Kind::OpensAfterUncertain => at_question("after"),
        Kind::TooManySections => Some("structure".to_owned()),
        Kind::SchemeInvalid | Kind::SchemeSectionUnknown | Kind::SchemeLeavesQuestionOut => {
            Some("scheme-words".to_owned())
        }
        _ => None,
    }
}

/// How one goes through the questions.
pub(super) fn navigation(typed: &Structure) -> Navigation {
    Navigation::from_name(&typed.navigation).unwrap_or_default()
}

/// Does what a button says and answers the section that went.
pub(super) fn change(structure: &mut Structure, change: ListChange, new_id: String) -> Option<String> {
    structure.is_used = true;
    let sections = &mut structure.sections;
    let new = TypedSection {
        id: new_id,
        ..TypedSection::default()
    };
    let gone = change.apply(sections, new);
    sections
        .iter_mut()
        .zip(1..)
        .for_each(|(section, number)| section.number = number);
    gone.map(|section| section.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_lines() {
        #[track_caller]
        fn check(line: &str, expected: Option<&str>) {
            let read = read_draw(line).map(|draw| typed_draws(&[draw]));
            assert_eq!(read.as_deref(), expected, "{line}");
        }
        check("5", Some("5"));
        check("5: Tiện,  dung sai", Some("5: dung sai, tiện"));
        check("3 (2-4)", Some("3 (2-4)"));
        check("3 phay (5)", Some("3: phay (5-5)"));
        check("phay", None);
        check("3 phay (dễ)", None);
    }

    #[test]
    fn the_word_of_a_choice_survives() {
        for word in ["dự án", "a-b", "x_1_y", "kéo 2"] {
            let id = alternative(word).unwrap();
            assert!(id.is_well_formed() || id.as_str().len() > 64, "{id}");
            assert_eq!(word_of(&id), word);
        }
        assert_eq!(alternative("  "), None);
    }
}
