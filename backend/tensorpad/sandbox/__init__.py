"""What runs inside the sandbox: the template that workers are forked from, and the worker: confine first, then execute."""
