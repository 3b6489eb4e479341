# Trang đầu
home-title = Bài kiểm tra nghề, ngay trong khóa học của bạn
home-lead = Taynghe giúp trường nghề soạn và chấm bài kiểm tra trực tuyến. Bài mở ngay trong Moodle, điểm tự về sổ điểm.
home-student = Bạn là sinh viên?
home-student-text = Bạn hãy vào khóa học trên hệ thống học tập của trường và mở bài kiểm tra ở đó.
home-instructor = Bạn là giáo viên?
home-instructor-text = Trong khóa học, hãy bật chế độ chỉnh sửa, thêm một hoạt động, chọn Taynghe rồi bấm “Chọn nội dung” (“Select content”) để chọn hoặc soạn bài kiểm tra.
home-administrator = Bạn là quản trị viên Moodle?
home-administrator-text = Hãy xin quản trị viên Taynghe một liên kết mời và dán vào ô “Tool URL...” tại “Quản trị khu vực (Site administration) → Plugins → Activity modules → External tool → Manage tools”.
home-sign-in = Quản trị viên Taynghe? Đăng nhập ở đây
home-courses = Muốn tự học?
home-courses-text = Các khóa học mở miễn phí cho mọi người, không cần tài khoản. Nếu đăng nhập, bạn học tiếp được trên thiết bị khác.
home-courses-link = Xem khóa học mở
