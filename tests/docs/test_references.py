"""What the documents point at exists: files, headings, make targets, commands with their subcommands."""

import re
import subprocess
import sys
from importlib.util import find_spec

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MAKE = re.compile(r"(?:^|`|&& |\w+=\S+ )make ([a-z]+)", re.MULTILINE)
MODULE = re.compile(r"python -m ([a-z_.]+)((?: [a-z]+)?)")
OUR_PATH = re.compile(r"`((?:gateway|subgraphs|shared|schema|deploy|tests|docs|\.ci)/[\w./-]*)`")
OURS = ("gateway", "subgraphs", "shared", "schema", "deploy")


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def leads_somewhere(target, fragment):
    if not fragment or not target.exists():
        return target.exists()
    return fragment in map(anchor, HEADING.findall(target.read_text()))


def test_relative_links_lead_somewhere(documents):
    broken = []
    for file, text in documents.items():
        for link in LINK.findall(text):
            if "://" in link:
                continue
            path, _, fragment = link.partition("#")
            if not leads_somewhere((file.parent / path).resolve() if path else file, fragment):
                broken.append((file.name, link))
    assert broken == []


def test_paths_in_backticks_exist(documents, root):
    missing = [
        (file.name, path)
        for file, text in documents.items()
        for path in OUR_PATH.findall(text)
        if not (root / path).exists()
    ]
    assert missing == []


def test_make_targets_exist(documents, root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    named = {target for text in documents.values() for target in MAKE.findall(text)}
    assert named
    assert named - targets == set()


def test_commands_exist(documents):
    named = {match for text in documents.values() for match in MODULE.findall(text) if match[0].startswith(OURS)}
    assert named
    for module, subcommand in sorted(named):
        assert find_spec(module) is not None, module
        if subcommand:
            arguments = [sys.executable, "-m", module, subcommand.strip(), "--help"]
            help_text = subprocess.run(arguments, capture_output=True, text=True, check=False)
            assert help_text.returncode == 0, (module, subcommand, help_text.stderr)
