"""Import: a folder of files that a planner keeps becomes the facts in the database, all or nothing."""

from services.imports.apply import ImportSummary, import_batch, import_folder
from services.imports.batch import Batch
from services.imports.folder import read_folder
from services.imports.problems import ImportProblem, ImportRefused

__all__ = [
    "Batch",
    "ImportProblem",
    "ImportRefused",
    "ImportSummary",
    "import_batch",
    "import_folder",
    "read_folder",
]
