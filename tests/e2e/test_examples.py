"""The answers that the API's description has as examples are those of a service. `make openapi` asks for them anew."""

from tensorpad.api.description import answers

from tests.support.example_answers import asked, lasting


def test_examples_are_what_a_service_answers(server_url: str) -> None:
    kept, found = answers.recorded(), asked(server_url)
    assert kept.keys() == found.keys()
    for operation in found:
        assert lasting(operation, kept[operation]) == lasting(operation, found[operation]), operation
