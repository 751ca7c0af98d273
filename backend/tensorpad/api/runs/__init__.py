"""`/api/v1/runs`: programs run, and their answers."""
