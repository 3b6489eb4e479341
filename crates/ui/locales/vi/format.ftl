# Cách viết số, ngày giờ và khoảng thời gian
format-decimal = ,
format-group = .
format-date = { $day }/{ $month }/{ $year }
format-date-time = { $time }, { $date }
format-seconds = { $count } giây
format-minutes = { $count } phút
format-hours = { $count } giờ
format-days = { $count } ngày
