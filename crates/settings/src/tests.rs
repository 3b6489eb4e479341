//! Every setting, right and wrong, from the file and from the environment.

use std::fmt::Debug;

use super::*;
use crate::source::KNOWN;

fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The settings with one variable set.
fn with(name: &str, value: &str) -> Result<Settings, Vec<Problem>> {
    load(None, environment(&[(&format!("TAYNGHE_{name}"), value)]))
}

fn messages(result: Result<Settings, Vec<Problem>>) -> Vec<String> {
    result.unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn defaults() {
    let settings = load(None, []).unwrap();
    assert_eq!(settings.public_url.as_str(), "http://localhost:8080/");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.database_url.as_str(), "sqlite://data/taynghe.db");
    assert_eq!(settings.outbound_allow_private, PrivateTargets::default());
    assert_eq!(settings.secret_key_file.to_str(), Some("data/secret.key"));
    assert_eq!(settings.metrics_listen, None);
    assert_eq!(settings.tls_certificate_file, None);
    assert_eq!(settings.tls_key_file, None);
    assert_eq!(settings.http_redirect_listen, None);
    assert!(settings.sign_in.is_empty());
    assert_eq!(settings.log_format, LogFormat::Text);
    assert_eq!(settings.log_level, LogLevel::Info);
    assert!(settings.trusted_proxies.is_empty());
    assert_eq!(settings.session_hours, 12);
    assert_eq!(settings.key_rotation_days, Some(90));
    assert_eq!(settings.statistics_minimum_attempts, 5);
    assert_eq!(settings.time_zone, Tz::Asia__Ho_Chi_Minh);
}

