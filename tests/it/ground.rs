//! What holds for the whole repository: which crate uses which, lints, licences, file lengths, and that the lists in
//! docs/ say what the program does. Facts come from `cargo metadata` and from the files themselves.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tests::TestDatabase;

/// Who may use whom. Anything else is a wrong turn; a new crate needs a row here and in docs/ARCHITECTURE.md.
/// Development dependencies follow the same arrows, build dependencies on ours there are none.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("lti", &[]),
    ("settings", &[]),
    ("starter-content", &[]),
    ("assessment", &["text"]),
    ("course", &["text", "assessment"]),
    ("interchange", &["text", "assessment", "course"]),
    ("storage", &["text", "assessment", "lti"]),
    ("outbound", &["lti"]),
    (
        "app",
        &["storage", "outbound", "assessment", "course", "lti", "text"],
    ),
    ("ui", &["text", "assessment"]),
    ("web", &["app", "ui", "lti", "assessment", "course", "text"]),
    ("practice-platform", &["lti"]),
];
/// These may use all of ours.
const ABOVE_ALL: &[&str] = &["server", "tests"];

/// What only some rooms may touch: SQL, the network, HTTP requests, randomness.
const ROOMS: &[(&str, &[&str])] = &[
    ("diesel", &["storage", "tests"]),
    ("tokio-postgres", &["storage", "tests"]),
    ("reqwest", &["outbound", "practice-platform", "tests"]),
    ("actix-web", &["web", "server", "practice-platform", "tests"]),
    ("openidconnect", &["outbound", "tests"]),
    ("rand", &["app"]),
    ("fluent-bundle", &["ui", "practice-platform"]),
    ("jsonwebtoken", &["lti", "tests"]),
];

