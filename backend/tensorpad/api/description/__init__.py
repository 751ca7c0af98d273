"""How the description of the API is made: components, faults, headers and examples."""
