//! The texts: each key in every language with the same arguments, each key that
//! code or a template names exists, none is unused.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{
    Attribute, CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser;
use ui::page::problem::has_texts;
use ui::{Language, Texts};

/// Keys that are put together from a code at run time.
const BUILT_FROM_CODES: [&str; 17] = [
    "authoring-choice-",
    "authoring-field-",
    "authoring-hint-",
    "authoring-kind-",
    "audit-action-",
    "problem-",
    "delivery-reason-",
    "file-kind-",
    "gradebook-column-failed-",
    "roster-problem-",
    "quiz-problem-",
    "authoring-expression-",
    "check-finding-",
    "launch-step-",
    "editor-difference-",
    "editor-field-",
    "editor-problem-",
];
/// Keys that stand outside `<file>-<what>`.
const EXCEPTIONS: [&str; 1] = ["language-name"];

/// Codes that `web` gives; those of `lti` are compared below tests/.
const WEB_CODES: [&str; 19] = [
    "SYS-BUSY",
    "SYS-INTERNAL",
    "WEB-CODE",
    "WEB-CODE-EXPIRED",
    "WEB-CODE-USED",
    "WEB-CONFLICT",
    "WEB-CORRECTION",
    "WEB-CSRF",
    "WEB-DRAFT",
    "WEB-FORBIDDEN",
    "WEB-FORM",
    "WEB-LINK",
    "WEB-MEDIA-TYPE",
    "WEB-METHOD",
    "WEB-NOT-FOUND",
    "WEB-REGRADE",
    "WEB-SESSION",
    "WEB-TOO-LARGE",
    "WEB-TOO-MANY",
];

/// Key → names of its arguments.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|actual| actual == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn languages() -> BTreeMap<String, Keys> {
    let folders = fs::read_dir(root().join("locales")).unwrap();
    folders
        .map(|folder| folder.unwrap().path())
        .map(|folder| {
            let tag = folder.file_name().unwrap().to_str().unwrap().to_owned();
            (tag, keys_of(&folder))
        })
        .collect()
}

fn keys_of(folder: &Path) -> Keys {
    let mut keys = Keys::new();
    for path in files_below(folder, "ftl") {
        let source = fs::read_to_string(&path).unwrap();
        let resource: Resource<String> =
            parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        let area = path.file_stem().unwrap().to_str().unwrap();
        for (key, arguments) in messages(&resource) {
            let named_after_file = key.starts_with(&format!("{area}-")) || EXCEPTIONS.contains(&key.as_str());
            assert!(named_after_file, "{key} stands in {}", path.display());
            assert!(
                keys.insert(key.clone(), arguments).is_none(),
                "{key} twice in {}",
                folder.display()
            );
        }
    }
    keys
}

fn messages(resource: &Resource<String>) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let pattern = message.value.as_ref();
                let mut arguments = BTreeSet::new();
                pattern
                    .into_iter()
                    .for_each(|pattern| collect(pattern, &mut arguments));
                let attributes: &[Attribute<String>] = &message.attributes;
                assert!(
                    pattern.is_some() && attributes.is_empty(),
                    "{} is no plain message",
                    message.id.name
                );
                found.push((message.id.name.clone(), arguments));
            }
            Entry::Junk { content } => panic!("cannot be read: {content}"),
            _ => {}
        }
    }
    found
}

fn collect(pattern: &Pattern<String>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, names);
        }
    }
}

fn collect_expression(expression: &Expression<String>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, names),
        Expression::Select { selector, variants } => {
            collect_inline(selector, names);
            variants.iter().for_each(|variant| collect(&variant.value, names));
        }
    }
}

fn collect_inline(inline: &InlineExpression<String>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, names),
        InlineExpression::FunctionReference {
            arguments: CallArguments { positional, .. },
            ..
        } => {
            positional
                .iter()
                .for_each(|argument| collect_inline(argument, names));
        }
        _ => {}
    }
}

/// Everything that looks like a key and stands between double quotes, but for
/// the values of attributes.
fn literals() -> BTreeSet<String> {
    let mut files = files_below(&root().join("src"), "rs");
    files.extend(files_below(&root().join("templates"), "html"));
    literals_in(files)
}

fn literals_in(files: Vec<PathBuf>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files {
        let source = fs::read_to_string(path).unwrap();
        let pieces: Vec<&str> = source.split('"').collect();
        let quoted = pieces.windows(2).filter(|pair| !pair[0].ends_with('='));
        found.extend(
            quoted
                .map(|pair| pair[1])
                .filter(|piece| looks_like_a_key(piece))
                .map(str::to_owned),
        );
    }
    found
}

fn looks_like_a_key(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.contains('-') && !text.ends_with('-') && text.bytes().all(plain)
}

fn areas(keys: &Keys) -> BTreeSet<String> {
    keys.keys()
        .filter_map(|key| key.split_once('-'))
        .map(|(area, _)| area.to_owned())
        .collect()
}

#[test]
fn every_language_has_the_same_keys_and_arguments() {
    let languages = languages();
    assert!(languages.len() >= 3, "{:?}", languages.keys());
    let reference = &languages["vi"];
    for (tag, keys) in &languages {
        let missing: Vec<_> = reference.keys().filter(|key| !keys.contains_key(*key)).collect();
        let extra: Vec<_> = keys.keys().filter(|key| !reference.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{tag}: missing {missing:?}, only there {extra:?}"
        );
        for (key, arguments) in keys {
            assert_eq!(arguments, &reference[key], "arguments of {key} in {tag}");
        }
    }
}

#[test]
fn every_named_key_exists() {
    let keys = &languages()["vi"];
    let areas = areas(keys);
    let unknown: Vec<_> = literals()
        .into_iter()
        .filter(|literal| {
            literal
                .split_once('-')
                .is_some_and(|(area, _)| areas.contains(area))
        })
        .filter(|literal| !keys.contains_key(literal) && *literal != "no-such-key")
        .collect();
    assert!(unknown.is_empty(), "named but not written: {unknown:?}");
}

#[test]
fn no_key_is_unused() {
    let mut literals = literals();
    // `web` fills in some words that depend on a question's type
    literals.extend(literals_in(files_below(&root().join("../web/src"), "rs")));
    let unused: Vec<String> = languages()["vi"]
        .keys()
        .filter(|key| !BUILT_FROM_CODES.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| !literals.contains(*key))
        .cloned()
        .collect();
    assert!(unused.is_empty(), "written but not used: {unused:?}");
}

#[test]
fn every_problem_has_title_sentence_and_remedy() {
    let keys = &languages()["vi"];
    let problems = keys.keys().filter(|key| key.starts_with("problem-"));
    for key in problems.filter(|key| !key.ends_with("-sentence") && !key.ends_with("-fix")) {
        for part in ["sentence", "fix"] {
            assert!(keys.contains_key(&format!("{key}-{part}")), "{key}-{part}");
        }
    }
}

#[test]
fn every_refusal_has_texts() {
    let attempts = assessment::Code::ALL.iter().map(|code| code.as_str());
    let t = Texts::for_language(Language::default());
    for code in attempts.chain(WEB_CODES) {
        assert!(has_texts(t, code), "{code}");
    }
}
