"""A window in words: why it shows nothing."""

from tensorpad.protocol.windows import WindowRecord
from tensorpad.texts import CATALOGUES, Lang


def written(window: WindowRecord, lang: Lang) -> str | None:
    """Why a window has no elements; None if it has some."""
    if window.reason is None:
        return None
    shape = f"({', '.join(map(str, window.shape))})"
    return CATALOGUES[lang].inquiries.no_window[window.reason].format(subject=window.subject, shape=shape)
