# Statistik zum Test und zu den Fragen
statistics-title = Statistik
statistics-back = Zurück zur Notenübersicht
statistics-which = Betrachtete Versuche
statistics-show = Anzeigen
statistics-counting = Versuche, die für die Note zählen
statistics-first = Jeweils der erste Versuch
statistics-last = Jeweils der letzte Versuch
statistics-all = Alle Versuche
statistics-nobody-title = Noch wurde kein Versuch abgegeben
statistics-nobody-text = Die Statistik erscheint hier, sobald genügend Versuche vorliegen.
statistics-few-title = Bisher abgegebene Versuche: { $count }
statistics-few-text = Die Statistik wird ab { $minimum } Versuchen angezeigt. Bei weniger Versuchen sagen die Zahlen etwas über Personen aus, aber nichts über die Fragen.
statistics-basis = Grundlage: { $attempts } Versuche von { $people } Personen.
statistics-suspects = Fragen, die Sie ansehen sollten
statistics-test = Der ganze Test
statistics-spread = Verteilung der Punkte
statistics-reached = Anteil der erreichten Punkte
statistics-attempts = Versuche
statistics-tenth = { $from }–{ $to } %
statistics-questions = Die Fragen
statistics-question = Frage
statistics-question-number = Frage { $number }
statistics-former-question = Frage, die nicht mehr im Test steht
statistics-facility = Schwierigkeit (Lösungsanteil)
statistics-facility-note = Mittlere Punktzahl im Verhältnis zur Höchstpunktzahl: je höher, desto leichter ist die Frage.
statistics-item-deviation = Standardabweichung (Punkte)
statistics-guess = Lösungsanteil beim Raten
statistics-discrimination = Trennschärfe
statistics-discrimination-note = Korrelation der Punkte hier mit den Punkten im übrigen Test. Ab etwa 30 % ist sie gut; unter 0 liegen die Stärkeren häufiger falsch.
statistics-efficiency = Ausschöpfung der Trennschärfe
statistics-efficiency-note = Erreichte Trennschärfe im Verhältnis zu dem, was bei dieser Schwierigkeit möglich wäre.
statistics-weights = Gewicht: vorgesehen → tatsächlich
statistics-weights-note = Anteil der Frage an der Höchstpunktzahl und ihr Anteil an den Unterschieden zwischen den Versuchen.
statistics-weights-negative = Ein tatsächliches Gewicht gibt es nicht: Die Frage läuft der Gesamtpunktzahl entgegen.
statistics-per-cent = { $number } %
statistics-mean = Mittelwert
statistics-median = Median
statistics-deviation = Standardabweichung
statistics-deviation-note = Wie weit die Versuche vom Mittelwert entfernt liegen.
statistics-skewness = Schiefe
statistics-skewness-note = Negativ: viele hohe und wenige sehr niedrige Punktzahlen. Positiv: umgekehrt.
statistics-kurtosis = Wölbung
statistics-kurtosis-note = Im Vergleich zur Normalverteilung (0). Positiv: viele Punktzahlen weit vom Mittelwert.
statistics-consistency = Interne Konsistenz (Cronbachs Alpha)
statistics-consistency-note = Ob die Fragen dieselbe Fähigkeit messen. Ab 70 % ist der Wert gut.
statistics-error-ratio = Fehleranteil
statistics-error-ratio-note = Wie viel von den Unterschieden zwischen den Punktzahlen Zufall ist.
statistics-standard-error = Standardmessfehler
statistics-standard-error-note = Um etwa so viel kann die Punktzahl einer Person allein durch Zufall abweichen.
statistics-absent = nicht vorhanden
statistics-absent-few = Nicht vorhanden: Dafür sind mehr Versuche nötig.
statistics-absent-spread = Nicht vorhanden: Alle haben dieselbe Punktzahl.
statistics-absent-maximum = Nicht vorhanden: Die Höchstpunktzahl der Frage ist 0.
statistics-absent-guess = Nicht vorhanden: Für diesen Fragetyp lässt es sich nicht angeben.
statistics-absent-consistency = Nicht vorhanden: Dafür braucht es zwei Fragen, die in jedem Versuch bewertet sind, und es gibt sie nicht, wo Abschnitte gewählt oder Fragen gestrichen werden.
statistics-absent-root = Nicht vorhanden: Aus dieser internen Konsistenz ergibt sich kein Wert.
statistics-has-changed = Diese Frage wurde zwischen den Versuchen bearbeitet; die Zahlen fassen alle Fassungen zusammen.
statistics-asked-in = In { $asked } von { $attempts } Versuchen gestellt; die Zahlen gelten nur für diese.
statistics-asked-few = Erst in { $asked } von { $attempts } Versuchen gestellt. Zahlen gibt es ab { $minimum }.
statistics-regrade = Lösung korrigieren und neu bewerten
statistics-edit = Diese Frage bearbeiten
statistics-responses = Antworten
statistics-response = Antwort
statistics-count = Gewählt
statistics-strong = Von den Starken
statistics-weak = Von den Schwachen
statistics-no-answer = Keine Antwort
statistics-right = Lösung
statistics-check-key = Lösung prüfen
statistics-look = Ansehen
statistics-finding-strong = { $strong } der Starken haben „{ $option }“ gewählt, nur { $right } die Lösung. Stimmt die Lösung?
statistics-finding-negative = Wer sonst gut abschneidet, schneidet hier schlechter ab. Ist die Frage missverständlich?
statistics-finding-dubious = Diese Frage unterscheidet kaum zwischen Starken und Schwachen.
statistics-finding-alike = Alle haben dieselbe Punktzahl: Die Frage sagt nichts darüber aus, wie sich die Versuche unterscheiden.
statistics-finding-easy = Fast alle antworten richtig.
statistics-finding-hard = Fast niemand antwortet richtig.
statistics-finding-guessing = Das Ergebnis liegt unter dem von blindem Raten. Stimmt etwas an der Frage oder der Lösung nicht?
statistics-finding-never = „{ $option }“ hat niemand gewählt. Als Distraktor bewirkt diese Antwort nichts.
statistics-by-try = nach Versuch: { $counts }
statistics-part = Teil { $number }
statistics-interval = Aus { $count ->
    [one] { $count } Versuch
   *[other] { $count } Versuchen
}: Der wahre Wert liegt zwischen { $low } und { $high } (Konfidenz 95 %).
statistics-by-chance = Aus nur { $count ->
    [one] { $count } Versuch
   *[other] { $count } Versuchen
}: Das kann auch Zufall sein.
statistics-variants = Zahlenvarianten
statistics-variant = Werte
statistics-rare-variants = { $count ->
    [one] { $count } Variante fehlt hier: Weniger als { $minimum } Versuche hatten sie, oder es gibt zu viele Varianten.
   *[other] { $count } Varianten fehlen hier: Weniger als { $minimum } Versuche hatten sie jeweils, oder es gibt zu viele Varianten.
}
