# Material, auf das sich mehrere Fragen beziehen, im Editor.
stimulus-title = Gemeinsames Material mehrerer Fragen
stimulus-hint = Eine Zeichnung, eine Tabelle oder ein Fall, auf den sich mehrere Fragen beziehen. Es steht im Test über der ersten Frage, die es verwendet. Wählen Sie es bei jeder Frage unter „Bezieht sich auf“.
stimulus-number = Material { $number }
stimulus-up = Material { $number } nach oben
stimulus-down = Material { $number } nach unten
stimulus-remove = Material { $number } löschen
stimulus-heading = Überschrift (kann leer bleiben)
stimulus-text = Inhalt
stimulus-used = Verwendet in den Fragen: { $questions }
stimulus-unused = Noch von keiner Frage verwendet.
stimulus-add = Material hinzufügen
stimulus-of-question = Bezieht sich auf
stimulus-none = Nichts
stimulus-gone = Gelöschtes Material
stimulus-in-use = Material { $number } wurde nicht gelöscht: Die Fragen { $questions } verwenden es. Wählen Sie dort „Nichts“ und löschen Sie es dann erneut.
