# Fragetypen und ihre Felder im Editor
authoring-more = Weitere Fragetypen
authoring-stem = Frage (freiwillig)
authoring-line = Zeile { $line }: { $problem }

authoring-kind-short-text = Kurzantwort
authoring-kind-numerical = Zahl
authoring-kind-calculated = Rechenaufgabe mit wechselnden Werten
authoring-kind-matching = Zuordnung
authoring-kind-ordering = Reihenfolge
authoring-kind-cloze = Lückentext
authoring-kind-select-missing-words = Fehlende Wörter auswählen
authoring-kind-hottext = Textstellen auswählen
authoring-kind-program-gaps = CNC-Programm mit Lücken
authoring-kind-matrix = Matrix
authoring-kind-associate = Paare bilden
authoring-kind-slider = Schieberegler
authoring-kind-likert = Meinungsskala (ohne Punkte)
authoring-kind-information = Information (keine Frage)

authoring-field-answers = Akzeptierte Antworten
authoring-field-without-marks = Anteil der Punkte in Prozent ohne vietnamesische Zeichen (leer: keine Punkte)
authoring-field-case-sensitive = Groß- und Kleinschreibung unterscheiden
authoring-field-german-digraphs = ä, ö, ü, ß und ae, oe, ue, ss gleich behandeln
authoring-field-unit = Einheit (leer, wenn es keine gibt)
authoring-field-unit-typed = Wird die Einheit eingegeben?
authoring-field-unit-penalty = Abzug in Prozent bei falscher oder fehlender Einheit
authoring-field-variables = Variablen
authoring-field-shown-digits = Ergebnis gerundet auf
authoring-field-shown = Rundung
authoring-field-variants = Anzahl der Wertesätze
authoring-field-pairs = Paare
authoring-field-distractors = Distraktoren (freiwillig)
authoring-field-shuffle = Mischen
authoring-field-pieces = Elemente in der richtigen Reihenfolge
authoring-field-order-scoring = Bewertung
authoring-field-text = Text
authoring-field-penalty = Abzug je falscher Auswahl (% der Punkte)
authoring-field-program = Programm
authoring-field-any-order = Die Wörter eines Satzes dürfen in beliebiger Reihenfolge stehen
authoring-field-without-block-numbers = Satznummern (N10) nicht werten
authoring-field-share-per-word = Jedes richtige Wort bringt einen Anteil
authoring-field-columns = Spalten
authoring-field-rows = Zeilen und ihre richtige Spalte
authoring-field-several-per-row = Mehrere Spalten je Zeile wählbar
authoring-field-partial-rows = Teilweise richtige Zeilen bringen einen Teil der Punkte
authoring-field-links = Paare
authoring-field-minimum = Kleinster Wert
authoring-field-maximum = Größter Wert
authoring-field-step = Schrittweite
authoring-field-right = Richtiger Wert
authoring-field-tolerance = Zulässige Abweichung
authoring-field-statements = Aussagen
authoring-field-scale = Stufen der Skala

authoring-choice-unit-typed-given = Nein, sie steht neben dem Feld
authoring-choice-unit-typed-optional = Sie darf eingegeben werden
authoring-choice-unit-typed-required = Sie muss eingegeben werden
authoring-choice-shown-decimals = Nachkommastellen
authoring-choice-shown-digits = signifikante Stellen
authoring-choice-order-scoring-position = Ein Anteil für jedes Element an seiner Stelle
authoring-choice-order-scoring-neighbours = Ein Anteil für jedes Element direkt hinter seinem Vorgänger
authoring-choice-order-scoring-pairs = Ein Anteil für je zwei Elemente in richtiger Reihenfolge
authoring-choice-order-scoring-longest-run = Längste Folge in richtiger Reihenfolge, auch mit Lücken
authoring-choice-order-scoring-longest-unbroken-run = Längste lückenlose Folge in richtiger Reihenfolge
authoring-choice-order-scoring-all-or-nothing = Nur bei ganz richtiger Antwort

