//! The stable codes with which starting an attempt or writing to its log is
//! refused. Sentences for people are `ui`'s, under these codes; each has a row
//! in docs/errors.md.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// Why an attempt cannot begin or an entry is not taken.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, for tests that compare lists.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code as it is shown and documented.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// The assessment has not opened yet.
    NotOpenYet => "ATT-NOT-OPEN-YET",
    /// The assessment's closing time has passed.
    ClosedDate => "ATT-CLOSED-DATE",
    /// All allowed attempts are used.
    NoAttemptsLeft => "ATT-NO-ATTEMPTS-LEFT",
    /// The time to wait between two attempts is not over.
    Wait => "ATT-WAIT",
    /// The password of the assessment is missing or another one.
    Password => "ATT-PASSWORD",
    /// The clock stands: nothing is answered during a break.
    OnBreak => "ATT-ON-BREAK",
    /// There is no break left, or none to end.
    NoBreak => "ATT-NO-BREAK",
    /// An attempt is still open; it is to be continued instead.
    AlreadyOpen => "ATT-ALREADY-OPEN",
    /// Only learners attempt; an instructor previews.
    NotALearner => "ATT-NOT-A-LEARNER",
    /// The attempt is submitted.
    Closed => "ATT-CLOSED",
    /// The time was over when the answer was given.
    TimeOver => "ATT-TIME-OVER",
    /// The answer was given in time by the device's clock, but arrived late.
    ArrivedLate => "ATT-ARRIVED-LATE",
    /// Another tab or device is writing this attempt, or took it over.
    Writer => "ATT-WRITER",
    /// This number was saved with another payload.
    EntryConflict => "ATT-ENTRY-CONFLICT",
    /// This number is not the writer's next.
    EntryGap => "ATT-ENTRY-GAP",
    /// The entry's hashes do not fit what was saved before.
    Chain => "ATT-CHAIN",
    /// A kind of entry that is the server's or a marker's, or is unknown.
    EntryKind => "ATT-ENTRY-KIND",
    /// The attempt has no such question.
    SlotUnknown => "ATT-SLOT-UNKNOWN",
    /// The question opens later: another one comes first.
    QuestionLocked => "ATT-QUESTION-LOCKED",
    /// The candidate went on from the question, and there is no way back.
    QuestionPassed => "ATT-QUESTION-PASSED",
    /// The question must be answered: it may not be dropped.
    NotDroppable => "ATT-NOT-DROPPABLE",
    /// As many questions are dropped as may be.
    DropsUsed => "ATT-DROPS-USED",
    /// There is no such section to choose.
    ChoiceUnknown => "ATT-CHOICE-UNKNOWN",
    /// The examination has no such part to be entered by hand.
    PartUnknown => "ATT-PART-UNKNOWN",
    /// The payload is no answer to its question.
    ResponseInvalid => "ATT-RESPONSE-INVALID",
    /// The question takes no more answers: it was checked, and is right or has no try left.
    QuestionFinished => "ATT-QUESTION-FINISHED",
    /// The question is not checked in this quiz, or has no answer that could be.
    NotCheckable => "ATT-NOT-CHECKABLE",
    /// A payload, an id or the log is over its limit.
    TooLarge => "ATT-TOO-LARGE",
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique() {
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        assert!(codes.iter().all(|code| code.starts_with("ATT-")));
    }
}
