"""Films, collections and their files for tests, with sensible values for all that a test does not care about."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli_w

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.collections import Collection, collection_slug
from bot.domain.films.films import Film, slug_for
from bot.domain.recommend.recommender import Recommender
from bot.storage.db.full_text_similarity import FullTextSimilarity

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


def collection(name: str, *films: Film, **changes: Any) -> Collection:
    """A collection of these films, each with a line of its own; `changes` are fields of the model."""
    return Collection.model_validate(
        {
            "slug": collection_slug(name),
            "name": name,
            "introduction": f"Why these: {name}.",
            "curator": "Front Row",
            "films": [{"slug": one.slug, "line": f"What {one.title} does here."} for one in films],
            **changes,
        }
    )


def write_collection(films: Path, one: Collection) -> Path:
    """Write the collection as the file that it would have been read from, beside the folder of films."""
    folder = films.parent / "collections"
    folder.mkdir(exist_ok=True)
    path = folder / f"{one.slug}.toml"
    path.write_text(tomli_w.dumps(one.model_dump(exclude={"slug"}, exclude_none=True)), encoding="utf-8")
    return path


def write_entry(folder: Path, entry: Film) -> Path:
    """Write the film as the entry file that it would have been read from."""
    values = json.loads(entry.model_dump_json(exclude_defaults=True))
    values.pop("slug")
    values["added"] = entry.added
    path = folder / f"{entry.slug}.toml"
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    return path


def taste_map(listed: Iterable[Film], base: Recommender | None = None) -> Recommender:
    """What goes with what among these films, as the service makes it."""
    seen = Catalogue.of(listed)
    return Recommender(seen, FullTextSimilarity(seen.films).near, base)
