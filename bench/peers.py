"""Peers that need Python packages of their own: environments that tools/setup peers makes."""
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def peer_python(name):
    """The interpreter of .deps/peers/NAME ($BOTTEGA_PEERS/NAME), which must be there."""
    python = pathlib.Path(os.environ.get("BOTTEGA_PEERS", ROOT / ".deps/peers")) / name / "bin/python"
    if not python.exists():
        sys.exit(f"{python} is missing: run `tools/setup peers`")
    return python


def in_peer(name):
    """Runs the calling script again under that interpreter, unless it is the one that runs already."""
    python = peer_python(name)
    if pathlib.Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), *sys.argv])
