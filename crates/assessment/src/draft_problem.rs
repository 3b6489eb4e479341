//! The problems that keep a draft from being published, by stable key and place.
//! The wording is `ui`'s, under the key; finding them is `draft_check`'s.

/// One thing that keeps a draft from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftProblem {
    /// What is wrong.
    pub kind: DraftProblemKind,
    /// The index of the slot, from 0, when it concerns one.
    pub slot: Option<usize>,
    /// Where in that slot's item, when it concerns one of its parts.
    pub place: Option<Place>,
}

/// One of the parts of a question, or of an assessment's stimuli or sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The list's name in JSON: `options`, `stems`, `gaps`, …
    pub list: &'static str,
    /// From 0.
    pub index: usize,
}

impl DraftProblem {
    /// The index of the option that it concerns, from 0.
    pub fn option(&self) -> Option<usize> {
        let place = self.place.filter(|place| place.list == "options")?;
        Some(place.index)
    }

    /// The stable key, such as `no-right-option`, for translations.
    pub fn key(&self) -> &'static str {
        self.kind.key()
    }
}

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $name:ident => $key:literal,)*) => {
        /// The problems that a draft can have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DraftProblemKind {
            $($(#[$doc])* $name,)*
        }

        impl DraftProblemKind {
            /// Every kind, for a test that each has its words.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable key, in kebab case.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

problem_kinds! {
    /// The assessment has no title.
    NoTitle => "no-title",
    /// The title is over [`limits::TITLE_LETTERS`].
    TitleTooLong => "title-too-long",
    /// There is no question.
    NoQuestion => "no-question",
    /// More than [`limits::QUESTIONS`].
    TooManyQuestions => "too-many-questions",
    /// A question asks nothing.
    QuestionWithoutText => "question-without-text",
    /// A text is over [`text::MAX_SOURCE_BYTES`].
    TextTooLong => "text-too-long",
    /// A text has a picture that pages do not show, see [`text::has_hidden_picture`].
    HiddenPicture => "hidden-picture",
    /// A text shows a picture, or plays sound, that is not described in words, see
    /// [`text::has_undescribed_media`].
    MediaWithoutWords => "media-without-words",
    /// A file that a text or a question names is not among the organisation's; the
    /// caller of [`named_media`](crate::named_media) finds it.
    MediaMissing => "media-missing",
    /// Fewer than two options, not counting empty ones at the end.
    TooFewOptions => "too-few-options",
    /// More than [`limits::OPTIONS`].
    TooManyOptions => "too-many-options",
    /// An option says nothing, and another one behind it does, or it is marked as right.
    OptionWithoutText => "option-without-text",
    /// No option is right.
    NoRightOption => "no-right-option",
    /// More than one option is right where only one can be chosen.
    SeveralRightOptions => "several-right-options",
    /// A true/false question has other options than `true` and `false`.
    TrueFalseOptions => "true-false-options",
    /// A weight is not from -1 to 1, a right option's not over 0, or weights
    /// that must be over 0 are not.
    WeightOutOfRange => "weight-out-of-range",
    /// A penalty is not from 0 to 1.
    PenaltyOutOfRange => "penalty-out-of-range",
    /// Choosing everything that is right does not give the full mark.
    WeightsBelowFullMark => "weights-below-full-mark",
    /// A question has nothing to answer: no gap, stem, zone, row or region.
    TooFewPlaces => "too-few-places",
    /// More places to answer, or marks to set, than [`limits::FIELDS`].
    TooManyPlaces => "too-many-places",
    /// More choices, labels or passages than [`limits::PIECES`].
    TooManyPieces => "too-many-pieces",
    /// A stem, row or statement says nothing.
    PlaceWithoutText => "place-without-text",
    /// The right choice is missing, or it is none of the question's.
    RightChoiceMissing => "right-choice-missing",
    /// A choice that can be used once is right at two places.
    ChoiceRightTwice => "choice-right-twice",
    /// Two choices look the same.
    SameText => "same-text",
    /// Fewer may be chosen or marked than are right.
    LimitTooLow => "limit-too-low",
    /// A gap or passage is not exactly once in the text of each language.
    GapNotOnceInText => "gap-not-once-in-text",
    /// The text has a gap or passage that the question does not know.
    UnknownGapInText => "unknown-gap-in-text",
    /// There is no picture, or one without a size.
    PictureMissing => "picture-missing",
    /// A picture is not described in words.
    PictureWithoutAlternative => "picture-without-alternative",
    /// A region or spot lies outside its picture or has no area.
    OutsidePicture => "outside-picture",
    /// A scale has no two values, no step over 0, or more than 10,000 steps.
    ScaleInvalid => "scale-invalid",
    /// No value of the scale is right.
    RightValueOffScale => "right-value-off-scale",
    /// A tolerance is below 0.
    ToleranceBelowZero => "tolerance-below-zero",
    /// A question, or a gap, accepts no answer at all.
    NoAcceptedAnswer => "no-accepted-answer",
    /// An accepted answer says nothing.
    EmptyAnswer => "empty-answer",
    /// A unit has no name, or one of the author's own has no factor.
    BadUnit => "bad-unit",
    /// A variable's name is none, a function's, or another variable's.
    BadVariableName => "bad-variable-name",
    /// A variable has no value that can be drawn, or there are too many variables
    /// or variants.
    VariablesOutOfRange => "variables-out-of-range",
    /// An expression cannot be read, or not be worked out for every value; see
    /// [`Calculated::expression_error`](crate::Calculated::expression_error) for
    /// line and column.
    BadExpression => "bad-expression",
    /// A result is shown with more than 9 decimals, or not 1 to 15 digits.
    RoundingOutOfRange => "rounding-out-of-range",
    /// The word limits are not from 1 to 10,000, or the fewest are over the most.
    WordLimits => "word-limits",
    /// An upload allows no kind of file, no file, or files that are too large.
    UploadLimits => "upload-limits",
    /// Points are not over 0 and at most [`limits::POINTS`].
    PointsOutOfRange => "points-out-of-range",
    /// A question that is not marked has points.
    PointsWithoutMarks => "points-without-marks",
    /// A slot's or part's id is empty, too long or of other letters than an
    /// id may have.
    BadId => "bad-id",
    /// Two slots, or two parts of a question, have the same id.
    DuplicateId => "duplicate-id",
    /// A question refers to a stimulus that is not there.
    UnknownStimulus => "unknown-stimulus",
    /// A stimulus says nothing.
    StimulusWithoutText => "stimulus-without-text",
    /// More than [`limits::SECTIONS`].
    TooManySections => "too-many-sections",
    /// A section has no title.
    SectionWithoutTitle => "section-without-title",
    /// A section has no question.
    SectionWithoutQuestion => "section-without-question",
    /// A question stands in a section that is not there.
    UnknownSection => "unknown-section",
    /// A draw asks for no question, for no difficulty that there is, or a pool has
    /// more than [`limits::DRAWS`].
    DrawInvalid => "draw-invalid",
    /// The draws of a pool cannot all be filled.
    PoolTooSmall => "pool-too-small",
    /// Questions of one draw are worth different points.
    DrawPointsDiffer => "draw-points-differ",
    /// Nothing would be left of the questions that may be dropped.
    TooManyDrops => "too-many-drops",
    /// Questions that may be dropped are worth different points.
    DropPointsDiffer => "drop-points-differ",
    /// A pool from which questions may be dropped has one that may not.
    ProtectedInPool => "protected-in-pool",
    /// There is nothing to choose instead of a section.
    AlternativeAlone => "alternative-alone",
    /// Sections to choose between are worth different points.
    AlternativesDiffer => "alternatives-differ",
    /// A difficulty is not from 1 to 5, or a tag is empty or too long.
    TagsOrDifficulty => "tags-or-difficulty",
    /// A question opens after one that is none, or does not come earlier.
    OpensAfterUnknown => "opens-after-unknown",
    /// A question opens after one that not every attempt asks.
    OpensAfterUncertain => "opens-after-uncertain",
    /// A scheme's parts, conditions, key or supplement do not fit together.
    SchemeInvalid => "scheme-invalid",
    /// A scheme counts a section that is not there, or one twice.
    SchemeSectionUnknown => "scheme-section-unknown",
    /// A question with points belongs to no part of the scheme.
    SchemeLeavesQuestionOut => "scheme-leaves-question-out",
    /// It closes before, or just when, it opens.
    ClosesBeforeOpens => "closes-before-opens",
    /// The time limit is out of its range.
    TimeLimitOutOfRange => "time-limit-out-of-range",
    /// The grace for submitting is not over 0, or too long.
    GraceOutOfRange => "grace-out-of-range",
    /// A wait between attempts is too long.
    WaitOutOfRange => "wait-out-of-range",
    /// The password is empty or too long.
    PasswordOutOfRange => "password-out-of-range",
    /// The pass mark is not from 1 to 100 percent.
    PassOutOfRange => "pass-out-of-range",
    /// The attempts allowed are 0 or too many.
    AttemptsOutOfRange => "attempts-out-of-range",
    /// Something is to be shown after the close of an assessment that never closes.
    ReviewAfterCloseWithoutClose => "review-after-close-without-close",
    /// Certainty is asked for in a behaviour that has tries or a marker.
    CertaintyWithOtherBehaviour => "certainty-with-other-behaviour",
    /// More hints than [`limits::HINTS`].
    TooManyHints => "too-many-hints",
    /// A hint says nothing.
    HintWithoutText => "hint-without-text",
    /// What a further try costs is not from 0 to 1.
    TryPenaltyOutOfRange => "try-penalty-out-of-range",
}
