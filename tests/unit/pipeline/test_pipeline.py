"""The flow on one screen is whole."""

from scripts.generate_docs import generated_documents
from shared.contracts.errors import DocumentRejected
from shared.contracts.events import Event
from shared.contracts.pipeline import ANNOUNCES, ENDS, HANDLED_BY


def test_every_event_is_handled_or_ends_the_flow():
    events = {event for event in Event.__subclasses__() if event.__module__ == Event.__module__}

    assert events == set(HANDLED_BY) | set(ENDS)


def test_every_announced_event_has_a_listener_or_is_an_end():
    announced = {event for events in ANNOUNCES.values() for event in events}

    assert announced <= set(HANDLED_BY) | set(ENDS)


def test_every_service_is_woken_by_something():
    assert set(HANDLED_BY.values()) == set(ANNOUNCES)


def test_rejection_codes_are_unique():
    def leaves(error):
        children = error.__subclasses__()
        return [leaf for child in children for leaf in leaves(child)] or [error]

    codes = [error.code for error in leaves(DocumentRejected)]

    assert len(codes) == len(set(codes))


def test_generated_documents_say_what_the_code_says():
    drifted = [
        path.name
        for path, content in generated_documents().items()
        if path.read_text(encoding="utf-8") != content
    ]

    assert drifted == [], "run `make golden`"
