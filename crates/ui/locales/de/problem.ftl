# Ablehnungen und Störungen: je Code ein Titel, ein Satz (-sentence) und die Abhilfe (-fix)
-moodle-tools = „Website-Administration → Plugins → Aktivitäten → Externes Tool → Tools verwalten“

## Allgemein

problem-unknown = Das konnte nicht ausgeführt werden
problem-unknown-sentence = Bei der Verarbeitung dieser Anfrage ist ein Fehler aufgetreten.
problem-unknown-fix = Öffnen Sie die Aktivität erneut aus dem Kurs. Bleibt der Fehler bestehen, senden Sie die Angaben auf dieser Seite an Ihre Lehrkraft oder die Administration.

## LTI-Anmeldung

problem-lti-log-param = Die Startanfrage ist unvollständig
problem-lti-log-param-sentence = Ihre Lernplattform hat nicht alle Angaben gesendet, die für die Anmeldung nötig sind (iss, login_hint, target_link_uri).
problem-lti-log-param-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Bleibt der Fehler bestehen, sollte die Moodle-Administration die „Initiate login URL“ des Tools prüfen: { -moodle-tools }.
problem-lti-log-ambiguous = Die Startanfrage widerspricht sich
problem-lti-log-ambiguous-sentence = Ein Anmeldeparameter wurde doppelt oder mit verschiedenen Werten gesendet; die Anfrage wurde abgelehnt.
problem-lti-log-ambiguous-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Bleibt der Fehler bestehen, sollte die Moodle-Administration prüfen, ob die „Initiate login URL“ des Tools überzählige Parameter enthält: { -moodle-tools }.
problem-lti-log-unknown = Diese Lernplattform ist nicht registriert
problem-lti-log-unknown-sentence = Taynghe kennt die Plattform (issuer) oder die Client-ID dieser Anfrage nicht.
problem-lti-log-unknown-fix = Das kann die Taynghe-Administration beheben: Registrieren Sie die Plattform mit einer Einladung oder mit „taynghe platform add“. Die Moodle-Administration sollte Plattform-ID und Client-ID vergleichen: { -moodle-tools }.
problem-lti-log-ambiguous-reg = Es ist unklar, welche Registrierung gemeint ist
problem-lti-log-ambiguous-reg-sentence = Diese Plattform ist mehrfach registriert, und die Anfrage nennt keine client_id zur Unterscheidung.
problem-lti-log-ambiguous-reg-fix = Das kann die Moodle-Administration beheben: Prüfen Sie, ob das Tool auf LTI 1.3 eingestellt ist und eine Client-ID hat: { -moodle-tools }.
problem-lti-log-disabled = Diese Verbindung ist abgeschaltet
problem-lti-log-disabled-sentence = Die Registrierung dieser Lernplattform ist deaktiviert oder wartet auf Freigabe.
problem-lti-log-disabled-fix = Das kann die Taynghe-Administration beheben: Öffnen Sie die Verwaltungsseiten („taynghe admin link“) und aktivieren Sie die Registrierung.
problem-lti-log-target = Die Zieladresse gehört nicht zu Taynghe
problem-lti-log-target-sentence = Die Anfrage führt zu einer Adresse (target_link_uri), die nicht zu diesem Server gehört.
problem-lti-log-target-fix = Das kann die Moodle-Administration beheben: Berichtigen Sie die „Tool-URL“ des Tools oder der Aktivität: { -moodle-tools }.
problem-lti-log-deployment = Die Bereitstellung ist nicht bekannt
problem-lti-log-deployment-sentence = Die Bereitstellung (lti_deployment_id) in der Anfrage gehört nicht zu dieser Registrierung.
problem-lti-log-deployment-fix = Das kann die Taynghe-Administration beheben: Vergleichen Sie sie mit der Deployment-ID ({ -moodle-tools }) und ergänzen Sie die Registrierung.
problem-lti-log-size = Die Startanfrage ist zu lang
problem-lti-log-size-sentence = Ein Anmeldeparameter ist länger als 4 KiB und wurde abgelehnt.
problem-lti-log-size-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Bleibt der Fehler bestehen, wenden Sie sich mit der Vorgangsnummer an die Moodle-Administration.

## Die signierte Nachricht

