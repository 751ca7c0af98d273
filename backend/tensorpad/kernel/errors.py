"""What goes wrong with a trace, and is not the program's own error."""


class TraceError(Exception):
    """A trace cannot be begun, or what it recorded cannot be used so; the message says what to do."""
