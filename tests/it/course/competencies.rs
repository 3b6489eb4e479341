//! Competencies: what a course teaches, how far a student and a class have come, the evidence behind it, and the
//! frameworks as programs read them.

use app::competency;
use course::{Framework, Frameworks, read_framework, unknown_tags};
use interchange::folder::Files;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::{Method, StatusCode, header};
use serde_json::Value;
use tests::TestSite;

use super::{
    CHECKS, LESSON, files,
    study::{Desk, Story, with_quiz},
    take_in,
};

const TAGS: &str = "\n[[competencies]]\nframework = \"tt02-2025\"\ncode = \"4.1\"\n";

fn frameworks() -> Vec<Framework> {
    let read = |file: &starter_content::StarterFile| {
        read_framework(file.json).unwrap_or_else(|problems| panic!("{}: {problems:?}", file.name))
    };
    starter_content::FRAMEWORKS.iter().map(read).collect()
}

/// The course with a lesson that teaches 4.1, a question of it that shows 4.2, and a quiz that shows 4.2 as well.
fn tagged(files: Files) -> Files {
    let mut files = files;
    let lesson = LESSON.replacen("minutes = 5\n", &format!("minutes = 5\n{TAGS}"), 1);
    files.insert("01-may/chia-van.vi.md".to_owned(), lesson.into_bytes());
    let own = "\"competencies\": [{\"framework\": \"tt02-2025\", \"code\": \"4.2\"}], \"key\": \"toc-do\"";
    let checks = CHECKS.replace("\"key\": \"toc-do\"", own);
    files.insert("01-may/chia-van.checks.json".to_owned(), checks.into_bytes());
    let unit = format!(
        "{}\n[[assessments.thi.competencies]]\nframework = \"tt02-2025\"\ncode = \"4.2\"\n",
        super::LAST_UNIT
    );
    files.insert("02-cuoi-khoa/unit.toml".to_owned(), unit.into_bytes());
    files
}

async fn begin() -> Story {
    let story = Story::of(&tagged(with_quiz())).await;
    competency::install(&story.site.app, frameworks()).await.unwrap();
    story
}

impl Desk {
    async fn competencies(&self, rest: &str) -> tests::Answer {
        let path = format!("/s/{}/competencies{rest}", self.page.session_id());
        self.browser.get(&path).await
    }

