# The health check of a platform's connection: one text for each finding, with where to mend it
check-title = Health check
check-title-of = Health check: { $name }
check-back = ← Taynghe administration
check-lead = Taynghe looks at the connection from both sides, without any student, and keeps nothing but the result. It takes 15 seconds at most.
check-now = Check now
check-again = Check again
check-never = Not checked yet
check-never-text = Press the button below.
check-good = Everything is in order
check-partly = The connection works; some things deserve a look
check-bad = Something has to be mended
check-at = Checked { $time }.
check-section-bad = To be mended
check-section-partly = Worth a look
check-section-good = In order ({ $count })
check-links = More about this connection
check-test-launch = Test launch
check-finding-status-active = The connection is on.
check-finding-status-disabled = The connection is off; nobody can open a quiz. Press “Turn on again” on the administration page.
check-finding-deployment-known = The Deployment ID is known:
check-finding-deployment-missing = No Deployment ID is known, so no quiz can be opened. Look it up at “Tool configuration details” on the tool's card at { -moodle-tools } and add it here.
check-finding-issuer-https = The platform uses https.
check-finding-issuer-http = The platform uses plain http: names and grades can be read in transit. The Moodle administrator should change to https ($CFG->wwwroot in config.php).
check-finding-key-set-usable = The public key set can be read; usable keys: { $count }.
check-finding-key-set-no-key = The public key set holds no usable RS256 key. The Moodle administrator should compare “Public keyset URL” at { -moodle-tools }, “Tool configuration details”.
check-finding-key-set-unreachable = The public key set cannot be read, so no quiz can be opened. Make sure that this server can reach the “Public keyset URL” shown at { -moodle-tools }; a Moodle on an internal network has to be listed in TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
check-finding-key-set-kept = The key set last used to verify a launch was read { $time }.
check-finding-key-set-kept-serves = Although the key set cannot be read now, quizzes can be opened with the one read { $time }, until { $until }.
check-finding-key-set-stale = The last fetch of the key set for a launch failed; since then launches are verified with the set read { $time }. It can be read again now. If this happens often, the Moodle administrator should see why the server is away at times (“Public keyset URL” at { -moodle-tools }, “Tool configuration details”).
check-finding-clock-right = The clocks of both servers agree.
check-finding-clock-off = The platform's clock is { $direction ->
    [ahead] ahead of
   *[behind] behind
 } Taynghe's; beyond 60 seconds no quiz can be opened. Moodle has no setting for it: turn on time synchronisation (NTP) on both servers. Difference:
