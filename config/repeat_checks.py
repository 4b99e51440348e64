"""What can be wrong with steps that come again."""

from collections.abc import Iterator

from config.findings import Found, nearest
from config.framework import Framework

LONGEST_TIMES = 60


def findings_in_repeats(framework: Framework) -> Iterator[Found]:
    """Steps that never end to repeat, that are no single day, or on which another one hangs."""
    steps = {step.id for step in framework.steps}
    repeated = {step.id for step in framework.steps if step.repeat is not None}
    for position, step in enumerate(framework.steps):
        if (repeat := step.repeat) is None:
            continue
        key = f"steps[{position}].repeat"
        if step.due is None:
            yield key, f"stage '{step.id}' can't be repeated.", "Repeat a milestone or a deadline."
        if (repeat.times is None) == (repeat.until is None):
            message = "it needs times or until, and only one of the two."
            yield (
                f"{key}.times",
                message,
                "Write how often it comes in all, or the step before which it ends.",
            )
        if repeat.times is not None and repeat.times > LONGEST_TIMES:
            yield f"{key}.times", f"it comes more than {LONGEST_TIMES} times.", "Check the number."
        if repeat.until is not None and repeat.until not in steps - repeated:
            message = f"there is no step '{repeat.until}' that comes once."
            yield f"{key}.until", message, nearest(repeat.until, steps - repeated)
        for other in steps:
            if other.removeprefix(f"{step.id}_").isdigit() and other != step.id:
                message = f"'{other}' is the name of one of its repetitions."
                yield f"steps[{position}].id", message, f"Rename '{other}'."
    for key, name in _hanging(framework):
        if name in repeated:
            yield key, f"'{name}' comes several times.", "Name a step that comes once."


def _hanging(framework: Framework) -> Iterator[tuple[str, str]]:
    """Every key that names a step on which something hangs, with that name."""
    for position, step in enumerate(framework.steps):
        for name, count in step.all_counts().items():
            yield f"steps[{position}].{name}.counted_from", count.counted_from
        for before in step.after:
            yield f"steps[{position}].after", before
    for position, item in enumerate(framework.evidence):
        yield f"evidence[{position}].asked_at", item.asked_at
        yield f"evidence[{position}].needed_for", item.needed_for
        yield f"evidence[{position}].due_at", item.due_at or ""
    for position, judgement in enumerate(framework.judgements):
        yield f"judgements[{position}].decided_at", judgement.decided_at
    for position, limit in enumerate(framework.limits):
        yield f"limits[{position}].first", limit.first
        yield f"limits[{position}].last", limit.last
    if framework.length is not None:
        yield "length.first", framework.length.first
        yield "length.last", framework.length.last
    yield "announce_from", framework.announce_from
    yield "team.drafts_until", (framework.team.drafts_until or "") if framework.team else ""
