"""The packages of the extra `course` in a worker: what the documents list can be imported, and works confined."""

from importlib.metadata import packages_distributions

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.packages import importable, of_course

from tests.support.programs import run, stdout

pytestmark = pytest.mark.anyio


def modules(distribution: str) -> list[str]:
    return [
        module for module, owners in packages_distributions().items() if distribution in owners and module.isidentifier()
    ]


async def test_every_package_that_is_listed_can_be_imported(pool: LocalPool) -> None:
    assert set(of_course()) == {"einops", "matplotlib", "pandas", "scipy", "tqdm"}
    listed = sorted({module for name in importable() for module in modules(name) if not module.startswith("_")})
    assert {"PIL", "torch", "numpy", *of_course()} <= set(listed)
    program = f"import importlib\nfor name in {listed!r}:\n    importlib.import_module(name)\n    print(name)"

    assert stdout(await run(pool, program)).split() == listed


async def test_packages_of_courses_do_their_work_and_write_nothing(pool: LocalPool) -> None:
    """The list of fonts is there already: building it would take a second, and a place to keep it."""
    outcome = await run(
        pool,
        "import io, os, sys, torch\n"
        "loaded = [name for name in ('matplotlib.pyplot', 'pandas', 'einops', 'tqdm') if name in sys.modules]\n"
        "import matplotlib.pyplot as plt\n"
        "from matplotlib import font_manager\n"
        "import pandas as pd, scipy.optimize, scipy.stats\n"
        "from einops import rearrange\n"
        "from tqdm import tqdm\n"
        "x = torch.linspace(0, 1, 5)\n"
        "plt.plot(x, x ** 2, label='$x^2$'); plt.title('平方'); plt.legend()\n"
        "picture = io.BytesIO(); plt.savefig(picture)\n"
        "print(loaded, picture.getvalue()[1:4], len(font_manager.fontManager.ttflist) > 0)\n"
        "print(pd.DataFrame({'x': x}).x.mean(), rearrange(torch.ones(2, 3), 'a b -> b a').shape)\n"
        "print(round(scipy.optimize.minimize(lambda a: (a[0] - 2) ** 2, [0.]).x[0], 3), scipy.stats.norm.cdf(0))\n"
        "print(sum(tqdm(range(3), file=io.StringIO())), os.listdir())",
    )

    assert stdout(outcome).splitlines() == [
        "['matplotlib.pyplot', 'pandas', 'einops', 'tqdm'] b'PNG' True",
        "0.5 torch.Size([3, 2])",
        "2.0 0.5",
        "3 []",
    ]
    assert outcome.cells[0].stderr == ""


async def test_figures_frames_and_pictures_are_displays_of_their_cells(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "plt.hist([1, 2, 2])\nwhile True: pass",
        timeout_s=4.0,
    )

    shown = [[display.mime for display in cell.displays] for cell in outcome.cells]
    assert shown[:2] == [["image/png"], ["text/html"]]
    assert outcome.cells[0].displays[0].text == "<Figure size 640x480 with 1 Axes>"
