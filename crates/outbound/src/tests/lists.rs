//! Lists in pages: followed to the end, and left when they have none.

use lti::testing::tool_key;

use super::outbound;
use super::platform::{Platform, Request, answer};
use super::tokens::{caller, grant, target};
use crate::{CallError, Cause, ServiceTarget, line_items, memberships};

/// A platform whose page at a path is: its `Link` headers (`{}` stands for its own origin) and its members' ids.
async fn platform(pages: fn(&str) -> (String, Vec<String>)) -> Platform {
    Platform::start(move |request: &Request| {
        if request.line == "POST /token" {
            return grant(request, "token", 3600);
        }
        let (links, ids) = pages(request.line.trim_start_matches("GET "));
        let members: Vec<String> = ids.iter().map(|id| format!(r#"{{"user_id":"{id}"}}"#)).collect();
        let origin = format!("http://{}", request.header("host"));
        let body = format!(r#"{{"context":{{"id":"2"}},"members":[{}]}}"#, members.join(","));
        answer("200 OK", &links.replace("{}", &origin), &body)
    })
    .await
}

async fn ids(platform: &Platform) -> Result<Vec<String>, CallError> {
    let (target, key) = (target(platform), tool_key());
    let members = memberships::read_all(&outbound(), &caller(&target, &key, 0), &platform.url("/m")).await?;
    Ok(members.into_iter().map(|member| member.user_id).collect())
}

fn named(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[tokio::test]
async fn all_pages_are_read() {
    let platform = platform(|path| match path {
        "/m" => (
            "Link: <{}/m?from=2>; rel=\"next\"\r\n".to_owned(),
            named(&["1", "2"]),
        ),
        "/m?from=2" => {
            let links = "Link: <{}/d>; rel=\"differences\"\r\nLink: <{}/m?a=b&amp;from=3>; rel=“next”\r\n";
            (links.to_owned(), named(&["3"]))
        }
        "/m?a=b&from=3" => ("Link: <{}/m>; rel=\"first\"\r\n".to_owned(), named(&["4"])),
        _ => panic!("{path}"),
    })
    .await;
    assert_eq!(ids(&platform).await.unwrap(), ["1", "2", "3", "4"]);
    let request = platform.requests().pop().unwrap();
    assert_eq!(
        request.header("accept"),
        "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    );
    assert_eq!(
        platform
            .lines()
            .iter()
            .filter(|line| *line == "POST /token")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_page_that_names_itself_is_the_last() {
    let platform = platform(|_| ("Link: <{}/m>; rel=\"next\"\r\n".to_owned(), named(&["1"]))).await;
    assert_eq!(ids(&platform).await.unwrap(), ["1"]);
}

#[tokio::test]
async fn a_ring_of_pages_is_left() {
    let platform = platform(|path| {
        let next = if path == "/m" { "/m?from=1" } else { "/m" };
        (format!("Link: <{{}}{next}>; rel=\"next\"\r\n"), named(&["1"]))
    })
    .await;
    let error = ids(&platform).await.unwrap_err();
    assert!(matches!(error, CallError::Endless { .. }), "{error:?}");
    assert_eq!(platform.lines(), ["POST /token", "GET /m", "GET /m?from=1"]);
}

#[tokio::test]
async fn no_more_than_a_hundred_pages_are_read() {
    let platform = platform(|path| {
        let number: usize = path
            .rsplit('=')
            .next()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        (
            format!("Link: <{{}}/m?from={}>; rel=\"next\"\r\n", number + 1),
            Vec::new(),
        )
    })
    .await;
    let error = ids(&platform).await.unwrap_err();
    assert!(matches!(error, CallError::Endless { .. }), "{error:?}");
    assert_eq!(platform.requests().len(), 101, "a token and a hundred pages");
}

/// Next pages that are not asked for: elsewhere, or no whole address.
const ELSEWHERE: [&str; 6] = [
    "https://evil.example/m",
    "{}@evil.example/",
    "/m?from=1",
    "//evil.example/m",
    "file:///m",
    "{}1/m",
];

#[tokio::test]
async fn the_next_page_is_on_the_same_origin() {
    for (number, next) in ELSEWHERE.iter().enumerate() {
        let platform = platform(|path| {
            let number: usize = path.rsplit('/').next().unwrap().parse().unwrap();
            (
                format!("Link: <{}>; rel=\"next\"\r\n", ELSEWHERE[number]),
                named(&["1"]),
            )
        })
        .await;
        let (target, key) = (target(&platform), tool_key());
        let url = platform.url(&format!("/m/{number}"));
        let got = memberships::read_all(&outbound(), &caller(&target, &key, 0), &url).await;
        assert_eq!(got.unwrap_err().code().as_str(), "LTI-SVC-ORIGIN", "{next}");
        assert_eq!(platform.requests().len(), 2, "{next}");
    }
}

#[tokio::test]
async fn moodles_lists_of_line_items_are_not_paged_others_are() {
    let check = async |family: Option<&str>, expected: &[&str]| {
        let platform = Platform::start(|request| match request.line.as_str() {
            "POST /token" => grant(request, "token", 3600),
            "GET /items?resource_id=q%261" => {
                let link = format!(
                    "Link: <http://{}/items?p=2>; rel=next\r\n",
                    request.header("host")
                );
                answer("200 OK", &link, r#"[{"id":"a","label":"A","scoreMaximum":1}]"#)
            }
            _ => answer("200 OK", "", r#"[{"id":"b","label":"B","scoreMaximum":1}]"#),
        })
        .await;
        let target = ServiceTarget {
            product_family: family.map(str::to_owned),
            ..target(&platform)
        };
        let (key, outbound) = (tool_key(), outbound());
        let caller = caller(&target, &key, 0);
        let items = line_items::list(&outbound, &caller, &platform.url("/items"), Some("q&1"))
            .await
            .unwrap();
        let ids: Vec<_> = items.iter().filter_map(|item| item.id.as_deref()).collect();
        assert_eq!(ids, expected, "{family:?}");
        let accepted = platform.requests().pop().unwrap();
        assert_eq!(
            accepted.header("accept"),
            "application/vnd.ims.lis.v2.lineitemcontainer+json"
        );
    };
    check(Some("moodle"), &["a"]).await;
    check(Some("canvas"), &["a", "b"]).await;
    check(None, &["a", "b"]).await;
}

#[tokio::test]
async fn a_list_is_not_larger_than_its_cap() {
    let long = |path: &str| {
        let number: usize = path
            .rsplit('=')
            .next()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        (
            format!("Link: <{{}}/m?from={}>; rel=\"next\"\r\n", number + 1),
            vec!["x".repeat(7 * 1024 * 1024)],
        )
    };
    let platform = platform(long).await;
    let error = ids(&platform).await.unwrap_err();
    assert_eq!(error.cause(), Some(Cause::TooLarge));
    assert_eq!(platform.requests().len(), 6, "a token and five pages of 7 MiB");
}

#[tokio::test]
async fn what_is_no_roster_is_refused() {
    let check = async |status: &'static str, body: &'static str, code: &str, retryable: bool| {
        let platform = Platform::start(move |request| match request.line.as_str() {
            "POST /token" => grant(request, "token", 3600),
            _ => answer(status, "", body),
        })
        .await;
        let error = ids(&platform).await.unwrap_err();
        assert_eq!(
            (error.code().as_str(), error.retryable()),
            (code, retryable),
            "{status} {body}"
        );
    };
    check("200 OK", "[]", "LTI-SVC-REFUSED", false).await;
    check("200 OK", "", "LTI-SVC-REFUSED", false).await;
    check("200 OK", "<html></html>", "LTI-SVC-UNREACHABLE", true).await;
    check("404 Not Found", "{}", "LTI-SVC-REFUSED", false).await;
    check("403 Forbidden", "{}", "LTI-SVC-REFUSED", false).await;
    check("500 Error", "{}", "LTI-SVC-UNREACHABLE", true).await;
}

#[tokio::test]
async fn a_next_page_that_lost_its_link_gets_it_back() {
    let platform = platform(|path| match path {
        "/m?rlid=12" => (
            "Link: <{}/m?limit=2&from=2>; rel=\"next\"\r\n".to_owned(),
            named(&["1", "2"]),
        ),
        "/m?limit=2&from=2&rlid=12" => ("Link: <{}/m>; rel=\"first\"\r\n".to_owned(), named(&["3"])),
        _ => panic!("{path}"),
    })
    .await;
    let (target, key) = (target(&platform), tool_key());
    let caller = caller(&target, &key, 0);
    let read = memberships::read_of_link(&outbound(), &caller, &platform.url("/m"), "12").await;
    let ids: Vec<String> = read.unwrap().into_iter().map(|member| member.user_id).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}
