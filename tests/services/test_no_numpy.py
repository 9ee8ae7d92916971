"""numpy is loaded with the first model, and a bot that nobody asks for picks does without it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nothing_that_a_bot_loads_at_its_start_loads_numpy() -> None:
    code = "import sys, bot.app, cogs, cogs.shelves, bot.services.picks; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
