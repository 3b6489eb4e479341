//! The sections of the sign-in and the settings of our own https: what is taken, and which setting a mistake names.

use super::*;

const GOOD: &str = r#"
    outbound_allow_private = ["localhost", "10.0.0.0/8"]
    [sign_in.college]
    name = "Google Workspace"
    issuer = "https://accounts.google.com"
    client_id = "abc"
    client_secret_file = "/etc/taynghe/google.secret"
    administrator_emails = ["Khue@Truong.edu.vn"]
"#;

const SHARED: &str = r#"
    [sign_in.microsoft-365]
    name = "Microsoft 365"
    issuer = "https://login.microsoftonline.com/{tenantid}/v2.0"
    tenants = ["72F988BF-86F1-41AF-91AB-2D7CD011DB47"]
    client_id = "abc"
    client_secret_file = "entra.secret"
    organisation = "Trường Cao đẳng Công nghệ Thủ Đức"
    administrator_claim = "roles"
    administrator_claim_values = ["taynghe"]
    scopes = []
"#;

#[test]
fn sections() {
    let settings = load(Some(&format!("{GOOD}{SHARED}")), []).unwrap();
    let [google, microsoft] = settings.sign_in.as_slice() else {
        panic!("{:?}", settings.sign_in)
    };
    assert_eq!(
        (google.id.as_str(), google.name.as_str()),
        ("college", "Google Workspace")
    );
    assert_eq!(google.administrator_emails, ["khue@truong.edu.vn"]);
    assert_eq!(google.scopes, ["profile", "email"]);
    assert_eq!(google.organisation, None);
    assert_eq!(microsoft.tenants, ["72f988bf-86f1-41af-91ab-2d7cd011db47"]);
    assert_eq!(microsoft.administrator_claim.as_deref(), Some("roles"));
    assert!(microsoft.scopes.is_empty());
}

#[test]
fn a_wrong_setting_of_a_section_is_named() {
    #[track_caller]
    fn check(from: &str, to: &str, setting: &str, reason: &str) {
        let whole = format!("{GOOD}{SHARED}");
        assert!(whole.contains(from), "{from}");
        let problems = load(Some(&whole.replace(from, to)), []).unwrap_err();
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let named = problems.iter().zip(&lines).any(|(problem, line)| {
            problem.setting == setting && line.contains(reason) && line.contains("Right would be")
        });
        assert!(named, "{to}: {lines:#?}");
        assert!(problems.iter().all(|problem| problem.source == Source::File));
    }
    check(
        "[sign_in.college]",
        "[sign_in.answer]",
        "sign_in.answer",
        "cannot stand in an address",
    );
    check(
        "[sign_in.college]",
        "[sign_in.\"Trường\"]",
        "sign_in.Trường",
        "cannot stand",
    );
    check(
        "name = \"Google",
        "nam = \"Google",
        "sign_in.college.nam",
        "no such setting",
    );
    check(
        "name = \"Google",
        "nam = \"Google",
        "sign_in.college.name",
        "missing",
    );
    check(
        "client_id = \"abc\"",
        "client_id = 7",
        "sign_in.college.client_id",
        "kind of value",
    );
    check(
        "client_id = \"abc\"",
        "client_id = \" \"",
        "sign_in.college.client_id",
        "empty",
    );
    let secret = "sign_in.college.client_secret_file";
    check("/etc/taynghe/google.secret", "/etc/taynghe/", secret, "folder");
    let issuer = "sign_in.college.issuer";
    check(
        "https://accounts.google.com",
        "accounts.google.com",
        issuer,
        "no address",
    );
    check(
        "https://accounts.google.com",
        "http://accounts.google.com",
        issuer,
        "outbound_allow_private",
    );
    check(
        "https://accounts.google.com",
        "http://11.0.0.1",
        issuer,
        "outbound_allow_private",
    );
    check(
        "https://accounts.google.com",
        "ftp://accounts.google.com",
        issuer,
        "https://",
    );
    check(
        "https://accounts.google.com",
        "https://a:b@google.com",
        issuer,
        "user name",
    );
    check(
        "https://accounts.google.com",
        "https://google.com/?a",
        issuer,
        "neither",
    );
    let document = "https://a.vn/.well-known/openid-configuration";
    check("https://accounts.google.com", document, issuer, "not the issuer");
    let emails = "sign_in.college.administrator_emails";
    check("Khue@Truong.edu.vn", "Khue", emails, "no e-mail address");
    check("[\"Khue@Truong.edu.vn\"]", "\"a@b.vn\"", emails, "kind of value");
    check(
        "administrator_emails = [\"Khue@Truong.edu.vn\"]",
        "",
        "sign_in.college.administrator_claim",
        "nobody",
    );
    let claim = "sign_in.microsoft-365.administrator_claim";
    check(
        "administrator_claim_values = [\"taynghe\"]",
        "",
        claim,
        "belong together",
    );
    check(
        "[sign_in.college]",
        "[sign_in.code]",
        "sign_in.code",
        "cannot stand",
    );
    let emails = "administrator_emails = [\"Khue@Truong.edu.vn\"]";
    let domains = "sign_in.college.learner_email_domains";
    check(
        emails,
        "learners = 1",
        "sign_in.college.learners",
        "kind of value",
    );
    check(
        emails,
        "learner_email_domains = [\"a.vn\"]",
        domains,
        "no learner signs in",
    );
    check(
        emails,
        "learners = true\nlearner_email_domains = []",
        domains,
        "everybody",
    );
    for wrong in ["truong", "@truong.edu.vn", "truong..vn", "*.truong.vn"] {
        let section = format!("learners = true\nlearner_email_domains = [\"{wrong}\"]");
        check(emails, &section, domains, "no domain");
    }
    let tenants = "sign_in.microsoft-365.tenants";
    check(
        "tenants = [\"72F988BF-86F1-41AF-91AB-2D7CD011DB47\"]",
        "",
        tenants,
        "knock",
    );
    check(
        "72F988BF-86F1-41AF-91AB-2D7CD011DB47",
        "common",
        tenants,
        "no tenant id",
    );
    check("{tenantid}", "organizations", tenants, "{tenantid} only");
    check(
        "scopes = []",
        "scopes = [\"openid\"]",
        "sign_in.microsoft-365.scopes",
        "anyway",
    );
}

