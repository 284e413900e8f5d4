"""Pulling the plug on a run: kills, and files that cannot be written, at moments drawn from a seed.

`python -m benchmarks.interruptions kill|cut|fault COUNT [SEED]` works on a small town in a folder of its own (Linux; `cut` and
`fault` need a C compiler). What is looked at after each try is in `judging`, what is done to a run in `disturbing`.
"""
