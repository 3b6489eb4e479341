# Refusals and faults: each code has a title, one sentence (-sentence) and a remedy (-fix)
-moodle-tools = “Site administration → Plugins → Activity modules → External tool → Manage tools”

## General

problem-unknown = That did not work
problem-unknown-sentence = Something went wrong while this request was handled.
problem-unknown-fix = Open the activity again from the course. If it still fails, send the codes on this page to your teacher or administrator.

## LTI login initiation

problem-lti-log-param = The launch request is incomplete
problem-lti-log-param-sentence = Your learning platform did not send everything needed to start the login (iss, login_hint, target_link_uri).
problem-lti-log-param-fix = Open the activity again from your course page. If it still fails, the Moodle administrator should check the tool's “Initiate login URL” at { -moodle-tools }.
problem-lti-log-ambiguous = The launch request contradicts itself
problem-lti-log-ambiguous-sentence = A login parameter was sent twice or with different values, so the request was refused.
problem-lti-log-ambiguous-fix = Open the activity again from your course page. If it still fails, the Moodle administrator should check that the tool's “Initiate login URL” carries no extra parameters, at { -moodle-tools }.
problem-lti-log-unknown = This learning platform is not registered
problem-lti-log-unknown-sentence = Taynghe does not know the platform (issuer) or the client ID that sent this request.
problem-lti-log-unknown-fix = The Taynghe administrator can fix this: register the platform with an invitation or with “taynghe platform add”. The Moodle administrator should compare the platform ID and client ID at { -moodle-tools }.
problem-lti-log-ambiguous-reg = It is unclear which registration is meant
problem-lti-log-ambiguous-reg-sentence = This platform has several registrations here, and the request names no client_id to tell them apart.
problem-lti-log-ambiguous-reg-fix = The Moodle administrator can fix this: check that the tool at { -moodle-tools } is configured for LTI 1.3 and has a client ID.
problem-lti-log-disabled = This connection is switched off
problem-lti-log-disabled-sentence = The registration of this learning platform is disabled or is waiting for approval.
problem-lti-log-disabled-fix = The Taynghe administrator can fix this: open the administration pages (“taynghe admin link”) and enable the registration.
problem-lti-log-target = The target address is not ours
problem-lti-log-target-sentence = The request leads to an address (target_link_uri) that does not belong to this server.
problem-lti-log-target-fix = The Moodle administrator can fix this: correct the “Tool URL” of the tool or the activity at { -moodle-tools }.
problem-lti-log-deployment = The deployment is not known
problem-lti-log-deployment-sentence = The deployment (lti_deployment_id) in the request does not belong to this registration.
problem-lti-log-deployment-fix = The Taynghe administrator can fix this: compare it with the deployment ID shown at { -moodle-tools } and add it to the registration.
problem-lti-log-size = The launch request is too long
problem-lti-log-size-sentence = A login parameter is longer than 4 KiB and was refused.
problem-lti-log-size-fix = Open the activity again from your course page. If it still fails, tell the Moodle administrator and include the trace ID.

## The signed message

