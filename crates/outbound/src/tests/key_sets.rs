//! Key sets: how long they are kept, when they are fetched again, and what serves while a platform is down.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use futures_util::future::join_all;
use lti::testing::{PLATFORM_KID, TOOL_KID, platform_signer, tool_key};

use super::platform::{Platform, answer, json};
use super::{at, outbound};
use crate::key_sets::{KeyError, STALE_HOURS, is_known, key, recall, saved, unsaved};
use crate::{CallError, Cause, Outbound};

const MINUTE: i64 = 60;

/// A platform whose answer the test changes as it goes: status line, headers, body.
struct Changing {
    platform: Platform,
    now: Arc<Mutex<(&'static str, &'static str, String)>>,
}

impl Changing {
    async fn start(headers: &'static str, body: String) -> Changing {
        let now = Arc::new(Mutex::new(("200 OK", headers, body)));
        let reply = Arc::clone(&now);
        let platform = Platform::start(move |_| {
            let (status, headers, body) = reply.lock().unwrap().clone();
            answer(status, headers, &body)
        })
        .await;
        Changing { platform, now }
    }

    fn become_broken(&self) {
        self.now.lock().unwrap().0 = "500 Broken";
    }

    fn publish(&self, body: String) {
        let mut now = self.now.lock().unwrap();
        (now.0, now.2) = ("200 OK", body);
    }

    fn fetches(&self) -> usize {
        self.platform.requests().len()
    }

    /// Asks for a key at a second, as one registration; its id or the code.
    async fn ask(&self, outbound: &Outbound, kid: &str, seconds: i64) -> Result<String, String> {
        let found = key(outbound, "1", &self.platform.url("/jwks"), kid, at(seconds)).await;
        found
            .map(|key| key.kid().to_owned())
            .map_err(|error| error.code().to_string())
    }
}

fn one_key() -> String {
    lti::keys::public_key_set([&platform_signer()]).to_string()
}

fn two_keys() -> String {
    lti::keys::public_key_set([&platform_signer(), &tool_key()]).to_string()
}

#[tokio::test]
async fn kept_as_long_as_the_platform_says_within_bounds() {
    // headers, still kept after so many seconds, fetched again after so many
    let check = async |headers: &'static str, kept: i64, again: i64| {
        let platform = Changing::start(headers, one_key()).await;
        let outbound = outbound();
        for (seconds, fetches) in [(0, 1), (kept, 1), (again, 2)] {
            assert_eq!(
                platform.ask(&outbound, PLATFORM_KID, seconds).await,
                Ok(PLATFORM_KID.to_owned())
            );
            assert_eq!(platform.fetches(), fetches, "{headers:?} at {seconds}");
        }
    };
    check("", 60 * MINUTE - 1, 60 * MINUTE).await;
    check("Cache-Control: public\r\n", 60 * MINUTE - 1, 60 * MINUTE).await;
    check("Cache-Control: public, max-age=600\r\n", 599, 600).await;
    check("Cache-Control: Max-Age=\"600\"\r\n", 599, 600).await;
    check("Cache-Control: max-age=0\r\n", 5 * MINUTE - 1, 5 * MINUTE).await;
    check("Cache-Control: max-age=1\r\n", 5 * MINUTE - 1, 5 * MINUTE).await;
    check(
        "Cache-Control: no-store, max-age=9000\r\n",
        5 * MINUTE - 1,
        5 * MINUTE,
    )
    .await;
    check(
        "Cache-Control: max-age=3000, no-cache\r\n",
        5 * MINUTE - 1,
        5 * MINUTE,
    )
    .await;
    check(
        "Cache-Control: max-age=31536000\r\n",
        1440 * MINUTE - 1,
        1440 * MINUTE,
    )
    .await;
    check("Cache-Control: max-age=soon\r\n", 60 * MINUTE - 1, 60 * MINUTE).await;
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_a_minute() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    let steps = [
        (PLATFORM_KID, 0, true, 1),
        // the first unknown one is looked for at once
        ("gone", 1, false, 2),
        ("gone", 2, false, 2),
        ("other", 60, false, 2),
        // the known one is not kept waiting by forgeries
        (PLATFORM_KID, 60, true, 2),
        ("other", 61, false, 3),
    ];
    for (kid, seconds, known, fetches) in steps {
        let expected = if known {
            Ok(kid.to_owned())
        } else {
            Err("LTI-TOK-KID-UNKNOWN".to_owned())
        };
        assert_eq!(
            platform.ask(&outbound, kid, seconds).await,
            expected,
            "{kid} at {seconds}"
        );
        assert_eq!(platform.fetches(), fetches, "{kid} at {seconds}");
    }
    // the cool-down is each registration's own
    key(&outbound, "2", &platform.platform.url("/jwks"), "gone", at(62))
        .await
        .unwrap_err();
    assert_eq!(platform.fetches(), 4);
}

