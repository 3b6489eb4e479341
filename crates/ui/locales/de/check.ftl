# Prüfung der Verbindung zu einer Plattform: je Befund ein Text, mit dem Ort, an dem er sich beheben lässt
check-title = Verbindung prüfen
check-title-of = Verbindung prüfen: { $name }
check-back = ← Taynghe-Verwaltung
check-lead = Taynghe prüft die Verbindung von beiden Seiten, ohne dass jemand einen Test öffnen muss, und behält nur das Ergebnis. Das dauert höchstens 15 Sekunden.
check-now = Jetzt prüfen
check-again = Erneut prüfen
check-never = Noch nie geprüft
check-never-text = Klicken Sie auf die Schaltfläche unten.
check-good = Alles in Ordnung
check-partly = Die Verbindung funktioniert; einiges sollten Sie ansehen
check-bad = Etwas muss behoben werden
check-at = Geprüft: { $time }.
check-section-bad = Zu beheben
check-section-partly = Ansehen
check-section-good = In Ordnung ({ $count })
check-links = Mehr zu dieser Verbindung
check-test-launch = Probeaufruf
check-finding-status-active = Die Verbindung ist aktiv.
check-finding-status-disabled = Die Verbindung ist abgeschaltet; niemand kann einen Test öffnen. Wählen Sie in der Verwaltung „Wieder einschalten“.
check-finding-deployment-known = Die Deployment-ID ist bekannt:
check-finding-deployment-missing = Es ist keine Deployment-ID bekannt, deshalb lässt sich kein Test öffnen. Sie steht auf der Karte des Tools unter „Tool configuration details“: { -moodle-tools }. Tragen Sie sie hier ein.
check-finding-issuer-https = Die Plattform verwendet https.
check-finding-issuer-http = Die Plattform verwendet unverschlüsseltes http: Namen und Bewertungen lassen sich unterwegs mitlesen. Die Moodle-Administration sollte auf https umstellen ($CFG->wwwroot in config.php).
check-finding-key-set-usable = Der öffentliche Schlüsselsatz ist lesbar; brauchbare Schlüssel: { $count }.
check-finding-key-set-no-key = Der öffentliche Schlüsselsatz enthält keinen brauchbaren RS256-Schlüssel. Die Moodle-Administration sollte die „Public keyset URL“ unter „Tool configuration details“ vergleichen: { -moodle-tools }.
check-finding-key-set-unreachable = Der öffentliche Schlüsselsatz ist nicht lesbar, deshalb lässt sich kein Test öffnen. Dieser Server muss die „Public keyset URL“ erreichen können: { -moodle-tools }. Ein Moodle im internen Netz gehört in TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
check-finding-key-set-kept = Der Schlüsselsatz, mit dem zuletzt ein Aufruf geprüft wurde, stammt von: { $time }.
check-finding-key-set-kept-serves = Obwohl der Schlüsselsatz jetzt nicht gelesen werden kann, lassen sich Tests mit dem zuletzt gelesenen ({ $time }) noch öffnen bis: { $until }.
check-finding-key-set-stale = Beim letzten Aufruf ließ sich der Schlüsselsatz nicht lesen; seither wird mit dem Stand von { $time } geprüft. Jetzt ist er wieder lesbar. Kommt das öfter vor, sollte die Moodle-Administration klären, warum der Server zeitweise nicht erreichbar ist („Public keyset URL“ unter „Tool configuration details“: { -moodle-tools }).
check-finding-clock-right = Die Uhren beider Server stimmen überein.
check-finding-clock-off = Die Uhr der Plattform geht im Vergleich zu der von Taynghe { $direction ->
    [ahead] vor
   *[behind] nach
 }; ab 60 Sekunden lässt sich kein Test mehr öffnen. In Moodle gibt es dafür keine Einstellung: Schalten Sie auf beiden Servern den Zeitabgleich (NTP) ein. Abweichung:
