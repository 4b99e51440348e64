"""Summaries of responses in the console: for everybody, without a sign-in."""

from starlette.testclient import TestClient


def test_everybody_reads_what_a_consultation_came_to_r183(stranger: TestClient) -> None:
    assert "/responses/2004-discussion" in stranger.get("/responses").text
    page = stranger.get("/responses/2004-discussion")
    assert page.status_code == 200
    assert "40 of 87 (46.0%)" in page.text
    assert "Not graded. Preferred by a narrow margin: Option 1, Option 2" in page.text
    assert page.text.count("Actions:") == 11
    later = stranger.get("/responses/2009-evaluation").text
    assert "The revised guidance sets the process out. Taken: Ofsted" in later
    assert "Grades by question" not in later
    assert stranger.get("/responses/2005").status_code == 404