problem-lti-tok-format = This is not a valid launch
problem-lti-tok-format-sentence = This page only opens with a signed message from your learning platform.
problem-lti-tok-format-fix = Open the activity again from your course page. Do not use a bookmark, Back or Reload.
problem-lti-tok-alg = The kind of signature is not accepted
problem-lti-tok-alg-sentence = The message is not signed with RS256, the only algorithm accepted for LTI 1.3 here.
problem-lti-tok-alg-fix = The Moodle administrator can fix this: check that the platform signs with an RSA key and that the tool uses LTI 1.3, at { -moodle-tools }.
problem-lti-tok-crit = The message demands an unknown extension
problem-lti-tok-crit-sentence = The message's header demands an extension (crit) that Taynghe does not support.
problem-lti-tok-crit-fix = The vendor of the learning platform can fix this. Send them the codes on this page.
problem-lti-tok-kid-missing = The message names no key
problem-lti-tok-kid-missing-sentence = The message does not say which key signed it (no kid), so it cannot be checked.
problem-lti-tok-kid-missing-fix = The vendor of the learning platform can fix this. Send them the codes on this page.
problem-lti-tok-kid-unknown = The signing key was not found
problem-lti-tok-kid-unknown-sentence = The platform's public key set does not hold the key that signed this message.
problem-lti-tok-kid-unknown-fix = Wait a minute, then open the activity again from the course. If it still fails, the Moodle administrator should check the “Public keyset URL” at { -moodle-tools }.
problem-lti-tok-sig = The signature does not match
problem-lti-tok-sig-sentence = The message's signature does not match the platform's key, so the message cannot be trusted.
problem-lti-tok-sig-fix = Open the activity again from your course page. If it still fails, the Taynghe administrator should check the key set address of this registration.
problem-lti-tok-iss = The message comes from another platform
problem-lti-tok-iss-sentence = The platform's name (issuer) in the message differs from the registered one.
problem-lti-tok-iss-fix = The Taynghe administrator can fix this: compare the platform ID at { -moodle-tools } with the registration, including http/https and a slash at the end.
problem-lti-tok-aud = The message is not meant for Taynghe
problem-lti-tok-aud-sentence = The client ID in the message (aud) is not the one of this registration.
problem-lti-tok-aud-fix = The Taynghe administrator can fix this: compare the client ID at { -moodle-tools } with the registration.
problem-lti-tok-azp = The message was issued to another tool
problem-lti-tok-azp-sentence = The authorised party in the message (azp) is not Taynghe.
problem-lti-tok-azp-fix = The Taynghe administrator can fix this: compare the client ID at { -moodle-tools } with the registration.
problem-lti-tok-time = The launch has expired
problem-lti-tok-time-sentence = A launch message is valid only for a moment. This one has expired, or the clocks of the two servers differ.
problem-lti-tok-time-fix = Open the activity again from your course page. If it fails every time, the administrators of both servers should switch on clock synchronisation (NTP).
problem-lti-plat-error = The learning platform refused the launch
problem-lti-plat-error-sentence = Instead of a launch the platform returned an error, usually because your login there has ended or the link was used before.
problem-lti-plat-error-fix = Log in to your learning platform again and open the activity from the course.
problem-lti-key-fetch = The platform's keys cannot be read
problem-lti-key-fetch-sentence = Taynghe could not fetch the platform's public key set, so the signature cannot be checked.
problem-lti-key-fetch-fix = Try again in a few minutes. If it still fails, the Taynghe administrator should check that this server can reach the “Public keyset URL” shown at { -moodle-tools }.

## State and replay

problem-lti-sta-invalid = This link was used before or has expired
problem-lti-sta-invalid-sentence = Each launch works once and only for a few minutes.
problem-lti-sta-invalid-fix = Open the activity again from your course page. Do not use Back or Reload. Nothing you saved is lost.
problem-lti-sta-mix = Two launches were mixed up
problem-lti-sta-mix-sentence = The login was answered by a platform other than the one that began it.
problem-lti-sta-mix-fix = Open the activity again from your course page.
problem-lti-sta-nonce = This message was used before
problem-lti-sta-nonce-sentence = The launch message does not belong to this login, or it was used before.
problem-lti-sta-nonce-fix = Open the activity again from your course page.
problem-lti-sta-browser = This browser is not recognised
problem-lti-sta-browser-sentence = The request did not come from the browser that began the launch, or cookies are blocked.
problem-lti-sta-browser-fix = Open the activity again from your course page. If it still fails, allow cookies for this site or open the activity in a new window.
problem-lti-sta-ticket = This window can no longer be opened
problem-lti-sta-ticket-sentence = The ticket that opens the activity works once, within a minute, and only from the page that issued it.
problem-lti-sta-ticket-fix = Close this window and open the activity again from your course page. Nothing you saved is lost.

## Claims of the message

