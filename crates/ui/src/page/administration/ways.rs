//! How launches get past browsers that keep no cookies of embedded pages.

use askama::Template;

use crate::{Frame, Language, Page, Role, Texts, format};

/// Counts by deployment and way of the last 30 days, and by day.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/ways.html")]
pub struct Ways {
    /// The surroundings. Below its prefix stands `/administration`.
    pub frame: Frame,
    /// The deployments that had launches.
    pub deployments: Vec<DeploymentWays>,
}

/// One deployment's launches.
#[derive(Debug, Clone)]
pub struct DeploymentWays {
    /// The platform's name.
    pub platform: String,
    /// Its deployment id.
    pub deployment_id: String,
    /// One for each way, in a fixed order.
    pub totals: Vec<WayCount>,
    /// The days, newest first.
    pub days: Vec<DayWays>,
    /// What the reader is told about it: [`advice`]; empty for nothing.
    pub advice: String,
}

/// The launches of one way.
#[derive(Debug, Clone)]
pub struct WayCount {
    /// [`way_label`].
    pub label: String,
    /// What it means: [`way_meaning`].
    pub meaning: String,
    /// How many, formatted.
    pub count: String,
}

/// One day's launches.
#[derive(Debug, Clone)]
pub struct DayWays {
    /// The day in UTC: `2026-11-22`, the same in every language.
    pub day: String,
    /// How many for each way, in the same order.
    pub counts: Vec<DayCount>,
}

/// The launches of one way on one day.
#[derive(Debug, Clone)]
pub struct DayCount {
    /// [`way_label`].
    pub label: String,
    /// How many, formatted.
    pub count: String,
}

/// The words for a way (`new-window`).
pub fn way_label(t: Texts, way: &str) -> String {
    let key = match way {
        "cookie" => "ways-cookie",
        "partitioned-cookie" => "ways-partitioned-cookie",
        "storage-access" => "ways-storage-access",
        "storage-handshake" => "ways-storage-handshake",
        "storage-of-platform" => "ways-platform-storage",
        "new-window" => "ways-new-window",
        _ => "ways-refused",
    };
    t.get(key).into_owned()
}

/// One sentence on what happens there.
pub fn way_meaning(t: Texts, way: &str) -> String {
    let key = match way {
        "cookie" => "ways-cookie-text",
        "partitioned-cookie" => "ways-partitioned-cookie-text",
        "storage-access" => "ways-storage-access-text",
        "storage-handshake" => "ways-storage-handshake-text",
        "storage-of-platform" => "ways-platform-storage-text",
        "new-window" => "ways-new-window-text",
        _ => "ways-refused-text",
    };
    t.get(key).into_owned()
}

/// What an administrator may do about it: `losing` when many launches lose their cookie on the way.
pub fn advice(t: Texts, losing: bool, prefers_window: bool) -> String {
    if losing {
        t.get("ways-advice-losing").into_owned()
    } else if prefers_window {
        t.get("ways-advice-window").into_owned()
    } else {
        String::new()
    }
}

impl Page for Ways {
    const NAME: &'static str = "administration/ways";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Administrator);
        let t = frame.t;
        let counts = [
            ("cookie", 1240.0),
            ("partitioned-cookie", 310.0),
            ("storage-access", 12.0),
            ("storage-handshake", 4.0),
            ("storage-of-platform", 0.0),
            ("new-window", 58.0),
            ("refused", 2.0),
        ];
        let totals = counts.map(|(way, count)| WayCount {
            label: way_label(t, way),
            meaning: way_meaning(t, way),
            count: format::number(t, count),
        });
        let day = |day: &str| DayWays {
            day: day.to_owned(),
            counts: counts
                .map(|(way, count)| DayCount {
                    label: way_label(t, way),
                    count: format::number(t, (count / 30.0_f64).round()),
                })
                .to_vec(),
        };
        let deployment = DeploymentWays {
            platform: "CĐ Công nghệ Thủ Đức".to_owned(),
            deployment_id: "3".to_owned(),
            totals: totals.to_vec(),
            days: vec![day("2026-11-22"), day("2026-11-21")],
            advice: advice(t, false, true),
        };
        let empty = Self {
            frame,
            deployments: Vec::new(),
        };
        let full = Self {
            deployments: vec![deployment],
            ..empty.clone()
        };
        vec![("empty", empty), ("full", full)]
    }
}
