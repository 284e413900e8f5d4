"""What a file may cost before it is refused. Every limit has its reason; all of them are settings."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds for one file and for the process that reads it."""

    # A 200,000-row ledger is 20 MB as xlsx and 50 MB as csv; nobody sends a township more in one file.
    file_bytes: int = 200 * MEBIBYTE
    # The same ledger unpacks to 130 MB. Excel itself stops far below 1 GB for such sheets.
    unpacked_bytes: int = 768 * MEBIBYTE
    # Sheets pack 5:1 to 30:1, rows formatted down to 1,048,576 up to 150:1; bombs lie near deflate's ceiling of 1032:1.
    ratio: int = 250
    # Up to here every cell is read twice and compared (5 µs each); in larger workbooks rows and cells are counted.
    compared_bytes: int = 16 * MEBIBYTE
    # Small parts may pack better (one style repeated): the ratio is asked of larger ones only.
    ratio_from_bytes: int = 4 * MEBIBYTE
    # A workbook of 100 sheets with drawings has some 1,000 parts.
    parts: int = 20_000
    # Excel's own grid.
    rows: int = 1_048_576
    columns: int = 16_384
    # The box around a sheet's content, blanks included: 32 bytes a cell in the reader, so 0.5 GB at the most.
    # The whole grid of the old format (65,536 × 256) fits.
    box_cells: int = 65_536 * 256
    # A 200,000-row ledger whose village and month are merged over a few rows each has fewer.
    merged_ranges: int = 100_000
    # Excel holds 32,767 characters in a cell; text files get the same with room for escapes.
    cell_characters: int = 131_072
    # Processor time (Linux, macOS). Ledgers of 20 MB take 8 s; eight times that.
    seconds: float = 20.0
    seconds_per_mebibyte: float = 3.0
    # Time by the clock, as a multiple of it: the machine may have more to do, the disk may be slow.
    patience: float = 6.0
    # Address space of the reading process (Linux, macOS): the 200,000-row ledger needs 0.9 GB of it.
    memory_bytes: int = 2048 * MEBIBYTE

    def seconds_for(self, size: int) -> float:
        """Processor time allowed for a file of `size` bytes."""
        return self.seconds + self.seconds_per_mebibyte * size / MEBIBYTE