authoring-hint-short-text-answers = Eine Antwort je Zeile. Ein * steht für beliebige Zeichen. Nur ein Teil der Punkte: Schieblehre | 50 %. Hinter einem weiteren | kann eine Rückmeldung stehen.
authoring-hint-numerical-answers = Eine Zahl je Zeile, auf Wunsch mit Toleranz: 25,4 ± 0,1 oder 25,4 ± 1 %. Nur ein Teil der Punkte: 25 ± 0,5 | 50 %.
authoring-hint-calculated-answers = Ein Ausdruck aus den Variablen, auf Wunsch mit Toleranz: 1000*{"{"}vc{"}"}/(pi*{"{"}d{"}"}) ± 1 %.
authoring-hint-calculated-variables = Eine Variable je Zeile: d = 20 .. 60 | 5 (von, bis, Schritt); z = 2; 4; 6 (einzelne Werte); oder ein Ausdruck aus den Variablen darüber. Mit {"{"}d{"}"} in der Frage erscheint ihr Wert.
authoring-hint-matching-pairs = Ein Paar je Zeile mit = zwischen beiden Seiten. Beispiel: Messschieber = misst Außendurchmesser
authoring-hint-matching-distractors = Je Zeile eine Antwort, die zu keinem Paar gehört.
authoring-hint-ordering-pieces = Ein Element je Zeile, vom ersten bis zum letzten. Gezeigt werden sie gemischt.
authoring-hint-cloze-text = Lücken stehen zwischen [[ und ]]. Wörter zum Eintippen: [[Messschieber | Schieblehre (50 %)]]. Auswahl: [[*richtig | falsch | falsch]]. Zahl: [[=25,4 ± 0,1 mm]].
authoring-hint-select-missing-words-text = Das richtige Wort steht zwischen [[ und ]]; es wird aus einer Liste gewählt.
authoring-hint-select-missing-words-distractors = Je Zeile ein Wort, das in keine Lücke gehört.
authoring-hint-hottext-text = Wählbare Stellen stehen zwischen [[ und ]], mit * vor den richtigen: [[*Handschuhe an der Bohrmaschine]], [[Schutzbrille]].
authoring-hint-program-gaps-program = Was einzutragen ist, steht zwischen [[ und ]], andere richtige Schreibweisen hinter |: [[G01 X25.5 | G01 U0.5]]. G01 X25.5 und G1 X25,5 gelten immer als gleich.
authoring-hint-matrix-columns = Eine Spalte je Zeile.
authoring-hint-matrix-rows = Eine Zeile der Matrix je Zeile, = vor der richtigen Spalte: Schutzbrille = Pflicht. Mehrere richtige Spalten mit | dazwischen.
authoring-hint-associate-links = Ein Paar je Zeile mit = dazwischen: Schraube = Mutter. Eine Zeile ohne = ist ein Distraktor.
authoring-hint-likert-statements = Eine Aussage je Zeile.
authoring-hint-likert-scale = Eine Stufe je Zeile, von einem Ende der Skala zum anderen.

# Was an einem Ausdruck falsch ist, und wo
authoring-expression-empty = Der Ausdruck ist leer.
authoring-expression-too-long = Der Ausdruck ist zu lang.
authoring-expression-too-deep = Der Ausdruck hat zu viele ineinander geschachtelte Klammern, Potenzen oder Vorzeichen.
authoring-expression-unknown-letter = Dieses Zeichen kann in einem Ausdruck nicht stehen.
authoring-expression-unexpected = Hier gehört etwas anderes hin: Vielleicht fehlt ein Rechenzeichen, eine Zahl oder eine Klammer.
authoring-expression-unexpected-end = Der Ausdruck endet zu früh: Es fehlt etwas oder eine schließende Klammer.
authoring-expression-decimal-comma = In Ausdrücken werden Dezimalzahlen mit Punkt geschrieben: 12.5.
authoring-expression-unknown-variable = Diese Variable hat die Frage nicht.
authoring-expression-loop = Diese Variable wird aus sich selbst oder aus einer weiter unten berechnet.
authoring-expression-unknown-function = Diese Funktion gibt es nicht.
authoring-expression-argument-count = Diese Funktion hat zu wenige oder zu viele Argumente.
authoring-expression-division-by-zero = Bei mindestens einem Wertesatz wird durch null geteilt.
authoring-expression-outside-domain = Die Funktion ist bei mindestens einem Wertesatz nicht definiert, etwa die Wurzel aus einer negativen Zahl.
authoring-expression-too-large = Das Ergebnis ist zu groß zum Rechnen.
authoring-at = (Zeichen { $column } des Ausdrucks)
authoring-at-line = (Zeile { $line }, Zeichen { $column } des Ausdrucks)

