//! The codes that a person or platform may be refused with: the LTI ones of
//! `lti`, the ones of an attempt of `assessment`, those of a sign-in, those of files, and those of the service itself.

/// A stable refusal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// `LTI-…`
    Lti(lti::Code),
    /// `ATT-…`
    Attempt(assessment::Code),
    /// `OID-…`
    OpenId(crate::sign_in::OpenIdCode),
    /// `WEB-FILE-…`
    File(crate::media::FileCode),
    /// `CRS-…`
    Course(crate::course::CourseCode),
    /// There is no such thing, or it is another tenant's.
    NotFound,
    /// The address takes another method.
    Method,
    /// The body is of another media type than the address takes.
    MediaType,
    /// The body is larger than the address takes.
    TooLarge,
    /// The body did not come in time.
    Slow,
    /// A form or body cannot be read: a field twice, invalid UTF-8, a missing or malformed value.
    Form,
    /// The form does not come from a page of this session.
    Csrf,
    /// No session, or one that has ended.
    Session,
    /// The session's role may not do this.
    Forbidden,
    /// Somebody else saved first.
    Conflict,
    /// The quiz cannot be published: the page lists why.
    Draft,
    /// A correction of marks does not fit the question.
    Correction,
    /// The quiz's marks were corrected otherwise since the dry run.
    Regrade,
    /// Too many failures from this address.
    TooMany,
    /// The administrator's link is unknown, spent or expired.
    Link,
    /// There is no such code to sign in with, or it was withdrawn.
    LearnerCode,
    /// A learner's code was used before.
    LearnerCodeUsed,
    /// A learner's code has expired.
    LearnerCodeExpired,
    /// The database does not answer in time.
    Busy,
    /// Our own mistake.
    Internal,
}

impl Code {
    /// The codes of the service itself.
    pub const OWN: &'static [Code] = &[
        Code::NotFound,
        Code::Method,
        Code::MediaType,
        Code::TooLarge,
        Code::Slow,
        Code::Form,
        Code::Csrf,
        Code::Session,
        Code::Forbidden,
        Code::Conflict,
        Code::Draft,
        Code::Correction,
        Code::Regrade,
        Code::TooMany,
        Code::Link,
        Code::LearnerCode,
        Code::LearnerCodeUsed,
        Code::LearnerCodeExpired,
        Code::Busy,
        Code::Internal,
    ];

    /// Every code, in the order of docs/errors.md.
    pub fn all() -> impl Iterator<Item = Code> {
        let lti = lti::Code::ALL.iter().copied().map(Code::Lti);
        let attempt = assessment::Code::ALL.iter().copied().map(Code::Attempt);
        let openid = crate::sign_in::OpenIdCode::ALL.iter().copied().map(Code::OpenId);
        let file = crate::media::FileCode::ALL.iter().copied().map(Code::File);
        let course = crate::course::CourseCode::ALL.iter().copied().map(Code::Course);
        let own = Self::OWN.iter().copied();
        lti.chain(attempt)
            .chain(openid)
            .chain(file)
            .chain(course)
            .chain(own)
    }

    /// The code as it stands on pages, in logs and in docs/errors.md.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lti(code) => code.as_str(),
            Self::Attempt(code) => code.as_str(),
            Self::OpenId(code) => code.as_str(),
            Self::File(code) => code.as_str(),
            Self::Course(code) => code.as_str(),
            Self::NotFound => "WEB-NOT-FOUND",
            Self::Method => "WEB-METHOD",
            Self::MediaType => "WEB-MEDIA-TYPE",
            Self::TooLarge => "WEB-TOO-LARGE",
            Self::Slow => "WEB-SLOW",
            Self::Form => "WEB-FORM",
            Self::Csrf => "WEB-CSRF",
            Self::Session => "WEB-SESSION",
            Self::Forbidden => "WEB-FORBIDDEN",
            Self::Conflict => "WEB-CONFLICT",
            Self::Draft => "WEB-DRAFT",
            Self::Correction => "WEB-CORRECTION",
            Self::Regrade => "WEB-REGRADE",
            Self::TooMany => "WEB-TOO-MANY",
            Self::Link => "WEB-LINK",
            Self::LearnerCode => "WEB-CODE",
            Self::LearnerCodeUsed => "WEB-CODE-USED",
            Self::LearnerCodeExpired => "WEB-CODE-EXPIRED",
            Self::Busy => "SYS-BUSY",
            Self::Internal => "SYS-INTERNAL",
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
