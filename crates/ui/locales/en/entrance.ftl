# The entrance of the administration
entrance-title = Administrator sign-in
entrance-lead = This page is for the people who administer Taynghe for a college.
entrance-account = With your college account
entrance-account-text = Choose where you have an account. You sign in there and come back here.
entrance-with = Sign in with { $provider }
entrance-link = With a one-time link
entrance-link-text = Whoever runs the server types this command and sends you the address that it prints:
entrance-link-then = The address works once, within an hour. Open it in this browser and press “Open the administration”.
entrance-others = Are you a student or a teacher? Open the activity from your course; you do not need to sign in here.
entrance-signed-out = You have signed out of Taynghe
entrance-signed-out-text = On a shared computer, also sign out of your college account, or close the browser.