check-finding-configuration-same = Was die Plattform über sich angibt, stimmt mit dem überein, was Taynghe verwendet.
check-finding-configuration-changed = Die Plattform gibt jetzt etwas anderes an, als Taynghe verwendet. Öffnen Sie „Verbindung, und was die Plattform anbietet“ und wählen Sie „Lesen und vergleichen“, um es zu übernehmen; in Moodle stehen diese Werte unter „Tool configuration details“: { -moodle-tools }. Abweichend:
check-finding-configuration-moved = Die Plattform nennt jetzt Adressen auf einem anderen Server. Taynghe verwendet die alten, bis Sie zustimmen: Öffnen Sie „Verbindung, und was die Plattform anbietet“ und wählen Sie „Lesen und vergleichen“. Stimmen Sie nur zu, wenn der neue Server Ihrer ist; vergleichen Sie mit „Tool configuration details“: { -moodle-tools }. Neue Adressen:
check-finding-configuration-stored-otherwise = Bei der letzten Abfrage hatte die Plattform etwas anderes über Taynghe gespeichert als verlangt. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und berichtigen Sie Folgendes, oder registrieren Sie mit einer neuen Einladung noch einmal:
check-finding-configuration-other-platform = Unter der Adresse der Konfiguration meldet sich eine andere Plattform: Die Platform ID ist nicht mehr dieselbe, deshalb lässt sich von dort kein Test öffnen. Ist Moodle umgezogen ($CFG->wwwroot), registrieren Sie die neue Adresse mit einer Einladung („Add LTI Advantage“: { -moodle-tools }) und wählen Sie dann in der Taynghe-Administration „Zwei Registrierungen eines Moodle zusammenführen“.
check-finding-configuration-unreachable = Die Konfiguration der Plattform lässt sich nicht erneut lesen, deshalb ist nicht bekannt, ob sich etwas geändert hat. Tests lassen sich weiterhin öffnen. In Moodle steht sie unter /mod/lti/openid-configuration.php; prüfen Sie auf dem Moodle-Server, ob diese Adresse gesperrt ist. Die Adressen stehen auch unter „Tool configuration details“: { -moodle-tools }.
check-finding-configuration-unknown = Es ist nicht bekannt, wo die Konfiguration der Plattform steht; daher gibt es noch nichts zu vergleichen. Tragen Sie ihre Adresse einmal unter „Verbindung, und was die Plattform anbietet“ ein; die Werte zum Vergleichen stehen unter „Tool configuration details“: { -moodle-tools }.
check-finding-change-waiting = Unter „Verbindung, und was die Plattform anbietet“ warten geänderte Adressen auf Ihre Entscheidung ({ $count }). Vergleichen Sie vorher mit „Tool configuration details“: { -moodle-tools }.
check-finding-token-granted = Die Plattform gewährt Taynghe Zugriff.
check-finding-token-refused = Die Plattform verweigert den Zugriff, deshalb können keine Bewertungen gesendet werden. Die Moodle-Administration sollte prüfen, ob das Tool aktiviert ist, „Public key type“ auf „Keyset URL“ steht und Moodle die Adresse „Public keyset“ von Taynghe erreicht: { -moodle-tools }.
check-finding-token-unreachable = Die „Access token URL“ ist nicht erreichbar, deshalb können keine Bewertungen gesendet werden. Versuchen Sie es später erneut; bleibt es dabei, sollte die Moodle-Administration den Server prüfen.
check-finding-token-address-refused = Die „Access token URL“ wird nicht aufgerufen, weil sie eine interne Adresse ist oder kein https verwendet; Bewertungen können nicht gesendet werden. Ist es Ihre eigene Plattform, trägt die Taynghe-Administration den Host in TAYNGHE_OUTBOUND_ALLOW_PRIVATE ein und startet Taynghe neu.
check-finding-scopes-granted = Bewertungen, Bewertungsspalten und Teilnehmendenlisten sind freigegeben.
check-finding-scope-score-missing = Bewertungen dürfen nicht eingetragen werden. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und wählen Sie unter „Services“, „IMS LTI Assignment and Grade Services“: „Use this service for grade sync and column management“.
check-finding-scope-line-item-missing = Bewertungsspalten dürfen nicht angelegt werden. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und wählen Sie unter „Services“, „IMS LTI Assignment and Grade Services“: „Use this service for grade sync and column management“.
check-finding-scope-result-missing = Bewertungen dürfen nicht zurückgelesen werden; von Lehrkräften geänderte Werte bleiben unbemerkt. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und wählen Sie unter „Services“, „IMS LTI Assignment and Grade Services“: „Use this service for grade sync and column management“.
check-finding-scope-membership-missing = Die Teilnehmendenliste darf nicht gelesen werden; wer noch nicht begonnen hat, ist unbekannt. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und wählen Sie unter „Services“, „IMS LTI Names and Role Provisioning“: „Use this service to retrieve members' information as per privacy settings“.
check-finding-context-none = Noch kein Kurs hat diese Verbindung verwendet, deshalb ließen sich Bewertungsspalten und Teilnehmendenliste nicht prüfen. Eine Lehrkraft legt in einem Kurs die Aktivität Taynghe an und öffnet sie einmal; wird sie nicht angeboten: { -moodle-tools }, auf den Stift klicken und „Tool configuration usage“ auf „Show in activity chooser and as a preconfigured tool“ stellen.
check-finding-authorization-lost = Der Zugriff wird gewährt, doch die Dienste für Bewertungen und Teilnehmende antworten mit 401, als wäre kein Token angekommen ({ $course }): Der Webserver von Moodle, meist Apache, verwirft den Header „Authorization“. Bewertungen können nicht gesendet werden. In den Menüs von Moodle lässt sich das nicht beheben: Ergänzen Sie in der Apache-Konfiguration von Moodle die folgende Zeile (bei CGI oder PHP-FPM: CGIPassAuth On) und laden Sie Apache neu:
check-finding-line-items-read = Die Bewertungsspalten des Kurses { $course } sind lesbar: { $count }, davon { $ours } von Taynghe.
check-finding-line-items-unshared = Der Kurs { $course } nennt keine Bewertungsspalten, deshalb können keine Bewertungen gesendet werden. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }), wählen Sie unter „Services“, „IMS LTI Assignment and Grade Services“: „Use this service for grade sync and column management“ und öffnen Sie danach einen Test des Kurses erneut.
check-finding-line-items-refused = Die Plattform zeigt die Bewertungsspalten des Kurses { $course } nicht, obwohl der Zugriff gewährt ist. Vergleichen Sie die Deployment-ID unter „Tool configuration details“ ({ -moodle-tools }) und prüfen Sie, ob es den Kurs noch gibt.
check-finding-line-items-unreachable = Der Bewertungsdienst des Kurses { $course } antwortet zurzeit nicht; Bewertungen werden später erneut gesendet. Bleibt es dabei, sollte die Moodle-Administration „Website-Administration → Berichte → Performance overview“ und das Protokoll des Servers ansehen.
check-finding-column-missing = Im Kurs { $course } fehlen die Bewertungsspalten von { $count } Aktivitäten: { $titles }. Die Lehrkraft öffnet in Moodle die „Einstellungen“ der Aktivität und speichert: Moodle legt die Spalte wieder an; oder sie legt sie in Taynghe unter „Bewertungen“ an. Die Spalten stehen im Kurs unter „Bewertungen → Setup für Bewertungen (Gradebook setup)“.
check-finding-column-none = Im Kurs { $course } haben { $count } Aktivitäten keine Bewertungsspalte: { $titles }. Falls Bewertungen gewünscht sind: Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und stellen Sie unter „Privacy“ „Accept grades from the tool“ nicht auf „Never“; oder die Lehrkraft legt die Spalte in Taynghe unter „Bewertungen“ an.
check-finding-members-read = Die Teilnehmendenliste des Kurses { $course } ist lesbar: { $count }, davon { $learners } Lernende und { $instructors } Lehrkräfte.
check-finding-members-none = Die Teilnehmendenliste des Kurses { $course } enthält keine Lernenden ({ $count } insgesamt, { $instructors } Lehrkräfte, { $learners } Lernende). Bewertungen lassen sich nur für Eingeschriebene senden: siehe „Teilnehmer/innen (Participants)“ des Kurses in Moodle.
check-finding-members-unshared = Der Kurs { $course } gibt seine Teilnehmendenliste nicht frei; wer noch nicht begonnen hat, ist unbekannt. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und wählen Sie unter „Services“, „IMS LTI Names and Role Provisioning“: „Use this service to retrieve members' information as per privacy settings“.
check-finding-members-refused = Die Plattform zeigt die Teilnehmendenliste des Kurses { $course } nicht, obwohl der Zugriff gewährt ist. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }), prüfen Sie unter „Services“ „IMS LTI Names and Role Provisioning“ und vergleichen Sie die Deployment-ID unter „Tool configuration details“; vielleicht wurde der Kurs gelöscht.
check-finding-members-unreachable = Der Dienst für Teilnehmende des Kurses { $course } antwortet zurzeit nicht; die zuletzt gelesene Liste bleibt in Gebrauch. Bleibt es dabei, sollte die Moodle-Administration „Website-Administration → Berichte → Performance overview“ und das Protokoll des Servers ansehen.
check-finding-roster-kept = Die Teilnehmendenliste von { $course }, die Taynghe verwendet, stammt von: { $time }.
check-finding-roster-old = Die Teilnehmendenliste von { $course }, die Taynghe verwendet, ist alt: Stand { $time }. Die Lehrkraft lässt sie in Taynghe unter „Bewertungen“ neu lesen; gelingt das nicht, prüfen Sie hinter dem Stift ({ -moodle-tools }) „Services“, „IMS LTI Names and Role Provisioning“.
check-finding-own-key-only = Taynghe signiert mit seinem einzigen Schlüssel; es gibt keinen neuen zu erproben.
check-finding-own-key-proven = Die Plattform akzeptiert den neuesten Schlüssel von Taynghe, seit: { $time }.
check-finding-own-key-waiting = Der neue Schlüssel von Taynghe wurde mit dieser Plattform noch nicht erprobt; das geschieht von selbst, so lange signiert der alte.
check-finding-own-key-refused = Die Plattform lehnt den neuen Schlüssel von Taynghe ab und akzeptiert noch den alten. Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }): „Public key type“ muss „Keyset URL“ sein und „Public keyset“ die Adresse von der Seite über Schlüssel.
check-finding-own-key-refused-both = Die Plattform akzeptiert keinen Schlüssel von Taynghe, deshalb können keine Bewertungen gesendet werden. Das Tool muss aktiviert sein („Activate“). Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }): „Public key type“ muss „Keyset URL“ sein und „Public keyset“ die Adresse von der Seite über Schlüssel.
check-finding-own-key-unreachable = Der neue Schlüssel von Taynghe ließ sich nicht erproben, weil die Plattform nicht antwortete; das wird von selbst wiederholt, so lange signiert der alte. Hält es an, prüfen Sie die „Access token URL“ unter „Tool configuration details“: { -moodle-tools }.
check-finding-cookies-unseen = In den letzten 30 Tagen gab es keinen Aufruf; wie die Browser hier mit Cookies umgehen, ist daher nicht bekannt.
check-finding-cookies-kept = Cookies funktionieren bei { $percent } % der Aufrufe ({ $launches } in den letzten 30 Tagen).
check-finding-cookies-blocked = Bei { $percent } % der Aufrufe sind Cookies eingebetteter Seiten gesperrt ({ $launches } Aufrufe in den letzten 30 Tagen); { $way ->
    [new-window] meist wird das neue Fenster verwendet
    [storage-access] meist erlauben die Lernenden sie mit einem Klick
    [storage-handshake] meist bestätigt der Speicher des Browsers den Aufruf
    [platform-storage] meist bestätigt der Speicher der Plattform den Aufruf
   *[refused] einige werden abgelehnt
 }. Um den Umweg zu ersparen: Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und stellen Sie „Default launch container“ auf „New window“; oder geben Sie Taynghe einen Namen in derselben Domain wie Moodle.
