# Từ chối và trục trặc: mỗi mã có tiêu đề, một câu (-sentence) và cách khắc phục (-fix)
problem-unknown = Không thực hiện được
problem-unknown-sentence = Đã xảy ra lỗi khi xử lý yêu cầu này.
problem-unknown-fix = Bạn hãy mở lại bài từ khóa học. Nếu vẫn lỗi, hãy gửi mã tra cứu cho giảng viên hoặc quản trị viên.
problem-web-csrf = Biểu mẫu đã cũ
problem-web-csrf-sentence = Biểu mẫu bạn gửi không còn khớp với phiên làm việc hiện tại nên không có gì được thay đổi.
problem-web-csrf-fix = Bạn hãy quay lại trang trước, tải lại trang rồi gửi lần nữa.
