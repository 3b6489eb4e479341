//! What a course, its steps and its questions are tagged with: what stands in the
//! forms, and what they say.

use std::sync::Arc;

use course::{CompetencyTag, Framework, Frameworks};
use ui::{
    Language,
    page::course_editor::{CompetencyFields, CompetencyOption, FrameworkOptions},
};

use crate::pairs::Pairs;

/// The field of tags, as it stands in a form.
pub(super) fn fields(
    name: &str,
    tags: &[CompetencyTag],
    frameworks: &[Arc<Framework>],
    language: Language,
) -> CompetencyFields {
    let side_by_side: Vec<&Framework> = frameworks.iter().map(Arc::as_ref).collect();
    let option = |tag: &CompetencyTag| CompetencyOption {
        value: value(&tag.framework, &tag.code),
        words: match Frameworks(&side_by_side).find(tag) {
            Some((framework, competency)) => format!(
                "{} {} · {}",
                tag.code,
                competency.name(language.tag()),
                framework.title(language.tag())
            ),
            None => value(&tag.framework, &tag.code),
        },
    };
    CompetencyFields {
        name: name.to_owned(),
        chosen: tags.iter().map(option).collect(),
    }
}

/// All that can be chosen; crosswalks have nothing of their own.
pub(super) fn options(frameworks: &[Arc<Framework>], language: Language) -> Vec<FrameworkOptions> {
    let tag = language.tag();
    let with_codes = |framework: &Arc<Framework>| FrameworkOptions {
        title: framework.title(tag).to_owned(),
        options: (framework.ordered().into_iter())
            .filter(|item| !item.code.is_empty())
            .map(|item| CompetencyOption {
                value: value(framework.key(), &item.code),
                words: format!("{} {}", item.code, item.name(tag)),
            })
            .collect(),
    };
    let all = frameworks.iter().map(with_codes);
    all.filter(|framework| !framework.options.is_empty()).collect()
}

/// Keeps what is still ticked; a field that was not sent changes nothing.
pub(super) fn read(pairs: &Pairs, name: &str, tags: &mut Vec<CompetencyTag>) {
    if pairs.optional(&format!("{name}_asked")).is_none() {
        return;
    }
    let ticked: Vec<&str> = pairs.all(name).collect();
    tags.retain(|tag| ticked.contains(&value(&tag.framework, &tag.code).as_str()));
}

/// Adds what was chosen to be added.
pub(super) fn add_chosen(pairs: &Pairs, tags: &mut Vec<CompetencyTag>) {
    let chosen = pairs.get("new_competency").trim();
    if let Some((framework, code)) = chosen.split_once(' ') {
        let tag = CompetencyTag {
            framework: framework.to_owned(),
            code: code.to_owned(),
        };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
}

// Keys have no blanks, codes may have some.
fn value(framework: &str, code: &str) -> String {
    format!("{framework} {code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(framework: &str, code: &str) -> CompetencyTag {
        CompetencyTag {
            framework: framework.to_owned(),
            code: code.to_owned(),
        }
    }

    fn pairs(fields: &[(&str, &str)]) -> Pairs {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Pairs(fields.iter().map(own).collect())
    }

    #[test]
    fn what_is_ticked_stays_and_what_is_chosen_comes() {
        #[track_caller]
        fn check(sent: &[(&str, &str)], expected: &[(&str, &str)]) {
            let mut tags = vec![tag("digcomp-2.2", "4.1"), tag("eigener", "Modul 3")];
            read(&pairs(sent), "tags", &mut tags);
            add_chosen(&pairs(sent), &mut tags);
            let expected: Vec<CompetencyTag> = expected.iter().map(|(key, code)| tag(key, code)).collect();
            assert_eq!(tags, expected, "{sent:?}");
        }
        let both = &[("digcomp-2.2", "4.1"), ("eigener", "Modul 3")];
        check(&[], both);
        check(&[("tags_asked", "1")], &[]);
        check(
            &[("tags_asked", "1"), ("tags", "eigener Modul 3")],
            &[("eigener", "Modul 3")],
        );
        check(&[("new_competency", "")], both);
        check(&[("new_competency", "eigener Modul 3")], both);
        check(
            &[("tags_asked", "1"), ("new_competency", "tt02-2025 2.3")],
            &[("tt02-2025", "2.3")],
        );
    }
}
