"""What is known of a program: its source, and from its trace the values, writes, backward passes and origins of numbers."""
