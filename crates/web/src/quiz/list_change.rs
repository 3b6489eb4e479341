//! The buttons of a list in the editor's form: one more, up, down and away. Left out:
//! what a list's parts are, and what has to follow when one of them goes.

/// A change of a list. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListChange {
    /// A new one at the end.
    Add,
    /// One changes places with the one before.
    Up(usize),
    /// One changes places with the one after.
    Down(usize),
    /// One goes.
    Remove(usize),
}

impl ListChange {
    /// From the value of the pressed button: `add` itself, or "s2_up" where the
    /// list's prefix is 's'.
    pub(super) fn parse(value: &str, add: &str, prefix: char) -> Option<Self> {
        if value == add {
            return Some(Self::Add);
        }
        let (number, verb) = value.strip_prefix(prefix)?.split_once('_')?;
        let number = number.parse().ok()?;
        match verb {
            "up" => Some(Self::Up(number)),
            "down" => Some(Self::Down(number)),
            "remove" => Some(Self::Remove(number)),
            _ => None,
        }
    }

    /// Does it, with `new` where one is added, and answers what went.
    pub(super) fn apply<T>(self, list: &mut Vec<T>, new: T) -> Option<T> {
        match self {
            Self::Add => list.push(new),
            Self::Up(number) => up(list, number),
            Self::Down(number) => down(list, number),
            Self::Remove(number) => return remove(list, number),
        }
        None
    }
}

/// The one of that number changes places with the one before, if both are there.
pub(super) fn up<T>(list: &mut [T], number: usize) {
    if (2..=list.len()).contains(&number) {
        list.swap(number - 2, number - 1);
    }
}

/// The one of that number changes places with the one after, if both are there.
pub(super) fn down<T>(list: &mut [T], number: usize) {
    if (1..list.len()).contains(&number) {
        list.swap(number - 1, number);
    }
}

/// The one of that number goes, if it is there.
pub(super) fn remove<T>(list: &mut Vec<T>, number: usize) -> Option<T> {
    (1..=list.len())
        .contains(&number)
        .then(|| list.remove(number - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_changes_as_its_button_says() {
        #[track_caller]
        fn check(value: &str, expected: Option<(&str, Option<char>)>) {
            let mut list: Vec<char> = "abc".chars().collect();
            let change = ListChange::parse(value, "add_section", 's');
            let gone = change.map(|change| change.apply(&mut list, 'd'));
            let list: String = list.into_iter().collect();
            assert_eq!(gone.map(|gone| (list.as_str(), gone)), expected, "{value}");
        }
        check("add_section", Some(("abcd", None)));
        check("s2_up", Some(("bac", None)));
        check("s2_down", Some(("acb", None)));
        check("s2_remove", Some(("ac", Some('b'))));
        for nothing in [
            "s0_up",
            "s1_up",
            "s4_up",
            "s0_down",
            "s3_down",
            "s0_remove",
            "s4_remove",
            "s18446744073709551615_up",
            "s18446744073709551615_down",
        ] {
            check(nothing, Some(("abc", None)));
        }
        for other in ["add_stimulus", "t2_up", "s2_fly", "sx_up", "s2", "s-1_up", ""] {
            check(other, None);
        }
    }
}
