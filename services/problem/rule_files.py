"""The policy and the frameworks that a problem follows, as text: what a plan was made under, and what is other now."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from config.framework import Framework
from config.framework_files import find_framework, framework_of_document, frameworks
from config.policy import Policy, load_policy
from models import Activity, Programme

Path = tuple[Any, ...]
"""Where a value stands in the documents: the file, then keys and places of lists."""


@dataclass(frozen=True)
class RuleFiles:
    """A policy and frameworks by identifier."""

    policy_name: str
    policy: Policy
    frameworks: Mapping[str, Framework]

    def documents(self) -> dict[str, Any]:
        """All that they say, by file."""
        found = {
            f"policy/{self.policy_name}.toml": json.loads(self.policy.model_dump_json(exclude_defaults=True))
        }
        for name, framework in sorted(self.frameworks.items()):
            found[f"frameworks/{name}.toml"] = json.loads(framework.document())
        return found

    @classmethod
    def of_documents(cls, documents: Mapping[str, Any]) -> "RuleFiles":
        """The same from documents; pydantic's ValidationError or InvalidFramework for what makes no sense."""
        policy_name, policy, known = "", None, {}
        for file, document in documents.items():
            folder, name = file.removesuffix(".toml").split("/", 1)
            if folder == "policy":
                policy_name, policy = name, Policy.model_validate_json(json.dumps(document))
            else:
                known[name] = framework_of_document(json.dumps(document), name)
        assert policy is not None
        return cls(policy_name, policy, known)


def rule_files_of(session: Session) -> RuleFiles:
    """The files that the programme and its activities follow, as they are now."""
    programme = session.get_one(Programme, 1)
    known = frameworks()
    names = set(session.exec(select(Activity.framework_id).distinct()))
    return RuleFiles(
        programme.policy, load_policy(programme.policy), {name: find_framework(name, known) for name in names}
    )


def rules_text(session: Session) -> str:
    """All that they say now, as one text; empty before there is a programme."""
    if session.get(Programme, 1) is None:
        return ""
    return json.dumps(rule_files_of(session).documents(), ensure_ascii=False)


def places_that_differ(before: Any, after: Any, path: Path = ()) -> Iterator[Path]:
    """Where two documents differ, as deep as both have the same form."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if key in before and key in after:
                yield from places_that_differ(before[key], after[key], (*path, key))
            else:
                yield (*path, key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from places_that_differ(one, other, (*path, number))
    elif before != after:
        yield path


def with_value_of(documents: Any, other: Any, path: Path) -> Any:
    """Documents in which one value is that of others, or is left out where these have none."""
    if not path:
        return other
    copied = list(documents) if isinstance(documents, list) else dict(documents)
    key: Any = path[0]
    is_in_both = isinstance(other, list) or key in other
    if len(path) == 1 and not is_in_both:
        del copied[key]
        return copied
    copied[key] = with_value_of(copied[key] if len(path) > 1 else None, other[key], path[1:])
    return copied


def key_in_words(documents: Any, path: Path) -> str:
    """'programme.min_percent', 'stages.fieldwork.weeks': entries of a list by their name, if they have one."""
    words = []
    for key in path:
        documents = documents[key] if isinstance(documents, list) or key in documents else {}
        is_entry = isinstance(key, int) and isinstance(documents, dict) and "id" in documents
        words.append(str(documents["id"] if is_entry else key))
    return ".".join(words)
