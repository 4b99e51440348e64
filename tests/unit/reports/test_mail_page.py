"""A message as a page says what its text says."""

from reports.mail_page import mail_html


def test_headings_lists_paragraphs_and_links() -> None:
    text = "Dear Ann,\n\nWhat happens:\n\n- 1 May: Set-up\n  in York\n- 2 May: Analysis\n\nWhere\n-----\n\n- https://x.example/a?b=1&c=2\n"
    page = mail_html(text)
    assert "<p>Dear Ann,</p>" in page
    assert "<ul><li>1 May: Set-up<br>in York</li><li>2 May: Analysis</li></ul>" in page
    assert "<h2>Where</h2>" in page
    assert '<a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>' in page


def test_a_line_before_a_list_is_a_paragraph_of_its_own() -> None:
    assert "<p>What:</p>\n<ul><li>this</li></ul>\n<p>and more</p>" in mail_html("What:\n- this\nand more")


def test_what_looks_like_markup_is_text() -> None:
    page = mail_html("<script>alert(1)</script> & see https://x.example/.")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; see" in page
    assert '<a href="https://x.example/' in page
