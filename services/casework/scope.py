"""What an activity looks at, in words: some outcomes of its framework, where its scope is narrow (R008)."""

from config.framework import Framework
from models import Activity
from reports.words import list_in_words


def scope_in_words(framework: Framework, activity: Activity) -> str:
    """'Staying safe' of an activity that looks at that alone; '' of one that looks at everything."""
    return list_in_words([framework.outcomes.get(name, name) for name in activity.outcomes or ()])
