"""What the user asks for, whole: analyse, render, measure. The CLI and the worker both call these."""
