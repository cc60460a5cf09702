"""What can go wrong in this room; never because of a text."""


class LanguageNotSupported(Exception):
    """A pipeline was asked for in a language other than French or English, or its model speaks another one."""


class PipelineNotInstalled(Exception):
    """A named pipeline is missing or finds no noun in a plain sentence; the message says what to install."""
