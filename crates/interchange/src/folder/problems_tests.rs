//! What is wrong with a folder is told with its code, file and line.

use super::{Files, MOST_FILES, read};

const COURSE: &str = "key = \"safety\"\nlanguage = \"vi\"\nunits = [\"machines\"]\n";
const UNIT: &str = "steps = [\"lathe\", \"final\"]\n\n[assessments.final]\n";
const LESSON: &str = "+++\ntitle = \"Máy tiện\"\n+++\n\nRút chìa vặn.\n";
const DRAFT: &str = "{\"title\": {\"default_language\": \"vi\", \"versions\": {\"vi\": \"Thi\"}}}\n";
const CHECK: &str = r#"{"key": "one", "item": {"type": "true_false", "options": [],
    "stem": {"default_language": "vi", "versions": {}}}}"#;

fn sound() -> Files {
    let files = [
        ("course.toml", COURSE),
        ("01-machines/unit.toml", UNIT),
        ("01-machines/lathe.vi.md", LESSON),
        ("01-machines/final.json", DRAFT),
        ("media/lathe.png", "lathe"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    files.into()
}

fn told(files: &Files) -> Vec<String> {
    let problems = read(files).err().unwrap_or_default();
    let told = problems.iter().map(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line} {}", problem.path, problem.code())
    });
    told.collect()
}

/// The sound folder with one more file, or another one: these problems and no others.
#[track_caller]
fn check(path: &str, content: impl AsRef<[u8]>, expected: &[&str]) {
    let mut files = sound();
    files.insert(path.to_owned(), content.as_ref().to_vec());
    assert_eq!(told(&files), expected);
}

#[test]
fn a_sound_folder_has_no_problem() {
    assert_eq!(told(&sound()), [""; 0]);
}

#[test]
fn paths_stay_inside() {
    for path in [
        "../course.toml",
        "01-machines/../unit.toml",
        "/course.toml",
        "media/./a.png",
        "media//a.png",
        "media/",
        "",
        "media\\a.png",
        "c:/a.png",
        "media/a\0.png",
    ] {
        check(path, "", &[&format!("{path} IMP-PATH")]);
    }
}

#[test]
fn files_that_are_missing_or_unknown() {
    let without = |path: &str| {
        let mut files = sound();
        files.remove(path);
        told(&files)
    };
    assert_eq!(without("course.toml"), ["course.toml IMP-MISSING-FILE"]);
    assert_eq!(
        without("01-machines/final.json"),
        ["01-machines/unit.toml:1 IMP-MISSING-FILE"]
    );
    assert_eq!(
        without("01-machines/lathe.vi.md"),
        ["01-machines/unit.toml:1 IMP-MISSING-FILE"]
    );
    assert_eq!(
        without("01-machines/unit.toml"),
        [
            "01-machines/final.json IMP-UNKNOWN-FILE",
            "01-machines/lathe.vi.md IMP-UNKNOWN-FILE",
            "course.toml:3 IMP-MISSING-FILE"
        ]
    );
    for path in [
        "README.md",
        "01-machines/drill.vi.md",
        "01-machines/lathe.vi.txt",
        "01-machines/lathe.md",
        "01-machines/lathe.json",
        "01-machines/more/lathe.vi.md",
        "02-other/unit.toml",
        "machines/unit.toml",
    ] {
        check(path, LESSON, &[&format!("{path} IMP-UNKNOWN-FILE")]);
    }
    check(
        "01-machines/lathe.vi.md",
        "+++\n+++\n\n![a](media/lathe.png)\n![b](media/drill.png)\n",
        &["01-machines/lathe.vi.md:5 IMP-MISSING-FILE"],
    );
    check(
        "01-machines/lathe.vi.md",
        "+++\n[[files]]\nmedium = \"media/drill.mp4\"\ncaptions.vi = \"media/drill.vtt\"\n+++\n",
        &[
            "01-machines/lathe.vi.md:3 IMP-MISSING-FILE",
            "01-machines/lathe.vi.md:4 IMP-MISSING-FILE",
        ],
    );
    check("media/lathe", "", &["media/lathe IMP-MEDIA-NAME"]);
    check("media/a/lathe.png", "", &["media/a/lathe.png IMP-MEDIA-NAME"]);
}

