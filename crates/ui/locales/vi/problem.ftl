# Từ chối và trục trặc: mỗi mã có tiêu đề, một câu (-sentence) và cách khắc phục (-fix)
-moodle-tools = “Quản trị khu vực (Site administration) → Plugins → Activity modules → External tool → Manage tools”

## Chung

problem-unknown = Không thực hiện được
problem-unknown-sentence = Đã xảy ra lỗi khi xử lý yêu cầu này.
problem-unknown-fix = Bạn hãy mở lại bài từ khóa học. Nếu vẫn lỗi, hãy gửi các mã trên trang này cho giáo viên hoặc quản trị viên.

## Khởi đầu đăng nhập LTI

problem-lti-log-param = Yêu cầu mở bài bị thiếu thông tin
problem-lti-log-param-sentence = Hệ thống học tập không gửi đủ thông tin cần để bắt đầu đăng nhập (iss, login_hint, target_link_uri).
problem-lti-log-param-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu vẫn lỗi, quản trị viên Moodle cần kiểm tra địa chỉ “Initiate login URL” của công cụ tại { -moodle-tools }.
problem-lti-log-ambiguous = Yêu cầu mở bài mâu thuẫn
problem-lti-log-ambiguous-sentence = Một tham số đăng nhập được gửi hai lần hoặc với những giá trị khác nhau nên yêu cầu bị từ chối.
problem-lti-log-ambiguous-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu vẫn lỗi, quản trị viên Moodle cần kiểm tra xem “Initiate login URL” của công cụ có bị thêm tham số thừa không, tại { -moodle-tools }.
problem-lti-log-unknown = Hệ thống học tập này chưa được đăng ký
problem-lti-log-unknown-sentence = Taynghe không biết hệ thống học tập (issuer) hoặc mã client đã gửi yêu cầu này.
problem-lti-log-unknown-fix = Việc này do quản trị viên Taynghe xử lý: đăng ký hệ thống bằng liên kết mời hoặc lệnh “taynghe platform add”. Quản trị viên Moodle cần so lại Platform ID và Client ID tại { -moodle-tools }.
problem-lti-log-ambiguous-reg = Không rõ đăng ký nào được dùng
problem-lti-log-ambiguous-reg-sentence = Hệ thống học tập này có nhiều đăng ký nhưng yêu cầu không gửi client_id để phân biệt.
problem-lti-log-ambiguous-reg-fix = Việc này do quản trị viên Moodle xử lý: kiểm tra rằng công cụ tại { -moodle-tools } được cấu hình theo LTI 1.3 và có Client ID.
problem-lti-log-disabled = Kết nối này đang tắt
problem-lti-log-disabled-sentence = Đăng ký của hệ thống học tập này đã bị tắt hoặc đang chờ duyệt.
problem-lti-log-disabled-fix = Việc này do quản trị viên Taynghe xử lý: mở trang quản trị (lệnh “taynghe admin link”) và bật đăng ký này.
problem-lti-log-target = Địa chỉ đích không thuộc Taynghe
problem-lti-log-target-sentence = Yêu cầu dẫn tới một địa chỉ (target_link_uri) không phải của máy chủ này.
problem-lti-log-target-fix = Việc này do quản trị viên Moodle xử lý: sửa “Tool URL” của công cụ hoặc của hoạt động thành địa chỉ Taynghe, tại { -moodle-tools }.
problem-lti-log-deployment = Không nhận ra mã triển khai
problem-lti-log-deployment-sentence = Mã triển khai (lti_deployment_id) trong yêu cầu không thuộc đăng ký này.
problem-lti-log-deployment-fix = Việc này do quản trị viên Taynghe xử lý: so mã này với Deployment ID ghi tại { -moodle-tools } rồi thêm vào đăng ký.
problem-lti-log-size = Yêu cầu mở bài quá dài
problem-lti-log-size-sentence = Một tham số đăng nhập dài quá 4 KiB nên bị từ chối.
problem-lti-log-size-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu vẫn lỗi, hãy báo cho quản trị viên Moodle kèm mã tra cứu.

## Thông điệp có chữ ký

