//! What every page has around its content: language, whose launch it is, the
//! switch of languages. `web` fills it from the session.

use crate::{Language, Texts};

/// The surroundings of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The texts in the page's language.
    pub t: Texts,
    /// Whose session it is; `None` before a launch and on refusals.
    pub session: Option<SessionFrame>,
    /// Links to the same page in the known languages; empty hides the switch
    /// (an attempt keeps the language in which it was begun).
    pub languages: Vec<LanguageLink>,
    /// The size of text that the reader needs, in percent: 100, 125, 150 or 200.
    pub font_percent: u32,
    /// Whether the head of a page without session leads to where learners sign in.
    pub offers_sign_in: bool,
}

/// Whose launch a page belongs to.
#[derive(Debug, Clone)]
pub struct SessionFrame {
    /// "/s/{session id}", without a slash at the end.
    pub prefix: String,
    /// The token that each form posts back as `csrf`.
    pub csrf: String,
    /// The person's name as the platform told it; empty when it told none.
    pub person: String,
    /// What the person may do here.
    pub role: Role,
    /// Whether a learner came by an account or a code: they sign out, while others say that it is not them.
    pub is_account: bool,
    /// The title of the platform's course; empty when there is none.
    pub course: String,
    /// Where the platform wants people to go back to; empty where no link is to lead there.
    pub course_url: String,
    /// The page of a course of ours that opened this quiz; empty where none did.
    pub course_page: String,
    /// The page's own path: where a reader who chose another language goes on.
    pub path: String,
}

/// How the header calls the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A student.
    Learner,
    /// A teacher of this course.
    Instructor,
    /// An administrator of Taynghe.
    Administrator,
    /// Somebody without rights here.
    Guest,
}

/// One link of the language switch.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// The tag, for `lang` and `hreflang`.
    pub tag: &'static str,
    /// The language's name in itself.
    pub name: String,
    /// Where the page stands in that language; empty in a session, which is told the language by a form.
    pub href: String,
    /// True for the page's own language.
    pub current: bool,
}

impl Frame {
    /// A frame without session and switch, for refusals and pages before a launch.
    pub fn bare(language: Language) -> Self {
        Self {
            t: Texts::for_language(language),
            session: None,
            languages: Vec::new(),
            font_percent: 100,
            offers_sign_in: false,
        }
    }

    /// A frame without session, with a language switch; `href` gives the
    /// address of the same page in another language.
    pub fn open(language: Language, href: impl Fn(Language) -> String) -> Self {
        let languages = Language::all().iter().map(|other| LanguageLink {
            tag: other.tag(),
            name: other.name().into_owned(),
            href: href(*other),
            current: *other == language,
        });
        Self {
            languages: languages.collect(),
            ..Self::bare(language)
        }
    }

    /// The same with the way to where learners sign in.
    #[must_use]
    pub fn offering_sign_in(self) -> Self {
        Self {
            offers_sign_in: true,
            ..self
        }
    }

    /// A frame with session and a language switch that posts to `{prefix}/language`.
    pub fn of_session(language: Language, session: SessionFrame) -> Self {
        Self {
            session: Some(session),
            ..Self::open(language, |_| String::new())
        }
    }

    /// The class of the size of text; empty for the usual one.
    pub(crate) fn text_class(&self) -> &'static str {
        match self.font_percent {
            125 => "text-125",
            150 => "text-150",
            200 => "text-200",
            _ => "",
        }
    }

    /// The session's path prefix, "" without a session.
    pub fn prefix(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.prefix)
    }

    /// The token for forms, "" without a session.
    pub fn csrf(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.csrf)
    }

    /// Where "back to the course" leads; "" shows no link.
    pub fn course_url(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.course_url)
    }

    /// Where the page of our own course lies that opened this quiz; "" shows no link.
    pub fn course_page(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.course_page)
    }

    /// Takes away what leads out of the page: the switch of languages and the way back to the course.
    pub fn clear_ways_out(&mut self) {
        self.languages.clear();
        if let Some(session) = &mut self.session {
            session.course_url.clear();
            session.course_page.clear();
        }
    }

    /// A frame with an invented person, for samples.
    pub fn sample(language: Language, role: Role) -> Self {
        let person = match role {
            Role::Learner | Role::Guest => "Nguyễn Thị Hồng Nhung",
            Role::Instructor => "Trần Quốc Toản",
            Role::Administrator => "Lê Minh Khuê",
        };
        let session = SessionFrame {
            prefix: "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f".to_owned(),
            csrf: "sample-token".to_owned(),
            person: person.to_owned(),
            role,
            is_account: false,
            course: "Cắt gọt kim loại K18: An toàn lao động".to_owned(),
            course_url: "https://moodle.college.edu.vn/mod/lti/return.php?course=2".to_owned(),
            course_page: String::new(),
            path: "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f/".to_owned(),
        };
        Self::of_session(language, session)
    }

    /// A frame of an administrator who came by a one-time link: no name, and no course to go back to.
    pub(crate) fn sample_administrator(language: Language) -> Self {
        let mut frame = Self::sample(language, Role::Administrator);
        if let Some(session) = frame.session.as_mut() {
            session.person.clear();
            session.course_url.clear();
            session.course_page.clear();
            "Trường Cao đẳng Công nghệ Thủ Đức".clone_into(&mut session.course);
        }
        frame
    }
}
