"""Weighted sums along the lines of a picture."""

from pipeline.imaging.arrays import AnyArray
from pipeline.imaging.jit import fast_kernel


@fast_kernel
def gather_across(pixels: AnyArray, columns: AnyArray, shares: AnyArray, out: AnyArray) -> None:
    """out[y, x, c] = Σ shares[x, t] · pixels[y, columns[x, t], c]; pixels and out (h, w, channels) float32."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for c in range(out.shape[2]):
                out[y, x, c] = 0.0
            for t in range(columns.shape[1]):
                place, share = columns[x, t], shares[x, t]
                for c in range(out.shape[2]):
                    out[y, x, c] += share * pixels[y, place, c]
