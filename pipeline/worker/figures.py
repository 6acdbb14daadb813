"""What the system says of this process."""

import sys
from pathlib import Path


def resident_bytes() -> int:
    """Memory that the process holds now; where the system doesn't say, the most it ever held, else 0."""
    status = Path("/proc/self/statm")
    if status.exists():
        import resource

        return int(status.read_text().split()[1]) * resource.getpagesize()
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