problem-lti-tok-format = Das ist kein gültiger Start
problem-lti-tok-format-sentence = Diese Seite öffnet sich nur mit einer signierten Nachricht Ihrer Lernplattform.
problem-lti-tok-format-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Lesezeichen, „Zurück“ und „Neu laden“ funktionieren hier nicht.
problem-lti-tok-alg = Diese Art der Signatur wird nicht angenommen
problem-lti-tok-alg-sentence = Die Nachricht ist nicht mit RS256 signiert, dem einzigen hier zulässigen Verfahren für LTI 1.3.
problem-lti-tok-alg-fix = Das kann die Moodle-Administration beheben: Prüfen Sie, ob die Plattform mit einem RSA-Schlüssel signiert und das Tool LTI 1.3 verwendet: { -moodle-tools }.
problem-lti-tok-crit = Die Nachricht verlangt eine unbekannte Erweiterung
problem-lti-tok-crit-sentence = Der Kopf der Nachricht verlangt eine Erweiterung (crit), die Taynghe nicht unterstützt.
problem-lti-tok-crit-fix = Das kann der Anbieter der Lernplattform beheben. Senden Sie ihm die Angaben auf dieser Seite.
problem-lti-tok-kid-missing = Die Nachricht nennt keinen Schlüssel
problem-lti-tok-kid-missing-sentence = Die Nachricht sagt nicht, mit welchem Schlüssel sie signiert ist (kid fehlt), und lässt sich daher nicht prüfen.
problem-lti-tok-kid-missing-fix = Das kann der Anbieter der Lernplattform beheben. Senden Sie ihm die Angaben auf dieser Seite.
problem-lti-tok-kid-unknown = Der Signaturschlüssel wurde nicht gefunden
problem-lti-tok-kid-unknown-sentence = Im öffentlichen Schlüsselsatz der Plattform fehlt der Schlüssel, mit dem diese Nachricht signiert ist.
problem-lti-tok-kid-unknown-fix = Warten Sie eine Minute und öffnen Sie die Aktivität erneut aus dem Kurs. Bleibt der Fehler bestehen, sollte die Moodle-Administration die „Public keyset URL“ prüfen: { -moodle-tools }.
problem-lti-tok-sig = Die Signatur passt nicht
problem-lti-tok-sig-sentence = Die Signatur der Nachricht passt nicht zum Schlüssel der Plattform; der Nachricht kann nicht vertraut werden.
problem-lti-tok-sig-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Bleibt der Fehler bestehen, sollte die Taynghe-Administration die Schlüsselsatz-Adresse dieser Registrierung prüfen.
problem-lti-tok-iss = Die Nachricht stammt von einer anderen Plattform
problem-lti-tok-iss-sentence = Der Name der Plattform (issuer) in der Nachricht weicht vom registrierten ab.
problem-lti-tok-iss-fix = Das kann die Taynghe-Administration beheben: Vergleichen Sie die Plattform-ID ({ -moodle-tools }) mit der Registrierung, auch http/https und den Schrägstrich am Ende.
problem-lti-tok-aud = Die Nachricht ist nicht für Taynghe bestimmt
problem-lti-tok-aud-sentence = Die Client-ID in der Nachricht (aud) gehört nicht zu dieser Registrierung.
problem-lti-tok-aud-fix = Das kann die Taynghe-Administration beheben: Vergleichen Sie die Client-ID ({ -moodle-tools }) mit der Registrierung.
problem-lti-tok-azp = Die Nachricht wurde für ein anderes Tool ausgestellt
problem-lti-tok-azp-sentence = Die berechtigte Partei in der Nachricht (azp) ist nicht Taynghe.
problem-lti-tok-azp-fix = Das kann die Taynghe-Administration beheben: Vergleichen Sie die Client-ID ({ -moodle-tools }) mit der Registrierung.
problem-lti-tok-time = Der Start ist abgelaufen
problem-lti-tok-time-sentence = Eine Startnachricht gilt nur für kurze Zeit. Diese ist abgelaufen, oder die Uhren der beiden Server weichen voneinander ab.
problem-lti-tok-time-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Tritt der Fehler jedes Mal auf, sollten die Administrationen beider Server die Zeitsynchronisation (NTP) einschalten.
problem-lti-plat-error = Die Lernplattform hat den Start abgelehnt
problem-lti-plat-error-sentence = Statt eines Starts hat die Plattform einen Fehler gemeldet, meist weil Ihre Anmeldung dort abgelaufen ist oder der Link schon benutzt wurde.
problem-lti-plat-error-fix = Melden Sie sich erneut bei Ihrer Lernplattform an und öffnen Sie die Aktivität aus dem Kurs.
problem-lti-key-fetch = Die Schlüssel der Plattform sind nicht lesbar
problem-lti-key-fetch-sentence = Taynghe konnte den öffentlichen Schlüsselsatz der Plattform nicht abrufen und die Signatur daher nicht prüfen.
problem-lti-key-fetch-fix = Versuchen Sie es in einigen Minuten erneut. Bleibt der Fehler bestehen, sollte die Taynghe-Administration prüfen, ob dieser Server die „Public keyset URL“ erreicht: { -moodle-tools }.

## Zustand und Wiederholung

