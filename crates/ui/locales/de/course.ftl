# Offene Kurse: Verzeichnis, Startseite eines Kurses, Lektion
course-catalogue-title = Offene Kurse
course-catalogue-lead = Lernen Sie kostenlos und ohne Konto. Jede Lektion lässt sich auf dem Smartphone lesen, auch bei schwacher Verbindung.
course-search = Kurs suchen
course-search-button = Suchen
course-all = Alle Kurse zeigen
course-none-title = Noch keine Kurse
course-none-text = Sobald Kurse veröffentlicht sind, stehen sie hier.
course-not-found-title = Kein Kurs enthält „{ $search }“
course-not-found-text = Versuchen Sie es mit weniger Wörtern. Akzente sind nicht nötig.
course-found =
    { $count ->
        [one] { $count } Kurs gefunden.
       *[other] { $count } Kurse gefunden.
    }
course-lessons =
    { $count ->
        [one] { $count } Lektion
       *[other] { $count } Lektionen
    }
course-minutes =
    { $minutes ->
        [one] { $minutes } Minute
       *[other] { $minutes } Minuten
    }
course-fact-lessons = Lektionen
course-fact-time = Lernzeit
course-fact-languages = Sprachen
course-fact-price = Preis
course-free = Kostenlos
course-no-lessons = Dieser Kurs hat noch keine Lektionen.
course-begin = Beginnen
course-continue = Weiterlernen
course-again = Noch einmal von vorn
course-read = Gelesen
course-share = { $read } von { $total } Lektionen gelesen
course-kept-here = Ihr Lernstand bleibt auf diesem Gerät und wird nicht übertragen.
course-assessment = Test
course-after = Vorher: { $steps }
course-crumbs = Stelle im Kurs
course-lesson-of = { $number } von { $total }
course-fallback-title = Diese Lektion gibt es noch nicht auf Deutsch
course-fallback-text = Der Text unten ist in dieser Sprache: { $language }.
course-reflection = Zum Nachdenken
course-reflection-kept = Das sehen nur Sie; es bleibt auf diesem Gerät.
course-reflection-paper = Notieren Sie Ihre Antwort in einem Heft.
course-transcript = Wortlaut
course-terms = Fachwörter in dieser Lektion
course-ways = Lektionen davor und danach
course-previous = Vorige Lektion
course-next = Nächste Lektion
course-finish = Fertig, zurück zum Kurs
course-licence = Lizenz:
course-licence-source = Quelle
course-answer = Die richtige Antwort
course-show-answer = Lösung zeigen
course-package-title = Ohne Netz lernen
course-package-text = Laden Sie den ganzen Kurs herunter, entpacken Sie ihn und öffnen Sie die Datei index.html. Videos sind nicht enthalten.
course-package-link = Kurs herunterladen ({ $size })
course-offline-note = Diese Kopie lässt sich ohne Netz lesen.
course-offline-online = Diese Seite im Netz
course-offline-version = Version
course-offline-quiz = Test, nur mit Netz
course-offline-terms = Fachwörter des Kurses
course-offline-checks = Antworten Sie zuerst selbst und öffnen Sie dann die Lösung. Ihre Antworten werden nicht gespeichert.
course-offline-left-out = Nicht in dieser Kopie; nur mit Netz zu öffnen.
course-offline-left-out-picture = Bild (nicht in dieser Kopie):
course-offline-back = Zurück zum Kurs
course-quiz-elsewhere-title = Dieser Test wird bewertet
course-quiz-elsewhere-text = Er wird in der Lernplattform der Schule bearbeitet; die Fragen erscheinen deshalb nicht hier.