/// Nothing is asked for that no rule looks at.
#[test]
fn an_email_address_is_asked_for_where_a_rule_needs_it() {
    #[track_caller]
    fn check(rules: &str, administrators: &[&str], learners: &[&str]) {
        let section = GOOD.replace("administrator_emails = [\"Khue@Truong.edu.vn\"]", rules);
        let provider = load(Some(&section), []).unwrap().sign_in.remove(0);
        assert_eq!(provider.scopes, administrators, "{rules}");
        assert_eq!(provider.learner_scopes, learners, "{rules}");
    }
    let (little, more): (&[&str], &[&str]) = (&["profile"], &["profile", "email"]);
    check("administrator_subjects = [\"s\"]", little, little);
    check(
        "administrator_emails = [\"a@b.vn\"]\nlearners = true",
        more,
        little,
    );
    check("learners = true", little, little);
    check(
        "learners = true\nlearner_email_domains = [\"Truong.edu.VN\"]",
        little,
        more,
    );
    check("learners = true\nscopes = [\"roles\"]", &["roles"], &["roles"]);
}

#[test]
fn a_section_may_be_for_learners_only() {
    let section = GOOD.replace(
        "administrator_emails = [\"Khue@Truong.edu.vn\"]",
        "learners = true\nlearner_email_domains = [\"Truong.edu.VN\"]",
    );
    let provider = load(Some(&section), []).unwrap().sign_in.remove(0);
    assert!(provider.learners && !provider.has_administrators());
    assert_eq!(provider.learner_email_domains, ["truong.edu.vn"]);
    assert!(!load(Some(GOOD), []).unwrap().sign_in[0].learners);
}

#[test]
fn plain_http_is_for_listed_hosts() {
    for issuer in ["http://localhost:3000", "http://10.1.2.3/realms/x"] {
        let settings = load(Some(&GOOD.replace("https://accounts.google.com", issuer)), []);
        assert_eq!(settings.unwrap().sign_in[0].issuer, issuer);
    }
}

#[test]
fn the_environment_has_no_sections() {
    let variable = ("TAYNGHE_SIGN_IN".to_owned(), "x".to_owned());
    let problems = load(None, [variable]).unwrap_err();
    assert!(matches!(problems[0].wrong, Wrong::Unknown { .. }), "{problems:?}");
    let problems = load(Some("sign_in = 1"), []).unwrap_err();
    assert_eq!(
        (problems[0].setting.as_str(), &problems[0].wrong),
        ("sign_in", &Wrong::Type)
    );
}

#[test]
fn our_own_https() {
    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let problems = load(Some(file), []).err().unwrap_or_default();
        let settings: Vec<&str> = problems.iter().map(|problem| problem.setting.as_str()).collect();
        assert_eq!(settings, expected, "{file}: {problems:?}");
    }
    let https = "public_url = \"https://a.vn\"\n";
    let pair = "tls_certificate_file = \"c.pem\"\ntls_key_file = \"k.pem\"\n";
    check(&format!("{https}{pair}"), &[]);
    check(
        &format!("{https}{pair}http_redirect_listen = \"0.0.0.0:80\""),
        &[],
    );
    check(pair, &["public_url"]);
    check(
        &format!("{https}tls_certificate_file = \"c.pem\""),
        &["tls_key_file"],
    );
    check(
        &format!("{https}tls_key_file = \"k.pem\""),
        &["tls_certificate_file"],
    );
    check(
        &format!("{https}http_redirect_listen = \"0.0.0.0:80\""),
        &["http_redirect_listen"],
    );
    let same = "http_redirect_listen = \"127.0.0.1:8080\"\n";
    check(&format!("{https}{pair}{same}"), &["http_redirect_listen"]);
    check("tls_key_file = \"/etc/\"", &["tls_key_file"]);
}
