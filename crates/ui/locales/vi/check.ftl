# Kiểm tra kết nối với một hệ thống học tập: mỗi kết quả một câu, kèm chỗ để sửa
check-title = Kiểm tra kết nối
check-title-of = Kiểm tra kết nối: { $name }
check-back = ← Quản trị Taynghe
check-lead = Taynghe xem kết nối từ cả hai phía mà không cần người học nào, và không lưu gì ngoài kết quả. Việc này mất tối đa 15 giây.
check-now = Kiểm tra ngay
check-again = Kiểm tra lại
check-never = Chưa kiểm tra lần nào
check-never-text = Bấm nút bên dưới để kiểm tra.
check-good = Mọi thứ đều tốt
check-partly = Kết nối hoạt động; có chỗ nên xem lại
check-bad = Có chỗ cần sửa
check-at = Kiểm tra lúc { $time }.
check-section-bad = Cần sửa
check-section-partly = Nên xem lại
check-section-good = Tốt ({ $count })
check-links = Xem thêm
check-test-launch = Mở thử một bài
check-finding-status-active = Kết nối đang bật.
check-finding-status-disabled = Kết nối đang tắt, không ai mở được bài. Bấm “Bật lại” trong trang quản trị.
check-finding-deployment-known = Đã biết Deployment ID:
check-finding-deployment-missing = Chưa có Deployment ID nên không bài nào mở được. Xem “Tool configuration details” trên thẻ công cụ tại { -moodle-tools } rồi thêm ở đây.
check-finding-issuer-https = Hệ thống dùng https.
check-finding-issuer-http = Hệ thống dùng http không mã hóa: tên và điểm có thể bị đọc trộm trên đường truyền. Quản trị viên Moodle nên chuyển sang https ($CFG->wwwroot trong config.php).
check-finding-key-set-usable = Đọc được bộ khóa công khai; số khóa dùng được: { $count }.
check-finding-key-set-no-key = Bộ khóa công khai không có khóa RS256 nào dùng được. Quản trị viên Moodle so “Public keyset URL” tại { -moodle-tools }, mục “Tool configuration details”.
check-finding-key-set-unreachable = Không đọc được bộ khóa công khai nên không bài nào mở được. Kiểm tra rằng máy chủ này truy cập được “Public keyset URL” ghi tại { -moodle-tools }; Moodle trong mạng nội bộ phải có trong TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
check-finding-key-set-kept = Bộ khóa đã dùng để xác minh lần mở bài gần nhất được đọc lúc { $time }.
check-finding-key-set-kept-serves = Tuy hiện không đọc được bộ khóa, vẫn mở được bài bằng bộ khóa đã đọc lúc { $time }, cho đến { $until }.
check-finding-key-set-stale = Lần đọc bộ khóa gần đây nhất để mở bài đã thất bại; các lần mở bài từ đó được xác minh bằng bộ khóa đọc lúc { $time }. Nay bộ khóa lại đọc được. Nếu việc này lặp lại, quản trị viên Moodle xem máy chủ có hay mất kết nối không (“Public keyset URL” tại { -moodle-tools }, mục “Tool configuration details”).
check-finding-clock-right = Đồng hồ hai máy khớp nhau.
check-finding-clock-off = Đồng hồ của hệ thống { $direction ->
    [ahead] chạy nhanh hơn
   *[behind] chạy chậm hơn
 } đồng hồ của Taynghe; lệch quá 60 giây thì không mở được bài. Không sửa được trong Moodle: hãy bật đồng bộ giờ (NTP) trên cả hai máy chủ. Độ lệch:
