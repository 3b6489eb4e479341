# Mở bài và trả lựa chọn về hệ thống học tập
login-window-title = Mở bài trong cửa sổ mới
login-window-text = Trình duyệt của bạn chặn cookie của trang nhúng, nên bài không mở được ngay trong khung này. Hãy mở bài trong một cửa sổ riêng; bạn không cần đăng nhập lại.
login-window-button = Mở trong cửa sổ mới
login-window-hint = Nếu không thấy cửa sổ nào hiện ra, hãy cho phép trang này mở cửa sổ bật lên.
login-window-continued-title = Đã mở trong cửa sổ mới
login-window-continued-text = Bạn hãy làm tiếp ở cửa sổ đó và giữ trang này mở cho đến khi xong.
login-window-returned-title = Đã nhận lựa chọn
login-window-returned-text = Lựa chọn của bạn đang được gửi về khóa học.
login-send-title = Gửi lựa chọn về khóa học
login-send-text = Lựa chọn của bạn đã sẵn sàng. Nếu trang không tự chuyển, hãy bấm nút dưới đây.
login-send-button = Gửi về khóa học
login-send-done-title = Đã gửi
login-send-done-text = Bạn có thể đóng cửa sổ này và quay lại khóa học.
login-ended-title = Bạn đã thoát khỏi trang này
login-ended-text = Mọi nội dung đã lưu vẫn được giữ nguyên.
login-ended-next = Hãy đăng nhập vào khóa học bằng tài khoản của chính bạn rồi mở lại hoạt động từ đó.
