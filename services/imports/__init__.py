"""Import: the files that a planner keeps become the facts in the database, all or nothing."""

from services.imports.changed_facts import in_words
from services.imports.importing import ImportSummary, import_batch, import_folder, read_folder
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch
from services.imports.templates import template_files, template_workbook

__all__ = [
    "Batch",
    "ImportProblem",
    "ImportRefused",
    "ImportSummary",
    "import_batch",
    "import_folder",
    "in_words",
    "read_folder",
    "template_files",
    "template_workbook",
]
