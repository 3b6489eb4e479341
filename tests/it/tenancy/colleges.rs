//! Two organisations on one platform, each with a quiz, an activity, an attempt, an invitation, and people of all kinds
//! who have a session.

use std::sync::Arc;

use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use storage::registration_changes::{self, RegistrationChange};
use tests::{Answer, Browser, Connected, TestSite};

use super::{KINDS, Kind, Row};
use crate::authoring::published;
use crate::learner::{make_codes_at, redeem};

const COLLEGE_A: &str = "Cao đẳng Nghề A";
const COLLEGE_B: &str = "Cao đẳng Nghề B";
const QUIZ_A: &str = "Đề kín của trường A";
/// Words that stand on college A's pages only.
pub(super) const COLLEGE_A_WORDS: [&str; 2] = [COLLEGE_A, QUIZ_A];

/// A session: its browser, its id, its form token.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) browser: Arc<Browser>,
    pub(super) origin: String,
    pub(super) session: String,
    pub(super) csrf: String,
}

pub(super) struct Colleges {
    pub(super) site: TestSite,
    a: College,
    b: College,
}

struct College {
    registration: String,
    course: String,
    course_id: String,
    picture: String,
    assessment: String,
    attempt: String,
    person: String,
    invitation: String,
    change: String,
    launch: String,
    regrade: String,
    enrolment: String,
    paper: String,
    administrator: String,
    used_code: String,
    open_code: String,
    desks: Vec<(Kind, Desk)>,
}

impl Colleges {
    pub(super) async fn found() -> Self {
        let site = TestSite::start().await;
        let a = College::found(&site, COLLEGE_A, QUIZ_A).await;
        let b = College::found(&site, COLLEGE_B, "Đề của trường B").await;
        Self { site, a, b }
    }

    pub(super) fn desk_of_a(&self, kind: Kind) -> &Desk {
        self.a.desk(kind)
    }

    pub(super) fn desk_of_b(&self, kind: Kind) -> &Desk {
        self.b.desk(kind)
    }

    /// What the parameters and placeholders of a row stand for; a new one needs its line here.
    pub(super) fn things_of_a(&self, row: &Row) -> Vec<(String, String)> {
        let id = match row.pattern {
            pattern if pattern.contains("/invitations/") => &self.a.invitation,
            pattern if pattern.contains("/administrators/") => &self.a.administrator,
            _ => &self.a.registration,
        };
        let course = match row.pattern.contains("/picker/") {
            true => &self.a.course_id,
            false => &self.a.course,
        };
        let step = if row.pattern.ends_with("/quiz") {
            "thi"
        } else {
            "bai"
        };
        let file = match row.pattern.contains("/courses/") {
            true => self.a.picture.clone(),
            false => file_of(&self.a.person),
        };
        let code = match row.pattern.ends_with("/withdraw") {
            true => &self.a.open_code,
            false => &self.a.used_code,
        };
        [
            ("attempt", &self.a.attempt),
            ("assessment", &self.a.assessment),
            ("person", &self.a.person),
            ("id", id),
            ("code", code),
            ("action", &"disable".to_owned()),
            ("change", &self.a.change),
            ("launch", &self.a.launch),
            ("regrade", &self.a.regrade),
            ("enrolment", &self.a.enrolment),
            ("group", &format!("g-{}", self.a.person)),
            ("override", &format!("o-{}", self.a.person)),
            ("slot", &"s1".to_owned()),
            ("file", &file),
            ("question", &"s1".to_owned()),
            ("paper", &self.a.paper),
            ("decision", &"approve".to_owned()),
            ("course", course),
            ("step", &step.to_owned()),
            ("number", &"1".to_owned()),
            ("revision", &"1".to_owned()),
            ("configuration", &self.configuration()),
        ]
        .map(|(name, id)| (name.to_owned(), id.clone()))
        .to_vec()
    }

    fn configuration(&self) -> String {
        format!("{}/mod/lti/openid-configuration.php", self.site.platform.origin())
    }

    /// The same with ids that nobody has.
    pub(super) fn unknown_things(&self) -> Vec<(String, String)> {
        let unknown = || uuid::Uuid::now_v7().to_string();
        let mut things: Vec<_> = [
            "attempt",
            "assessment",
            "person",
            "id",
            "change",
            "launch",
            "regrade",
            "enrolment",
            "group",
            "override",
            "file",
            "question",
            "paper",
            "course",
            "step",
            "code",
        ]
        .map(|name| (name.to_owned(), unknown()))
        .to_vec();
        things.push(("slot".to_owned(), "s1".to_owned()));
        things.push(("action".to_owned(), "disable".to_owned()));
        things.push(("decision".to_owned(), "approve".to_owned()));
        things.push(("number".to_owned(), "1".to_owned()));
        things.push(("revision".to_owned(), "1".to_owned()));
        things.push(("configuration".to_owned(), self.configuration()));
        things
    }
}

