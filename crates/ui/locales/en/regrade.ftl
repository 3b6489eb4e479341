# Regrading: choose what was marked wrong, see who moves, then apply
regrade-title = Regrade
regrade-lead = Choose the question that was marked wrong and how to correct it. You will see whose marks move before anything changes.
regrade-refused-title = This correction cannot be used
regrade-refused-text = At least one answer must be right, what students saw must stay as it is, points must be over 0 and at most 1000, and at least one question of the quiz must still count. Nothing was changed.
regrade-nobody-title = No attempt has been submitted yet
regrade-nobody-text = A correction will apply to attempts that are running or still to come. If nobody has started, correct the quiz itself instead.
regrade-is-dropped = Does not count
regrade-is-full = Full marks for everyone
regrade-is-answered = Full marks for every answer
regrade-is-corrected = Marking corrected
regrade-mean = { $share } of the points on average
regrade-versions = This question was reworded after students had answered it. The new key applies to every wording that has the options you choose.
regrade-key = Right answer
regrade-key-hint = Tick every option that counts as right.
regrade-key-hint-several = Tick exactly those options that have to be chosen.
regrade-key-hint-typed = Put right what is wrong. What students saw – text, items, unit – has to stay as it is.
regrade-chosen = Chosen: { $count }
regrade-only = Only this one is right
regrade-left-out = Left out: { $count }
regrade-look-key = See whose marks move
regrade-no-key = This question is marked by hand, so it has no key. Change the marks of single answers on the marking page, or use one of the ways below.
regrade-instead = Or do not mark by the key
regrade-full = Full marks for everyone
regrade-answered = Full marks for everyone who answered
regrade-drop = Drop this question
regrade-authored = Mark as written in the quiz
regrade-points = Points of the question
regrade-look-points = Change points
regrade-past = Earlier regrades
regrade-past-reason = Reason: { $reason }
regrade-line = Question { $number }: { $change }
regrade-line-drop = drop the question
regrade-line-full = full marks for everyone
regrade-line-answered = full marks for everyone who answered
regrade-line-points = change to { $points } points
regrade-line-key = correct the right answer
regrade-line-authored = mark as written in the quiz
regrade-dry-title = Before regrading
regrade-back-to-questions = Choose a question
regrade-changed-title = The marking of this quiz has just been changed
regrade-changed-text = Another regrade was applied while you were looking. Nothing of yours was applied. Calculate again to see what yours does now.
regrade-changed-again = Calculate again
regrade-what = What is corrected
regrade-key-was = Right answer until now
regrade-key-now = New right answer
regrade-points-change = Points of the question: from { $was } to { $now }.
regrade-drop-text = The question no longer counts, and the maximum of the quiz falls with it.
regrade-full-text = Everyone gets all points of this question, even those who left it out.
regrade-answered-text = Everyone who answered this question gets all its points, whatever the answer.
regrade-authored-text = All corrections of this question are taken back; it is marked as written in the quiz.
regrade-result = Result
regrade-nothing-yet = This is a trial only. No mark has changed yet.
regrade-up = Marks that rise
regrade-down = Marks that fall
regrade-same = Unchanged
regrade-running = In progress
regrade-running-text = Attempts in progress will be marked the new way when they are submitted.
regrade-elsewhere = This quiz is used in { $courses ->
    [one] { $courses } other course
   *[other] { $courses } other courses
}; { $count ->
    [one] { $count } mark moves there, too.
   *[other] { $count } marks move there, too.
}
regrade-chart = Number of attempts by mark, before and after the regrade
regrade-chart-table = Figures of the chart
regrade-mark = Mark
regrade-before = Before
regrade-after = After
regrade-commit-title = Apply
regrade-raise-only = Raise only
regrade-raise-only-hint = No attempt loses marks by this regrade.
regrade-reason = Reason
regrade-reason-hint = Kept in the audit trail. Students do not see it.
regrade-commit = Regrade and send grades
regrade-again = Calculate again
regrade-nobody-moves = No attempt of this course changes its mark.
regrade-moved = Attempts whose marks move
regrade-attempt = Attempt
regrade-direction = Change
regrade-rises = Rises
regrade-falls = Falls
regrade-progress-title = Regrade
regrade-followed-title = The marking was corrected again later
regrade-followed-text = Marks now follow the latest correction. The figures below are those of this one.
regrade-under-way = { $marked } of { $total } attempts regraded
regrade-progress-bar = Progress of the regrade
regrade-under-way-text = You can close this page; the work goes on.
regrade-reload = See the latest progress
regrade-done-nobody-title = Regraded; no mark has changed
regrade-done-nobody-text = The new marking applies to all attempts from now on.
regrade-done-title = { $count ->
    [one] The mark of { $count } attempt has changed
   *[other] The marks of { $count } attempts have changed
}
regrade-done-sent = { $count ->
    [one] { $count } grade is on its way to { $platform }.
   *[other] { $count } grades are on their way to { $platform }.
}
regrade-done-no-grade = No grade in the gradebook changes: another attempt counts for these students.
regrade-done-no-column = { $count ->
    [one] { $count } grade has changed and is kept here: { $platform } has no grade column for this quiz.
   *[other] { $count } grades have changed and are kept here: { $platform } has no grade column for this quiz.
}
regrade-marked = Regraded
regrade-raised = Marks raised
regrade-lowered = Marks lowered
regrade-queued = Grades changed
regrade-was-raise-only = Raise only
regrade-kept-text = Grades that a teacher set in { $platform } are kept.
regrade-to-gradebook = Open the gradebook
regrade-another = Correct another question
regrade-counted = The figures of each question come from the { $count } attempts begun last; the trial covers all attempts.
regrade-pages = Pages of the list
regrade-page = Page { $page } of { $pages }
regrade-page-before = Previous page
regrade-page-after = Next page
regrade-trial-under-way = Trial: { $looked } of { $total } attempts checked
regrade-trial-bar = Progress of the trial
regrade-trial-text = No mark has changed. You can close this page; when the trial is done, it shows whose marks move.
regrade-trial-missing = This quiz now has { $total } submitted attempts
regrade-trial-missing-text = With so many the trial takes a little longer. No mark has changed.
regrade-trial-begin = Start the trial
regrade-share = Share of the points of each option (%)
regrade-share-hint = With an empty share a ticked option gives all points and any other gives none. Enter a share for an option that is partly right; a negative one takes points away.
regrade-share-hint-several = Shares count only if the question is marked “by the share of each option”. Empty: right options share what is left alike.
regrade-scoring-weighted = By the share of each option
