"""Drives Firefox, by WebDriver BiDi, and WebKit's MiniBrowser, by its own driver on a display in memory, as Debian has them."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from selenium import webdriver
from selenium.common import WebDriverException
from selenium.webdriver.remote.websocket_connection import WebSocketConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from bench import BenchError
from bench.web.engines import Engine

PACKAGES = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}  # of Debian
PATIENCE = 60  # seconds
VIOLATIONS = """() => addEventListener("securitypolicyviolation", (event) =>
  console.error(`the policy refuses ${event.violatedDirective} ${event.blockedURI}`))"""


def need(*programs: str) -> None:
    """See that an engine's programs are here; BenchError, which says what to install, if not."""
    if missing := [program for program in programs if not shutil.which(program)]:
        packages = " ".join(PACKAGES[program] for program in missing)
        raise BenchError(f"{', '.join(missing)} is not on this machine: apt-get install {packages}")


def wait(until: Callable[[], bool], otherwise: str) -> None:
    """Wait until something holds; BenchError, with a sentence, if it never does."""
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise BenchError(otherwise)
        time.sleep(0.05)


class Firefox(Engine):
    """Firefox, which speaks WebDriver BiDi by itself."""

    def __init__(self, address: str):
        self.said: list[str] = []
        self.connection = WebSocketConnection(f"{address}/session", PATIENCE, 0.01)
        self.version = self.ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.ask("script.addPreloadScript", functionDeclaration=VIOLATIONS)
        self.connection.callbacks["log.entryAdded"] = [self.heard]

    def ask(self, command: str, **parameters) -> dict:
        answer = self.connection.send_cmd(command, parameters)
        if "error" in answer:
            raise BenchError(f"Firefox, {command}: {answer['message']}")
        return answer["result"]

    def heard(self, entry: dict) -> None:
        if entry["level"] == "error":
            self.said.append(entry["text"])

    def open(self, url: str, width: int, height: int) -> None:
        self.ask("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": height})
        self.ask("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def call(self, function: str, *given):
        wrapped = f"async () => JSON.stringify(await ({function})(...{json.dumps(given)}))"
        answer = self.ask("script.callFunction", functionDeclaration=wrapped, awaitPromise=True, target={"context": self.page})
        if answer["type"] == "exception":
            raise BenchError(f"Firefox: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"].get("value", "null"))

    def act(self, device: dict) -> None:
        self.ask("input.performActions", context=self.page, actions=[device])

    def errors(self) -> list[str]:
        said, self.said = self.said, []
        return said


@contextlib.contextmanager
def firefox() -> Iterator[Firefox]:
    """Yield a Firefox with a profile of its own, without a window."""
    need("firefox-esr")
    with tempfile.TemporaryDirectory() as profile:
        command = ["firefox-esr", "--headless", "--profile", profile, "--remote-debugging-port", "0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                place = Path(profile, "WebDriverBiDiServer.json")  # Firefox writes it once it listens
                wait(lambda: place.exists() and place.read_text().endswith("}"), "Firefox does not start")
                told = json.loads(place.read_text())
                yield Firefox(f"ws://{told['ws_host']}:{told['ws_port']}")
            finally:
                process.terminate()


class WebKit(Engine):
    """WebKitGTK's MiniBrowser; its window cannot be as narrow as a phone's screen."""

    def __init__(self, driver: webdriver.WebKitGTK, log: Path):
        self.driver, self.log, self.read = driver, log, 0
        self.version = driver.capabilities["browserVersion"]

    def open(self, url: str, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)
        self.driver.get(url)

    def call(self, function: str, *given):
        try:
            return self.driver.execute_script(f"return ({function})(...arguments)", *given)
        except WebDriverException as error:
            raise BenchError(f"WebKit: {error.msg}") from error

    def act(self, device: dict) -> None:
        self.driver.execute("actions", {"actions": [device]})

    def errors(self) -> list[str]:
        said = self.log.read_text(encoding="utf-8", errors="replace")
        new, self.read = said[self.read :], len(said)
        return re.findall(r"^CONSOLE.*\bERROR\b.*$", new, re.M)


@contextlib.contextmanager
def webkit() -> Iterator[WebKit]:
    """Yield a MiniBrowser with a profile of its own."""
    need("WebKitWebDriver", "Xvfb")
    with tempfile.TemporaryDirectory() as folder, display() as number:
        options, log = Options(), Path(folder, "log")
        for argument in ("--automation", "--enable-write-console-messages-to-stdout=true"):
            options.add_argument(argument)
        environment = os.environ | {"DISPLAY": number, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # root has no other
        driver = webdriver.WebKitGTK(options, Service(log_output=str(log), env=environment))
        try:
            yield WebKit(driver, log)
        finally:
            driver.quit()


@contextlib.contextmanager
def display() -> Iterator[str]:
    """Yield the name of a display in memory."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()


ENGINES = {"Firefox": firefox, "WebKitGTK": webkit}
