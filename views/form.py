"""An element's form: a modal made from the declaration of its fields, and what it hands back."""

from __future__ import annotations

from coaching.elements import EVIDENCE, OBSERVATION, OUTCOME, WALK
from coaching.entries import criterion_of
from coaching.fields import Content, Element, Field, Kind, Value
from views import ids
from views.field_inputs import Naming, field_block
from views.form_about import FormAbout
from views.meta import Meta
from views.parts import Block, View, actions, button, clip, isolate, modal, moment_line, small_print
from views.reading_back import Entered, errors, read
from views.rich import quotation
from views.unsaved import unsaved_blocks

__all__ = ["Entered", "FormAbout", "errors", "form", "leads_to", "read"]

_QUOTE = 500
"""Characters shown of the quote; the evidence has it whole."""


def form(
    element: Element,
    content: Content,
    meta: Meta,
    about: FormAbout,
    *,
    submit: str | None = None,
    title: str | None = None,
    close: str = "Close",
    callback_id: str = ids.FORM,
) -> View:
    """The form of one element with what is stored, typed or suggested in its fields.

    In the walk it has its number, *Back* and *Finish later*; alone it has *Save*. Opened from the
    look-over it leads back there and nowhere else.
    """
    blocks = [
        *small_print(_head(element, content, meta, about)),
        *_quote(element, content),
        *small_print(about.intro),
        *([actions(*about.buttons)] if about.buttons else []),
        *field_blocks(element.fields, content, meta, about),
        *small_print((*about.outro, *_needed(element, content, about))),
        *_walk_buttons(element, meta),
    ]
    return modal(
        callback_id,
        title or _title(element, meta),
        blocks,
        meta=meta,
        submit=submit or _submit(element, meta),
        close=close,
    )


def leads_to(following: Element | None) -> str:
    """The words of a button that leads to that form of the walk; to the look-over where none."""
    place = len(WALK) if following is None else WALK.index(following)
    return WALK[place - 1].next_label


def field_blocks(
    fields: tuple[Field, ...], content: Content, meta: Meta, about: FormAbout
) -> list[Block]:
    """The fields with their hints and unsaved texts; those behind *More* only once they count."""
    filled: dict[str, Value] = {**about.suggestions, **content}
    naming = naming_for(about, filled)
    noted = {hint.field for hint in about.hints} | set(about.unsaved)
    unfolded = meta.more or any(
        field.key in filled or field.key in noted for field in fields if field.more
    )
    blocks: list[Block] = []
    keys = {field.key for field in fields}
    blocks += small_print(f"! {hint.text}" for hint in about.hints if hint.field not in keys)
    for field in fields:
        if field.more and not unfolded:
            continue
        blocks += unsaved_blocks(field, about)
        blocks.append(_field(field, filled, meta, about, naming))
        blocks += small_print(f"! {hint.text}" for hint in about.hints if hint.field == field.key)
    if not unfolded and any(field.more for field in fields):
        blocks.append(actions(button("More", ids.MORE, "more")))
    return blocks


def naming_for(about: FormAbout, filled: Content) -> Naming:
    return Naming(
        agent=about.agent_name,
        supervisor=about.supervisor_name,
        moment=str(filled.get("moment", "")),
        today=about.today,
    )


def _field(field: Field, filled: Content, meta: Meta, about: FormAbout, naming: Naming) -> Block:
    if field.kind is Kind.PERSON and about.fixed_agent and about.agent is not None:
        return about.agent_block(field)
    criterion = criterion_of(filled, field.scale_of or field.key, about.criteria)
    return field_block(
        field,
        filled.get(field.key),
        criterion,
        naming,
        generation=meta.generation,
        optional=field.key not in about.required,
    )


def _title(element: Element, meta: Meta) -> str:
    if meta.walk and element in WALK:
        return f"{element.title} ({WALK.index(element) + 1} of {len(WALK)})"
    return element.title


def _submit(element: Element, meta: Meta) -> str:
    if element is OUTCOME or (meta.walk and element in WALK):
        return element.next_label
    return "Save"


def _head(element: Element, content: Content, meta: Meta, about: FormAbout) -> list[str]:
    """Which log this is: in the walk the moment in one line, alone its reference and agent too."""
    line = moment_line(content, about.criteria) if element is not EVIDENCE else ""
    if meta.walk:
        return [line] if line else []
    who = about.agent.name if about.agent and element is not EVIDENCE else ""
    words = " · ".join(part for part in (about.reference, who, line) if part)
    return [words] if words else []


def _quote(element: Element, content: Content) -> list[Block]:
    """What was said in the call, above the field that says what the agent did."""
    quote = str(content.get("quote", "")) if element is OBSERVATION else ""
    return [quotation(isolate(clip(quote, _QUOTE)))] if quote else []


def _needed(element: Element, content: Content, about: FormAbout) -> list[str]:
    """What sharing will ask for, since Slack calls the fields of the walk optional."""
    filled = {**about.suggestions, **content}
    naming = naming_for(about, filled)
    lacking = [naming.label(field) for field in element if field.needed and field.key not in filled]
    if not lacking:
        return []
    return [f"Needed before sharing, but not now: {', '.join(lacking)}."]


def _walk_buttons(element: Element, meta: Meta) -> list[Block]:
    if not meta.walk or element not in WALK:
        return []
    later = button("Finish later", ids.FINISH_LATER, "later")
    if element is WALK[0] or meta.returns:
        return [actions(later)]
    return [actions(button("Back", ids.BACK, "back"), later)]
