# Die Teilnehmendenliste auf der Seite der Lehrkraft
roster-read = Teilnehmendenliste aus { $platform }, gelesen: { $time }.
roster-refresh = Teilnehmendenliste neu lesen
roster-not-shared = { $platform } teilt die Teilnehmendenliste nicht mit diesem Tool. Zu sehen sind deshalb nur Lernende, die den Test schon geöffnet haben.
roster-failed-title = Die Teilnehmendenliste konnte nicht gelesen werden
roster-failed-text = Zu sehen sind nur Lernende, die den Test schon geöffnet haben.
roster-stale-title = Die Teilnehmendenliste konnte nicht neu gelesen werden
roster-stale-text = Letzter Versuch: { $tried }. Diese Seite nutzt weiter die Liste aus { $platform }, gelesen: { $time }.
roster-problem-unreachable = { $platform } antwortet nicht. Die Liste wird in einigen Minuten erneut gelesen.
roster-problem-throttled = { $platform } hat wegen zu vieler Anfragen um eine Pause gebeten. Die Liste wird später erneut gelesen.
roster-problem-scope = { $platform } erlaubt diesem Tool nicht, die Teilnehmendenliste zu lesen. Bitten Sie die { $platform }-Administration, in den Einstellungen des Tools unter „Services“ den Dienst „IMS LTI Names and Role Provisioning“ zu erlauben.
roster-problem-origin = Die Teilnehmendenliste liegt unter einer Adresse, die nicht zum registrierten { $platform } gehört oder die Taynghe im internen Netz nicht aufrufen darf. Die Taynghe-Administration sollte die Adresse prüfen und freigeben.
roster-problem-gone = { $platform } hat unter der bisherigen Adresse keine Liste mehr: Vielleicht wurde der Kurs gelöscht oder verschoben. Öffnen Sie den Test erneut von der Kursseite aus.
roster-problem-refused = { $platform } hat die Anfrage des Tools nicht angenommen. Fragen Sie die { $platform }-Administration, ob das Tool noch eingeschaltet ist und den Dienst für die Teilnehmendenliste nutzen darf.
roster-problem-other = Taynghe konnte die Liste nicht lesen. Bleibt es dabei, melden Sie es der Taynghe-Administration.
roster-refreshed-title = Die Teilnehmendenliste wurde neu gelesen
roster-refreshed-text = Die Liste unten ist die, die { $platform } jetzt hat.
roster-just-now-title = Die Teilnehmendenliste wurde gerade gelesen
roster-just-now-text = Je Kurs kann sie einmal in der Minute gelesen werden. Warten Sie einen Moment und drücken Sie dann noch einmal.
roster-under-way-title = Die Teilnehmendenliste wird gelesen
roster-under-way-text = Bei einem großen Kurs dauert es länger. Laden Sie die Seite in einigen Minuten neu.
roster-cannot-open = { $count ->
    [one] { $count } Person darf diesen Test nicht öffnen, weil der Zugriff in { $platform } eingeschränkt ist, und steht deshalb nicht unter „Nicht begonnen“.
   *[other] { $count } Personen dürfen diesen Test nicht öffnen, weil der Zugriff in { $platform } eingeschränkt ist, und stehen deshalb nicht unter „Nicht begonnen“.
}
roster-teachers = In { $platform } als Lernende geführt, öffnen den Test aber als Lehrkraft (Assistenz): { $names }.
roster-left-kept = { $platform } nimmt keine Bewertungen für Personen an, die den Kurs verlassen haben. Die Bewertung bleibt hier gespeichert und wird von selbst gesendet, wenn sie zurückkommen.
roster-asked-not-started-title = { $name } hat diesen Test noch nicht begonnen
roster-asked-nobody-title = Diese Person hat den Test noch nicht begonnen
roster-asked-not-started-text = Es gibt noch keinen Versuch, den man ansehen könnte.
roster-asked-unknown-title = Diese Person ist in diesem Kurs nicht bekannt
roster-asked-unknown-text = { $platform } hat nach der Arbeit einer Person gefragt, die den Test nie geöffnet hat und nicht in der gelesenen Teilnehmendenliste steht. Ist sie gerade erst eingeschrieben worden, lesen Sie die Liste neu.
roster-asked-row = Aus der Bewertungsübersicht geöffnet
