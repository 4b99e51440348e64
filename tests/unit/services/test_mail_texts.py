"""Every mail: whatever people typed is text in it, never a script, and never a header or an address of its own.

The mails are those of the table of occasions and of alerts, and the texts are all that people write, so a new one is
tested unnamed.
"""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from models import Contact, Delivery, session
from services.audit import Word
from services.messages.alerts import SUBJECTS, Alert, tell_operations
from services.messages.outbox import SENDER, message_of
from services.messages.samples import previewed
from services.messages.templates import template_list
from services.plans.cancelling import cancel
from tests.dangers import in_calendar
from tests.fakes import FakeTransport
from tests.known import known
from tests.tables import AT, PLANNED_ON, WHO
from tests.told import ANALYSIS, DIRECTOR, NOTICE, YORK, give_notice, move, publish_york, send
from tests.typed_texts import type_everywhere

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
HEADER = "\r\nBcc: evil@evil.example\r\nX-Evil: yes\r\n\r\n<b>body</b>"
HEADERS = {
    "from",
    "to",
    "subject",
    "message-id",
    "date",
    "auto-submitted",
    "list-unsubscribe",
    "mime-version",
    "content-type",
}
"""All that a mail of ours has."""

TAGS = {"html", "body", "h2", "p", "br", "ul", "li", "a"}
"""All of which the page of a mail is made."""

OCCASIONS = [(line.occasion, line.side) for line in template_list()]


class Tags(HTMLParser):
    """The tags of a page, and the addresses of its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]
        self.handlers += [name for name, _value in attrs if name.startswith("on") or name == "src"]


def dangers(message: EmailMessage, recipient: str) -> list[str]:
    """What in a mail, as a server gets it, is none of ours: headers, recipients, scripts."""
    read = message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)
    assert isinstance(read, EmailMessage)
    found = [name for name in read if name.lower() not in HEADERS]
    if [address.addr_spec for address in read["To"].addresses] != [recipient]:
        found.append(f"to {read['To']}")
    page = Tags(str(known(read.get_body(("html",))).get_content()))
    found += sorted(page.tags - TAGS) + page.handlers
    found += [link for link in page.links if not link.startswith(("http://", "https://", "mailto:"))]
    for part in read.iter_attachments():
        is_calendar = part.get_content_type() == "text/calendar"
        found += in_calendar(part.get_content().encode()) if is_calendar else [part.get_content_type()]
    return found


def mail_of(subject: str, body: str, calendar: str = "") -> EmailMessage:
    row = Delivery(
        message_id="<1@jarcycle>",
        as_of=PLANNED_ON,
        channel="mail",
        recipient=DIRECTOR,
        subject=subject,
        body=body,
        calendar=calendar,
    )
    return message_of(row, SENDER, AT)


@pytest.mark.parametrize("typed", [SCRIPT, HEADER], ids=["script", "header"])
@pytest.mark.parametrize(("occasion", "side"), OCCASIONS)
def test_whatever_people_typed_is_text_in_a_mail_of_every_occasion(
    engine: Engine, occasion: str, side: str, typed: str
) -> None:
    publish_york(engine)
    give_notice(engine)  # with which evidence is asked for
    with session(engine) as opened:
        type_everywhere(opened, behind=typed)
    with session(engine, read_only=True) as opened:
        said = previewed(opened, occasion, side, f"{YORK}-jar", PLANNED_ON, "https://reviews.example.org")
    message = mail_of(said.subject, said.body, said.calendar)
    assert dangers(message, DIRECTOR) == []
    assert "alert(1)" in said.body or "Bcc: evil@evil.example" in said.body


@pytest.mark.parametrize("typed", [SCRIPT, HEADER], ids=["script", "header"])
def test_what_really_goes_out_in_the_life_of_a_review_has_nothing_of_that(engine: Engine, typed: str) -> None:
    publish_york(engine)
    with session(engine) as opened:
        type_everywhere(opened, behind=typed)
    transport = FakeTransport()
    send(engine, PLANNED_ON, transport)
    move(engine, ANALYSIS + timedelta(weeks=3), PLANNED_ON + timedelta(days=3))
    send(engine, PLANNED_ON + timedelta(days=4), transport)
    give_notice(engine)
    send(engine, NOTICE, transport)
    with session(engine) as opened:
        cancel(opened, f"{YORK}-jar", Word(WHO, AT, NOTICE, f"it is off {typed}"))
    send(engine, NOTICE + timedelta(days=5), transport)
    assert len(transport.messages) > 10
    found = [dangers(message, message["To"].addresses[0].addr_spec) for message in transport.messages]
    assert [danger for dangers_of_one in found for danger in dangers_of_one] == []


@pytest.mark.parametrize("typed", [SCRIPT, HEADER], ids=["script", "header"])
@pytest.mark.parametrize("kind", SUBJECTS)
def test_an_alert_quotes_what_it_is_told_as_text(engine: Engine, kind: str, typed: str) -> None:
    with session(engine) as opened:
        opened.add(Contact(role="operations", name=f"Office {typed}", email="office@jarcycle.example"))
        alert = Alert(kind, f"York {typed}", f"http://127.0.0.1/{typed}", "event 1", (f"a detail {typed}",))
        tell_operations(opened, alert, PLANNED_ON, AT)
        row = opened.exec(select(Delivery)).one()
        assert dangers(message_of(row, SENDER, AT), "office@jarcycle.example") == []


@pytest.mark.parametrize(
    "address", ["jane@york.example\r\nBcc: evil@evil.example", "a@b.example, evil@evil.example"]
)
def test_a_mailbox_that_is_two_or_brings_a_header_fails_alone(engine: Engine, address: str) -> None:
    """An import refuses it; a database of an earlier version may hold it."""
    publish_york(engine)
    with session(engine) as opened:
        opened.execute(update(Contact).where(col(Contact.email) == DIRECTOR).values(email=address))
    give_notice(engine)
    transport = FakeTransport()
    send(engine, NOTICE, transport)
    assert len(transport.messages) > 1
    told = {mailbox.addr_spec for message in transport.messages for mailbox in message["To"].addresses}
    assert "evil@evil.example" not in told
    assert [dangers(message, str(message["To"])) for message in transport.messages] == [[]] * len(
        transport.messages
    )
    with session(engine, read_only=True) as opened:
        assert _unsent(opened)


def _unsent(opened: Session) -> list[str]:
    return list(opened.exec(select(Delivery.error).where(Delivery.state == "failed")))


def test_a_header_a_script_and_a_second_mailbox_are_found() -> None:
    message = mail_of("Dates", "Dear Jane")
    assert dangers(message, DIRECTOR) == []
    message["X-Evil"] = "yes"
    assert dangers(message, "jane@york.example") == ["X-Evil", f"to {DIRECTOR}"]
    odd = EmailMessage()
    odd["To"] = DIRECTOR
    odd.set_content("x")
    odd.add_alternative('<p><script>1</script><a href="javascript:x" onclick="y">z</a></p>', subtype="html")
    assert dangers(odd, DIRECTOR) == ["script", "onclick", "javascript:x"]
