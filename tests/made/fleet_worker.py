"""Stands in for the process that runs towns: answers at once, or dies as often as the town's folder says."""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        deaths = Path(task["folder"]) / "deaths"
        left = int(deaths.read_text()) if deaths.exists() else 0
        if left:
            deaths.write_text(str(left - 1))
            os._exit(9)
        print(json.dumps({"path": task["path"], "name": "某镇", "state": "done", "reasons": []}), flush=True)
