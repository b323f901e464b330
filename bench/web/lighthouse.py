"""Lighthouse, with its default settings: a mid-range phone on a slow network, simulated."""

import json
import os
from pathlib import Path

from bench.peers.environments import do
from bench.web.report import AUDITED
from downhill.site.chromium import OPTIONS, system

HERE = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def audits(node: Path, urls: dict[str, str], repeat: int) -> dict[str, list[dict]]:
    """Audit a page of the book and its floor in turn, so many times each; return what was found on either.

    `node` is the folder of node packages. Scores are 0 to 100. All but performance is the same each time, and taken once.
    """
    jobs = [{"url": urls[site], "categories": ["performance"]} for _ in range(repeat) for site in AUDITED]
    jobs[0]["categories"] = CATEGORIES
    command = ["node", HERE / "audits.mjs", node, " ".join(["--headless=new", *OPTIONS])]
    lines = do(command, env=os.environ | {"CHROME_PATH": system() or ""}, input=json.dumps(jobs)).splitlines()
    found = [scores(json.loads(line)) for line in lines]
    return {site: found[place :: len(AUDITED)] for place, site in enumerate(AUDITED)}


def scores(report: dict) -> dict:
    """Return what is kept of one of Lighthouse's reports."""
    found: dict = {name: round(category["score"] * 100) for name, category in report["categories"].items()}
    counted = {entry["id"] for category in report["categories"].values() for entry in category["auditRefs"] if entry["weight"]}
    failed = [name for name in counted if (report["audits"][name]["score"] or 0) < 0.9 and is_scored(report["audits"][name])]
    return found | {"failed": sorted(failed)}


def is_scored(audit: dict) -> bool:
    return audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