impl College {
    async fn found(site: &TestSite, organisation: &str, title: &str) -> Self {
        let connected = site.connect(Some(organisation)).await;
        let assessment = published(site, Some(organisation), title).await;
        let with_quiz = activity(site, &connected, title, Some(&assessment));
        let without_quiz = activity(site, &connected, title, None);
        let (course, course_id) = course(site, organisation, title, &connected.registration_id).await;
        let with_course = site.add_activity(&connected, title, &[("taynghe_course", &course_id)]);
        let picture = format!(
            "SELECT m.hash FROM media m JOIN course_files f ON f.media_id = m.id WHERE f.course_id = '{course_id}'"
        );
        let picture = site.database.texts(&picture).await.concat();
        let mut desks = Vec::new();
        for kind in KINDS {
            let browser = site.browser();
            let launch = |user, activity| site.platform.launch_initiation(user, activity).unwrap();
            let page = match kind {
                Kind::Learner => browser.launch(&launch(STUDENTS[0], with_quiz)).await,
                Kind::Instructor => browser.launch(&launch(INSTRUCTOR, with_quiz)).await,
                Kind::Reader => browser.launch(&launch(STUDENTS[0], with_course)).await,
                Kind::ReadersTeacher => browser.launch(&launch(INSTRUCTOR, with_course)).await,
                Kind::Choosing => browser.launch(&launch(INSTRUCTOR, without_quiz)).await,
                Kind::DeepLinking => {
                    let initiation =
                        site.platform
                            .deep_linking_initiation(INSTRUCTOR, COURSE, connected.tool);
                    browser.launch(&initiation.unwrap()).await
                }
                Kind::Administrator => {
                    let link = app::administration::link(&site.app, Some(organisation.to_owned())).await;
                    browser.post(&link.unwrap(), &[]).await
                }
                Kind::Account => {
                    let (_, desk): &(Kind, Desk) = &desks[4];
                    let codes = make_codes_at(&desk.browser, &desk.session, &desk.csrf, "Lớp kín", "2").await;
                    let shown = redeem(&browser, &codes[0], "Học viên").await;
                    browser.get(&shown.attributes("a.button", "href")[0]).await
                }
                Kind::Nobody => {
                    desks.push((kind, nobody(site, browser)));
                    continue;
                }
            };
            desks.push((kind, Desk::at(site, browser, &page)));
        }
        let mut college = Self {
            course,
            course_id,
            picture,
            registration: connected.registration_id,
            assessment,
            attempt: String::new(),
            person: String::new(),
            invitation: String::new(),
            change: String::new(),
            launch: String::new(),
            regrade: String::new(),
            enrolment: String::new(),
            paper: String::new(),
            administrator: String::new(),
            used_code: String::new(),
            open_code: String::new(),
            desks,
        };
        college.work(site, organisation).await;
        college.launch = test_launch(site, &college.registration, with_quiz).await;
        college
    }

    // An attempt is begun, and a platform invited.
    async fn work(&mut self, site: &TestSite, organisation: &str) {
        let learner = self.desk(Kind::Learner);
        let attempts = format!("/s/{}/attempts", learner.session);
        let attempt = learner.browser.post(&attempts, &[("csrf", &learner.csrf)]).await;
        assert_eq!(attempt.status, StatusCode::OK, "{}", attempt.all_text());
        let id = attempt.url.path_segments().unwrap().nth(3).unwrap().to_owned();
        let person = format!("SELECT person_id FROM attempts WHERE id = '{id}'");
        self.person = site.database.texts(&person).await.concat();
        site.database.execute(&module_of(&id, &self.person)).await;
        site.database.execute(&arranged(&id, &self.person)).await;
        let enrolment = format!(
            "SELECT e.id FROM enrolments e JOIN attempts a ON a.identity_id = e.identity_id WHERE a.id = '{id}'"
        );
        self.enrolment = site.database.texts(&enrolment).await.concat();
        site.database
            .execute(&authored_file(&self.registration, &file_of(&self.person)))
            .await;
        self.regrade = self.proposed(site).await;
        self.paper = paper(site, &id).await;
        self.attempt = id;
        let before = site.database.texts("SELECT id FROM invitations").await;
        app::invitation::invite(&site.app, Some(organisation.to_owned()), None)
            .await
            .unwrap();
        let mut after = site.database.texts("SELECT id FROM invitations").await;
        after.retain(|id| !before.contains(id));
        self.invitation = after.concat();
        let administrators = app::administrators::list(&site.app, Some(organisation.to_owned())).await;
        self.administrator = administrators.unwrap().remove(0).id;
        self.change = waiting_change(site, &self.registration).await;
        self.learn(site).await;
    }

