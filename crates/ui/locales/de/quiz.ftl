# Einen Test erstellen und vorab ansehen
quiz-new = Neuer Test
quiz-untitled = (Ohne Titel)
quiz-back-to-picker = Zurück zur Auswahl
quiz-back-to-activity = Zurück zur Aktivität
quiz-back-to-editor = Zurück zum Bearbeiten
quiz-state-never = Nicht veröffentlicht
quiz-state-published = Veröffentlicht
quiz-state-changed = Unveröffentlichte Änderungen
quiz-archived-title = Dieser Test ist archiviert
quiz-archived-text = In der Suche erscheint er nicht mehr. Aktivitäten, die ihn verwenden, laufen unverändert weiter.
quiz-removed-title = Dieser Entwurf ist gelöscht
quiz-removed-text = War das ein Versehen? Am Ende der Seite können Sie ihn wiederherstellen.

quiz-saved-title = Entwurf gespeichert
quiz-saved-text = Ihre Änderungen werden erst nach dem Veröffentlichen sichtbar.
quiz-saved-same-text = Der Entwurf entspricht dem veröffentlichten Test.
quiz-published-title = Veröffentlicht
quiz-published-text = Neue Versuche verwenden diese Fassung. Laufende Versuche behalten die, mit der sie begonnen wurden.
quiz-copied-title = Dies ist eine Kopie
quiz-copied-text = Das Original bleibt unverändert.
quiz-unsaved-title = Noch nicht gespeichert
quiz-unsaved-text = Ihre Eingaben stehen noch auf dieser Seite. Speichern Sie, wenn Sie fertig sind.
quiz-unreadable-title = Nicht gespeichert
quiz-unreadable-text = Einige Felder sind nicht lesbar. Berichtigen Sie sie und speichern Sie erneut; alles andere steht noch auf dieser Seite.
quiz-incomplete-title = Entwurf gespeichert, aber nicht veröffentlicht
quiz-incomplete-text = Berichtigen Sie die folgenden Punkte und veröffentlichen Sie dann erneut.
quiz-problems =
    { $count ->
        [one] { $count } Punkt zu berichtigen
       *[other] { $count } Punkte zu berichtigen
    }
quiz-problem-of-question = Frage { $number }: { $problem }

quiz-conflict-text = Während Ihrer Bearbeitung wurde dieser Test von jemand anderem oder in einem anderen Tab gespeichert ({ $time }). Alle Ihre Eingaben stehen noch unten, sind aber nicht gespeichert.
quiz-conflict-question = Frage { $number } weicht von der gespeicherten Fassung ab
quiz-conflict-frame = Titel, Einführung, Regeln oder die Liste der Fragen weichen von der gespeicherten Fassung ab
quiz-conflict-absent = Die gespeicherte Fassung enthält diese Frage nicht.
quiz-conflict-mine = Meine Fassung speichern, andere ersetzen
quiz-conflict-theirs = Meine Fassung verwerfen, andere öffnen

quiz-written-in = Bearbeitete Sprache
quiz-original = Sprache des Tests
quiz-original-hint = Wird allen gezeigt, für die es keine Übersetzung gibt.
quiz-title = Titel
quiz-introduction = Einführung (optional)
quiz-markdown-hint = Markdown ist möglich: **fett**, *kursiv*, Listen, Tabellen und Formeln zwischen zwei $-Zeichen.
quiz-also-in = Auch vorhanden in: { $languages }
quiz-is-html = Dieser Text ist in HTML geschrieben.

quiz-stem = Fragetext
quiz-kind = Fragetyp
quiz-kind-single = Einfachauswahl
quiz-kind-several = Mehrfachauswahl
quiz-kind-true-false = Richtig oder falsch
quiz-kind-change = Typ ändern
quiz-options = Antworten
quiz-option = Antwort { $number }
quiz-right = Richtig
quiz-statement = Diese Aussage ist
quiz-true = Richtig
quiz-false = Falsch
quiz-option-add = Antwort hinzufügen
quiz-option-up = Antwort { $number } nach oben
quiz-option-down = Antwort { $number } nach unten
quiz-option-remove = Antwort { $number } entfernen
quiz-question-up = Frage { $number } nach oben
quiz-question-down = Frage { $number } nach unten
quiz-question-copy = Frage { $number } duplizieren
quiz-question-remove = Frage { $number } entfernen
quiz-feedback = Rückmeldungen
quiz-feedback-hint = Erscheinen nach der Abgabe. Lassen Sie leer, was Sie nicht brauchen.
quiz-feedback-of = Wenn gewählt: { $option }
quiz-feedback-general = Für alle
quiz-points = Punkte
quiz-scoring = Bewertung
quiz-scoring-all = Punkte nur, wenn alles stimmt
quiz-scoring-partial = Teilpunkte, Fehler geben Abzug
quiz-shuffle-options = Antworten mischen
quiz-add = Frage hinzufügen

