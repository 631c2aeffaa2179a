"""Write matrix.txt and the tables of docs/policy.md anew: python tests/policy/render_matrix.py."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":  # pragma: no cover - make matrix comes here
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    runpy.run_module("tests.policy.rendering", run_name="__main__")