    // The codes by which a learner came, and could come.
    async fn learn(&mut self, site: &TestSite) {
        let session = self.desk(Kind::Account).session.clone();
        let codes = format!(
            "SELECT c.id FROM learner_codes c JOIN sessions s ON s.organisation_id = c.organisation_id
               WHERE s.id = '{session}' AND c.kind = 'invitation' AND c.used_at IS"
        );
        self.used_code = site.database.texts(&format!("{codes} NOT NULL")).await.concat();
        self.open_code = site.database.texts(&format!("{codes} NULL")).await.concat();
    }

    // A correction that its instructor looks at.
    async fn proposed(&self, site: &TestSite) -> String {
        let desk = self.desk(Kind::Instructor);
        let address = format!("/s/{}/regrade", desk.session);
        let fields = [("csrf", desk.csrf.as_str()), ("question", "s1"), ("what", "full")];
        let page = desk.browser.post(&address, &fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        let id = page.url.path_segments().unwrap().next_back().unwrap().to_owned();
        let found = format!("SELECT id FROM regrades WHERE id = '{id}'");
        site.database.texts(&found).await.concat()
    }

    fn desk(&self, kind: Kind) -> &Desk {
        &self.desks.iter().find(|(known, _)| *known == kind).unwrap().1
    }
}

/// The address that the answer to the first question gets once it is submitted.
async fn paper(site: &TestSite, attempt: &str) -> String {
    let placement = format!("SELECT placement_id FROM attempts WHERE id = '{attempt}'");
    let placement = site.database.texts(&placement).await.concat();
    app::marking::paper_key(&placement, &"s1".into(), attempt)
}

impl Desk {
    fn at(site: &TestSite, browser: Browser, page: &Answer) -> Self {
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Self {
            browser: Arc::new(browser),
            origin: site.url.clone(),
            session: page.session_id(),
            csrf: page.csrf(),
        }
    }
}

fn file_of(person: &str) -> String {
    format!("file-of-{person}")
}

// A picture in a question of the organisation.
fn authored_file(registration: &str, hash: &str) -> String {
    format!(
        "INSERT INTO media (id, organisation_id, hash, kind, media_type, bytes, piece_bytes, authored_at, created_at)
           SELECT '{hash}', organisation_id, '{hash}', 'picture', 'image/png', 4, 4, created_at, created_at
           FROM registrations WHERE id = '{registration}';
         INSERT INTO media_pieces (media_id, number, content) VALUES ('{hash}', 0, 'abcd');"
    )
}

// A published course of a lesson with a picture, and a quiz: its key and its id.
async fn course(site: &TestSite, organisation: &str, title: &str, id: &str) -> (String, String) {
    let key = format!("khoa-{id}");
    let course = format!(
        "key = \"{key}\"\nlanguage = \"vi\"\nclosed = true\nunits = [\"phan\"]\ntitle.vi = \"{title}\"\n"
    );
    let unit = format!(
        "title.vi = \"{title}\"\nsteps = [\"bai\", \"thi\"]\n\n[assessments.thi]\ntitle.vi = \"{title}\"\n"
    );
    let lesson = format!("+++\ntitle = \"{title}\"\n+++\n\n![Máy](media/anh.png)\n");
    let quiz = serde_json::to_vec(&crate::authoring::draft(title)).unwrap();
    let files = [
        ("course.toml", course.into_bytes()),
        ("01-phan/unit.toml", unit.into_bytes()),
        ("01-phan/bai.vi.md", lesson.into_bytes()),
        ("01-phan/thi.json", quiz),
        ("media/anh.png", tests::small_png()),
    ];
    let files = files.map(|(path, bytes)| (path.to_owned(), bytes)).into();
    let read = interchange::folder::read(&files).unwrap();
    let course = app::course::CourseOfFiles {
        key: key.clone(),
        content: read.content,
        assessments: read.assessments,
        files: read.media,
    };
    let organisation = Some(organisation.to_owned());
    app::course::import(&site.app, organisation, course, Some(String::new()))
        .await
        .unwrap();
    let id = format!("SELECT id FROM courses WHERE key = '{key}'");
    (key, site.database.texts(&id).await.concat())
}

// A module's score in the course, with a grade of the person.
fn module_of(attempt: &str, person: &str) -> String {
    format!(
        "INSERT INTO grade_columns (id, context_id, resource_id, label, score_maximum, origin, created_at, updated_at,
           kind, rounding, unfinished)
           SELECT 'm-{person}', p.context_id, 'taynghe-module-score', 'M', 10, 'none', a.started_at, a.started_at,
             'module', 'tenths', 'left-out'
           FROM attempts a JOIN placements p ON p.id = a.placement_id WHERE a.id = '{attempt}';
         INSERT INTO grade_deliveries (id, grade_column_id, person_id, identity_id, registration_id, score, maximum,
           comment, revision, state, due_at, first_due_at, tries, sent_fractions, overwrite, created_at)
           SELECT 'd-{person}', 'm-{person}', a.person_id, a.identity_id, i.registration_id, 5, 10,
             '', 1, 'no-column', a.started_at, a.started_at, 0, '[]', FALSE, a.started_at
           FROM attempts a JOIN identities i ON i.id = a.identity_id WHERE a.id = '{attempt}';"
    )
}

