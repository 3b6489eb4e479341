# Tài liệu dùng chung cho nhiều câu hỏi, trong trang soạn.
stimulus-title = Tài liệu dùng chung cho nhiều câu
stimulus-hint = Bản vẽ, bảng số liệu hoặc tình huống mà nhiều câu hỏi cùng dùng. Trong bài, tài liệu đứng phía trên câu đầu tiên dùng đến nó. Ở mỗi câu hỏi, bạn chọn tài liệu trong ô “Dùng tài liệu”.
stimulus-number = Tài liệu { $number }
stimulus-up = Chuyển tài liệu { $number } lên
stimulus-down = Chuyển tài liệu { $number } xuống
stimulus-remove = Xóa tài liệu { $number }
stimulus-heading = Tên tài liệu (có thể để trống)
stimulus-text = Nội dung
stimulus-used = Dùng cho các câu: { $questions }
stimulus-unused = Chưa có câu nào dùng tài liệu này.
stimulus-add = Thêm tài liệu
stimulus-of-question = Dùng tài liệu
stimulus-none = Không dùng
stimulus-gone = Tài liệu đã bị xóa
stimulus-in-use = Chưa xóa tài liệu { $number }: các câu { $questions } còn dùng. Hãy chọn “Không dùng” ở những câu đó rồi xóa lại.