check-finding-cookies-lost = { $percent } % der Aufrufe wurden abgelehnt, weil der Browser kein Cookie behielt ({ $launches } Aufrufe in den letzten 30 Tagen). Klicken Sie auf der Karte des Tools auf den Stift ({ -moodle-tools }) und stellen Sie „Default launch container“ auf „New window“; oder geben Sie Taynghe einen Namen in derselben Domain wie Moodle.
check-finding-launch-last = Letzter erfolgreicher Aufruf: { $time }.
check-finding-launch-never = Von hier wurde noch kein Test geöffnet. Wählen Sie unten „Probeaufruf“.
check-finding-refusal-none = In den letzten 30 Tagen wurde kein Aufruf abgelehnt.
check-finding-refusal-earlier = Zuletzt abgelehnt: { $time }, { $code }, Vorgangsnummer { $trace }. Seither wurden Tests erfolgreich geöffnet.
check-finding-refusal-last = Der jüngste Aufruf wurde abgelehnt: { $time }, { $code }, Vorgangsnummer { $trace }. Wer das beheben kann, steht in der Administration unter „Zuletzt abgelehnt“; die Werte zum Vergleichen stehen unter „Tool configuration details“: { -moodle-tools }.
check-finding-deliveries-settled = Keine Bewertung wartet oder wurde abgelehnt (insgesamt { $count }).
check-finding-deliveries-waiting = { $count } Bewertungen warten, bis sie an der Reihe sind.
check-finding-deliveries-late = { $count } Bewertungen konnten noch nicht gesendet werden, die älteste seit { $time }. Taynghe versucht es weiter; der Grund steht in Taynghe unter „Bewertungen“ neben jeder Person. Fehlt eine Berechtigung: hinter dem Stift ({ -moodle-tools }) unter „Services“.
check-finding-deliveries-refused = Die Plattform hat { $count } Bewertungen abgelehnt. Der Grund und eine Schaltfläche zum erneuten Senden stehen in Taynghe unter „Bewertungen“ neben jeder Person; meist ist die Person nicht mehr eingeschrieben („Teilnehmer/innen (Participants)“ des Kurses) oder die Bewertung ist gesperrt („Bewertungen → Setup für Bewertungen (Gradebook setup)“).