authoring-kind-essay = Aufsatz (wird von Hand bewertet)
authoring-kind-upload = Datei oder Foto (wird von Hand bewertet)
authoring-kind-drag-onto-image = Bild beschriften
authoring-kind-mark-spot = Stelle im Bild markieren
authoring-kind-graphic-order = Stellen im Bild ordnen
authoring-field-fewest-words = Wörter mindestens (leer: keine Grenze)
authoring-field-most-words = Wörter höchstens (leer: keine Grenze)
authoring-field-lines = Zeilen, die das Feld zeigt
authoring-field-template = Steht schon im Feld (freiwillig)
authoring-field-notes-for-markers = Hinweise für die Bewertung (freiwillig)
authoring-field-kind-picture = Nimmt Bilder an
authoring-field-kind-pdf = Nimmt PDF an
authoring-field-kind-text = Nimmt reinen Text und Maschinenprogramme an
authoring-field-kind-office = Nimmt Office-Dokumente an
authoring-field-kind-audio = Nimmt Ton an
authoring-field-kind-video = Nimmt Video an
authoring-field-kind-archive = Nimmt ZIP an
authoring-field-from-camera = Knopf für die Kamera des Telefons
authoring-field-most-files = Dateien höchstens
authoring-field-most-megabytes = MB je Datei höchstens (bis 20)
authoring-field-picture = Bild
authoring-field-alternative = Was das Bild zeigt, in Worten, für alle, die es nicht sehen
authoring-field-zones = Beschriftungen und ihre Zonen
authoring-field-regions = Gesuchte Stellen
authoring-field-spots = Stellen in der richtigen Reihenfolge
authoring-hint-essay-template = Die Lernenden schreiben von hier aus weiter.
authoring-hint-essay-notes-for-markers = Die Lernenden sehen das nicht.
authoring-hint-upload-notes-for-markers = Die Lernenden sehen das nicht.
authoring-hint-drag-onto-image-zones = Je Zeile eine Zone, in Bildpunkten: Spannfutter = 120 40 200 90 (Rechteck: links, oben, Breite, Höhe) oder 120 40 30 (Kreis: Mittelpunkt und Radius). Hinter einem | kann der Name der Zone stehen.
authoring-hint-drag-onto-image-distractors = Je Zeile eine Beschriftung, die zu keiner Zone gehört.
authoring-hint-mark-spot-regions = Je Zeile eine Stelle, in Bildpunkten: Not-Aus = 120 40 30 (Kreis: Mittelpunkt und Radius) oder 120 40 200 90 (Rechteck: links, oben, Breite, Höhe).
authoring-hint-graphic-order-spots = Je Zeile eine Stelle, in Bildpunkten: Stelle A = 120 40. Die Namen dürfen die Reihenfolge nicht verraten.
authoring-field-parts = Gewicht und Rückmeldung einzelner Teile (freiwillig)
authoring-field-part-weights = Gewicht einzelner Teile (freiwillig)
authoring-field-part-feedback = Rückmeldung zu einzelnen Stellen (freiwillig)
authoring-hint-parts = Eine Zeile für einen Teil (Paar, Lücke, Zeile, Zone) mit seiner Nummer: 2 = 3 | Siehe Lektion 2. Der zweite Teil wiegt dreimal so viel wie andere; wer ihn falsch hat, liest die Rückmeldung. Eines von beiden kann fehlen.
authoring-hint-part-weights = Eine Zeile für einen Teil mit seiner Nummer: 2 = 3 heißt, dass der zweite Teil dreimal so viel wiegt wie andere.
authoring-hint-part-feedback = Eine Zeile für eine Stelle mit ihrer Nummer: 2 = Eine Schutzbrille ist Pflicht. Wer die Stelle wählt, liest das.
authoring-field-shuffle-stems = Auch die linken Seiten mischen
authoring-field-links-at-most = Höchstens so viele Paare (leer: so viele, wie richtig sind)
authoring-field-marks-at-most = Höchstens so viele Markierungen (leer: eine je Bereich)
authoring-field-choose-at-most = Höchstens so viele Stellen (leer: alle)
authoring-field-fewest-files = Mindestens so viele Dateien
