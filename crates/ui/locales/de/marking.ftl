# Bewerten von Hand: was wartet, Antwort für Antwort, ohne Namen, Zweitkorrektur
marking-title = Bewerten
marking-go = Jetzt bewerten
marking-nobody-title = Es gibt noch nichts zu bewerten
marking-nobody-text = Antworten erscheinen hier, sobald jemand abgegeben hat.
marking-nothing-title = In diesem Test wartet keine Frage auf eine Bewertung
marking-nothing-text = Alle Fragen werden automatisch bewertet. Sie können trotzdem jede Bewertung ändern.
marking-done-title = Alles ist bewertet
marking-done-text = Die Noten sind unterwegs. Sie können weiterhin jede Antwort ansehen und ihre Bewertung ändern.
marking-old-question = Eine Frage aus einer früheren Fassung
marking-waiting = Zu bewerten
marking-marked = Bewertet
marking-apart = Strittig
marking-answered = Beantwortet
marking-automatic = Automatisch bewertete Fragen ({ $count })
marking-automatic-hint = Wählen Sie eine Frage, um die Bewertung einer Antwort von Hand zu ändern, mit Kommentar.
marking-choices = Wie möchten Sie bewerten?
marking-hide-names = Namen verbergen
marking-hide-names-hint = Die Antworten sind nummeriert; ihre Reihenfolge verrät nichts über die Lernenden und ist bei jeder Frage anders.
marking-second = Als Zweitkorrektur bewerten
marking-second-hint = Sie sehen die Bewertungen anderer erst, wenn Sie die Antwort selbst bewertet haben.
marking-choose = Übernehmen
marking-notes = Hinweise zur Bewertung
marking-begin = { $count ->
    [one] { $count } wartende Antwort bewerten
   *[other] { $count } wartende Antworten bewerten
}
marking-question-done-title = Alle Antworten auf diese Frage sind bewertet
marking-question-done-text = Sie können weiterhin jede öffnen und ihre Bewertung ändern.
marking-answers = Antworten
marking-answer = Antwort
marking-state = Stand
marking-state-waiting = Wartet auf Bewertung
marking-state-apart = Bewertungen liegen { $points } auseinander
marking-state-marked = Bewertet
marking-state-automatic = Nach Lösung bewertet
marking-paper = Antwort { $number }
marking-place = Antwort { $place } von { $total } · zu bewerten: { $waiting }
marking-saved = Gespeichert
marking-saved-before = Die vorige Antwort ist gespeichert
marking-dropped-title = Diese Frage zählt nicht
marking-dropped-text = Sie wurde bei einer Neubewertung gestrichen. Frühere Bewertungen bleiben erhalten und zählen wieder, wenn die Streichung zurückgenommen wird.
marking-given-text = Eine Neubewertung vergibt diese Punkte unabhängig von den Bewertungen von Hand.
marking-history = Bisherige Bewertungen
marking-mark = Bewertung
marking-points = Punkte
marking-points-of = von { $maximum }
marking-points-error = Geben Sie eine Zahl von 0 bis { $maximum } ein. Es wurde nichts gespeichert.
marking-comment = Kommentar für die Lernenden
marking-save-next = Speichern und weiter
marking-save = Speichern
marking-quick = Sofort mit dieser Punktzahl speichern
marking-give = { $points }
marking-release = Bewertung zurücknehmen
marking-blind-hint = Sie bewerten als Zweitkorrektur: Andere Bewertungen sind verborgen, bis Sie Ihre gespeichert haben.
marking-previous = Vorige
marking-skip = Überspringen
marking-whole-attempt = Der ganze Versuch
marking-by-you = Sie
marking-by-other = Andere Lehrkraft
marking-kind-blind = Unabhängig bewertet
marking-kind-crossed = Gleichzeitig bewertet, zählt nicht
marking-kind-released = Zurückgenommen
marking-stands = Zählt
marking-crossed-title = Jemand anderes hat diese Antwort gleichzeitig bewertet
marking-crossed-text = Ihre Bewertung ist gespeichert, zählt aber noch nicht, weil Sie die andere nicht gesehen hatten. Welche soll zählen?
marking-crossed-third = Oder geben Sie unten eine dritte Bewertung ein.
marking-keep-theirs = Diese behalten
marking-take-own = Meine nehmen
marking-apart-title = Die Bewertungen liegen um { $points } auseinander (in Punkten)
marking-apart-text = Bei mehr als 10 % der Punkte Abstand wird kein Mittel gebildet. Die Note wartet, bis jemand, der beide gesehen hat, hier eine Bewertung speichert.
marking-here = Von Hand bewerten
marking-provisional = Vorläufig
marking-waits-badge = Zu bewerten: { $count }
marking-waits-title = { $count ->
    [one] { $count } Antwort wartet auf Bewertung
   *[other] { $count } Antworten warten auf Bewertung
}
marking-waits-text = Das Ergebnis ist vorläufig, bis Ihre Lehrkraft alles bewertet hat.
marking-waits-hidden = Ihre Lehrkraft muss einen Teil dieses Versuchs noch bewerten.
marking-waits-instructor = Das Ergebnis ist vorläufig; für diesen Versuch wird keine Note gesendet, bis alles bewertet ist.
marking-gradebook-text = Bis dahin sind diese Ergebnisse vorläufig, und { $platform } behält, was dort steht.
marking-statistics = { $count ->
    [one] { $count } Antwort wartet auf Bewertung und zählt in keiner Zahl mit.
   *[other] { $count } Antworten warten auf Bewertung und zählen in keiner Zahl mit.
}
marking-review-dropped = Diese Frage wurde nachträglich gestrichen und zählt nicht.
marking-review-full = Für diese Frage haben nachträglich alle die volle Punktzahl erhalten.
marking-review-answered = Wer diese Frage beantwortet hat, hat nachträglich die volle Punktzahl erhalten.
marking-review-comment = Kommentar zur Bewertung
