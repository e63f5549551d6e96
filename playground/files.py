"""Files that a person wrote, YAML or JSON; what is wrong with one is told by file and field."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from playground.findings import Check, Findings, Place
from playground.shapes import is_record
from playground.wire import Json


class Unusable(Exception):  # noqa: N818 - it says what is the case
    """The workspace can't start; `problems` say where and why, one a line."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(file: Path, check: Check) -> Json:
    """The object in a file.

    Raises:
        Unusable: the file can't be read, is neither YAML nor JSON, or does not pass the check.
    """
    try:
        text = file.read_text(encoding="utf-8")
        value: object = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
        # An anchor inside what it names would be walked for ever.
        json.dumps(value, default=str)
    except OSError as error:
        raise Unusable(f"{file} can't be read: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Unusable(f"{file} is not JSON: {place}: {error.msg}.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise Unusable(f"{file} is not YAML: {place}{error.problem}.") from error
    except (ValueError, TypeError, RecursionError, yaml.YAMLError) as error:
        raise Unusable(f"{file} is neither YAML nor JSON that can be read: {error}") from error
    if not is_record(value):
        raise Unusable(f"{file} must hold named fields, as in “name: value”.")
    refuse(file, value, check)
    return value


def refuse(file: Path, value: object, check: Check) -> None:
    """Raises: Unusable: the value does not pass the check; each finding has its line."""
    findings = Findings("message")
    check(value, Place("", findings))
    if findings.found:
        lines = (f"{file}: {_field(pointer)}{what}" for pointer, what in findings.found)
        raise Unusable(*lines)


def _field(pointer: str) -> str:
    """A JSON pointer as people write it: people[0].name."""
    name = re.sub(r"/(\d+)(?=/|$)", r"[\1]", pointer).replace("/", ".").lstrip(".")
    return f"{name}: " if name else ""