/// Longer than this, a file is several.
const LONGEST_FILE: usize = 600;
/// Files that have a reason to be longer.
// diesel wants each table beside the list of those that are joined.
const LONG_FILES: &[&str] = &["crates/storage/src/schema.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(arguments)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// Our own packages, by the folder they stand in.
fn workspace() -> BTreeMap<String, Value> {
    let metadata = cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    let folder = |package: &Value| {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        manifest
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    packages
        .into_iter()
        .map(|package| (folder(&package), package))
        .collect()
}

// Of one package: kind ("normal", "dev", "build") and name of each dependency, ours by their folder.
fn dependencies(package: &Value) -> Vec<(String, String, bool)> {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.map(|dependency| {
        let kind = dependency["kind"].as_str().unwrap_or("normal").to_owned();
        match dependency["path"].as_str() {
            Some(path) => (
                kind,
                Path::new(path).file_name().unwrap().to_str().unwrap().to_owned(),
                true,
            ),
            None => (kind, dependency["name"].as_str().unwrap().to_owned(), false),
        }
    })
    .collect()
}

#[test]
fn each_crate_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    let workspace = workspace();
    for (name, package) in &workspace {
        let allowed = ARROWS
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, allowed)| *allowed);
        if allowed.is_none() && !ABOVE_ALL.contains(&name.as_str()) {
            wrong.push(format!("{name} has no row in ARROWS"));
        }
        for (kind, used, ours) in dependencies(package) {
            let may = match allowed {
                Some(allowed) => allowed.contains(&used.as_str()) || (kind == "dev" && used == *name),
                None => true,
            };
            if ours && (!may || kind == "build") {
                wrong.push(format!("{name} → {used} ({kind})"));
            }
            let room = ROOMS.iter().find(|(of, _)| *of == used);
            if room.is_some_and(|(_, rooms)| !rooms.contains(&name.as_str())) {
                wrong.push(format!("{name} → {used}: not its room"));
            }
        }
    }
    for (name, _) in ARROWS {
        if !workspace.contains_key(*name) {
            wrong.push(format!("ARROWS has a row for {name}, which does not exist"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The signer of arbitrary tokens must not come into the program.
#[test]
fn test_features_are_for_tests_only() {
    for (name, package) in workspace() {
        for dependency in package["dependencies"].as_array().unwrap() {
            let testing = dependency["features"]
                .as_array()
                .unwrap()
                .contains(&Value::from("testing"));
            let allowed = dependency["kind"] == "dev" || name == "tests";
            assert!(
                !testing || allowed,
                "{name} enables {}'s feature \"testing\"",
                dependency["name"]
            );
        }
    }
}

#[test]
fn the_architecture_says_the_same() {
    let documented: BTreeMap<String, BTreeSet<String>> = read("docs/ARCHITECTURE.md")
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let name = cells.first()?.trim_matches('`').strip_prefix("crates/")?;
            let uses = cells.last()?.trim_end_matches('|').trim();
            let uses = uses.split(", ").map(str::to_owned).filter(|used| used != "–");
            Some((name.to_owned(), uses.collect()))
        })
        .collect();
    let names = |uses: &[&str]| uses.iter().map(|name| (*name).to_owned()).collect();
    let mut held: BTreeMap<String, BTreeSet<String>> = ARROWS
        .iter()
        .map(|(name, uses)| ((*name).to_owned(), names(uses)))
        .collect();
    held.insert("server".to_owned(), names(&["all"]));
    assert_eq!(documented, held);
}

#[test]
fn each_crate_takes_the_workspaces_lints() {
    for (name, package) in workspace() {
        let manifest = std::fs::read_to_string(package["manifest_path"].as_str().unwrap()).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let lints = manifest.get("lints").and_then(toml::Value::as_table);
        match name.as_str() {
            // Tests may unwrap and index; what else they must not do stands in their own manifest.
            "tests" => assert!(lints.is_some_and(|lints| lints.contains_key("clippy")), "{name}"),
            _ => assert!(
                lints.is_some_and(|lints| lints.get("workspace") == Some(&toml::Value::Boolean(true))),
                "{name} has no [lints] workspace = true"
            ),
        }
        assert_eq!(
            package["publish"],
            Value::Array(Vec::new()),
            "{name} could be published by mistake"
        );
    }
    let clippy: toml::Table = read("clippy.toml").parse().unwrap();
    let banned = clippy["disallowed-methods"].as_array().unwrap();
    for method in [
        "chrono::Utc::now",
        "rand::rng",
        "std::env::var",
        "reqwest::Client::new",
    ] {
        let is_method =
            |entry: &&toml::Value| entry.get("path").and_then(toml::Value::as_str) == Some(method);
        assert!(
            banned.iter().find(is_method).is_some(),
            "clippy.toml does not ban {method}"
        );
    }
}

/// The same list as for cargo-deny, which may not be installed.
#[test]
fn every_package_has_an_allowed_licence() {
    let deny: toml::Table = read("deny.toml").parse().unwrap();
    let list = |section: &str, key: &str| deny[section][key].as_array().unwrap().clone();
    let allowed: Vec<String> = list("licenses", "allow")
        .iter()
        .map(|licence| licence.as_str().unwrap().to_owned())
        .collect();
    let banned: Vec<String> = list("bans", "deny")
        .iter()
        .map(|entry| entry["crate"].as_str().unwrap().to_owned())
        .collect();
    assert!(allowed.len() > 5 && banned.contains(&"openssl-sys".to_owned()));
    assert!(!allowed.iter().any(|licence| licence.contains("GPL")));

    // Only what this system needs: the rest was never downloaded.
    let version = cargo(&["-vV"]);
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let metadata = cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--offline",
        "--filter-platform",
        host,
    ]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let (name, source) = (package["name"].as_str().unwrap(), package["source"].as_str());
        if banned.contains(&name.to_owned()) {
            wrong.push(format!("{name} is banned"));
        }
        let Some(source) = source else { continue };
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} comes from {source}"));
        }
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_allowed(licence, &allowed) {
            wrong.push(format!("{name}: {licence}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a licence expression (SPDX; "/" is an older "OR") can be met by allowed licences alone.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = any_of(&mut rest, allowed);
    assert!(rest.is_empty(), "{expression} was not read to its end");
    met
}

fn any_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = all_of(words, allowed);
    while words.first() == Some(&"OR") {
        *words = &words[1..];
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while words.first() == Some(&"AND") {
        *words = &words[1..];
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &[String]) -> bool {
    let (first, rest) = words.split_first().expect("a licence");
    *words = rest;
    if *first == "(" {
        let met = any_of(words, allowed);
        assert_eq!(words.first(), Some(&")"));
        *words = &words[1..];
        return met;
    }
    let mut licence = (*first).to_owned();
    if words.first() == Some(&"WITH") {
        licence = format!("{licence} WITH {}", words[1]);
        *words = &words[2..];
    }
    allowed.contains(&licence)
}

#[test]
fn licence_expressions() {
    let check = |expression: &str, expected: bool| {
        let allowed = ["MIT", "ISC", "BSD-3-Clause"].map(str::to_owned);
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    };
    check("MIT", true);
    check("GPL-3.0-only", false);
    check("MIT OR GPL-3.0-only", true);
    check("GPL-3.0-only/MIT", true);
    check("MIT AND GPL-3.0-only", false);
    check("GPL-3.0-only OR MIT AND ISC", true);
    check("MIT AND (GPL-3.0-only OR ISC)", true);
    check("(MIT OR ISC) AND Unicode-3.0", false);
    check("Apache-2.0 WITH LLVM-exception OR ISC", true);
    check("none", false);
}

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for file in files(&["crates", "tests"]) {
        let name = file.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let kinds = [".rs", ".js", ".mjs", ".css", ".html", ".sql", ".toml"];
        if !kinds.iter().any(|kind| name.ends_with(kind)) || LONG_FILES.contains(&name.as_str()) {
            continue;
        }
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        if lines > LONGEST_FILE {
            long.push(format!("{name}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "over {LONGEST_FILE} lines: {long:#?}");
}

// All files below these folders, but for what tools put there.
fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                if name != "node_modules" && name != "target" && name != "data" {
                    open.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

// The rows of a document's tables whose first cell is code: all cells, the first without its quotes.
fn rows(document: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Option<Vec<String>> {
        let line = line.strip_prefix("| `")?.strip_suffix(" |")?;
        let (name, rest) = line.split_once("` | ")?;
        let cells = rest.split(" | ").map(|cell| cell.trim().to_owned());
        Some(std::iter::once(name.to_owned()).chain(cells).collect())
    };
    read(document).lines().filter_map(cells).collect()
}

#[test]
fn every_code_is_documented_and_has_its_texts() {
    let documented: Vec<(String, String)> = rows("docs/errors.md")
        .into_iter()
        .map(|cells| {
            assert!(
                cells.len() == 4 && cells.iter().all(|cell| !cell.is_empty()),
                "{cells:?}"
            );
            (cells[0].clone(), cells[1].clone())
        })
        .collect();
    let expected: Vec<(String, String)> = app::Code::all()
        .map(|code| {
            (
                code.as_str().to_owned(),
                web::status_of(code).as_u16().to_string(),
            )
        })
        .collect();
    for row in &expected {
        assert!(
            documented.contains(row),
            "docs/errors.md lacks {} with status {}",
            row.0,
            row.1
        );
    }
    assert_eq!(
        documented, expected,
        "docs/errors.md: rows in another order, twice, or of codes that are gone"
    );
    for code in app::Code::all() {
        for language in ui::Language::all() {
            let texts = ui::Texts::for_language(*language);
            let has = ui::page::problem::has_texts(texts, code.as_str());
            assert!(has, "{code} has no texts in {}", language.tag());
        }
    }
}

/// Each code occurs literally in a test, so that somebody has seen it happen.
#[test]
fn every_code_is_named_by_a_test() {
    let this_file = root().join("tests/it/ground.rs");
    let mut sources = String::new();
    for file in files(&["tests"]) {
        let is_source = file.extension().is_some_and(|kind| kind == "rs" || kind == "mjs");
        if is_source && file != this_file {
            sources.push_str(&std::fs::read_to_string(file).unwrap());
        }
    }
    let named = |code: &str| sources.contains(&format!("\"{code}\""));
    let untested: Vec<&str> = app::Code::all()
        .map(app::Code::as_str)
        .filter(|code| !named(code))
        .collect();
    assert!(untested.is_empty(), "no test below tests/ names {untested:?}");
}

#[tokio::test]
async fn every_table_is_listed_as_personal_or_not() {
    let database = TestDatabase::make_on(None).await;
    let documented = rows("docs/personal-data.md");
    let names: BTreeSet<String> = documented.iter().map(|cells| cells[0].clone()).collect();
    assert_eq!(names.len(), documented.len(), "a table is listed twice");
    let tables: BTreeSet<String> = database.tables().await.into_iter().collect();
    assert_eq!(names, tables, "docs/personal-data.md against the schema");

    for cells in &documented {
        let [table, rest @ ..] = cells.as_slice() else {
            panic!("{cells:?}")
        };
        let has_person = columns(&database, table)
            .await
            .iter()
            .any(|column| column == "person_id" || column == "identity_id");
        match rest {
            // Not personal: the table and why not.
            [_why] => assert!(
                !has_person,
                "{table} leads to a person and is listed as not personal"
            ),
            // Personal, and gone within minutes: nobody of ours yet.
            [_what, _purpose, _retention, found_by] if found_by.starts_with("nobody") => {}
            // Personal: what, purpose, retention, and how its rows are found by person id.
            [_what, _purpose, _retention, found_by] => check_path(&database, table, found_by).await,
            other => panic!("{table}: {other:?}"),
        }
    }
}

async fn columns(database: &TestDatabase, table: &str) -> Vec<String> {
    database
        .texts(&format!("SELECT name FROM pragma_table_info('{table}')"))
        .await
}

// "`person_id`", or steps such as "`attempt_id` → `attempts.person_id`", or "`sessions.browser_id`" for the way back.
async fn check_path(database: &TestDatabase, table: &str, found_by: &str) {
    let steps: Vec<&str> = found_by.split(" → ").map(|step| step.trim_matches('`')).collect();
    let mut last = String::new();
    for step in &steps {
        let (of, column) = step.split_once('.').unwrap_or((table, step));
        let columns = columns(database, of).await;
        assert!(
            columns.iter().any(|name| name == column),
            "{table}: there is no {of}.{column}"
        );
        last = column.to_owned();
    }
    let ends_at_person = ["person_id", "created_by", "decided_by", "joined_by", "saved_by"]
        .contains(&last.as_str())
        || *steps.last().unwrap() == "id";
    assert!(ends_at_person, "{table}: {found_by} does not end at a person");
}
