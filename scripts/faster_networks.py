#!/usr/bin/env python3
"""Rewrites a converted network so that ONNX Runtime keeps its tensors in one layout: the same function, faster.

The runtime lays channels out in blocks for its convolutions. An operator it does not know in that layout makes it
lay every tensor back and forth, and its PReLU is slow besides: of the face mesh's 18 ms, 15 went there. So

* PReLU with slope a a channel becomes a·x + (1 - a)·relu(x), the products as 1 × 1 depthwise convolutions, and where
  only convolutions read it, up to the channel's sign: ±a·x + relu(|1 - a|·x) takes a step less, and the readers'
  weights take the sign away;
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
        self._readers: dict[str, list[NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)
        self._signs: dict[str, NDArray[np.float64]] = {}
        """Of tensors that are now computed with other signs: ±1 a channel."""

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
        elif node.op_type == "Conv":
            yield self._signed(node)
        elif node.op_type == "Add" and (whole := self._normalisation(node)) is not None:
            yield whole
        else:
            signs = [self._signs[name] for name in node.input if name in self._signs]
            if node.op_type == "Add" and signs:
                self._signs[node.output[0]] = signs[0]
            yield node

    def _sums(self, node: NodeProto) -> Iterator[NodeProto]:
        x, out = node.input[0], node.output[0]
        slope = self._constants[node.input[1]].astype(np.float64).ravel()
        sign = self._signs.get(x, np.ones(len(slope)))
        flips = self._may_flip(out)
        turned = np.where(slope > 1.0, -1.0, 1.0) if flips else np.ones(len(slope))
        if flips:
            self._signs[out] = turned
        yield self._scaled(x, turned * slope * sign, f"{out}_sloped")
        yield self._scaled(x, np.abs(1.0 - slope) * sign if flips else sign, f"{out}_both")
        rest = f"{out}_rest" if flips else f"{out}_positive"
        yield helper.make_node("Relu", [f"{out}_both"], [rest], rest)
        if not flips:
            yield self._scaled(rest, 1.0 - slope, f"{out}_rest")
        yield helper.make_node("Add", [f"{out}_sloped", f"{out}_rest"], [out], out)

    def _may_flip(self, name: str) -> bool:
        """Whether all that reads a tensor can take its signs away, at once or behind the sum with a convolution."""
        return all(
            node.op_type == "Conv" or (node.op_type == "Add" and self._sum_may_flip(node, name))
            for node in self._readers[name]
        )

    def _sum_may_flip(self, node: NodeProto, name: str) -> bool:
        (other,) = (each for each in node.input if each != name)
        readers = self._readers[node.output[0]]
        return (
            self._maker(other, "Conv") is not None
            and len(self._readers[other]) == 1
            and [each.op_type for each in readers] == ["PRelu"]
        )

    def _signed(self, node: NodeProto) -> NodeProto:
        """The convolution for an input, and a sum behind it, that have other signs now."""
        came, out = self._signs.get(node.input[0]), node.output[0]
        behind = [each for each in self._readers.get(out, []) if each.op_type == "Add"]
        wanted = next((self._signs[name] for each in behind for name in each.input if name in self._signs), None)
        if came is None and wanted is None:
            return node
        weights, bias = (self._constants[name].astype(np.float64) for name in node.input[1:3])
        if came is not None:
            weights = weights * (came[:, None, None, None] if weights.shape[1] == 1 else came[None, :, None, None])
        if wanted is not None:
            weights, bias = weights * wanted[:, None, None, None], bias * wanted
        changed = NodeProto()
        changed.CopyFrom(node)
        changed.input[1] = self._constant(f"{out}_weights", weights)
        changed.input[2] = self._constant(f"{out}_bias", bias)
        return changed

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
