"""Programs that somebody stored on purpose, so that a short link can name them."""
