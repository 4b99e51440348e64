"""Automations in Prefect, by name, that tell operations through the console's webhook when something is wrong.

Prefect cannot report its own death: for that `/health` of the console says when the last tick ended.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger, Posture

from flows.names import ATTENTION

BLOCK = "jarcycle-console"
OVER_A_WEEKEND = timedelta(hours=75)
"""From a tick on Friday morning to the one on Monday morning, and three hours."""

_RUNS = {"prefect.resource.id": "prefect.flow-run.*"}


def upsert_automations(hook_url: str, token: str) -> list[str]:
    """Make the webhook's block and all automations what they should be; returns the automations' names."""
    webhook = Webhook(
        method="POST",
        url=hook_url,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    block_id = webhook.save(BLOCK, overwrite=True)
    wanted = _automations(block_id)
    for automation in wanted:
        _upsert(automation)
    return [automation.name for automation in wanted]


def _automations(block_id: Any) -> Sequence[Automation]:
    failed = _at_once(
        _RUNS, "prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"
    )
    late = _at_once(_RUNS, "prefect.flow-run.Late")
    attention = _at_once({}, ATTENTION)
    no_tick = EventTrigger(
        expect={"prefect.flow-run.Completed"},
        match=_RUNS,
        match_related={"prefect.resource.role": "flow", "prefect.resource.name": "tick"},
        posture=Posture.Proactive,
        threshold=1,
        within=OVER_A_WEEKEND,
    )
    run, link = "flow_run.name", "flow_run|ui_url"
    failed_call = _call(block_id, kind="'failed'", subject=run, address=link, event="event.id|string")
    late_call = _call(block_id, kind="'late'", subject=run, address=link, event="event.id|string")
    said, occasion = "event.payload.message", "event.payload.occasion"
    attention_call = _call(block_id, kind="'attention'", subject=said, address="''", event=occasion)
    no_tick_call = _call(block_id, kind="'no_tick'", subject="'tick'", address="''", event="event.id|string")
    return (
        Automation(name="jarcycle: a run failed", trigger=failed, actions=[failed_call]),
        Automation(name="jarcycle: a run is late", trigger=late, actions=[late_call]),
        Automation(name="jarcycle: something needs attention", trigger=attention, actions=[attention_call]),
        Automation(name="jarcycle: no tick has run", trigger=no_tick, actions=[no_tick_call]),
    )


def _at_once(match: dict[str, str], *events: str) -> EventTrigger:
    return EventTrigger(
        expect=set(events), match=match, posture=Posture.Reactive, threshold=1, within=timedelta(0)
    )


def _call(block_id: Any, **expressions: str) -> CallWebhook:
    # Names of runs may hold quotes: each field is made JSON by the template itself.
    fields = ", ".join(
        f'"{name}": {{{{ ({expression})|tojson }}}}' for name, expression in expressions.items()
    )
    return CallWebhook(block_document_id=block_id, payload=f"{{{fields}}}")


def _upsert(wanted: Automation) -> None:
    try:
        found = cast(Automation, Automation.read(name=wanted.name))  # outside a loop it answers at once
    except ValueError:
        wanted.create()
        return
    changed = found.model_copy(update={"trigger": wanted.trigger, "actions": wanted.actions, "enabled": True})
    changed.update()
