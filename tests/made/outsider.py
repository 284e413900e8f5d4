"""What somebody can work out who reads all that is printed: whole numbers by integer programming."""

import numpy as np
from scipy.optimize import LinearConstraint, milp

LEAST = 3  # numbers below are not published


class Unknowns:
    """Whole numbers, none negative, and what is told of them."""

    def __init__(self, names):
        self.names, self.rows = list(names), []

    def tell(self, weights, low, high):
        self.rows.append(([weights.get(name, 0.0) for name in self.names], low, high))

    def allows(self, name, value):
        asked = [float(one == name) for one in self.names]
        table = np.array([*(row for row, _, _ in self.rows), asked])
        low, high = ([*(row[end] for row in self.rows), value] for end in (1, 2))
        return milp(
            np.zeros(len(self.names)),
            constraints=LinearConstraint(table, low, high),
            integrality=np.ones(len(self.names)),
        ).success

    def possible(self, name, most=12):
        return {value for value in range(most) if self.allows(name, value)}
