"""Everything that can go wrong by the rules of a film club.

    FrontRowError
    ├── FilmNotFound      nothing on the list answers to that name
    ├── FilmRemoved       it was on the list once
    ├── NothingMatches    filters or a search left no film
    ├── SearchTooLong     words and filters together are more than a button can remember
    ├── TrailerRefused    the address is no video that Discord can play
    ├── UploadRefused     a file of films cannot be taken at all
    ├── ServerOnly        a direct message has nobody else to talk with
    ├── DiscussionBusy    somebody else is opening the same thread right now
    ├── DiscussionHidden  the thread hangs in a channel that the member may not see
    ├── MayNotWrite       the member may read but not write where a thread would be opened
    ├── CuratorsOnly      only those who keep the list may do that
    ├── ManagersOnly      only those who manage the server may do that
    ├── DraftGone         the draft has been published or thrown away
    ├── TooManyDrafts     one curator has begun more than a menu can offer
    ├── ImportGone        an upload has been taken up, or thrown away
    ├── ExportTooLarge    the list does not fit into one message
    ├── AlreadyDone       it stands like that already
    ├── NotShared         the film is the server's own, so the shared list knows nothing of it
    ├── ChangedSince      a later change is in the way of taking an earlier one back
    ├── TooSoon           the member has suggested a film a moment ago
    ├── TooManyOpen       the curators have as many of the member's suggestions as they should
    ├── SuggestionTaken   another curator is making a film of the suggestion
    ├── SuggestionDecided somebody has accepted, merged or declined it
    ├── SuggestionGone    there is no such suggestion
    └── MemoryFailed      the database does not answer
    ├── MemoryFailed      the database does not answer
    ├── LookupFailed      TMDB does not answer, or not so that it could be used
    └── NothingLookedUp   TMDB answers, and knows no such film

A class names the text that explains it (`key`, looked up in the locale files) and carries the
values which that text needs. A sentence is never written here.
"""

from typing import ClassVar, NamedTuple


class FrontRowError(Exception):
    """A refusal that a person can understand and act on."""

    key: ClassVar[str]

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.key)
        self.values = values


class NearMatch(NamedTuple):
    """A film that may have been meant."""

    slug: str
    title: str
    year: int


class FilmNotFound(FrontRowError):
    """No film answers to `query`; `near` holds the closest ones, best first, and may be empty."""

    key = "error.film_not_found"

    def __init__(self, query: str, near: tuple[NearMatch, ...] = ()) -> None:
        super().__init__(query=query)
        self.near = near


class FilmRemoved(FrontRowError):
    """The film was on the list and has been taken off it."""

    key = "error.film_removed"

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class NothingMatches(FrontRowError):
    """Filters or a search left no film to show."""

    key = "error.nothing_matches"


class SearchTooLong(FrontRowError):
    """Words and filters together do not fit into a custom id, so the pages could not be turned."""

    key = "error.search_too_long"


class ServerOnly(FrontRowError):
    """The act needs a server: threads and shared lists do not exist in a direct message."""

    key = "error.server_only"


class DiscussionBusy(FrontRowError):
    """Another press holds the claim on this thread and has not finished in time."""

    key = "error.discussion_busy"


class DiscussionHidden(FrontRowError):
    """The server has its thread in a channel that this member may not see."""

    key = "error.discussion_hidden"


class MemoryFailed(FrontRowError):
    """The database does not answer, or has no room, or is locked for too long.

    `reason` is the driver's first line, for the operator and not for members.
    """

    key = "error.memory_failed"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class CuratorsOnly(FrontRowError):
    """The act is for those who keep the server's list."""

    key = "error.curators_only"


class ManagersOnly(FrontRowError):
    """The act is for members with Manage Server."""

    key = "error.managers_only"


class DraftGone(FrontRowError):
    """The draft has been published or thrown away, or belongs to somebody else."""

    key = "error.draft_gone"


class TooManyDrafts(FrontRowError):
    """The curator has as many drafts in this server as a menu can offer."""

    key = "error.too_many_drafts"


class ImportGone(FrontRowError):
    """The upload has been taken up or thrown away, or somebody else has sent it."""

    key = "error.import_gone"


class ExportTooLarge(FrontRowError):
    """The whole list is larger than a file that the server takes."""

    key = "error.export_too_large"


class AlreadyDone(FrontRowError):
    """Nothing would change."""

    key = "error.already_done"


class NotShared(FrontRowError):
    """The film is the server's own; hiding and resetting are for films of the shared list."""

    key = "error.not_shared"


class ChangedSince(FrontRowError):
    """What is to be taken back has been changed again by a later act."""

    key = "error.changed_since"


class TooSoon(FrontRowError):
    """The member has suggested a film a moment ago; `seconds` are left until the next one is taken."""

    key = "error.too_soon"

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class TooManyOpen(FrontRowError):
    """The curators have not decided yet on `limit` suggestions of the member's."""

    key = "error.too_many_open"

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)


class SuggestionTaken(FrontRowError):
    """Another curator, of the id `curator_id`, has a draft of it."""

    key = "error.suggestion_taken"

    def __init__(self, curator_id: int) -> None:
        super().__init__()
        self.curator_id = curator_id


class SuggestionDecided(FrontRowError):
    """It has been accepted, merged or declined by the curator of the id `curator_id`."""

    key = "error.suggestion_decided"

    def __init__(self, curator_id: int) -> None:
        super().__init__()
        self.curator_id = curator_id


class SuggestionGone(FrontRowError):
    """The server has no suggestion of that number."""

    key = "error.suggestion_gone"


class MayNotWrite(FrontRowError):
    """The member may not write in threads of the channel in which a discussion would be opened."""

    key = "error.may_not_write"


class TrailerRefused(FrontRowError):
    """An address that a person typed is no playable video; `reason` says why, as a key."""

    key = "error.trailer_refused"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class UploadRefused(FrontRowError):
    """A file of films that cannot be taken at all; `reason` says why, as a key of `upload_refused`.

    `values` are what the reason's sentence needs.
    """

    key = "error.upload_refused"

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(**values)
        self.reason = reason


class LookupFailed(FrontRowError):
    """TMDB did not answer in time, or not with anything that could be used."""

    key = "error.lookup_failed"


class NothingLookedUp(FrontRowError):
    """TMDB knows no film by that title, address or id."""

    key = "error.nothing_looked_up"