problem-lti-tok-format = Đây không phải yêu cầu mở bài hợp lệ
problem-lti-tok-format-sentence = Trang này chỉ mở được bằng thông điệp có chữ ký do hệ thống học tập gửi tới.
problem-lti-tok-format-fix = Bạn hãy mở lại bài từ trang khóa học. Đừng mở bằng dấu trang, nút Quay lại hay nút Tải lại.
problem-lti-tok-alg = Kiểu chữ ký không được chấp nhận
problem-lti-tok-alg-sentence = Thông điệp không được ký bằng RS256, thuật toán duy nhất mà LTI 1.3 ở đây chấp nhận.
problem-lti-tok-alg-fix = Việc này do quản trị viên Moodle xử lý: kiểm tra khóa của hệ thống là khóa RSA và công cụ dùng LTI 1.3, tại { -moodle-tools }.
problem-lti-tok-crit = Thông điệp yêu cầu phần mở rộng không được hỗ trợ
problem-lti-tok-crit-sentence = Phần đầu của thông điệp yêu cầu một phần mở rộng (crit) mà Taynghe không hỗ trợ.
problem-lti-tok-crit-fix = Việc này do nhà cung cấp hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-tok-kid-missing = Thông điệp không nêu khóa ký
problem-lti-tok-kid-missing-sentence = Thông điệp không cho biết được ký bằng khóa nào (thiếu kid) nên không kiểm tra được.
problem-lti-tok-kid-missing-fix = Việc này do nhà cung cấp hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-tok-kid-unknown = Không tìm thấy khóa ký
problem-lti-tok-kid-unknown-sentence = Bộ khóa công khai của hệ thống học tập không có khóa đã ký thông điệp này.
problem-lti-tok-kid-unknown-fix = Bạn hãy đợi một phút rồi mở lại bài từ khóa học. Nếu vẫn lỗi, quản trị viên Moodle cần kiểm tra “Public keyset URL” tại { -moodle-tools }.
problem-lti-tok-sig = Chữ ký không khớp
problem-lti-tok-sig-sentence = Chữ ký của thông điệp không khớp với khóa của hệ thống học tập nên thông điệp không đáng tin.
problem-lti-tok-sig-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu vẫn lỗi, quản trị viên Taynghe cần kiểm tra địa chỉ bộ khóa của đăng ký này.
problem-lti-tok-iss = Thông điệp đến từ hệ thống khác
problem-lti-tok-iss-sentence = Tên hệ thống (issuer) trong thông điệp khác với tên đã đăng ký.
problem-lti-tok-iss-fix = Việc này do quản trị viên Taynghe xử lý: so Platform ID tại { -moodle-tools } với đăng ký, kể cả http/https và dấu gạch chéo cuối địa chỉ.
problem-lti-tok-aud = Thông điệp không gửi cho Taynghe
problem-lti-tok-aud-sentence = Client ID trong thông điệp (aud) không phải của đăng ký này.
problem-lti-tok-aud-fix = Việc này do quản trị viên Taynghe xử lý: so Client ID tại { -moodle-tools } với đăng ký.
problem-lti-tok-azp = Thông điệp được cấp cho công cụ khác
problem-lti-tok-azp-sentence = Bên được cấp quyền trong thông điệp (azp) không phải là Taynghe.
problem-lti-tok-azp-fix = Việc này do quản trị viên Taynghe xử lý: so Client ID tại { -moodle-tools } với đăng ký.
problem-lti-tok-time = Liên kết mở bài đã hết hạn
problem-lti-tok-time-sentence = Thông điệp mở bài chỉ có hiệu lực trong chốc lát và đã hết hạn, hoặc đồng hồ của hai máy chủ lệch nhau.
problem-lti-tok-time-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu lần nào cũng lỗi, quản trị viên của hai máy chủ cần bật đồng bộ giờ (NTP).
problem-lti-plat-error = Hệ thống học tập đã từ chối mở bài
problem-lti-plat-error-sentence = Thay vì thông điệp mở bài, hệ thống học tập trả về một lỗi, thường do phiên đăng nhập đã hết hoặc liên kết đã dùng một lần.
problem-lti-plat-error-fix = Bạn hãy đăng nhập lại vào hệ thống học tập rồi mở bài từ khóa học.
problem-lti-key-fetch = Không đọc được khóa của hệ thống học tập
problem-lti-key-fetch-sentence = Taynghe không tải được bộ khóa công khai của hệ thống học tập nên chưa kiểm tra được chữ ký.
problem-lti-key-fetch-fix = Bạn hãy thử lại sau ít phút. Nếu vẫn lỗi, quản trị viên Taynghe cần kiểm tra rằng máy chủ này truy cập được “Public keyset URL” ghi tại { -moodle-tools }.

## Trạng thái và phát lại

problem-lti-sta-invalid = Liên kết này đã được dùng hoặc đã hết hạn
problem-lti-sta-invalid-sentence = Mỗi lần mở bài chỉ dùng được một lần và trong ít phút.
problem-lti-sta-invalid-fix = Bạn hãy mở lại bài từ trang khóa học. Đừng dùng nút Quay lại hay Tải lại. Bài làm đã lưu không bị mất.
problem-lti-sta-mix = Hai lần mở bài bị lẫn vào nhau
problem-lti-sta-mix-sentence = Câu trả lời đăng nhập đến từ một hệ thống khác với hệ thống đã bắt đầu.
problem-lti-sta-mix-fix = Bạn hãy mở lại bài từ trang khóa học.
problem-lti-sta-nonce = Thông điệp này đã được dùng
problem-lti-sta-nonce-sentence = Thông điệp mở bài không thuộc lần đăng nhập này hoặc đã được dùng rồi.
problem-lti-sta-nonce-fix = Bạn hãy mở lại bài từ trang khóa học.
problem-lti-sta-browser = Không nhận ra trình duyệt này
problem-lti-sta-browser-sentence = Trình duyệt gửi yêu cầu không phải là trình duyệt đã bắt đầu mở bài, hoặc cookie đang bị chặn.
problem-lti-sta-browser-fix = Bạn hãy mở lại bài từ trang khóa học. Nếu vẫn lỗi, hãy cho phép cookie của trang này hoặc mở bài trong cửa sổ mới.
problem-lti-sta-ticket = Không mở được cửa sổ này nữa
problem-lti-sta-ticket-sentence = Vé mở bài chỉ dùng được một lần, trong một phút, và chỉ từ trang đã phát vé.
problem-lti-sta-ticket-fix = Bạn hãy đóng cửa sổ này và mở lại bài từ trang khóa học. Bài làm đã lưu không bị mất.

