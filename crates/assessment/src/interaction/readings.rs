//! What pages show before an answer counts ("read as 12,5 mm"), and texts with
//! the values of an attempt.

use text::Text;

use super::cloze::GapKind;
use super::numerical::typed_number;
use super::{Context, Interaction};
use crate::id::FieldId;
use crate::number::{Quantity, read_quantity};
use crate::response::Response;

/// How each number of a response is read, by its field; `None` for the only
/// field of a numerical or calculated question. Gaps without an answer and those
/// of other kinds are left out. `{field}:meant` (or `meant`) answers an ambiguity.
pub fn number_readings(
    interaction: &Interaction,
    response: &Response,
    context: &Context<'_>,
) -> Vec<(Option<FieldId>, Quantity)> {
    let read = |number: &str, unit: &str| {
        let mut quantity = read_quantity(number, context.language);
        if quantity.unit.is_empty() {
            unit.trim().clone_into(&mut quantity.unit);
        }
        quantity
    };
    match (interaction, response) {
        (Interaction::Numerical(_) | Interaction::Calculated(_), Response::Fields(_)) => {
            let typed = typed_number(response);
            vec![(None, read(typed.number, typed.unit))]
        }
        (Interaction::Cloze(cloze), Response::Fields(fields)) => {
            let numbers = cloze
                .gaps
                .iter()
                .filter(|gap| matches!(gap.kind, GapKind::Number { .. }));
            let typed = numbers.filter(|gap| fields.contains_key(&gap.id));
            typed
                .map(|gap| {
                    let typed = gap.typed_number(fields);
                    (Some(gap.id.clone()), read(typed.number, typed.unit))
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// One of an item's texts as an attempt shows it: with the values of a
/// calculated question, as it is of any other.
pub fn shown_text(interaction: &Interaction, text: &Text, context: &Context<'_>) -> Text {
    match interaction {
        Interaction::Calculated(calculated) => calculated.filled(text, context),
        _ => text.clone(),
    }
}
