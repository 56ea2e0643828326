"""How publishing ends where something outside the program is not as it must be."""

from __future__ import annotations

from digest.problems import Location, Problem


class RefusedError(Exception):
    """Publishing stops here; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refused(code: str, message: str, place: str, hint: str = "") -> RefusedError:
    """The exception for a problem at a target (its address) or in a file."""
    return RefusedError(Problem(code, message, Location(place), hint=hint))
