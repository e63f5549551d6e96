"""The command line: `coachlog COMMAND`. Each command lives in a module of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.trouble import Misconfigured

CONFIGURATION_EXIT = 2

app = typer.Typer(
    name="coachlog",
    help="Coaching logs in Slack that reach a measured decision.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
teams = typer.Typer(help="Who is in which team.", no_args_is_help=True)
app.add_typer(teams, name="teams")


@app.command()
def run() -> None:
    """Run CoachLog: by Socket Mode when SLACK_APP_TOKEN is set, else over HTTP."""
    from bot.run import run as running  # noqa: PLC0415 - a command loads only what it needs

    asyncio.run(running())


@app.command()
def playground(
    port: Annotated[int, typer.Option(help="Where the page is served.", min=0, max=65535)] = 3000,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Go on with what was there last time.")
    ] = False,
) -> None:
    """Open a Slack-like workspace in the browser, with CoachLog in it. No account needed."""
    from bot.playground import play  # noqa: PLC0415 - a command loads only what it needs

    asyncio.run(play(host=host, port=port, keep=keep))


@app.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from bot.migrate import migrate as migrating  # noqa: PLC0415 - a command loads only what it needs

    typer.echo(asyncio.run(migrating()))


@app.command()
def doctor() -> None:
    """Say what is wrong with tokens, scopes, database, clock and messages, and how to mend it."""
    from bot.doctor import examine  # noqa: PLC0415 - a command loads only what it needs

    findings = asyncio.run(examine())
    for finding in findings:
        typer.echo(finding.line)
    raise typer.Exit(0 if all(finding.is_fine for finding in findings) else 1)


@app.command()
def manifest(
    url: Annotated[
        str | None,
        typer.Option(help="Where CoachLog is reached, e.g. https://coachlog.example.com."),
    ] = None,
    *,
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode.")] = False,
) -> None:
    """Print the Slack app's manifest as JSON."""
    from bot.print_manifest import printed  # noqa: PLC0415 - a command loads only what it needs

    typer.echo(printed(url=url, socket=socket))


@teams.command("import")
def import_teams(
    file: Annotated[
        Path, typer.Argument(help="CSV with the columns team, role, member.", dir_okay=False)
    ],
    *,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Take everybody out of the file's teams who isn't in it."),
    ] = False,
) -> None:
    """Put the members of a CSV file into their teams; its agents leave all other teams.

    Lines that can't be read are named, and the others go in.
    """
    from bot.team_import import import_file  # noqa: PLC0415 - a command loads only what it needs

    report = asyncio.run(import_file(file, whole=whole))
    for line in report.lines:
        typer.echo(line)
    raise typer.Exit(1 if report.refused else 0)


def main() -> None:
    """Run a command; what keeps it from starting is told in words, with exit code 2."""
    try:
        app()
    except Misconfigured as wrong:
        for problem in wrong.problems:
            sys.stderr.write(f"{problem}\n")
        sys.exit(CONFIGURATION_EXIT)
    except KeyboardInterrupt:
        sys.exit(130)