problem-lti-clm-version = This LTI version is not supported
problem-lti-clm-version-sentence = The message does not use LTI 1.3.
problem-lti-clm-version-fix = The Moodle administrator can fix this: at { -moodle-tools }, set the tool's “LTI version” to LTI 1.3.
problem-lti-clm-missing = The message lacks required information
problem-lti-clm-missing-sentence = The learning platform did not send an item that LTI 1.3 requires.
problem-lti-clm-missing-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-clm-msgtype = This kind of message is not supported
problem-lti-clm-msgtype-sentence = The learning platform sent a type of message that Taynghe does not know.
problem-lti-clm-msgtype-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-clm-roles = The message names no roles
problem-lti-clm-roles-sentence = The learning platform sent no list of roles, so it is unknown what you may do here.
problem-lti-clm-roles-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-clm-deployment = The message names no deployment
problem-lti-clm-deployment-sentence = The learning platform sent no deployment ID.
problem-lti-clm-deployment-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-clm-resource-link = The message names no activity
problem-lti-clm-resource-link-sentence = The learning platform sent no ID of the activity (resource_link.id).
problem-lti-clm-resource-link-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-clm-sub = The message names no person
problem-lti-clm-sub-sentence = The learning platform sent no user ID (sub), so answers and grades could belong to nobody.
problem-lti-clm-sub-fix = Log in with your own account rather than as a guest, then open the activity again from the course.
problem-lti-clm-target = The target does not match
problem-lti-clm-target-sentence = The target address in the message differs from the one at the login, or it does not belong to this server.
problem-lti-clm-target-fix = The Moodle administrator can fix this: correct the “Tool URL” of the tool or the activity at { -moodle-tools }.
problem-lti-clm-format = The message holds malformed data
problem-lti-clm-format-sentence = An item of the message has a form that LTI 1.3 does not allow.
problem-lti-clm-format-fix = The vendor or administrator of the learning platform can fix this. Send them the codes on this page.
problem-lti-dep-pending = This connection is waiting for approval
problem-lti-dep-pending-sentence = This deployment of the learning platform is new and must be approved first.
problem-lti-dep-pending-fix = The Taynghe administrator can fix this: open the administration pages (“taynghe admin link”) and approve the new deployment.
problem-lti-dep-mix = The deployment belongs elsewhere
problem-lti-dep-mix-sentence = The deployment ID in the message belongs to another registration.
problem-lti-dep-mix-fix = The Taynghe administrator can fix this: check the registration's client ID and deployment ID against { -moodle-tools }.
problem-lti-ten-resource = This activity was not found
problem-lti-ten-resource-sentence = What the link points to does not exist or is not meant for your college.
problem-lti-ten-resource-fix = The teacher can pick a quiz again in the activity's settings (“Select content”).

## Deep linking

problem-lti-dl-session = This selection is over
problem-lti-dl-session-sentence = The request to select content has expired or was answered before.
problem-lti-dl-session-fix = The teacher should return to the activity's settings and press “Select content” again.
problem-lti-dl-return = The return address is not trusted
problem-lti-dl-return-sentence = The address to which the selection should go does not belong to the learning platform.
problem-lti-dl-return-fix = The Taynghe administrator can fix this: check and approve the platform's addresses on the administration pages.
problem-lti-dl-not-accepted = The platform does not accept this selection
problem-lti-dl-not-accepted-sentence = The learning platform does not allow this kind or number of items.
problem-lti-dl-not-accepted-fix = Go back and select a single quiz.
problem-lti-dl-forbidden = Only teachers may select content
problem-lti-dl-forbidden-sentence = According to the learning platform you are not a teacher of this course.
problem-lti-dl-forbidden-fix = If you teach this course, the Moodle administrator should enrol you as a teacher.
problem-lti-rev-forbidden = You may only open your own work
problem-lti-rev-forbidden-sentence = This link leads to another person’s work, and according to the learning platform you are not a teacher of this course.
problem-lti-rev-forbidden-fix = To see your own work, open the quiz from the course page, or use the link in your own row of grades. If you teach this course, the Moodle administrator should enrol you as a teacher.

