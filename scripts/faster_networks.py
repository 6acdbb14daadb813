#!/usr/bin/env python3
"""Rewrites a converted network so that ONNX Runtime keeps its tensors in one layout: the same function, faster.

The runtime lays channels out in blocks for its convolutions. An operator it does not know in that layout makes it
lay every tensor back and forth, and its PReLU is slow besides: of the face mesh's 18 ms, 15 went there. So

* PReLU with slope a a channel becomes a·x + (1 - a)·relu(x), both products as 1 × 1 depthwise convolutions, and
* a layer's normalisation written out in fourteen operators becomes the operator of that name.

Only rounding differs, 1e-6 of the outputs' range. The networks in `models` that were converted this way say so in
their cards; after rewriting one, put its new checksum there. Needs the package onnx, which the program does not:

    python scripts/faster_networks.py CONVERTED.onnx REWRITTEN.onnx
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper


class _Rewriter:
    """One graph on its way from the converted form to the fast one."""

    def __init__(self, model: ModelProto) -> None:
        self._graph = model.graph
        self._constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self._makers = {output: node for node in model.graph.node for output in node.output}

    def rewrite(self) -> None:
        """Replace the slow operators; drop what nothing reads any more."""
        nodes = [new for node in self._graph.node for new in self._replaced(node)]
        used = {name for node in nodes for name in node.input} | {each.name for each in self._graph.output}
        while (kept := [node for node in nodes if used.intersection(node.output)]) != nodes:
            nodes = kept
            used = {name for node in nodes for name in node.input} | {each.name for each in self._graph.output}
        del self._graph.node[:]
        self._graph.node.extend(nodes)
        constants = [each for each in self._graph.initializer if each.name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(constants)

    def _replaced(self, node: NodeProto) -> Iterator[NodeProto]:
        if node.op_type == "PRelu":
            yield from self._sums(node)
        elif node.op_type == "Add" and (whole := self._normalisation(node)) is not None:
            yield whole
        else:
            yield node

    def _sums(self, node: NodeProto) -> Iterator[NodeProto]:
        x, out = node.input[0], node.output[0]
        slope = self._constants[node.input[1]].astype(np.float64).ravel()
        yield helper.make_node("Relu", [x], [f"{out}_positive"], f"{out}_positive")
        yield self._scaled(x, slope, f"{out}_sloped")
        yield self._scaled(f"{out}_positive", 1.0 - slope, f"{out}_rest")
        yield helper.make_node("Add", [f"{out}_sloped", f"{out}_rest"], [out], out)

    def _scaled(self, x: str, factors: NDArray[np.float64], out: str) -> NodeProto:
        """`x` times a factor a channel."""
        weights = self._constant(f"{out}_factors", factors.reshape(-1, 1, 1, 1))
        return helper.make_node("Conv", [x, weights], [out], out, group=len(factors), kernel_shape=[1, 1])

    def _normalisation(self, node: NodeProto) -> NodeProto | None:
        """The normalisation whose last step, x·s - mean·s with s = gain / sqrt(variance + e), is this sum."""
        product = self._maker(node.input[0], "Mul")
        scale = self._maker(product.input[1], "Mul") if product is not None else None
        if product is None or scale is None or scale.input[1] not in self._constants:
            return None
        spread = scale.input[0]
        for step in ("Reshape", "Reciprocal", "Sqrt"):
            maker = self._maker(spread, step)
            if maker is None:
                return None
            spread = maker.input[0]
        floor = self._maker(spread, "Add")
        if floor is None or floor.input[1] not in self._constants:
            return None
        epsilon = float(self._constants[floor.input[1]].ravel()[0])
        out = node.output[0]
        inputs = [product.input[0], scale.input[1]]
        return helper.make_node("LayerNormalization", inputs, [out], out, axis=-1, epsilon=epsilon)

    def _maker(self, name: str, kind: str) -> NodeProto | None:
        """The node that makes `name`, where it is of this kind."""
        maker = self._makers.get(name)
        return maker if maker is not None and maker.op_type == kind else None

    def _constant(self, name: str, values: NDArray[np.floating]) -> str:
        self._graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name


def main() -> None:
    """Rewrite the file named first into the file named second."""
    parser = argparse.ArgumentParser(description="Rewrites a converted network for speed.")
    parser.add_argument("converted", type=Path)
    parser.add_argument("rewritten", type=Path)
    chosen = parser.parse_args()
    model = onnx.load(chosen.converted)
    _Rewriter(model).rewrite()
    onnx.checker.check_model(model)
    onnx.save(model, chosen.rewritten)


if __name__ == "__main__":
    main()
