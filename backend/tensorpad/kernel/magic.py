"""`%load_ext tensorpad`, and then `%%tensorpad` at the top of a notebook's cell."""

import ast
import inspect
import re
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

from tensorpad.recordings.page import Look, Theme, View
from tensorpad.texts import Lang

if TYPE_CHECKING:
    from tensorpad.kernel.cells import TracedCell

# Their types are not known to those who check ours.
_magic: Any = import_module("IPython.core.magic")
_arguments: Any = import_module("IPython.core.magic_arguments")
_display: Any = import_module("IPython.display")


@_magic.magics_class
class TensorpadMagics(_magic.Magics):
    """The magic of a shell."""

    @_arguments.magic_arguments()
    @_arguments.argument("--view", choices=get_args(View), default="graph", help="the view that is shown at first")
    @_arguments.argument("--step", type=int, help="the step that is shown at first, from 0; the end if it is left out")
    @_arguments.argument("--lang", choices=get_args(Lang), help="the language of explanations and controls")
    @_arguments.argument("--theme", choices=get_args(Theme), default="auto", help="colours")
    @_arguments.argument("--of", help="the variable whose graph is shown, such as loss or losses[0]")
    @_arguments.argument("--name", help="the variable that the view is in, with the step, view and graph that are looked at")
    @_magic.cell_magic
    def tensorpad(self, line: str, cell: str) -> None:
        """Run the cell in this kernel as ever, and show step by step what its tensors did."""
        from tensorpad.kernel.cells import at_once

        self._shown(line, at_once(self._traced(line, cell, 0)))

    async def tensorpad_awaiting(self, line: str, cell: str) -> None:
        """As `tensorpad`, of a cell with `await` outside a function."""
        from tensorpad.sandbox.execution import AWAITING

        self._shown(line, await self._traced(line, cell, AWAITING))

    async def _traced(self, line: str, cell: str, flags: int) -> "TracedCell":
        # PyTorch is loaded with the first cell that is traced, and not with the extension.
        from tensorpad.kernel.cells import trace_cell
        from tensorpad.protocol.limits import Limits
        from tensorpad.sandbox import execution
        from tensorpad.trace.program.cells import Cell

        asked, shell = _asked(line), self._shell
        source = shell.transform_cell(cell)
        # The magic's own line is in front, so that errors name the lines that the notebook shows.
        filename = shell.compile.cache("\n" + source, shell.displayhook.prompt_count, raw_code="\n" + source)
        flags |= shell.compile.flags & execution.FUTURE
        program = Cell(0, source, filename, 1)
        return await trace_cell(program, shell.user_ns, root=asked.of, flags=flags, limits=Limits())

    def _shown(self, line: str, ran: "TracedCell") -> None:
        """Show what became of a cell. Raises what it raised."""
        from tensorpad.kernel.answers import drawing
        from tensorpad.kernel.pages import bundle
        from tensorpad.kernel.tracing import environment_lang
        from tensorpad.protocol.limits import Limits
        from tensorpad.sandbox import execution

        asked = _asked(line)
        lang: Lang = asked.lang or environment_lang()
        if ran.value is not execution.NOTHING:
            sys.displayhook(ran.value)
        look = Look(view=asked.view, step=asked.step, theme=asked.theme, lang=lang)
        recording = drawing.recording(ran.traced, lang, Limits())
        if asked.name is None:
            _display.display(bundle(recording, **look), raw=True)
        else:
            from tensorpad.kernel.views import LiveView

            self._shell.user_ns[asked.name] = view = LiveView(recording, **look)
            _display.display(view)
        if ran.error is not None:
            _show_as_it_was_raised(self._shell, ran.error)
            raise ran.error

    @property
    def _shell(self) -> Any:
        return self.shell


def _asked(line: str) -> Any:
    """The options of a cell."""
    return _arguments.parse_argstring(TensorpadMagics.tensorpad, line)


def _show_as_it_was_raised(shell: Any, error: BaseException) -> None:
    """Let the shell show the next exception, which is this one, with the traceback that it has now."""
    trace = error.__traceback__
    before = shell.custom_exceptions, shell.CustomTB

    def show(shell: Any, kind: Any, value: Any, _: Any, tb_offset: Any = None) -> None:
        shell.custom_exceptions, shell.CustomTB = before
        shell.showtraceback((kind, value, trace), tb_offset=0)

    shell.set_custom_exc((type(error),), show)


def awaited(lines: list[str]) -> list[str]:
    """The lines of a cell, as IPython transforms them. A magic cannot wait for anything, so one whose cell has `await`
    outside a function becomes an expression that is awaited.
    """
    if not lines or not (magic := _MAGIC.match(lines[0])) or not _awaits("".join(lines[1:])):
        return lines
    cell = "".join(lines[1:])
    magics = f"get_ipython().magics_manager.registry[{TensorpadMagics.__name__!r}]"
    return [f"await {magics}.tensorpad_awaiting({magic[1] or ''!r}, {cell!r})\n"]


_MAGIC = re.compile(r"%%tensorpad(?:[ \t]+(.*))?$")


def _awaits(source: str) -> bool:
    from IPython import get_ipython

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the compiler says it again when the cell is run
        try:
            code = compile(get_ipython().transform_cell(source), "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError):
            return False
    return bool(code.co_flags & inspect.CO_COROUTINE)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext tensorpad` calls."""
    shell.register_magics(TensorpadMagics)
    if awaited not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.insert(0, awaited)
