from tensorpad.kernel.errors import TraceError as TraceError
from tensorpad.kernel.magic import load_ipython_extension as load_ipython_extension
from tensorpad.kernel.showing import show as show
from tensorpad.kernel.tracing import Trace as Trace
from tensorpad.kernel.tracing import trace as trace

__version__: str
