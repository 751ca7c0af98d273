"""What Schemathesis cannot know of the API: its command loads what `SCHEMATHESIS_HOOKS` names."""
# pyright: basic, reportMissingImports=false

import json

import schemathesis
from schemathesis.checks import CheckContext
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

PROGRAMS = ("code", "cells", "snippet")


@schemathesis.check
def valid_data_is_accepted(ctx: CheckContext, response: schemathesis.Response, case: schemathesis.Case) -> bool | None:
    """What fits the description is accepted, but for what no schema can say: see `beyond_schemas`."""
    if "image/" in ",".join(response.headers.get("content-type", ())):
        # A picture says what is wrong to people; the same request without `errors=image` is checked by its problem.
        return None
    if response.status_code in (412, 422) and beyond_schemas(json.loads(response.content), case):
        return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def wrong_data_is_refused(ctx: CheckContext, response: schemathesis.Response, case: schemathesis.Case) -> bool | None:
    """What does not fit the description is refused; of a batch, each program for itself."""
    answers = json.loads(response.content)["answers"] if case.path == "/api/v1/batch" and response.status_code == 200 else ()
    if any(answer["status"] in (413, 422) for answer in answers):
        return None
    return negative_data_rejection(ctx, response, case)


def beyond_schemas(problem: dict[str, object], case: schemathesis.Case) -> bool:
    """Whether a refusal has a cause that OpenAPI has no words for."""
    if problem["type"] == "/problems/precondition":
        # What a client has, no schema knows.
        return True
    if problem["type"] == "/problems/program":
        # A graph is drawn of a program that runs, and no schema says which texts are Python that does.
        return True
    if problem["type"] == "/problems/idempotency" or "not in both" in str(problem["detail"]):
        # What a key came with before, and what is in an address and in a body at once, no schema of one of them can say.
        return True
    if "titles for" in str(problem["detail"]) or "the same title" in str(problem["detail"]):
        # That there is one title for each cell, and each is another, no schema can say.
        return True
    if case.path.endswith("/tallies"):
        # Which gates a lesson has, no schema knows.
        return True
    if "no CUDA device" in str(problem["detail"]):
        # Whether a service has one is told by /api/v1/about: its description is the same everywhere.
        return True
    # Parameters cannot exclude one another: https://github.com/OAI/OpenAPI-Specification/issues/256
    if "not in both" in str(problem["detail"]):
        return True
    return case.method == "GET" and len(set(PROGRAMS) & set(case.query or ())) != 1
