"""What may be chance: exact intervals for small counts and rates, and how rare a difference is without any cause.

Limits as in Spiegelhalter, Funnel plots for comparing institutional performance (2005): 95 % to look, 99.8 % to say; among
many towns a few lie outside the first by chance alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LOOK, SAY = 0.05, 0.002
ORDINARY, MAYBE = "偶然范围内", "可能"


def rate_interval(part: "Floats", whole: "Floats") -> "tuple[Floats, Floats]":
    """The 95 % interval of a rate (Clopper and Pearson 1934); 0–1 where `whole` is 0."""
    import numpy as np
    from scipy.stats import beta

    low = np.where(part > 0, beta.ppf(LOOK / 2, part, whole - part + 1), 0.0)
    high = np.where(part < whole, beta.ppf(1 - LOOK / 2, part + 1, whole - part), 1.0)
    return low, high


def change_interval(now: "Floats", before: "Floats") -> "tuple[Floats, Floats]":
    """The 95 % interval of (now - before) / before, both Poisson counts: given their sum, `now` is binomial."""
    import numpy as np

    low, high = rate_interval(now, now + before)
    with np.errstate(divide="ignore"):
        return low / (1 - low) - 1, high / (1 - high) - 1


def change_p_value(now: "Floats", before: "Floats") -> "Floats":
    """How often two counts with one and the same expectation differ as much (two-sided)."""
    from scipy.stats import binom

    return _two_sided(binom.cdf(now, now + before, 0.5), binom.sf(now - 1, now + before, 0.5))


def rate_p_value(part: "Floats", whole: "Floats") -> "Floats":
    """How often a town's rate is as far from the others' together if all have one rate (Fisher's exact test, two-sided)."""
    from scipy.stats import hypergeom

    sizes = (whole.sum(), part.sum(), whole)
    return _two_sided(hypergeom.cdf(part, *sizes), hypergeom.sf(part - 1, *sizes))


def verdict(p_value: float, word: str) -> str:
    """偶然范围内, 可能 + the word, or the word."""
    return ORDINARY if p_value >= LOOK else word if p_value < SAY else MAYBE + word


def _two_sided(below: "Floats", above: "Floats") -> "Floats":
    import numpy as np

    doubled: Floats = np.minimum(1.0, 2 * np.minimum(below, above))
    return doubled
