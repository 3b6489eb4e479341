//! Hosts as people paste them.

use super::*;

#[test]
fn a_host_is_found_in_what_people_paste() {
    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        let host = normal_host(typed).ok().flatten();
        assert_eq!(host.as_deref(), expected, "{typed}");
    }
    check("moodle.college.edu.vn", Some("moodle.college.edu.vn"));
    check(" Moodle.College.edu.VN ", Some("moodle.college.edu.vn"));
    check(
        "https://moodle.college.edu.vn/course/view.php?id=2",
        Some("moodle.college.edu.vn"),
    );
    check("moodle.college.edu.vn/moodle", Some("moodle.college.edu.vn"));
    check("http://127.0.0.1:8081/", Some("127.0.0.1:8081"));
    check("localhost:8081", Some("localhost:8081"));
    check("https://moodle.college.edu.vn:443", Some("moodle.college.edu.vn"));
    check("http://moodle.college.edu.vn:80", Some("moodle.college.edu.vn"));
    check("https://[2001:db8::1]:8443/x", Some("[2001:db8::1]:8443"));
    check("trường.vn", Some("xn--trng-rib8295b.vn"));
    check("", None);
    for nonsense in [
        "a b",
        "ftp://moodle.vn",
        "https://teacher@moodle.vn",
        "https://",
        "moodle.vn:x",
    ] {
        assert!(normal_host(nonsense).is_err(), "{nonsense}");
    }
}