quiz-rules = Regeln
quiz-attempts = Erlaubte Versuche
quiz-attempts-hint = Leer lassen für beliebig viele.
quiz-time-limit = Zeit (Minuten)
quiz-time-limit-hint = Leer lassen für unbegrenzt.
quiz-zone-hint = Zeitzone { $zone }. Leer lassen für unbegrenzt.
quiz-shuffle-questions = Fragen mischen
quiz-shown = Nach der Abgabe sichtbar
quiz-shown-marks = Punkte
quiz-shown-answers = Richtige Antworten
quiz-shown-feedback = Rückmeldungen
quiz-shown-always = Sofort
quiz-shown-after-close = Nach Testende
quiz-shown-never = Nie

quiz-save = Entwurf speichern
quiz-preview = Vorschau
quiz-publish = Veröffentlichen
quiz-copy = Kopie anlegen
quiz-copy-word = Kopie
quiz-archive = Diesen Test archivieren
quiz-restore = Diesen Test wiederherstellen
quiz-remove = Entwurf löschen
quiz-remove-title = Diesen Entwurf löschen?
quiz-remove-text = Er wurde nie veröffentlicht und wird deshalb nirgends verwendet. Direkt nach dem Löschen können Sie ihn noch wiederherstellen.
quiz-remove-cancel = Behalten

quiz-preview-title = Vorschau
quiz-preview-text = So wird der gespeicherte Entwurf aussehen. Nichts wird aufgezeichnet oder bewertet.
quiz-preview-shuffled = Die Reihenfolge der Fragen wird für jede Person neu gemischt.
quiz-preview-empty = Es gibt noch keine Fragen
quiz-preview-key = Lösung und Rückmeldungen zu Frage { $number }

quiz-problem-no-title = Der Test hat keinen Titel.
quiz-problem-title-too-long = Der Titel ist länger als 250 Zeichen.
quiz-problem-no-question = Der Test hat keine Fragen.
quiz-problem-too-many-questions = Der Test hat mehr als 300 Fragen.
quiz-problem-question-without-text = Der Fragetext fehlt.
quiz-problem-text-too-long = Der Text ist zu lang (höchstens 64 KB).
quiz-problem-hidden-picture = Bilder von anderen Websites werden nicht angezeigt. Entfernen Sie das Bild oder beschreiben Sie es in Worten.
quiz-problem-too-few-options = Mindestens zwei Antworten sind nötig.
quiz-problem-too-many-options = Es gibt mehr als 30 Antworten.
quiz-problem-option-without-text = Die Antwort ist leer. Füllen Sie sie aus oder entfernen Sie sie.
quiz-problem-no-right-option = Keine richtige Antwort ist markiert.
quiz-problem-several-right-options = Mehrere Antworten sind als richtig markiert, obwohl nur eine gewählt werden kann.
quiz-problem-true-false-options = Eine Richtig-falsch-Frage muss genau ihre zwei Antworten haben.
quiz-problem-points-out-of-range = Die Punkte müssen größer als 0 und höchstens 1000 sein.
quiz-problem-bad-id = Eine interne Kennung ist ungültig. Entfernen Sie diesen Teil und fügen Sie ihn neu hinzu.
quiz-problem-duplicate-id = Eine interne Kennung kommt doppelt vor. Entfernen Sie diesen Teil und fügen Sie ihn neu hinzu.
quiz-problem-closes-before-opens = Das Ende muss nach dem Beginn liegen.
quiz-problem-time-limit-out-of-range = Die Zeit muss zwischen 1 Minute und 7 Tagen liegen.
quiz-problem-attempts-out-of-range = Erlaubt sind 1 bis 100 Versuche.
quiz-problem-review-after-close-without-close = Etwas wird erst nach Testende gezeigt, aber es gibt keine Schließzeit.
quiz-problem-not-a-number = Geben Sie eine Zahl ein, etwa 1 oder 0,5.
quiz-problem-not-a-whole-number = Geben Sie eine ganze Zahl ein.
quiz-problem-not-a-time = Geben Sie Datum und Uhrzeit ein.
