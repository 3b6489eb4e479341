//! `GET /courses/{course}/package.zip`: an open course as one file that reads
//! without a line, at most two megabytes. The same version and language always make
//! the same bytes. Pictures come first, smaller if need be; sound and attachments as
//! far as there is room; video never. What is left out is named in words.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Write},
    sync::Arc,
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Bytes, Data, Path},
};
use app::{
    App, Code, Error,
    course::{self as courses, OpenCourse},
    media::{self, StoredFile},
};
use askama::Template;
use assessment::FileKind;
use moka::future::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use ui::{
    Language, Texts,
    page::course::{OfflineLesson, OfflinePart, PackageLink},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    Asked, Place,
    beside::{Beside, named, with_files},
    offline::{INDEX, Offline, STYLE},
    path_of,
};
use crate::{answering::upload, kept_page, problem::Problem, rendered::plain};

/// The most bytes of a package.
pub(super) const MOST_BYTES: usize = 2 * 1024 * 1024;
/// What the archive itself takes for a file, its names included.
const BYTES_OF_ENTRY: usize = 300;
/// How small pictures are made, one after the other, until they all have room: their longest side in pixels.
const SIDES: [u32; 3] = [1_000, 640, 400];
/// How many bytes of packages are kept in memory.
const BYTES_KEPT: u64 = 64 * 1024 * 1024;

/// The packages that were asked for last. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Packages(Cache<(String, &'static str), Package>);

/// A package, or that its pages alone are too much for one.
type Package = Option<Arc<Archive>>;

struct Archive {
    bytes: Bytes,
    etag: String,
}

impl Packages {
    pub(crate) fn new() -> Self {
        let weigher = |_name: &(String, &'static str), package: &Package| {
            let bytes = package.as_ref().map_or(0, |archive| archive.bytes.len());
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigher).max_capacity(BYTES_KEPT).build())
    }

    /// What the course's front page says of it.
    pub(super) async fn link(
        &self,
        app: &App,
        course: &OpenCourse,
        language: Language,
    ) -> Result<Option<PackageLink>, Problem> {
        let package = self.get(app, course, language).await?;
        Ok(package.map(|archive| PackageLink {
            path: format!("{}/package.zip", path_of(course)),
            size: upload::size(Texts::for_language(language), archive.bytes.len() as u64),
        }))
    }

    async fn get(&self, app: &App, course: &OpenCourse, language: Language) -> Result<Package, Problem> {
        let name = (course.version_id.clone(), language.tag());
        let made = self.0.try_get_with(name, make(app, course, language)).await;
        made.map_err(|error| Error::Internal(error.to_string()).into())
    }
}

/// The package itself.
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    packages: Data<Packages>,
    course: Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let course = courses::open(&app, course.into_inner()).await?;
    let package = packages.get(&app, &course, asked.language).await?;
    let too_much = || Error::refused(Code::NotFound, "the course is too large for a package");
    let archive = package.ok_or_else(too_much)?;
    let name = format!("{}-v{}-{}.zip", course.key, course.number, asked.language.tag());
    let is_known = kept_page::knows(&request, &archive.etag);
    let mut answer = match is_known {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    answer
        .insert_header((header::ETAG, archive.etag.as_str()))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        // it is compressed already
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_TYPE, "application/zip"));
    Ok(asked.cached(match is_known {
        true => answer.finish(),
        false => answer.body(archive.bytes.clone()),
    }))
}

async fn make(app: &App, course: &OpenCourse, language: Language) -> Result<Package, Error> {
    // One after the other: pictures are decoded, and an examination's uploads need room to be decoded, too.
    static TURN: Semaphore = Semaphore::const_new(1);
    let _turn = TURN
        .acquire()
        .await
        .map_err(|closed| Error::Internal(closed.to_string()))?;
    let address = app.address("/");
    let offline = Offline {
        course,
        language,
        origin: address.trim_end_matches('/').to_owned(),
    };
    let mut lessons = offline.lessons();
    let place = Place::open(course, "", language).media();
    let mut pages = rendered(&offline, &lessons)?;
    let wanted: BTreeSet<String> = pages.values().flat_map(|page| named(page, &place)).collect();
    let plain_files = plain_files(&offline)?;
    let mut files = plain_files.clone();
    files.extend(
        pages
            .iter()
            .map(|(name, page)| (name.clone(), page.clone().into_bytes())),
    );
    let pages_alone = packed(files).await?.len();
    let Some(room) = MOST_BYTES.checked_sub(pages_alone + BYTES_OF_ENTRY * wanted.len()) else {
        return Ok(None);
    };
    let taken = files_with_room(app, course, &wanted, room).await?;
    let beside: Beside = taken
        .iter()
        .map(|(hash, (name, _))| (hash.clone(), name.clone()))
        .collect();
    for (_, lesson) in &mut lessons {
        place_files(lesson, &place, &beside, &offline.origin);
    }
    pages = rendered(&offline, &lessons)?;
    let t = Texts::for_language(language);
    let mut files = plain_files;
    files.extend(pages.into_iter().map(|(name, page)| {
        let page = with_files(&page, &place, &beside, t);
        (name, page.into_bytes())
    }));
    files.extend(taken.into_values());
    let bytes = packed(files).await?;
    if bytes.len() > MOST_BYTES {
        return Ok(None);
    }
    let hash = Sha256::digest(&bytes);
    let hash: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Arc::new(Archive {
        etag: format!("\"{hash}\""),
        bytes: Bytes::from(bytes),
    })))
}

