# Statistics of a test and its questions
statistics-title = Statistics
statistics-back = Back to the gradebook
statistics-which = Attempts to look at
statistics-show = Show
statistics-counting = Those that give the grades
statistics-first = Everybody’s first attempt
statistics-last = Everybody’s last attempt
statistics-all = All attempts
statistics-nobody-title = No attempt has been submitted yet
statistics-nobody-text = Statistics appear here once there are enough attempts.
statistics-few-title = Submitted attempts so far: { $count }
statistics-few-text = Statistics are shown from { $minimum } attempts on. With fewer, the figures would say something about persons and nothing about questions.
statistics-basis = From { $attempts } attempts by { $people } people.
statistics-suspects = Questions worth a look
statistics-test = The whole test
statistics-spread = Spread of the marks
statistics-reached = Share of the marks reached
statistics-attempts = Attempts
statistics-tenth = { $from }–{ $to }%
statistics-questions = The questions
statistics-question = Question
statistics-question-number = Question { $number }
statistics-former-question = A question no longer in the quiz
statistics-facility = Facility
statistics-facility-note = The mean mark as a share of the maximum: the higher, the easier the question.
statistics-item-deviation = Standard deviation (marks)
statistics-guess = Score of a blind guess
statistics-discrimination = Discrimination
statistics-discrimination-note = Correlation of the marks here with the marks in the rest of the test. From about 30% on it is good; below 0, strong students are wrong more often.
statistics-efficiency = Discriminative efficiency
statistics-efficiency-note = The discrimination reached, as a share of what a question this easy allows.
statistics-weights = Weight: intended → effective
statistics-weights-note = The question’s share of the maximum, and its share in how the attempts differ.
statistics-weights-negative = There is no effective weight: the question goes against the total.
statistics-per-cent = { $number }%
statistics-mean = Mean
statistics-median = Median
statistics-deviation = Standard deviation
statistics-deviation-note = How far the attempts lie from the mean.
statistics-skewness = Skewness
statistics-skewness-note = Negative: many high marks and a few very low ones. Positive: the reverse.
statistics-kurtosis = Kurtosis
statistics-kurtosis-note = Against a normal distribution (0). Positive: many marks far from the mean.
statistics-consistency = Internal consistency (Cronbach’s alpha)
statistics-consistency-note = Whether the questions measure the same ability. From 70% on it is good.
statistics-error-ratio = Error ratio
statistics-error-ratio-note = How much of the differences between marks is chance.
statistics-standard-error = Standard error
statistics-standard-error-note = A person’s mark may be off by about this much by chance alone.
statistics-absent = none
statistics-absent-few = None: it takes more attempts.
statistics-absent-spread = None: everybody has the same mark.
statistics-absent-maximum = None: the question’s maximum is 0.
statistics-absent-guess = None: it cannot be told for this type of question.
statistics-absent-consistency = None: it takes two questions with a mark in every attempt, and there is none where students choose sections or drop questions.
statistics-absent-root = None: it does not follow from this internal consistency.
statistics-has-changed = This question was edited between attempts; the figures cover all its versions together.
statistics-asked-in = Asked in { $asked } of { $attempts } attempts; the figures go by these only.
statistics-asked-few = Asked in { $asked } of { $attempts } attempts only. Figures appear from { $minimum } on.
statistics-regrade = Correct the key and regrade
statistics-edit = Edit this question
statistics-responses = Responses
statistics-response = Response
statistics-count = Chosen
statistics-strong = By the strong
statistics-weak = By the weak
statistics-no-answer = No answer
statistics-right = Key
statistics-check-key = Check the key
statistics-look = Worth a look
statistics-finding-strong = { $strong } of the strong students chose “{ $option }”, only { $right } the key. Is the key right?
statistics-finding-negative = Students who do well elsewhere do worse here. Can the question be misunderstood?
statistics-finding-dubious = This question hardly tells strong students from weak ones.
statistics-finding-alike = Everybody has the same mark: the question says nothing about how attempts differ.
statistics-finding-easy = Nearly everybody is right.
statistics-finding-hard = Nearly nobody is right.
statistics-finding-guessing = The result is below that of blind guessing. Is something wrong with the question or its key?
statistics-finding-never = Nobody chose “{ $option }”. As a distractor it does nothing.
statistics-by-try = by try: { $counts }
statistics-part = Part { $number }
statistics-interval = From { $count ->
    [one] { $count } attempt
   *[other] { $count } attempts
}: the true value lies between { $low } and { $high } (95 % confidence).
statistics-by-chance = From only { $count ->
    [one] { $count } attempt
   *[other] { $count } attempts
}: this may well be by chance.
statistics-variants = Sets of values
statistics-variant = Values
statistics-rare-variants = { $count ->
    [one] { $count } set of values is left out here: fewer than { $minimum } attempts saw it, or there are too many sets.
   *[other] { $count } sets of values are left out here: fewer than { $minimum } attempts saw each, or there are too many sets.
}