## Registration

problem-lti-reg-invite = The invitation no longer works
problem-lti-reg-invite-sentence = This invitation is unknown, used, expired or meant for another host.
problem-lti-reg-invite-fix = The Taynghe administrator can fix this: create a new one with “taynghe platform invite” or on the administration pages.
problem-lti-reg-url = The configuration address cannot be used
problem-lti-reg-url-sentence = The configuration address (openid_configuration) sent by the platform cannot be read or is not allowed.
problem-lti-reg-url-fix = The Moodle administrator should make sure that Moodle runs on https and can be reached from this server. For a Moodle inside a private network the Taynghe administrator adds its host to TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
problem-lti-reg-incomplete = The registration is incomplete
problem-lti-reg-incomplete-sentence = The platform's configuration or answer lacks something that is needed.
problem-lti-reg-incomplete-fix = The Taynghe administrator can fix this: register by hand with “taynghe platform add” and the values shown at { -moodle-tools }.
problem-lti-reg-taken = This platform is already registered
problem-lti-reg-taken-sentence = Another organisation has registered this learning platform.
problem-lti-reg-taken-fix = In Moodle, register Taynghe as a new tool instead of pressing “Update”, or ask the organisation that registered it for an invitation (the Taynghe administrator finds it with “taynghe platform list”).
problem-lti-reg-issuer = The configuration comes from another host
problem-lti-reg-issuer-sentence = The platform's name (issuer) and its configuration address are not on the same host.
problem-lti-reg-issuer-fix = The Moodle administrator can fix this: check that $CFG->wwwroot in Moodle's config.php equals the address that people open.
problem-lti-reg-refused = The platform refused the registration
problem-lti-reg-refused-sentence = The learning platform did not accept Taynghe's registration request.
problem-lti-reg-refused-fix = The invitation can be used again. The Moodle administrator can fix this: start the registration again at { -moodle-tools }, after deleting an unfinished Taynghe tool if there is one. If the web server strips the Authorization header, let it through.

## Grade and roster services

problem-lti-svc-origin = The service address is not approved
problem-lti-svc-origin-sentence = The address of a service does not belong to the registered platform, or it is an internal address that Taynghe may not call, so nothing is sent there.
problem-lti-svc-origin-fix = The Taynghe administrator can fix this: check and approve the address on the administration pages; for a platform on an internal network, add its host to TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
problem-lti-svc-scope = The platform granted too few rights
problem-lti-svc-scope-sentence = The tool may not use the grade or roster service.
problem-lti-svc-scope-fix = The Moodle administrator can fix this: at { -moodle-tools }, open the tool's settings and under “Services” choose “Use this service for grade sync and column management” and “Use this service to retrieve members' information”.
problem-lti-svc-refused = The platform refused
problem-lti-svc-refused-sentence = A service of the learning platform refused this request.
problem-lti-svc-refused-fix = The teacher can try again later. If it still fails, the Moodle administrator should check the tool's “Services” at { -moodle-tools }.
problem-lti-svc-unreachable = The platform cannot be reached
problem-lti-svc-unreachable-sentence = The learning platform does not answer at the moment. Grades are kept here and sent again automatically.
problem-lti-svc-unreachable-fix = There is nothing you need to do. If it lasts, tell the Moodle administrator.
problem-lti-ags-value = This value cannot be sent
problem-lti-ags-value-sentence = The grade or its column holds a value that may not be sent.
problem-lti-ags-value-fix = The teacher should check the column's maximum: a whole number from 1 to 100.

## Web requests