check-finding-configuration-same = Thông tin mà hệ thống công bố khớp với những gì Taynghe đang dùng.
check-finding-configuration-changed = Hệ thống nay công bố khác với những gì Taynghe đang dùng. Mở “Chi tiết kết nối, những gì hệ thống cung cấp” rồi bấm “Đọc và so sánh” để cập nhật; trong Moodle, các giá trị này ở { -moodle-tools }, mục “Tool configuration details”. Khác ở:
check-finding-configuration-moved = Hệ thống nay công bố địa chỉ ở máy chủ khác. Taynghe vẫn dùng địa chỉ cũ cho đến khi bạn duyệt: mở “Chi tiết kết nối, những gì hệ thống cung cấp” và bấm “Đọc và so sánh”. Chỉ duyệt khi máy chủ mới là của trường bạn; so với { -moodle-tools }, mục “Tool configuration details”. Địa chỉ mới:
check-finding-configuration-stored-otherwise = Lần đọc gần nhất, hệ thống cho biết đã lưu về Taynghe khác với yêu cầu. Tại { -moodle-tools }, bấm bút chì và sửa các mục sau, hoặc đăng ký lại bằng một liên kết mời mới:
check-finding-configuration-other-platform = Ở địa chỉ cấu hình nay là một hệ thống khác: Platform ID không còn như cũ, nên không bài nào mở được từ đó. Nếu Moodle đã chuyển sang địa chỉ mới ($CFG->wwwroot), hãy đăng ký địa chỉ mới bằng một liên kết mời tại { -moodle-tools } (“Add LTI Advantage”), rồi dùng “Gộp hai kết nối của cùng một Moodle” ở trang quản trị Taynghe.
check-finding-configuration-unreachable = Không đọc lại được cấu hình của hệ thống nên không biết có gì thay đổi. Bài vẫn mở được. Moodle công bố cấu hình ở /mod/lti/openid-configuration.php; quản trị viên máy chủ Moodle kiểm tra địa chỉ đó có bị chặn không. Các địa chỉ cũng ghi tại { -moodle-tools }, mục “Tool configuration details”.
check-finding-configuration-unknown = Chưa biết cấu hình của hệ thống ở đâu nên chưa có gì để so sánh. Nhập địa chỉ đó một lần ở “Chi tiết kết nối, những gì hệ thống cung cấp”; các giá trị để so ở { -moodle-tools }, mục “Tool configuration details”.
check-finding-change-waiting = Có thay đổi địa chỉ chờ bạn duyệt ở “Chi tiết kết nối, những gì hệ thống cung cấp” ({ $count }). Trước khi duyệt, so với { -moodle-tools }, mục “Tool configuration details”.
check-finding-token-granted = Hệ thống cấp quyền truy cập cho Taynghe.
check-finding-token-refused = Hệ thống từ chối cấp quyền truy cập nên điểm không gửi được. Quản trị viên Moodle kiểm tra tại { -moodle-tools }: công cụ đã kích hoạt (“Activate”), “Public key type” là “Keyset URL” và Moodle truy cập được địa chỉ “Public keyset” của Taynghe.
check-finding-token-unreachable = Không gọi được dịch vụ cấp quyền (“Access token URL”) nên điểm không gửi được. Thử lại sau; nếu vẫn lỗi, quản trị viên Moodle kiểm tra máy chủ.
check-finding-token-address-refused = Không gọi dịch vụ cấp quyền (“Access token URL”) vì địa chỉ đó nằm trong mạng nội bộ hoặc không dùng https, nên điểm không gửi được. Nếu đúng là hệ thống của trường, quản trị viên Taynghe thêm tên máy vào TAYNGHE_OUTBOUND_ALLOW_PRIVATE rồi khởi động lại.
check-finding-scopes-granted = Đủ quyền ghi điểm, tạo cột điểm và đọc danh sách lớp.
check-finding-scope-score-missing = Không được ghi điểm. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Assignment and Grade Services”: chọn “Use this service for grade sync and column management”.
check-finding-scope-line-item-missing = Không được tạo cột điểm. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Assignment and Grade Services”: chọn “Use this service for grade sync and column management”.
check-finding-scope-result-missing = Không được đọc lại điểm nên không thấy điểm giáo viên sửa tay. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Assignment and Grade Services”: chọn “Use this service for grade sync and column management”.
check-finding-scope-membership-missing = Không được đọc danh sách lớp nên không biết ai chưa làm bài. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Names and Role Provisioning”: chọn “Use this service to retrieve members' information as per privacy settings”.
check-finding-context-none = Chưa khóa học nào dùng kết nối này, nên chưa thử được cột điểm và danh sách lớp. Giáo viên thêm hoạt động Taynghe vào khóa học rồi mở một lần; nếu không thấy trong danh sách hoạt động: { -moodle-tools }, bấm bút chì, “Tool configuration usage” chọn “Show in activity chooser and as a preconfigured tool”.
check-finding-authorization-lost = Hệ thống cấp quyền truy cập, nhưng dịch vụ điểm và danh sách lớp trả lời 401 như thể không nhận được quyền nào ({ $course }): máy chủ web của Moodle, thường là Apache, đã bỏ mất tiêu đề “Authorization”. Điểm không gửi được. Không sửa được trong menu của Moodle: người quản lý máy chủ thêm dòng sau vào cấu hình Apache của Moodle (với CGI hoặc PHP-FPM: CGIPassAuth On) rồi nạp lại Apache:
check-finding-line-items-read = Đọc được các cột điểm của khóa học { $course }: { $count } cột, trong đó { $ours } của Taynghe.
check-finding-line-items-unshared = Khóa học { $course } không cho biết cột điểm ở đâu, nên điểm không có chỗ gửi. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Assignment and Grade Services”: chọn “Use this service for grade sync and column management”, rồi mở lại một bài trong khóa học.
check-finding-line-items-refused = Hệ thống không cho đọc các cột điểm của khóa học { $course }, tuy đã cấp quyền. So Deployment ID tại { -moodle-tools }, mục “Tool configuration details”, và xem khóa học còn tồn tại không.
check-finding-line-items-unreachable = Dịch vụ điểm của khóa học { $course } hiện không trả lời; điểm sẽ được gửi lại sau. Nếu còn lặp lại, quản trị viên Moodle xem “Quản trị khu vực (Site administration) → Reports → Performance overview” và nhật ký máy chủ.
check-finding-column-missing = Trong khóa học { $course } có { $count } bài bị mất cột điểm: { $titles }. Giáo viên mở hoạt động đó trong Moodle, “Cài đặt” (“Settings”), rồi lưu: Moodle tạo lại cột; hoặc bấm tạo cột trong “Bảng điểm” của Taynghe. Các cột ở “Điểm số → Gradebook setup” của khóa học.
check-finding-column-none = Trong khóa học { $course } có { $count } bài không có cột điểm: { $titles }. Nếu cần điểm: tại { -moodle-tools }, bấm bút chì, phần “Privacy”, mục “Accept grades from the tool” chọn khác “Never”; hoặc giáo viên bấm tạo cột trong “Bảng điểm” của Taynghe.
check-finding-members-read = Đọc được danh sách lớp { $course }: { $count } người, gồm { $learners } người học và { $instructors } giáo viên.
check-finding-members-none = Danh sách lớp { $course } không có người học nào ({ $count } người, { $instructors } giáo viên, { $learners } người học). Điểm chỉ gửi được cho người đã ghi danh: xem “Participants” của khóa học trong Moodle.
check-finding-members-unshared = Khóa học { $course } không chia sẻ danh sách lớp, nên không biết ai chưa làm bài. Tại { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Names and Role Provisioning”: chọn “Use this service to retrieve members' information as per privacy settings”.
check-finding-members-refused = Hệ thống không cho đọc danh sách lớp { $course }, tuy đã cấp quyền. Tại { -moodle-tools }, bấm bút chì, xem phần “Services”, mục “IMS LTI Names and Role Provisioning”, và so Deployment ID ở “Tool configuration details”; khóa học có thể đã bị xóa.
check-finding-members-unreachable = Dịch vụ danh sách lớp của khóa học { $course } hiện không trả lời; danh sách đã đọc trước đây vẫn dùng được. Nếu còn lặp lại, quản trị viên Moodle xem “Quản trị khu vực (Site administration) → Reports → Performance overview” và nhật ký máy chủ.
check-finding-roster-kept = Danh sách lớp { $course } mà Taynghe đang dùng được đọc lúc { $time }.
check-finding-roster-old = Danh sách lớp { $course } mà Taynghe đang dùng đã cũ: đọc lúc { $time }. Giáo viên bấm làm mới trong “Bảng điểm” của Taynghe; nếu không được, xem { -moodle-tools }, bấm bút chì, phần “Services”, mục “IMS LTI Names and Role Provisioning”.
check-finding-own-key-only = Taynghe ký bằng khóa duy nhất của mình; chưa có khóa mới để thử.
check-finding-own-key-proven = Hệ thống đã chấp nhận khóa mới nhất của Taynghe, lúc { $time }.
check-finding-own-key-waiting = Khóa mới của Taynghe chưa được thử với hệ thống này; việc đó tự diễn ra, trong lúc ấy khóa cũ vẫn ký.
check-finding-own-key-refused = Hệ thống không nhận khóa mới của Taynghe, vẫn nhận khóa cũ. Tại { -moodle-tools }, bấm bút chì: “Public key type” phải là “Keyset URL” và “Public keyset” là địa chỉ ghi ở trang “Khóa ký”.
check-finding-own-key-refused-both = Hệ thống không nhận khóa nào của Taynghe nên điểm không gửi được. Công cụ phải được kích hoạt (“Activate”). Tại { -moodle-tools }, bấm bút chì: “Public key type” phải là “Keyset URL” và “Public keyset” là địa chỉ ghi ở trang “Khóa ký”.
check-finding-own-key-unreachable = Khóa mới của Taynghe chưa thử được vì hệ thống không trả lời; Taynghe tự thử lại và khóa cũ vẫn ký. Nếu kéo dài, kiểm tra “Access token URL” tại { -moodle-tools }, mục “Tool configuration details”.
check-finding-cookies-unseen = Trong 30 ngày qua chưa có lần mở bài nào, nên chưa biết trình duyệt của người học xử lý cookie ra sao.
check-finding-cookies-kept = Cookie hoạt động trong { $percent } % số lần mở bài ({ $launches } lần trong 30 ngày qua).
check-finding-cookies-blocked = Trình duyệt chặn cookie của trang nhúng trong { $percent } % số lần mở bài ({ $launches } lần trong 30 ngày qua); { $way ->
    [new-window] đa số được mở trong cửa sổ mới
    [storage-access] đa số người học chạm một lần để cho phép
    [storage-handshake] đa số được xác nhận bằng bộ nhớ của trình duyệt
    [platform-storage] đa số được xác nhận bằng bộ nhớ của hệ thống học tập
   *[refused] một số bị từ chối
 }. Để bớt phiền: tại { -moodle-tools }, bấm bút chì, “Default launch container” chọn “New window”; hoặc cho Taynghe một tên máy cùng tên miền với Moodle.
check-finding-cookies-lost = { $percent } % số lần mở bài bị từ chối vì trình duyệt không giữ cookie nào ({ $launches } lần trong 30 ngày qua). Tại { -moodle-tools }, bấm bút chì, “Default launch container” chọn “New window”; hoặc cho Taynghe một tên máy cùng tên miền với Moodle.
check-finding-launch-last = Lần mở bài thành công gần nhất: { $time }.
check-finding-launch-never = Chưa có ai mở bài thành công từ đây. Hãy “Mở thử một bài” ngay bên dưới.
check-finding-refusal-none = Trong 30 ngày qua không có lần mở bài nào bị từ chối.
check-finding-refusal-earlier = Lần bị từ chối gần nhất: { $time }, mã { $code }, mã tra cứu { $trace }. Sau đó đã có người mở bài thành công.
check-finding-refusal-last = Lần mở bài gần đây nhất đã bị từ chối: { $time }, mã { $code }, mã tra cứu { $trace }. Trang quản trị, mục “Những lần bị từ chối gần đây”, nói ai sửa được; các giá trị để so ở { -moodle-tools }, mục “Tool configuration details”.
check-finding-deliveries-settled = Không có điểm nào đang chờ gửi hoặc bị từ chối (tổng cộng { $count } điểm).
check-finding-deliveries-waiting = { $count } điểm đang chờ đến lượt gửi.
check-finding-deliveries-late = { $count } điểm chưa gửi được, cũ nhất từ { $time }. Taynghe vẫn tự gửi lại; lý do ghi bên cạnh từng người trong “Bảng điểm” của Taynghe. Nếu do quyền: { -moodle-tools }, bấm bút chì, phần “Services”.
check-finding-deliveries-refused = Hệ thống từ chối { $count } điểm. Lý do và nút gửi lại ở bên cạnh từng người trong “Bảng điểm” của Taynghe; thường là người học không còn ghi danh (“Participants” của khóa học) hoặc điểm bị khóa (“Điểm số → Gradebook setup”).