    async fn answer(&self, check: &str, answer: &str) {
        let field = format!("answer/{check}");
        let then = format!("check/{check}");
        let fields = [(field.as_str(), answer), ("then", then.as_str())];
        let page = self.post("/chia-van", &fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    }
}

#[test]
fn the_frameworks_of_the_program_are_whole() {
    let all = frameworks();
    let counts: Vec<(&str, usize)> = all
        .iter()
        .map(|framework| (framework.key(), framework.items.len()))
        .collect();
    assert_eq!(
        counts,
        [
            ("digcomp-2.2", 26),
            ("digcomp-3.0", 26),
            ("tt02-2025", 30),
            ("tt03-2014", 6),
            ("cefr", 36),
            ("indmet-2018", 50),
            ("crosswalks", 0)
        ]
    );
    let items = all.iter().flat_map(|framework| &framework.items);
    let known: std::collections::BTreeSet<&str> =
        items.clone().map(|item| item.identifier.as_str()).collect();
    for item in items {
        for language in ["vi", "en", "de"] {
            assert!(
                item.extensions.names.contains_key(language),
                "{} {language}",
                item.code
            );
        }
    }
    let crosswalks = all.last().unwrap();
    for association in &crosswalks.associations {
        assert!(
            known.contains(association.origin.identifier.as_str()),
            "{association:?}"
        );
        assert!(
            known.contains(association.destination.identifier.as_str()),
            "{association:?}"
        );
    }
    let side_by_side: Vec<&Framework> = all.iter().collect();
    for course in starter_content::COURSES {
        let files = course.files.iter();
        let files = files
            .map(|(path, content)| ((*path).to_owned(), content.to_vec()))
            .collect();
        let content = super::read(&files).content;
        assert_eq!(
            unknown_tags(&content, Frameworks(&side_by_side)),
            [],
            "{}",
            course.key
        );
        assert!(!content.competencies.is_empty(), "{}", course.key);
    }
}

#[tokio::test]
async fn a_student_sees_how_far_they_have_come_and_why() {
    let story = begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let empty = student.competencies("").await;
    assert!(
        empty.all_text().contains("Chưa có năng lực nào"),
        "{}",
        empty.all_text()
    );

    student.post("/chia-van", &[("then", "read")]).await;
    let read = student.competencies("").await.all_text();
    for part in [
        "Khung năng lực số cho người học (Thông tư 02/2025/TT-BGDĐT)",
        "4.1 Bảo vệ thiết bị Đang học",
        "4.2 Bảo vệ dữ liệu cá nhân và quyền riêng tư Chưa bắt đầu",
        "Đã làm 0/1 câu hỏi và bài kiểm tra",
        "Chìa vặn mâm cặp",
        "DigComp 2.2: Khung năng lực số cho công dân: 4.1 Bảo vệ thiết bị",
    ] {
        assert!(read.contains(part), "{part}: {read}");
    }

    student.answer("vi-tri", "b").await;
    let wrong = student.competencies("").await.all_text();
    assert!(wrong.contains("4.1 Bảo vệ thiết bị Đang học"), "{wrong}");
    student.answer("vi-tri", "a").await;
    let right = student.competencies("").await.all_text();
    assert!(right.contains("4.1 Bảo vệ thiết bị Đạt"), "{right}");
    assert!(
        right.contains("Chìa vặn mâm cặp, câu 1") && right.contains("100 %"),
        "{right}"
    );
    // one of two that prove it
    student.answer("toc-do", "12,5").await;
    let half = student.competencies("").await.all_text();
    assert!(
        half.contains("4.2 Bảo vệ dữ liệu cá nhân và quyền riêng tư Đang học"),
        "{half}"
    );
    assert!(
        half.contains("Đã làm 1/2 câu hỏi và bài kiểm tra · trung bình 50 %"),
        "{half}"
    );
}

#[tokio::test]
async fn an_instructor_sees_the_class_and_the_evidence() {
    let story = begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.post("/chia-van", &[("then", "read")]).await;
    student.answer("vi-tri", "a").await;
    story.open(STUDENTS[1], student.activity).await;
    let refused = student.competencies("/class").await;
    assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"));

    let teacher = story.open(INSTRUCTOR, student.activity).await;
    let class = teacher.competencies("/class").await;
    let text = class.all_text();
    assert!(text.contains("1 đạt, 0 đang học, trong số 2 sinh viên"), "{text}");
    assert_eq!(class.count(".competency-table tbody tr"), 2, "{text}");
    assert_eq!(class.count(".competency-table tbody .badge.good"), 1);
    let file = teacher.competencies("/class.csv").await;
    assert!(file.body.contains("4.1 Bảo vệ thiết bị"), "{}", file.body);
    assert!(file.body.contains("Đạt;100"), "{}", file.body);
    let links = class.attributes(".competency-table tbody a", "href");
    let mut texts = Vec::new();
    for link in links {
        texts.push(teacher.browser.get(&link).await.all_text());
    }
    assert!(
        texts.iter().any(|text| text.contains("Chìa vặn mâm cặp, câu 1")),
        "{texts:?}"
    );
    assert!(
        texts.iter().all(|text| text.contains("Năng lực của lớp")),
        "{texts:?}"
    );
    let nobody = teacher
        .competencies("/class/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f")
        .await;
    assert_eq!(nobody.code().as_deref(), Some("WEB-NOT-FOUND"));
}

async fn json(site: &TestSite, path: &str) -> (StatusCode, Value, String) {
    let url = format!("{}/ims/case/v1p0{path}", site.url).parse().unwrap();
    let answer = site.browser().send(Method::GET, &url, &[], None).await;
    let etag = answer.headers.get(header::ETAG);
    let etag = etag
        .map(|etag| etag.to_str().unwrap().to_owned())
        .unwrap_or_default();
    (
        answer.status,
        serde_json::from_str(&answer.body).unwrap_or_default(),
        etag,
    )
}

#[tokio::test]
async fn programs_read_the_frameworks_of_everybody() {
    let story = begin().await;
    let site = &story.site;
    let (_, all, _) = json(site, "/CFDocuments").await;
    let documents = all["CFDocuments"].as_array().unwrap();
    assert_eq!(documents.len(), starter_content::FRAMEWORKS.len());
    let (_, some, _) = json(site, "/CFDocuments?limit=2&offset=1").await;
    assert_eq!(some["CFDocuments"].as_array().unwrap().len(), 2);
    for document in documents {
        let id = document["identifier"].as_str().unwrap();
        assert_eq!(
            document["uri"],
            format!("{}/ims/case/v1p0/CFDocuments/{id}", site.url)
        );
        let (_, package, etag) = json(site, &format!("/CFPackages/{id}")).await;
        let read = read_framework(&package.to_string()).unwrap();
        assert_eq!(read.document.identifier, id);
        let known = (header::IF_NONE_MATCH, etag);
        let url = format!("{}/ims/case/v1p0/CFPackages/{id}", site.url)
            .parse()
            .unwrap();
        let again = site.browser().send(Method::GET, &url, &[known], None).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        for (kind, nodes) in [
            ("CFItems", &package["CFItems"]),
            ("CFAssociations", &package["CFAssociations"]),
        ] {
            let Some(node) = nodes.as_array().unwrap().first() else {
                continue;
            };
            let (status, found, _) =
                json(site, &format!("/{kind}/{}", node["identifier"].as_str().unwrap())).await;
            assert_eq!(
                (status, &found["identifier"]),
                (StatusCode::OK, &node["identifier"])
            );
            if kind == "CFItems" {
                assert_eq!(found["CFDocumentURI"]["identifier"], id);
            }
        }
    }
    let (status, ..) = json(site, "/CFItems/00000000-0000-0000-0000-000000000000").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn editions_never_change_and_an_organisations_own_are_its_own() {
    let story = begin().await;
    let app = &story.site.app;
    let mut own = frameworks().remove(0);
    own.document.extensions.key = "chuan-truong".to_owned();
    own.document.identifier = "0f0f0f0f-0000-4000-8000-000000000001".to_owned();
    own.associations.clear();
    let check = async |framework: &Framework, number: i64, is_new: bool| {
        let imported = competency::import(app, None, framework.clone()).await.unwrap();
        assert_eq!((imported.number, imported.is_new), (number, is_new));
    };
    check(&own, 1, true).await;
    check(&own, 1, false).await;
    own.document.version = "2".to_owned();
    check(&own, 2, true).await;
    assert_eq!(
        story.site.count("competency_frameworks").await,
        starter_content::FRAMEWORKS.len() as i64 + 2
    );
    competency::install(app, frameworks()).await.unwrap();
    assert_eq!(
        story.site.count("competency_frameworks").await,
        starter_content::FRAMEWORKS.len() as i64 + 2
    );
    let (status, ..) = json(&story.site, "/CFPackages/0f0f0f0f-0000-4000-8000-000000000001").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_courses_front_page_tells_what_it_teaches() {
    let site = TestSite::start().await;
    competency::install(&site.app, frameworks()).await.unwrap();
    take_in(&site, None, &tagged(files()), Some("")).await.unwrap();
    let front = site.browser().get("/courses/an-toan-xuong?language=en").await;
    assert_eq!(
        front.count("[itemprop=teaches][itemtype='https://schema.org/DefinedTerm']"),
        2
    );
    let text = front.all_text();
    assert!(
        text.contains("4.2 Protecting personal data and privacy"),
        "{text}"
    );
    let paths = front.attributes("[itemprop=teaches] link", "href");
    for path in paths {
        assert_eq!(site.browser().get(&path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_learner_with_an_account_finds_their_own_from_their_courses() {
    let story = begin().await;
    let (browser, session) = crate::learner::of_first_organisation(&story.site).await;
    let lesson = format!("/s/{session}/courses/an-toan-xuong/chia-van");
    assert_eq!(browser.get(&lesson).await.status, StatusCode::OK);
    let courses = browser.get(&format!("/s/{session}/learning")).await;
    let links = courses.attributes("main a", "href");
    let path = links.into_iter().find(|link| link.ends_with("/competencies"));
    let report = browser.get(&path.expect("a link to the competencies")).await;
    assert_eq!(report.status, StatusCode::OK, "{}", report.all_text());
    assert!(report.all_text().contains("4.1"), "{}", report.all_text());
}
