"""Questionnaires: rounds, answers, reminders, counts with their bases, conferences and the report (C14)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from config.questionnaire_files import find_questionnaire
from models import AuditEntry, Contact, Delivery, QuestionnaireInvitation, session
from services.casework.steps import last_day
from services.days.working_days import subtract_working_days
from services.errors import AlreadySo, NotFound, Refused
from services.messages.hidden_links import without_secrets
from services.messages.outbox import send_waiting
from services.questionnaires.answering import Given, invitation_of_link, take_answer
from services.questionnaires.conferences import NewConference, add_conference
from services.questionnaires.counting import Share, count, for_outside
from services.questionnaires.of_the_day import work_of_the_day
from services.questionnaires.sent_rounds import Wanted, close_round, open_round
from services.questionnaires.suggestions import PLANNED, TAKEN, Response, add_suggestion, respond
from services.questionnaires.summaries import evaluation_line, list_rounds, summary_of
from services.questionnaires.tries import has_tried_too_often, note_failed_link
from services.shown.questionnaires import invited_lines
from tests.fakes import FakeTransport
from tests.known import known
from tests.questionnaires import (
    ADDRESS,
    NUM_ANSWERED,
    NUM_ANSWERED_OF_VISITS,
    NUM_AUTHORITIES,
    NUM_VISITED,
    REMIND_ON,
    REPLY_BY,
    SENT_ON,
    answer,
    code,
    codes,
    fill,
    links,
    send,
    word,
)
from tests.told import DIRECTOR, YORK, give_notice, publish_york, step_of

ASSESSMENT = find_questionnaire("assessment-2009")
CONFERENCES = (
    date(2010, 1, 29),
    date(2010, 2, 1),
    date(2010, 2, 4),
    date(2010, 2, 5),
    date(2010, 2, 12),
    date(2010, 2, 15),
)


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """Eight authorities that were asked on 11 January 2010."""
    with session(engine) as opened:
        fill(opened, 8)
        send(opened)
    return engine


def test_59_of_152_answer_which_is_38_8_per_cent_r165_r182(engine: Engine) -> None:
    """C14: sent to 152, reply by Monday 25 January 2010, reminder on the 18th; 59 answers, 93 open."""
    with session(engine) as opened:
        fill(opened)
        sent = send(opened)
        assert (sent.num_invited, sent.reply_by, sent.remind_on) == (152, REPLY_BY, REMIND_ON)
        assert len(opened.exec(select(Delivery)).all()) == NUM_AUTHORITIES
        for number in range(1, NUM_ANSWERED + 1):
            answer(opened, sent.number, code(number))
        (line,) = list_rounds(opened)
        assert (line.answered.in_words(), line.num_open) == ("59 of 152 (38.8%)", 93)


def test_53_of_87_visited_authorities_answer_and_134_take_part_in_all_r164_r182(engine: Engine) -> None:
    """C14: 60.9 per cent; six days with 222 delegates from 121 authorities; each authority counts once."""
    with session(engine) as opened:
        fill(opened)
        assessment = send(opened)
        visits = send(opened, *codes(range(1, NUM_VISITED + 1)), questionnaire="contact-visit-2009")
        for number in range(1, NUM_ANSWERED + 1):
            answer(opened, assessment.number, code(number))
        for number in range(20, 20 + NUM_ANSWERED_OF_VISITS):
            answer(opened, visits.number, code(number), {"quality": "agree"})
        for position, day in enumerate(CONFERENCES):
            came = codes(range(14 + 20 * position, 14 + 20 * (position + 1)))
            came = (*came, "134") if position == 5 else came
            new = NewConference("assessment-2009", day, "Leeds", 37, came)
            add_conference(opened, new, word(date(2010, 2, 16)))
        line = evaluation_line(opened, "assessment-2009")
    assert [found.answered.in_words() for found in line.rounds] == ["53 of 87 (60.9%)", "59 of 152 (38.8%)"]
    assert (len(line.conferences), line.num_delegates, line.num_at_conferences) == (6, 222, 121)
    assert line.num_authorities == 134


def test_question_8_is_left_out_by_21_of_59_so_its_base_is_38_of_which_12_appealed_r182() -> None:
    """C14: no per cent without its base."""
    appealed = [{"appealed": "yes", "appeals": "3"}] * 12
    others = [{"appealed": "no", "appeals": "4"}] * 26
    silent = [{"appealed": "no"}] * 21
    counted = {found.id: found for found in count(ASSESSMENT, [*appealed, *others, *silent])}
    question = counted["appeals"]
    assert (question.base, question.unanswered) == (38, 21)
    assert known(question.of_which).in_words() == "12 of 38 (31.6%)"
    assert dict(question.choices)["3"].in_words() == "12 of 38 (31.6%)"
    assert counted["appealed"].base == 59


def test_a_late_answer_is_kept_and_marked_r165(asked: Engine) -> None:
    """C14: 26 January is late; 25 January, the day of reply, is not."""
    with session(asked) as opened:
        assert not answer(opened, 1, code(1), on=REPLY_BY).is_late
        late = answer(opened, 1, code(2), on=date(2010, 1, 26))
        assert late.in_words() == (
            "The answer of Authority 002 is recorded. It came after 25 January 2010, and is marked as late."
        )
        (line,) = list_rounds(opened)
        assert (line.answered.number, line.num_late) == (2, 1)
        assert [found.is_late for found in invited_lines(opened, 1)[:3]] == [False, True, False]


def test_a_second_answer_of_an_authority_takes_the_place_of_the_first_and_says_so_r164(asked: Engine) -> None:
    """C14."""
    with session(asked) as opened:
        answer(opened, 1, code(1), {"profile": "1"})
        second = answer(opened, 1, code(1), {"profile": "4"}, on=date(2010, 1, 22))
        assert second.replaced_on == date(2010, 1, 20)
        assert "It takes the place of the one of 20 January 2010." in second.in_words()
        found = summary_of(opened, 1, outside=False)
        profile = next(question for question in found.questions if question.id == "profile")
        assert [share.number for _words, share in profile.choices] == [1, 0, 0, 0]
        assert invited_lines(opened, 1)[0].num_replaced == 1


@pytest.mark.parametrize("score", ["0", "5", "2.5", ""])
def test_a_score_beyond_the_scale_is_refused_r194(asked: Engine, score: str) -> None:
    """C14: 5 or 0; whoever gives no answer at all is refused as well."""
    with session(asked) as opened, pytest.raises(Refused) as refused:
        answer(opened, 1, code(1), {"profile": score})
    (finding,) = refused.value.findings
    assert finding.place == ("profile" if score else "answers")


@pytest.mark.parametrize("score", ["1", "4"])
def test_a_score_of_the_scale_is_taken_r194(asked: Engine, score: str) -> None:
    with session(asked) as opened:
        assert answer(opened, 1, code(1), {"profile": score}).num_answered == 1


def test_a_fourth_improvement_is_refused_r194(engine: Engine) -> None:
    """C14: three are taken."""
    with session(engine) as opened:
        fill(opened, 1)
        number = send(opened, questionnaire="contact-visit-2009").number
        with pytest.raises(Refused, match="there are 4 answers where 3 may be given"):
            answer(opened, number, code(1), {"improvements": ["records", "staff", "calls", "letters"]})
        assert answer(opened, number, code(1), {"improvements": ["records", "staff", "calls"]}).num_answered


def test_everything_wrong_with_an_answer_is_said_at_once(asked: Engine) -> None:
    wrong = {"profil": "3", "tests": "7", "more": "x" * 4_001, "impact_comment": "y" * 4_001}
    with session(asked) as opened:
        invitation = known(opened.get(QuestionnaireInvitation, 1))
        with pytest.raises(Refused) as refused:
            take_answer(opened, invitation, Given("", "", "", wrong), word())
    places = [finding.place for finding in refused.value.findings]
    assert places == ["person", "position", "profil", "tests", "more", "impact_comment"]
    assert "Try 'profile'." in str(refused.value)


def test_who_has_not_answered_is_reminded_once_five_working_days_before_the_day_of_reply_r165(
    asked: Engine,
) -> None:
    with session(asked) as opened:
        answer(opened, 1, code(1), on=date(2010, 1, 14))
        assert not work_of_the_day(opened, word(date(2010, 1, 15)), ADDRESS).is_something
        assert str(work_of_the_day(opened, word(REMIND_ON), ADDRESS)) == (
            "no invitations and 7 reminders of questionnaires"
        )
        assert work_of_the_day(opened, word(REMIND_ON), ADDRESS).reminded == 0
        assert len(links(opened, "director@a001.example")) == 1
        assert len(links(opened, "director@a002.example")) == 2
        subjects = opened.exec(select(Delivery.subject).where(Delivery.as_of == REMIND_ON)).all()
    assert subjects[0] == "Authority 002: reminder to answer the questionnaire by 25 January 2010"


def test_after_the_day_of_reply_nobody_is_reminded_any_more_r165(asked: Engine) -> None:
    with session(asked) as opened:
        assert work_of_the_day(opened, word(date(2010, 1, 26)), ADDRESS).reminded == 0


def test_a_message_has_a_link_of_its_own_whose_secret_is_kept_nowhere_else(asked: Engine) -> None:
    """C14: the secret of one authority is no key to what another one answers."""
    transport = FakeTransport()
    send_waiting(asked, lambda: word().at, transport)
    assert len(transport.messages) == 8
    with session(asked) as opened:
        (first,), (second,) = (links(opened, f"director@a{code(number)}.example") for number in (1, 2))
        secrets = [link.removeprefix("/answers/") for link in (first, second)]
        found = [known(invitation_of_link(opened, secret)).area_code for secret in secrets]
        assert found == ["001", "002"]
        assert invitation_of_link(opened, "x" * 43) is None
        kept = str([row.model_dump() for row in opened.exec(select(QuestionnaireInvitation))])
        assert not any(secret in kept for secret in secrets)
        body = opened.exec(select(Delivery.body)).first()
    assert secrets[0] not in without_secrets(known(body))


def test_a_message_names_one_contact_for_questions_r156(asked: Engine) -> None:
    with session(asked) as opened:
        body = known(opened.exec(select(Delivery.body)).first())
    assert body.count("- Reviews desk, Operations, desk@inspectorate.example") == 1


def test_a_closed_round_takes_no_answer_and_its_links_lead_nowhere(asked: Engine) -> None:
    with session(asked) as opened:
        (link,) = links(opened, "director@a001.example")
        close_round(opened, 1, word(date(2010, 1, 27)))
        assert invitation_of_link(opened, link.removeprefix("/answers/")) is None
        with pytest.raises(Refused, match="the questionnaire was closed on 27 January 2010"):
            answer(opened, 1, code(1))
        with pytest.raises(AlreadySo, match="it was closed on 27 January 2010"):
            close_round(opened, 1, word())
        with pytest.raises(NotFound, match="there is no such round"):
            close_round(opened, 2, word())


def test_outside_a_round_is_shown_once_it_is_closed_without_texts_and_small_numbers(asked: Engine) -> None:
    """C14: numbers and per cents, never who."""
    with session(asked) as opened:
        for number in range(1, 6):
            said = {"profile": "3", "profile_comment": "slow", "more": "thanks"}
            answer(opened, 1, code(number), said | ({"tests": "1"} if number < 3 else {}))
        with pytest.raises(Refused, match="it is still open"):
            summary_of(opened, 1, outside=True)
        close_round(opened, 1, word(date(2010, 1, 27)))
        inside, outside = (summary_of(opened, 1, outside=where).questions for where in (False, True))
    by_name = {question.id: question for question in outside}
    assert next(question.texts for question in inside if question.id == "profile") == ("slow",) * 5
    assert (by_name["profile"].texts, by_name["profile"].num_texts) == ((), 5)
    assert dict(by_name["profile"].choices)["3"] == Share(5, 5)
    assert (by_name["tests"].is_hidden, by_name["tests"].choices) == (True, ())
    assert (by_name["more"].texts, by_name["more"].base) == ((), 5)


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ((10, 8, 0, 0), (10, 8, 0, 0)),
        ((10, 8, 2, 0), (10, None, None, 0)),
        ((10, 8, 2, 1), (10, 8, None, None)),
        ((18, 0, 2, 0), (None, 0, None, 0)),
    ],
)
def test_outside_what_is_left_out_can_not_be_worked_out_from_its_base(
    chosen: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    """With a single small number the next smallest is left out, too."""
    answers = [{"profile": score} for score, times in zip("4321", chosen, strict=True) for _ in range(times)]
    found = for_outside(ASSESSMENT, count(ASSESSMENT, answers))
    profile = next(question for question in found if question.id == "profile")
    assert tuple(share.number for _words, share in profile.choices) == shown


def test_outside_a_part_of_a_base_is_not_told_where_it_or_the_rest_is_small() -> None:
    def part(appealed: int, others: int) -> int | None:
        said = [{"appealed": "yes", "appeals": "3"}] * appealed + [{"appeals": "3"}] * others
        found = for_outside(ASSESSMENT, count(ASSESSMENT, said))
        return known(next(question for question in found if question.id == "appeals").of_which).number

    assert (part(12, 26), part(2, 10), part(10, 2), part(0, 10)) == (12, None, None, 0)


def test_the_log_tells_that_an_answer_came_and_not_what_was_answered(asked: Engine) -> None:
    with session(asked) as opened:
        answer(opened, 1, code(1), {"more": "the leader was late every day"})
        entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "answer questionnaire")).all()
    assert [entry.subject for entry in entries] == ["001 round 1"]
    assert "late every day" not in str([entry.model_dump() for entry in entries])


def test_everything_wrong_with_a_round_is_said_at_once_r165(asked: Engine) -> None:
    with session(asked) as opened:
        opened.delete(opened.exec(select(Contact).where(Contact.area_code == code(8))).one())
        opened.flush()
        wanted = Wanted("assessment-2009", date(2010, 1, 24), (), "The first year")
        with pytest.raises(Refused) as refused:
            open_round(opened, wanted, word(), "")
    said = str(refused.value)
    for part in (
        "24 January 2010 is a Sunday",
        "'The first year' is no name of an evaluation",
        "JARCYCLE_CONSOLE_PUBLIC_URL",
        "Authority 008: nobody holds the role director, or stands in for it",
        "Authority 001 is asked the same in it",
    ):
        assert part in said


def test_a_day_of_reply_leaves_time_for_the_reminder_r165(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened, 1)
        with pytest.raises(Refused, match="leaves no time for the reminder 5 working days before it"):
            send(opened, to=REMIND_ON)
        assert send(opened, to=date(2010, 1, 19)).remind_on == date(2010, 1, 12)


def test_a_questionnaire_without_a_step_needs_a_day_of_reply(engine: Engine) -> None:
    with session(engine) as opened, pytest.raises(Refused, match="it names no step that sends it"):
        open_round(opened, Wanted("assessment-2009"), word(), ADDRESS)


def test_an_area_that_was_not_invited_can_not_answer(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened, 2)
        send(opened, code(1))
        with pytest.raises(NotFound, match="Authority 002: it is not invited in round 1"):
            answer(opened, 1, code(2))


def test_a_conference_has_a_day_that_was_and_no_fewer_delegates_than_authorities_r182(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened, 3)
        new = NewConference("assessment-2009", date(2010, 1, 29), "", 2, codes(range(1, 4)))
        with pytest.raises(Refused) as refused:
            add_conference(opened, new, word(date(2010, 1, 28)))
        assert len(refused.value.findings) == 3
        right = NewConference("assessment-2009", date(2010, 1, 29), "Leeds", 3, codes(range(1, 4)))
        add_conference(opened, right, word(date(2010, 1, 29)))
        with pytest.raises(AlreadySo, match="the one called Leeds is recorded"):
            add_conference(opened, right, word(date(2010, 1, 29)))


def test_a_row_of_the_report_has_a_suggestion_an_action_an_owner_and_a_day_r197(engine: Engine) -> None:
    with session(engine) as opened:
        row = add_suggestion(opened, "assessment-2009", "performance profile", "Widen access", word())
        assert row.progress == "open"
        with pytest.raises(Refused) as refused:
            respond(opened, row.id or 0, Response(PLANNED, "", ""), word())
        assert [finding.field for finding in refused.value.findings] == ["response", "owner", "due_on"]
        planned = Response(PLANNED, "A third nominated person", "Profile team", date(2010, 8, 31))
        respond(opened, row.id or 0, planned, word())
        taken = respond(
            opened, row.id or 0, Response(TAKEN, "A third nominated person", "Profile team"), word()
        )
        assert (taken.progress, taken.owner, taken.due_on) == ("taken", "Profile team", None)
        with pytest.raises(AlreadySo):
            add_suggestion(opened, "assessment-2009", "other", "Widen access", word())


def test_after_a_hundred_links_that_lead_nowhere_no_more_is_looked_up_for_a_while(engine: Engine) -> None:
    with session(engine) as opened:
        for _ in range(99):
            note_failed_link(opened, "192.0.2.1", word().at)
        assert not has_tried_too_often(opened, "192.0.2.1", word().at)
        note_failed_link(opened, "192.0.2.1", word().at)
        assert has_tried_too_often(opened, "192.0.2.1", word().at)
        assert not has_tried_too_often(opened, "192.0.2.2", word().at)
        assert not has_tried_too_often(opened, "192.0.2.1", word(SENT_ON.replace(day=12)).at)


def test_the_evaluation_step_of_a_review_sends_a_standing_round_r136_r164(engine: Engine) -> None:
    """Twenty working days before the step is due, to be answered by that day; once the review is announced."""
    publish_york(engine)
    with session(engine) as opened:
        due_on = last_day(step_of(opened, "evaluation"))
        first_on = subtract_working_days(due_on, 20)
        open_round(opened, Wanted("joint-review"), word(date(2006, 1, 9)), ADDRESS)
        with pytest.raises(Refused, match="a standing round of this questionnaire is open"):
            open_round(opened, Wanted("joint-review"), word(date(2006, 1, 9)), ADDRESS)
        assert work_of_the_day(opened, word(first_on), ADDRESS).invited == 0
    give_notice(engine)
    with session(engine) as opened:
        assert work_of_the_day(opened, word(subtract_working_days(first_on, 1)), ADDRESS).invited == 0
        assert work_of_the_day(opened, word(first_on), "").invited == 0
        assert work_of_the_day(opened, word(first_on), ADDRESS).invited == 1
        assert work_of_the_day(opened, word(first_on), ADDRESS).invited == 0
        (invited,) = invited_lines(opened, 1)
        assert (invited.area_code, invited.reply_by) == (YORK, due_on)
        assert len(links(opened, DIRECTOR)) == 1
