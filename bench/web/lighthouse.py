"""Lighthouse, with its default settings: a mid-range phone on a slow network, simulated."""

import json
import os
from pathlib import Path

from bench.peers.environments import do
from tests.browser import OPTIONS, system

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def audit(program: Path, url: str, out: Path) -> dict:
    """Audit a page once; return the scores, 0 to 100, and what is not perfect though it counts."""
    command = ["node", program, url, "--quiet", "--output=json", f"--output-path={out}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(['--headless=new', *OPTIONS])}"]
    do(command, env=os.environ | {"CHROME_PATH": system() or ""})
    report = json.loads(out.read_text(encoding="utf-8"))
    found: dict = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    counted = {entry["id"] for category in report["categories"].values() for entry in category["auditRefs"] if entry["weight"]}
    failed = [name for name in counted if (report["audits"][name]["score"] or 0) < 0.9 and is_scored(report["audits"][name])]
    return found | {"failed": sorted(failed)}


def is_scored(audit: dict) -> bool:
    return audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
