//! The courses that come with the program: they read as folders, nothing is wrong with
//! them, and writing them gives the same bytes.

use std::path::{Path, PathBuf};

use interchange::folder::{Files, read, write};
use starter_content::{COURSES, StarterCourse};

fn files(course: &StarterCourse) -> Files {
    let files = course.files.iter();
    files
        .map(|(path, content)| ((*path).to_owned(), content.to_vec()))
        .collect()
}

#[test]
fn each_course_can_be_published_and_is_written_as_it_is() {
    for course in COURSES {
        let files = files(course);
        let folder = read(&files).unwrap_or_else(|problems| panic!("{}: {problems:#?}", course.key));
        assert_eq!(folder.key.as_str(), course.key);
        assert_eq!(course::check(&folder.content), [], "{}", course.key);
        assert_eq!(write(&folder), Ok(files), "{}", course.key);
        let languages: Vec<&str> = folder.content.languages().into_iter().collect();
        assert_eq!(languages, ["de", "en", "vi"], "{}", course.key);
    }
}

#[test]
fn each_file_of_a_course_is_listed() {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/starter-content/courses");
    for course in COURSES {
        let root = courses.join(course.key);
        let mut found: Vec<String> = below(&root)
            .iter()
            .map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned())
            .collect();
        found.sort();
        let listed: Vec<&str> = course.files.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, found, "{}", course.key);
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] })
        .collect()
}
