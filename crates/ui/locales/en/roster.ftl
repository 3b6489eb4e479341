# The class list on the teacher's page of marks
roster-read = Class list read from { $platform }: { $time }.
roster-refresh = Read the class list again
roster-not-shared = { $platform } does not share the class list with this tool, so only students who have opened the quiz are shown.
roster-failed-title = The class list could not be read
roster-failed-text = Only students who have opened the quiz are shown.
roster-stale-title = The class list could not be read again
roster-stale-text = Last tried: { $tried }. This page still uses the list read from { $platform }: { $time }.
roster-problem-unreachable = { $platform } is not responding. The list will be read again within minutes.
roster-problem-throttled = { $platform } asked for a pause because of too many requests. The list will be read again later.
roster-problem-scope = { $platform } does not allow this tool to read the class list. Ask the { $platform } administrator to open the tool's settings, section “Services”, and to allow “IMS LTI Names and Role Provisioning”.
roster-problem-origin = The class list is at an address that does not belong to the registered { $platform }, or on an internal network that Taynghe may not call. The Taynghe administrator should check and approve the address.
roster-problem-gone = { $platform } has no list at the former address: the course may have been deleted or moved. Open the quiz again from the course page.
roster-problem-refused = { $platform } did not accept the tool's request. Ask the { $platform } administrator whether the tool is still switched on and may use the class list service.
roster-problem-other = Taynghe could not read the list. If this stays, tell the Taynghe administrator.
roster-refreshed-title = The class list was read again
roster-refreshed-text = The list below is the one that { $platform } has now.
roster-just-now-title = The class list has just been read
roster-just-now-text = It can be read once a minute for each course. Wait a moment, then press again.
roster-under-way-title = The class list is being read
roster-under-way-text = It takes longer for a large class. Reload the page in a few minutes.
roster-cannot-open = { $count ->
    [one] { $count } student may not open this quiz, because access to it is restricted in { $platform }, and is not listed as not started.
   *[other] { $count } students may not open this quiz, because access to it is restricted in { $platform }, and are not listed as not started.
}
roster-teachers = Listed as students by { $platform }, but opening the quiz as teachers (teaching assistants): { $names }.
roster-left-kept = { $platform } takes no grades of people who have left the course. The grade is kept here and is sent by itself when they come back.
roster-asked-not-started-title = { $name } has not started this quiz
roster-asked-nobody-title = This student has not started the quiz
roster-asked-not-started-text = There is no attempt to look at yet.
roster-asked-unknown-title = This student is not known in this course
roster-asked-unknown-text = { $platform } asked for the work of somebody who never opened the quiz and is not in the class list that was read. If they have just been enrolled, read the class list again.
roster-asked-row = Opened from the gradebook
