//! Weights of options, and material that questions share, from the form to a draft.

use super::*;

#[test]
fn shares_of_options_are_percentages() {
    let form = form_in("vi", "vi");
    let weights = form.questions.iter().flat_map(|question| &question.options);
    let weights: Vec<&str> = weights.map(|option| option.weight.as_str()).collect();
    assert_eq!(weights[..3], ["", "-33,333333", "66,666667"]);
    assert_eq!(
        (
            form.questions[1].scoring.as_str(),
            form.questions[1].wrong.as_str()
        ),
        ("weighted", "7")
    );
    let mut form = form;
    form.questions[1].options[0].weight = "12,5 %".to_owned();
    form.questions[1].options[1].weight = "nhiều".to_owned();
    form.questions[1].wrong.clear();
    let (draft, unreadable) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    let weights: Vec<Option<f64>> = draft.slots[1]
        .item
        .options()
        .iter()
        .map(|option| option.weight)
        .collect();
    assert_eq!(weights, [Some(0.125), None, None]);
    assert_eq!(unreadable.len(), 1);
    assert_eq!(
        (unreadable[0].field.as_str(), unreadable[0].key),
        ("q2_o2_weight", "not-a-number")
    );
}

#[test]
fn what_questions_share_is_moved_and_kept_while_it_is_used() {
    use crate::quiz::{list_change::ListChange, stimuli::kept};
    let t = manner("vi").t;
    let mut form = through_the_browser(&form_in("vi", "vi"));
    assert_eq!(form.stimuli[0].used_by, "1");
    let remove = |number| ListChange::Remove(number);
    let problem = kept(t, &form.stimuli, remove(1)).unwrap();
    assert!(
        problem.field == "t1" && problem.text.contains("câu 1"),
        "{problem:?}"
    );
    assert_eq!(kept(t, &form.stimuli, remove(2)), None);
    form.change(Change::Stimulus(ListChange::Down(1)), t);
    form.change(Change::Stimulus(ListChange::Add), t);
    form.stimuli[2].text.value = "Bảng dung sai".to_owned();
    let new = form.stimuli[2].id.clone();
    form.questions[1].stimulus.clone_from(&new);
    form.change(Change::Stimulus(remove(1)), t);
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    let ids: Vec<String> = draft
        .stimuli
        .iter()
        .map(|stimulus| stimulus.id.to_string())
        .collect();
    assert_eq!(ids, ["drawing".to_owned(), new.clone()]);
    assert_eq!(
        draft.stimuli[0],
        full_draft().stimuli[0],
        "its other languages stay"
    );
    assert_eq!(
        draft.slots[1].stimulus.as_ref().map(ToString::to_string),
        Some(new)
    );
}
