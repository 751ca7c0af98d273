"""Questions about one program: lens, derivation, opening, values."""
