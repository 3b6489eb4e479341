# Khóa học mở: danh mục, trang đầu của khóa học, bài học
course-catalogue-title = Khóa học mở
course-catalogue-lead = Học miễn phí, không cần tài khoản. Mỗi bài đọc được trên điện thoại, kể cả khi mạng yếu.
course-search = Tìm khóa học
course-search-button = Tìm
course-all = Xem tất cả khóa học
course-none-title = Chưa có khóa học nào
course-none-text = Khi có khóa học được xuất bản, bạn sẽ thấy ở đây.
course-not-found-title = Không tìm thấy khóa học nào có “{ $search }”
course-not-found-text = Hãy thử ít từ hơn. Không cần gõ dấu.
course-found =
    { $count ->
       *[other] Tìm thấy { $count } khóa học.
    }
course-lessons =
    { $count ->
       *[other] { $count } bài học
    }
course-minutes =
    { $minutes ->
       *[other] { $minutes } phút
    }
course-fact-lessons = Số bài học
course-fact-time = Thời gian học
course-fact-languages = Ngôn ngữ
course-fact-price = Học phí
course-free = Miễn phí
course-no-lessons = Khóa học này chưa có bài học nào.
course-begin = Bắt đầu học
course-continue = Học tiếp
course-again = Xem lại từ đầu
course-read = Đã học
course-share = Đã học { $read }/{ $total } bài
course-kept-here = Tiến độ chỉ được lưu trên thiết bị này, không gửi đi đâu.
course-assessment = Bài kiểm tra
course-after = Học sau: { $steps }
course-crumbs = Vị trí trong khóa học
course-lesson-of = Bài { $number }/{ $total }
course-fallback-title = Bài này chưa có bản tiếng Việt
course-fallback-text = Nội dung dưới đây bằng { $language }.
course-reflection = Tự suy ngẫm
course-reflection-kept = Chỉ bạn thấy phần này; nó được lưu trên thiết bị này.
course-reflection-paper = Hãy ghi câu trả lời vào sổ tay của bạn.
course-transcript = Lời thoại
course-terms = Thuật ngữ trong bài
course-ways = Bài trước và bài sau
course-previous = Bài trước
course-next = Bài sau
course-finish = Xong, về trang khóa học
course-licence = Giấy phép:
course-licence-source = Nguồn
course-answer = Đáp án đúng
course-show-answer = Xem đáp án
course-package-title = Học khi không có mạng
course-package-text = Tải cả khóa học về máy, giải nén rồi mở tệp index.html. Gói không có video.
course-package-link = Tải khóa học ({ $size })
course-offline-note = Đây là bản đọc ngoại tuyến, không cần mạng.
course-offline-online = Trang này trên mạng
course-offline-version = Phiên bản
course-offline-quiz = Bài kiểm tra, cần có mạng
course-offline-terms = Thuật ngữ của khóa học
course-offline-checks = Hãy tự trả lời trước khi mở đáp án. Câu trả lời của bạn không được lưu.
course-offline-left-out = Không có trong gói; cần mạng để mở.
course-offline-left-out-picture = Hình (không có trong gói):
course-offline-back = Về trang khóa học
course-quiz-elsewhere-title = Bài kiểm tra này được tính điểm
course-quiz-elsewhere-text = Bạn làm bài này trong hệ thống học tập của trường, nên câu hỏi không hiện ở đây.
