"""What a user can cause: one line each, with the exit status that goes with it."""


class PlotError(Exception):
    """The file or its contents cannot be drawn (exit status 1)."""

    status = 1


class CallError(PlotError):
    """The call is wrong: a file that is not there, a picture that this run does not have (exit status 2)."""

    status = 2


class LeftOutError(PlotError):
    """A picture that this run cannot have, though runs of its kind have it; the others are drawn where none was asked for."""


class ForeignEnvironmentError(LeftOutError):
    """The run is of an environment that the program asked does not have: its own program can decode it."""
