"""How well `fazhi check` finds planted errors: drafts in other words than the report's, figures typed wrong by rule."""