#[test]
fn files_that_cannot_be_read() {
    check(
        "course.toml",
        "key = \"a\"\nlanguage = \n",
        &["course.toml:2 IMP-TOML"],
    );
    check("course.toml", "key = \"safety\"\n", &["course.toml:1 IMP-TOML"]);
    check(
        "course.toml",
        format!("{COURSE}untis = []\n"),
        &["course.toml:4 IMP-TOML"],
    );
    check(
        "glossary.toml",
        "[[terms]]\nterm.vi = \"a\"\n",
        &["glossary.toml:1 IMP-TOML"],
    );
    check(
        "01-machines/unit.toml",
        "steps = []\ncompletion = { rule = \"half\" }\n",
        &[
            "01-machines/final.json IMP-UNKNOWN-FILE",
            "01-machines/lathe.vi.md IMP-UNKNOWN-FILE",
            "01-machines/unit.toml:2 IMP-TOML",
        ],
    );
    for (lesson, line) in [
        ("Rút chìa vặn.\n", 1),
        ("+++\ntitle = \"Máy tiện\"\n", 1),
        ("+++\ntitle = \n+++\n", 2),
        ("+++\ntitle = \"a\"\nminutes = -1\n+++\n", 3),
        ("+++\nminuets = 1\n+++\n", 2),
    ] {
        let told = format!("01-machines/lathe.vi.md:{line} IMP-FRONT-MATTER");
        check("01-machines/lathe.vi.md", lesson, &[&told]);
    }
    check(
        "01-machines/lathe.en.md",
        "+++\ntitle = \"The lathe\"\nminutes = 4\n+++\n",
        &["01-machines/lathe.en.md:3 IMP-FRONT-MATTER"],
    );
    check(
        "01-machines/lathe.checks.json",
        "[\n{]\n",
        &["01-machines/lathe.checks.json:2 IMP-JSON"],
    );
    check(
        "01-machines/final.json",
        "{}\n",
        &["01-machines/final.json:1 IMP-JSON"],
    );
    check(
        "01-machines/lathe.vi.md",
        b"+++\n+++\n\xff\n",
        &["01-machines/lathe.vi.md:3 IMP-ENCODING"],
    );
    check("course.toml", b"\xfe\xff", &["course.toml:1 IMP-ENCODING"]);
}

#[test]
fn languages_that_are_none() {
    check(
        "course.toml",
        COURSE.replace("vi", "fr"),
        &["course.toml:2 IMP-LANGUAGE"],
    );
    let title = "[title]\nvi = \"An toàn\"\nfr = \"Sécurité\"\n";
    check(
        "course.toml",
        format!("{COURSE}{title}"),
        &["course.toml:6 IMP-LANGUAGE"],
    );
    check(
        "01-machines/lathe.fr.md",
        LESSON,
        &["01-machines/lathe.fr.md IMP-LANGUAGE"],
    );
    check(
        "01-machines/lathe.vi.md",
        "+++\n[[files]]\nmedium = \"media/lathe.png\"\n[files.captions]\nvi-VN = \"x\"\n+++\n",
        &["01-machines/lathe.vi.md:5 IMP-LANGUAGE"],
    );
    check(
        "01-machines/lathe.vi.html",
        LESSON,
        &["01-machines/lathe.vi.md IMP-LANGUAGE-TWICE"],
    );
}

