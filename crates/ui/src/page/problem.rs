//! The page of a refusal: what happened, who can put it right, and a trace id.
//! It shows no name and offers nothing to press.

use askama::Template;

use crate::{Frame, Language, Page, Texts};

/// A refusal. Its texts are looked up by code; see [`Problem::new`].
#[derive(Debug, Clone, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// The stable code, "LTI-STA-INVALID".
    pub code: String,
    /// What happened, as a title.
    pub title: String,
    /// One sentence that says it more fully.
    pub sentence: String,
    /// Who can put it right, and how.
    pub fix: String,
    /// The request's trace id; empty shows none.
    pub trace_id: String,
}

/// The texts of one problem code, also for `application/problem+json`.
#[derive(Debug, Clone)]
pub struct ProblemTexts {
    /// What happened, as a title.
    pub title: String,
    /// One sentence that says it more fully.
    pub sentence: String,
    /// Who can put it right, and how.
    pub fix: String,
}

impl Problem {
    /// The page of this code. A code with a detail ("LTI-CLM-MISSING:aud") or
    /// without texts of its own takes those of its beginning ("LTI-CLM"), at
    /// last the general ones.
    pub fn new(language: Language, code: &str, trace_id: &str) -> Self {
        let frame = Frame::bare(language);
        let ProblemTexts { title, sentence, fix } = texts_of(frame.t, code);
        Self {
            frame,
            code: code.to_owned(),
            title,
            sentence,
            fix,
            trace_id: trace_id.to_owned(),
        }
    }
}

/// The texts of a code; see [`Problem::new`] for what an unknown code gets.
pub fn texts_of(t: Texts, code: &str) -> ProblemTexts {
    let key = key_of(t, code);
    ProblemTexts {
        title: t.get(&key).into_owned(),
        sentence: t.get(&format!("{key}-sentence")).into_owned(),
        fix: t.get(&format!("{key}-fix")).into_owned(),
    }
}

/// True when the code has texts of its own, for tests that compare lists.
pub fn has_texts(t: Texts, code: &str) -> bool {
    t.has(&format!("problem-{}", code.to_lowercase()))
}

fn key_of(t: Texts, code: &str) -> String {
    let code = code.split(':').next().unwrap_or_default().to_lowercase();
    let mut key = format!("problem-{code}");
    while !t.has(&key) {
        match key.rsplit_once('-') {
            Some((shorter, _)) => key = shorter.to_owned(),
            None => return "problem-unknown".to_owned(),
        }
    }
    key
}

impl Page for Problem {
    const NAME: &'static str = "problem";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let trace = "7f3a9c1e5b2d4a60";
        vec![
            ("launch", Self::new(language, "LTI-STA-INVALID", trace)),
            ("administrator", Self::new(language, "LTI-LOG-UNKNOWN", trace)),
            ("unknown", Self::new(language, "XYZ", "")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_texts_takes_those_of_its_beginning() {
        #[track_caller]
        fn check(code: &str, expected: &str) {
            let t = Texts::for_language(Language::default());
            assert_eq!(key_of(t, code), expected);
        }
        check("WEB-CSRF", "problem-web-csrf");
        check("LTI-CLM-MISSING:https://purl/x", "problem-lti-clm-missing");
        check("WEB-CSRF-STRANGE", "problem-web-csrf");
        check("", "problem-unknown");
        check("nonsense", "problem-unknown");
    }
}
