# Writing and previewing a quiz
quiz-new = New quiz
quiz-untitled = (Untitled)
quiz-back-to-picker = Back to choosing
quiz-back-to-activity = Back to the activity
quiz-back-to-editor = Back to the editor
quiz-state-never = Not published
quiz-state-published = Published
quiz-state-changed = Unpublished changes
quiz-archived-title = This quiz is archived
quiz-archived-text = It no longer shows up when quizzes are searched. Activities that use it work as before.
quiz-removed-title = This draft is deleted
quiz-removed-text = If that was a mistake, press “Restore this quiz” at the end of the page.

quiz-saved-title = Draft saved
quiz-saved-text = Students see your changes only after you publish.
quiz-saved-same-text = The draft is the same as the published quiz.
quiz-published-title = Published
quiz-published-text = New attempts use this version. Attempts in progress keep the one they began with.
quiz-copied-title = This is a copy
quiz-copied-text = The original stays as it was.
quiz-unsaved-title = Not saved yet
quiz-unsaved-text = What you typed is still on this page. Save when you are done.
quiz-unreadable-title = Not saved
quiz-unreadable-text = Some fields cannot be read. Correct them below and save again; everything else is still on this page.
quiz-incomplete-title = Draft saved, but not published
quiz-incomplete-text = Correct what is listed below, then publish again.
quiz-problems =
    { $count ->
        [one] { $count } thing to correct
       *[other] { $count } things to correct
    }
quiz-problem-of-question = Question { $number }: { $problem }

quiz-conflict-text = While you were editing, somebody else or another tab saved this quiz at { $time }. All that you typed is still below, but it is not saved.
quiz-conflict-question = Question { $number } differs from the saved version
quiz-conflict-frame = Title, introduction, rules or the list of questions differ from the saved version
quiz-conflict-absent = The saved version does not have this question.
quiz-conflict-mine = Save mine over theirs
quiz-conflict-theirs = Discard mine, open theirs

quiz-written-in = Language being edited
quiz-original = Language of the quiz
quiz-original-hint = Shown to students for whom there is no translation.
quiz-title = Title
quiz-introduction = Introduction (optional)
quiz-markdown-hint = You can use Markdown: **bold**, *italic*, lists, tables, and formulas between two $ signs.
quiz-also-in = Also in: { $languages }
quiz-is-html = This text is written in HTML.

quiz-stem = Question text
quiz-kind = Question type
quiz-kind-single = Single choice
quiz-kind-several = Multiple choice
quiz-kind-true-false = True or false
quiz-kind-change = Change type
quiz-options = Options
quiz-option = Option { $number }
quiz-right = Right answer
quiz-statement = This statement is
quiz-true = True
quiz-false = False
quiz-option-add = Add an option
quiz-option-up = Move option { $number } up
quiz-option-down = Move option { $number } down
quiz-option-remove = Remove option { $number }
quiz-question-up = Move question { $number } up
quiz-question-down = Move question { $number } down
quiz-question-copy = Duplicate question { $number }
quiz-question-remove = Remove question { $number }
quiz-feedback = Feedback
quiz-feedback-hint = Shown after submitting. Leave empty what you do not need.
quiz-feedback-of = When chosen: { $option }
quiz-feedback-general = For every student
quiz-points = Points
quiz-scoring = Marking
quiz-scoring-all = Points only if all is right
quiz-scoring-partial = Part marks; wrong choices lose marks
quiz-shuffle-options = Shuffle the options
quiz-add = Add a question

quiz-rules = Rules
quiz-attempts = Attempts allowed
quiz-attempts-hint = Leave empty for no limit.
quiz-time-limit = Time limit (minutes)
quiz-time-limit-hint = Leave empty for no limit.
quiz-zone-hint = Time zone { $zone }. Leave empty for no limit.
quiz-shuffle-questions = Shuffle the questions
quiz-shown = After submitting, students see
quiz-shown-marks = Marks
quiz-shown-answers = Right answers
quiz-shown-feedback = Feedback
quiz-shown-always = At once
quiz-shown-after-close = After the quiz closes
quiz-shown-never = Never

quiz-save = Save draft
quiz-preview = Preview
quiz-publish = Publish
quiz-copy = Make a copy
quiz-copy-word = copy
quiz-archive = Archive this quiz
quiz-restore = Restore this quiz
quiz-remove = Delete draft
quiz-remove-title = Delete this draft?
quiz-remove-text = It was never published, so no student uses it. Right after deleting, you can still restore it.
quiz-remove-cancel = Keep it

quiz-preview-title = Preview
quiz-preview-text = This is the saved draft as students will see it. Nothing is recorded or marked.
quiz-preview-shuffled = Each student gets the questions in a different order.
quiz-preview-empty = There are no questions yet
quiz-preview-key = Answers and feedback for question { $number }

quiz-problem-no-title = The quiz has no title.
quiz-problem-title-too-long = The title is longer than 250 characters.
quiz-problem-no-question = The quiz has no questions.
quiz-problem-too-many-questions = The quiz has more than 300 questions.
quiz-problem-question-without-text = The question has no text.
quiz-problem-text-too-long = The text is too long (at most 64 KB).
quiz-problem-hidden-picture = Pictures from other sites are not shown. Remove the picture or describe it in words.
quiz-problem-too-few-options = At least two options are needed.
quiz-problem-too-many-options = There are more than 30 options.
quiz-problem-option-without-text = The option is empty. Fill it in or remove it.
quiz-problem-no-right-option = No right answer is marked.
quiz-problem-several-right-options = Several answers are marked as right where only one can be.
quiz-problem-true-false-options = A true or false question must have exactly its two answers.
quiz-problem-points-out-of-range = Points must be more than 0 and at most 1000.
quiz-problem-bad-id = An internal ID is not valid. Remove this part and add it again.
quiz-problem-duplicate-id = An internal ID is there twice. Remove this part and add it again.
quiz-problem-closes-before-opens = The closing time must be after the opening time.
quiz-problem-time-limit-out-of-range = The time limit must be between 1 minute and 7 days.
quiz-problem-attempts-out-of-range = The attempts allowed must be between 1 and 100.
quiz-problem-review-after-close-without-close = Something is shown only after the quiz closes, but there is no closing time.
quiz-problem-not-a-number = Enter a number, such as 1 or 0.5.
quiz-problem-not-a-whole-number = Enter a whole number.
quiz-problem-not-a-time = Enter both date and time.
