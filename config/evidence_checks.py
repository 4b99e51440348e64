"""Rules about the evidence of a framework, and of two: nobody is asked for the same thing under two keys (R117)."""

from collections.abc import Iterator

from config.findings import Found
from config.framework import Framework
from config.steps import EvidenceItem


def evidence_findings(framework: Framework) -> Iterator[Found]:
    """Everything wrong with the evidence of one framework."""
    stages = {step.id for step in framework.steps if step.kind == "stage"}
    for position, item in enumerate(framework.evidence):
        key = f"evidence[{position}]"
        for other in framework.evidence[:position]:
            if item.name.casefold() == other.name.casefold():
                message = f"'{item.id}' and '{other.id}' have the same name, so the same is asked for twice."
                yield f"{key}.name", message, "Leave one out, or say how they differ."
            elif item.content is not None and item.content == other.content:
                message = f"'{item.id}' and '{other.id}' both have the content '{item.content}'."
                yield f"{key}.content", message, "Leave one out, or give one another content."
        if item.due_at in stages:
            message = f"'{item.due_at}' is a stage, which has no due day."
            yield f"{key}.due_at", message, "Leave it out; it is then due before the step that needs it."


def asked_twice(new: Framework, other: Framework) -> Iterator[Found]:
    """Items of a framework that another one asks for under another content key."""
    shared = {item.name.casefold(): item for item in other.evidence if item.content}
    for position, item in enumerate(new.evidence):
        same = shared.get(item.name.casefold())
        if item.content and same is not None and same.content != item.content:
            yield f"evidence[{position}].content", _keys(new, item, other, same), "Give both one content."


def _keys(new: Framework, item: EvidenceItem, other: Framework, same: EvidenceItem) -> str:
    return (
        f"'{item.name}' has the content '{item.content}' in {new.id} and '{same.content}' in {other.id}, "
        "so areas would be asked twice."
    )
