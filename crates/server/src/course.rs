//! `taynghe import` and `taynghe export`: a course as a folder of Markdown and
//! TOML files. This file reads and writes the disk; what the files mean is
//! `interchange`'s.

use std::{
    fs,
    path::{Component, Path},
};

use ::course::{Key, Problem};
use anyhow::{Context, bail, ensure};
use app::{
    Clock, competency,
    course::{self, CourseOfFiles, Imported},
};
use interchange::folder::{self, CourseFolder, Files};
use serde_json::json;
use settings::Settings;

use crate::{
    cli::{ExportCourse, ImportCourse},
    framework, output, start,
};

/// Names that versioning tools and file managers leave in folders.
const NOT_OURS: [&str; 4] = [".git", ".gitignore", ".DS_Store", "Thumbs.db"];

/// Takes a folder in.
pub(crate) async fn import(settings: &Settings, command: ImportCourse) -> anyhow::Result<()> {
    let course = read(&command.folder)?;
    let app = start::app(settings, Clock::system()).await?;
    let key = course.key.clone();
    framework::install(&app).await?;
    let unknown = competency::unknown_tags(&app, command.organisation.name.clone(), course.content.clone());
    for tag in unknown.await? {
        output::warn(&format!("{key}: CRS-COMPETENCY {} {}", tag.framework, tag.code));
    }
    let note = command.publish.then(|| command.note.unwrap_or_default());
    let imported = course::import(&app, command.organisation.name, course, note).await?;
    for problem in &imported.problems {
        output::warn(&format!("{key}: {}", line(problem)));
    }
    let address = app.address(&format!("/courses/{key}"));
    let told = told(&key, &address, &imported);
    let json = json!({
        "key": key,
        "version": imported.version,
        "published": imported.is_new_version,
        "address": address,
        "problems": imported.problems.iter().map(line).collect::<Vec<_>>(),
    });
    output::print(command.output.format, &told, &json);
    Ok(())
}

/// Where, what by its code, and what exactly: `machines/lathe (de): CRS-LINK spindle`.
fn line(problem: &Problem) -> String {
    let at = &problem.at;
    let place: Vec<&str> = [&at.unit, &at.step, &at.part]
        .into_iter()
        .flatten()
        .map(Key::as_str)
        .collect();
    let place = if place.is_empty() {
        "course".to_owned()
    } else {
        place.join("/")
    };
    let language = at.language.as_ref().map(|language| format!(" ({language})"));
    let named = if problem.named.is_empty() {
        String::new()
    } else {
        format!(" {}", problem.named)
    };
    format!(
        "{place}{}: {}{named}",
        language.unwrap_or_default(),
        problem.code()
    )
}

fn told(key: &str, address: &str, imported: &Imported) -> String {
    match imported {
        Imported {
            is_new_version: true,
            version,
            ..
        } => format!("{key}: version {version} is published, {address}"),
        Imported { version: 0, .. } => format!("{key}: the draft is stored; nothing is published yet"),
        Imported { version, .. } => format!("{key}: the draft is stored; readers get version {version}"),
    }
}

/// Reads a course's folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<CourseOfFiles> {
    let mut files = Files::new();
    collect(folder, "", &mut files)?;
    in_files(&files).with_context(|| folder.display().to_string())
}

/// The course that these files are.
pub(crate) fn in_files(files: &Files) -> anyhow::Result<CourseOfFiles> {
    let course = match folder::read(files) {
        Ok(course) => course,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the folder is no course:\n{}", lines.join("\n"));
        }
    };
    Ok(CourseOfFiles {
        key: course.key.to_string(),
        content: course.content,
        assessments: course.assessments,
        files: course.media,
    })
}

fn collect(folder: &Path, place: &str, files: &mut Files) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            bail!("{}: the name is not UTF-8", entry.path().display());
        };
        if NOT_OURS.contains(&name) {
            continue;
        }
        let path = format!("{place}{name}");
        // what a link leads to does not belong to the folder
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            ensure!(
                files.len() < folder::MOST_FILES,
                "more than {} files",
                folder::MOST_FILES
            );
            ensure!(
                entry.file_type()?.is_file(),
                "{}: neither a file nor a folder",
                entry.path().display()
            );
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes a course into a new folder.
pub(crate) async fn export(settings: &Settings, command: ExportCourse) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    let course = course::export(&app, command.organisation.name, command.key).await?;
    let files = folder::write(&CourseFolder {
        key: Key::new(course.key),
        content: course.content,
        assessments: course.assessments,
        media: course.files,
    })?;
    if command.folder.exists() {
        let is_empty = fs::read_dir(&command.folder)?.next().is_none();
        ensure!(is_empty, "{}: the folder is not empty", command.folder.display());
    }
    for (path, content) in &files {
        let path = Path::new(path);
        ensure!(
            path.components().all(|part| matches!(part, Component::Normal(_))),
            "a file would lie outside"
        );
        let path = command.folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, content).with_context(|| path.display().to_string())?;
    }
    let json = json!({ "folder": command.folder.display().to_string(), "files": files.len() });
    let told = format!("{} files in {}", files.len(), command.folder.display());
    output::print(command.output.format, &told, &json);
    Ok(())
}
