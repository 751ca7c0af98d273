"""What a program did with torch, as records. Runs inside the worker."""
