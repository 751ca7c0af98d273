"""Programs in books: what their directive shows in a page, whichever tool builds the book."""
