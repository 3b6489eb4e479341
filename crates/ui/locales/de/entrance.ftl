# Eingang zur Verwaltung
entrance-title = Anmeldung zur Verwaltung
entrance-lead = Diese Seite ist für alle, die Taynghe für eine Schule verwalten.
entrance-account = Mit Ihrem Schulkonto
entrance-account-text = Wählen Sie, wo Sie ein Konto haben. Sie melden sich dort an und kehren hierher zurück.
entrance-with = Mit { $provider } anmelden
entrance-link = Mit einem einmaligen Link
entrance-link-text = Wer den Server betreibt, gibt diesen Befehl ein und sendet Ihnen die ausgegebene Adresse:
entrance-link-then = Die Adresse gilt einmal und eine Stunde lang. Öffnen Sie sie in diesem Browser und wählen Sie „Verwaltung öffnen“.
entrance-others = Sie lernen oder unterrichten? Öffnen Sie die Aktivität in Ihrem Kurs; eine Anmeldung hier ist nicht nötig.
entrance-signed-out = Sie sind bei Taynghe abgemeldet
entrance-signed-out-text = Melden Sie sich an gemeinsam genutzten Geräten auch von Ihrem Schulkonto ab oder schließen Sie den Browser.
