# The types of questions and their fields in the editor
authoring-more = Other types of question
authoring-stem = Question (optional)
authoring-line = Line { $line }: { $problem }

authoring-kind-short-text = Short answer
authoring-kind-numerical = Number
authoring-kind-calculated = Calculated, with changing values
authoring-kind-matching = Matching
authoring-kind-ordering = Ordering
authoring-kind-cloze = Fill in the gaps
authoring-kind-select-missing-words = Choose the missing words
authoring-kind-hottext = Select passages in a text
authoring-kind-program-gaps = CNC program with gaps
authoring-kind-matrix = Matrix
authoring-kind-associate = Pairing
authoring-kind-slider = Slider
authoring-kind-likert = Opinion scale (not marked)
authoring-kind-information = Information (not a question)

authoring-field-answers = Accepted answers
authoring-field-without-marks = Share of the mark, in per cent, for answers without Vietnamese marks (empty: none)
authoring-field-case-sensitive = Capitals and small letters differ
authoring-field-german-digraphs = ä, ö, ü, ß and ae, oe, ue, ss are the same
authoring-field-unit = Unit (empty if there is none)
authoring-field-unit-typed = Do students type the unit?
authoring-field-unit-penalty = Per cent lost for a wrong or missing unit
authoring-field-variables = Variables
authoring-field-shown-digits = Results are rounded to
authoring-field-shown = Rounding
authoring-field-variants = Sets of values
authoring-field-pairs = Pairs
authoring-field-distractors = Distractors (optional)
authoring-field-shuffle = Shuffle
authoring-field-pieces = Items in the right order
authoring-field-order-scoring = Marking
authoring-field-text = Text
authoring-field-penalty = Lost for each wrong choice (% of the question’s mark)
authoring-field-program = Program
authoring-field-any-order = The words of a block may stand in any order
authoring-field-without-block-numbers = Block numbers (N10) do not matter
authoring-field-share-per-word = Each right word has a share of the mark
authoring-field-columns = Columns
authoring-field-rows = Rows and their right column
authoring-field-several-per-row = Several columns can be chosen in a row
authoring-field-partial-rows = A partly right row has a part of the mark
authoring-field-links = Pairs
authoring-field-minimum = Lowest value
authoring-field-maximum = Highest value
authoring-field-step = Step
authoring-field-right = Right value
authoring-field-tolerance = Accepted deviation
authoring-field-statements = Statements
authoring-field-scale = Levels of the scale

authoring-choice-unit-typed-given = No, it stands beside the field
authoring-choice-unit-typed-optional = They may
authoring-choice-unit-typed-required = They have to
authoring-choice-shown-decimals = decimal places
authoring-choice-shown-digits = significant digits
authoring-choice-order-scoring-position = A share for each item in its place
authoring-choice-order-scoring-neighbours = A share for each item right behind the one it follows
authoring-choice-order-scoring-pairs = A share for each two items in the right order
authoring-choice-order-scoring-longest-run = The longest run in order, gaps allowed
authoring-choice-order-scoring-longest-unbroken-run = The longest unbroken run in order
authoring-choice-order-scoring-all-or-nothing = All or nothing

authoring-hint-short-text-answers = One answer per line. A * stands for any letters. For part of the mark: caliper | 50 %. Feedback can follow behind another |.
authoring-hint-numerical-answers = One number per line, with a tolerance if you like: 25.4 ± 0.1 or 25.4 ± 1 %. For part of the mark: 25 ± 0.5 | 50 %.
authoring-hint-calculated-answers = An expression of the variables, with a tolerance if you like: 1000*{"{"}vc{"}"}/(pi*{"{"}d{"}"}) ± 1 %.
authoring-hint-calculated-variables = One variable per line: d = 20 .. 60 | 5 (from, to, step); z = 2; 4; 6 (each value); or an expression of the variables above. Write {"{"}d{"}"} in the question to show its value.
authoring-hint-matching-pairs = One pair per line with = between its sides. Example: Caliper = measures outside diameters
authoring-hint-matching-distractors = One choice per line that belongs to no pair.
authoring-hint-ordering-pieces = One item per line, from first to last. Students see them shuffled.
authoring-hint-cloze-text = Write gaps between [[ and ]]. Typed words: [[caliper | gauge (50 %)]]. A choice: [[*right | wrong | wrong]]. A number: [[=25.4 ± 0.1 mm]].
authoring-hint-select-missing-words-text = Write the right word between [[ and ]]; students choose it from a list.
authoring-hint-select-missing-words-distractors = One word per line that belongs in no gap.
authoring-hint-hottext-text = Write what can be selected between [[ and ]], with a * before what has to be: [[*gloves at the drill]], [[safety glasses]].
authoring-hint-program-gaps-program = Write what students fill in between [[ and ]], other right ways behind |: [[G01 X25.5 | G01 U0.5]]. G01 X25.5 and G1 X25,5 always count as the same.
authoring-hint-matrix-columns = One column per line.
authoring-hint-matrix-rows = One row per line, = before the right column: Safety glasses = Required. Several right columns with | between them.
authoring-hint-associate-links = One pair per line with = between: Bolt = Nut. A line without = is a distractor.
authoring-hint-likert-statements = One statement per line.
authoring-hint-likert-scale = One level per line, from one end of the scale to the other.

