"""The towns of a district together: indicators, ranks, disputes, coverage and quality, from the towns' own results.

No notebook: nothing in it is counted anew, and a notebook's record of a thousand towns would be read by nobody. What is
added up are figures the towns publish themselves; no pseudonym and no row of theirs is read.
"""

from fazhi.district.document import page
from fazhi.district.results import Results, TownResult, read_results
from fazhi.district.write import write_district

__all__ = ["Results", "TownResult", "page", "read_results", "write_district"]
