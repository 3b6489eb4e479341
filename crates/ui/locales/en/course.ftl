# Open courses: catalogue, a course's front page, lesson
course-catalogue-title = Open courses
course-catalogue-lead = Learn free of charge, without an account. Every lesson reads well on a phone, also on a weak line.
course-search = Find a course
course-search-button = Search
course-all = Show all courses
course-none-title = There are no courses yet
course-none-text = Courses stand here as soon as they are published.
course-not-found-title = No course contains “{ $search }”
course-not-found-text = Try fewer words. Accents are not needed.
course-found =
    { $count ->
        [one] { $count } course found.
       *[other] { $count } courses found.
    }
course-lessons =
    { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }
course-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
course-fact-lessons = Lessons
course-fact-time = Time needed
course-fact-languages = Languages
course-fact-price = Price
course-free = Free
course-no-lessons = This course has no lessons yet.
course-begin = Begin
course-continue = Continue
course-again = Read again from the beginning
course-read = Read
course-share = { $read } of { $total } lessons read
course-kept-here = Your progress is kept on this device only and sent nowhere.
course-assessment = Quiz
course-after = After: { $steps }
course-crumbs = Place in the course
course-lesson-of = { $number } of { $total }
course-fallback-title = This lesson is not available in English yet
course-fallback-text = The text below is in { $language }.
course-reflection = Think about it
course-reflection-kept = Only you see this; it is kept on this device.
course-reflection-paper = Write your answer down in a notebook.
course-transcript = Transcript
course-terms = Terms in this lesson
course-ways = Lessons before and after
course-previous = Previous lesson
course-next = Next lesson
course-finish = Done, back to the course
course-licence = Licence:
course-licence-source = Source
course-answer = The right answer
course-show-answer = Show the answer
course-package-title = Learn without a connection
course-package-text = Download the whole course, unpack it and open the file index.html. There is no video in it.
course-package-link = Download the course ({ $size })
course-offline-note = This copy reads offline; no connection is needed.
course-offline-online = This page online
course-offline-version = Version
course-offline-quiz = Quiz, needs a connection
course-offline-terms = Terms of the course
course-offline-checks = Answer for yourself before you open the solution. Your answers are not kept.
course-offline-left-out = Not in this copy; it needs a connection.
course-offline-left-out-picture = Picture (not in this copy):
course-offline-back = Back to the course
course-quiz-elsewhere-title = This quiz counts for a grade
course-quiz-elsewhere-text = It is taken in the learning platform of the college, so its questions are not shown here.
