//! Quizzes, pure: items and their scoring, the draft that an editor checks, the
//! rules of an attempt, its log of entries with the hash chain, and the mark as
//! a function of published content, log and marking policy.
//!
//! Left out on purpose: storing (`storage`), who may do what (`app`), wording
//! (`ui`), and every clock and source of randomness: times and seeds are values.

mod append;
mod attempt;
mod authoring;
mod behaviour;
mod certainty;
mod cleared;
mod code;
mod content;
mod correction;
mod decision;
mod draft;
mod draft_check;
mod draft_problem;
mod draw;
mod entry;
mod entry_hash;
mod expression;
mod grade;
mod id;
mod in_force;
mod interaction;
mod item;
mod module_score;
mod moves;
mod named_media;
mod number;
mod number_scan;
mod order;
mod outcome;
mod plan;
mod policy;
mod program_word;
mod progress;
mod regrade;
mod response;
mod review;
mod scheme;
mod scoring;
mod section;
mod section_check;
mod statistics;
mod text_pattern;
mod timing;
mod unit;
mod unit_table;
mod verdict;
mod vietnamese_letter;
mod word_count;

#[cfg(test)]
mod append_tests;
#[cfg(test)]
mod authoring_kept_tests;
#[cfg(test)]
mod authoring_tests;
#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod in_force_tests;
#[cfg(test)]
mod marks_tests;
#[cfg(test)]
mod placing_draft_tests;
#[cfg(test)]
mod placing_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod regrade_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod statistics_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod timing_tests;
#[cfg(test)]
mod types_tests;
#[cfg(test)]
mod verdict_tests;

pub use append::{
    Appended, Incoming, Lease, LogState, Standing, WriterState, append, append_by_marker, append_by_server,
    append_part_points, entry_from_form,
};
pub use attempt::{AttemptHeader, AttemptState, CannotStart, FormerAttempt, can_start, is_due};
pub use authoring::{
    AUTHORED_TYPES, AuthoringField, AuthoringProblem, AuthoringProblemKind, Control, Typed, authored,
    authoring_fields, blank_of, takes_media,
};
pub use behaviour::{Behaviour, Hint};
pub use certainty::{Certainty, CertaintyFigures, LevelCount, certainty_figures};
pub use cleared::without_wrong;
pub use code::Code;
pub use content::{AssessmentContent, GradeFrom, Published, Rules, Slot, Stimulus};
pub use correction::{
    Asked, Change, Correction, CorrectionProblem, OptionsKey, key_fields, with_options_key,
    with_right_options, with_typed_key,
};
pub use decision::{AGREEMENT, Decided, Decision, Decisions, HandMark, Stance, decisions};
pub use draft::{Draft, DraftSlot, ParseDraftError, draft_from_json, draft_of, publish};
pub use draft_check::{check_draft, check_item};
pub use draft_problem::{DraftProblem, DraftProblemKind, Place};
pub use entry::{Entry, EntryKind, latest_answers};
pub use entry_hash::{BrokenChain, EntryHash, canonical_form, entry_hash, verify_chain};
pub use expression::{
    DEEPEST_EXPRESSION, Expression, ExpressionError, ExpressionProblem, LONGEST_EXPRESSION, is_variable_name,
};
pub use grade::{AttemptScore, column_grade, scaled};
pub use id::{
    AlternativeId, AttemptId, FieldId, ItemVersionId, OptionId, PartId, SectionId, SlotId, StimulusId,
    WriterId,
};
pub use in_force::{Accommodation, Changed, InForce, PersonalRules, RuleOverride, rules_in_force};
pub use interaction::{
    AcceptedNumber, AcceptedText, Associate, Calculated, CalculatedAnswer, Choice, ChoiceOption, Cloze,
    Context, DragOntoImage, Essay, EssayLength, FileKind, Gap, GapKind, GraphicOrder, Hottext, ImageRef,
    Information, Interaction, Likert, MarkSpot, Marker, Matching, Matrix, MatrixRow, MultipleChoice,
    MultipleChoiceScoring, Numerical, Ordering, OrderingScoring, Passage, Piece, ProgramGap, ProgramGaps,
    Region, RightLink, RowScoring, SelectMissingWords, ShortText, ShownRounding, Slider, Spot, SpotRegion,
    Statement, Stem, Tolerance, TrueFalse, Upload, UploadedFile, Variable, VariableValues, WordGap, Zone,
    markers, number_readings, shown_text,
};
pub use item::{Item, ResultFeedback};
pub use module_score::{Rounding, Unfinished, WeightedMean, WeightedPart, weighted_mean};
pub use moves::Moves;
pub use named_media::{NamedMedia, item_media, named_media};
pub use number::{
    LONGEST_NUMBER, Meant, NumberReading, Quantity, ReadNumber, decimal_sign, format_number, read_number,
    read_quantity,
};
pub use order::option_order;
pub use outcome::{Outcome, ReplayError, SlotOutcome, Sure, replay};
pub use plan::{Access, Plan, PlannedSection, PlannedSlot, SectionChoice, plan};
pub use policy::{MarkingPolicy, SlotOverride};
pub use progress::{Checked, Progress, SlotLog, Try, checked, handed_in, slot_logs, standing};
pub use regrade::{BANDS, Direction, Distribution, Logged, Movement, Regrade, movement, regrade};
pub use response::{Point, Response, ResponseProblem, payload_from_form};
pub use review::{
    Moment, RIGHT_AFTER, Review, Shown, Visible, less_from, moment, more_from, rules_for_review, visible,
};
pub use scheme::{Band, Condition, Part, PartPoints, PartSource, Scheme, Supplement};
pub use scoring::{FeedbackPlace, ItemMark, PartMark, score_item};
pub use section::{DIFFICULTIES, Draw, Navigation, Placing, Section};
pub use statistics::{
    DUBIOUS_EFFICIENCY, Finding, GivenPart, GivenResponse, Interval, ItemFigures, ItemStatistics, MarkTable,
    ResponseCount, SlotMarks, Statistics, TableProblem, TestStatistics, counts_responses,
    discrimination_interval, facility_interval, findings, given_parts, response_counts, statistics,
};
pub use text_pattern::{TextPattern, TextRule};
pub use timing::{AttemptClock, GrantCause, TimeGrant, WhenTimeIsOver, attempt_clock};
pub use unit::{InUnit, OwnUnit, UnitRule, UnitTyped, convert, in_unit, is_known_unit, shown_unit};
pub use verdict::{Known, Needed, PartResult, Verdict, evaluate};
pub use word_count::count_words;

