# Lối vào trang quản trị
entrance-title = Đăng nhập quản trị
entrance-lead = Trang này dành cho quản trị viên Taynghe của trường.
entrance-account = Bằng tài khoản của trường
entrance-account-text = Chọn nơi bạn có tài khoản. Bạn đăng nhập ở đó rồi được đưa trở lại đây.
entrance-with = Đăng nhập bằng { $provider }
entrance-link = Bằng liên kết dùng một lần
entrance-link-text = Người vận hành máy chủ chạy lệnh này và gửi cho bạn liên kết mà lệnh in ra:
entrance-link-then = Liên kết có hiệu lực trong một giờ và chỉ dùng được một lần. Hãy mở liên kết trong trình duyệt này rồi bấm “Vào trang quản trị”.
entrance-others = Bạn là sinh viên hoặc giáo viên? Hãy mở bài từ khóa học trên hệ thống học tập của trường; bạn không cần đăng nhập ở đây.
entrance-signed-out = Bạn đã đăng xuất khỏi Taynghe
entrance-signed-out-text = Trên máy dùng chung, hãy đăng xuất cả tài khoản của trường hoặc đóng trình duyệt.
