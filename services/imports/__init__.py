"""Import: a folder of files that a planner keeps becomes the facts in the database, all or nothing."""

from services.imports.importing import ImportSummary, import_batch, import_folder, read_folder
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch

__all__ = [
    "Batch",
    "ImportProblem",
    "ImportRefused",
    "ImportSummary",
    "import_batch",
    "import_folder",
    "read_folder",
]
