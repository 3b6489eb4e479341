//! What authors may not smuggle into a page, and what must survive.

use std::fmt::Write;

use std::collections::BTreeSet;

use crate::{
    MAX_SOURCE_BYTES, Source, has_hidden_picture, has_undescribed_media, media_hashes, to_inline_html,
    to_plain, to_safe_html,
};

fn check_markdown(markdown: &str, expected: &str) {
    assert_eq!(
        to_safe_html(&Source::markdown(markdown)).trim_end(),
        expected,
        "{markdown}"
    );
}

fn check_html(html: &str, expected: &str) {
    assert_eq!(to_safe_html(&Source::html(html)), expected, "{html}");
}

/// The same attack in both formats leaves none of these behind.
fn check_harmless(attack: &str) {
    for source in [Source::markdown(attack), Source::html(attack)] {
        let html = to_safe_html(&source).to_lowercase();
        let tags: Vec<&str> = html
            .split('<')
            .skip(1)
            .map(|tag| tag.split('>').next().unwrap())
            .collect();
        for tag in tags {
            for bad in [
                "script",
                "onerror",
                "onload",
                "onclick",
                "javascript:",
                "data:",
                "vbscript:",
                "svg",
                "style",
                "iframe",
                "object",
                "embed",
                "form",
                "input",
                "base",
                "meta",
                "link",
                "annotation-xml",
                "srcdoc",
                "http://",
            ] {
                assert!(!tag.contains(bad), "{attack} became {html}");
            }
        }
    }
}

#[test]
fn markdown_becomes_html() {
    check_markdown("Đeo **kính bảo hộ**!", "<p>Đeo <strong>kính bảo hộ</strong>!</p>");
    check_markdown("~~sai~~ đúng", "<p><del>sai</del> đúng</p>");
    check_markdown("a < b & c", "<p>a &lt; b &amp; c</p>");
    check_markdown(
        "|a|b|\n|-|-|\n|1|2|",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table>",
    );
    check_markdown("", "");
}

#[test]
fn footnotes_have_no_anchors() {
    let html = to_safe_html(&Source::markdown("Bình bột[^1]\n\n[^1]: ABC"));
    assert!(html.contains("<sup>1</sup>") && html.contains("ABC"), "{html}");
    assert!(!html.contains("href") && !html.contains("id="), "{html}");
}