problem-lti-sta-invalid = Dieser Link wurde schon benutzt oder ist abgelaufen
problem-lti-sta-invalid-sentence = Jeder Start gilt nur einmal und nur wenige Minuten.
problem-lti-sta-invalid-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. „Zurück“ und „Neu laden“ funktionieren hier nicht. Gespeicherte Antworten bleiben erhalten.
problem-lti-sta-mix = Zwei Starts wurden vermischt
problem-lti-sta-mix-sentence = Die Anmeldung wurde von einer anderen Plattform beantwortet als der, die sie begonnen hat.
problem-lti-sta-mix-fix = Öffnen Sie die Aktivität erneut auf der Kursseite.
problem-lti-sta-nonce = Diese Nachricht wurde schon benutzt
problem-lti-sta-nonce-sentence = Die Startnachricht gehört nicht zu dieser Anmeldung oder wurde schon benutzt.
problem-lti-sta-nonce-fix = Öffnen Sie die Aktivität erneut auf der Kursseite.
problem-lti-sta-browser = Dieser Browser wurde nicht wiedererkannt
problem-lti-sta-browser-sentence = Die Anfrage kam nicht aus dem Browser, der den Start begonnen hat, oder Cookies sind gesperrt.
problem-lti-sta-browser-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Bleibt der Fehler bestehen, erlauben Sie Cookies für diese Website oder öffnen Sie die Aktivität in einem neuen Fenster.
problem-lti-sta-ticket = Dieses Fenster lässt sich nicht mehr öffnen
problem-lti-sta-ticket-sentence = Das Ticket, das die Aktivität öffnet, gilt einmal, eine Minute lang und nur auf der Seite, die es ausgestellt hat.
problem-lti-sta-ticket-fix = Schließen Sie dieses Fenster und öffnen Sie die Aktivität erneut auf der Kursseite. Gespeicherte Antworten bleiben erhalten.

## Inhalt der Nachricht

problem-lti-clm-version = Diese LTI-Version wird nicht unterstützt
problem-lti-clm-version-sentence = Die Nachricht verwendet nicht LTI 1.3.
problem-lti-clm-version-fix = Das kann die Moodle-Administration beheben: Stellen Sie die „LTI-Version“ des Tools auf LTI 1.3: { -moodle-tools }.
problem-lti-clm-missing = In der Nachricht fehlen Pflichtangaben
problem-lti-clm-missing-sentence = Die Lernplattform hat eine Angabe nicht gesendet, die LTI 1.3 verlangt.
problem-lti-clm-missing-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-clm-msgtype = Diese Nachrichtenart wird nicht unterstützt
problem-lti-clm-msgtype-sentence = Die Lernplattform hat eine Nachrichtenart gesendet, die Taynghe nicht kennt.
problem-lti-clm-msgtype-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-clm-roles = Die Nachricht nennt keine Rollen
problem-lti-clm-roles-sentence = Die Lernplattform hat keine Rollenliste gesendet; damit ist unbekannt, was Sie hier dürfen.
problem-lti-clm-roles-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-clm-deployment = Die Nachricht nennt keine Bereitstellung
problem-lti-clm-deployment-sentence = Die Lernplattform hat keine Deployment-ID gesendet.
problem-lti-clm-deployment-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-clm-resource-link = Die Nachricht nennt keine Aktivität
problem-lti-clm-resource-link-sentence = Die Lernplattform hat keine Kennung der Aktivität gesendet (resource_link.id).
problem-lti-clm-resource-link-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-clm-sub = Die Nachricht nennt keine Person
problem-lti-clm-sub-sentence = Die Lernplattform hat keine Benutzerkennung (sub) gesendet; Antworten und Bewertungen ließen sich niemandem zuordnen.
problem-lti-clm-sub-fix = Melden Sie sich mit Ihrem eigenen Konto statt als Gast an und öffnen Sie die Aktivität erneut aus dem Kurs.
problem-lti-clm-target = Das Ziel stimmt nicht überein
problem-lti-clm-target-sentence = Die Zieladresse der Nachricht weicht von der bei der Anmeldung ab oder gehört nicht zu diesem Server.
problem-lti-clm-target-fix = Das kann die Moodle-Administration beheben: Berichtigen Sie die „Tool-URL“ des Tools oder der Aktivität: { -moodle-tools }.
problem-lti-clm-format = Die Nachricht enthält fehlerhafte Daten
problem-lti-clm-format-sentence = Eine Angabe der Nachricht hat eine Form, die LTI 1.3 nicht zulässt.
problem-lti-clm-format-fix = Das kann der Anbieter oder die Administration der Lernplattform beheben. Senden Sie ihnen die Angaben auf dieser Seite.
problem-lti-dep-pending = Diese Verbindung wartet auf Freigabe
problem-lti-dep-pending-sentence = Diese Bereitstellung der Lernplattform ist neu und muss zuerst freigegeben werden.
problem-lti-dep-pending-fix = Das kann die Taynghe-Administration beheben: Öffnen Sie die Verwaltungsseiten („taynghe admin link“) und geben Sie die neue Bereitstellung frei.
problem-lti-dep-mix = Die Bereitstellung gehört zu einer anderen Registrierung
problem-lti-dep-mix-sentence = Die Deployment-ID der Nachricht gehört zu einer anderen Registrierung.
problem-lti-dep-mix-fix = Das kann die Taynghe-Administration beheben: Gleichen Sie Client-ID und Deployment-ID der Registrierung ab: { -moodle-tools }.
problem-lti-ten-resource = Diese Aktivität wurde nicht gefunden
problem-lti-ten-resource-sentence = Das Ziel des Links gibt es nicht, oder es ist nicht für Ihre Einrichtung bestimmt.
problem-lti-ten-resource-fix = Die Lehrkraft kann in den Einstellungen der Aktivität erneut einen Test auswählen („Inhalt auswählen“).

## Inhalte auswählen

