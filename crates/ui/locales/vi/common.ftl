# Phần chung của mọi trang
language-name = Tiếng Việt
common-skip = Đến nội dung chính
common-languages = Ngôn ngữ
common-not-me = Không phải tôi
common-role-learner = Học viên
common-role-instructor = Giảng viên
common-role-administrator = Quản trị viên
common-role-guest = Người xem
common-what-next = Cần làm gì tiếp theo?
common-problem-code = Mã lỗi
common-trace-id = Mã tra cứu
common-trace-hint = Khi nhờ hỗ trợ, bạn hãy gửi kèm các mã trên.
