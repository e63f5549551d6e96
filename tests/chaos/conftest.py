from __future__ import annotations

from tests.bot.conftest import north

__all__ = ["north"]
