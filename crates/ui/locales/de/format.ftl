# Schreibweise von Zahlen, Zeiten und Zeitspannen
format-decimal = ,
format-group = .
format-date = { $day }.{ $month }.{ $year }
format-date-time = { $date }, { $time } Uhr
format-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
 }
format-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
 }
format-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
 }
format-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
 }
