"""What rules may know of a program: its source, and what its trace tells of values, writes, passes and ways of numbers."""
