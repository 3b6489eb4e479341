//! Memberships as Moodle sends them, and as others may.

use super::*;
use crate::recording;
use crate::roles::ContextRole;

const PAGE: &str = "http://localhost:8090/mod/lti/services.php/CourseSection/2/bindings/1/memberships";

fn recorded(note: &str) -> MembershipPage {
    let exchange = recording::exchange_of("nrps.http", note);
    parse_membership_page(exchange.body.as_bytes(), exchange.header("Link"), PAGE).unwrap()
}

#[test]
fn recorded_rosters() {
    let all = recorded("all members of the context");
    assert_eq!((all.members.len(), all.next), (7, None));
    assert_eq!(all.context_id.as_deref(), Some("2"));
    let of = |id: &str| all.members.iter().find(|member| member.user_id == id).unwrap();
    let student = of("5");
    assert_eq!(student.family_name.as_deref(), Some("Nguyễn"));
    assert_eq!(student.given_name.as_deref(), Some("Thị Ánh"));
    assert_eq!(student.email.as_deref(), Some("student1@example.vn"));
    assert_eq!(student.sourcedid.as_deref(), Some("STUDENT1-MSSV"));
    assert_eq!(student.status, MemberStatus::Active);
    assert_eq!(student.roles.context_role(), ContextRole::Learner);
    assert_eq!(of("3").roles.context_role(), ContextRole::Instructor);
    // the non-editing teacher, an instructor in launches: see the quirk table
    assert_eq!(of("4").roles.context_role(), ContextRole::Learner);
    let first = recorded("limit=3 (Link header)");
    assert_eq!(first.next, Some(format!("{PAGE}?limit=3&from=3")));
    assert_eq!(recorded("limit=3&from=6 (last page)").next, None);
    let private = recorded("privacy: name never, email never");
    assert!(
        private
            .members
            .iter()
            .all(|member| member.name.is_none() && member.email.is_none())
    );
}

#[test]
fn next_pages_stay_at_home() {
    let check = |link: &str, expected: Result<Option<&str>, Code>| {
        let got = parse_membership_page(b"{\"members\":[]}", [link], "https://lms.example/m?a=1")
            .map(|page| page.next)
            .map_err(|refusal| refusal.code);
        assert_eq!(got, expected.map(|next| next.map(str::to_owned)), "{link}");
    };
    let next = "https://lms.example/m?a=1&from=2";
    check(&format!("<{next}>; rel=“next”"), Ok(Some(next)));
    check("<https://lms.example/m?a=1&amp;from=2>; rel=next", Ok(Some(next)));
    check("<https://evil.example/m>; rel=\"next\"", Err(Code::SvcOrigin));
    check("</m?from=2>; rel=\"next\"", Err(Code::SvcOrigin));
    check("<https://lms.example/m?a=1>; rel=\"next\"", Ok(None));
}

#[test]
fn odd_members() {
    let body = r#"{"members":[
        {"user_id":"1","status":"inactive","roles":"x","name":5},
        {"user_id":"2","status":"Deleted","roles":["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]},
        {"user_id":"3","status":"Sleeping","email":"none"},
        {"name":"no id"}, 7]}"#;
    let page = parse_membership_page(body.as_bytes(), [], PAGE).unwrap();
    let statuses: Vec<_> = page.members.iter().map(|member| member.status).collect();
    use MemberStatus::{Active, Deleted, Inactive};
    assert_eq!(statuses, [Inactive, Deleted, Active]);
    assert_eq!(page.members[1].roles.context_role(), ContextRole::Learner);
    assert_eq!(page.members[2].email, None);
    for body in ["", "[]", "{}", "<html>"] {
        let refusal = parse_membership_page(body.as_bytes(), [], PAGE).unwrap_err();
        assert_eq!(refusal.code, Code::SvcRefused);
    }
}

#[test]
fn addresses_name_their_link_once() {
    let check = |url: &str, expected: &str| assert_eq!(members_of_link_url(url, "a b&c"), expected, "{url}");
    check("https://m.example/m", "https://m.example/m?rlid=a+b%26c");
    check(
        "https://m.example/m?from=50",
        "https://m.example/m?from=50&rlid=a+b%26c",
    );
    check("https://m.example/m?rlid=7", "https://m.example/m?rlid=7");
    check("no address", "no address");
}