#[test]
fn the_annotated_file_says_what_the_code_does() {
    let file = include_str!("../../../config/default.toml");
    assert_eq!(load(Some(file), []), load(None, []));
    let table: toml::Table = file.parse().unwrap();
    let mut missing: Vec<_> = KNOWN.iter().map(|known| known.name).collect();
    missing.retain(|name| !table.contains_key(*name));
    assert_eq!(missing, Vec::<&str>::new(), "not in config/default.toml");
    let order: Vec<_> = file
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    let expected: Vec<_> = KNOWN.iter().map(|known| known.name).collect();
    assert_eq!(
        order
            .iter()
            .filter(|name| !name.starts_with('#'))
            .copied()
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\nlog_level = \"debug\"\nsession_hours = 3\n";
    let pairs = [
        ("TAYNGHE_LISTEN", "[::]:2"),
        ("TAYNGHE_SESSION_HOURS", " 4 "),
        ("PATH", "x"),
        ("LISTEN", "y"),
    ];
    let settings = load(Some(file), environment(&pairs)).unwrap();
    assert_eq!(settings.listen.to_string(), "[::]:2");
    assert_eq!(settings.log_level, LogLevel::Debug);
    assert_eq!(settings.session_hours, 4);
}

/// Each value that is taken, as what becomes of it, and each that is not, as a part of the reason.
fn check<T: Debug>(name: &str, field: fn(Settings) -> T, taken: &[(&str, &str)], refused: &[(&str, &str)]) {
    for (value, expected) in taken {
        let got = with(name, value).map(field);
        assert_eq!(format!("{:?}", got.unwrap()), *expected, "{name}={value}");
    }
    for (value, reason) in refused {
        let problems = with(name, value).map(field).unwrap_err();
        let [problem] = problems.as_slice() else {
            panic!("{name}={value}: {problems:?}")
        };
        assert_eq!(problem.setting, name.to_ascii_lowercase());
        assert_eq!(problem.source, Source::Environment);
        let Wrong::Value(wrong) = &problem.wrong else {
            panic!("{name}={value}: {problem:?}")
        };
        assert!(wrong.contains(reason), "{name}={value}: {wrong}");
        let line = problem.to_string();
        let right = KNOWN
            .iter()
            .find(|known| known.name == problem.setting)
            .unwrap()
            .right;
        assert!(
            line.starts_with(&format!("TAYNGHE_{name} = ")) && line.contains(right),
            "{line}"
        );
    }
}

#[test]
fn public_url() {
    check(
        "PUBLIC_URL",
        |settings| settings.public_url.to_string(),
        &[
            ("https://taynghe.edu.vn", r#""https://taynghe.edu.vn/""#),
            ("https://TayNghe.edu.vn:443/", r#""https://taynghe.edu.vn/""#),
            ("https://taynghe.edu.vn:8443", r#""https://taynghe.edu.vn:8443/""#),
            ("http://localhost", r#""http://localhost/""#),
            (
                "http://moodle.localhost:8080",
                r#""http://moodle.localhost:8080/""#,
            ),
            ("http://127.0.0.1:8080", r#""http://127.0.0.1:8080/""#),
            ("http://127.8.9.1", r#""http://127.8.9.1/""#),
            ("http://[::1]:8080", r#""http://[::1]:8080/""#),
        ],
        &[
            ("", "no address"),
            ("taynghe.edu.vn", "no address"),
            ("taynghe.edu.vn:8080", "neither https:// nor http://"),
            ("ftp://taynghe.edu.vn", "neither https:// nor http://"),
            ("http://taynghe.edu.vn", "need https"),
            ("http://192.168.1.4", "need https"),
            ("http://localhost.evil.vn", "need https"),
            ("http://notlocalhost", "need https"),
            ("http://[::2]", "need https"),
            ("https://taynghe.edu.vn/lti", "a path"),
            ("https://taynghe.edu.vn//", "a path"),
            ("https://taynghe.edu.vn/?a=b", "nothing may follow"),
            ("https://taynghe.edu.vn/#a", "nothing may follow"),
            ("https://an@taynghe.edu.vn/", "user name"),
            ("https://an:mat-khau@taynghe.edu.vn/", "user name"),
        ],
    );
}

#[test]
fn listeners() {
    check(
        "LISTEN",
        |settings| settings.listen.to_string(),
        &[
            ("0.0.0.0:80", r#""0.0.0.0:80""#),
            ("[::]:8080", r#""[::]:8080""#),
            ("127.0.0.1:0", r#""127.0.0.1:0""#),
        ],
        &[
            ("8080", "not an IP address"),
            (":8080", "not an IP address"),
            ("localhost:8080", "not an IP"),
            ("127.0.0.1", "not an IP"),
            ("127.0.0.1:99999", "not an IP"),
            ("", "not an IP"),
        ],
    );
    check(
        "METRICS_LISTEN",
        |settings| settings.metrics_listen.map(|address| address.to_string()),
        &[
            ("off", "None"),
            ("", "None"),
            ("127.0.0.1:9464", r#"Some("127.0.0.1:9464")"#),
        ],
        &[
            ("on", "not an IP address"),
            ("9464", "not an IP address"),
            ("127.0.0.1:8080", "listen there already"),
        ],
    );
    let free = environment(&[
        ("TAYNGHE_LISTEN", "127.0.0.1:0"),
        ("TAYNGHE_METRICS_LISTEN", "127.0.0.1:0"),
    ]);
    assert!(load(None, free).is_ok());
}

#[test]
fn database() {
    check(
        "DATABASE_URL",
        |settings| {
            (
                settings.database_url.as_str().to_owned(),
                settings.database_url.sqlite_file().map(PathBuf::from),
            )
        },
        &[
            ("sqlite://a/b.db", r#"("sqlite://a/b.db", Some("a/b.db"))"#),
            (
                "sqlite:///srv/b.db",
                r#"("sqlite:///srv/b.db", Some("/srv/b.db"))"#,
            ),
            (
                "postgres://u:p@db/taynghe",
                r#"("postgres://u:p@db/taynghe", None)"#,
            ),
            (
                "postgresql://db:5433/taynghe?sslmode=require",
                r#"("postgresql://db:5433/taynghe?sslmode=require", None)"#,
            ),
            (
                "postgres:///taynghe?host=/run/postgresql",
                r#"("postgres:///taynghe?host=/run/postgresql", None)"#,
            ),
        ],
        &[
            ("", "only SQLite and PostgreSQL"),
            ("data/taynghe.db", "only SQLite and PostgreSQL"),
            ("sqlite:taynghe.db", "only SQLite and PostgreSQL"),
            ("mysql://u:p@db/taynghe", "only SQLite and PostgreSQL"),
            ("sqlite://", "file is missing"),
            ("sqlite://a.db?mode=ro", "nothing may follow"),
            ("postgres://u:p@db", "name is missing"),
            ("postgres://u:p@db/", "name is missing"),
            ("postgres:///taynghe", "host is missing"),
            ("postgres://u:p@db:port/taynghe", "no address"),
        ],
    );
}

#[test]
fn lists() {
    check(
        "OUTBOUND_ALLOW_PRIVATE",
        |settings| settings.outbound_allow_private,
        &[
            ("", "PrivateTargets { hosts: [], networks: [] }"),
            (" , ", "PrivateTargets { hosts: [], networks: [] }"),
            (
                "localhost, Moodle.College.LAN,10.20.3.4/16,127.0.0.1 , fc00::/7,::1",
                "PrivateTargets { hosts: [\"localhost\", \"moodle.college.lan\"], \
                 networks: [10.20.0.0/16, 127.0.0.1/32, fc00::/7, ::1/128] }",
            ),
        ],
        &[
            ("http://moodle.lan", "is no IP address or network"),
            ("moodle.lan:8090", "is no host name"),
            ("moodle lan", "is no host name"),
            ("10.0.0.0/33", "is no IP address or network"),
            ("0.0.0.0/0", "wider than any private network (at most /8)"),
            ("::/0", "wider than any private network (at most /7)"),
            ("0x7f.1", "unusual form"),
            ("2130706433", "unusual form"),
        ],
    );
    check(
        "TRUSTED_PROXIES",
        |settings| settings.trusted_proxies,
        &[
            ("", "[]"),
            ("127.0.0.1,10.0.0.0/8, ::1", "[127.0.0.1/32, 10.0.0.0/8, ::1/128]"),
        ],
        &[
            ("nginx", "is no IP address or network"),
            ("10.0.0.1:80", "is no IP address or network"),
        ],
    );
}

#[test]
fn the_rest() {
    check(
        "LOG_FORMAT",
        |settings| settings.log_format,
        &[("json", "Json"), ("text", "Text")],
        &[("", "no such format"), ("JSON", "no such format")],
    );
    check(
        "LOG_LEVEL",
        |settings| settings.log_level,
        &[
            ("error", "Error"),
            ("warn", "Warn"),
            ("info", "Info"),
            ("debug", "Debug"),
            ("trace", "Trace"),
        ],
        &[("warning", "no such level"), ("", "no such level")],
    );
    check(
        "SESSION_HOURS",
        |settings| settings.session_hours,
        &[("1", "1"), ("168", "168")],
        &[
            ("0", "out of bounds"),
            ("169", "out of bounds"),
            ("12h", "no whole number"),
            ("-1", "no whole"),
            ("", "no whole"),
        ],
    );
    check(
        "STATISTICS_MINIMUM_ATTEMPTS",
        |settings| settings.statistics_minimum_attempts,
        &[("2", "2"), ("1000", "1000")],
        &[
            ("1", "out of bounds"),
            ("1001", "out of bounds"),
            ("few", "no whole number"),
        ],
    );
    check(
        "KEY_ROTATION_DAYS",
        |settings| settings.key_rotation_days,
        &[
            ("off", "None"),
            ("7", "Some(7)"),
            (" 90 ", "Some(90)"),
            ("3650", "Some(3650)"),
        ],
        &[
            ("0", "out of bounds"),
            ("6", "out of bounds"),
            ("3651", "out of bounds"),
            ("", "neither"),
            ("never", "neither"),
            ("-1", "neither"),
            ("90.5", "neither"),
        ],
    );
    check(
        "TIME_ZONE",
        |settings| settings.time_zone,
        &[("Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC")],
        &[
            ("Hanoi", "no such time zone"),
            ("+07:00", "no such time zone"),
            ("", "no such time zone"),
        ],
    );
    check(
        "SECRET_KEY_FILE",
        |settings| settings.secret_key_file,
        &[("/etc/taynghe/key", r#""/etc/taynghe/key""#)],
        &[("", "empty"), ("/etc/taynghe/", "folder")],
    );
}

#[test]
fn lists_of_the_file() {
    let file = r#"
        outbound_allow_private = ["localhost", "10.0.0.0/8"]
        trusted_proxies = "127.0.0.1, ::1"
    "#;
    let settings = load(Some(file), []).unwrap();
    assert_eq!(settings.outbound_allow_private.hosts, ["localhost"]);
    assert_eq!(
        format!("{:?}", settings.outbound_allow_private.networks),
        "[10.0.0.0/8]"
    );
    assert_eq!(
        format!("{:?}", settings.trusted_proxies),
        "[127.0.0.1/32, ::1/128]"
    );
}

#[test]
fn all_problems_at_once() {
    let file = "log_levl = \"debug\"\nsession_hours = 0\nlisten = true\nlog_format = [\"json\"]\n";
    let pairs = [
        ("TAYNGHE_PUBLIC_URI", "https://u:bi-mat@x.vn"),
        ("TAYNGHE_DATABASE_URL", "mysql://u:bi-mat@db/t"),
        ("TAYNGHE_COLOUR", "red"),
        ("TAYNGHE_trusted_proxies", "127.0.0.1"),
        ("TAYNGHE_OUTBOUND_ALLOW_PRIVATE", "a b, localhost, c d"),
    ];
    let got = messages(load(Some(file), environment(&pairs)));
    let expected = [
        "listen (in the settings file) = \"true\": this kind of value does not fit. Right would be: an IP address",
        "log_levl (in the settings file): there is no such setting. Right would be: perhaps log_level (in the settings file).",
        "TAYNGHE_COLOUR: there is no such setting. Right would be: one of public_url, listen",
        "TAYNGHE_PUBLIC_URI: there is no such setting. Right would be: perhaps TAYNGHE_PUBLIC_URL.",
        "TAYNGHE_trusted_proxies: there is no such setting. Right would be: perhaps TAYNGHE_TRUSTED_PROXIES.",
        "TAYNGHE_DATABASE_URL = \"mysql://u:***@db/t\": only SQLite and PostgreSQL are supported. Right would be: sqlite",
        "TAYNGHE_OUTBOUND_ALLOW_PRIVATE = \"a b, localhost, c d\": \"a b\" is no host name. Right would be: host names",
        "TAYNGHE_OUTBOUND_ALLOW_PRIVATE = \"a b, localhost, c d\": \"c d\" is no host name. Right would be: host names",
        "log_format (in the settings file) = \"json\": one value belongs here, not a list. Right would be: text or json",
        "session_hours (in the settings file) = \"0\": this is out of bounds. Right would be: a whole number of hours",
    ];
    assert_eq!(got.len(), expected.len(), "{got:#?}");
    for (got, expected) in got.iter().zip(expected) {
        assert!(got.starts_with(expected), "{got}\nbut expected\n{expected}");
        assert!(!got.contains("bi-mat"), "{got}");
    }
}

#[test]
fn nearest_names() {
    let check = |written: &str, expected: Option<&'static str>| {
        let problems = with(written, "x").unwrap_err();
        let wrong = problems
            .into_iter()
            .map(|problem| problem.wrong)
            .collect::<Vec<_>>();
        assert_eq!(wrong, [Wrong::Unknown { nearest: expected }], "{written}");
    };
    check("DATABASE", Some("database_url"));
    check("DATABSE_URL", Some("database_url"));
    check("URL", None);
    check("LISTEN_ON", Some("listen"));
    check("METRICS", Some("metrics_listen"));
    check("TRUSTED_PROXY", Some("trusted_proxies"));
    check("TIMEZONE", Some("time_zone"));
    check("ALLOW_PRIVATE", None);
    check("", None);
}

#[test]
fn a_file_that_cannot_be_read_names_the_line_and_no_value() {
    let check = |file: &str, line: usize| {
        let got = messages(load(Some(file), []));
        let [message] = got.as_slice() else {
            panic!("{got:?}")
        };
        assert!(
            message.starts_with(&format!("The settings file is not valid TOML, line {line}: ")),
            "{message}"
        );
        assert!(!message.contains("bi-mat"), "{message}");
    };
    check("database_url = \"postgres://u:bi-mat@db/t\n", 1);
    check(
        "listen = \"127.0.0.1:1\"\ndatabase_url = postgres://u:bi-mat@db/t\n",
        2,
    );
    check("log_level = \"info\"\nlog_level = \"warn\"\n", 2);
}

#[test]
fn secrets_are_blanked_out() {
    let check = |text: &str, expected: &str| assert_eq!(values::redact(text), expected);
    check("postgres://u:p@db/t", "postgres://u:***@db/t");
    check("postgres://u:p@q:r@db/t", "postgres://u:***@db/t");
    check("postgres://u@db/t", "postgres://u@db/t");
    check(
        "postgres://db/t?user=u&password=p&x=y",
        "postgres://db/t?user=u&password=***&x=y",
    );
    check("postgres://db/t?password=p", "postgres://db/t?password=***");
    check("sqlite://a.db", "sqlite://a.db");
    let settings = with("DATABASE_URL", "postgres://u:bi-mat@db/t").unwrap();
    assert!(!format!("{settings:?} {}", settings.database_url).contains("bi-mat"));
}
