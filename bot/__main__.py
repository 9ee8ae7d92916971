"""`python -m bot` is the same as `frontrow`."""

import sys

from bot.cli import main

sys.exit(main())
