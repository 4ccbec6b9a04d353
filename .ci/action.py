"""Runs a step of the composite action as a runner would: `action.py ACTION STEP FOLDER`. Variables come from the environment."""

import subprocess
import sys

from ruamel.yaml import YAML

action, name, folder = sys.argv[1:]
with open(action, encoding="utf-8") as file:
    steps = YAML(typ="safe").load(file)["runs"]["steps"]
step = next(step for step in steps if step.get("name") == name)
sys.exit(subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], cwd=folder).returncode)
