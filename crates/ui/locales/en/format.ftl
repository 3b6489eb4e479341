# How numbers, dates and spans are written
format-decimal = .
format-group = ,
format-date = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 } { $year }
format-date-time = { $time }, { $date }
format-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
 }
format-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
format-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
format-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
