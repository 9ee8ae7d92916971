"""Films and entry files for tests, with sensible values for all that a test does not care about."""

import datetime
import json
from pathlib import Path
from typing import Any

import tomli_w

from bot.domain.films import Film, slug_for

YOUTUBE_ID = "0MYFOzP6Xns"  # the flagship's trailer, from the film facts


def film(title: str = "Night Train", year: int = 1959, **changes: Any) -> Film:
    """A valid film; `changes` are fields of the model."""
    return Film.model_validate(
        {
            "slug": slug_for(title, year),
            "title": title,
            "year": year,
            "directors": ["Jerzy Kawalerowicz"],
            "kind": "fiction",
            "runtime": 99,
            "countries": ["PL"],
            "languages": ["pl"],
            "genres": ["drama"],
            "themes": ["trains"],
            "why": "Nobody sleeps, and everybody is seen.",
            "synopsis": {"text": "Two strangers share a compartment overnight.", "source": "Front Row"},
            "trailers": [{"provider": "youtube", "id": YOUTUBE_ID, "label": "Trailer"}],
            "prompts": ["Who would you rather share a compartment with?"],
            "curator": "Front Row",
            "added": datetime.date(2026, 11, 23),
            **changes,
        }
    )


def write_entry(folder: Path, entry: Film) -> Path:
    """Write the film as the entry file that it would have been read from."""
    values = json.loads(entry.model_dump_json(exclude_defaults=True))
    values.pop("slug")
    values["added"] = entry.added
    path = folder / f"{entry.slug}.toml"
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    return path
