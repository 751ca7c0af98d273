"""What a rule finds, and how it becomes sentences and figures."""
