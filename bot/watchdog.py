"""The last resort of a process that does not come to its end."""

import logging
import os
import threading

log = logging.getLogger(__name__)

_EXIT_AFTER_WARNING = 0.1


class Watchdog:
    """Ends the process when its end has taken too long, whatever hangs: a driver's thread, Discord, the event loop.

    It is a thread, because the loop may be what hangs, and a daemon, so that it keeps nothing waiting itself. It ends
    the process by `os._exit`: `sys.exit` would only end this thread, and Python's own end waits for all others.
    Nothing that was confirmed is lost: it is committed, and a database takes back what is not.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._started = False
        self._status = 0
        self._reason = ""

    def start(self, status: int = 0, reason: str = "") -> None:
        """From now on the end may take so long. The time runs from the first call, status and reason are the last's."""
        self._status, self._reason = status, reason
        if self._started:
            return
        self._started = True
        # Two threads: whoever hangs may hold the log's lock.
        for work, seconds in ((self._warn, self._seconds - _EXIT_AFTER_WARNING), (self._exit, self._seconds)):
            timer = threading.Timer(seconds, work)
            timer.daemon = True
            timer.start()

    def _warn(self) -> None:
        if self._reason:
            log.error("%s", self._reason)
        log.warning("the end has taken %.1f s; what still hangs is left behind", self._seconds)

    def _exit(self) -> None:
        os._exit(self._status)
