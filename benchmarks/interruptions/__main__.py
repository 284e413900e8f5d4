"""`python -m benchmarks.interruptions kill|cut|fault COUNT [SEED]`: exit code 1 where anything was wrong."""

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.interruptions.disturbing import FAULTS, Shim, Try, kill
from benchmarks.interruptions.judging import faults_of, faults_of_next
from benchmarks.interruptions.processes import ROLES
from benchmarks.interruptions.town import Town, build


def tries(kind: str, town: Town, count: int, dice: random.Random) -> Iterator[Try]:
    """`count` tries; each is to be judged, and the town restored, before the next is asked for."""
    if kind == "kill":
        for number in range(count):
            yield kill(town, ROLES[number % len(ROLES)], dice)
        return
    shim = Shim(town.root)
    acts = shim.acts(town)
    print(f"an undisturbed run does {acts} things to files", flush=True)
    town.restore()
    for at in sorted(dice.sample(range(1, acts + 1), min(count, acts))):
        fault = dice.choice(list(FAULTS)) if kind == "fault" else ""
        yield shim.strike(town, at, fault, stays=fault == "ENOSPC")


def main() -> int:
    """Try, judge, tell; the number of tries after which something was wrong decides the exit code."""
    kind, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    wrong, longest = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        town = build(Path(folder))
        print(f"seed {seed}; an undisturbed run takes {town.seconds:.1f} s", flush=True)
        town.restore()
        for done in tries(kind, town, count, random.Random(seed)):
            found = [*faults_of(town, done), *faults_of_next(town)]
            longest = max(longest, done.orphans)
            wrong += bool(found)
            print(
                f"{done.what}: code {done.code}, processes left for {done.orphans:.1f} s; {'; '.join(found) or 'well'}",
                flush=True,
            )
            town.restore()
    print(f"{count} tries, {wrong} wrong; processes left for at most {longest:.1f} s")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