## Nội dung thông điệp

problem-lti-clm-version = Phiên bản LTI không được hỗ trợ
problem-lti-clm-version-sentence = Thông điệp không dùng LTI 1.3.
problem-lti-clm-version-fix = Việc này do quản trị viên Moodle xử lý: tại { -moodle-tools }, đổi “LTI version” của công cụ thành LTI 1.3.
problem-lti-clm-missing = Thông điệp thiếu thông tin bắt buộc
problem-lti-clm-missing-sentence = Hệ thống học tập không gửi một mục mà LTI 1.3 yêu cầu.
problem-lti-clm-missing-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-clm-msgtype = Loại thông điệp không được hỗ trợ
problem-lti-clm-msgtype-sentence = Hệ thống học tập gửi một loại thông điệp mà Taynghe không biết.
problem-lti-clm-msgtype-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-clm-roles = Thông điệp không cho biết vai trò
problem-lti-clm-roles-sentence = Hệ thống học tập không gửi danh sách vai trò nên không biết bạn được làm gì.
problem-lti-clm-roles-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-clm-deployment = Thông điệp thiếu mã triển khai
problem-lti-clm-deployment-sentence = Hệ thống học tập không gửi Deployment ID.
problem-lti-clm-deployment-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-clm-resource-link = Thông điệp không cho biết hoạt động nào
problem-lti-clm-resource-link-sentence = Hệ thống học tập không gửi mã của hoạt động (resource_link.id).
problem-lti-clm-resource-link-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-clm-sub = Thông điệp không cho biết người dùng
problem-lti-clm-sub-sentence = Hệ thống học tập không gửi mã người dùng (sub), nên bài làm và điểm không thể gắn với ai.
problem-lti-clm-sub-fix = Bạn hãy đăng nhập bằng tài khoản của mình, không phải tài khoản khách, rồi mở lại bài từ khóa học.
problem-lti-clm-target = Đích đến không khớp
problem-lti-clm-target-sentence = Địa chỉ đích trong thông điệp khác với địa chỉ lúc bắt đầu đăng nhập, hoặc không thuộc máy chủ này.
problem-lti-clm-target-fix = Việc này do quản trị viên Moodle xử lý: sửa “Tool URL” của công cụ hoặc của hoạt động, tại { -moodle-tools }.
problem-lti-clm-format = Thông điệp có dữ liệu sai dạng
problem-lti-clm-format-sentence = Một mục trong thông điệp có dạng mà LTI 1.3 không cho phép.
problem-lti-clm-format-fix = Việc này do nhà cung cấp hoặc quản trị viên hệ thống học tập xử lý. Hãy gửi cho họ các mã trên trang này.
problem-lti-dep-pending = Kết nối đang chờ duyệt
problem-lti-dep-pending-sentence = Đây là lần đầu hệ thống học tập này dùng mã triển khai (Deployment ID) này; quản trị viên Taynghe cần duyệt trước.
problem-lti-dep-pending-fix = Việc này do quản trị viên Taynghe xử lý: mở trang quản trị (lệnh “taynghe admin link”) và duyệt mã triển khai mới.
problem-lti-dep-mix = Mã triển khai thuộc đăng ký khác
problem-lti-dep-mix-sentence = Deployment ID trong thông điệp thuộc về một đăng ký khác của Taynghe.
problem-lti-dep-mix-fix = Việc này do quản trị viên Taynghe xử lý: kiểm tra Client ID và Deployment ID của đăng ký, đối chiếu với { -moodle-tools }.
problem-lti-ten-resource = Không tìm thấy bài này
problem-lti-ten-resource-sentence = Bài mà liên kết trỏ tới không tồn tại hoặc không dành cho trường của bạn.
problem-lti-ten-resource-fix = Giáo viên hãy chọn lại bài trong phần cài đặt của hoạt động (nút “Select content”).

## Chọn nội dung

