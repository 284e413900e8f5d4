"""Reading SpreadsheetML 2003 ("XML 表格 2003", often named .xls): one XML file, taken in by two parsers."""
