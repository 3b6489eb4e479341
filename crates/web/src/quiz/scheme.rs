//! The examination scheme in the editor: picked from those that are known or
//! pasted as JSON, told in words, and the parts for which sections count. What a
//! scheme means is `assessment::verdict`'s, what keeps one from being published
//! `assessment`'s section check.

use app::examination::KnownScheme;
use assessment::{Band, Condition, Part, PartId, PartSource, Scheme, SectionId, Supplement};
use ui::{
    Texts, format,
    page::quiz::{SchemePart, SchemeWords, Structure, TypedSection},
};

use super::draft::Unreadable;
use crate::rendered::plain;

/// A scheme as its field has it.
pub(super) fn typed(scheme: &Scheme) -> String {
    serde_json::to_string_pretty(scheme).unwrap_or_default()
}

/// Notes which schemes can be picked, and what the one in the form says: its words,
/// and the parts that sections can count for.
pub(super) fn annotate(structure: &mut Structure, known: &[KnownScheme], t: Texts) {
    let offered = known
        .iter()
        .map(|one| (one.name.clone(), plain(&one.scheme.title, t.language())));
    structure.offered = offered.collect();
    let Ok(mut scheme) = serde_json::from_str::<Scheme>(&structure.scheme) else {
        (structure.parts, structure.words) = (Vec::new(), None);
        return;
    };
    assign(&mut scheme.parts, &structure.sections);
    let name = |part: &Part| plain(&part.title, t.language());
    let leaves = scheme.all_parts().into_iter().map(|(part, _)| part);
    let leaves = leaves.filter(|part| !matches!(part.source, PartSource::Parts { .. }));
    structure.parts = leaves.map(|part| (part.id.to_string(), name(part))).collect();
    structure.words = Some(in_words(&scheme, &structure.sections, t));
}

/// Puts a known scheme into the form; any other name takes the scheme out.
pub(super) fn pick(structure: &mut Structure, known: &[KnownScheme], name: &str) {
    structure.is_used = true;
    let found = known.iter().find(|one| one.name == name);
    structure.scheme = found.map(|one| typed(&one.scheme)).unwrap_or_default();
}

/// The scheme of a draft: as posted, with the sections that say which part they count for.
pub(super) fn of_form(
    typed: &Structure,
    saved: Option<&Scheme>,
    unreadable: &mut Vec<Unreadable>,
) -> Option<Scheme> {
    if typed.scheme.trim().is_empty() {
        return None;
    }
    let Ok(mut scheme) = serde_json::from_str::<Scheme>(&typed.scheme) else {
        unreadable.push(Unreadable {
            field: "scheme-words".to_owned(),
            question: None,
            line: None,
            key: "scheme-unreadable",
        });
        return saved.cloned();
    };
    assign(&mut scheme.parts, &typed.sections);
    Some(scheme)
}

// A part with sections counts them; one without is entered by hand.
fn assign(parts: &mut [Part], sections: &[TypedSection]) {
    for part in parts {
        if let PartSource::Parts { parts } = &mut part.source {
            assign(parts, sections);
            continue;
        }
        let own = sections.iter().filter(|section| section.part == part.id.as_str());
        let own: Vec<SectionId> = own.map(|section| SectionId::from(section.id.as_str())).collect();
        part.source = match own.is_empty() {
            true => PartSource::Marker,
            false => PartSource::Sections { sections: own },
        };
    }
}

/// The part for which a section counts.
pub(super) fn part_of(scheme: &Scheme, section: &SectionId) -> Option<String> {
    let parts = scheme.all_parts().into_iter();
    let counts =
        |part: &Part| matches!(&part.source, PartSource::Sections { sections } if sections.contains(section));
    parts
        .map(|(part, _)| part)
        .find(|part| counts(part))
        .map(|part| part.id.to_string())
}

