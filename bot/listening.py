"""A socket to listen at, or in words why there can be none."""

from __future__ import annotations

import errno
import socket

from bot.trouble import Misconfigured


def listening(host: str, port: int, *, host_by: str, port_by: str) -> socket.socket:
    """A socket that listens at that host and port; 0 takes a free port.

    `host_by` and `port_by` say what to do to name others, as the beginning of a sentence.

    Raises:
        Misconfigured: the port is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, TypeError) as error:
        # TypeError: Python's word for a host name that can't be one.
        number = getattr(error, "errno", None)
        why = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        is_taken = number in (errno.EADDRINUSE, errno.EACCES)
        mend = f"{port_by} to a free port." if is_taken else f"{host_by} to an own address."
        raise Misconfigured([f"{host}:{port} can't be listened at ({why}). {mend}"]) from error
