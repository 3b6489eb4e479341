# Was alle Seiten gemeinsam haben
language-name = Deutsch
common-skip = Zum Inhalt springen
common-languages = Sprache
common-not-me = Das bin ich nicht
common-sign-out = Abmelden
common-course = Kurs
common-back-to-course = Zurück zum Kurs
common-role-learner = Lernende/r
common-role-instructor = Lehrkraft
common-role-administrator = Administration
common-role-guest = Gast
common-what-next = So geht es weiter
common-problem-code = Fehlercode
common-trace-id = Vorgangsnummer
common-trace-hint = Wenn Sie um Hilfe bitten, geben Sie diese Angaben bitte mit an.
