#!/usr/bin/env python3
"""Renews assets/icons/aws from a newer npm package aws-icons, and says what came, went and changed.

    npm pack aws-icons && tar xzf aws-icons-*.tgz
    python3 scripts/update-icons.py package

With --dry-run nothing is written. Afterwards: write the release into assets/icons/NOTICE, correct the catalogue where the
build asks for it (entries whose icon went), and add entries for what came. Needs Python 3.11, nothing else.
"""

import argparse
import json
import shutil
import sys
import tomllib
from pathlib import Path

FOLDERS = ["architecture-group", "architecture-service", "category", "resource"]
ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"


def icons_of(root):
    """All icons under the four folders: relative path to bytes."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.svg")):
            found[f"{folder}/{path.name}"] = path.read_bytes()
    return found


def kinds_by_icon():
    """Which kinds of the catalogue show an icon."""
    kinds = {}
    with open(ICONS / "catalogue.toml", "rb") as file:
        for category in tomllib.load(file).values():
            for kind, entry in category["services"].items():
                kinds.setdefault(entry.get("icon"), []).append(kind)
    return kinds


def report(old, new):
    """Prints the difference; an icon that went under one name and came under another is a renamed one."""
    kinds = kinds_by_icon()
    came = {path for path in new if path not in old}
    gone = {path for path in old if path not in new}
    renamed = {}
    for path in sorted(gone):
        same = [other for other in sorted(came) if new[other] == old[path]]
        if same:
            renamed[path] = same[0]
            came.discard(same[0])
    changed = sorted(path for path in new if path in old and new[path] != old[path])

    def line(path):
        stem = path.split("/")[1].removesuffix(".svg")
        users = kinds.get(stem, []) + kinds.get(path.removesuffix(".svg"), [])
        return f"  {path}" + (f"  (kind {', '.join(users)})" if users else "")

    for title, paths in [("came", sorted(came)), ("went", sorted(gone - set(renamed))), ("changed", changed)]:
        print(f"{title}: {len(paths)}")
        print("".join(line(path) + "\n" for path in paths), end="")
    print(f"renamed: {len(renamed)}")
    for path, other in renamed.items():
        print(f"{line(path)} -> {other}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    arguments = parser.parse_args()
    new = icons_of(arguments.package / "icons")
    empty = [folder for folder in FOLDERS if not any(path.startswith(folder + "/") for path in new)]
    if empty:
        sys.exit(f"{arguments.package}: no icons in {', '.join(empty)}; is this the unpacked package aws-icons?")
    version = json.loads((arguments.package / "package.json").read_text())["version"]
    print(f"aws-icons {version}: {len(new)} icons")
    report(icons_of(ICONS / "aws"), new)
    if not arguments.dry_run:
        shutil.rmtree(ICONS / "aws")
        for path, content in new.items():
            target = ICONS / "aws" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


main()
