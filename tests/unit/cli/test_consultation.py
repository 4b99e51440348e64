"""`consultation` and what is said of it on the command line (C3)."""

from sqlalchemy import Engine

from models import session
from tests.commands import Run
from tests.followed import CODE, report_out

ON = ("--as-of", "2005-12-01")


def test_a_consultation_is_recorded_and_shown(run: Run, published: Engine) -> None:
    assert run("consultation", "group", CODE, "homeless", *ON).code == 3
    grounds = ("--grounds", "two hostels")
    assert "homeless is consulted" in run("consultation", "group", CODE, "homeless", *grounds, *ON).err
    for name in ("First", "Second"):
        assert run("consultation", "held", CODE, "homeless", name, *ON).code == 0
    warned = run("consultation", "held", CODE, "homeless", "Third", "--on", "2005-11-30", *ON)
    assert warned.code == 0
    later = run("consultation", "held", CODE, "homeless", "Fourth", *ON)
    assert "before by Third on 30 November 2005, First on 1 December 2005" in later.err
    chosen = ("--chosen", 15, "--why-chosen", "all wards", "--sent", "2005-11-28")
    assert run("consultation", "survey", CODE, *chosen, *ON).code == 0
    assert "9 of 15" in run("consultation", "survey", CODE, "--returned", 9, "--why-fewer", "snow", *ON).err
    study = ("--place", "Tang Hall", "--grounds", "low income", "--visits", "2005-11-30")
    assert "Tang Hall" in run("consultation", "study", CODE, *study, *ON).err
    assert "by 2 December 2005" in run("consultation", "concern", CODE, *ON).err
    assert "is referred" in run("consultation", "concern-closed", 1, "--referred-to", "health", *ON).err
    told = run("consultation", CODE, *ON).err
    for words in ("9 of 15 schools", "Homeless young people (two hostels)", "referred to health", "not yet"):
        assert words in told
    assert run("consultation", "fed-back", CODE, "children", "a letter", *ON).code == 3
    with session(published) as opened:
        report_out(opened)
    out = ("--as-of", "2006-08-15")
    assert "fed back to children" in run("consultation", "fed-back", CODE, "children", "a letter", *out).err
    assert run("consultation", CODE, "--json", *out).document["consultations"][0]["feedback"]
    dropped = run("consultation", "group", CODE, "homeless", "--drop", "--why", "closed", *ON)
    assert "homeless is not consulted" in dropped.err
    assert "Nobody is consulted there." in run("consultation", "sheffield-ca", *ON).err
