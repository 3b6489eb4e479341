# Die Seite der Lehrkraft mit den Bewertungen
gradebook-title = Bewertungen
gradebook-untitled = (Test ohne Titel)
gradebook-links = Mehr zu diesem Test
gradebook-edit = Test bearbeiten
gradebook-preview = Vorschau
gradebook-csv = CSV herunterladen
gradebook-overview = Überblick
gradebook-students = Lernende
gradebook-submitted = Abgegeben
gradebook-open = In Arbeit
gradebook-not-started = Nicht begonnen
gradebook-not-started-count = Nicht begonnen ({ $count })
gradebook-begun = Lernende, die begonnen haben
gradebook-student = Name
gradebook-attempts = Abgegebene Versuche
gradebook-attempt = Versuch { $number }
gradebook-mark = Bewertung
gradebook-delivery = Bewertung in { $platform }
gradebook-nameless = Person ohne freigegebenen Namen
gradebook-has-left = Nicht mehr im Kurs

gradebook-sent-again-title = Wird erneut gesendet
gradebook-sent-again-text = Bewertungen kommen meist nach wenigen Sekunden an. Laden Sie die Seite neu, um das Ergebnis zu sehen.
gradebook-overwrites-title = Bewertung wird ersetzt
gradebook-overwrites-text = Die Bewertung aus Taynghe wird anstelle der Bewertung der Lehrkraft an { $platform } gesendet. Laden Sie die Seite in einigen Sekunden neu.
gradebook-column-made-title = Die Bewertungsspalte ist da
gradebook-column-made-text = Wartende Bewertungen werden jetzt an { $platform } gesendet.
gradebook-no-column-title = { $platform } hat für diesen Test keine Bewertungsspalte
gradebook-no-column-text = Die Bewertungen bleiben hier gespeichert, bis es eine gibt. Die neue Spalte steht dann in der Bewertungsübersicht des Kurses.
gradebook-make-column = Bewertungsspalte in { $platform } anlegen
gradebook-column-missing-text = { $platform } erlaubt diesem Tool nicht, Spalten anzulegen. Schalten Sie in den Einstellungen der Aktivität die Bewertung ein, oder bitten Sie die { $platform }-Administration, den Bewertungsdienst zu erlauben.
gradebook-column-failed-title = Die Bewertungsspalte konnte in { $platform } nicht angelegt werden
gradebook-column-failed-unreachable = { $platform } antwortet zurzeit nicht. Die Bewertungen bleiben hier gespeichert. Drücken Sie die Schaltfläche unten in einigen Minuten noch einmal.
gradebook-column-failed-scope = { $platform } erlaubt diesem Tool noch nicht, Bewertungsspalten anzulegen. Bitten Sie die { $platform }-Administration, in den Einstellungen des Tools unter „Services“ die Option „Use this service for grade sync and column management“ zu wählen, und drücken Sie dann die Schaltfläche unten noch einmal.
gradebook-column-failed-origin = Die Bewertungsübersicht liegt unter einer Adresse, die nicht zum registrierten { $platform } gehört oder die Taynghe im internen Netz nicht aufrufen darf. Senden Sie diese Codes an die Taynghe-Administration; sie kann die Adresse prüfen und freigeben.
gradebook-column-failed-refused = { $platform } hat die Anfrage des Tools nicht angenommen. Die Bewertungen bleiben hier gespeichert. Senden Sie diese Codes an die { $platform }-Administration: Ist das Tool noch eingeschaltet, und stimmen die Adresse „Public keyset“ und die „Client ID“?
gradebook-live-failed-title = Die Bewertungen in { $platform } konnten nicht gelesen werden
gradebook-live-failed-text = Diese Seite zeigt nur, was gesendet wurde. Hat eine Lehrkraft dort etwas geändert, ist es hier noch nicht zu sehen. Laden Sie die Seite in einigen Minuten neu.
gradebook-failed-title = { $count ->
    [one] { $count } Bewertung ist nicht angekommen
   *[other] { $count } Bewertungen sind nicht angekommen
}
gradebook-failed-text = Der Grund steht unten bei jeder Person. Sobald er behoben ist, senden Sie erneut.
gradebook-send-all = Alle diese Bewertungen erneut senden
gradebook-nobody-title = Noch niemand da
gradebook-nobody-text = Lernende erscheinen hier, sobald die Teilnehmendenliste gelesen ist oder sie den Test zum ersten Mal öffnen.
gradebook-overwrite = Durch die Bewertung aus Taynghe ersetzen
gradebook-stays = { $platform } behält die Bewertung der Lehrkraft. Die aus Taynghe wird erst sichtbar, wenn die Überschreibung in der Bewertungsübersicht von { $platform } aufgehoben ist.
gradebook-only-theirs = { $platform } zeigt { $theirs }, von der Lehrkraft gesetzt.
gradebook-shows-nothing = { $platform } zeigt zurzeit keine Bewertung: Vielleicht hat eine Lehrkraft sie gelöscht.
gradebook-missing-link-title = Diese Aktivität hat in { $platform } keine Bewertungsspalte mehr
gradebook-missing-link-text = Die Bewertungen bleiben hier gespeichert. Öffnen Sie in { $platform } die Einstellungen der Aktivität, prüfen Sie den Abschnitt „Bewertung“ und speichern Sie: { $platform } legt die Spalte neu an. Öffnen Sie danach diesen Test einmal, dann werden die Bewertungen sofort gesendet.
gradebook-missing-link-or = Wenn Sie die Aktivität nicht ändern möchten, können Sie eine eigene Spalte anlegen; sie gehört dann nicht zur Aktivität.
gradebook-missing-tool-title = Die Bewertungsspalte dieses Tests wurde in { $platform } gelöscht
gradebook-missing-tool-text = Die Bewertungen bleiben hier gespeichert. Legen Sie die Spalte neu an, werden alle noch einmal gesendet.
gradebook-make-again = Spalte in { $platform } neu anlegen
gradebook-followed-title = Der Höchstwert in { $platform } wurde von { $from } auf { $to } geändert
gradebook-followed-text = Die Bewertungen folgen hier dem neuen Höchstwert. Die Anteile aller Lernenden bleiben gleich, keine Bewertung wurde überschrieben. War es ein Versehen, stellen Sie den Höchstwert in den Einstellungen der Aktivität zurück.
gradebook-differs-title = Die Spalte in { $platform } hat den Höchstwert { $theirs }, hier ist er { $ours }
gradebook-differs-text = { $platform } rechnet die Bewertungen auf den Höchstwert der Spalte um. War es ein Versehen, stellen Sie ihn in der Bewertungsübersicht zurück.
gradebook-emptied-title = { $count ->
    [one] { $count } Bewertung war in { $platform } angekommen und ist nicht mehr da
   *[other] { $count } Bewertungen waren in { $platform } angekommen und sind nicht mehr da
}
gradebook-emptied-text = Vielleicht hat eine Lehrkraft sie gelöscht. Von selbst wird nichts erneut gesendet; bei Bedarf senden Sie sie hier.
gradebook-send-emptied = Diese erneut senden
gradebook-locked-title = { $count ->
    [one] { $count } Bewertung ist in { $platform } gesperrt
   *[other] { $count } Bewertungen sind in { $platform } gesperrt
}
gradebook-locked-text = Heben Sie in { $platform } die Sperre der Spalte (im Setup der Bewertungen) oder der einzelnen Bewertung (in der Bewertungstabelle des Kurses) auf. Senden Sie dann erneut.

gradebook-csv-name = Name
gradebook-csv-state = Stand
gradebook-csv-attempts = Abgegebene Versuche
gradebook-csv-submitted-at = Zuletzt abgegeben
gradebook-csv-mark = Bewertung
gradebook-csv-maximum = Höchstwert
gradebook-csv-delivery = Übermittlung
gradebook-csv-shown = Bewertung in { $platform }
