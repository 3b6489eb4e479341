use super::*;

#[track_caller]
fn check(content: &[u8], name: &str, claimed: &str, expected: Result<&str, FileCode>) {
    let found = recognise(content, name, claimed).map(|format| format.media_type);
    assert_eq!(found, expected, "{name} {claimed}");
}

fn zip(first: &str) -> Vec<u8> {
    let mut head = b"PK\x03\x04".to_vec();
    head.resize(26, 0);
    head.extend([first.len() as u8, 0, 0, 0]);
    head.extend(first.as_bytes());
    head
}

fn iso(brand: &str) -> Vec<u8> {
    [b"\0\0\0\x18ftyp", brand.as_bytes(), b"\0\0\0\0"].concat()
}

const JPEG_HEAD: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];

#[test]
fn content_says_what_a_file_is() {
    check(JPEG_HEAD, "ảnh.JPG", "image/jpeg", Ok("image/jpeg"));
    check(JPEG_HEAD, "ảnh", "", Ok("image/jpeg"));
    check(b"\x89PNG\r\n\x1a\n", "a.png", "image/png", Ok("image/png"));
    check(b"GIF89a", "a.gif", "", Ok("image/gif"));
    check(b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp", Ok("image/webp"));
    check(b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio/wav", Ok("audio/wav"));
    check(b"%PDF-1.7", "a.pdf", "application/pdf", Ok("application/pdf"));
    check(b"ID3\x04\0", "a.mp3", "audio/mpeg", Ok("audio/mpeg"));
    check(&[0xff, 0xfb, 0x90, 0x64], "a.mp3", "", Ok("audio/mpeg"));
    check(b"OggS\0", "a.ogg", "audio/ogg", Ok("audio/ogg"));
    check(&iso("M4A "), "a.m4a", "audio/x-m4a", Ok("audio/mp4"));
    check(&iso("isom"), "ghi âm.m4a", "audio/mp4", Ok("audio/mp4"));
    check(&iso("isom"), "a.mp4", "video/mp4", Ok("video/mp4"));
    let captions: &[u8] = b"\xef\xbb\xbfWEBVTT - A lathe\n\n1\n00:01.000 --> 00:02.500 align:start\nAn.\n";
    check(captions, "a.vtt", "text/vtt", Ok("text/vtt; charset=utf-8"));
    check(
        b"WEBVTT\n\n01:00:01.000 --> 01:00:02.500\nAn.\n",
        "a.vtt",
        "",
        Ok("text/vtt; charset=utf-8"),
    );
    check(
        &zip("[Content_Types].xml"),
        "a.docx",
        "",
        Ok("application/octet-stream"),
    );
    check(&zip("mimetype"), "a.odt", "", Ok("application/octet-stream"));
    check(
        &zip("O1234.nc"),
        "a.zip",
        "application/zip",
        Ok("application/zip"),
    );
    check(
        "G01 X25.5 Z-40\r\nM30\r\n%".as_bytes(),
        "O0001.NC",
        "",
        Ok("text/plain; charset=utf-8"),
    );
}

#[test]
fn what_is_not_what_its_name_says_is_refused() {
    check(b"%PDF-1.7", "a.jpg", "image/jpeg", Err(FileCode::Mismatch));
    check(
        b"1\n00:01.000 --> 00:02.000\nAn.\n",
        "a.vtt",
        "text/vtt",
        Err(FileCode::Mismatch),
    );
    check(
        b"WEBVTTX\n00:01.000 --> 00:02.000\n",
        "a.vtt",
        "",
        Err(FileCode::Mismatch),
    );
    check(
        b"WEBVTT\n\n00:01 --> 00:02\nAn.\n",
        "a.vtt",
        "",
        Err(FileCode::Mismatch),
    );
    check(b"WEBVTT\n", "a.vtt", "", Err(FileCode::Mismatch));
    check(JPEG_HEAD, "a.pdf", "", Err(FileCode::Mismatch));
    check(JPEG_HEAD, "a.html", "", Err(FileCode::Mismatch));
    check(JPEG_HEAD, "a.jpg", "application/pdf", Err(FileCode::Mismatch));
    check(JPEG_HEAD, "a.jpg", "text/html", Err(FileCode::Mismatch));
    check(
        b"<html><script>alert(1)</script>",
        "a.png",
        "image/png",
        Err(FileCode::Mismatch),
    );
    check(b"MZ\x90\0\x03\0\0\0", "a.jpg", "image/jpeg", Err(FileCode::Kind));
    check(b"hello", "a.mp3", "audio/mpeg", Err(FileCode::Mismatch));
    check(&zip("word/vbaProject.bin"), "a.docm", "", Err(FileCode::Mismatch));
    check(&zip("AndroidManifest.xml"), "a.apk", "", Err(FileCode::Mismatch));
    check(&zip("O1234.nc"), "a.docx", "", Err(FileCode::Mismatch));
}

#[test]
fn what_no_place_takes_is_named() {
    check(b"", "a.jpg", "image/jpeg", Err(FileCode::Empty));
    check(
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "a.svg",
        "image/svg+xml",
        Err(FileCode::Drawing),
    );
    check(
        b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><SVG onload='x'>",
        "a.png",
        "image/png",
        Err(FileCode::Drawing),
    );
    check(b"<html></html>", "a.html", "text/html", Err(FileCode::Kind));
    check(b"<script>x</script>", "a.txt", "text/plain", Err(FileCode::Kind));
    check(b"#!/bin/sh", "a.txt", "", Err(FileCode::Kind));
    check(&iso("heic"), "IMG_1.HEIC", "image/heic", Err(FileCode::Kind));
    check(&[0xfe, 0xff, 0, 0x41], "a.txt", "", Err(FileCode::Kind));
    check(b"\x7fELF\x02", "a", "", Err(FileCode::Kind));
}

#[test]
fn file_fields_offer_what_is_taken() {
    assert_eq!(accepted(FileKind::Pdf), ".pdf");
    assert!(
        accepted(FileKind::Picture).starts_with("image/jpeg,")
            && accepted(FileKind::Picture).ends_with(".webp")
    );
    for kind in FileKind::ALL {
        assert!(!accepted(kind).is_empty(), "{kind:?}");
    }
}