problem-web-not-found = Page not found
problem-web-not-found-sentence = This page does not exist or is not meant for you.
problem-web-not-found-fix = Check the address, or open the activity again from your course page.
problem-web-method = This way of sending is not accepted
problem-web-method-sentence = This address does not take the kind of request that was sent.
problem-web-method-fix = Open the activity again from your course page.
problem-web-media-type = This kind of data is not accepted
problem-web-media-type-sentence = What was sent is not of a type that this address can read.
problem-web-media-type-fix = Reload the page and try again. If your own program calls this address, check its Content-Type header.
problem-web-too-large = Too much was sent
problem-web-too-large-sentence = It is larger than allowed, so nothing was saved.
problem-web-too-large-fix = Shorten the content and send it again.
problem-web-slow = The data came too slowly
problem-web-slow-sentence = The browser began to send data but did not finish in time, so nothing was saved.
problem-web-slow-fix = Check your connection and send it again.
problem-web-form = The form cannot be read
problem-web-form-sentence = The form is broken: malformed, with a field given twice, or with invalid characters. Nothing was changed.
problem-web-form-fix = Go back, reload the page and send the form again.
problem-web-csrf = The form is out of date
problem-web-csrf-sentence = The form no longer matches your session, so nothing was changed.
problem-web-csrf-fix = Go back, reload the page and send the form again.
problem-web-session = Your session is over
problem-web-session-sentence = This browser has no valid session for the page you opened.
problem-web-session-fix = Open the activity again from your course page. Nothing you saved is lost.
problem-web-forbidden = You do not have permission for this
problem-web-forbidden-sentence = Your role in the course does not allow it.
problem-web-forbidden-fix = If you need to do this, ask the teacher or the Moodle administrator about your role in the course.
problem-web-conflict = Somebody else saved first
problem-web-conflict-sentence = While you were editing, another person or tab saved changes, so your version was not saved.
problem-web-conflict-fix = Go back, copy what you changed, reload the page and edit the new version.
problem-web-draft = The quiz cannot be published yet
problem-web-draft-sentence = The draft is incomplete or wrong in places, so students cannot use it yet.
problem-web-draft-fix = The teacher should open the editor, correct what is marked there and publish again.
problem-web-correction = This correction of marks cannot be used
problem-web-correction-sentence = The correction does not fit the question: no right option, points out of range, or no question left that counts. Nothing was changed.
problem-web-correction-fix = The teacher should go back to the Regrade page and choose another correction.
problem-web-regrade = Somebody else has just corrected the marking
problem-web-regrade-sentence = Between your trial and applying it, another regrade of this quiz was applied. Nothing of yours was applied.
problem-web-regrade-fix = The teacher should open the trial again, press “Calculate again” and look at what it does now.
problem-web-too-many = Too many failed tries
problem-web-too-many-sentence = Too many invalid requests came from this network address in a short time.
problem-web-too-many-fix = Wait a few minutes, then open the activity again from your course page. Nothing you saved is lost.
problem-web-link = The administrator's link no longer works
problem-web-link-sentence = This link is unknown, used or expired.
problem-web-link-fix = The Taynghe administrator can fix this: create a new one with “taynghe admin link”.

## The server

problem-sys-busy = The server is busy
problem-sys-busy-sentence = There are too many requests at the moment, and this one was not handled.
problem-sys-busy-fix = Wait a minute and try again. Nothing you saved is lost.
problem-sys-internal = The server ran into an error
problem-sys-internal-sentence = This fault lies with Taynghe, not with you.
problem-sys-internal-fix = Try again. If it still fails, send the trace ID to the Taynghe administrator, who can find it in the log.

## Attempts

