"""What a program does, in a title and a sentence, from its source alone: for links to it, and for pictures of it."""