check-finding-configuration-same = What the platform says of itself is what Taynghe holds.
check-finding-configuration-changed = The platform now says something else than what Taynghe holds. Open “The connection, and what the platform offers” and press “Read and compare” to take it over; in Moodle these values stand at { -moodle-tools }, “Tool configuration details”. Different:
check-finding-configuration-moved = The platform now names addresses on another host. Taynghe keeps using the old ones until you agree: open “The connection, and what the platform offers” and press “Read and compare”. Agree only if the new host is yours; compare with { -moodle-tools }, “Tool configuration details”. New addresses:
check-finding-configuration-stored-otherwise = When last read, the platform had stored something else about Taynghe than was asked for. At { -moodle-tools } press the pencil and correct the following, or register again with a new invitation:
check-finding-configuration-other-platform = Another platform answers at the configuration's address: the Platform ID is not the same any more, so no quiz can be opened from there. If Moodle moved to a new address ($CFG->wwwroot), register the new one with an invitation at { -moodle-tools } (“Add LTI Advantage”), then use “Join two registrations of one Moodle” on the administration page of Taynghe.
check-finding-configuration-unreachable = The platform's configuration cannot be read again, so nobody knows whether something changed. Quizzes still open. Moodle has it at /mod/lti/openid-configuration.php; whoever runs the Moodle server should see whether that address is blocked. The addresses also stand at { -moodle-tools }, “Tool configuration details”.
check-finding-configuration-unknown = It is not known where the platform's configuration is, so there is nothing to compare yet. Enter its address once at “The connection, and what the platform offers”; the values to compare stand at { -moodle-tools }, “Tool configuration details”.
check-finding-change-waiting = Changes of addresses wait for your decision at “The connection, and what the platform offers” ({ $count }). Before you agree, compare with { -moodle-tools }, “Tool configuration details”.
check-finding-token-granted = The platform gives Taynghe access.
check-finding-token-refused = The platform refuses access, so grades cannot be sent. The Moodle administrator should check at { -moodle-tools } that the tool is active (“Activate”), that “Public key type” is “Keyset URL”, and that Moodle can reach Taynghe's “Public keyset” address.
check-finding-token-unreachable = The “Access token URL” cannot be reached, so grades cannot be sent. Try again later; if it still fails, the Moodle administrator should look at the server.
check-finding-token-address-refused = The “Access token URL” is not called because it is an internal address or lacks https, so grades cannot be sent. If it is your own platform, the Taynghe administrator adds its host to TAYNGHE_OUTBOUND_ALLOW_PRIVATE and restarts Taynghe.
check-finding-scopes-granted = Grades, grade columns and course members may be used.
check-finding-scope-score-missing = Grades may not be written. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Assignment and Grade Services”, choose “Use this service for grade sync and column management”.
check-finding-scope-line-item-missing = Grade columns may not be created. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Assignment and Grade Services”, choose “Use this service for grade sync and column management”.
check-finding-scope-result-missing = Grades may not be read back, so those that a teacher changed are not seen. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Assignment and Grade Services”, choose “Use this service for grade sync and column management”.
check-finding-scope-membership-missing = Course members may not be read, so nobody knows who has not started. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Names and Role Provisioning”, choose “Use this service to retrieve members' information as per privacy settings”.
check-finding-context-none = No course has used it yet, so grade columns and members could not be tried. A teacher adds the activity Taynghe to a course and opens it once; if it is not offered: { -moodle-tools }, press the pencil and set “Tool configuration usage” to “Show in activity chooser and as a preconfigured tool”.
check-finding-authorization-lost = Access is granted, but the services for grades and members answer 401 as if no token had come ({ $course }): Moodle's web server, usually Apache, drops the “Authorization” header. Grades cannot be sent. No menu of Moodle mends it: whoever runs the server adds the following line to Moodle's Apache configuration (with CGI or PHP-FPM: CGIPassAuth On) and reloads Apache:
check-finding-line-items-read = The grade columns of the course { $course } can be read: { $count }, of which { $ours } belong to Taynghe.
check-finding-line-items-unshared = The course { $course } does not say where its grade columns are, so grades have nowhere to go. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Assignment and Grade Services”, choose “Use this service for grade sync and column management”, then open a quiz of the course again.
check-finding-line-items-refused = The platform refuses to show the grade columns of the course { $course } although access is granted. Compare the Deployment ID at { -moodle-tools }, “Tool configuration details”, and see whether the course still exists.
check-finding-line-items-unreachable = The grade service of the course { $course } does not answer now; grades are sent again later. If it goes on, the Moodle administrator should look at “Site administration → Reports → Performance overview” and at the server's log.
check-finding-column-missing = In the course { $course } the grade columns of { $count } activities are gone: { $titles }. The teacher opens the activity's “Settings” in Moodle and saves: Moodle makes the column again; or creates it in Taynghe's “Gradebook”. The columns stand at “Grades → Gradebook setup” of the course.
check-finding-column-none = In the course { $course } { $count } activities have no grade column: { $titles }. If grades are wanted: at { -moodle-tools } press the pencil and under “Privacy” set “Accept grades from the tool” to anything but “Never”; or the teacher creates the column in Taynghe's “Gradebook”.
check-finding-members-read = The members of the course { $course } can be read: { $count }, of whom { $learners } are learners and { $instructors } instructors.
check-finding-members-none = The members of the course { $course } include no learner ({ $count } in all, { $instructors } instructors, { $learners } learners). Grades can be sent only for people who are enrolled: see “Participants” of the course in Moodle.
check-finding-members-unshared = The course { $course } does not share its members, so nobody knows who has not started. At { -moodle-tools } press the pencil; under “Services”, “IMS LTI Names and Role Provisioning”, choose “Use this service to retrieve members' information as per privacy settings”.
check-finding-members-refused = The platform refuses to show the members of the course { $course } although access is granted. At { -moodle-tools } press the pencil and look at “Services”, “IMS LTI Names and Role Provisioning”, and compare the Deployment ID at “Tool configuration details”; the course may have been deleted.
check-finding-members-unreachable = The member service of the course { $course } does not answer now; the list read before stays in use. If it goes on, the Moodle administrator should look at “Site administration → Reports → Performance overview” and at the server's log.
check-finding-roster-kept = The list of members of { $course } that Taynghe uses was read { $time }.
check-finding-roster-old = The list of members of { $course } that Taynghe uses is old: it was read { $time }. The teacher has it read again in Taynghe's “Gradebook”; if that fails, see { -moodle-tools }, the pencil, “Services”, “IMS LTI Names and Role Provisioning”.
check-finding-own-key-only = Taynghe signs with its only key; there is no new one to prove.
check-finding-own-key-proven = The platform accepts Taynghe's newest key, since { $time }.
check-finding-own-key-waiting = Taynghe's new key has not been tried with this platform yet; that happens by itself, and the old one signs meanwhile.
check-finding-own-key-refused = The platform refuses Taynghe's new key and still accepts the old one. At { -moodle-tools } press the pencil: “Public key type” has to be “Keyset URL”, and “Public keyset” the address shown on the page about keys.
check-finding-own-key-refused-both = The platform accepts no key of Taynghe, so grades cannot be sent. The tool has to be active (“Activate”). At { -moodle-tools } press the pencil: “Public key type” has to be “Keyset URL”, and “Public keyset” the address shown on the page about keys.
check-finding-own-key-unreachable = Taynghe's new key could not be tried since the platform did not answer; it is tried again by itself, and the old one signs meanwhile. If it goes on, check the “Access token URL” at { -moodle-tools }, “Tool configuration details”.
check-finding-cookies-unseen = There was no launch in the last 30 days, so it is not known how the browsers here treat cookies.
check-finding-cookies-kept = Cookies work for { $percent } % of launches ({ $launches } in the last 30 days).
check-finding-cookies-blocked = Third-party cookies are blocked for { $percent } % of launches ({ $launches } in the last 30 days); { $way ->
    [new-window] the new window is used for most
    [storage-access] most readers allow them by one tap
    [storage-handshake] most are proven by the browser's own storage
    [platform-storage] most are proven by the platform's storage
   *[refused] some are refused
 }. To spare people the detour: at { -moodle-tools } press the pencil and set “Default launch container” to “New window”; or give Taynghe a host name in Moodle's own domain.
