"""The head of a page as other sites read it."""

from html.parser import HTMLParser


class PageHead(HTMLParser):
    """What is in a page, by a parser of HTML: its title, and its elements without content with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._in_title = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self._in_title = tag == "title"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Leave the title."""
        self._in_title = False

    def handle_data(self, data: str) -> None:
        """Add to the title."""
        if self._in_title:
            self.title += data

    @property
    def metas(self) -> dict[str, str]:
        """The content of each meta element, by property or name."""
        named = (found for tag, found in self.elements if tag == "meta")
        return {found.get("property") or found.get("name", ""): found.get("content", "") for found in named}

    @property
    def alternates(self) -> dict[str, str]:
        """The addresses of the page's other forms, by media type."""
        links = (found for tag, found in self.elements if tag == "link" and found.get("rel") == "alternate")
        return {found["type"]: found["href"] for found in links}

    @property
    def tags(self) -> list[str]:
        """The names of all elements."""
        return [tag for tag, _ in self.elements]
