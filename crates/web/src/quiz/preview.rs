//! The preview's page: the saved draft as a student gets it, section by section,
//! with what is drawn, chosen, dropped and locked told in words. What it looks
//! like is `ui`'s, which questions one attempt asks `assessment::plan`'s.

use std::sync::Arc;

use actix_web::HttpRequest;
use app::{assessment::Stored, session::Session};
use assessment::{
    Context, Draft, DraftSlot, Draw, ItemVersionId, PartSource, Published, Response, Section, SectionId,
    publish,
};
use ui::{
    Texts, component, format,
    page::quiz::{Answer, Preview, PreviewQuestion, PreviewSection},
};

use super::form::Manner;
use crate::{
    answering::{self, Asked},
    media,
    rendered::{self, Rendered, plain},
    rules,
    visitor::frame,
};

/// A draft as a student sees it.
pub(super) fn preview(request: &HttpRequest, session: &Session, stored: &Stored, manner: Manner) -> Preview {
    let frame = frame(session, request);
    let t = frame.t;
    let draft = &stored.draft;
    let published = publish(draft, |slot| ItemVersionId::new(slot.id.as_str()));
    let pictures = media::place(&session.id);
    let words = Arc::new(rendered::render(&published, t.language())).with_media_at(&pictures);
    let shown = Shown {
        draft,
        published: &published,
        words: &words,
        pictures: &pictures,
        t,
    };
    let (least, most) = published.content.points_range();
    Preview {
        title: words.title.clone(),
        introduction: words.introduction.clone(),
        rules: rules::in_words(&draft.rules, &published, t, manner.zone),
        points: format::range(t, least, most),
        scheme: draft
            .scheme
            .as_ref()
            .map(|scheme| plain(&scheme.title, t.language()))
            .unwrap_or_default(),
        is_shuffled: draft.rules.shuffle_questions && shown.of(None).next().is_some(),
        is_pool: draft
            .sections
            .iter()
            .any(|section| !section.draws.is_empty() || section.alternative.is_some()),
        sections: shown.sections(),
        edit_path: format!("{}/quizzes/{}/edit", frame.prefix(), stored.id),
        frame,
    }
}

/// What the preview is made of.
struct Shown<'a> {
    draft: &'a Draft,
    published: &'a Published,
    words: &'a Rendered,
    pictures: &'a str,
    t: Texts,
}

impl<'a> Shown<'a> {
    fn sections(&self) -> Vec<PreviewSection> {
        let own = PreviewSection {
            questions: self
                .of(None)
                .map(|(slot, number)| self.question(slot, number))
                .collect(),
            ..PreviewSection::default()
        };
        let own = Some(own).filter(|own| !own.questions.is_empty());
        let sections = self.draft.sections.iter().map(|section| self.section(section));
        own.into_iter().chain(sections).collect()
    }

    // With their places in the draft, which are the editor's numbers. One whose section
    // is gone stands before all sections, as in the editor.
    fn of(&self, section: Option<&'a SectionId>) -> impl Iterator<Item = (&'a DraftSlot, usize)> {
        let sections = &self.draft.sections;
        let own = move |id: &SectionId| sections.iter().any(|section| section.id == *id);
        let slots = self.draft.slots.iter().zip(1..);
        slots.filter(move |(slot, _)| slot.placing.section.as_ref().filter(|id| own(id)) == section)
    }

    fn section(&self, section: &'a Section) -> PreviewSection {
        let rendered = self.words.section(&section.id);
        PreviewSection {
            title: rendered.title,
            introduction: rendered.text,
            choice: self.others(section),
            notes: self.notes(section),
            questions: self
                .of(Some(&section.id))
                .map(|(slot, number)| self.question(slot, number))
                .collect(),
        }
    }

    // The titles of the sections that can be chosen instead.
    fn others(&self, section: &Section) -> String {
        let Some(group) = &section.alternative else {
            return String::new();
        };
        let of_group = |other: &&Section| other.alternative.as_ref() == Some(group) && other.id != section.id;
        let others = self.draft.sections.iter().filter(of_group);
        let titles: Vec<String> = others.map(|other| self.words.section(&other.id).title).collect();
        match titles.is_empty() {
            true => String::new(),
            false => self
                .t
                .with("structure-preview-choice", "titles", titles.join(", "))
                .to_string(),
        }
    }

    fn notes(&self, section: &'a Section) -> Vec<String> {
        let t = self.t;
        let mut notes: Vec<String> = section
            .draws
            .iter()
            .map(|draw| self.draw(section, draw))
            .collect();
        if section.drops > 0 {
            notes.push(
                t.with("structure-preview-drops", "drops", section.drops)
                    .to_string(),
            );
        }
        if !section.draws.is_empty() || section.drops > 0 {
            let content = &self.published.content;
            let counted = content.points_of(section);
            let questions = self.published.questions_of(section);
            notes.push(
                t.with("structure-preview-counts", "questions", questions)
                    .and("points", format::number(t, counted))
                    .to_string(),
            );
        }
        if section.shuffle {
            notes.push(t.get("structure-preview-shuffled").into_owned());
        }
        notes.extend(self.part(section));
        notes
    }

