"""`%load_ext tensorpad`, and then `%%tensorpad` at the top of a notebook's cell."""

import sys
from importlib import import_module
from typing import Any, get_args

from tensorpad.recordings.page import Look, Theme, View
from tensorpad.texts import Lang

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
    @_magic.cell_magic
    def tensorpad(self, line: str, cell: str) -> None:
        """Run the cell in this kernel as ever, and show step by step what its tensors did."""
        # PyTorch is loaded with the first cell that is traced, and not with the extension.
        from tensorpad.kernel.answers import drawing
        from tensorpad.kernel.cells import trace_cell
        from tensorpad.kernel.pages import bundle
        from tensorpad.kernel.tracing import clean, environment_lang
        from tensorpad.protocol.limits import Limits
        from tensorpad.sandbox import execution
        from tensorpad.trace.program.cells import Cell

        asked: Any = _arguments.parse_argstring(TensorpadMagics.tensorpad, line)
        shell: Any = self.shell
        lang: Lang = asked.lang or environment_lang()
        limits = Limits()
        source = shell.transform_cell(cell)
        # The magic's own line is in front, so that errors name the lines that the notebook shows.
        filename = shell.compile.cache("\n" + source, shell.displayhook.prompt_count, raw_code="\n" + source)
        flags = shell.compile.flags & execution.FUTURE
        try:
            ran = trace_cell(Cell(0, source, filename, 1), shell.user_ns, root=asked.of, flags=flags, limits=limits)
        except Exception as error:  # the compiler's
            clean(error)
            _show_as_it_was_raised(shell, error)
            raise
        if ran.value is not execution.NOTHING:
            sys.displayhook(ran.value)
        look = Look(view=asked.view, step=asked.step, theme=asked.theme, lang=lang)
        _display.display(bundle(drawing.recording(ran.traced, lang, limits), **look), raw=True)
        if ran.error is not None:
            _show_as_it_was_raised(shell, ran.error)
            raise ran.error


def _show_as_it_was_raised(shell: Any, error: BaseException) -> None:
    """Let the shell show the next exception, which is this one, with the traceback that it has now."""
    trace = error.__traceback__
    before = shell.custom_exceptions, shell.CustomTB

    def show(shell: Any, kind: Any, value: Any, _: Any, tb_offset: Any = None) -> None:
        shell.custom_exceptions, shell.CustomTB = before
        shell.showtraceback((kind, value, trace), tb_offset=0)

    shell.set_custom_exc((type(error),), show)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext tensorpad` calls."""
    shell.register_magics(TensorpadMagics)
