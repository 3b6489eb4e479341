# Tests für eine Aktivität des Kurses auswählen
picker-title = Test auswählen
picker-several-text = Wählen Sie einen oder mehrere Tests für Ihren Kurs. Jeder wird zu einer eigenen Aktivität.
picker-one-text = Wählen Sie einen Test für Ihren Kurs.
picker-place-text = Diese Aktivität ist noch leer. Wählen Sie den Test, der hier bearbeitet werden soll.
picker-no-columns-title = Keine Bewertungsspalte
picker-no-columns-text = Diese Plattform lässt hier keine Spalte in der Bewertungsübersicht anlegen. Sie können sie später auf der Seite für Lehrkräfte anlegen.
picker-search = Nach Titel suchen
picker-search-button = Suchen
picker-new-hint = Nichts Passendes dabei?
picker-new = Neuen Test erstellen
picker-list = Tests
picker-questions =
    { $count ->
        [one] { $questions } Frage
       *[other] { $questions } Fragen
    }
picker-maximum = Höchstpunktzahl (1–100)
picker-column = Spalte in der Bewertungsübersicht anlegen
picker-unpublished = Vor der Auswahl veröffentlichen.
picker-edit = Bearbeiten
picker-untitled = Ohne Titel · zuletzt geändert: { $time }
picker-changed = Zuletzt geändert: { $time }
picker-more = Es gibt weitere Tests. Grenzen Sie die Suche mit weiteren Wörtern ein.
picker-empty-title = Es gibt noch keine Tests
picker-empty-text = Erstellen Sie den ersten; sobald er veröffentlicht ist, wählen Sie ihn hier aus.
picker-nothing-title = Kein Test passt zu „{ $search }“
picker-nothing-text = Versuchen Sie es mit weniger Wörtern. Akzente spielen keine Rolle.
picker-none-chosen = Sie haben keinen Test ausgewählt.
picker-maximum-wrong = Die Höchstpunktzahl muss eine ganze Zahl von 1 bis 100 sein.
picker-pick = In den Kurs übernehmen
picker-place = Diesen Test verwenden
picker-cancel = Abbrechen
picker-to-courses = Einen Kurs, ein Kapitel oder eine Lektion auswählen
picker-courses-title = Kurs auswählen
picker-courses-text = Die Kurse Ihrer Einrichtung und die offenen Kurse. Sie können einen ganzen Kurs, ein Kapitel oder eine Lektion übernehmen.
picker-courses-none-title = Noch ist kein Kurs veröffentlicht
picker-courses-none-text = Sobald ein Kurs veröffentlicht ist, wählen Sie ihn hier aus.
picker-course-open = Offener Kurs
picker-parts-several = Wählen Sie den ganzen Kurs oder einzelne Kapitel und Lektionen. Jede Auswahl wird eine eigene Aktivität.
picker-parts-one = Wählen Sie den ganzen Kurs, ein Kapitel oder eine Lektion.
picker-parts = Inhalt der Aktivität
picker-part-none = Sie haben noch nichts ausgewählt.
picker-whole = Der ganze Kurs
picker-unit = ganzes Kapitel
picker-score = Was als Bewertung zählt
picker-score-completed = Der erledigte Anteil
picker-score-marks = Die besten Ergebnisse der bewerteten Schritte
picker-score-both = Beides, gewichtet
picker-weight = Gewicht der Ergebnisse (%); der Rest ist der erledigte Anteil
picker-weight-wrong = Das Gewicht ist eine ganze Zahl von 0 bis 100.
picker-course-place = Diesen Inhalt verwenden