problem-lti-dl-session = Diese Auswahl ist beendet
problem-lti-dl-session-sentence = Die Anfrage zur Inhaltsauswahl ist abgelaufen oder wurde schon beantwortet.
problem-lti-dl-session-fix = Die Lehrkraft sollte in den Einstellungen der Aktivität erneut auf „Inhalt auswählen“ klicken.
problem-lti-dl-return = Der Rücksendeadresse wird nicht vertraut
problem-lti-dl-return-sentence = Die Adresse, an die die Auswahl gehen soll, gehört nicht zur Lernplattform.
problem-lti-dl-return-fix = Das kann die Taynghe-Administration beheben: Prüfen Sie die Adressen der Plattform auf den Verwaltungsseiten und geben Sie sie frei.
problem-lti-dl-not-accepted = Die Plattform nimmt diese Auswahl nicht an
problem-lti-dl-not-accepted-sentence = Die Lernplattform lässt diese Art oder Anzahl von Inhalten nicht zu.
problem-lti-dl-not-accepted-fix = Gehen Sie zurück und wählen Sie einen einzigen Test aus.
problem-lti-dl-forbidden = Nur Lehrkräfte dürfen Inhalte auswählen
problem-lti-dl-forbidden-sentence = Laut der Lernplattform sind Sie in diesem Kurs keine Lehrkraft.
problem-lti-dl-forbidden-fix = Wenn Sie diesen Kurs unterrichten, sollte die Moodle-Administration Sie als Trainer/in einschreiben.
problem-lti-rev-forbidden = Sie dürfen nur Ihre eigene Arbeit öffnen
problem-lti-rev-forbidden-sentence = Dieser Link führt zur Arbeit einer anderen Person, und laut der Lernplattform sind Sie in diesem Kurs keine Lehrkraft.
problem-lti-rev-forbidden-fix = Ihre eigene Arbeit sehen Sie, wenn Sie den Test von der Kursseite aus öffnen oder den Link bei Ihrer eigenen Bewertung benutzen. Wenn Sie diesen Kurs unterrichten, sollte die Moodle-Administration Sie als Trainer/in einschreiben.

## Registrierung

problem-lti-reg-invite = Die Einladung gilt nicht mehr
problem-lti-reg-invite-sentence = Diese Einladung ist unbekannt, verbraucht, abgelaufen oder für einen anderen Host bestimmt.
problem-lti-reg-invite-fix = Das kann die Taynghe-Administration beheben: Erstellen Sie eine neue mit „taynghe platform invite“ oder auf den Verwaltungsseiten.
problem-lti-reg-url = Die Konfigurationsadresse ist nicht verwendbar
problem-lti-reg-url-sentence = Die von der Plattform gesendete Adresse (openid_configuration) ist nicht lesbar oder nicht erlaubt.
problem-lti-reg-url-fix = Die Moodle-Administration sollte sicherstellen, dass Moodle über https läuft und von diesem Server aus erreichbar ist. Für ein Moodle im internen Netz trägt die Taynghe-Administration den Host in TAYNGHE_OUTBOUND_ALLOW_PRIVATE ein.
problem-lti-reg-incomplete = Die Registrierung ist unvollständig
problem-lti-reg-incomplete-sentence = In der Konfiguration oder Antwort der Plattform fehlt eine nötige Angabe.
problem-lti-reg-incomplete-fix = Das kann die Taynghe-Administration beheben: Registrieren Sie von Hand mit „taynghe platform add“ und den Werten aus Moodle: { -moodle-tools }.
problem-lti-reg-taken = Diese Plattform ist bereits registriert
problem-lti-reg-taken-sentence = Eine andere Organisation hat diese Lernplattform registriert.
problem-lti-reg-taken-fix = Registrieren Sie Taynghe in Moodle als neues Tool, statt „Update“ zu wählen, oder lassen Sie sich von der Organisation einladen, die es registriert hat (die Taynghe-Administration findet sie mit „taynghe platform list“).
problem-lti-reg-issuer = Die Konfiguration stammt von einem anderen Host
problem-lti-reg-issuer-sentence = Name (issuer) und Konfigurationsadresse der Plattform liegen nicht auf demselben Host.
problem-lti-reg-issuer-fix = Das kann die Moodle-Administration beheben: Prüfen Sie, ob $CFG->wwwroot in Moodles config.php der aufgerufenen Adresse entspricht.
problem-lti-reg-refused = Die Plattform hat die Registrierung abgelehnt
problem-lti-reg-refused-sentence = Die Lernplattform hat die Registrierungsanfrage von Taynghe nicht angenommen.
problem-lti-reg-refused-fix = Die Einladung lässt sich erneut verwenden. Das kann die Moodle-Administration beheben: Beginnen Sie die Registrierung von vorn ({ -moodle-tools }) und löschen Sie dort vorher ein unfertiges Taynghe-Tool. Entfernt der Webserver den Authorization-Header, lassen Sie ihn zu.

## Bewertungs- und Teilnahmedienste