#[tokio::test]
async fn a_new_key_is_found_at_once() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.ask(&outbound, PLATFORM_KID, 0).await.unwrap();
    platform.publish(two_keys());
    assert_eq!(
        platform.ask(&outbound, TOOL_KID, 5).await,
        Ok(TOOL_KID.to_owned())
    );
    assert_eq!(platform.fetches(), 2);
}

#[tokio::test]
async fn while_the_platform_is_down_its_last_set_serves() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.ask(&outbound, PLATFORM_KID, 0).await.unwrap();
    platform.become_broken();
    let last = STALE_HOURS * 60 * MINUTE;
    // asked for once a minute, not for each launch
    for (seconds, fetches) in [
        (60 * MINUTE, 2),
        (60 * MINUTE + 59, 2),
        (61 * MINUTE, 3),
        (last, 4),
    ] {
        assert_eq!(
            platform.ask(&outbound, PLATFORM_KID, seconds).await,
            Ok(PLATFORM_KID.to_owned())
        );
        assert_eq!(platform.fetches(), fetches, "{seconds}");
    }
    // too old, also while nobody asks again
    for seconds in [last + 1, last + MINUTE, last + MINUTE + 1] {
        assert_eq!(
            platform.ask(&outbound, PLATFORM_KID, seconds).await,
            Err("LTI-KEY-FETCH".to_owned()),
            "{seconds}"
        );
    }
    assert_eq!(platform.fetches(), 5);
    platform.publish(two_keys());
    assert_eq!(
        platform.ask(&outbound, TOOL_KID, last + 2 * MINUTE).await,
        Ok(TOOL_KID.to_owned())
    );
}

#[tokio::test]
async fn a_key_that_may_be_new_is_not_called_unknown_while_the_platform_is_down() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.ask(&outbound, PLATFORM_KID, 0).await.unwrap();
    platform.become_broken();
    for (seconds, fetches) in [(1, 2), (2, 2), (61, 3)] {
        assert_eq!(
            platform.ask(&outbound, TOOL_KID, seconds).await,
            Err("LTI-KEY-FETCH".to_owned())
        );
        assert_eq!(
            platform.ask(&outbound, PLATFORM_KID, seconds).await,
            Ok(PLATFORM_KID.to_owned())
        );
        assert_eq!(platform.fetches(), fetches, "{seconds}");
    }
}

#[tokio::test]
async fn a_set_outlives_a_restart() {
    let platform = Changing::start("", one_key()).await;
    let (before, url) = (outbound(), platform.platform.url("/jwks"));
    assert!(!is_known(&before, "1", &url));
    platform.ask(&before, PLATFORM_KID, 0).await.unwrap();
    let kept = unsaved(&before, "1", &url).unwrap();
    assert_eq!((kept.key_set.clone(), kept.fetched_at), (one_key(), at(0)));
    saved(&before, "1", &url, at(-1));
    assert!(unsaved(&before, "1", &url).is_some(), "another one was saved");
    saved(&before, "1", &url, at(0));
    assert!(unsaved(&before, "1", &url).is_none());

    let after = outbound();
    recall(&after, "1", &url, kept);
    assert!(is_known(&after, "1", &url) && unsaved(&after, "1", &url).is_none());
    // asked first, and only when it is down the recalled one serves
    platform.become_broken();
    let last = STALE_HOURS * 60 * MINUTE;
    for (seconds, expected, fetches) in [
        (1, Ok(PLATFORM_KID.to_owned()), 2),
        (60, Ok(PLATFORM_KID.to_owned()), 2),
        (last, Ok(PLATFORM_KID.to_owned()), 3),
        (last + 1, Err("LTI-KEY-FETCH".to_owned()), 3),
        // written by a clock that ran ahead
        (-last - 1, Err("LTI-KEY-FETCH".to_owned()), 4),
    ] {
        assert_eq!(
            platform.ask(&after, PLATFORM_KID, seconds).await,
            expected,
            "{seconds}"
        );
        assert_eq!(platform.fetches(), fetches, "{seconds}");
    }
    platform.publish(two_keys());
    assert_eq!(platform.ask(&after, TOOL_KID, 100).await, Ok(TOOL_KID.to_owned()));
    assert_eq!(unsaved(&after, "1", &url).unwrap().key_set, two_keys());
}

