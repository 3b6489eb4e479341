//! Requirements that go round in a circle, so that nobody could ever begin.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{CourseContent, Order, Step};
use crate::key::Key;

/// The units and steps of one circle of requirements, each before the one that it
/// requires; `None` when there is no circle. A step stands for its unit's requirements
/// too, a unit is done only with its steps, and where steps open in order each requires
/// the one before it. What names nothing is passed over.
pub fn cycle(content: &CourseContent) -> Option<Vec<Key>> {
    let needs = needs(content);
    let mut finished = BTreeSet::new();
    needs.keys().find_map(|start| {
        let is_new = !finished.contains(*start);
        is_new.then(|| visit(start, &needs, &mut finished)).flatten()
    })
}

/// What must be done before each unit and step can be.
fn needs(content: &CourseContent) -> BTreeMap<&Key, Vec<&Key>> {
    let mut needs: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
    for unit in &content.units {
        let steps = unit.steps.iter().map(Step::key);
        needs.entry(&unit.key).or_default().extend(steps);
        for step in &unit.steps {
            let of_step = needs.entry(step.key()).or_default();
            of_step.extend(step.requires().iter().chain(&unit.requires));
        }
    }
    if content.order != Order::Free {
        for (before, step) in content.steps().zip(content.steps().skip(1)) {
            needs.entry(step.key()).or_default().push(before.key());
        }
    }
    needs
}

/// Walks with a stack of its own: a long chain of steps must not exhaust the thread's.
fn visit<'a>(
    start: &'a Key,
    needs: &BTreeMap<&'a Key, Vec<&'a Key>>,
    finished: &mut BTreeSet<&'a Key>,
) -> Option<Vec<Key>> {
    let mut open: Vec<(&Key, usize)> = vec![(start, 0)];
    let mut path = vec![start];
    let mut on_path = BTreeSet::from([start]);
    while let Some((key, next)) = open.last_mut() {
        let of_key = needs.get(*key).map(Vec::as_slice).unwrap_or_default();
        let Some(needed) = of_key.get(*next) else {
            finished.insert(*key);
            on_path.remove(*key);
            open.pop();
            path.pop();
            continue;
        };
        *next += 1;
        if on_path.contains(*needed) {
            let circle = path.iter().skip_while(|key| key != &needed);
            return Some(circle.map(|key| (*key).clone()).collect());
        }
        if !finished.contains(*needed) {
            on_path.insert(*needed);
            path.push(*needed);
            open.push((*needed, 0));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{course, lesson, unit};

    #[track_caller]
    fn check(content: &CourseContent, expected: &[&str]) {
        let found = cycle(content).unwrap_or_default();
        let found: BTreeSet<&str> = found.iter().map(Key::as_str).collect();
        assert_eq!(found, expected.iter().copied().collect());
    }

    #[test]
    fn circles_are_found_wherever_they_go_through() {
        let mut content = course(vec![
            unit("one", vec![lesson("a"), lesson("b")]),
            unit("two", vec![lesson("c")]),
        ]);
        check(&content, &[]);
        let requires = |content: &mut CourseContent, unit: usize, step: usize, keys: &[&str]| {
            let crate::Step::Lesson(lesson) = &mut content.units[unit].steps[step] else {
                panic!("a lesson");
            };
            lesson.requires = keys.iter().map(|key| Key::from(*key)).collect();
        };
        requires(&mut content, 0, 1, &["a", "nothing"]);
        requires(&mut content, 1, 0, &["a", "b", "one"]);
        check(&content, &[]);
        content.units[1].requires = vec![Key::from("one")];
        check(&content, &[]);

        let mut itself = content.clone();
        requires(&mut itself, 0, 0, &["a"]);
        check(&itself, &["a"]);

        let mut steps = content.clone();
        requires(&mut steps, 0, 0, &["b"]);
        check(&steps, &["a", "b"]);

        let mut through_a_unit = content.clone();
        requires(&mut through_a_unit, 0, 0, &["two"]);
        check(&through_a_unit, &["a", "c", "two"]);

        let mut own_unit = content.clone();
        requires(&mut own_unit, 0, 0, &["one"]);
        check(&own_unit, &["a", "one"]);

        let mut a_later_one = course(content.units);
        a_later_one.units[1].requires = Vec::new();
        requires(&mut a_later_one, 1, 0, &[]);
        requires(&mut a_later_one, 0, 1, &["c"]);
        check(&a_later_one, &[]);
        a_later_one.order = Order::InSequence;
        check(&a_later_one, &["b", "c"]);
    }

    #[test]
    fn a_long_chain_is_no_circle() {
        let steps: Vec<_> = (0..5_000)
            .map(|number: usize| {
                let crate::Step::Lesson(mut lesson) = lesson(&format!("s{number}")) else {
                    panic!("a lesson");
                };
                lesson.requires = vec![Key::new(format!("s{}", number + 1))];
                crate::Step::Lesson(lesson)
            })
            .collect();
        check(&course(vec![unit("u", steps)]), &[]);
    }
}
