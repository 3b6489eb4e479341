# Duplizierte Aktivitäten, kopierte Kurse
copy-course-title = Dieser Kurs ist eine Kopie
copy-course-text = Dieser Kurs gleicht „{ $course }“ (Kopie). Sollen die Aktivitäten mit neuen Versuchen wiederverwendet werden?
copy-course-nameless = Dieser Kurs wurde aus einem früheren kopiert. Sollen die Aktivitäten mit neuen Versuchen wiederverwendet werden?
copy-course-activities = { $count ->
    [one] Eine Aktivität gefunden
   *[other] { $count } Aktivitäten gefunden
}
copy-rebound-activities = { $count ->
    [one] Eine Aktivität wiederverwendet
   *[other] { $count } Aktivitäten wiederverwendet
}
copy-quiz = Test: { $quiz }
copy-maximum = Höchstwert { $maximum }
copy-weight = Gewicht { $weight }
copy-is-open = In diesem Kurs schon geöffnet
copy-reuse-hint = Die Aktivitäten übernehmen Tests, Gewichte und Höchstwerte des früheren Kurses. Versuche und Bewertungen werden nicht übernommen.
copy-reuse = Alle wiederverwenden
copy-anew-hint = Soll es hier anders sein, wählen Sie beim Öffnen jeder Aktivität einen Test. Bis dahin erhalten die Lernenden den Test, auf den die Aktivität verweist.
copy-anew = Neu auswählen
copy-rebound-title = Die Aktivitäten werden wiederverwendet
copy-rebound-text = Alle Aktivitäten beginnen mit neuen Versuchen. Ihre Bewertungsspalten gehören zu diesem Kurs; eine hier noch nie geöffnete Aktivität wird verbunden, sobald jemand sie öffnet.
copy-go-on = Aktivität öffnen
copy-undo-hint = Noch hat niemand einen Versuch begonnen; Sie können dies also rückgängig machen.
copy-undo = Rückgängig machen
copy-undo-late = Jemand hat schon einen Versuch begonnen; dies lässt sich nicht mehr rückgängig machen.
copy-activity-title = Diese Aktivität ist eine Kopie
copy-duplicate-text = Diese Aktivität ist eine Kopie von „{ $original }“: derselbe Test „{ $quiz }“, aber eigene Versuche und eine eigene Bewertungsspalte.
copy-offered-text = Diese Aktivität stammt aus dem kopierten Kurs. Sie öffnet den Test „{ $quiz }“ mit neuen Versuchen.
copy-same-hint = Änderungen am Test gelten für alle Aktivitäten, die ihn verwenden.
copy-same = Denselben Test behalten
copy-independent-hint = Eine unabhängige Kopie: Änderungen daran betreffen die andere Aktivität nicht.
copy-independent = Unabhängige Kopie des Tests anlegen
copy-another-hint = Oder wählen Sie einen anderen Test. Bis dahin können die Lernenden nicht beginnen.
copy-another = Anderen Test wählen
copy-begun = Hier hat schon jemand einen Versuch begonnen; die Aktivität behält ihren Test.
copy-taken-title = Diese Aktivität wurde aus dem früheren Kurs übernommen
copy-taken-text = Noch hat niemand einen Versuch begonnen; dies lässt sich also rückgängig machen.
copy-taken-link = Ansehen und rückgängig machen
