"""`python -m benchmarks.towns OUT_DIR --seed 7 --year 2025 --hard`."""

import argparse
from pathlib import Path

from .strange import KINDS
from .town import write_light_towns, write_town, write_towns


def main() -> None:
    """Write one town, or with --towns many."""
    ask = argparse.ArgumentParser(prog="benchmarks.towns", description="Made-up towns with their truth.")
    ask.add_argument("out", type=Path)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--year", type=int, default=2025)
    level = ask.add_mutually_exclusive_group()
    level.add_argument("--hard", action="store_true", help="habits beyond the sample's")
    level.add_argument("--easy", action="store_true", help="about the sample's level (default)")
    ask.add_argument("--rows", type=int, default=0, help="rows of the disputes ledger in the last year")
    ask.add_argument("--towns", type=int, default=0, help="write so many towns, a folder each")
    ask.add_argument("--light", action="store_true", help="with --towns: one year, few rows, no truth")
    ask.add_argument("--years", type=int, default=2, help="years up to --year")
    ask.add_argument(
        "--strange", type=int, default=0, choices=range(KINDS + 1), help="which kind of town with words of its own"
    )
    args = ask.parse_args()
    if args.towns and args.light:
        write_light_towns(args.out, args.towns, args.seed, args.year)
    elif args.towns:
        write_towns(args.out, args.towns, args.seed, args.year, args.hard, args.years)
    else:
        write_town(args.out, args.seed, args.year, args.hard, args.rows, args.years, args.strange)


if __name__ == "__main__":
    main()