problem-lti-dl-session = Việc chọn bài đã kết thúc
problem-lti-dl-session-sentence = Yêu cầu chọn bài này đã hết hạn hoặc đã được trả lời.
problem-lti-dl-session-fix = Giáo viên hãy quay lại phần cài đặt của hoạt động và bấm “Select content” lần nữa.
problem-lti-dl-return = Địa chỉ trả kết quả không đáng tin
problem-lti-dl-return-sentence = Địa chỉ mà hệ thống học tập đưa ra để nhận bài đã chọn không thuộc hệ thống đó.
problem-lti-dl-return-fix = Việc này do quản trị viên Taynghe xử lý: kiểm tra và duyệt địa chỉ của hệ thống học tập trong trang quản trị.
problem-lti-dl-not-accepted = Hệ thống học tập không nhận lựa chọn này
problem-lti-dl-not-accepted-sentence = Hệ thống học tập không cho phép loại hoặc số lượng bài bạn đã chọn.
problem-lti-dl-not-accepted-fix = Bạn hãy quay lại và chọn một bài kiểm tra duy nhất.
problem-lti-dl-forbidden = Chỉ giáo viên được chọn bài
problem-lti-dl-forbidden-sentence = Theo hệ thống học tập, bạn không phải là giáo viên của khóa học này.
problem-lti-dl-forbidden-fix = Nếu bạn dạy khóa học này, hãy nhờ quản trị viên Moodle ghi danh bạn với vai trò giáo viên.
problem-lti-rev-forbidden = Bạn chỉ được mở bài làm của chính mình
problem-lti-rev-forbidden-sentence = Liên kết này dẫn tới bài làm của một người khác, còn theo hệ thống học tập thì bạn không phải là giáo viên của khóa học này.
problem-lti-rev-forbidden-fix = Để xem bài của mình, bạn hãy mở bài từ trang khóa học, hoặc từ dòng điểm của chính bạn. Nếu bạn dạy khóa học này, hãy nhờ quản trị viên Moodle ghi danh bạn với vai trò giáo viên.

## Đăng ký hệ thống học tập

problem-lti-reg-invite = Liên kết mời không còn dùng được
problem-lti-reg-invite-sentence = Liên kết mời này không tồn tại, đã dùng, đã hết hạn hoặc dành cho máy chủ khác.
problem-lti-reg-invite-fix = Việc này do quản trị viên Taynghe xử lý: tạo liên kết mời mới bằng lệnh “taynghe platform invite” hoặc trên trang quản trị.
problem-lti-reg-url = Không dùng được địa chỉ cấu hình
problem-lti-reg-url-sentence = Địa chỉ cấu hình (openid_configuration) mà hệ thống học tập gửi không đọc được hoặc không được phép.
problem-lti-reg-url-fix = Quản trị viên Moodle cần chắc rằng Moodle chạy bằng https và truy cập được từ máy chủ này. Với Moodle trong mạng nội bộ, quản trị viên Taynghe thêm tên máy vào TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
problem-lti-reg-incomplete = Đăng ký chưa đủ thông tin
problem-lti-reg-incomplete-sentence = Cấu hình hoặc câu trả lời của hệ thống học tập thiếu một mục cần thiết.
problem-lti-reg-incomplete-fix = Việc này do quản trị viên Taynghe xử lý: đăng ký thủ công bằng lệnh “taynghe platform add” với các giá trị ghi tại { -moodle-tools }.
problem-lti-reg-taken = Hệ thống học tập này đã được đăng ký
problem-lti-reg-taken-sentence = Một đơn vị khác đã đăng ký hệ thống học tập này.
problem-lti-reg-taken-fix = Trong Moodle, hãy đăng ký Taynghe như một công cụ mới thay vì bấm “Update”, hoặc xin liên kết mời từ đúng đơn vị đã đăng ký (quản trị viên Taynghe xem bằng lệnh “taynghe platform list”).
problem-lti-reg-issuer = Cấu hình đến từ máy chủ khác
problem-lti-reg-issuer-sentence = Tên hệ thống (issuer) và địa chỉ cấu hình không cùng một máy chủ.
problem-lti-reg-issuer-fix = Việc này do quản trị viên Moodle xử lý: kiểm tra $CFG->wwwroot trong config.php của Moodle trùng với địa chỉ người dùng đang mở.
problem-lti-reg-refused = Hệ thống học tập từ chối đăng ký
problem-lti-reg-refused-sentence = Hệ thống học tập không chấp nhận yêu cầu đăng ký của Taynghe.
problem-lti-reg-refused-fix = Liên kết mời vẫn dùng lại được. Việc này do quản trị viên Moodle xử lý: bắt đầu lại việc đăng ký tại { -moodle-tools }; nếu ở đó đã có một công cụ Taynghe dở dang thì xóa trước. Nếu máy chủ web chặn tiêu đề Authorization, hãy cho phép tiêu đề này.

## Dịch vụ điểm và danh sách lớp