#[tokio::test]
async fn without_any_set_each_launch_tries() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.become_broken();
    for fetches in 1..=2 {
        assert_eq!(
            platform.ask(&outbound, PLATFORM_KID, 0).await,
            Err("LTI-KEY-FETCH".to_owned())
        );
        assert_eq!(platform.fetches(), fetches);
    }
    for body in ["", "[]", "{}", "<html></html>", "{\"keys\": 1}"] {
        platform.publish(body.to_owned());
        assert_eq!(
            platform.ask(&outbound, PLATFORM_KID, 0).await,
            Err("LTI-KEY-FETCH".to_owned()),
            "{body}"
        );
    }
    platform.publish(one_key());
    assert_eq!(
        platform.ask(&outbound, PLATFORM_KID, 0).await,
        Ok(PLATFORM_KID.to_owned())
    );
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_stop_the_search() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.ask(&outbound, PLATFORM_KID, 1000).await.unwrap();
    platform.ask(&outbound, TOOL_KID, 1001).await.unwrap_err();
    platform.publish(two_keys());
    assert_eq!(
        platform.ask(&outbound, TOOL_KID, -1000).await,
        Ok(TOOL_KID.to_owned())
    );
}

#[tokio::test]
async fn many_launches_at_once_fetch_once() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    let found = join_all((0..50).map(|_| platform.ask(&outbound, PLATFORM_KID, 0))).await;
    assert!(found.iter().all(Result::is_ok));
    assert_eq!(platform.fetches(), 1);
    join_all((0..50).map(|_| platform.ask(&outbound, "gone", 1))).await;
    assert_eq!(platform.fetches(), 2);
    platform.become_broken();
    let failed = join_all((0..50).map(|_| platform.ask(&outbound, TOOL_KID, 100))).await;
    assert!(
        failed
            .iter()
            .all(|error| *error == Err("LTI-KEY-FETCH".to_owned()))
    );
    assert_eq!(platform.fetches(), 3);
}

#[tokio::test]
async fn a_launch_that_hangs_up_leaves_no_half_done_fetch_behind() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let platform = Platform::start(move |_| match counter.fetch_add(1, Ordering::SeqCst) {
        0 => super::platform::Reply::Silence(""),
        _ => json(&one_key()),
    })
    .await;
    let outbound = outbound();
    let url = platform.url("/jwks");
    let mut hanging = Box::pin(key(&outbound, "1", &url, PLATFORM_KID, at(0)));
    while calls.load(Ordering::SeqCst) == 0 {
        assert!((&mut hanging).now_or_never().is_none());
        tokio::task::yield_now().await;
    }
    drop(hanging);
    assert!(key(&outbound, "1", &url, PLATFORM_KID, at(0)).await.is_ok());
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_changed_registration_is_forgotten() {
    let platform = Changing::start("", one_key()).await;
    let outbound = outbound();
    platform.ask(&outbound, PLATFORM_KID, 0).await.unwrap();
    outbound.forget("2");
    platform.ask(&outbound, PLATFORM_KID, 1).await.unwrap();
    assert_eq!(platform.fetches(), 1);
    outbound.forget("1");
    platform.ask(&outbound, PLATFORM_KID, 2).await.unwrap();
    assert_eq!(platform.fetches(), 2);
}

#[tokio::test]
async fn a_key_set_may_be_large_but_not_endless() {
    let body = format!("{{\"keys\": [], \"x\": \"{}\"}}", "x".repeat(1024 * 1024));
    let platform = Platform::start(move |_| json(&body)).await;
    let error = key(&outbound(), "1", &platform.url("/"), "k", at(0))
        .await
        .unwrap_err();
    let expected = CallError::Unreachable {
        host: "127.0.0.1".to_owned(),
        cause: Cause::TooLarge,
    };
    assert_eq!(error, KeyError::Fetch(expected));
}
