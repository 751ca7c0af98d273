"""Runs that can be played without a server: their file, the page that plays one, and what makes them."""
