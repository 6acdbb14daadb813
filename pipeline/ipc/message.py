"""What every value that crosses between the two processes is."""

import msgspec


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A value that crosses, told apart by its class's name."""
