//! Two organisations on one platform, each with a quiz, an activity, an attempt, an invitation, and people of all kinds
//! who have a session.

use std::sync::Arc;

use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use super::{KINDS, Kind, Row};
use crate::authoring::published;

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
    assessment: String,
    attempt: String,
    person: String,
    invitation: String,
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
            _ => &self.a.registration,
        };
        [
            ("attempt", &self.a.attempt),
            ("assessment", &self.a.assessment),
            ("person", &self.a.person),
            ("id", id),
            ("action", &"disable".to_owned()),
        ]
        .map(|(name, id)| (name.to_owned(), id.clone()))
        .to_vec()
    }

    /// The same with ids that nobody has.
    pub(super) fn unknown_things(&self) -> Vec<(String, String)> {
        let unknown = || uuid::Uuid::now_v7().to_string();
        let mut things: Vec<_> = ["attempt", "assessment", "person", "id"]
            .map(|name| (name.to_owned(), unknown()))
            .to_vec();
        things.push(("action".to_owned(), "disable".to_owned()));
        things
    }
}

impl College {
    async fn found(site: &TestSite, organisation: &str, title: &str) -> Self {
        let connected = site.connect(Some(organisation)).await;
        let assessment = published(site, Some(organisation), title).await;
        let with_quiz = activity(site, &connected, title, Some(&assessment));
        let without_quiz = activity(site, &connected, title, None);
        let mut desks = Vec::new();
        for kind in KINDS {
            let browser = site.browser();
            let launch = |user, activity| site.platform.launch_initiation(user, activity).unwrap();
            let page = match kind {
                Kind::Learner => browser.launch(&launch(STUDENTS[0], with_quiz)).await,
                Kind::Instructor => browser.launch(&launch(INSTRUCTOR, with_quiz)).await,
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
                Kind::Nobody => {
                    desks.push((kind, nobody(site, browser)));
                    continue;
                }
            };
            desks.push((kind, Desk::at(site, browser, &page)));
        }
        let mut college = Self {
            registration: connected.registration_id,
            assessment,
            attempt: String::new(),
            person: String::new(),
            invitation: String::new(),
            desks,
        };
        college.work(site, organisation).await;
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
        self.attempt = id;
        let before = site.database.texts("SELECT id FROM invitations").await;
        app::invitation::invite(&site.app, Some(organisation.to_owned()), None)
            .await
            .unwrap();
        let mut after = site.database.texts("SELECT id FROM invitations").await;
        after.retain(|id| !before.contains(id));
        self.invitation = after.concat();
    }

    fn desk(&self, kind: Kind) -> &Desk {
        &self.desks.iter().find(|(known, _)| *known == kind).unwrap().1
    }
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