problem-lti-svc-origin = Địa chỉ dịch vụ chưa được duyệt
problem-lti-svc-origin-sentence = Địa chỉ dịch vụ của hệ thống học tập không thuộc hệ thống đã đăng ký, hoặc nằm trong mạng nội bộ mà Taynghe chưa được phép gọi, nên Taynghe không gửi gì tới đó.
problem-lti-svc-origin-fix = Việc này do quản trị viên Taynghe xử lý: kiểm tra và duyệt địa chỉ này trong trang quản trị; nếu hệ thống nằm trong mạng nội bộ, thêm tên máy vào TAYNGHE_OUTBOUND_ALLOW_PRIVATE.
problem-lti-svc-scope = Hệ thống học tập chưa cấp đủ quyền
problem-lti-svc-scope-sentence = Công cụ chưa được phép dùng dịch vụ điểm hoặc danh sách lớp.
problem-lti-svc-scope-fix = Việc này do quản trị viên Moodle xử lý: tại { -moodle-tools }, mở cài đặt công cụ, phần “Services”: chọn “Use this service for grade sync and column management” và “Use this service to retrieve members' information”.
problem-lti-svc-refused = Hệ thống học tập đã từ chối
problem-lti-svc-refused-sentence = Dịch vụ của hệ thống học tập từ chối yêu cầu này.
problem-lti-svc-refused-fix = Giáo viên hãy thử lại sau. Nếu vẫn lỗi, quản trị viên Moodle cần kiểm tra phần “Services” của công cụ tại { -moodle-tools }.
problem-lti-svc-unreachable = Chưa liên lạc được với hệ thống học tập
problem-lti-svc-unreachable-sentence = Hệ thống học tập hiện không trả lời. Điểm đã lưu ở đây và sẽ được tự động gửi lại.
problem-lti-svc-unreachable-fix = Bạn không cần làm gì. Nếu tình trạng này kéo dài, hãy báo cho quản trị viên Moodle.
problem-lti-ags-value = Không thể gửi giá trị này
problem-lti-ags-value-sentence = Điểm hoặc cột điểm có giá trị không được phép gửi.
problem-lti-ags-value-fix = Giáo viên hãy kiểm tra điểm tối đa của cột: phải là số nguyên từ 1 đến 100.

## Yêu cầu web

problem-web-not-found = Không tìm thấy trang
problem-web-not-found-sentence = Trang này không tồn tại hoặc không dành cho bạn.
problem-web-not-found-fix = Bạn hãy kiểm tra lại địa chỉ, hoặc mở lại bài từ trang khóa học.
problem-web-method = Cách gửi không được chấp nhận
problem-web-method-sentence = Địa chỉ này không nhận kiểu yêu cầu mà trình duyệt vừa gửi.
problem-web-method-fix = Bạn hãy mở lại bài từ trang khóa học.
problem-web-media-type = Kiểu dữ liệu không được chấp nhận
problem-web-media-type-sentence = Dữ liệu gửi lên không thuộc kiểu mà địa chỉ này đọc được.
problem-web-media-type-fix = Bạn hãy tải lại trang rồi thử lại. Nếu bạn viết chương trình gọi tới đây, hãy kiểm tra tiêu đề Content-Type.
problem-web-too-large = Dữ liệu gửi lên quá lớn
problem-web-too-large-sentence = Dữ liệu vượt quá dung lượng cho phép nên không có gì được lưu.
problem-web-too-large-fix = Bạn hãy rút gọn nội dung rồi gửi lại.
problem-web-slow = Dữ liệu đến quá chậm
problem-web-slow-sentence = Trình duyệt bắt đầu gửi dữ liệu nhưng không gửi hết trong thời gian cho phép nên chưa có gì được lưu.
problem-web-slow-fix = Bạn hãy kiểm tra đường truyền rồi gửi lại.
problem-web-form = Không đọc được biểu mẫu
problem-web-form-sentence = Biểu mẫu gửi lên bị hỏng: sai dạng, có mục gửi hai lần hoặc có ký tự không hợp lệ. Không có gì được thay đổi.
problem-web-form-fix = Bạn hãy quay lại, tải lại trang rồi gửi lần nữa.
problem-web-csrf = Biểu mẫu đã cũ
problem-web-csrf-sentence = Biểu mẫu bạn gửi không còn khớp với phiên làm việc hiện tại nên không có gì được thay đổi.
problem-web-csrf-fix = Bạn hãy quay lại trang trước, tải lại trang rồi gửi lần nữa.
problem-web-session = Phiên làm việc đã kết thúc
problem-web-session-sentence = Trình duyệt này không có phiên làm việc còn hiệu lực cho trang bạn mở.
problem-web-session-fix = Bạn hãy mở lại bài từ trang khóa học. Bài làm đã lưu không bị mất.
problem-web-forbidden = Bạn không có quyền làm việc này
problem-web-forbidden-sentence = Vai trò của bạn trong khóa học không cho phép việc này.
problem-web-forbidden-fix = Nếu bạn cần quyền này, hãy hỏi giáo viên hoặc quản trị viên Moodle về vai trò của bạn trong khóa học.
problem-web-conflict = Có người đã lưu trước bạn
problem-web-conflict-sentence = Trong lúc bạn sửa, một người khác hoặc một tab khác đã lưu thay đổi, nên bản của bạn chưa được lưu.
problem-web-conflict-fix = Bạn hãy quay lại, chép lại phần mình đã sửa, tải lại trang rồi sửa trên bản mới.
problem-web-draft = Bài chưa xuất bản được
problem-web-draft-sentence = Bản nháp còn thiếu hoặc sai ở một số chỗ nên chưa thể dùng cho sinh viên.
problem-web-draft-fix = Giáo viên hãy mở trang soạn bài, sửa những chỗ được đánh dấu rồi xuất bản lại.
problem-web-correction = Cách sửa điểm này không dùng được
problem-web-correction-sentence = Cách sửa không khớp với câu hỏi: không có phương án đúng nào, điểm ngoài giới hạn, hoặc không còn câu nào được tính điểm. Chưa có gì thay đổi.
problem-web-correction-fix = Giáo viên hãy quay lại trang Chấm lại và chọn cách sửa khác.
problem-web-regrade = Cách chấm vừa được người khác sửa
problem-web-regrade-sentence = Từ lúc xem trước tới lúc áp dụng, đã có một lần chấm lại khác của bài này. Chưa có gì của bạn được áp dụng.
problem-web-regrade-fix = Giáo viên hãy mở lại trang xem trước, bấm “Tính lại” rồi xem kết quả theo cách chấm hiện nay.
problem-web-too-many = Quá nhiều lần thử không thành công
problem-web-too-many-sentence = Từ địa chỉ mạng này có quá nhiều yêu cầu không hợp lệ trong thời gian ngắn.
problem-web-too-many-fix = Bạn hãy đợi vài phút rồi mở lại bài từ trang khóa học. Bài làm đã lưu không bị mất.
problem-web-link = Liên kết quản trị không còn dùng được
problem-web-link-sentence = Liên kết này không tồn tại, đã được dùng hoặc đã hết hạn.
problem-web-link-fix = Việc này do quản trị viên Taynghe xử lý: tạo liên kết mới bằng lệnh “taynghe admin link”.

