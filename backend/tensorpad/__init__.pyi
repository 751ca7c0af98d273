from tensorpad.kernel.errors import TraceError as TraceError
from tensorpad.kernel.tracing import Trace as Trace
from tensorpad.kernel.tracing import trace as trace

__version__: str
