//! From what an instructor wishes to a correction that fits the question in
//! every version of the quiz, and the policy that follows from it.

use std::collections::BTreeMap;

use ::assessment::{
    Change, Correction, CorrectionProblem, Item, ItemVersionId, MarkingPolicy, SlotId, Typed,
    with_options_key, with_typed_key,
};

use super::{Wish, question::Versions};
use crate::{Code, Result, session::Session};

/// What a wish is for a question as it is marked by this policy.
pub(super) fn correction_of(
    versions: &Versions,
    policy: &MarkingPolicy,
    slot: SlotId,
    wish: Wish,
) -> Correction {
    let change = match wish {
        Wish::Drop => Change::Drop,
        Wish::FullMarks => Change::FullMarks,
        Wish::FullMarksIfAnswered => Change::FullMarksIfAnswered,
        Wish::AsAuthored => Change::AsAuthored,
        Wish::Points(points) => Change::Points(points.unwrap_or(f64::NAN)),
        Wish::Options(key) => Change::Key(keys(versions, policy, &slot, |item| {
            with_options_key(&item.interaction, &key)
        })),
        Wish::Typed(fields) => Change::Key(keys(versions, policy, &slot, |item| {
            // The fields were filled in the language that the question is written in.
            let language = item.stem.default_language.as_str();
            let how = Typed {
                language,
                default_language: language,
            };
            with_typed_key(item, &fields, how)
        })),
    };
    Correction { slot, change }
}

// Each version of the question that the key fits, as it is marked now; others keep theirs.
fn keys(
    versions: &Versions,
    policy: &MarkingPolicy,
    slot: &SlotId,
    key_of: impl Fn(&Item) -> Option<::assessment::Interaction>,
) -> BTreeMap<ItemVersionId, ::assessment::Interaction> {
    let asked = versions.asked().into_iter().filter(|one| one.slot.id == *slot);
    asked
        .filter_map(|one| {
            let id = &one.slot.item_version_id;
            Some((id.clone(), key_of(&policy.item(id, one.item))?))
        })
        .collect()
}

/// The policy that follows, when the correction fits.
pub(super) fn checked(
    session: &Session,
    versions: &Versions,
    correction: &Correction,
    policy: &MarkingPolicy,
    raise_only: bool,
) -> Result<MarkingPolicy> {
    let asked = versions.asked();
    let refused = |problem: CorrectionProblem| session.refused(Code::Correction, &problem.to_string());
    correction.check(&asked).map_err(refused)?;
    let next = policy.corrected(correction, &asked, raise_only);
    if !versions
        .all()
        .all(|published| next.leaves_marks(&published.content))
    {
        return Err(refused(CorrectionProblem::NothingLeft));
    }
    Ok(next)
}
