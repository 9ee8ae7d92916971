"""How long work that nobody goes on with is kept: it may hold megabytes, and words that are for nobody else."""

import datetime
from typing import Final

IMPORT_KEPT: Final = datetime.timedelta(days=1)
SEARCH_KEPT: Final = datetime.timedelta(days=1)
DRAFT_KEPT: Final = datetime.timedelta(days=90)  # since something was last written in it
