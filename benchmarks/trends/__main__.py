"""`python -m benchmarks.trends [SEEDS [FIRST]]`: false alarms in plain towns and power by kind and size, beside standard methods."""

import sys

from .methods import METHODS
from .plants import PLANTS
from .scores import SIZES, false_alarms, power
from .towns import SIMULATORS


def main() -> None:
    """Print the tables."""
    seeds, first = int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for simulator in SIMULATORS:
        for name, method in METHODS.items():
            score, kinds = false_alarms(method, simulator, range(first, first + seeds))
            print(f"plain, {simulator}, {name}: {score.share:.1%} {kinds}", flush=True)
    for plant in PLANTS:
        for size in SIZES:
            scores = power(list(METHODS.values()), plant, size, range(first, first + seeds // 4))
            print(f"| {plant} | {size} | " + " | ".join(f"{one.share:.0%}" for one in scores) + " |", flush=True)


if __name__ == "__main__":
    main()
