# Các loại câu hỏi và ô nhập của chúng trong trang soạn bài
authoring-more = Loại câu hỏi khác
authoring-stem = Nội dung câu hỏi (không bắt buộc)
authoring-line = Dòng { $line }: { $problem }

authoring-kind-short-text = Trả lời ngắn
authoring-kind-numerical = Trả lời bằng số
authoring-kind-calculated = Tính toán, số liệu thay đổi
authoring-kind-matching = Ghép cặp
authoring-kind-ordering = Sắp xếp thứ tự
authoring-kind-cloze = Điền chỗ trống
authoring-kind-select-missing-words = Chọn từ cho chỗ trống
authoring-kind-hottext = Chọn đoạn trong văn bản
authoring-kind-program-gaps = Chương trình CNC có chỗ trống
authoring-kind-matrix = Bảng chọn
authoring-kind-associate = Nối từng đôi
authoring-kind-slider = Thanh trượt
authoring-kind-likert = Thang ý kiến (không chấm điểm)
authoring-kind-information = Thông tin (không phải câu hỏi)

authoring-field-answers = Câu trả lời được chấp nhận
authoring-field-without-marks = Gõ thiếu dấu tiếng Việt được mấy phần trăm điểm (để trống: không được điểm)
authoring-field-case-sensitive = Phân biệt chữ hoa và chữ thường
authoring-field-german-digraphs = Coi ä, ö, ü, ß và ae, oe, ue, ss là như nhau
authoring-field-unit = Đơn vị (để trống nếu không có)
authoring-field-unit-typed = Sinh viên có phải gõ đơn vị không
authoring-field-unit-penalty = Trừ bao nhiêu phần trăm khi sai hoặc thiếu đơn vị
authoring-field-variables = Các biến
authoring-field-shown-digits = Kết quả được làm tròn đến
authoring-field-shown = Cách làm tròn
authoring-field-variants = Số bộ số liệu
authoring-field-pairs = Các cặp
authoring-field-distractors = Phương án nhiễu (không bắt buộc)
authoring-field-shuffle = Xáo trộn
authoring-field-pieces = Các mục theo đúng thứ tự
authoring-field-order-scoring = Cách chấm
authoring-field-text = Văn bản
authoring-field-penalty = Trừ cho mỗi lựa chọn sai (% điểm của câu)
authoring-field-program = Chương trình
authoring-field-any-order = Trong một câu lệnh, các từ lệnh viết theo thứ tự nào cũng được
authoring-field-without-block-numbers = Bỏ qua số thứ tự câu lệnh (N10)
authoring-field-share-per-word = Mỗi từ lệnh đúng được một phần điểm
authoring-field-columns = Các cột
authoring-field-rows = Các hàng và cột đúng
authoring-field-several-per-row = Mỗi hàng có thể chọn nhiều cột
authoring-field-partial-rows = Hàng đúng một phần được một phần điểm
authoring-field-links = Các đôi
authoring-field-minimum = Giá trị nhỏ nhất
authoring-field-maximum = Giá trị lớn nhất
authoring-field-step = Bước
authoring-field-right = Giá trị đúng
authoring-field-tolerance = Sai lệch cho phép
authoring-field-statements = Các phát biểu
authoring-field-scale = Các mức của thang

authoring-choice-unit-typed-given = Không, đơn vị ghi sẵn cạnh ô
authoring-choice-unit-typed-optional = Gõ cũng được
authoring-choice-unit-typed-required = Bắt buộc gõ
authoring-choice-shown-decimals = chữ số sau dấu phẩy
authoring-choice-shown-digits = chữ số có nghĩa
authoring-choice-order-scoring-position = Mỗi mục đứng đúng vị trí được một phần điểm
authoring-choice-order-scoring-neighbours = Mỗi mục đứng ngay sau đúng mục trước nó được một phần điểm
authoring-choice-order-scoring-pairs = Mỗi hai mục đúng thứ tự trước sau được một phần điểm
authoring-choice-order-scoring-longest-run = Dãy đúng thứ tự dài nhất, có thể cách quãng
authoring-choice-order-scoring-longest-unbroken-run = Dãy đúng thứ tự dài nhất, liền nhau
authoring-choice-order-scoring-all-or-nothing = Đúng hết mới có điểm

