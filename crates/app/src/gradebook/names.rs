//! In which order a reader expects the names of a class.

use storage::people::Identity;

/// Compares as the reader's list does; who has no name comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    nameless: bool,
    first: (String, String),
    then: (String, String),
    /// Equal otherwise, so that such names stay in one order.
    written: String,
}

/// A class list in Viet Nam goes by the given name, which is the last word, and
/// then by family and middle names; others go by the family name.
pub(crate) fn key(identity: &Identity, locale: &str) -> Key {
    let given = identity.given_name.as_deref().unwrap_or_default();
    let family = identity.family_name.as_deref().unwrap_or_default();
    let whole = identity.name.as_deref().unwrap_or_default();
    let has_parts = !(given.is_empty() && family.is_empty());
    let written = if has_parts {
        format!("{family} {given}").trim().to_owned()
    } else {
        whole.trim().to_owned()
    };
    let vietnamese = locale.split(['-', '_']).next() == Some("vi");
    let (first, then) = if vietnamese {
        let (rest, last) = written.rsplit_once(' ').unwrap_or(("", &written));
        (text::vietnamese_key(last), text::vietnamese_key(rest))
    } else {
        let (first, then) = if has_parts { (family, given) } else { (whole, "") };
        (folded(first), folded(then))
    };
    Key {
        nameless: written.is_empty(),
        first,
        then,
        written,
    }
}

fn folded(name: &str) -> (String, String) {
    (text::fold(name), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch;

    fn identity(given: &str, family: &str, name: &str) -> Identity {
        let kept = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            id: String::new(),
            person_id: String::new(),
            kind: "platform".to_owned(),
            registration_id: None,
            subject: String::new(),
            name: kept(name),
            given_name: kept(given),
            family_name: kept(family),
            email: None,
            sourced_id: None,
            created_at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
            seen_at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        }
    }

    #[test]
    fn names_come_in_the_readers_order() {
        #[track_caller]
        fn check(locale: &str, expected: &[&str]) {
            let mut people = [
                identity("Thị Ánh", "Nguyễn", ""),
                identity("Văn Bình", "Đỗ", ""),
                identity("Quốc An", "Trần", ""),
                identity("Thị An", "Lê", ""),
                identity("Văn Dũng", "Đặng", ""),
                identity("Thị Đan", "Bùi", ""),
                identity("Thị An", "Đỗ", ""),
                identity("", "", "Cường"),
                identity("", "", "Hồ Thị Ân"),
                identity("", "", ""),
            ];
            people.sort_by_key(|one| key(one, locale));
            let names: Vec<String> = people
                .iter()
                .map(|one| launch::display_name(one, "vi").unwrap_or_default())
                .collect();
            assert_eq!(names, expected);
        }
        check(
            "vi",
            &[
                "Đỗ Thị An",
                "Lê Thị An",
                "Trần Quốc An",
                "Nguyễn Thị Ánh",
                "Hồ Thị Ân",
                "Đỗ Văn Bình",
                "Cường",
                "Đặng Văn Dũng",
                "Bùi Thị Đan",
                "",
            ],
        );
        check(
            "de",
            &[
                "Bùi Thị Đan",
                "Cường",
                "Đặng Văn Dũng",
                "Đỗ Thị An",
                "Đỗ Văn Bình",
                "Hồ Thị Ân",
                "Lê Thị An",
                "Nguyễn Thị Ánh",
                "Trần Quốc An",
                "",
            ],
        );
    }
}
