"""The queue of runs, the template process, parked single-use workers, deadlines, and the cause of a death."""
