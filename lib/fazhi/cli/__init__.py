"""The command `fazhi`: a file a subcommand."""
