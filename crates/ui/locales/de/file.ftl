# Dateien: Arten und Größen
file-kind-picture = Bilder (JPG, PNG, WebP, GIF)
file-kind-pdf = PDF
file-kind-text = reiner Text und Maschinenprogramme (TXT, CSV, NC)
file-kind-office = Office-Dokumente (Word, Excel, PowerPoint, ODF)
file-kind-audio = Ton (MP3, M4A, OGG, WAV)
file-kind-video = Video (MP4, WebM)
file-kind-archive = ZIP
file-size-kb = { $size } KB
file-size-mb = { $size } MB
