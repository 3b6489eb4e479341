//! Platform storage, which Moodle does not have: on demand the page around a tool's frame stores for the tool, by
//! postMessage (LTI platform storage 0.1), well or badly.
//!
//! The switch stands in the address of an activity's page: `&storage=on`, or `&storage=get:twice` for a fault in one
//! of the three messages. The script in the page does the rest; what it keeps is gone with the page.

use crate::exchange::Incoming;

const MESSAGES: [&str; 3] = ["capabilities", "put", "get"];
const FAULTS: [&str; 7] = [
    "silent",
    "error",
    "other-id",
    "other-key",
    "other-origin",
    "twice",
    "late",
];

/// What an activity's page does about storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Storage {
    pub(crate) on: bool,
    /// The message that is answered badly: `capabilities`, `put` or `get`.
    pub(crate) message: &'static str,
    pub(crate) fault: &'static str,
}

impl Storage {
    /// As the address asks for; anything unknown is no storage.
    pub(crate) fn of(request: &Incoming) -> Self {
        let asked = request.query_value("storage").unwrap_or_default();
        let known = |list: &[&'static str], word: &str| list.iter().copied().find(|known| *known == word);
        match asked.split_once(':') {
            None if asked == "on" => Self {
                on: true,
                ..Self::default()
            },
            Some((message, fault)) => match (known(&MESSAGES, message), known(&FAULTS, fault)) {
                (Some(message), Some(fault)) => Self {
                    on: true,
                    message,
                    fault,
                },
                _ => Self::default(),
            },
            None => Self::default(),
        }
    }

    /// `lti_storage_target` of the launch, as the page's frame asks for it.
    pub(crate) fn target(request: &Incoming) -> Option<String> {
        request.query_value("storage_target")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_switches_it() {
        let check = |query: &str, expected: (bool, &str, &str)| {
            let request = Incoming {
                query: query.to_owned(),
                ..Incoming::default()
            };
            let storage = Storage::of(&request);
            assert_eq!((storage.on, storage.message, storage.fault), expected, "{query}");
        };
        check("id=3", (false, "", ""));
        check("storage=on", (true, "", ""));
        check("storage=get:twice", (true, "get", "twice"));
        check("storage=get:nonsense", (false, "", ""));
        check("storage=off", (false, "", ""));
    }
}