problem-att-not-open-yet = Not open yet
problem-att-not-open-yet-sentence = This quiz has not opened yet.
problem-att-not-open-yet-fix = Come back at the opening time shown on the quiz's front page.
problem-att-closed-date = The quiz has closed
problem-att-closed-date-sentence = Its closing time has passed, so no attempt can begin.
problem-att-closed-date-fix = If you need to make it up, ask your teacher.
problem-att-no-attempts-left = No attempts left
problem-att-no-attempts-left-sentence = You have used all the attempts allowed.
problem-att-no-attempts-left-fix = If you need another attempt, ask your teacher.
problem-att-wait = It is too early for another attempt
problem-att-wait-sentence = There is a wait between two attempts, and it is not over.
problem-att-wait-fix = Come back at the time shown on the quiz's front page.
problem-att-password = That is not the password
problem-att-password-sentence = This quiz needs a password to begin, and it was missing or another one.
problem-att-password-fix = Check the keyboard and type it again. If you do not know it, ask your teacher.
problem-att-on-break = You are having a break
problem-att-on-break-sentence = The clock stands still, so nothing can be answered now.
problem-att-on-break-fix = Open the page again and choose “Go on”.
problem-att-no-break = There is no break
problem-att-no-break-sentence = You have no break left in this attempt, or the break is over.
problem-att-no-break-fix = If you need another break, tell your teacher.
problem-att-already-open = An attempt is still open
problem-att-already-open-sentence = An attempt of yours is still open, so another cannot begin.
problem-att-already-open-fix = Open the activity again from the course and choose “Continue”.
problem-att-not-a-learner = Only students take the quiz
problem-att-not-a-learner-sentence = You are not a student in this course, so no attempt is recorded.
problem-att-not-a-learner-fix = Teachers can use the preview. If you are a student, ask your teacher about your enrolment.
problem-att-closed = Already submitted
problem-att-closed-sentence = This attempt has been submitted and takes no more answers.
problem-att-closed-fix = Open the activity again from the course to see the result. If it must be reopened, ask your teacher.
problem-att-time-over = Time is up
problem-att-time-over-sentence = This answer came after the time was up and does not count.
problem-att-time-over-fix = What was saved before counts. If something went wrong, tell your teacher.
problem-att-arrived-late = The answer arrived too late
problem-att-arrived-late-sentence = By your device's clock you answered in time, but the answer reached the server too late and does not count yet.
problem-att-arrived-late-fix = Your answers are still kept on this device. Tell your teacher and include the codes on this page.
problem-att-writer = The attempt is open elsewhere
problem-att-writer-sentence = Another tab or device is writing to this attempt.
problem-att-writer-fix = Carry on there, or reload this page and choose “Continue here”.
problem-att-entry-conflict = Conflicting answer
problem-att-entry-conflict-sentence = The server has saved a different answer under the same number.
problem-att-entry-conflict-fix = Reload the attempt page; saved answers are still there.
problem-att-entry-gap = An answer in between is missing
problem-att-entry-gap-sentence = This answer does not follow the last saved one.
problem-att-entry-gap-fix = Reload the attempt page; saved answers are still there.
problem-att-chain = The chain of answers does not match
problem-att-chain-sentence = The answer's check value does not match what was saved before.
problem-att-chain-fix = Reload the attempt page; saved answers are still there.
problem-att-entry-kind = This action is not allowed
problem-att-entry-kind-sentence = The attempt page sent an action that students cannot take.
problem-att-entry-kind-fix = Reload the attempt page; saved answers are still there.
problem-att-slot-unknown = No such question
problem-att-slot-unknown-sentence = This attempt does not have the question that the answer belongs to.
problem-att-slot-unknown-fix = Reload the attempt page; saved answers are still there.
problem-att-response-invalid = The answer is not valid
problem-att-response-invalid-sentence = What was sent is no answer to this question.
problem-att-response-invalid-fix = Reload the attempt page; saved answers are still there.
problem-att-question-finished = This question is finished
problem-att-question-finished-sentence = The answer was checked, and the question takes no more answers.
problem-att-question-finished-fix = Reload the attempt page to see the result, and go on with the other questions.
problem-att-not-checkable = This answer cannot be checked
problem-att-not-checkable-sentence = The quiz does not check single questions, the question waits for a marker, or it has no answer yet.
problem-att-not-checkable-fix = Reload the attempt page, answer the question and check again.
problem-att-too-large = The answer is too long
problem-att-too-large-sentence = The answer, or the number of changes, is over the limit.
problem-att-too-large-fix = Shorten the answer. You can still submit what is saved.

## Administrators' sign-in with a college account (OpenID Connect)

