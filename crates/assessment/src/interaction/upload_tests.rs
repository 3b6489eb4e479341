use super::super::typed_testing::*;
use crate::*;

fn photo() -> Interaction {
    of(
        r#"{"type": "upload", "kinds": ["picture", "pdf"], "most_files": 2, "most_bytes": 1000, "from_camera": true}"#,
    )
}

fn file(hash: &str, kind: &str, bytes: u64, name: &str) -> serde_json::Value {
    serde_json::json!({ "hash": hash.repeat(64), "kind": kind, "bytes": bytes, "name": name })
}

fn payload(files: &[serde_json::Value]) -> String {
    serde_json::json!({ "files": files }).to_string()
}

#[test]
fn files_wait_for_their_marker() {
    let one = payload(&[file("a", "picture", 1000, "ren M10 – ảnh.jpg")]);
    let mark = mark_in("vi", &photo(), &one);
    assert!(mark.needs_marker && mark.answered && mark.fraction == 0.0);
    let none = mark_in("vi", &photo(), &payload(&[]));
    assert!(!none.needs_marker && !none.answered);
    let two = payload(&[file("a", "picture", 1, "a"), file("b", "pdf", 999, "b")]);
    assert!(mark_in("vi", &photo(), &two).needs_marker);
}

#[test]
fn payloads_are_read_strictly() {
    let good = || file("a", "picture", 10, "a.jpg");
    let three = [good(), file("b", "pdf", 1, "b"), file("c", "pdf", 1, "c")];
    check_refused(&photo(), &payload(&three), ResponseProblem::TooManyChosen(3));
    let twice = ResponseProblem::RepeatedOption("a".repeat(64));
    check_refused(&photo(), &payload(&[good(), good()]), twice);
    let elsewhere = ResponseProblem::OptionElsewhere("video".into());
    check_refused(&photo(), &payload(&[file("a", "video", 10, "a.mp4")]), elsewhere);
    let large = payload(&[file("a", "picture", 1001, "a")]);
    check_refused(&photo(), &large, ResponseProblem::OutOfRange(1001.0));
    let empty = payload(&[file("a", "picture", 0, "a")]);
    check_refused(&photo(), &empty, ResponseProblem::OutOfRange(0.0));
    for wrong in [
        file("g", "picture", 1, "a"),
        file("A", "picture", 1, "a"),
        file("ab", "picture", 1, "a"),
        file("a", "program", 1, "a"),
        file("a", "picture", 1, ""),
        file("a", "picture", 1, "a\u{0}b"),
        file("a", "picture", 1, &"x".repeat(256)),
    ] {
        check_refused(&photo(), &payload(&[wrong]), ResponseProblem::Malformed);
    }
}

#[test]
fn a_form_names_files_that_were_taken_in() {
    let hash = "a".repeat(64);
    let value = format!("{hash} picture 10 ren M10.jpg");
    let expected = payload(&[file("a", "picture", 10, "ren M10.jpg")]);
    check_form(&photo(), &[("file", &value), ("file", ""), ("x", "y")], &expected);
    let item = item_of(&photo());
    let forged = payload_from_form(&item, &[("file", "abc picture many x")]);
    check_refused(&photo(), &forged, ResponseProblem::Malformed);
}

#[test]
fn drafts_are_checked() {
    assert_eq!(problems(&photo()), []);
    for wrong in [
        r#"{"type": "upload", "kinds": []}"#,
        r#"{"type": "upload", "kinds": ["pdf"], "most_files": 0}"#,
        r#"{"type": "upload", "kinds": ["pdf"], "most_files": 21}"#,
        r#"{"type": "upload", "kinds": ["pdf"], "fewest_files": 2}"#,
        r#"{"type": "upload", "kinds": ["pdf"], "most_bytes": 0}"#,
    ] {
        check_problems(wrong, &[("upload-limits", None)]);
    }
    let names = FileKind::ALL.map(|kind| (FileKind::find(kind.as_str()), kind));
    assert!(names.iter().all(|(found, kind)| *found == Some(*kind)));
}