# What is wrong with an expression, and where
authoring-expression-empty = The expression is empty.
authoring-expression-too-long = The expression is too long.
authoring-expression-too-deep = The expression has too many brackets, powers or signs inside one another.
authoring-expression-unknown-letter = This character cannot stand in an expression.
authoring-expression-unexpected = Something else belongs here: perhaps a sign, a number or a bracket is missing.
authoring-expression-unexpected-end = The expression ends too early: something, or a closing bracket, is missing.
authoring-expression-decimal-comma = In expressions decimals are written with a point: 12.5.
authoring-expression-unknown-variable = The question has no such variable.
authoring-expression-loop = This variable is worked out from itself, or from one further down.
authoring-expression-unknown-function = There is no such function.
authoring-expression-argument-count = This function has too few or too many arguments.
authoring-expression-division-by-zero = It divides by zero for at least one set of values.
authoring-expression-outside-domain = The function is not defined for at least one set of values, such as the root of a negative number.
authoring-expression-too-large = The result is too large to work with.
authoring-at = (character { $column } of the expression)
authoring-at-line = (line { $line }, character { $column } of the expression)

authoring-kind-essay = Essay (marked by hand)
authoring-kind-upload = File or photo (marked by hand)
authoring-kind-drag-onto-image = Labels onto a picture
authoring-kind-mark-spot = Mark a spot in a picture
authoring-kind-graphic-order = Put spots of a picture in order
authoring-field-fewest-words = Fewest words (empty for no limit)
authoring-field-most-words = Most words (empty for no limit)
authoring-field-lines = Lines that the field shows
authoring-field-template = Already written in the field (optional)
authoring-field-notes-for-markers = Notes for markers (optional)
authoring-field-kind-picture = Takes pictures
authoring-field-kind-pdf = Takes PDF
authoring-field-kind-text = Takes plain text and machine programs
authoring-field-kind-office = Takes office documents
authoring-field-kind-audio = Takes sound
authoring-field-kind-video = Takes video
authoring-field-kind-archive = Takes ZIP
authoring-field-from-camera = A button for the phone’s camera
authoring-field-most-files = Most files
authoring-field-most-megabytes = Most MB of a file (20 at most)
authoring-field-picture = Picture
authoring-field-alternative = What the picture shows, in words, for whoever does not see it
authoring-field-zones = Labels and their zones
authoring-field-regions = Regions to be found
authoring-field-spots = Spots in the right order
authoring-hint-essay-template = Students write on from here.
authoring-hint-essay-notes-for-markers = Students never see this.
authoring-hint-upload-notes-for-markers = Students never see this.
authoring-hint-drag-onto-image-zones = One zone per line, in pixels: Chuck = 120 40 200 90 (rectangle: left, top, width, height) or 120 40 30 (circle: middle and radius). The zone’s name may follow behind a |.
authoring-hint-drag-onto-image-distractors = One label per line that belongs to no zone.
authoring-hint-mark-spot-regions = One region per line, in pixels: Emergency stop = 120 40 30 (circle: middle and radius) or 120 40 200 90 (rectangle: left, top, width, height).
authoring-hint-graphic-order-spots = One spot per line, in pixels: Spot A = 120 40. Names must not give the order away.
authoring-field-parts = Weight and feedback of single parts (optional)
authoring-field-part-weights = Weight of single parts (optional)
authoring-field-part-feedback = Feedback to single passages (optional)
authoring-hint-parts = A line for a part (pair, gap, row, zone), by its number: 2 = 3 | See lesson 2. The second part weighs three times as much as others, and whoever gets it wrong reads the feedback. Either of the two may be left out.
authoring-hint-part-weights = A line for a part, by its number: 2 = 3 means that the second part weighs three times as much as others.
authoring-hint-part-feedback = A line for a passage, by its number: 2 = Goggles are required. Whoever chooses it reads this.
authoring-field-shuffle-stems = Shuffle the left sides, too
authoring-field-links-at-most = Pairs that can be made at most (empty: as many as are right)
authoring-field-marks-at-most = Marks that can be set at most (empty: one per region)
authoring-field-choose-at-most = Passages that can be chosen at most (empty: all)
authoring-field-fewest-files = Fewest files
