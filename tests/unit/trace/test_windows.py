"""Windows against what torch itself gives for the same part of the same tensor."""

from typing import Any

import numpy as np
import pytest
import torch
from tensorpad.protocol.inquiries import Answer
from tensorpad.protocol.records import SummaryValues
from tensorpad.protocol.windows import WindowInquiry, WindowRecord
from tensorpad.sandbox.seeds import seed_all

from tests.support.comparison import run


def looked(program: str, subject: str, **asked: Any) -> WindowRecord:
    """What a window shows; `subject` is an id, or the name of a variable."""
    found = _id(program, subject)
    answer: Answer | None = run(program, inquiry=WindowInquiry(found, **asked)).answer
    assert isinstance(answer, WindowRecord)
    return answer


def _id(program: str, name: str) -> str:
    trace = run(program).trace
    return next(
        (one.id for one in (*trace.tensors, *trace.arrays) if name in one.names),
        name,
    )


def numbers(window: WindowRecord, data: bytes | None = None) -> Any:
    """The numbers of a window, or of its extremes, as a matrix."""
    found = np.frombuffer(window.data if data is None else data, window.format)
    if window.complex and window.block == (1, 1):
        found = found.view(np.complex64 if window.format == "float32" else np.complex128)
    height = -(-(window.rows[1] - window.rows[0]) // window.block[0])
    return found.reshape(height, -1)


def plain(program: str, name: str = "x") -> torch.Tensor:
    names: dict[str, Any] = {}
    seed_all(0)
    exec(program, names)
    return names[name].detach()


LARGE = "import torch\nx = torch.randn(300, 400)"


def test_part_is_exact() -> None:
    window = looked(LARGE, "x", rows=(7, 107), columns=(390, 500))
    assert (window.rows, window.columns, window.block, window.format) == ((7, 107), (390, 400), (1, 1), "float32")
    assert np.array_equal(numbers(window), plain(LARGE)[7:107, 390:].numpy())


@pytest.mark.parametrize("shape", ["300, 400", "257, 3", "1, 1000", "129, 129"])
def test_blocks_are_means_between_extremes(shape: str) -> None:
    program = f"import torch\nx = torch.randn({shape}, dtype=torch.float64)"
    window = looked(program, "x", height=100, width=60)
    whole = plain(program)
    down, across = window.block
    assert (down, across) == (-(-whole.shape[0] // 100), -(-whole.shape[1] // 60))
    grids = [numbers(window), numbers(window, window.minimum), numbers(window, window.maximum)]
    for row, column in np.ndindex(grids[0].shape):
        part = whole[row * down : (row + 1) * down, column * across : (column + 1) * across]
        mean, least, most = (grid[row, column] for grid in grids)
        assert mean == pytest.approx(float(part.mean()), rel=1e-12, abs=1e-12)
        assert (least, most) == (float(part.min()), float(part.max()))


def test_blocks_of_pieces_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = looked(LARGE, "x", height=100, width=60)
    monkeypatch.setattr("tensorpad.trace.inquiries.windows.PIECE", 1_000)
    assert looked(LARGE, "x", height=100, width=60) == whole


def test_not_a_number_shows_in_its_block() -> None:
    window = looked(f"{LARGE}\nx[5, 5] = float('nan')", "x", height=100, width=100)
    mean = numbers(window)
    assert np.argwhere(np.isnan(mean)).tolist() == [[1, 1]]
    assert np.isnan(numbers(window, window.maximum)[1, 1])


@pytest.mark.parametrize(
    ("dtype", "format_"),
    [
        ("float16", "float32"),
        ("bfloat16", "float32"),
        ("float64", "float64"),
        ("int8", "int64"),
        ("int64", "int64"),
        ("uint8", "uint8"),
        ("bool", "uint8"),
        ("complex64", "float32"),
        ("complex128", "float64"),
    ],
)
def test_every_type_keeps_its_elements(dtype: str, format_: str) -> None:
    program = f"import torch\nx = (torch.randn(60, 50, dtype=torch.complex128) * 9).{_to(dtype)}"
    window = looked(program, "x")
    assert (window.format, window.dtype) == (format_, f"torch.{dtype}")
    whole = plain(program)
    expected = whole if dtype.startswith("complex") else whole.to(getattr(torch, format_))
    assert np.array_equal(numbers(window), expected.numpy())


def _to(dtype: str) -> str:
    return f"to(torch.{dtype})" if dtype.startswith("complex") else f"real.to(torch.{dtype})"


def test_conjugate_and_negative_views_show_what_they_are() -> None:
    program = "import torch\nc = torch.randn(60, 50, dtype=torch.complex64)\nx = c.conj()\ny = x.imag"
    assert np.array_equal(numbers(looked(program, "x")), plain(program).resolve_conj().numpy())
    assert np.array_equal(numbers(looked(program, "y")), plain(program, "y").resolve_neg().numpy())


def test_largest_integers_are_exact() -> None:
    program = "import torch\nx = torch.full((50, 50), 2**64 - 1, dtype=torch.uint64)"
    window = looked(program, "x", rows=(0, 1), columns=(0, 2))
    assert (window.format, numbers(window).tolist()) == ("uint64", [[2**64 - 1] * 2])


def test_leading_indices_choose_a_matrix() -> None:
    program = "import torch\nx = torch.randn(3, 4, 40, 50)"
    assert np.array_equal(numbers(looked(program, "x", leading=(2, 1))), plain(program)[2, 1].numpy())


def test_vector_is_one_row() -> None:
    program = "import torch\nx = torch.arange(5000)"
    assert numbers(looked(program, "x", columns=(4990, 5000))).tolist() == [list(range(4990, 5000))]


STEPS = "import torch\nx = torch.zeros(100, 100)\nx.add_(1)\nx[0] = 5\ny = x * 2\nx.mul_(3)\ndel x"


def test_each_step_shows_what_the_tensor_was_then() -> None:
    trace = run(STEPS).trace
    history = trace.tensors[0].history
    tensor = trace.tensors[0].id
    seen: list[Any] = []
    for version in history:
        answer = run(STEPS, inquiry=WindowInquiry(tensor, step=version.step)).answer
        assert isinstance(answer, WindowRecord)
        seen.append(numbers(answer)[:2, 0].tolist())
    assert seen == [[0, 0], [1, 1], [5, 1], [15, 3]]
    last = run(STEPS, inquiry=WindowInquiry(tensor)).answer
    assert isinstance(last, WindowRecord)
    assert numbers(last)[:2, 0].tolist() == [15, 3]


def test_small_storage_shown_over_and_over_keeps_its_steps() -> None:
    program = "import torch\nb = torch.zeros(1)\nx = b.expand(60, 60)\nb.add_(4)"
    trace = run(program).trace
    made = next(one for one in trace.tensors if "x" in one.names)
    before = run(program, inquiry=WindowInquiry(made.id, step=made.history[0].step)).answer
    assert isinstance(before, WindowRecord)
    assert set(numbers(before).ravel()) == {0}
    assert set(numbers(looked(program, "x")).ravel()) == {4}


def test_gradient_is_shown() -> None:
    program = "import torch\nx = torch.randn(60, 60, requires_grad=True)\n(x * x).sum().backward()"
    window = looked(program, "x", gradient=True)
    assert np.array_equal(numbers(window), (2 * plain(program)).numpy())


def test_array_is_shown() -> None:
    program = "import torch\nt = torch.zeros(60, 60)\nx = t.numpy()\nx[3, 4] = 7"
    window = looked(program, "x")
    assert window.subject == "a1"
    assert np.argwhere(numbers(window)).tolist() == [[3, 4]]


@pytest.mark.parametrize(
    ("program", "subject", "asked", "reason"),
    [
        (LARGE, "t99", {}, "no_subject"),
        (LARGE, "x", {"gradient": True}, "no_gradient"),
        (LARGE, "x", {"leading": (1,)}, "no_matrix"),
        ("import torch\nx = torch.zeros(3, 50, 50)", "x", {"leading": (3,)}, "no_matrix"),
        (f"import torch\na = 1\n{LARGE}", "x", {"step": 0}, "not_yet"),
        ("import torch\nx = torch.eye(60).to_sparse()", "x", {}, "not_dense"),
        ("import torch\nx = torch.zeros(1).expand(10**6, 10**6)", "x", {}, "too_large"),
    ],
)
def test_what_cannot_be_shown_says_why(program: str, subject: str, asked: dict[str, Any], reason: str) -> None:
    window = looked(program, subject, **asked)
    assert (window.reason, window.data) == (reason, b"")


def test_part_of_what_is_too_large_is_shown() -> None:
    program = "import torch\nx = torch.ones(1).expand(10**6, 10**6)"
    assert numbers(looked(program, "x", rows=(999_990, 10**6), columns=(5, 7))).tolist() == [[1, 1]] * 10


def test_looking_changes_nothing() -> None:
    program = f"{LARGE}\nprint(torch.rand(2), x._version)\nx.add_(1)\nprint(x.sum(), x._version)"
    watched = run(program, inquiry=WindowInquiry("t1", height=3))
    assert watched.printed == run(program).printed


def test_array_too_long_to_list_is_summarised() -> None:
    trace = run("import torch\nx = torch.zeros(3000).numpy()\nt = torch.from_numpy(x)\nx[1] = 6").trace
    assert isinstance(trace.arrays[0].values, SummaryValues)
    assert trace.arrays[0].values.maximum == 6