    fn draw(&self, section: &'a Section, draw: &Draw) -> String {
        let t = self.t;
        let pool = self.of(Some(&section.id));
        let pool = pool.filter(|(slot, _)| draw.fits(&slot.placing)).count();
        let tags = (!draw.tags.is_empty()).then(|| {
            let tags: Vec<&str> = draw.tags.iter().map(String::as_str).collect();
            t.with("structure-preview-tags", "tags", tags.join(", "))
                .to_string()
        });
        let what: Vec<String> = tags
            .into_iter()
            .chain(levels(draw.easiest, draw.hardest, t))
            .collect();
        let key = match what.is_empty() {
            true => "structure-preview-draw",
            false => "structure-preview-draw-of",
        };
        t.with(key, "count", draw.count)
            .and("pool", pool)
            .and("what", what.join("; "))
            .to_string()
    }

    fn part(&self, section: &Section) -> Option<String> {
        let scheme = self.draft.scheme.as_ref()?;
        let parts = scheme.all_parts().into_iter().map(|(part, _)| part);
        let mut own = parts.filter(|part| match &part.source {
            PartSource::Sections { sections } => sections.contains(&section.id),
            _ => false,
        });
        let title = plain(&own.next()?.title, self.t.language());
        let note = self.t.with("structure-preview-part", "part", title);
        Some(note.to_string())
    }

    fn question(&self, slot: &DraftSlot, number: usize) -> PreviewQuestion {
        let t = self.t;
        let item = self.words.item(&ItemVersionId::new(slot.id.as_str()));
        let asked = Asked {
            item: &slot.item,
            words: &item,
            response: &Response::Unanswered,
            context: Context {
                language: t.language().tag(),
                seed: 0,
                slot: &slot.id,
            },
            t,
            pictures: self.pictures,
        };
        PreviewQuestion {
            question: component::Question {
                t,
                number,
                slot: slot.id.as_str().to_owned(),
                stem: answering::stem(&asked),
                points: t
                    .with("attempt-points", "points", format::number(t, slot.points))
                    .to_string(),
                stimulus: self.stimulus(slot),
                body: answering::body(&asked),
                was: String::new(),
                certainty: None,
                check: None,
                gate: self.gate(slot),
                flagged: false,
                refused: String::new(),
                saved_at: String::new(),
                is_exercise: false,
            },
            notes: self.notes_of_question(slot),
            answers: slot
                .item
                .options()
                .iter()
                .map(|option| {
                    let words = item.option(&option.id);
                    Answer {
                        text: words.text,
                        right: option.correct,
                        feedback: words.feedback,
                    }
                })
                .collect(),
            feedback: item.feedback.clone(),
        }
    }

    // Above the first of the questions that refer to it.
    fn stimulus(&self, slot: &DraftSlot) -> Option<component::Stimulus> {
        let id = slot.stimulus.as_ref()?;
        let refers = |(other, _): &(&DraftSlot, usize)| other.stimulus.as_ref() == Some(id);
        let numbers = self.draft.slots.iter().zip(1..).filter(refers);
        let numbers: Vec<(&DraftSlot, usize)> = numbers.collect();
        let (first, from) = numbers.first()?;
        let (_, to) = numbers.last()?;
        let rendered = self.words.stimulus(id);
        (first.id == slot.id).then_some(component::Stimulus {
            title: rendered.title,
            text: rendered.text,
            from: *from,
            to: *to,
        })
    }

    fn gate(&self, slot: &DraftSlot) -> component::Gate {
        let section = slot.placing.section.as_ref();
        let mut sections = self.draft.sections.iter();
        let has_drops = sections.any(|one| section == Some(&one.id) && one.drops > 0);
        match has_drops && slot.placing.protected {
            true => component::Gate::Protected,
            false => component::Gate::Open,
        }
    }

    fn notes_of_question(&self, slot: &DraftSlot) -> Vec<String> {
        let t = self.t;
        let placing = &slot.placing;
        let after = placing.opens_after.as_ref().and_then(|after| {
            let number = self.draft.slots.iter().position(|other| other.id == *after)? + 1;
            Some(t.with("structure-locked", "number", number).to_string())
        });
        let tags: Vec<&str> = placing.tags.iter().map(String::as_str).collect();
        let tags = (!tags.is_empty()).then(|| {
            t.with("structure-preview-tags", "tags", tags.join(", "))
                .to_string()
        });
        let what: Vec<String> = tags
            .into_iter()
            .chain(levels(placing.difficulty, placing.difficulty, t))
            .collect();
        let what = Some(what.join("; ")).filter(|what| !what.is_empty());
        after.into_iter().chain(what).collect()
    }
}

fn levels(easiest: Option<u8>, hardest: Option<u8>, t: Texts) -> Option<String> {
    let (from, to) = match (easiest, hardest) {
        (None, None) => return None,
        (from, to) => (from.unwrap_or(1), to.unwrap_or(5)),
    };
    let levels = match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    };
    Some(t.with("structure-preview-level", "level", levels).to_string())
}
