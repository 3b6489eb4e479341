# Choosing quizzes for an activity of the course
picker-title = Choose a quiz
picker-several-text = Choose one or more quizzes to add to your course. Each becomes an activity of its own.
picker-one-text = Choose one quiz to add to your course.
picker-place-text = This activity is still empty. Choose the quiz that students will take here.
picker-no-columns-title = No grade column
picker-no-columns-text = This platform does not let a tool ask for a gradebook column here. You can still create one later from the teacher's page.
picker-search = Search by title
picker-search-button = Search
picker-new-hint = Nothing suitable yet?
picker-new = Write a new quiz
picker-list = Quizzes
picker-questions =
    { $count ->
        [one] { $questions } question
       *[other] { $questions } questions
    }
picker-maximum = Maximum grade (1–100)
picker-column = Add a gradebook column
picker-unpublished = Publish it before choosing it.
picker-edit = Edit
picker-untitled = Untitled · last changed { $time }
picker-changed = Last changed: { $time }
picker-more = There are more quizzes. Add words to narrow the search.
picker-empty-title = There are no quizzes yet
picker-empty-text = Write the first one; once it is published, come back here to choose it.
picker-nothing-title = No quiz matches “{ $search }”
picker-nothing-text = Try fewer words. Accents do not matter.
picker-none-chosen = You have not chosen a quiz.
picker-maximum-wrong = The maximum grade must be a whole number from 1 to 100.
picker-pick = Add to course
picker-place = Use this quiz
picker-cancel = Cancel
picker-to-courses = Choose a course, a unit or a lesson
picker-courses-title = Choose a course
picker-courses-text = Your organisation’s courses, and the open ones. You can take a whole course, a unit or a lesson.
picker-courses-none-title = No course is published yet
picker-courses-none-text = Once a course is published, you choose it here.
picker-course-open = Open course
picker-parts-several = Choose the whole course, or units and lessons. Each choice becomes an activity of its own.
picker-parts-one = Choose the whole course, a unit or a lesson.
picker-parts = What the activity opens
picker-part-none = You have not chosen anything yet.
picker-whole = The whole course
picker-unit = whole unit
picker-score = What becomes the grade
picker-score-completed = The share that is done
picker-score-marks = The best marks of what is marked
picker-score-both = Both, by weights
picker-weight = Weight of the marks (%); the rest is the share that is done
picker-weight-wrong = The weight is a whole number from 0 to 100.
picker-course-place = Use this
