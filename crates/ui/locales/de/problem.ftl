# Ablehnungen und Störungen: je Code ein Titel, ein Satz (-sentence) und die Abhilfe (-fix)
problem-unknown = Das hat nicht geklappt
problem-unknown-sentence = Bei der Verarbeitung dieser Anfrage ist ein Fehler aufgetreten.
problem-unknown-fix = Öffnen Sie die Aktivität erneut aus dem Kurs. Bleibt der Fehler bestehen, senden Sie die Vorgangsnummer an Ihre Lehrkraft oder an die Administration.
problem-web-csrf = Das Formular ist veraltet
problem-web-csrf-sentence = Das Formular passt nicht mehr zu Ihrer Sitzung; es wurde nichts geändert.
problem-web-csrf-fix = Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.
