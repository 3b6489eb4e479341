# Duplicated activities, copied courses
copy-course-title = This course is a copy
copy-course-text = This course looks like “{ $course }” (a copy). Reuse the activities with fresh attempts?
copy-course-nameless = This course was copied from an earlier one. Reuse the activities with fresh attempts?
copy-course-activities = { $count ->
    [one] One activity found
   *[other] { $count } activities found
}
copy-rebound-activities = { $count ->
    [one] One activity reused
   *[other] { $count } activities reused
}
copy-quiz = Quiz: { $quiz }
copy-maximum = Maximum { $maximum }
copy-weight = Weight { $weight }
copy-is-open = Opened in this course already
copy-reuse-hint = The activities use the same quizzes, weights and maximum grades as before. No attempt and no grade of the earlier course comes along.
copy-reuse = Reuse all of them
copy-anew-hint = If it should be different here, choose a quiz when you open each activity. Until then, students get the quiz that the activity points to.
copy-anew = Choose anew
copy-rebound-title = The activities are reused
copy-rebound-text = All activities start with fresh attempts. Their gradebook columns are those of this course; an activity that was never opened here is connected when somebody opens it.
copy-go-on = Open the activity
copy-undo-hint = Nobody has begun an attempt yet, so you can still undo this.
copy-undo = Undo
copy-undo-late = Somebody has begun an attempt, so this can no longer be undone.
copy-activity-title = This activity is a copy
copy-duplicate-text = This activity is a copy of “{ $original }”: the same quiz, “{ $quiz }”, but attempts and a gradebook column of its own.
copy-offered-text = This activity came from the copied course. It opens the quiz “{ $quiz }”, with fresh attempts.
copy-same-hint = Whoever edits the quiz changes it for all activities that use it.
copy-same = Keep the same quiz
copy-independent-hint = An independent copy: editing it does not change the other activity.
copy-independent = Make an independent copy of the quiz
copy-another-hint = Or choose a different quiz. Until you have chosen one, students cannot begin.
copy-another = Choose another quiz
copy-begun = Somebody has begun an attempt here, so this activity keeps its quiz.
copy-taken-title = This activity is reused from the earlier course
copy-taken-text = Nobody has begun an attempt, so this can still be undone.
copy-taken-link = See and undo