problem-lti-svc-origin = Die Dienstadresse ist nicht freigegeben
problem-lti-svc-origin-sentence = Die Adresse eines Dienstes gehört nicht zur registrierten Plattform oder ist eine interne Adresse, die Taynghe nicht aufrufen darf; es wird nichts dorthin gesendet.
problem-lti-svc-origin-fix = Das kann die Taynghe-Administration beheben: Prüfen Sie die Adresse auf den Verwaltungsseiten und geben Sie sie frei; für eine Plattform im internen Netz tragen Sie den Host in TAYNGHE_OUTBOUND_ALLOW_PRIVATE ein.
problem-lti-svc-scope = Die Plattform hat zu wenige Rechte erteilt
problem-lti-svc-scope-sentence = Das Tool darf den Bewertungs- oder Teilnahmedienst nicht nutzen.
problem-lti-svc-scope-fix = Das kann die Moodle-Administration beheben: Öffnen Sie die Einstellungen des Tools ({ -moodle-tools }) und erlauben Sie unter „Dienste“ den Abgleich von Bewertungen samt Spaltenverwaltung und den Abruf der Teilnehmendenliste.
problem-lti-svc-refused = Die Plattform hat abgelehnt
problem-lti-svc-refused-sentence = Ein Dienst der Lernplattform hat diese Anfrage abgelehnt.
problem-lti-svc-refused-fix = Die Lehrkraft kann es später erneut versuchen. Bleibt der Fehler bestehen, sollte die Moodle-Administration die „Dienste“ des Tools prüfen: { -moodle-tools }.
problem-lti-svc-unreachable = Die Plattform ist nicht erreichbar
problem-lti-svc-unreachable-sentence = Die Lernplattform antwortet gerade nicht. Bewertungen bleiben hier gespeichert und werden automatisch erneut gesendet.
problem-lti-svc-unreachable-fix = Sie müssen nichts tun. Hält die Störung an, wenden Sie sich an die Moodle-Administration.
problem-lti-ags-value = Dieser Wert kann nicht gesendet werden
problem-lti-ags-value-sentence = Die Bewertung oder ihre Spalte enthält einen unzulässigen Wert.
problem-lti-ags-value-fix = Die Lehrkraft sollte die Höchstpunktzahl der Spalte prüfen: eine ganze Zahl von 1 bis 100.

## Webanfragen

problem-web-not-found = Seite nicht gefunden
problem-web-not-found-sentence = Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt.
problem-web-not-found-fix = Prüfen Sie die Adresse oder öffnen Sie die Aktivität erneut auf der Kursseite.
problem-web-method = Diese Art der Anfrage wird nicht angenommen
problem-web-method-sentence = Diese Adresse nimmt die gesendete Art von Anfrage nicht an.
problem-web-method-fix = Öffnen Sie die Aktivität erneut auf der Kursseite.
problem-web-media-type = Diese Datenart wird nicht angenommen
problem-web-media-type-sentence = Das Gesendete hat kein Format, das diese Adresse lesen kann.
problem-web-media-type-fix = Laden Sie die Seite neu und versuchen Sie es noch einmal. Ruft Ihr eigenes Programm diese Adresse auf, prüfen Sie den Content-Type-Header.
problem-web-too-large = Es wurde zu viel gesendet
problem-web-too-large-sentence = Die Daten sind größer als erlaubt; es wurde nichts gespeichert.
problem-web-too-large-fix = Kürzen Sie den Inhalt und senden Sie ihn erneut.
problem-web-slow = Die Daten kamen zu langsam
problem-web-slow-sentence = Der Browser hat begonnen, Daten zu senden, ist aber nicht rechtzeitig fertig geworden; es wurde nichts gespeichert.
problem-web-slow-fix = Prüfen Sie Ihre Verbindung und senden Sie erneut.
problem-web-form = Das Formular ist nicht lesbar
problem-web-form-sentence = Das Formular ist fehlerhaft: falsch aufgebaut, mit einem doppelten Feld oder mit ungültigen Zeichen. Es wurde nichts geändert.
problem-web-form-fix = Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.
problem-web-csrf = Das Formular ist veraltet
problem-web-csrf-sentence = Das Formular passt nicht mehr zu Ihrer Sitzung; es wurde nichts geändert.
problem-web-csrf-fix = Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.
problem-web-session = Ihre Sitzung ist beendet
problem-web-session-sentence = In diesem Browser gibt es keine gültige Sitzung für die aufgerufene Seite.
problem-web-session-fix = Öffnen Sie die Aktivität erneut auf der Kursseite. Gespeicherte Antworten bleiben erhalten.
problem-web-forbidden = Dafür fehlt Ihnen die Berechtigung
problem-web-forbidden-sentence = Ihre Rolle im Kurs lässt das nicht zu.
problem-web-forbidden-fix = Wenn Sie dieses Recht brauchen, fragen Sie die Lehrkraft oder die Moodle-Administration nach Ihrer Rolle im Kurs.
problem-web-conflict = Jemand anderes hat zuerst gespeichert
problem-web-conflict-sentence = Während Ihrer Bearbeitung hat eine andere Person oder ein anderer Tab gespeichert; Ihre Fassung wurde nicht gespeichert.
problem-web-conflict-fix = Gehen Sie zurück, kopieren Sie Ihre Änderungen, laden Sie die Seite neu und bearbeiten Sie die neue Fassung.
problem-web-draft = Der Test kann noch nicht veröffentlicht werden
problem-web-draft-sentence = Der Entwurf ist stellenweise unvollständig oder fehlerhaft; Lernende können ihn noch nicht nutzen.
problem-web-draft-fix = Die Lehrkraft sollte den Editor öffnen, die markierten Stellen berichtigen und erneut veröffentlichen.
problem-web-correction = Diese Korrektur der Bewertung ist nicht möglich
problem-web-correction-sentence = Die Korrektur passt nicht zur Frage: keine richtige Antwort, Punkte außerhalb der Grenzen, oder keine Frage zählt mehr. Es wurde nichts geändert.
problem-web-correction-fix = Die Lehrkraft sollte zur Seite „Neu bewerten“ zurückgehen und eine andere Korrektur wählen.
problem-web-regrade = Die Bewertung wurde gerade von jemand anderem korrigiert
problem-web-regrade-sentence = Zwischen Ihrer Probe und dem Anwenden wurde eine andere Neubewertung dieses Tests angewendet. Von Ihnen wurde nichts angewendet.
problem-web-regrade-fix = Die Lehrkraft sollte die Probe erneut öffnen, „Neu berechnen“ drücken und das Ergebnis ansehen.
problem-web-too-many = Zu viele fehlgeschlagene Versuche
problem-web-too-many-sentence = Von dieser Netzadresse kamen in kurzer Zeit zu viele ungültige Anfragen.
problem-web-too-many-fix = Warten Sie einige Minuten und öffnen Sie die Aktivität erneut auf der Kursseite. Gespeicherte Antworten bleiben erhalten.
problem-web-link = Der Verwaltungslink gilt nicht mehr
problem-web-link-sentence = Dieser Link ist unbekannt, verbraucht oder abgelaufen.
problem-web-link-fix = Das kann die Taynghe-Administration beheben: Erstellen Sie einen neuen mit „taynghe admin link“.

