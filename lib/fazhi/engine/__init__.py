"""Running notebooks: quickly in forked children of a warm parent, or by stock kernels where there is no fork."""
