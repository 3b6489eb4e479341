# Phần chung của mọi trang
language-name = Tiếng Việt
common-skip = Đến nội dung chính
common-languages = Ngôn ngữ
common-not-me = Không phải tôi
common-sign-out = Đăng xuất
common-course = Khóa học
common-back-to-course = Về khóa học
common-role-learner = Sinh viên
common-role-instructor = Giáo viên
common-role-administrator = Quản trị viên
common-role-guest = Khách
common-what-next = Cần làm gì tiếp theo?
common-problem-code = Mã lỗi
common-trace-id = Mã tra cứu
common-trace-hint = Khi nhờ hỗ trợ, bạn hãy gửi kèm các mã trên.
