"""`python -m playground`: a local, Slack-like workspace for a Bolt app in any language."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from playground import hosting, manifests, seeds
from playground.clock import Clock
from playground.files import Unusable

UNUSABLE_EXIT = 2

cli = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)  # plain text, which every terminal shows and every pipe takes


@cli.command()
def start(
    manifest: Annotated[
        Path, typer.Option(help="The app's Slack manifest, YAML or JSON.", show_default=False)
    ],
    *,
    request_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where the app listens, e.g. http://localhost:3000/slack/events."
            " Stands for every address in the manifest.",
        ),
    ] = None,
    socket: Annotated[
        bool,
        typer.Option("--socket", help="Socket Mode, also where the manifest doesn't say so."),
    ] = False,
    seed: Annotated[
        Path | None,
        typer.Option(help="Team, people, channels and messages, YAML or JSON."),
    ] = None,
    host: Annotated[str, typer.Option(help="The address that the page listens at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Its port; 0 takes a free one.", min=0, max=65535)
    ] = 4000,
    bot_token: Annotated[str, typer.Option(help="What the app shows.")] = hosting.BOT_TOKEN,
    app_token: Annotated[str, typer.Option(help="For Socket Mode.")] = hosting.APP_TOKEN,
    signing_secret: Annotated[
        str, typer.Option(help="What requests are signed with.")
    ] = hosting.SIGNING_SECRET,
) -> None:
    """Open a local, Slack-like workspace in the browser, with your app in it.

    For an app in any language, by request URL or Socket Mode. No account and no network needed.
    It prints the address of the page and the environment to start the app with; the app may
    come later and be restarted at any time. Ctrl-C ends it, and nothing is kept.

    Example: python -m playground --manifest manifest.json --request-url
    http://localhost:3000/slack/events
    """
    if socket and request_url is not None:
        raise Unusable("Give --request-url or --socket, not both: the app is reached one way.")
    if request_url is not None:
        manifests.check_address(request_url)
    read = manifests.load(manifest, socket=socket, request_url=request_url)
    planted = seeds.load(seed) if seed else seeds.DEFAULT
    ws = seeds.workspace(planted, Clock())
    hosting.install(ws, read, hosting.Secrets(bot_token, app_token, signing_secret), request_url)
    seeds.fill(ws, planted)
    asyncio.run(hosting.host_workspace(ws, hosting.listening(host, port)))


def main() -> None:
    """Run the command; what keeps it from starting is told in words, with exit code 2."""
    try:
        cli(prog_name="python -m playground")
    except Unusable as wrong:
        for problem in wrong.problems:
            sys.stderr.write(f"{problem}\n")
        sys.exit(UNUSABLE_EXIT)


if __name__ == "__main__":
    main()