#[test]
fn keys_are_keys_and_differ() {
    check(
        "course.toml",
        COURSE.replace("safety", "An toàn"),
        &["course.toml:1 IMP-KEY"],
    );
    check(
        "course.toml",
        COURSE.replace("[\"machines\"]", "[\n\"machines\",\n\"machines\"]"),
        &["course.toml:5 IMP-DUPLICATE-KEY"],
    );
    check(
        "01-machines/unit.toml",
        "steps = [\"lathe\", \"final\",\n\"lathe\"]\n[assessments.final]\n",
        &["01-machines/unit.toml:2 IMP-DUPLICATE-KEY"],
    );
    check(
        "01-machines/unit.toml",
        "steps = [\"lathe\", \"final\",\n\"../x\"]\n[assessments.final]\n",
        &["01-machines/unit.toml:2 IMP-KEY"],
    );
    check(
        "01-machines/unit.toml",
        "steps = [\"lathe\", \"final\"]\n[assessments.final]\n[assessments.more]\n",
        &["01-machines/unit.toml:3 IMP-UNLISTED"],
    );
    check(
        "02-machines/unit.toml",
        UNIT,
        &[
            "02-machines/unit.toml IMP-DUPLICATE-KEY",
            "02-machines/unit.toml IMP-UNKNOWN-FILE",
        ],
    );
    check(
        "glossary.toml",
        "[[terms]]\nkey = \"a\"\n[[terms]]\nkey = \"a\"\n",
        &["glossary.toml:4 IMP-DUPLICATE-KEY"],
    );
    check(
        "01-machines/lathe.vi.md",
        "+++\n[[reflections]]\nkey = \"a\"\n[[reflections]]\nkey = \"a\"\n+++\n",
        &["01-machines/lathe.vi.md:5 IMP-DUPLICATE-KEY"],
    );
    check(
        "01-machines/lathe.checks.json",
        format!("[{CHECK},\n{CHECK}]"),
        &["01-machines/lathe.checks.json:3 IMP-DUPLICATE-KEY"],
    );
    check(
        "01-machines/lathe.checks.json",
        format!("[{}]", CHECK.replace("one", "One")),
        &["01-machines/lathe.checks.json:1 IMP-KEY"],
    );
}

#[test]
fn circles_are_told_at_a_requirement() {
    check(
        "01-machines/unit.toml",
        "steps = [\"lathe\", \"final\"]\n[assessments.final]\nrequires = [\"gone\",\n\"final\"]\n",
        &["01-machines/unit.toml:4 IMP-CYCLE"],
    );
    check(
        "01-machines/unit.toml",
        format!("requires = [\"lathe\"]\n{UNIT}"),
        &["01-machines/unit.toml:1 IMP-CYCLE"],
    );
    check(
        "01-machines/lathe.vi.md",
        "+++\ntitle = \"a\"\nrequires = [\"machines\"]\n+++\n",
        &["01-machines/lathe.vi.md:3 IMP-CYCLE"],
    );
}

#[test]
fn limits_hold() {
    let lesson = |bytes: usize| format!("+++\n+++\n\n{}\n", "x".repeat(bytes));
    check("01-machines/lathe.vi.md", lesson(64 * 1024), &[]);
    check(
        "01-machines/lathe.vi.md",
        lesson(64 * 1024 + 1),
        &["01-machines/lathe.vi.md:4 IMP-TOO-LARGE"],
    );
    check(
        "01-machines/lathe.en.md",
        lesson(2 * 1024 * 1024),
        &["01-machines/lathe.en.md IMP-TOO-LARGE"],
    );
    let mut files = sound();
    for number in 0..MOST_FILES {
        files.insert(format!("media/{number}.png"), Vec::new());
    }
    assert_eq!(told(&files), [" IMP-TOO-MANY-FILES"]);
}

#[test]
fn a_problem_is_a_line_for_the_terminal() {
    let mut files = sound();
    files.insert("glossary.toml".to_owned(), b"[[terms]]\nkey = \"A\"\n".to_vec());
    let problems = read(&files).unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "glossary.toml:2: \"A\" is no key: 1 to 60 of a-z, 0-9 and - (IMP-KEY)"
    );
}
