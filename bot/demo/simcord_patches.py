"""Where SimCord 3.2's preview would show less than Discord does. All of it touches SimCord's insides."""

import asyncio
import importlib
from collections.abc import Callable
from typing import Any, Final

from simcord import Env, Preview

from bot.demo.pictures import Pictures

_TICK: Final = 1.0


def draw_mentions_in_embeds() -> None:
    """Discord draws mentions and small print in embeds as everywhere; SimCord leaves them as they were typed."""
    policies: dict[str, dict[str, Any]] = getattr(
        importlib.import_module("simcord.preview._markdown"), "_FIELD_POLICIES", {}
    )
    for name in ("embed_description", "embed_field_value"):
        policies.get(name, {}).update(mentions=True, subtext=True)


def show_pictures(preview: Preview, pictures: Pictures) -> None:
    """SimCord takes a list of pictures; a film that is added later has one that nobody could list."""
    vars(preview)["_explicit_assets"] = pictures


async def let_time_pass(env: Env, preview: Callable[[], Preview | None]) -> None:
    """SimCord's clock stands still between two acts, and whoever is told to wait half a minute would wait forever.

    A preview moreover tells how long ago things were as seen from its opening.
    """
    while True:
        await asyncio.sleep(_TICK)
        env.backend.advance_clock(_TICK)
        if (shown := preview()) is not None:
            shown.capture_time = env.now()
