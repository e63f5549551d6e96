"""What a person types: a message, or a slash command and the app's answer to it."""

from __future__ import annotations

from dataclasses import replace

from playground import payloads, posting
from playground.conversations import Conversation, Message
from playground.heard import Heard
from playground.journal import Entry, delivered
from playground.people import User
from playground.shapes import is_record
from playground.surfaces import escaped
from playground.wire import ApiError, Json, PageError, Trouble
from playground.workspace import Workspace


async def type_in(
    ws: Workspace, user: User, channel_id: object, typed: str, thread_ts: object = None
) -> Json:
    """Say something in a conversation, or run the slash command that it begins with.

    With `thread_ts` it is a reply to that message, among which no commands are run.

    Raises:
        PageError: the person could not have typed that there.
        Trouble: the command is unknown, or the app did not answer as it must.
    """
    conversation = ws.conversations.get(channel_id)
    if conversation is None or not conversation.has(user.id):
        raise PageError("channel_not_found", 404)
    if conversation.channel.is_archived:
        raise PageError("is_archived")
    parent = conversation.find(thread_ts) if thread_ts is not None else None
    if thread_ts is not None and parent is None:
        raise PageError("thread_not_found", 404)
    if typed.startswith("/") and parent is not None:
        word = typed.partition(" ")[0]
        raise Trouble("not_in_threads", f"{word} is not supported in threads. Sorry!")
    if typed.startswith("/"):
        return await _run(ws, user, conversation, typed)
    if conversation.im_with is not None and not (
        ws.app.has_messages_tab and ws.app.can_be_written_to
    ):
        raise PageError("messages_tab_disabled")
    if not typed.strip():
        raise PageError("no_text")
    message = posting.say(ws, conversation, user, typed, parent)
    return {"ok": True, "message": message.as_page()}


async def _run(ws: Workspace, user: User, conversation: Conversation, typed: str) -> Json:
    word, _, rest = typed.partition(" ")
    command = next((one for one in ws.app.commands if one.command == word), None)
    if command is None:
        raise Trouble("unknown_command", f"{word} is not a valid command.")
    text = rest.strip()
    resolved = posting.with_mentions(ws, text, names=True)
    text = resolved if command.should_escape else escaped(text)
    payload = payloads.slash_command(ws, user, conversation, command, text)
    answer = await ws.delivery.send(ws.app, "slash_commands", payload, command.url)
    noted = delivered("slash_command", word, payload, answer)
    refused: ApiError | None = None
    if answer.body:
        said = Heard(answer.body if is_record(answer.body) else {"text": answer.body})
        try:
            message = _say_back(ws, user, conversation, said)
            noted = replace(noted, made=message.ts, ignored=said.ignored)
        except ApiError as wrong:
            refused = wrong
    ws.journal.add(noted)
    if not answer.ok:
        raise answer.trouble(ws.app, f'{word} failed with the error "{answer.error}".')
    if refused is not None:
        ws.journal.add(Entry("slash_answer", word, ok=False, error=refused.error))
        raise Trouble(refused.error, f'{word} failed with the error "{refused.error}".')
    return {"ok": True}


def _say_back(ws: Workspace, user: User, conversation: Conversation, said: Heard) -> Message:
    """Show the app's answer: by default to the person alone."""
    kept = posting.content(said)
    everyone = said.get("response_type") == "in_channel"
    return posting.post(ws, conversation, kept, only_for=None if everyone else user.id)
