"""Whether the kinds and stages that a policy's pair and links name exist, and whether its links exclude each other."""

from collections.abc import Iterator, Mapping

from config.findings import Finding, nearest
from config.framework import Framework
from config.framework_files import frameworks
from config.links import LinkRule
from config.order_checks import circle_in
from config.policy import InvalidPolicy, Policy


def refuse_unknown_links(policy: Policy) -> None:
    """InvalidPolicy with everything wrong with its links."""
    if findings := list(link_findings(policy, frameworks())):
        raise InvalidPolicy(findings)


def link_findings(policy: Policy, known: Mapping[str, Framework]) -> Iterator[Finding]:
    """Unknown kinds and stages, and links that no dates can keep together.

    A kind without activities in the programme is no mistake: its links join nothing.
    """
    pair = policy.programme.pair
    if pair is not None:
        yield from _unknown_kind("programme.pair.first", pair.first, known)
        yield from _unknown_kind("programme.pair.second", pair.second, known)
    for link in policy.links:
        key = f"links.{link.id}"
        for end, kind, stage in (
            ("first", link.first, link.first_stage),
            ("second", link.second, link.second_stage),
        ):
            unknown = list(_unknown_kind(f"{key}.{end}", kind, known))
            yield from unknown or _unknown_stage(f"{key}.{end}_stage", kind, stage, known)
    yield from _contradictions(policy)
    yield from _circles(policy)


def _unknown_kind(key: str, kind: str, known: Mapping[str, Framework]) -> Iterator[Finding]:
    kinds = {framework.kind for framework in known.values()}
    if kind not in kinds:
        yield Finding("policy", key, f"no framework is of the kind '{kind}'.", nearest(kind, kinds))


def _unknown_stage(
    key: str, kind: str, stage: str | None, known: Mapping[str, Framework]
) -> Iterator[Finding]:
    for framework in known.values():
        stages = {planned.id for planned in framework.stages}
        if framework.kind == kind and stage is not None and stage not in stages:
            message = f"{framework.id} has no planned stage '{stage}'."
            yield Finding("policy", key, message, nearest(stage, stages))


def _contradictions(policy: Policy) -> Iterator[Finding]:
    """What runs within another is in no week clear of it, and neither ends before the other begins."""
    together = {_ends(link): link for link in policy.links if link.kind == "within"}
    for link in policy.links:
        other = together.get(_ends(link))
        if other is not None and link.kind in ("before", "clear"):
            message = f"no dates keep both this link ({link.kind}) and '{other.id}' (within)."
            yield Finding("policy", f"links.{link.id}", message, "Leave one of the two out.")


def _ends(link: LinkRule) -> frozenset[str]:
    return frozenset((link.first, link.second))


def _circles(policy: Policy) -> Iterator[Finding]:
    before: dict[str, set[str]] = {}
    for link in policy.links:
        if link.kind == "before":
            before.setdefault(link.second, set()).add(link.first)
    if names := circle_in(before):
        message = f"these kinds come before each other in a circle: {names}."
        yield Finding("policy", "links", message, "Take one link out of the circle.")
