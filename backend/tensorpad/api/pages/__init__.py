"""The pages: the playground, the view that other sites embed, the documentation, and the files beside them."""
