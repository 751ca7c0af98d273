"""HTTP in, HTTP out: routes, schemas, and one mapping from errors to problem+json."""
