"""`/api/v1/graph`: graphs as SVG, PNG, DOT and JSON."""