/// Limits of one assessment, against mistakes and floods rather than for taste.
pub mod limits {
    /// The most questions in one assessment.
    pub const QUESTIONS: usize = 300;
    /// The most sections in one assessment.
    pub const SECTIONS: usize = 30;
    /// The most draws from one pool.
    pub const DRAWS: usize = 8;
    /// The most tags of one question or draw.
    pub const TAGS: usize = 20;
    /// The most letters of a tag.
    pub const TAG_LETTERS: usize = 50;
    /// The most parts of an examination scheme, and of its conditions.
    pub const PARTS: usize = 40;
    /// The most options of one question.
    pub const OPTIONS: usize = 30;
    /// The most hints of one question.
    pub const HINTS: usize = 9;
    /// The most places of one question that take an answer: gaps, stems, zones, rows.
    pub const FIELDS: usize = 60;
    /// The most choices, labels or passages of one question.
    pub const PIECES: usize = 100;
    /// The most letters of a short answer, typed or accepted.
    pub const ANSWER_LETTERS: usize = 1_000;
    /// The most letters of a title.
    pub const TITLE_LETTERS: usize = 250;
    /// The most letters of a marker's comment.
    pub const COMMENT_LETTERS: usize = 5_000;
    /// The most points of one question.
    pub const POINTS: f64 = 1_000.0;
    /// The shortest time limit, in seconds.
    pub const TIME_LIMIT_MIN_SECONDS: u32 = 60;
    /// The longest time limit, in seconds: a week.
    pub const TIME_LIMIT_MAX_SECONDS: u32 = 7 * 24 * 60 * 60;
    /// The longest grace for submitting after the time is over, in seconds: a day.
    pub const GRACE_MAX_SECONDS: u32 = 24 * 60 * 60;
    /// The longest wait between two attempts, in seconds: 30 days.
    pub const WAIT_MAX_SECONDS: u32 = 30 * 24 * 60 * 60;
    /// The most letters of a password.
    pub const PASSWORD_LETTERS: usize = 100;
    /// The most attempts that can be allowed, short of any number.
    pub const ATTEMPTS: u32 = 100;
    /// The most bytes of a draft's JSON.
    pub const DRAFT_BYTES: usize = 4 * 1024 * 1024;
    /// The most bytes of an id that comes from outside.
    pub const ID_BYTES: usize = 64;
    /// The most bytes of one entry's payload.
    pub const PAYLOAD_BYTES: usize = 64 * 1024;
    /// The most entries of one attempt.
    pub const ENTRIES: i64 = 20_000;
}
