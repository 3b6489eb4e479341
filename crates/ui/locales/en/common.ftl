# What all pages share
language-name = English
common-skip = Skip to main content
common-languages = Language
common-not-me = Not me
common-sign-out = Sign out
common-course = Course
common-back-to-course = Back to the course
common-role-learner = Student
common-role-instructor = Teacher
common-role-administrator = Administrator
common-role-guest = Guest
common-what-next = What to do next
common-problem-code = Error code
common-trace-id = Trace ID
common-trace-hint = If you ask for help, please include these codes.
