# Refusals and faults: each code has a title, one sentence (-sentence) and a remedy (-fix)
problem-unknown = That did not work
problem-unknown-sentence = Something went wrong while this request was handled.
problem-unknown-fix = Open the activity again from the course. If it still fails, send the trace ID to your instructor or administrator.
problem-web-csrf = The form is out of date
problem-web-csrf-sentence = The form no longer fits your session, so nothing was changed.
problem-web-csrf-fix = Go back, reload the page and send the form again.
