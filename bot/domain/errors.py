"""Everything that can go wrong by the rules of a film club.

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


class ListChanged(FrontRowError):
    """What an older message would lead to is not on the list any more."""

    key = "error.list_changed"


class SearchGone(FrontRowError):
    """The words of a long search are not kept any more."""

    key = "error.search_gone"


class ServerOnly(FrontRowError):
    """The act needs a server: threads and shared lists do not exist in a direct message."""

    key = "error.server_only"


class DiscussionBusy(FrontRowError):
    """Another press holds the claim on this thread and has not finished in time."""

    key = "error.discussion_busy"


class DiscussionHidden(FrontRowError):
    """The server has its thread in a channel that this member may not see."""

    key = "error.discussion_hidden"


class StorageUnavailable(FrontRowError):
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


class OpeningIsForCurators(FrontRowError):
    """The server has decided that only its curators open discussions; anybody may join one that is there."""

    key = "error.opening_is_for_curators"


class SettingUnknown(FrontRowError):
    """A form or a menu of another version names a setting, or a value, that there is not."""

    key = "error.setting_unknown"


class TimeZoneUnknown(FrontRowError):
    """No time zone has that name; `near` are the closest ones, best first, and may be none."""

    key = "error.time_zone_unknown"

    def __init__(self, typed: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(typed=typed, near=", ".join(near))
        self.near = near


class WrongName(FrontRowError):
    """The typed confirmation does not fit, so nothing was erased."""

    key = "error.wrong_name"
