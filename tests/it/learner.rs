//! Learners who come from no platform: how they sign in, what they have here, and how they leave.

mod account;
mod codes;
mod device;
mod provider;

use reqwest::StatusCode;
use tests::{Answer, Browser, TestSite};

const COLLEGE: &str = "Cao đẳng Nghề A";

/// An administrator's overview.
async fn administrator(site: &TestSite, organisation: &str) -> (Browser, Answer) {
    let browser = site.browser();
    let link = app::administration::link(&site.app, Some(organisation.to_owned())).await;
    let page = browser.post(&link.unwrap(), &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    (browser, page)
}

/// Makes codes of a label, as a file.
async fn make_codes(browser: &Browser, page: &Answer, label: &str, count: &str) -> Vec<String> {
    make_codes_at(browser, &page.session_id(), &page.csrf(), label, count).await
}

/// The same in a session that is known by its id.
pub(crate) async fn make_codes_at(
    browser: &Browser,
    session: &str,
    csrf: &str,
    label: &str,
    count: &str,
) -> Vec<String> {
    let path = format!("/s/{session}/administration/learners/codes");
    let fields = [
        ("csrf", csrf),
        ("label", label),
        ("count", count),
        ("days", "30"),
        ("then", "csv"),
    ];
    let file = browser.post(&path, &fields).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    let lines = file.body.lines().skip(1);
    lines
        .map(|line| line.split(';').next().unwrap().to_owned())
        .collect()
}

/// Codes of an organisation by an administrator of it.
async fn codes(site: &TestSite, organisation: &str, count: &str) -> Vec<String> {
    let (browser, page) = administrator(site, organisation).await;
    make_codes(&browser, &page, "Lớp hàn K20", count).await
}

/// A learner who redeemed a code.
struct Learner {
    browser: Browser,
    /// Their courses.
    page: Answer,
    /// The code to return with.
    return_code: String,
}

impl Learner {
    async fn new(site: &TestSite, code: &str, name: &str) -> Self {
        let browser = site.browser();
        let shown = redeem(&browser, code, name).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.all_text());
        let return_code = shown.text(".big-code code").expect("a code to return with");
        let next = shown.attributes("a.button", "href").remove(0);
        let page = browser.get(&next).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Self {
            browser,
            page,
            return_code,
        }
    }

    /// Of the first organisation.
    async fn of_college(site: &TestSite) -> Self {
        let code = codes(site, COLLEGE, "1").await.remove(0);
        Self::new(site, &code, "Nguyễn Thị Ánh").await
    }

    fn path(&self, below: &str) -> String {
        format!("/s/{}/{below}", self.page.session_id())
    }
}

/// A learner of the organisation that is there first, with the id of their session.
pub(crate) async fn of_first_organisation(site: &TestSite) -> (Browser, String) {
    let names = site
        .database
        .texts("SELECT name FROM organisations ORDER BY id")
        .await;
    let code = codes(site, &names[0], "1").await.remove(0);
    let learner = Learner::new(site, &code, "Nguyễn Thị Ánh").await;
    let session = learner.page.session_id();
    (learner.browser, session)
}

/// Types a code, and the name with it.
pub(crate) async fn redeem(browser: &Browser, code: &str, name: &str) -> Answer {
    browser
        .post(
            "/sign-in/code",
            &[("language", "vi"), ("code", code), ("name", name)],
        )
        .await
}

/// The code of the failure that the form shows.
fn failure(page: &Answer) -> Option<String> {
    page.text("#code-error code")
}
