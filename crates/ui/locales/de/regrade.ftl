# Neu bewerten: falsch bewertete Frage wählen, vorher sehen, wer sich ändert, dann anwenden
regrade-title = Neu bewerten
regrade-lead = Wählen Sie die falsch bewertete Frage und die Art der Korrektur. Sie sehen, wessen Bewertung sich ändert, bevor etwas geschieht.
regrade-refused-title = Diese Korrektur ist nicht möglich
regrade-refused-text = Mindestens eine Antwort muss richtig sein, was die Lernenden gesehen haben, muss bleiben, die Punktzahl muss über 0 und höchstens bei 1000 liegen, und mindestens eine Frage des Tests muss noch zählen. Es wurde nichts geändert.
regrade-nobody-title = Noch kein Versuch wurde abgegeben
regrade-nobody-text = Eine Korrektur gilt für laufende und künftige Versuche. Hat noch niemand begonnen, ändern Sie besser den Test selbst.
regrade-is-dropped = Zählt nicht
regrade-is-full = Volle Punktzahl für alle
regrade-is-answered = Volle Punktzahl für jede Antwort
regrade-is-corrected = Bewertung korrigiert
regrade-mean = Im Mittel { $share } der Punkte
regrade-versions = Diese Frage wurde umformuliert, nachdem sie bearbeitet worden war. Die neue Lösung gilt für jede Fassung, die die gewählten Antworten enthält.
regrade-key = Richtige Antwort
regrade-key-hint = Markieren Sie alle Antworten, die als richtig gelten.
regrade-key-hint-several = Markieren Sie genau die Antworten, die zu wählen sind.
regrade-key-hint-typed = Berichtigen Sie, was falsch ist. Was die Lernenden gesehen haben – Text, Bestandteile, Einheit –, muss bleiben.
regrade-chosen = Gewählt: { $count }
regrade-only = Nur diese ist richtig
regrade-left-out = Ausgelassen: { $count }
regrade-look-key = Zeigen, wer sich ändert
regrade-no-key = Diese Frage wird von Hand bewertet und hat keinen Lösungsschlüssel. Ändern Sie einzelne Bewertungen auf der Seite „Bewerten“, oder nutzen Sie einen der Wege unten.
regrade-instead = Oder nicht nach der Lösung bewerten
regrade-full = Volle Punktzahl für alle
regrade-answered = Volle Punktzahl für alle, die geantwortet haben
regrade-drop = Frage streichen
regrade-authored = Wie im Test angelegt bewerten
regrade-points = Punkte der Frage
regrade-look-points = Punkte ändern
regrade-past = Frühere Neubewertungen
regrade-past-reason = Grund: { $reason }
regrade-line = Frage { $number }: { $change }
regrade-line-drop = Frage streichen
regrade-line-full = volle Punktzahl für alle
regrade-line-answered = volle Punktzahl für alle, die geantwortet haben
regrade-line-points = auf { $points } Punkte ändern
regrade-line-key = richtige Antwort korrigieren
regrade-line-authored = wie im Test angelegt bewerten
regrade-dry-title = Vor dem Neubewerten
regrade-back-to-questions = Frage wählen
regrade-changed-title = Die Bewertung dieses Tests wurde gerade geändert
regrade-changed-text = Während Sie diese Seite ansahen, wurde eine andere Neubewertung angewendet. Von Ihnen wurde nichts angewendet. Berechnen Sie neu, um zu sehen, was Ihre Korrektur jetzt bewirkt.
regrade-changed-again = Neu berechnen
regrade-what = Was korrigiert wird
regrade-key-was = Bisher richtig
regrade-key-now = Künftig richtig
regrade-points-change = Punkte der Frage: von { $was } auf { $now }.
regrade-drop-text = Die Frage zählt nicht mehr; die Höchstpunktzahl des Tests sinkt entsprechend.
regrade-full-text = Alle erhalten die volle Punktzahl dieser Frage, auch wer sie ausgelassen hat.
regrade-answered-text = Wer diese Frage beantwortet hat, erhält ihre volle Punktzahl, gleich wie die Antwort lautet.
regrade-authored-text = Alle Korrekturen dieser Frage werden zurückgenommen; sie wird wie im Test angelegt bewertet.
regrade-result = Ergebnis
regrade-nothing-yet = Dies ist nur eine Probe. Noch hat sich keine Bewertung geändert.
regrade-up = Steigen
regrade-down = Sinken
regrade-same = Unverändert
regrade-running = In Bearbeitung
regrade-running-text = Laufende Versuche werden bei der Abgabe auf die neue Art bewertet.
regrade-elsewhere = Dieser Test wird in { $courses ->
    [one] { $courses } weiteren Kurs
   *[other] { $courses } weiteren Kursen
} verwendet; dort { $count ->
    [one] ändert sich { $count } Bewertung ebenfalls.
   *[other] ändern sich { $count } Bewertungen ebenfalls.
}
regrade-chart = Anzahl der Versuche nach Bewertung, vor und nach der Neubewertung
regrade-chart-table = Zahlen des Diagramms
regrade-mark = Bewertung
regrade-before = Vorher
regrade-after = Nachher
regrade-commit-title = Anwenden
regrade-raise-only = Nur anheben
regrade-raise-only-hint = Kein Versuch verliert durch diese Neubewertung Punkte.
regrade-reason = Grund
regrade-reason-hint = Wird im Protokoll aufbewahrt. Lernende sehen ihn nicht.
regrade-commit = Neu bewerten und senden
regrade-again = Neu berechnen
regrade-nobody-moves = In diesem Kurs ändert sich keine Bewertung.
regrade-moved = Versuche, deren Bewertung sich ändert
regrade-attempt = Versuch
regrade-direction = Änderung
regrade-rises = Steigt
regrade-falls = Sinkt
regrade-progress-title = Neubewertung
regrade-followed-title = Die Bewertung wurde später erneut korrigiert
regrade-followed-text = Es gilt die jüngste Korrektur. Die Zahlen unten gehören zu dieser.
regrade-under-way = { $marked } von { $total } Versuchen neu bewertet
regrade-progress-bar = Fortschritt der Neubewertung
regrade-under-way-text = Sie können diese Seite schließen; die Arbeit geht weiter.
regrade-reload = Neuesten Stand zeigen
regrade-done-nobody-title = Neu bewertet, keine Bewertung hat sich geändert
regrade-done-nobody-text = Die neue Art der Bewertung gilt ab jetzt für alle Versuche.
regrade-done-title = { $count ->
    [one] Die Bewertung von { $count } Versuch hat sich geändert
   *[other] Die Bewertungen von { $count } Versuchen haben sich geändert
}
regrade-done-sent = { $count ->
    [one] { $count } Bewertung ist unterwegs zu { $platform }.
   *[other] { $count } Bewertungen sind unterwegs zu { $platform }.
}
regrade-done-no-grade = In der Bewertungsübersicht ändert sich nichts: Bei diesen Lernenden zählt ein anderer Versuch.
regrade-done-no-column = { $count ->
    [one] { $count } Bewertung hat sich geändert und bleibt hier gespeichert: { $platform } hat für diesen Test keine Spalte.
   *[other] { $count } Bewertungen haben sich geändert und bleiben hier gespeichert: { $platform } hat für diesen Test keine Spalte.
}
regrade-marked = Neu bewertet
regrade-raised = Angehoben
regrade-lowered = Gesenkt
regrade-queued = Geänderte Bewertungen
regrade-was-raise-only = Nur anheben
regrade-kept-text = Bewertungen, die eine Lehrkraft in { $platform } eingetragen hat, bleiben erhalten.
regrade-to-gradebook = Bewertungsübersicht öffnen
regrade-another = Andere Frage korrigieren
regrade-counted = Die Zahlen zu jeder Frage stammen aus den { $count } zuletzt begonnenen Versuchen; der Probelauf umfasst alle.
regrade-pages = Seiten der Liste
regrade-page = Seite { $page } von { $pages }
regrade-page-before = Vorherige Seite
regrade-page-after = Nächste Seite
regrade-trial-under-way = Probelauf: { $looked } von { $total } Versuchen geprüft
regrade-trial-bar = Fortschritt des Probelaufs
regrade-trial-text = Noch hat sich keine Bewertung geändert. Sie können diese Seite schließen; wenn der Probelauf fertig ist, zeigt sie, wessen Bewertung sich ändert.
regrade-trial-missing = Dieser Test hat inzwischen { $total } abgegebene Versuche
regrade-trial-missing-text = Bei so vielen dauert der Probelauf etwas länger. Noch hat sich keine Bewertung geändert.
regrade-trial-begin = Probelauf starten
regrade-share = Anteil jeder Antwort an den Punkten (%)
regrade-share-hint = Ohne Anteil gibt eine angekreuzte Antwort alle Punkte und jede andere keine. Tragen Sie einen Anteil ein, wenn eine Antwort teilweise richtig ist; ein negativer zieht Punkte ab.
regrade-share-hint-several = Anteile gelten nur bei der Bewertung „nach dem Anteil jeder Antwort“. Leer: Die richtigen Antworten teilen sich den Rest zu gleichen Teilen.
regrade-scoring-weighted = Nach dem Anteil jeder Antwort
