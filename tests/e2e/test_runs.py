"""Runs against the real service: what is fixed by the seed, what is said of the machine, and what an operator reads."""

import pytest
import torch

from tests.support.client import Client, result

DRAW = "import random, numpy as np\n(torch.rand(2).tolist(), np.random.rand(), random.random())"


def test_same_seed_gives_the_same_numbers_as_plain_torch(client: Client) -> None:
    first, second = (client.run(DRAW, seed=7) for _ in range(2))
    assert result(first) == result(second)
    plain = torch.rand(2, generator=torch.Generator().manual_seed(7))
    assert result(client.run("torch.rand(2)", seed=7)) == str(plain)
    assert result(client.run(DRAW, seed=8)) != result(first)


def test_a_seed_is_given_where_none_is_named(client: Client) -> None:
    assert result(client.run(DRAW)) == result(client.run(DRAW, seed=0))


def test_null_seed_gives_fresh_numbers(client: Client) -> None:
    assert len({result(client.run(DRAW, seed=None)) for _ in range(3)}) == 3


@pytest.mark.skipif(torch.cuda.is_available(), reason="the other truth is tested where there is a device")
def test_a_program_is_told_the_truth_about_cuda(client: Client) -> None:
    answer = client.run("print(torch.cuda.is_available())")
    assert answer["cells"][0]["stdout"] == "False\n"
    assert answer["environment"]["device"] == "cpu"


def test_the_tutorial_is_answered_whole(client: Client) -> None:
    program = "x = torch.ones(2, 2, requires_grad=True); y = x + 2; z = y * y * 3; out = z.mean(); out.backward()"
    answer = client.run(program)
    assert answer["status"] == "ok"
    x = next(tensor for tensor in answer["tensors"] if tensor["names"] == ["x"])
    assert x["grad"]["data"] == [[4.5, 4.5], [4.5, 4.5]]
    [graph] = answer["graphs"]
    assert graph["root_name"] == "out"
    assert graph["svg"].startswith("<svg")
    assert answer["timing"]["total_ms"] >= answer["timing"]["run_ms"] > 0


def test_a_graph_has_an_address_of_its_own(client: Client) -> None:
    query = {"code": "x = torch.ones(2, requires_grad=True)\nout = (x * 3).sum()", "of": "out"}
    first = client.http.get("/api/v1/graph.svg", params=query)
    assert first.status_code == 200
    assert first.headers["content-type"] == "image/svg+xml"
    assert "SumBackward0" in first.text
    assert "<script" not in first.text
    again = client.http.get("/api/v1/graph.svg", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_names_of_torch_are_those_of_the_workers_torch(client: Client) -> None:
    names = {name["name"]: name for name in client.http.get("/api/v1/names/torch.nn.functional").json()["names"]}
    assert names["relu"]["kind"] == "function"
    assert names["relu"]["signature"].startswith("(input")
    assert client.http.get("/api/v1/names/torch.nothing").status_code == 404


def test_readiness_is_a_real_run(client: Client) -> None:
    ready = client.http.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready"}


def test_metrics_count_runs_and_responses(client: Client) -> None:
    before = client.metric("tensorpad_runs_total", outcome="ok")
    answered = client.metric("tensorpad_http_responses_total", status="200")
    client.run("1")
    assert client.metric("tensorpad_runs_total", outcome="ok") == before + 1
    assert client.metric("tensorpad_http_responses_total", status="200") > answered
    assert client.metric("tensorpad_run_seconds_count", share="run") >= before + 1


def test_about_says_what_the_service_is(client: Client) -> None:
    about = client.http.get("/api/v1/about").json()
    assert about["versions"]["torch"] == torch.__version__
    assert about["limits"]["memory_bytes"] == 2**30
    assert {"namespaces", "seccomp", "landlock"} <= {layer["name"] for layer in about["isolation"]["layers"]}


@pytest.mark.parametrize("seed", range(3))
def test_what_torchviz_draws_with_two_unnamed_leaves_has_a_picture(client: Client, seed: int) -> None:
    """Their labels begin with an empty line, of which two once ended the drawing process in most runs."""
    answer = client.run(
        "import torch.nn as nn\nfrom torchviz import make_dot\nlin = nn.Linear(2, 1)\n"
        "x = torch.zeros(1, 2, requires_grad=True)\nx.data = torch.rand(1, 2)\ny = lin(x)\nmake_dot(y, params={'x': x})",
        seed=seed,
    )
    [display] = answer["cells"][0]["displays"]
    assert display["svg"].startswith("<svg")
