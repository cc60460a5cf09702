"""What can go wrong in the graph, in its own words."""


class GraphError(Exception):
    """Base of the errors below; adapters raise nothing else."""


class NotFound(GraphError):
    """The thing asked for is absent, or hidden from the viewer: the two are never told apart."""


class Conflict(GraphError):
    """The write contradicts what is there."""


class Unavailable(GraphError):
    """The store cannot be reached, or cannot be used as it is; trying later may help."""