authoring-hint-short-text-answers = Mỗi dòng một câu trả lời. Dấu * thay cho chữ bất kỳ. Chỉ được một phần điểm: thước kẹp | 50 %. Có thể thêm phản hồi sau một dấu | nữa.
authoring-hint-numerical-answers = Mỗi dòng một số, có thể kèm sai số: 25,4 ± 0,1 hoặc 25,4 ± 1 %. Chỉ được một phần điểm: 25 ± 0,5 | 50 %.
authoring-hint-calculated-answers = Biểu thức từ các biến, có thể kèm sai số: 1000*{"{"}vc{"}"}/(pi*{"{"}d{"}"}) ± 1 %.
authoring-hint-calculated-variables = Mỗi dòng một biến: d = 20 .. 60 | 5 (từ, đến, bước); z = 2; 4; 6 (từng giá trị); hoặc một biểu thức từ các biến ở trên. Viết {"{"}d{"}"} trong câu hỏi để hiện giá trị.
authoring-hint-matching-pairs = Mỗi dòng một cặp, dấu = ở giữa. Ví dụ: Thước cặp = đo đường kính ngoài
authoring-hint-matching-distractors = Mỗi dòng một phương án không ghép với vế nào.
authoring-hint-ordering-pieces = Mỗi dòng một mục, từ đầu đến cuối. Sinh viên thấy các mục đã xáo trộn.
authoring-hint-cloze-text = Viết chỗ trống giữa [[ và ]]. Gõ chữ: [[thước cặp | thước kẹp (50 %)]]. Chọn: [[*đúng | sai | sai]]. Nhập số: [[=25,4 ± 0,1 mm]].
authoring-hint-select-missing-words-text = Viết từ đúng giữa [[ và ]]; sinh viên chọn từ đó trong danh sách.
authoring-hint-select-missing-words-distractors = Mỗi dòng một từ không thuộc chỗ trống nào.
authoring-hint-hottext-text = Viết đoạn có thể chọn giữa [[ và ]], thêm dấu * trước đoạn phải chọn: [[*đeo găng khi khoan]], [[đeo kính]].
authoring-hint-program-gaps-program = Viết phần sinh viên phải điền giữa [[ và ]]. Cách viết khác cũng đúng thì ngăn bằng dấu |: [[G01 X25.5 | G01 U0.5]]. G01 X25.5 và G1 X25,5 luôn được coi là như nhau.
authoring-hint-matrix-columns = Mỗi dòng một cột.
authoring-hint-matrix-rows = Mỗi dòng một hàng, dấu = trước cột đúng: Kính bảo hộ = Bắt buộc. Nhiều cột đúng thì ngăn bằng dấu |.
authoring-hint-associate-links = Mỗi dòng một đôi, dấu = ở giữa: Bu lông = Đai ốc. Dòng không có dấu = là phương án nhiễu.
authoring-hint-likert-statements = Mỗi dòng một phát biểu.
authoring-hint-likert-scale = Mỗi dòng một mức, từ đầu này đến đầu kia của thang.

# Biểu thức sai: sai gì, ở đâu
authoring-expression-empty = Biểu thức để trống.
authoring-expression-too-long = Biểu thức quá dài.
authoring-expression-too-deep = Biểu thức có quá nhiều lớp ngoặc, lũy thừa hoặc dấu âm lồng nhau.
authoring-expression-unknown-letter = Ký tự này không dùng được trong biểu thức.
authoring-expression-unexpected = Chỗ này không đúng cú pháp: có thể thiếu một phép tính, một số hoặc dấu ngoặc.
authoring-expression-unexpected-end = Biểu thức chưa hết: thiếu phần sau hoặc dấu ngoặc đóng.
authoring-expression-decimal-comma = Trong biểu thức, số thập phân viết bằng dấu chấm: 12.5.
authoring-expression-unknown-variable = Câu hỏi không có biến này.
authoring-expression-loop = Biến này được tính từ chính nó hoặc từ biến ở dòng dưới.
authoring-expression-unknown-function = Không có hàm này.
authoring-expression-argument-count = Hàm này có quá ít hoặc quá nhiều tham số.
authoring-expression-division-by-zero = Chia cho 0 với ít nhất một bộ giá trị.
authoring-expression-outside-domain = Hàm không xác định với ít nhất một bộ giá trị, ví dụ căn của số âm.
authoring-expression-too-large = Kết quả quá lớn để tính.
authoring-at = (ký tự thứ { $column } của biểu thức)
authoring-at-line = (dòng { $line }, ký tự thứ { $column } của biểu thức)

