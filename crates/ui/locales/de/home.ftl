# Startseite
home-title = Tests für die Berufsbildung, direkt in Ihrem Kurs
home-lead = Mit Taynghe erstellen und bewerten Berufsschulen Online-Tests. Die Tests öffnen sich in Moodle, und die Bewertungen gelangen automatisch in die Bewertungsübersicht.
home-student = Sie nehmen an einem Kurs teil?
home-student-text = Öffnen Sie den Test in Ihrem Kurs auf der Lernplattform Ihrer Schule.
home-instructor = Sie unterrichten?
home-instructor-text = Schalten Sie im Kurs das Bearbeiten ein, legen Sie eine Aktivität an, wählen Sie Taynghe und dann „Inhalt auswählen“ („Select content“), um einen Test auszuwählen oder neu zu erstellen.
home-administrator = Sie verwalten Moodle?
home-administrator-text = Lassen Sie sich von der Taynghe-Administration eine Einladungsadresse geben und fügen Sie sie in das Feld „Tool-URL …“ ein: „Website-Administration → Plugins → Aktivitäten → Externes Tool → Tools verwalten“.
home-sign-in = Sie verwalten Taynghe? Hier anmelden
home-courses = Selbst lernen?
home-courses-text = Die offenen Kurse sind kostenlos und für alle da, ohne Konto. Angemeldet können Sie auch auf einem anderen Gerät weiterlernen.
home-courses-link = Offene Kurse zeigen
