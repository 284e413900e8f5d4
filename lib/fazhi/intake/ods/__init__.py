"""Reading .ods and .fods: values by calamine, everything else, and each cell again, from the XML."""