// A group of the course, and an override for it.
fn arranged(attempt: &str, person: &str) -> String {
    format!(
        "INSERT INTO course_groups (id, context_id, name, created_at)
           SELECT 'g-{person}', p.context_id, 'Nhóm', a.started_at
           FROM attempts a JOIN placements p ON p.id = a.placement_id WHERE a.id = '{attempt}';
         INSERT INTO rule_overrides (id, placement_id, course_group_id, content, changed_at)
           SELECT 'o-{person}', a.placement_id, 'g-{person}', '{{}}', a.started_at
           FROM attempts a WHERE a.id = '{attempt}';"
    )
}

/// As if a launch had named services on another host.
async fn waiting_change(site: &TestSite, registration: &str) -> String {
    let change = RegistrationChange {
        id: uuid::Uuid::now_v7().to_string(),
        registration_id: registration.to_owned(),
        source: "launch".to_owned(),
        state: registration_changes::WAITING.to_owned(),
        differences: r#"[{"field":"service-origin","held":[],"said":["https://a.example.org"]}]"#.to_owned(),
        found_at: site.clock.now().naive_utc(),
        decided_at: None,
        decided_by: None,
    };
    let id = change.id.clone();
    let db = site.database.open().await;
    db.write(move |c| registration_changes::insert(c, &change))
        .await
        .unwrap();
    id
}

/// A launch that is kept because an administrator asked for it.
async fn test_launch(site: &TestSite, registration: &str, activity: i64) -> String {
    let (id, until) = (
        registration.to_owned(),
        site.clock.now() + chrono::Duration::minutes(5),
    );
    let db = site.database.open().await;
    db.write(move |c| storage::kept_launches::want_next(c, &id, until.naive_utc()))
        .await
        .unwrap();
    let initiation = site.platform.launch_initiation(STUDENTS[0], activity).unwrap();
    site.browser().launch(&initiation).await.session_id();
    let kept = format!("SELECT id FROM kept_launches WHERE registration_id = '{registration}'");
    site.database.texts(&kept).await.concat()
}

fn nobody(site: &TestSite, browser: Browser) -> Desk {
    Desk {
        browser: Arc::new(browser),
        origin: site.url.clone(),
        session: uuid::Uuid::now_v7().to_string(),
        csrf: "x".to_owned(),
    }
}

fn activity(site: &TestSite, connected: &Connected, title: &str, quiz: Option<&str>) -> i64 {
    let line_item = ActivityLineItem {
        score_maximum: 10.0,
        ..ActivityLineItem::default()
    };
    let custom = quiz.map(|quiz| ("taynghe_assessment".to_owned(), quiz.to_owned()));
    let activity = ActivityConfig {
        title: title.to_owned(),
        url: format!("{}/", site.url),
        custom: custom.into_iter().collect(),
        line_item: Some(line_item),
        tool: connected.tool,
        ..ActivityConfig::default()
    };
    site.platform.add_activity(COURSE, activity)
}