## Máy chủ

problem-sys-busy = Máy chủ đang bận
problem-sys-busy-sentence = Hiện có quá nhiều yêu cầu nên yêu cầu này chưa được xử lý.
problem-sys-busy-fix = Bạn hãy đợi một phút rồi thử lại. Bài làm đã lưu không bị mất.
problem-sys-internal = Máy chủ gặp lỗi
problem-sys-internal-sentence = Lỗi này nằm ở phía Taynghe, không phải do bạn.
problem-sys-internal-fix = Bạn hãy thử lại. Nếu vẫn lỗi, hãy gửi mã tra cứu cho quản trị viên Taynghe để tìm trong nhật ký.

## Làm bài

problem-att-not-open-yet = Bài chưa mở
problem-att-not-open-yet-sentence = Chưa đến giờ mở bài này.
problem-att-not-open-yet-fix = Bạn hãy quay lại vào giờ mở ghi trên trang giới thiệu bài.
problem-att-closed-date = Bài đã đóng
problem-att-closed-date-sentence = Đã quá giờ đóng bài nên không thể bắt đầu lượt làm mới.
problem-att-closed-date-fix = Nếu bạn cần làm bù, hãy hỏi giáo viên.
problem-att-no-attempts-left = Đã hết lượt làm bài
problem-att-no-attempts-left-sentence = Bạn đã dùng hết số lượt được phép.
problem-att-no-attempts-left-fix = Nếu bạn cần thêm lượt, hãy hỏi giáo viên.
problem-att-wait = Chưa đến lúc làm lượt tiếp theo
problem-att-wait-sentence = Giữa hai lượt làm bài phải có một khoảng thời gian chờ, và khoảng chờ này chưa hết.
problem-att-wait-fix = Bạn hãy quay lại vào giờ ghi trên trang giới thiệu bài.
problem-att-password = Mật khẩu không đúng
problem-att-password-sentence = Bài này cần mật khẩu để bắt đầu; bạn chưa nhập hoặc nhập chưa đúng.
problem-att-password-fix = Bạn hãy kiểm tra bàn phím và bộ gõ, rồi nhập lại. Nếu chưa biết mật khẩu, hãy hỏi giáo viên.
problem-att-on-break = Bạn đang nghỉ giữa giờ
problem-att-on-break-sentence = Đồng hồ đang dừng, nên lúc này không trả lời được câu nào.
problem-att-on-break-fix = Bạn hãy mở lại trang và bấm “Làm tiếp”.
problem-att-no-break = Không có giờ nghỉ
problem-att-no-break-sentence = Bạn không còn giờ nghỉ cho lượt làm này, hoặc giờ nghỉ đã hết.
problem-att-no-break-fix = Nếu bạn cần nghỉ thêm, hãy báo giáo viên.
problem-att-already-open = Bạn đang có một lượt làm dở
problem-att-already-open-sentence = Một lượt làm bài vẫn đang mở nên không thể bắt đầu lượt khác.
problem-att-already-open-fix = Bạn hãy mở lại bài từ khóa học và chọn “Làm tiếp”.
problem-att-not-a-learner = Chỉ sinh viên mới làm bài
problem-att-not-a-learner-sentence = Trong khóa học này bạn không có vai trò sinh viên nên không có lượt làm bài nào được ghi.
problem-att-not-a-learner-fix = Giáo viên có thể dùng chức năng xem trước. Nếu bạn là sinh viên, hãy hỏi giáo viên về việc ghi danh.
problem-att-closed = Bài đã nộp
problem-att-closed-sentence = Lượt làm này đã nộp nên không nhận thêm câu trả lời.
problem-att-closed-fix = Bạn hãy mở lại bài từ khóa học để xem kết quả. Nếu cần mở lại lượt làm, hãy hỏi giáo viên.
problem-att-time-over = Đã hết giờ
problem-att-time-over-sentence = Câu trả lời này được gửi sau khi hết giờ nên không được tính.
problem-att-time-over-fix = Những câu đã lưu trước đó vẫn được tính. Nếu bạn gặp sự cố, hãy báo cho giáo viên.
problem-att-arrived-late = Câu trả lời tới quá muộn
problem-att-arrived-late-sentence = Theo đồng hồ của thiết bị, bạn trả lời kịp giờ nhưng câu trả lời tới máy chủ quá muộn nên chưa được tính.
problem-att-arrived-late-fix = Câu trả lời vẫn được giữ trên thiết bị này. Bạn hãy báo cho giáo viên kèm các mã trên trang này.
problem-att-writer = Bài đang được làm ở nơi khác
problem-att-writer-sentence = Một tab hoặc thiết bị khác đang ghi vào lượt làm này.
problem-att-writer-fix = Bạn hãy làm tiếp ở tab hoặc thiết bị đó, hoặc tải lại trang này rồi chọn “Làm tiếp ở đây”.
problem-att-entry-conflict = Câu trả lời mâu thuẫn
problem-att-entry-conflict-sentence = Máy chủ đã lưu một câu trả lời khác dưới cùng số thứ tự.
problem-att-entry-conflict-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-entry-gap = Thiếu một câu trả lời ở giữa
problem-att-entry-gap-sentence = Câu trả lời này không nối tiếp câu trả lời đã lưu gần nhất.
problem-att-entry-gap-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-chain = Chuỗi câu trả lời không khớp
problem-att-chain-sentence = Mã kiểm tra của câu trả lời không khớp với những gì đã lưu trước đó.
problem-att-chain-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-entry-kind = Thao tác không được phép
problem-att-entry-kind-sentence = Trang làm bài đã gửi một thao tác mà sinh viên không thực hiện được.
problem-att-entry-kind-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-slot-unknown = Không có câu hỏi này
problem-att-slot-unknown-sentence = Lượt làm bài này không có câu hỏi mà câu trả lời nhắc tới.
problem-att-slot-unknown-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-response-invalid = Câu trả lời không hợp lệ
problem-att-response-invalid-sentence = Câu trả lời gửi lên không phù hợp với câu hỏi.
problem-att-response-invalid-fix = Bạn hãy tải lại trang làm bài; các câu trả lời đã lưu vẫn còn.
problem-att-question-finished = Câu hỏi này đã xong
problem-att-question-finished-sentence = Câu trả lời đã được kiểm tra; câu hỏi không nhận thêm câu trả lời nữa.
problem-att-question-finished-fix = Bạn hãy tải lại trang làm bài để xem kết quả của câu hỏi rồi làm tiếp các câu khác.
problem-att-not-checkable = Không kiểm tra được câu trả lời này
problem-att-not-checkable-sentence = Bài kiểm tra không cho kiểm tra từng câu, câu hỏi phải chờ người chấm, hoặc câu hỏi chưa có câu trả lời.
problem-att-not-checkable-fix = Bạn hãy tải lại trang làm bài, trả lời câu hỏi rồi kiểm tra lại.
problem-att-too-large = Câu trả lời quá dài
problem-att-too-large-sentence = Câu trả lời hoặc số lần thay đổi vượt quá giới hạn.
problem-att-too-large-fix = Bạn hãy rút gọn câu trả lời. Bạn vẫn có thể nộp bài với những gì đã lưu.

