"""`frontrow films check`: which trailers of the entry files no longer play."""

import argparse
import asyncio
import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Final

from bot.domain.curation.audits import Finding, Health, trailers_in
from bot.domain.films.films import Film
from bot.services.audits import Audits
from bot.settings import Settings
from bot.sources.http import OUTSIDE, Endpoints, HttpClient
from bot.storage.content.films import read_films
from bot.ui.kit.text import Words, english

_INTERRUPTED: Final = 130  # what shells call an end by Ctrl-C


def check_trailers(settings: Settings, _asked: argparse.Namespace, addresses: Endpoints = OUTSIDE) -> int:
    """Ask about every trailer and name all that are not fine; the exit status is 1 where one will not play.

    Progress goes to standard error, if that is a terminal. Raises `FilmsUnreadable`.
    """
    reading = read_films(settings.films_folder)
    words = english()
    if reading.faults:
        left_out = len({fault.file for fault in reading.faults})
        sys.stderr.write(words.count("cli.check_left_out", left_out) + "\n")
    try:
        findings = asyncio.run(_audited(reading.films, addresses))
    except KeyboardInterrupt:
        return _INTERRUPTED
    for line in _lines(findings, words):
        sys.stdout.write(line + "\n")
    return int(any(finding.health.is_bad for finding in findings))


async def _audited(films: Sequence[Film], addresses: Endpoints) -> list[Finding]:
    """The findings in the order of the entries."""
    findings: list[Finding] = []
    with _progress(trailers_in(films)) as advance:
        async with HttpClient(addresses) as web, contextlib.aclosing(Audits(web).audit(films)) as audit:
            async for finding in audit:
                findings.append(finding)
                advance()
    named = ((film.slug, trailer) for film in films for trailer in film.trailers)
    order = {trailer: place for place, trailer in enumerate(named)}
    return sorted(findings, key=lambda finding: order[finding.film.slug, finding.trailer])


def _lines(findings: Sequence[Finding], words: Words) -> Iterator[str]:
    for finding in findings:
        if finding.health is not Health.FINE:
            what = words.plain(f"health.{finding.health}")
            file = f"{finding.film.slug}.toml"
            yield words.plain("cli.checked_trailer", file=file, address=finding.trailer.address(at=0), what=what)
    counted = Counter(finding.health for finding in findings)
    yield words.count("cli.checked", len(findings), **{health.value: counted[health] for health in Health})


@contextlib.contextmanager
def _progress(total: int) -> Generator[Callable[[], object]]:
    """What to call after each finding."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(english().plain("cli.checking"), total=total)
        yield lambda: bar.advance(task)