authoring-kind-essay = Bài viết (giáo viên chấm)
authoring-kind-upload = Nộp tệp hoặc ảnh (giáo viên chấm)
authoring-kind-drag-onto-image = Gắn nhãn lên hình
authoring-kind-mark-spot = Đánh dấu vị trí trên hình
authoring-kind-graphic-order = Xếp thứ tự trên hình
authoring-field-fewest-words = Ít nhất bao nhiêu từ (để trống nếu không giới hạn)
authoring-field-most-words = Nhiều nhất bao nhiêu từ (để trống nếu không giới hạn)
authoring-field-lines = Ô trả lời cao mấy dòng
authoring-field-template = Viết sẵn trong ô trả lời (không bắt buộc)
authoring-field-notes-for-markers = Ghi chú cho người chấm (không bắt buộc)
authoring-field-kind-picture = Nhận ảnh
authoring-field-kind-pdf = Nhận PDF
authoring-field-kind-text = Nhận văn bản thuần và chương trình máy
authoring-field-kind-office = Nhận tài liệu văn phòng
authoring-field-kind-audio = Nhận âm thanh
authoring-field-kind-video = Nhận video
authoring-field-kind-archive = Nhận ZIP
authoring-field-from-camera = Có nút chụp ảnh trên điện thoại
authoring-field-most-files = Nhiều nhất mấy tệp
authoring-field-most-megabytes = Mỗi tệp nhiều nhất mấy MB (tối đa 20)
authoring-field-picture = Hình
authoring-field-alternative = Mô tả hình bằng lời cho người không nhìn thấy
authoring-field-zones = Các nhãn và vùng của chúng
authoring-field-regions = Các vùng phải tìm
authoring-field-spots = Các điểm theo đúng thứ tự
authoring-hint-essay-template = Sinh viên viết tiếp từ đây.
authoring-hint-essay-notes-for-markers = Sinh viên không thấy phần này.
authoring-hint-upload-notes-for-markers = Sinh viên không thấy phần này.
authoring-hint-drag-onto-image-zones = Mỗi dòng một vùng, tính bằng điểm ảnh: Mâm cặp = 120 40 200 90 (hình chữ nhật: trái, trên, rộng, cao) hoặc 120 40 30 (hình tròn: tâm và bán kính). Có thể thêm tên vùng sau dấu |.
authoring-hint-drag-onto-image-distractors = Mỗi dòng một nhãn không thuộc vùng nào.
authoring-hint-mark-spot-regions = Mỗi dòng một vùng, tính bằng điểm ảnh: Nút dừng khẩn = 120 40 30 (hình tròn: tâm và bán kính) hoặc 120 40 200 90 (hình chữ nhật: trái, trên, rộng, cao).
authoring-hint-graphic-order-spots = Mỗi dòng một điểm, tính bằng điểm ảnh: Điểm A = 120 40. Tên không được để lộ thứ tự.
authoring-field-parts = Trọng số và phản hồi của từng phần (không bắt buộc)
authoring-field-part-weights = Trọng số của từng phần (không bắt buộc)
authoring-field-part-feedback = Phản hồi cho từng đoạn (không bắt buộc)
authoring-hint-parts = Mỗi dòng một phần (cặp, chỗ trống, hàng, vùng), gọi theo số thứ tự: 2 = 3 | Xem lại bài 2. Phần thứ 2 nặng gấp ba phần khác; ai làm sai phần này sẽ thấy lời phản hồi. Có thể chỉ ghi trọng số hoặc chỉ ghi phản hồi.
authoring-hint-part-weights = Mỗi dòng một phần, gọi theo số thứ tự: 2 = 3 nghĩa là phần thứ 2 nặng gấp ba phần khác.
authoring-hint-part-feedback = Mỗi dòng một đoạn, gọi theo số thứ tự: 2 = Kính bảo hộ là bắt buộc. Ai chọn đoạn này sẽ thấy lời phản hồi.
authoring-field-shuffle-stems = Xáo trộn cả vế trái
authoring-field-links-at-most = Được ghép nhiều nhất mấy đôi (để trống: theo số đôi đúng)
authoring-field-marks-at-most = Được đánh dấu nhiều nhất mấy điểm (để trống: theo số vùng)
authoring-field-choose-at-most = Được chọn nhiều nhất mấy đoạn (để trống: tất cả)
authoring-field-fewest-files = Ít nhất mấy tệp