## Đăng nhập quản trị bằng tài khoản của trường (OpenID Connect)

problem-oid-provider = Không có nơi đăng nhập này
problem-oid-provider-sentence = Taynghe không được cấu hình để đăng nhập qua địa chỉ này.
problem-oid-provider-fix = Bạn hãy mở lại trang /administration và chọn trong danh sách ở đó. Quản trị viên Taynghe kiểm tra các mục [sign_in.…] trong tệp cấu hình.
problem-oid-unreachable = Không kết nối được với nơi đăng nhập
problem-oid-unreachable-sentence = Dịch vụ tài khoản của trường không trả lời hoặc đang gặp sự cố.
problem-oid-unreachable-fix = Bạn hãy thử lại sau vài phút. Nếu vẫn lỗi, quản trị viên Taynghe kiểm tra xem máy chủ này có truy cập được địa chỉ issuer hay không, và vào tạm bằng “taynghe admin link”.
problem-oid-configuration = Cấu hình đăng nhập chưa khớp
problem-oid-configuration-sentence = Cấu hình ở Taynghe và ở dịch vụ tài khoản của trường không khớp nhau.
problem-oid-configuration-fix = Quản trị viên Taynghe so lại issuer, client_id và khóa bí mật (có thể đã hết hạn) với dịch vụ tài khoản. Nguyên nhân cụ thể nằm trong nhật ký máy chủ theo mã tra cứu.
problem-oid-state = Lần đăng nhập này không còn hiệu lực
problem-oid-state-sentence = Lần đăng nhập đã quá 10 phút, đã được dùng rồi hoặc không bắt đầu từ đây.
problem-oid-state-fix = Bạn hãy mở lại trang /administration và đăng nhập lại; đừng dùng nút “Quay lại” hay “Tải lại” của trình duyệt.
problem-oid-browser = Đăng nhập bắt đầu ở một trình duyệt khác
problem-oid-browser-sentence = Trình duyệt này không giữ cookie của lần đăng nhập, nên có thể người khác đã bắt đầu lần đăng nhập đó.
problem-oid-browser-fix = Bạn hãy cho phép cookie, mở lại trang /administration và đăng nhập từ đầu trong cùng một trình duyệt.
problem-oid-issuer = Câu trả lời đến từ nơi khác
problem-oid-issuer-sentence = Câu trả lời đăng nhập không đến từ dịch vụ tài khoản mà bạn đã chọn, nên không được dùng.
problem-oid-issuer-fix = Bạn hãy đăng nhập lại từ trang /administration. Nếu vẫn lỗi, quản trị viên Taynghe so lại issuer trong tệp cấu hình với dịch vụ tài khoản.
problem-oid-denied = Việc đăng nhập đã bị hủy
problem-oid-denied-sentence = Bạn đã hủy đăng nhập, hoặc dịch vụ tài khoản của trường không cho tài khoản này dùng Taynghe.
problem-oid-denied-fix = Nếu bạn lỡ tay hủy, hãy đăng nhập lại từ trang /administration. Nếu không, quản trị viên của dịch vụ tài khoản cần cho phép tài khoản này dùng ứng dụng Taynghe.
problem-oid-answer = Nơi đăng nhập báo lỗi
problem-oid-answer-sentence = Dịch vụ tài khoản của trường đã trả về một lỗi thay vì xác nhận đăng nhập.
problem-oid-answer-fix = Bạn hãy thử lại từ trang /administration. Nếu vẫn lỗi, quản trị viên Taynghe tìm tên lỗi trong nhật ký máy chủ theo mã tra cứu.
problem-oid-code = Mã đăng nhập không dùng được nữa
problem-oid-code-sentence = Dịch vụ tài khoản không nhận mã đăng nhập: mã đã dùng rồi hoặc đã hết hạn.
problem-oid-code-fix = Bạn hãy đăng nhập lại từ trang /administration.
problem-oid-token = Không tin được câu trả lời đăng nhập
problem-oid-token-sentence = Mã xác nhận (ID token) của dịch vụ tài khoản không hợp lệ: chữ ký, nơi cấp hoặc nơi nhận không đúng.
problem-oid-token-fix = Quản trị viên Taynghe so lại issuer và client_id, và tìm nguyên nhân trong nhật ký máy chủ theo mã tra cứu.
problem-oid-nonce = Câu trả lời thuộc về một lần đăng nhập khác
problem-oid-nonce-sentence = Mã xác nhận (ID token) của dịch vụ tài khoản không phải dành cho lần đăng nhập này.
problem-oid-nonce-fix = Bạn hãy đăng nhập lại từ trang /administration.
problem-oid-time = Giờ của hai máy chủ không khớp
problem-oid-time-sentence = Mã xác nhận (ID token) của dịch vụ tài khoản đã hết hạn hoặc ghi một thời điểm trong tương lai.
problem-oid-time-fix = Bạn hãy đăng nhập lại. Nếu lần nào cũng lỗi, quản trị viên Taynghe bật đồng bộ giờ (NTP) trên máy chủ.
problem-oid-tenant = Tài khoản thuộc về tổ chức khác
problem-oid-tenant-sentence = Tài khoản Microsoft này không thuộc tổ chức được phép đăng nhập.
problem-oid-tenant-fix = Bạn hãy chọn tài khoản của trường. Nếu đúng là tài khoản đó, quản trị viên Taynghe thêm mã tenant của trường vào “tenants” trong tệp cấu hình.
problem-oid-email = Địa chỉ e-mail chưa được xác minh
problem-oid-email-sentence = Địa chỉ này có trong danh sách quản trị viên, nhưng dịch vụ tài khoản không xác nhận địa chỉ là của bạn.
problem-oid-email-fix = Bạn hãy xác minh địa chỉ ở dịch vụ tài khoản. Nếu dịch vụ không cho biết điều đó (email_verified), quản trị viên Taynghe cho phép bạn bằng vai trò hoặc mã người dùng (sub) thay cho e-mail.
problem-oid-role = Tài khoản này không có quyền quản trị
problem-oid-role-sentence = Bạn đã đăng nhập đúng, nhưng tài khoản này không được cấu hình là quản trị viên Taynghe.
problem-oid-role-fix = Quản trị viên Taynghe thêm bạn vào tệp cấu hình, hoặc quản trị viên của dịch vụ tài khoản trao cho bạn vai trò đã được cấu hình ở đó.
