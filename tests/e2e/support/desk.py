"""The dialogs of the playground page: the gallery, the ways to share, and what is offered when a program is replaced."""

from pathlib import Path

from playwright.sync_api import Locator, Page


class Desk:
    """Where programs come from and go to, on the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Actions

    def open_gallery(self) -> None:
        """Show the examples."""
        self.page.get_by_role("button", name="Examples", exact=True).click()

    def open_share(self, way: str = "Link") -> None:
        """Show one of the ways to share."""
        self.page.get_by_role("button", name="Share", exact=True).click()
        self.sharing.get_by_role("tab", name=way, exact=True).click()

    def clear(self) -> None:
        """Begin with nothing."""
        self.page.get_by_role("button", name="Clear the program", exact=True).click()

    def download(self, kind: str, folder: Path) -> bytes:
        """Save a file of this kind, and read it."""
        with self.page.expect_download() as started:
            self.sharing.get_by_role("button", name=kind).click()
        path = folder / started.value.suggested_filename
        started.value.save_as(path)
        return path.read_bytes()

    # Places

    def dialog(self, name: str) -> Locator:
        """A dialog that is open. What it shows is slotted into it, and so is found by its element."""
        return self.page.get_by_role("dialog", name=name, exact=True)

    @property
    def sharing(self) -> Locator:
        """What the dialog that shares shows."""
        return self.page.locator("tp-share")

    def example(self, title: str) -> Locator:
        """The button of the gallery that opens a program."""
        return self.page.locator("tp-gallery").get_by_role("button", name=title)

    def field(self, label: str) -> Locator:
        """A text to copy."""
        return self.sharing.get_by_role("textbox", name=label, exact=True)

    @property
    def preview(self) -> Locator:
        """The picture as readers will see it."""
        return self.sharing.get_by_role("figure", name="Preview").get_by_role("img")

    @property
    def offer(self) -> Locator:
        """What has happened to the program, with the way back."""
        return self.page.locator("tp-toast").get_by_role("group")

    def accept(self, action: str) -> None:
        """Take the way back that is offered."""
        self.offer.get_by_role("button", name=action, exact=True).click()