fn rendered(
    offline: &Offline<'_>,
    lessons: &[(String, OfflineLesson)],
) -> Result<BTreeMap<String, String>, Error> {
    let render =
        |page: Result<String, askama::Error>| page.map_err(|error| Error::Internal(error.to_string()));
    let mut pages = BTreeMap::from([(INDEX.to_owned(), render(offline.index().render())?)]);
    for (name, lesson) in lessons {
        pages.insert(name.clone(), render(lesson.render())?);
    }
    Ok(pages)
}

/// The style sheet, and what machines read of the course.
fn plain_files(offline: &Offline<'_>) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let sheets = ["taynghe.css", "course.css", "answers.css"];
    let sheets = sheets.iter().filter_map(|name| ui::find_asset(&ui::asset(name)));
    let style: Vec<u8> = sheets.flat_map(|sheet| sheet.bytes.iter().copied()).collect();
    let content = &offline.course.content;
    let licence = super::licence(content.licence.as_ref());
    let about = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": plain(&content.title, offline.language),
        "description": plain(&content.summary, offline.language),
        "inLanguage": offline.language.tag(),
        "version": offline.course.number,
        "url": format!("{}{}", offline.origin, path_of(offline.course)),
        "isAccessibleForFree": true,
        "license": licence.href,
        "copyrightHolder": { "@type": "Organization", "name": licence.holder },
        "isBasedOn": licence.source,
    });
    let about = serde_json::to_vec_pretty(&about).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(BTreeMap::from([
        (STYLE.to_owned(), style),
        ("course.json".to_owned(), about),
    ]))
}

fn place_files(lesson: &mut OfflineLesson, place: &str, beside: &Beside, origin: &str) {
    for part in &mut lesson.parts {
        let OfflinePart::File(file) = part else { continue };
        let hash = file.path.strip_prefix(place).unwrap_or_default();
        match beside.get(hash.trim_start_matches('/')) {
            Some(name) => file.path.clone_from(name),
            None => {
                file.is_here = false;
                file.path = format!("{origin}{}", file.path);
            }
        }
    }
}

/// The files that have room, by hash: name in the package and content.
type Taken = BTreeMap<String, (String, Vec<u8>)>;

async fn files_with_room(
    app: &App,
    course: &OpenCourse,
    wanted: &BTreeSet<String>,
    room: usize,
) -> Result<Taken, Error> {
    let files = courses::files(app, course).await?;
    let files = files.into_iter().filter(|file| wanted.contains(&file.hash));
    let (pictures, others): (Vec<_>, Vec<_>) = files.partition(|file| file.kind == FileKind::Picture);
    let mut taken = pictures_with_room(app, &pictures, room).await?;
    let mut left = room.saturating_sub(taken.values().map(|(_, content)| content.len()).sum());
    for file in others.iter().filter(|file| file.kind != FileKind::Video) {
        let bytes = usize::try_from(file.bytes).unwrap_or(usize::MAX);
        let ending = ending(&file.media_type);
        if bytes <= left && !ending.is_empty() {
            left -= bytes;
            let content = courses::whole_file(app, file).await?;
            taken.insert(file.hash.clone(), (name_of(file, ending), content));
        }
    }
    Ok(taken)
}

async fn pictures_with_room(app: &App, pictures: &[StoredFile], room: usize) -> Result<Taken, Error> {
    let whole: u64 = pictures.iter().map(|picture| picture.bytes).sum();
    if whole <= room as u64 {
        let mut taken = Taken::new();
        for picture in pictures {
            let content = courses::whole_file(app, picture).await?;
            let name = name_of(picture, media::ending(&picture.media_type));
            taken.insert(picture.hash.clone(), (name, content));
        }
        return Ok(taken);
    }
    let mut taken = Taken::new();
    for side in SIDES {
        taken.clear();
        let mut left = room;
        for picture in pictures {
            let (content, ending) = courses::smaller_picture(app, picture, side).await?;
            let Some(rest) = left.checked_sub(content.len()) else {
                break;
            };
            left = rest;
            taken.insert(picture.hash.clone(), (name_of(picture, ending), content));
        }
        if taken.len() == pictures.len() {
            break;
        }
    }
    Ok(taken)
}

fn name_of(file: &StoredFile, ending: &str) -> String {
    let short = file.hash.get(..16).unwrap_or(&file.hash);
    format!("media/{short}{ending}")
}

// Without an ending a phone would not know what to do with it.
fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => ".pdf",
        "application/zip" => ".zip",
        "text/plain" => ".txt",
        other => media::ending(other),
    }
}

/// One archive of these files; the same ones make the same bytes.
async fn packed(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>, Error> {
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let packed = web::block(move || archive(&files)).await;
    let failed = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    packed
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))
}

fn archive(files: &BTreeMap<String, Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // no time of its own: 1980-01-01
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, content) in files {
        let method = match name.starts_with("media/") {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        archive.start_file(name, options.compression_method(method))?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}
