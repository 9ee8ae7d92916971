"""Where the curators' content lies: beside the code in a checkout, inside the package once installed."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
DATA: Final = packaged if (packaged := _PACKAGE / "data").is_dir() else _PACKAGE.parent / "data"
