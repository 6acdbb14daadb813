"""Pixels as values: planes, colour, geometry of the canonical mesh, bands, flow."""
