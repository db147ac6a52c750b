"""What tests of scripts share: scripts have no .py at their end, and what comes by itself is waited for."""

import sys
import time
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

HOUSE = Path(__file__).resolve().parents[2]
SCRIPTS = HOUSE / "scripts"
for part in (SCRIPTS, HOUSE / "Tests/Torture"):
    sys.path.insert(0, str(part))


def until(what: str, condition, seconds: float = 60):
    """Waits for something that comes by itself, and returns it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)
    return found


def loaded(name: str) -> ModuleType:
    """A script as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(SCRIPTS / name))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module
