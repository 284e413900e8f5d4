"""Word documents: each table is a sheet, read by lxml and counted again by expat."""