## Der Server

problem-sys-busy = Der Server ist ausgelastet
problem-sys-busy-sentence = Es gibt gerade zu viele Anfragen; diese wurde nicht bearbeitet.
problem-sys-busy-fix = Warten Sie eine Minute und versuchen Sie es erneut. Gespeicherte Antworten bleiben erhalten.
problem-sys-internal = Auf dem Server ist ein Fehler aufgetreten
problem-sys-internal-sentence = Der Fehler liegt bei Taynghe, nicht bei Ihnen.
problem-sys-internal-fix = Versuchen Sie es erneut. Bleibt der Fehler bestehen, senden Sie die Vorgangsnummer an die Taynghe-Administration; sie findet sie im Protokoll.

## Testversuche

problem-att-not-open-yet = Noch nicht geöffnet
problem-att-not-open-yet-sentence = Dieser Test ist noch nicht geöffnet.
problem-att-not-open-yet-fix = Kommen Sie zu der Zeit wieder, die auf der Startseite des Tests steht.
problem-att-closed-date = Der Test ist geschlossen
problem-att-closed-date-sentence = Die Schlusszeit ist vorbei; es kann kein Versuch mehr beginnen.
problem-att-closed-date-fix = Wenn Sie ihn nachholen müssen, fragen Sie Ihre Lehrkraft.
problem-att-no-attempts-left = Kein Versuch mehr übrig
problem-att-no-attempts-left-sentence = Sie haben alle erlaubten Versuche genutzt.
problem-att-no-attempts-left-fix = Wenn Sie einen weiteren Versuch brauchen, fragen Sie Ihre Lehrkraft.
problem-att-wait = Für einen weiteren Versuch ist es zu früh
problem-att-wait-sentence = Zwischen zwei Versuchen liegt eine Wartezeit, und sie ist noch nicht vorbei.
problem-att-wait-fix = Kommen Sie zu der Zeit wieder, die auf der Startseite des Tests steht.
problem-att-password = Das Passwort stimmt nicht
problem-att-password-sentence = Dieser Test beginnt nur mit einem Passwort; es fehlt oder lautet anders.
problem-att-password-fix = Prüfen Sie die Tastatur und geben Sie es noch einmal ein. Wenn Sie es nicht kennen, fragen Sie Ihre Lehrkraft.
problem-att-on-break = Sie haben gerade Pause
problem-att-on-break-sentence = Die Uhr steht, deshalb kann jetzt nichts beantwortet werden.
problem-att-on-break-fix = Öffnen Sie die Seite erneut und wählen Sie „Weiterarbeiten“.
problem-att-no-break = Keine Pause
problem-att-no-break-sentence = In diesem Versuch haben Sie keine Pause mehr, oder die Pause ist vorbei.
problem-att-no-break-fix = Wenn Sie eine weitere Pause brauchen, sagen Sie es Ihrer Lehrkraft.
problem-att-already-open = Ein Versuch ist noch offen
problem-att-already-open-sentence = Einer Ihrer Versuche ist noch offen; ein weiterer kann nicht beginnen.
problem-att-already-open-fix = Öffnen Sie die Aktivität erneut aus dem Kurs und wählen Sie „Fortsetzen“.
problem-att-not-a-learner = Nur Lernende bearbeiten den Test
problem-att-not-a-learner-sentence = Sie sind in diesem Kurs nicht in der Rolle „Teilnehmer/in“ eingeschrieben; es wird kein Versuch aufgezeichnet.
problem-att-not-a-learner-fix = Lehrkräfte können die Vorschau nutzen. Wenn Sie am Kurs teilnehmen, fragen Sie Ihre Lehrkraft nach der Einschreibung.
problem-att-closed = Bereits abgegeben
problem-att-closed-sentence = Dieser Versuch ist abgegeben und nimmt keine Antworten mehr an.
problem-att-closed-fix = Öffnen Sie die Aktivität erneut aus dem Kurs, um das Ergebnis zu sehen. Soll der Versuch wieder geöffnet werden, fragen Sie Ihre Lehrkraft.
problem-att-time-over = Die Zeit ist um
problem-att-time-over-sentence = Diese Antwort kam nach Ablauf der Zeit und zählt nicht.
problem-att-time-over-fix = Was vorher gespeichert wurde, zählt. Gab es eine Störung, informieren Sie Ihre Lehrkraft.
problem-att-arrived-late = Die Antwort kam zu spät an
problem-att-arrived-late-sentence = Nach der Uhr Ihres Geräts haben Sie rechtzeitig geantwortet, aber die Antwort erreichte den Server zu spät und zählt noch nicht.
problem-att-arrived-late-fix = Ihre Antworten bleiben auf diesem Gerät erhalten. Informieren Sie Ihre Lehrkraft und geben Sie die Angaben auf dieser Seite an.
problem-att-writer = Der Test wird anderswo bearbeitet
problem-att-writer-sentence = Ein anderer Tab oder ein anderes Gerät schreibt gerade in diesen Versuch.
problem-att-writer-fix = Arbeiten Sie dort weiter, oder laden Sie diese Seite neu und wählen Sie „Hier weiterarbeiten“.
problem-att-entry-conflict = Widersprüchliche Antwort
problem-att-entry-conflict-sentence = Der Server hat unter derselben Nummer eine andere Antwort gespeichert.
problem-att-entry-conflict-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-entry-gap = Eine Antwort dazwischen fehlt
problem-att-entry-gap-sentence = Diese Antwort schließt nicht an die zuletzt gespeicherte an.
problem-att-entry-gap-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-chain = Die Kette der Antworten passt nicht
problem-att-chain-sentence = Die Prüfsumme der Antwort passt nicht zu dem, was vorher gespeichert wurde.
problem-att-chain-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-entry-kind = Diese Aktion ist nicht erlaubt
problem-att-entry-kind-sentence = Die Testseite hat eine Aktion gesendet, die Lernenden nicht offensteht.
problem-att-entry-kind-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-slot-unknown = Diese Frage gibt es nicht
problem-att-slot-unknown-sentence = Dieser Versuch enthält die Frage nicht, zu der die Antwort gehört.
problem-att-slot-unknown-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-response-invalid = Die Antwort ist ungültig
problem-att-response-invalid-sentence = Das Gesendete ist keine Antwort auf diese Frage.
problem-att-response-invalid-fix = Laden Sie die Testseite neu; gespeicherte Antworten sind weiterhin da.
problem-att-question-finished = Diese Frage ist abgeschlossen
problem-att-question-finished-sentence = Die Antwort wurde geprüft; die Frage nimmt keine weitere Antwort an.
problem-att-question-finished-fix = Laden Sie die Testseite neu, um das Ergebnis zu sehen, und bearbeiten Sie die übrigen Fragen.
problem-att-not-checkable = Diese Antwort kann nicht geprüft werden
problem-att-not-checkable-sentence = Der Test prüft keine einzelnen Fragen, die Frage wird von Hand bewertet, oder sie hat noch keine Antwort.
problem-att-not-checkable-fix = Laden Sie die Testseite neu, beantworten Sie die Frage und prüfen Sie erneut.
problem-att-too-large = Die Antwort ist zu lang
problem-att-too-large-sentence = Die Antwort oder die Zahl der Änderungen überschreitet die Grenze.
problem-att-too-large-fix = Kürzen Sie die Antwort. Das Gespeicherte können Sie weiterhin abgeben.

