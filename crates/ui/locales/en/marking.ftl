# Marking by hand: what waits, one answer at a time, names hidden, a second marker
marking-title = Marking
marking-go = Mark now
marking-nobody-title = There is nothing to mark yet
marking-nobody-text = Answers appear here as soon as somebody has submitted an attempt.
marking-nothing-title = No question of this quiz waits for a marker
marking-nothing-text = All its questions mark themselves. You can still change the mark of any answer.
marking-done-title = Everything is marked
marking-done-text = The grades are on their way. You can still look at every answer and change its mark.
marking-old-question = A question of an earlier version
marking-waiting = Waiting
marking-marked = Marked
marking-apart = Markers differ
marking-answered = Answered
marking-automatic = Questions that mark themselves ({ $count })
marking-automatic-hint = Choose one to change the mark of an answer by hand, with a comment.
marking-choices = How do you want to mark?
marking-hide-names = Hide names
marking-hide-names-hint = Answers are numbered, in an order that says nothing of the students and differs from question to question.
marking-second = Mark as a second marker
marking-second-hint = You do not see what others gave until you have decided on the answer yourself.
marking-choose = Apply
marking-notes = Notes for markers
marking-begin = { $count ->
    [one] Mark { $count } waiting answer
   *[other] Mark { $count } waiting answers
}
marking-question-done-title = All answers to this question are marked
marking-question-done-text = You can still open any of them and change its mark.
marking-answers = Answers
marking-answer = Answer
marking-state = State
marking-state-waiting = Waits for a marker
marking-state-apart = Markers differ by { $points }
marking-state-marked = Marked
marking-state-automatic = Marked by its key
marking-paper = Answer { $number }
marking-place = Answer { $place } of { $total } · waiting: { $waiting }
marking-saved = Saved
marking-saved-before = The answer before this one is saved
marking-dropped-title = This question does not count
marking-dropped-text = A regrade dropped it. Decisions that were made are kept and count again if the regrade is taken back.
marking-given-text = A regrade gives these points whatever markers decide.
marking-history = Decisions so far
marking-mark = Mark
marking-points = Points
marking-points-of = of { $maximum }
marking-points-error = Type a number from 0 to { $maximum }. Nothing was saved.
marking-comment = Comment for the student
marking-save-next = Save and next
marking-save = Save
marking-quick = Save at once with these points
marking-give = { $points }
marking-release = Take the decision back
marking-blind-hint = You are marking as a second marker: other decisions are hidden until you have saved yours.
marking-previous = Previous
marking-skip = Skip
marking-whole-attempt = The whole attempt
marking-by-you = You
marking-by-other = Another marker
marking-kind-blind = Did not see the others
marking-kind-crossed = Came at the same time, does not count
marking-kind-released = Decision taken back
marking-stands = Counts
marking-crossed-title = Somebody else marked this answer at the same time
marking-crossed-text = Your decision is kept but does not count yet, because you had not seen the other one. Which one shall count?
marking-crossed-third = Or enter a third mark below.
marking-keep-theirs = Keep that one
marking-take-own = Take mine
marking-apart-title = Markers differ (in points): { $points }
marking-apart-text = Marks that lie more than 10 % of the points apart are not averaged. The grade waits until somebody who has seen both saves a mark here.
marking-here = Mark by hand
marking-provisional = Provisional
marking-waits-badge = { $count ->
    [one] { $count } answer waits for a marker
   *[other] { $count } answers wait for a marker
}
marking-waits-title = { $count ->
    [one] { $count } answer waits for a marker
   *[other] { $count } answers wait for a marker
}
marking-waits-text = The mark is provisional until your teacher has marked it.
marking-waits-hidden = Your teacher still has to mark part of this attempt.
marking-waits-instructor = The mark is provisional, and no grade is sent for this attempt until everything is marked.
marking-gradebook-text = Until then these marks are provisional, and { $platform } keeps what it has.
marking-statistics = { $count ->
    [one] { $count } answer waits for a marker and counts in no figure.
   *[other] { $count } answers wait for a marker and count in no figure.
}
marking-review-dropped = This question was dropped afterwards: it does not count.
marking-review-full = Everyone was given full marks for this question afterwards.
marking-review-answered = Everyone who answered this question was given full marks afterwards.
marking-review-comment = The marker’s comment
