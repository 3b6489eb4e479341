//! Registrations that are one platform: what looks so, with the evidence in numbers, and what was joined.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page};

/// Proposals and joins of one organisation. The buttons post `do`: "join" with `former` and `registration`, or "undo"
/// with `join`.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/joins.html")]
pub struct Joins {
    /// The surroundings. Below its prefix stands `/administration/joins`, which the buttons post to.
    pub frame: Frame,
    /// What could be joined.
    pub proposals: Vec<JoinProposal>,
    /// What was joined, newest first.
    pub joins: Vec<JoinCard>,
}

/// One side of a join.
#[derive(Debug, Clone)]
pub struct JoinSide {
    /// Our id of the registration.
    pub id: String,
    /// The host of its address.
    pub host: String,
    /// Our client id there.
    pub client_id: String,
}

/// Two registrations that look like one platform.
#[derive(Debug, Clone)]
pub struct JoinProposal {
    /// The older one.
    pub former: JoinSide,
    /// The newer one.
    pub registration: JoinSide,
    /// What both call their installation.
    pub guid: String,
    /// How many people both call by the same number.
    pub same_subjects: usize,
    /// How many of those have the same name.
    pub same_names: usize,
    /// How many of those have the same student number.
    pub same_numbers: usize,
    /// How many of those have another name or student number.
    pub different: usize,
}

/// One join.
#[derive(Debug, Clone)]
pub struct JoinCard {
    /// Its id.
    pub id: String,
    /// The older one.
    pub former: JoinSide,
    /// The newer one.
    pub registration: JoinSide,
    /// When it was made, formatted.
    pub joined_at: String,
    /// When it was undone, formatted; empty while it is in force.
    pub undone_at: String,
    /// Whether it can be undone now.
    pub can_be_undone: bool,
}

impl Joins {
    /// Where the buttons post to.
    fn action(&self) -> String {
        format!("{}/administration/joins", self.frame.prefix())
    }
}

impl Page for Joins {
    const NAME: &'static str = "administration/joins";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample_administrator(language);
        let t = frame.t;
        let proposal = |same_subjects, same_names, different| JoinProposal {
            former: side("r1", "moodle.old.edu.vn"),
            registration: side("r2", "lms.college.edu.vn"),
            guid: "123d9aee4b2b2fced1adcde9b8cef662".to_owned(),
            same_subjects,
            same_names,
            same_numbers: same_names,
            different,
        };
        let card = |id: &str, undone_at: String, can_be_undone| JoinCard {
            id: id.to_owned(),
            former: side("r1", "moodle.old.edu.vn"),
            registration: side("r2", "lms.college.edu.vn"),
            joined_at: sample_time(t, "2026-11-20T02:00:00Z"),
            undone_at,
            can_be_undone,
        };
        let empty = Self {
            frame,
            proposals: Vec::new(),
            joins: Vec::new(),
        };
        let proposed = Self {
            proposals: vec![proposal(184, 182, 2)],
            ..empty.clone()
        };
        let young = Self {
            proposals: vec![proposal(0, 0, 0)],
            ..empty.clone()
        };
        let joined = Self {
            joins: vec![
                card("j3", String::new(), true),
                card("j2", String::new(), false),
                card("j1", sample_time(t, "2026-11-21T02:00:00Z"), false),
            ],
            ..empty.clone()
        };
        vec![
            ("proposed", proposed),
            ("young", young),
            ("joined", joined),
            ("empty", empty),
        ]
    }
}

fn side(id: &str, host: &str) -> JoinSide {
    JoinSide {
        id: id.to_owned(),
        host: host.to_owned(),
        client_id: "ZEAykAeI0LEzIiD".to_owned(),
    }
}
