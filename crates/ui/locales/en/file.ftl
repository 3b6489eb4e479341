# Files: kinds and sizes
file-kind-picture = pictures (JPG, PNG, WebP, GIF)
file-kind-pdf = PDF
file-kind-text = plain text and machine programs (TXT, CSV, NC)
file-kind-office = office documents (Word, Excel, PowerPoint, ODF)
file-kind-audio = sound (MP3, M4A, OGG, WAV)
file-kind-video = video (MP4, WebM)
file-kind-archive = ZIP
file-size-kb = { $size } KB
file-size-mb = { $size } MB
