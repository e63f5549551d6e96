"""What a person types: a message, or a slash command and the app's answer to it."""

from __future__ import annotations

from playground import payloads, posting
from playground.conversations import Conversation
from playground.installation import Command
from playground.journal import Entry
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
    ws.journal.add(Entry("slash_command", word, answer.ok, answer.error, answer.ms))
    if not answer.ok:
        raise Trouble(answer.error, f'{word} failed with the error "{answer.error}"')
    _say_back(ws, user, conversation, command, answer.body)
    return {"ok": True}


def _say_back(
    ws: Workspace, user: User, conversation: Conversation, command: Command, body: object
) -> None:
    """Show the app's answer: by default to the person alone."""
    if not body:
        return
    given: Json = body if is_record(body) else {"text": body}
    try:
        kept = posting.content(given)
    except ApiError as refused:
        ws.journal.add(Entry("slash_answer", command.command, ok=False, error=refused.error))
        raise Trouble(
            refused.error, f'{command.command} failed with the error "{refused.error}"'
        ) from refused
    everyone = given.get("response_type") == "in_channel"
    posting.post(ws, conversation, kept, only_for=None if everyone else user.id)
