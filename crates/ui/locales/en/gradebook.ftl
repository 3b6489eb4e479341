# The teacher's page of marks
gradebook-title = Gradebook
gradebook-untitled = (Untitled quiz)
gradebook-links = More for this quiz
gradebook-edit = Edit quiz
gradebook-preview = Preview
gradebook-csv = Download CSV
gradebook-overview = Overview
gradebook-students = Students
gradebook-submitted = Submitted
gradebook-open = In progress
gradebook-not-started = Not started
gradebook-not-started-count = Not started ({ $count })
gradebook-begun = Students who have started
gradebook-student = Student
gradebook-attempts = Submitted attempts
gradebook-attempt = Attempt { $number }
gradebook-mark = Grade
gradebook-delivery = Grade in { $platform }
gradebook-nameless = Student whose name is not shared
gradebook-has-left = No longer in the course

gradebook-sent-again-title = Sending again
gradebook-sent-again-text = Grades usually arrive within seconds. Reload the page to see the result.
gradebook-overwrites-title = Replacing the grade
gradebook-overwrites-text = The grade from Taynghe is being sent to { $platform } in place of the teacher's. Reload the page in a few seconds.
gradebook-column-made-title = The grade column is there
gradebook-column-made-text = Grades that were waiting are being sent to { $platform } now.
gradebook-no-column-title = { $platform } has no grade column for this quiz
gradebook-no-column-text = Grades are kept here until there is one. The new column will appear in the course's gradebook.
gradebook-make-column = Create a grade column in { $platform }
gradebook-column-missing-text = { $platform } does not let this tool create columns. Turn on grading in the activity's settings, or ask the { $platform } administrator to allow the grade service.
gradebook-column-failed-title = The grade column could not be created in { $platform }
gradebook-column-failed-unreachable = { $platform } is not responding. Grades are kept here. Press the button below again in a few minutes.
gradebook-column-failed-scope = { $platform } does not allow this tool to create grade columns yet. Ask the { $platform } administrator to open the tool's settings, section “Services”, and choose “Use this service for grade sync and column management”. Then press the button below again.
gradebook-column-failed-origin = The gradebook is at an address that does not belong to the registered { $platform }, or on an internal network that Taynghe may not call. Send these codes to the Taynghe administrator, who can check and approve the address.
gradebook-column-failed-refused = { $platform } did not accept the tool's request. Grades are kept here. Send these codes to the { $platform } administrator: is the tool still switched on, and are its “Public keyset” address and “Client ID” right?
gradebook-live-failed-title = The grades in { $platform } could not be read
gradebook-live-failed-text = This page only shows what was sent. If a teacher has changed a grade there, it does not show here yet. Reload the page in a few minutes.
gradebook-failed-title = { $count ->
    [one] { $count } grade has not arrived
   *[other] { $count } grades have not arrived
}
gradebook-failed-text = The reason is shown beside each student below. Once it is fixed, send the grades again.
gradebook-send-all = Send all of these again
gradebook-nobody-title = No students yet
gradebook-nobody-text = Students appear here once the class list has been read, or when they first open the quiz.
gradebook-overwrite = Replace with the grade from Taynghe
gradebook-stays = { $platform } still keeps the teacher's grade. The grade from Taynghe will show once the override is removed in the { $platform } gradebook.
gradebook-only-theirs = { $platform } shows { $theirs }, set by a teacher.
gradebook-shows-nothing = { $platform } shows no grade at the moment: a teacher may have deleted it.
gradebook-missing-link-title = This activity no longer has a grade column in { $platform }
gradebook-missing-link-text = Grades are kept here. Open the activity's settings in { $platform }, check the Grade section and save: { $platform } makes the column again. Then open this quiz once, and the grades are sent at once.
gradebook-missing-link-or = If you would rather not touch the activity, you can create a separate column; it does not belong to the activity.
gradebook-missing-tool-title = The grade column of this quiz was deleted in { $platform }
gradebook-missing-tool-text = Grades are kept here. When you create the column again, all of them are sent again.
gradebook-make-again = Create the { $platform } column again
gradebook-followed-title = The maximum grade in { $platform } was changed from { $from } to { $to }
gradebook-followed-text = Grades here follow the new scale. Each student's share stays the same, and no grade was overwritten. If this was a mistake, set the maximum grade back in the activity's settings.
gradebook-differs-title = The column in { $platform } has a maximum of { $theirs }, here it is { $ours }
gradebook-differs-text = { $platform } converts the grades to the column's scale. If this was a mistake, set the column's maximum grade back in the gradebook.
gradebook-emptied-title = { $count ->
    [one] { $count } grade had arrived in { $platform } and is no longer there
   *[other] { $count } grades had arrived in { $platform } and are no longer there
}
gradebook-emptied-text = A teacher may have deleted them. Nothing is sent again by itself; if you want them back, send them here.
gradebook-send-emptied = Send these again
gradebook-locked-title = { $count ->
    [one] { $count } grade is locked in { $platform }
   *[other] { $count } grades are locked in { $platform }
}
gradebook-locked-text = In the { $platform } gradebook, unlock the column (in the gradebook setup) or the single grade (in the grader report). Then send again.

gradebook-csv-name = Name
gradebook-csv-state = Status
gradebook-csv-attempts = Submitted attempts
gradebook-csv-submitted-at = Last submitted
gradebook-csv-mark = Grade
gradebook-csv-maximum = Maximum grade
gradebook-csv-delivery = Delivery
gradebook-csv-shown = Grade shown in { $platform }
