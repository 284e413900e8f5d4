"""Chances of counts and their exact intervals, from the incomplete beta and gamma functions.

scipy.stats has them all, but its import takes longer than the whole of a town's trends; the tests hold each against it.
"""

import numpy as np
from scipy.special import betainc, gammainc, gammaincinv, gammaln

from fazhi.trends.monthly_counts import Array

NORMAL_95 = 1.959963984540054


def upper_tail(part: Array, whole: Array, share: Array) -> Array:
    """Chance of such a part of the whole or a greater one (binomial; for counts divided by their scatter, its continuation)."""
    rest = np.maximum(whole - part, 0.0)
    return np.where(part > 0, betainc(np.maximum(part, 1e-9), rest + 1, share), 1.0)


def two_sided(part: Array, whole: Array, share: Array) -> Array:
    """Chance of a part as far from `share` of the whole as this, on either side: twice the lesser tail."""
    rest = np.maximum(whole - part, 0.0)
    low = np.where(rest > 0, 1 - betainc(part + 1, np.maximum(rest, 1e-9), share), 1.0)
    return np.minimum(1.0, 2 * np.minimum(low, upper_tail(part, whole, share)))


def at_least(count: Array | int, mean: Array | float, spread: float = 1.0) -> Array:
    """Chance of `count` or more, of a count with `mean` and variance `spread` × mean (Poisson, beyond it negative binomial)."""
    count = np.asarray(count, float)
    mean, some = np.maximum(np.asarray(mean, float), 1e-9), np.maximum(count, 1.0)
    chance = gammainc(some, mean) if spread <= 1.0 else betainc(some, mean / (spread - 1), 1 - 1 / spread)
    return np.where(count > 0, chance, 1.0)


def drawn_at_least(count: Array, marked: Array, drawn: Array, whole: float) -> Array:
    """Chance of `count` or more marked ones among `drawn` of a `whole` (hypergeometric); arrays of one shape."""
    count, marked, drawn = (np.ravel(values) for values in np.broadcast_arrays(count, marked, drawn))
    chances = np.ones(count.shape)
    for i in np.flatnonzero(count > 0):
        numbers = np.arange(count[i], min(marked[i], drawn[i]) + 1)
        chances[i] = np.exp(_hypergeometric(numbers, marked[i], drawn[i], whole)).sum()
    return np.minimum(chances, 1.0)


def fisher(a: float, n: float, b: float, m: float) -> float:
    """Fisher's two-sided exact chance that parts `a` of `n` and `b` of `m` differ so much."""
    numbers = np.arange(max(0, a + b - n), min(m, a + b) + 1)
    chances = np.exp(_hypergeometric(numbers, a + b, m, n + m))
    own = float(np.exp(_hypergeometric(np.array([b]), a + b, m, n + m))[0])
    return float(min(1.0, chances[chances <= own * (1 + 1e-7)].sum()))


def _hypergeometric(numbers: Array, marked: float, drawn: float, whole: float) -> Array:
    """Logarithm of the chance of just so many marked ones."""
    return _choose(marked, numbers) + _choose(whole - marked, drawn - numbers) - _choose(whole, drawn)


def _choose(n: float, k: Array | float) -> Array:
    return gammaln(n + 1) - gammaln(k + np.float64(1)) - gammaln(n - k + np.float64(1))


def poisson_interval(count: int, level: float = 0.95) -> tuple[float, float]:
    """Garwood's exact interval of a Poisson mean (Biometrika 28, 1936)."""
    tail = (1 - level) / 2
    return float(gammaincinv(count, tail)) if count else 0.0, float(gammaincinv(count + 1, 1 - tail))


def wilson(part: int, whole: int) -> tuple[float, float, float]:
    """A share and Wilson's 95 % interval of it (JASA 22, 1927)."""
    square = NORMAL_95**2
    share, middle = part / whole, (part + square / 2) / (whole + square)
    reach = NORMAL_95 / (whole + square) * float(np.sqrt(part * (whole - part) / whole + square / 4))
    return share, middle - reach, middle + reach
