//! The fields of a question as a plain form sent them, where the answer could not be
//! saved: the page shows them again, so that nothing is typed twice.
//!
//! Left out on purpose: files, which a browser never sends back.

use super::question_body::{InlinePart, Line, QuestionBody, Select};

/// What was sent: names as [`QuestionBody`] has them, and values.
struct Sent<'a>(&'a [(String, String)]);

impl Sent<'_> {
    fn value(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value.as_str())
    }

    fn is_on(&self, field: &str) -> bool {
        self.value(field) == "on"
    }
}

impl QuestionBody {
    /// Puts into the fields what was sent.
    pub fn retype(&mut self, sent: &[(String, String)]) {
        let sent = Sent(sent);
        match self {
            Self::Options(body) => {
                for option in &mut body.options {
                    option.chosen = match body.several {
                        true => sent.is_on(&option.id),
                        false => sent.value("") == option.id,
                    };
                }
            }
            Self::Selects(body) => {
                let selects = body.rows.iter_mut().flat_map(|row| &mut row.selects);
                selects.for_each(|select| choose(select, &sent));
            }
            Self::Inline(parts) => parts.iter_mut().for_each(|part| retype(part, &sent)),
            Self::Program(lines) => lines.iter_mut().flatten().for_each(|part| retype(part, &sent)),
            Self::Line(line) => retype_line(line, &sent),
            Self::Essay(essay) => sent.value(&essay.field).clone_into(&mut essay.value),
            Self::Matrix(body) => {
                for row in &mut body.rows {
                    let columns = body.columns.iter().map(|column| &column.id);
                    let is_ticked = |column: &&String| match body.several {
                        true => sent.is_on(&format!("{}/{column}", row.id)),
                        false => sent.value(&row.id) == column.as_str(),
                    };
                    row.chosen = columns.filter(is_ticked).cloned().collect();
                }
            }
            Self::Spots(spots) => {
                for mark in &mut spots.marks {
                    sent.value(&format!("{}.x", mark.number)).clone_into(&mut mark.x);
                    sent.value(&format!("{}.y", mark.number)).clone_into(&mut mark.y);
                }
            }
            Self::Slider(slider) => sent.value(&slider.field).clone_into(&mut slider.value),
            Self::Upload(_) | Self::Information => {}
        }
    }
}

fn retype(part: &mut InlinePart, sent: &Sent<'_>) {
    match part {
        InlinePart::Text(_) => {}
        InlinePart::Input(line) => retype_line(line, sent),
        InlinePart::Select(select) => choose(select, sent),
        InlinePart::Passage(passage) => passage.chosen = sent.is_on(&passage.field),
    }
}

fn retype_line(line: &mut Line, sent: &Sent<'_>) {
    sent.value(&line.field).clone_into(&mut line.value);
}

fn choose(select: &mut Select, sent: &Sent<'_>) {
    sent.value(&select.field).clone_into(&mut select.chosen);
}

#[cfg(test)]
mod tests {
    use super::super::question_body::{Options, QuestionOption, Slider, SpotMark};
    use super::*;
    use crate::Html;

    #[test]
    fn fields_show_what_was_sent() {
        let sent: Vec<(String, String)> = [("1.x", "12"), ("a", "on"), ("", "99")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        let mut slider = QuestionBody::Slider(Slider::default());
        slider.retype(&sent);
        assert!(matches!(slider, QuestionBody::Slider(slider) if slider.value == "99"));
        let mark = |x: &str, y: &str| SpotMark {
            number: 1,
            x: x.to_owned(),
            y: y.to_owned(),
        };
        let mut spots = QuestionBody::Spots(crate::component::Spots {
            picture: crate::component::Picture {
                path: String::new(),
                alternative: String::new(),
                width: 10,
                height: 10,
                signs: Vec::new(),
            },
            marks: vec![mark("", "5")],
        });
        spots.retype(&sent);
        assert!(
            matches!(&spots, QuestionBody::Spots(spots) if (spots.marks[0].x.as_str(), spots.marks[0].y.as_str()) == ("12", ""))
        );
        let option = |id: &str| QuestionOption {
            id: id.to_owned(),
            text: Html::default(),
            chosen: id == "b",
        };
        let mut options = QuestionBody::Options(Options {
            several: true,
            options: vec![option("a"), option("b")],
        });
        options.retype(&sent);
        let QuestionBody::Options(options) = options else {
            panic!("options stay options");
        };
        let chosen: Vec<bool> = options.options.iter().map(|option| option.chosen).collect();
        assert_eq!(chosen, [true, false]);
    }
}
