"""One thread budget: libraries run single-threaded, and jobs run frames side by side.

Frames in parallel use the cores better than pools inside each operation, and optical flow and matrix
products give other bits with other thread counts: a result must not depend on the machine's cores.
"""

import os

_BLAS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def pin_blas() -> None:
    """Hold matrix products to one thread; has its effect only before numpy is first imported."""
    for name in _BLAS:
        os.environ.setdefault(name, "1")


def pin_pictures() -> None:
    """Hold picture operations to one thread."""
    import cv2

    cv2.setNumThreads(1)
