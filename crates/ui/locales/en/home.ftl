# The front page
home-title = Quizzes for skilled trades, inside your course
home-lead = Taynghe lets vocational colleges write and mark quizzes online. They open inside Moodle, and the grades go to its gradebook automatically.
home-student = Are you a student?
home-student-text = Go to your course on your college's learning platform and open the quiz there.
home-instructor = Are you a teacher?
home-instructor-text = In your course, turn editing on, add an activity, choose Taynghe and press “Select content” to pick a quiz or write a new one.
home-administrator = Are you a Moodle administrator?
home-administrator-text = Ask whoever runs Taynghe for an invitation address and paste it into the “Tool URL...” box at “Site administration → Plugins → Activity modules → External tool → Manage tools”.
home-sign-in = Do you administer Taynghe? Sign in here
home-courses = Want to learn by yourself?
home-courses-text = The open courses are free for everybody, without an account. If you sign in, you can continue on another device.
home-courses-link = Show open courses
