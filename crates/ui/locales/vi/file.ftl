# Tệp: loại và kích thước
file-kind-picture = ảnh (JPG, PNG, WebP, GIF)
file-kind-pdf = PDF
file-kind-text = văn bản thuần và chương trình máy (TXT, CSV, NC)
file-kind-office = tài liệu văn phòng (Word, Excel, PowerPoint, ODF)
file-kind-audio = âm thanh (MP3, M4A, OGG, WAV)
file-kind-video = video (MP4, WebM)
file-kind-archive = ZIP
file-size-kb = { $size } KB
file-size-mb = { $size } MB
