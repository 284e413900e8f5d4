"""A document as HTML, PDF and DOCX, and the nbconvert exporters over them."""
