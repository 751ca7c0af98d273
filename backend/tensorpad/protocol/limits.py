"""Every limit of a run, in one frozen place."""

from dataclasses import dataclass, fields

KIB = 1024
MIB = 1024 * KIB
ADDRESS_BYTES = 65_000
"""The longest address that can be allowed: the parser of HTTP takes none beyond 65,535 bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run and of the service around it.

    Each is read from the environment variable `TENSORPAD_LIMITS_<NAME>`, upper case. A name ends in its unit:
    `_s` seconds, `_bytes` bytes; the rest are counts.
    """

    # A run
    timeout_s: float = 10.0
    """Longest wall time that a request may ask for; also the default."""
    grace_s: float = 0.5
    """After the soft deadline inside the worker, the time it has to say that it reports before it is killed."""
    report_s: float = 4.0
    """Time that a worker has, from the end of its program, to put its report together and to send it."""
    memory_bytes: int = 1024 * MIB
    """Memory that a program may take beyond what the warm interpreter already holds."""
    scratch_bytes: int = 64 * MIB
    """Size of the private tmpfs, and of the largest file in it."""
    output_bytes: int = 256 * KIB
    """Standard output and standard error together."""
    processes: int = 64
    """Processes and threads together."""
    open_files: int = 256
    """Open descriptors of one process."""
    threads: int = 1
    """CPU threads that torch may use in one worker."""

    # A request
    address_bytes: int = 32 * KIB
    """Path and query of one address, as they are sent; at most 65,000."""
    body_bytes: int = 512 * KIB
    """Body of one HTTP request."""
    code_bytes: int = 256 * KIB
    """Source of all cells together, as UTF-8."""
    cells: int = 200
    """Cells in one request."""
    batch: int = 16
    """Programs in one request."""

    # A report
    frame_bytes: int = 16 * MIB
    """One message from a worker."""
    report_bytes: int = 48 * MIB
    """All messages from a worker in one run."""
    values: int = 2_000
    """Elements of a tensor that are reported in full; a larger tensor is summarised."""
    text_chars: int = 20_000
    """Characters of one text (a representation, a message, a traceback)."""
    records: int = 2_000
    """Records of one kind (variables, tensors, operations) in one report."""
    steps: int = 5_000
    """Steps of the timeline: statements, operations, and what the engine ran."""
    graph_nodes: int = 20_000
    """Backward functions that are recorded, of all graphs together."""
    drawn_nodes: int = 400
    """Nodes that are drawn of one graph; the rest is elided around them."""
    series: int = 100_000
    """Numbers in all series together, which go on for as long as the program does; one has a tenth of them at most."""
    graphs: int = 16
    """Graphs in one report, and graphs among the displays of one cell that are drawn."""
    displays: int = 100
    """Displays of one cell."""
    display_bytes: int = 6 * MIB
    """All displays of a run together, as they are sent."""
    display_pixels: int = 16_000_000
    """Pixels of one picture that is displayed."""

    # The service
    parked: int = 2
    """Workers kept forked, confined and waiting."""
    concurrency: int = 2
    """Runs at one time."""
    queue: int = 32
    """Requests that may wait for a place; the next is refused at once."""
    queue_s: float = 10.0
    """Longest that a request may wait for a place."""
    requests_per_minute: int = 600
    """Runs that one client address may ask for."""
    snippet_bytes: int = 64 * KIB
    """One stored program."""
    snippets: int = 20_000
    """Stored programs; when there are as many, no more are taken in."""
    snippets_per_minute: int = 30
    """Programs that one client address may store."""
    tallies_per_minute: int = 300
    """Answers to gates that are counted of one client address, behind which a whole class may be."""
    kept_bytes: int = 128 * MIB
    """Memory for runs that have ended, so that more of them can be asked for."""
    kept_s: float = 600.0
    """Longest that such a run is kept."""
    start_s: float = 60.0
    """Time that the template and a worker have to become ready."""
    draw_s: float = 3.0
    """Time that one graph may take to draw."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 < value < float("inf"):
                raise ValueError(f"{field.name} must be a positive, finite number, and is {value!r}")
        if self.address_bytes > ADDRESS_BYTES:
            raise ValueError(f"address_bytes must be at most {ADDRESS_BYTES}, and is {self.address_bytes}")
