"""Trace records to a graph model: pure, iterative, and in an order that depends on the records alone."""