problem-oid-provider = There is no such way to sign in
problem-oid-provider-sentence = Taynghe is not set up to let anybody sign in through this address.
problem-oid-provider-fix = Open /administration again and choose from the list there. The Taynghe administrator should check the [sign_in.…] sections of the settings file.
problem-oid-unreachable = The sign-in service cannot be reached
problem-oid-unreachable-sentence = The college's account service does not answer, or is out of order.
problem-oid-unreachable-fix = Try again in a few minutes. If it still fails, the Taynghe administrator should check that this server can reach the issuer's address, and can use “taynghe admin link” in the meantime.
problem-oid-configuration = The sign-in is not set up correctly
problem-oid-configuration-sentence = The settings of Taynghe and of the college's account service do not fit together.
problem-oid-configuration-fix = The Taynghe administrator should compare issuer, client_id and client secret (it may have expired) with the account service. The log tells the exact reason under the trace ID.
problem-oid-state = This sign-in is no longer valid
problem-oid-state-sentence = It took more than 10 minutes, was used before, or did not begin here.
problem-oid-state-fix = Open /administration and sign in again, without the browser's Back and Reload buttons.
problem-oid-browser = The sign-in began in another browser
problem-oid-browser-sentence = This browser does not hold the cookie of this sign-in, so somebody else may have begun it.
problem-oid-browser-fix = Allow cookies, open /administration and sign in from the beginning in one browser.
problem-oid-issuer = The answer came from somewhere else
problem-oid-issuer-sentence = The answer does not come from the account service that you chose, so it was not used.
problem-oid-issuer-fix = Sign in again from /administration. If it still fails, the Taynghe administrator should compare the issuer in the settings file with the account service.
problem-oid-denied = The sign-in was cancelled
problem-oid-denied-sentence = You cancelled the sign-in, or the college's account service does not let this account use Taynghe.
problem-oid-denied-fix = If you cancelled by mistake, sign in again from /administration. Otherwise the administrator of the account service has to let this account use the application Taynghe.
problem-oid-answer = The sign-in service reports an error
problem-oid-answer-sentence = The college's account service answered with an error instead of a confirmation.
problem-oid-answer-fix = Try again from /administration. If it still fails, the Taynghe administrator finds the error's name in the log under the trace ID.
problem-oid-code = The sign-in code no longer works
problem-oid-code-sentence = The account service did not take the code: it was used before, or has expired.
problem-oid-code-fix = Sign in again from /administration.
problem-oid-token = The sign-in answer cannot be trusted
problem-oid-token-sentence = The account service's ID token is not valid: its signature, issuer or audience is wrong.
problem-oid-token-fix = The Taynghe administrator should compare issuer and client_id, and find the reason in the log under the trace ID.
problem-oid-nonce = The answer belongs to another sign-in
problem-oid-nonce-sentence = The account service's ID token was not made for this sign-in.
problem-oid-nonce-fix = Sign in again from /administration.
problem-oid-time = The clocks of the two servers differ
problem-oid-time-sentence = The account service's ID token has expired, or comes from the future.
problem-oid-time-fix = Sign in again. If it always fails, the Taynghe administrator should set the server's clock (NTP).
problem-oid-tenant = The account belongs to another organisation
problem-oid-tenant-sentence = This Microsoft account does not belong to an organisation that may sign in.
problem-oid-tenant-fix = Choose your college account. If it is the one, the Taynghe administrator should add the college's tenant ID to “tenants” in the settings file.
problem-oid-email = The e-mail address is not verified
problem-oid-email-sentence = This address is on the list of administrators, but the account service does not confirm that it is yours.
problem-oid-email-fix = Verify the address with the account service. If the service does not tell (email_verified), the Taynghe administrator should name you by a role or by your user ID (sub) instead.
problem-oid-role = This account is no administrator's
problem-oid-role-sentence = You signed in correctly, but the settings do not make this account an administrator of Taynghe.
problem-oid-role-fix = The Taynghe administrator should add you to the settings file, or the administrator of the account service should give you the role that is named there.
