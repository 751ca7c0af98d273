"""Failures of the service, as opposed to failures of a person's program (`protocol.outcomes`).

TensorpadError
├── ProtocolError          bytes that are no message of ours
│   └── ReportTooLong      messages above their limit
├── RequestError           a request that can never be carried out here (`field` says which part)
├── Overloaded             no place in the queue, or none in time; try again later
└── Unavailable            the pool cannot run anything now
    └── WorkerLost         the template died under a run
"""


class TensorpadError(Exception):
    """Base of all failures of the service."""


class ProtocolError(TensorpadError):
    """The bytes are too long, too short, or do not fit the schema."""


class ReportTooLong(ProtocolError):
    """One message, or all of them together, are longer than their limit."""


class RequestError(TensorpadError):
    """A well-formed request that cannot be carried out on this machine."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Overloaded(TensorpadError):
    """Too many runs are waiting. `retry_after_s` is a guess at when a place will be free."""

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unavailable(TensorpadError):
    """No run is possible now, through no fault of the request."""

    retry_after_s: float = 2.0


class WorkerLost(Unavailable):
    """The process that runs programs died under this one; the run may be sent again."""
