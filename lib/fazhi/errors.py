"""The few errors fazhi raises on purpose. Each message is Chinese and says where, what was found, and what to do."""


class FazhiError(Exception):
    """Something the analyst can put right; the message is for them."""


class LedgerError(FazhiError):
    """A raw file or a folder of them cannot be used."""


class SpecError(FazhiError):
    """A YAML spec, `unit.yml`, `aliases.yml`, a template or a parameter is wrong."""


class PublishError(FazhiError):
    """A document cannot be put in place as it is."""
