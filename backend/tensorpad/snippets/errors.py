"""Failures of the store.

SnippetError
├── StoreUnavailable       snippets are not kept here, or the file cannot be used just now
└── StoreFull              no more snippets can be taken in; those that are there stay
"""


class SnippetError(Exception):
    """Base of all failures of the store."""


class StoreUnavailable(SnippetError):
    """Nothing can be stored or found."""


class StoreFull(SnippetError):
    """There is no room for another snippet."""
