# Trang chọn bài kiểm tra cho một hoạt động của khóa học
picker-title = Chọn bài kiểm tra
picker-several-text = Chọn một hoặc nhiều bài để thêm vào khóa học. Mỗi bài trở thành một hoạt động riêng.
picker-one-text = Chọn một bài để thêm vào khóa học.
picker-place-text = Hoạt động này chưa có nội dung. Chọn bài mà sinh viên sẽ làm tại đây.
picker-no-columns-title = Không có cột điểm
picker-no-columns-text = Hệ thống học tập này không cho tạo cột trong sổ điểm khi chọn bài. Sau này bạn vẫn có thể tạo cột từ trang của giáo viên.
picker-search = Tìm theo tên bài
picker-search-button = Tìm
picker-new-hint = Chưa có bài phù hợp?
picker-new = Soạn bài mới
picker-list = Các bài kiểm tra
picker-questions =
    { $count ->
       *[other] { $questions } câu hỏi
    }
picker-maximum = Điểm tối đa (1–100)
picker-column = Tạo cột trong sổ điểm
picker-unpublished = Cần xuất bản trước khi chọn.
picker-edit = Sửa
picker-untitled = Chưa đặt tên · sửa lần cuối { $time }
picker-changed = Sửa lần cuối: { $time }
picker-more = Còn nhiều bài khác. Hãy nhập thêm từ để thu hẹp kết quả.
picker-empty-title = Chưa có bài kiểm tra nào
picker-empty-text = Hãy soạn bài đầu tiên; xuất bản xong, bạn quay lại đây để chọn.
picker-nothing-title = Không tìm thấy bài nào có “{ $search }”
picker-nothing-text = Hãy thử ít từ hơn. Không cần gõ dấu.
picker-none-chosen = Bạn chưa chọn bài nào.
picker-maximum-wrong = Điểm tối đa phải là số nguyên từ 1 đến 100.
picker-pick = Thêm vào khóa học
picker-place = Dùng bài này
picker-cancel = Hủy
