"""Opening, pushing, updating and publishing views: triggers, hashes, the stack, external ids."""

from __future__ import annotations

from typing import Any

from playground.tests.conftest import DANA, World
from playground.tests.toy import Json, buttons, modal, section, text_input

HOME: Json = {"type": "home", "blocks": [section("Hello")]}


def trigger(world: World, view_id: str | None = None) -> str:
    return world.ws.triggers.issue(DANA.id, view_id)


async def opened(world: World, **view: Any) -> Json:
    answer = await world.api(
        "views.open", trigger_id=trigger(world), view=modal(section("One"), **view)
    )
    assert answer["ok"], answer
    view_object: Json = answer["view"]
    return view_object


async def test_an_opened_view_has_every_key(world: World) -> None:
    view = await opened(world, private_metadata="m", external_id="e", notify_on_close=True)
    assert set(view) == {
        "id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash",
        "title", "clear_on_close", "notify_on_close", "close", "submit", "previous_view_id",
        "root_view_id", "app_id", "external_id", "app_installed_team_id", "bot_id",
    }  # fmt: skip
    assert view["root_view_id"] == view["id"]
    assert (view["private_metadata"], view["external_id"]) == ("m", "e")
    assert (view["previous_view_id"], view["close"]) == (None, None)


async def test_a_trigger_opens_once(world: World) -> None:
    once = trigger(world)
    assert (await world.api("views.open", trigger_id=once, view=modal(section("x"))))["ok"]
    again = await world.api("views.open", trigger_id=once, view=modal(section("x")))
    assert again == {"ok": False, "error": "exchanged_trigger_id"}


async def test_a_trigger_lives_for_three_seconds_whatever_the_clock_says(world: World) -> None:
    late = trigger(world)
    world.monotonic.seconds += 3.01
    answer = await world.api("views.open", trigger_id=late, view=modal(section("x")))
    assert answer["error"] == "expired_trigger_id"
    in_time = trigger(world)
    world.monotonic.seconds += 2.9
    await world.dana.post("clock", advance=86_400)
    assert (await world.api("views.open", trigger_id=in_time, view=modal(section("x"))))["ok"]


async def test_a_made_up_or_missing_trigger_is_invalid(world: World) -> None:
    for trigger_id in ("1.2.3", ""):
        answer = await world.api("views.open", trigger_id=trigger_id, view=modal(section("x")))
        assert answer["error"] == "invalid_trigger_id"


async def test_a_refused_view_says_where_and_leaves_the_trigger(world: World) -> None:
    once = trigger(world)
    answer = await world.api("views.open", trigger_id=once, view=modal(section("x" * 3001)))
    assert answer == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": [
                "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
            ]
        },
    }
    assert (await world.api("views.open", trigger_id=once, view=modal(section("x"))))["ok"]


async def test_three_views_are_stacked_and_no_fourth(world: World) -> None:
    view = await opened(world)
    for _ in range(2):
        pushed = await world.api(
            "views.push", trigger_id=trigger(world, view["id"]), view=modal(section("x"))
        )
        assert pushed["view"]["previous_view_id"] == view["id"]
        view = pushed["view"]
    fourth = await world.api(
        "views.push", trigger_id=trigger(world, view["id"]), view=modal(section("x"))
    )
    assert fourth["error"] == "push_limit_reached"
    assert len((await world.dana.get("views"))["views"]) == 3


async def test_a_push_needs_a_trigger_from_inside_a_modal(world: World) -> None:
    await opened(world)
    answer = await world.api("views.push", trigger_id=trigger(world), view=modal(section("x")))
    assert answer["error"] == "invalid_trigger_id"


async def test_an_update_with_an_old_or_empty_hash_conflicts(world: World) -> None:
    view = await opened(world)
    again = {"view_id": view["id"], "view": modal(section("Two"))}
    updated = await world.api("views.update", hash=view["hash"], **again)
    assert updated["view"]["hash"] != view["hash"]
    for stale in (view["hash"], ""):
        assert (await world.api("views.update", hash=stale, **again))["error"] == "hash_conflict"
    assert (await world.api("views.update", **again))["ok"]


async def test_an_update_finds_a_view_by_external_id_or_says_not_found(world: World) -> None:
    await opened(world, external_id="mine")
    body = modal(section("Two"), external_id="mine")
    assert (await world.api("views.update", external_id="mine", view=body))["ok"]
    assert (await world.api("views.update", external_id="other", view=body))["error"] == "not_found"
    assert (await world.api("views.update", view_id="V0", view=body))["error"] == "not_found"
    missing = await world.api("views.update", view=body)
    assert missing["error"] == "invalid_arguments"


async def test_an_external_id_is_taken_once_and_free_when_closed(world: World) -> None:
    await opened(world, external_id="mine")
    sams = world.ws.triggers.issue("U0SAM")
    body = modal(section("x"), external_id="mine")
    answer = await world.api("views.open", trigger_id=sams, view=body)
    assert answer["error"] == "duplicate_external_id"
    await (await world.dana.modal()).close()
    assert (await world.api("views.open", trigger_id=sams, view=body))["ok"]


async def test_a_home_is_published_and_guarded_by_its_hash(world: World) -> None:
    first = await world.api("views.publish", user_id=DANA.id, view=HOME)
    view = first["view"]
    second = await world.api("views.publish", user_id=DANA.id, view=HOME, hash=view["hash"])
    assert second["view"]["id"] == view["id"]
    stale = await world.api("views.publish", user_id=DANA.id, view=HOME, hash=view["hash"])
    assert stale["error"] == "hash_conflict"
    nobody = await world.api("views.publish", user_id="U0NOBODY", view=HOME)
    assert nobody["error"] == "user_not_found"


async def test_a_first_publish_with_a_hash_conflicts(world: World) -> None:
    answer = await world.api("views.publish", user_id=DANA.id, view=HOME, hash="1.a")
    assert answer["error"] == "hash_conflict"


async def test_a_field_keeps_what_it_holds_only_under_the_same_two_ids(world: World) -> None:
    world.toy.next_view = modal(text_input("Score", "score"), buttons("update"))
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Score", "typed")
    world.toy.next_view = modal(text_input("Score", "score#2", initial_value="from code"))
    await form.press("Update")
    assert form.value("Score") == "from code"
