# Opening an activity and sending a selection back to the platform
login-window-title = Open in a new window
login-window-text = Your browser blocks cookies of embedded pages, so the activity cannot open inside this frame. Open it in a window of its own; you do not need to log in again.
login-window-button = Open in a new window
login-window-hint = If no window appears, allow pop-ups for this site.
login-window-continued-title = Opened in a new window
login-window-continued-text = Carry on in that window, and keep this page open until you have finished.
login-window-returned-title = Selection received
login-window-returned-text = Your selection is being sent to the course.
login-send-title = Send your selection to the course
login-send-text = Your selection is ready. If the page does not move on by itself, press the button.
login-send-button = Send to the course
login-send-done-title = Sent
login-send-done-text = You can close this window and return to the course.
login-ended-title = You are no longer logged in here
login-ended-text = Everything that was saved has been kept.
login-ended-next = Log in to your course with your own account and open the activity there again.