check-finding-cookies-lost = { $percent } % of launches were refused since the browser kept no cookie ({ $launches } in the last 30 days). At { -moodle-tools } press the pencil and set “Default launch container” to “New window”; or give Taynghe a host name in Moodle's own domain.
check-finding-launch-last = Last successful launch: { $time }.
check-finding-launch-never = Nobody has opened a quiz from here yet. Try “Test launch” below.
check-finding-refusal-none = No launch was refused in the last 30 days.
check-finding-refusal-earlier = Last refused launch: { $time }, { $code }, trace id { $trace }. Quizzes were opened since then.
check-finding-refusal-last = The latest launch was refused: { $time }, { $code }, trace id { $trace }. “Recently refused” on the administration page says who can mend it; the values to compare stand at { -moodle-tools }, “Tool configuration details”.
check-finding-deliveries-settled = No grade waits or was refused ({ $count } in all).
check-finding-deliveries-waiting = { $count } grades wait for their turn.
check-finding-deliveries-late = { $count } grades could not be sent yet, the oldest since { $time }. Taynghe goes on trying; the reason stands beside each student in Taynghe's “Gradebook”. If it is a permission: { -moodle-tools }, the pencil, “Services”.
check-finding-deliveries-refused = The platform refused { $count } grades. The reason and a button to send them again stand beside each student in Taynghe's “Gradebook”; usually the student is not enrolled any more (“Participants” of the course) or the grade is locked (“Grades → Gradebook setup”).