#[test]
fn links_open_elsewhere_and_tell_nothing() {
    check_markdown(
        "[x](https://example.org/a)",
        r#"<p><a href="https://example.org/a" target="_blank" rel="noopener noreferrer">x</a></p>"#,
    );
    check_html(
        r#"<a href="mailto:a@example.org" target="_top" rel="opener">x</a>"#,
        r#"<a href="mailto:a@example.org" target="_blank" rel="noopener noreferrer">x</a>"#,
    );
    for address in [
        "/s/1/grades",
        "grades",
        "//example.org",
        "../x",
        "#top",
        "/media/x",
        "media:x",
        " Media:x",
    ] {
        let html = to_safe_html(&Source::html(format!(r#"<a href="{address}">x</a>"#)));
        assert!(!html.contains("href") && html.contains("_blank"), "{html}");
    }
}

const HASH: &str = "0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b";

#[test]
fn sound_of_our_own_is_played() {
    #[track_caller]
    fn check(source: Source, expected: &str) {
        // the two attributes that are always set come in any order
        let html =
            to_safe_html(&source).replace(r#"preload="none" controls="""#, r#"controls="" preload="none""#);
        assert_eq!(html.trim(), expected.replace("HASH", HASH));
        assert_eq!(media_hashes(&source), BTreeSet::from([HASH.to_owned()]));
    }
    let player = r#"<audio src="media:HASH.mp3" aria-label="Tiếng &quot;lạ&quot;" controls="" preload="none"></audio>"#;
    check(
        Source::markdown(format!("![Tiếng *\"lạ\"*](media:{HASH}.mp3)")),
        &format!("<p>{player}</p>"),
    );
    check(
        Source::html(format!(
            r#"<audio autoplay onplay="x()" src="media:{HASH}.mp3" aria-label='Tiếng "lạ"'></audio>"#
        )),
        player,
    );
    let foreign = to_safe_html(&Source::html(r#"<audio src="https://example.org/a.mp3">"#));
    assert!(!foreign.contains("src"), "{foreign}");
    let words = to_plain(&Source::markdown(format!("Nghe: ![Tiếng lạ](media:{HASH}.mp3)")));
    assert_eq!(words, "Nghe:");
}

#[test]
fn media_that_nobody_described_is_found() {
    #[track_caller]
    fn check(markdown: &str, expected: bool) {
        let source = Source::markdown(markdown.replace("HASH", HASH));
        assert_eq!(has_undescribed_media(&source), expected, "{markdown}");
    }
    check("![](media:HASH)", true);
    check("![ ](media:HASH.jpg)", true);
    check("![](media:HASH.mp3)", true);
    check("![Mâm cặp](media:HASH) ![Tiếng](media:HASH.mp3)", false);
    check("![Mâm cặp](media:HASH) ![](media:HASH)", true);
    check("![\"a\" > b](media:HASH \"tiêu đề\")", false);
    check("media: không có hình", false);
}

#[test]
fn pictures_come_from_our_media() {
    let kept = |address: &str| {
        let html = to_safe_html(&Source::markdown(format!("![mâm cặp]({address})")));
        assert!(html.contains(r#"alt="mâm cặp""#), "{html}");
        html.contains(&format!(r#"src="{address}""#))
    };
    assert!(kept(&format!("media:{HASH}")));
    assert!(kept(&format!("media:{HASH}.png")));
    for address in [
        "https://example.org/a.png",
        "http://example.org/a.png",
        "data:image/png;base64,AA",
        "/s/1/x.png",
        "//example.org/a.png",
        "a.png",
        "/media/a.png",
        "media:0a1b.png",
        "media:../x",
        "MEDIA:0a1b",
        "HTTP://example.org/a.png",
        "javascript:alert(1)",
    ] {
        assert!(!kept(address), "{address}");
    }
}

#[test]
fn pictures_without_an_address_are_found() {
    #[track_caller]
    fn check(source: Source, expected: bool) {
        assert_eq!(has_hidden_picture(&source), expected, "{source:?}");
    }
    check(Source::markdown("![mâm cặp](https://example.org/a.png)"), true);
    check(
        Source::markdown("![mâm cặp][1]\n\n[1]: https://example.org/a.png"),
        true,
    );
    check(Source::markdown(format!("![mâm cặp](media:{HASH}.png)")), false);
    check(Source::markdown("Chào mừng![1] và `<img src=x>`"), false);
    check(Source::html(r#"<IMG SRC="http://example.org/a.png">"#), true);
    check(
        Source::html(format!(r#"<p><img alt="a > b" src="media:{HASH}"> src=</p>"#)),
        false,
    );
    check(Source::html(r#"<img alt=" src=" ><p title=" src=">x</p>"#), true);
    check(
        Source::html(format!(
            r#"<img src="media:{HASH}"><img src="data:image/png;base64,AA">"#
        )),
        true,
    );
}

#[test]
fn attacks_leave_nothing() {
    for attack in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"https://example.org/a.png\" onerror=\"alert(1)\">",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<form action=\"https://example.org\"><input name=a></form>",
        "<style>body{display:none}</style><p style=\"position:fixed\">x</p>",
        "<base href=\"https://example.org/\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "<object data=x></object><embed src=x>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
        "<math href=\"javascript:alert(1)\"><mi>x</mi></math>",
        "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">x</mi></math>",
        "$\\href{javascript:alert(1)}{x}$",
        "$<script>alert(1)</script>$",
        "$\\text{<img src=x onerror=alert(1)>}$",
        "`<script>alert(1)</script>`",
        "<p onclick=alert(1)>x</p>",
        "<<script>script>alert(1)</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    ] {
        check_harmless(attack);
    }
}

#[test]
fn ids_and_classes_do_not_stay() {
    check_html(r#"<p id="main" class="button">x</p>"#, "<p>x</p>");
}

#[test]
fn formulas_become_mathml() {
    let inline = to_safe_html(&Source::markdown(r"Vận tốc $v_c = \frac{\pi d n}{1000}$ m/min"));
    for part in ["<math", "<mfrac>", "<msub>", "π", "1000", "m/min"] {
        assert!(inline.contains(part), "{part} in {inline}");
    }
    let block = to_safe_html(&Source::markdown(r"$$\sqrt{a^2 + b^2}$$"));
    assert!(
        block.contains("<msqrt>") && block.contains(r#"display="block""#),
        "{block}"
    );
}

#[test]
fn a_formula_that_cannot_be_read_shows_its_source() {
    check_markdown(r"$\frac{1}$", r"<p><code>\frac{1}</code></p>");
    check_markdown(r"$\khongco$", r"<p><code>\khongco</code></p>");
    let long = "x".repeat(3_000);
    check_markdown(&format!("${long}$"), &format!("<p><code>{long}</code></p>"));
}

#[test]
fn a_price_is_no_formula() {
    check_markdown("Giá 5$ hoặc 10$.", "<p>Giá 5$ hoặc 10$.</p>");
}

#[test]
fn inline_html_drops_the_only_paragraph() {
    let check = |markdown: &str, expected: &str| {
        assert_eq!(
            to_inline_html(&Source::markdown(markdown)),
            expected,
            "{markdown}"
        );
    };
    check("**Mâm cặp**", "<strong>Mâm cặp</strong>");
    check("một\n\nhai", "<p>một</p>\n<p>hai</p>");
    check("- một", "<ul>\n<li>một</li>\n</ul>");
    check(
        "một\n\n- hai\n\n  ba",
        "<p>một</p>\n<ul>\n<li>\n<p>hai</p>\n<p>ba</p>\n</li>\n</ul>",
    );
    check("", "");
}

#[test]
fn plain_text_has_no_markup() {
    let check = |source: Source, expected: &str| assert_eq!(to_plain(&source), expected, "{source:?}");
    check(
        Source::markdown("# An **toàn**\n\nxưởng *cơ khí*"),
        "An toàn xưởng cơ khí",
    );
    check(Source::markdown("a < b & \"c\" $x^2$"), "a < b & \"c\" x^2");
    check(Source::markdown("- một\n- hai"), "một hai");
    check(
        Source::html("<b>ch</b>ữ<br>mới &amp;lt; <img alt=\"a>b\" src=x>"),
        "chữ mới &lt;",
    );
    check(Source::html("<script>alert(1)</script>còn lại"), "còn lại");
}

fn left_open(count: usize, value: &str) -> String {
    (0..count).map(|number| format!("<b a{number}{value}>")).collect()
}

#[test]
fn huge_nesting_ends_quickly() {
    let mut levels = String::new();
    for level in 0..3_000 {
        writeln!(levels, "{}- x", " ".repeat(level % 200)).unwrap();
    }
    let half = MAX_SOURCE_BYTES / 2;
    for attack in [
        ">".repeat(MAX_SOURCE_BYTES),
        "<div>".repeat(MAX_SOURCE_BYTES / 5),
        "<b><a>".repeat(MAX_SOURCE_BYTES / 6),
        "<math><mi>".repeat(MAX_SOURCE_BYTES / 10),
        "<table>".repeat(MAX_SOURCE_BYTES / 7),
        "[".repeat(MAX_SOURCE_BYTES),
        "*a_".repeat(MAX_SOURCE_BYTES / 3),
        format!("{}{}", "![".repeat(half / 2), "](".repeat(half / 2)),
        format!("${}$", "{".repeat(1_990)),
        format!("${}$", r"\sqrt".repeat(80)),
        format!("${}x$", r"\frac1".repeat(80)),
        format!("${}$", r"\sqrt".repeat(390)),
        format!("${}$", r"\frac{".repeat(330)),
        format!("${}x{}$", r"\left(".repeat(150), r"\right)".repeat(150)),
        "$x$".repeat(MAX_SOURCE_BYTES / 3),
        format!("<p>{}{}", left_open(300, ""), "<p>x".repeat(half / 4)),
        format!("<p>{}{}", left_open(1_000, "='</b>'"), "<p>x".repeat(half / 4)),
        r"$\def\a{xx}\def\b{\a\a\a\a}\def\c{\b\b\b\b}\def\d{\c\c\c\c}\d\d\d\d$".to_owned(),
        r"$\def\a{\a}\a$".to_owned(),
        levels,
    ] {
        for source in [Source::markdown(attack.clone()), Source::html(attack.clone())] {
            let html = to_safe_html(&source);
            let blocks = html.matches("<blockquote").count() + html.matches("<div").count();
            assert!(html.len() < 8 * MAX_SOURCE_BYTES && blocks <= 100, "{blocks}");
            to_plain(&source);
        }
    }
}