## Anmeldung zur Verwaltung mit einem Schulkonto (OpenID Connect)

problem-oid-provider = Diese Anmeldung gibt es nicht
problem-oid-provider-sentence = Taynghe ist nicht dafür eingerichtet, dass sich jemand über diese Adresse anmeldet.
problem-oid-provider-fix = Öffnen Sie erneut /administration und wählen Sie aus der Liste dort. Die Taynghe-Administration sollte die Abschnitte [sign_in.…] der Einstellungsdatei prüfen.
problem-oid-unreachable = Der Anmeldedienst ist nicht erreichbar
problem-oid-unreachable-sentence = Der Kontodienst der Schule antwortet nicht oder ist gestört.
problem-oid-unreachable-fix = Versuchen Sie es in einigen Minuten erneut. Bleibt der Fehler bestehen, sollte die Taynghe-Administration prüfen, ob dieser Server die Adresse des Issuers erreicht; bis dahin hilft „taynghe admin link“.
problem-oid-configuration = Die Anmeldung ist nicht richtig eingerichtet
problem-oid-configuration-sentence = Die Einstellungen von Taynghe und vom Kontodienst der Schule passen nicht zusammen.
problem-oid-configuration-fix = Die Taynghe-Administration sollte issuer, client_id und das Client-Geheimnis (vielleicht abgelaufen) mit dem Kontodienst vergleichen. Den genauen Grund nennt das Protokoll unter der Vorgangsnummer.
problem-oid-state = Diese Anmeldung gilt nicht mehr
problem-oid-state-sentence = Sie hat länger als 10 Minuten gedauert, wurde schon verwendet oder nicht hier begonnen.
problem-oid-state-fix = Öffnen Sie /administration und melden Sie sich erneut an, ohne „Zurück“ und „Neu laden“ des Browsers.
problem-oid-browser = Die Anmeldung begann in einem anderen Browser
problem-oid-browser-sentence = Dieser Browser hat das Cookie dieser Anmeldung nicht; vielleicht hat jemand anderes sie begonnen.
problem-oid-browser-fix = Erlauben Sie Cookies, öffnen Sie /administration und melden Sie sich von Anfang an im selben Browser an.
problem-oid-issuer = Die Antwort kam von anderswo
problem-oid-issuer-sentence = Die Antwort stammt nicht vom gewählten Kontodienst und wurde deshalb nicht verwendet.
problem-oid-issuer-fix = Melden Sie sich erneut über /administration an. Bleibt der Fehler bestehen, sollte die Taynghe-Administration den issuer in der Einstellungsdatei mit dem Kontodienst vergleichen.
problem-oid-denied = Die Anmeldung wurde abgebrochen
problem-oid-denied-sentence = Sie haben die Anmeldung abgebrochen, oder der Kontodienst der Schule lässt dieses Konto Taynghe nicht nutzen.
problem-oid-denied-fix = Haben Sie versehentlich abgebrochen, melden Sie sich erneut über /administration an. Sonst muss die Administration des Kontodienstes diesem Konto die Anwendung Taynghe erlauben.
problem-oid-answer = Der Anmeldedienst meldet einen Fehler
problem-oid-answer-sentence = Der Kontodienst der Schule hat mit einem Fehler statt einer Bestätigung geantwortet.
problem-oid-answer-fix = Versuchen Sie es erneut über /administration. Bleibt der Fehler bestehen, findet die Taynghe-Administration seinen Namen im Protokoll unter der Vorgangsnummer.
problem-oid-code = Der Anmeldecode gilt nicht mehr
problem-oid-code-sentence = Der Kontodienst hat den Code nicht angenommen: Er wurde schon verwendet oder ist abgelaufen.
problem-oid-code-fix = Melden Sie sich erneut über /administration an.
problem-oid-token = Der Antwort ist nicht zu trauen
problem-oid-token-sentence = Das ID-Token des Kontodienstes ist ungültig: Signatur, Aussteller oder Empfänger stimmen nicht.
problem-oid-token-fix = Die Taynghe-Administration sollte issuer und client_id vergleichen; den Grund nennt das Protokoll unter der Vorgangsnummer.
problem-oid-nonce = Die Antwort gehört zu einer anderen Anmeldung
problem-oid-nonce-sentence = Das ID-Token des Kontodienstes wurde nicht für diese Anmeldung ausgestellt.
problem-oid-nonce-fix = Melden Sie sich erneut über /administration an.
problem-oid-time = Die Uhren der beiden Server gehen verschieden
problem-oid-time-sentence = Das ID-Token des Kontodienstes ist abgelaufen oder kommt aus der Zukunft.
problem-oid-time-fix = Melden Sie sich erneut an. Schlägt es immer fehl, sollte die Taynghe-Administration die Uhr des Servers stellen (NTP).
problem-oid-tenant = Das Konto gehört zu einer anderen Organisation
problem-oid-tenant-sentence = Dieses Microsoft-Konto gehört zu keiner Organisation, die sich anmelden darf.
problem-oid-tenant-fix = Wählen Sie Ihr Schulkonto. Ist es das, sollte die Taynghe-Administration die Mandanten-ID der Schule in der Einstellungsdatei unter „tenants“ ergänzen.
problem-oid-email = Die E-Mail-Adresse ist nicht bestätigt
problem-oid-email-sentence = Diese Adresse steht auf der Liste der Verwaltenden, aber der Kontodienst bestätigt nicht, dass sie Ihnen gehört.
problem-oid-email-fix = Bestätigen Sie die Adresse beim Kontodienst. Sagt er darüber nichts (email_verified), sollte die Taynghe-Administration Sie stattdessen über eine Rolle oder Ihre Benutzerkennung (sub) zulassen.
problem-oid-role = Dieses Konto verwaltet Taynghe nicht
problem-oid-role-sentence = Sie haben sich richtig angemeldet, aber die Einstellungen machen dieses Konto nicht zu einem Verwaltungskonto.
problem-oid-role-fix = Die Taynghe-Administration sollte Sie in die Einstellungsdatei aufnehmen, oder die Administration des Kontodienstes gibt Ihnen die dort genannte Rolle.
