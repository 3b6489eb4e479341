# Eine Aktivität öffnen und eine Auswahl an die Plattform zurücksenden
login-window-title = In neuem Fenster öffnen
login-window-text = Ihr Browser sperrt Cookies eingebetteter Seiten, deshalb lässt sich die Aktivität nicht in diesem Rahmen öffnen. Öffnen Sie sie in einem eigenen Fenster; eine erneute Anmeldung ist nicht nötig.
login-window-button = In neuem Fenster öffnen
login-window-hint = Falls kein Fenster erscheint, erlauben Sie dieser Website Pop-ups.
login-window-continued-title = In neuem Fenster geöffnet
login-window-continued-text = Arbeiten Sie dort weiter und lassen Sie diese Seite geöffnet, bis Sie fertig sind.
login-window-returned-title = Auswahl erhalten
login-window-returned-text = Ihre Auswahl wird an den Kurs gesendet.
login-send-title = Auswahl an den Kurs senden
login-send-text = Ihre Auswahl ist bereit. Falls es nicht von selbst weitergeht, benutzen Sie die Schaltfläche.
login-send-button = An den Kurs senden
login-send-done-title = Gesendet
login-send-done-text = Sie können dieses Fenster schließen und zum Kurs zurückkehren.
login-ended-title = Sie sind hier nicht mehr angemeldet
login-ended-text = Alles Gespeicherte bleibt erhalten.
login-ended-next = Melden Sie sich mit Ihrem eigenen Konto im Kurs an und öffnen Sie die Aktivität dort erneut.
