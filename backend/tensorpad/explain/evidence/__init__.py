"""What several rules decide from, put together: the facts of one program, names of its tensors, causes, and safe edits."""