fn in_words(scheme: &Scheme, sections: &[TypedSection], t: Texts) -> SchemeWords {
    let mut parts = Vec::new();
    tell_parts(&scheme.parts, 0, sections, t, &mut parts);
    SchemeWords {
        title: plain(&scheme.title, t.language()),
        parts,
        conditions: scheme.pass.iter().map(|one| condition(scheme, one, t)).collect(),
        grades: scheme.key.iter().map(|band| grade(band, t)).collect(),
        supplement: scheme
            .supplement
            .as_ref()
            .map(|one| supplement(scheme, one, t))
            .unwrap_or_default(),
    }
}

fn tell_parts(parts: &[Part], depth: usize, sections: &[TypedSection], t: Texts, told: &mut Vec<SchemePart>) {
    let whole: u32 = parts.iter().map(|part| part.weight).sum();
    for part in parts {
        let share = 100.0 * f64::from(part.weight) / f64::from(whole.max(1));
        told.push(SchemePart {
            depth,
            title: plain(&part.title, t.language()),
            weight: t
                .with("time-percent", "percent", format::number(t, share))
                .to_string(),
            source: source(part, sections, t),
        });
        if let PartSource::Parts { parts } = &part.source {
            tell_parts(parts, depth + 1, sections, t, told);
        }
    }
}

// Where a part's points come from; empty for one that is made of the parts below it.
fn source(part: &Part, sections: &[TypedSection], t: Texts) -> String {
    match &part.source {
        PartSource::Parts { .. } => String::new(),
        PartSource::Marker => t.get("structure-scheme-from-marker").into_owned(),
        PartSource::Sections { sections: own } => {
            let own = own.iter().filter_map(|id| {
                let section = sections.iter().find(|section| section.id == id.as_str())?;
                Some(match section.title.value.is_empty() {
                    true => t.with("structure-section", "number", section.number).to_string(),
                    false => section.title.value.clone(),
                })
            });
            let names = own.collect::<Vec<_>>().join(", ");
            t.with("structure-scheme-from-sections", "sections", names)
                .to_string()
        }
    }
}

fn condition(scheme: &Scheme, condition: &Condition, t: Texts) -> String {
    let points = |at_least: f64| format::number(t, at_least);
    match condition {
        Condition::Total { at_least } => t
            .with("structure-scheme-total", "points", points(*at_least))
            .to_string(),
        Condition::Together { parts, at_least } => {
            let key = match parts.len() {
                1 => "structure-scheme-part",
                _ => "structure-scheme-together",
            };
            t.with(key, "points", points(*at_least))
                .and("parts", names(scheme, parts, t))
                .to_string()
        }
        Condition::Several {
            parts,
            count,
            at_least,
        } if *count == parts.len() => t
            .with("structure-scheme-none-below", "points", points(*at_least))
            .and("parts", names(scheme, parts, t))
            .to_string(),
        Condition::Several {
            parts,
            count,
            at_least,
        } => t
            .with("structure-scheme-several", "points", points(*at_least))
            .and("count", *count)
            .and("total", parts.len())
            .and("parts", names(scheme, parts, t))
            .to_string(),
    }
}

fn grade(band: &Band, t: Texts) -> String {
    let name = plain(&band.name, t.language());
    let grade = match name.is_empty() {
        true => band.grade.clone(),
        false => format!("{} ({name})", band.grade),
    };
    t.with("structure-scheme-grade", "points", format::number(t, band.from))
        .and("grade", grade)
        .to_string()
}

fn supplement(scheme: &Scheme, supplement: &Supplement, t: Texts) -> Vec<String> {
    let weights = t
        .with(
            "structure-scheme-oral-text",
            "parts",
            names(scheme, &supplement.parts, t),
        )
        .and("before", supplement.before)
        .and("oral", supplement.oral)
        .to_string();
    let below = supplement.only_below.map(|below| {
        t.with("structure-scheme-oral-below", "points", format::number(t, below))
            .to_string()
    });
    std::iter::once(weights).chain(below).collect()
}

fn names(scheme: &Scheme, parts: &[PartId], t: Texts) -> String {
    let name = |id: &PartId| match scheme.part(id) {
        Some(part) => plain(&part.title, t.language()),
        None => id.to_string(),
    };
    parts.iter().map(name).collect::<Vec<_>>().join(", ")
}
