"""Start the installed demonstration, fetch its sign-in page and a style sheet, and stop it.

Run it with the Python of the environment the wheel is installed in, from a folder that is no
checkout: `python serve_check.py SCRATCH`, where SCRATCH is a folder for the demonstration's data.
"""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

PATIENCE_SECONDS = 180
"""How long the first start may take: it loads the invented town."""


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def fetched(address: str) -> tuple[str, str]:
    """Return the address after redirects, and the body, of a page that answers 200."""
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - always our own http address
        return answer.url, answer.read().decode()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> tuple[str, str]:
    """Return the page at the address as soon as it answers; raise `SystemExit` if it never does."""
    for _ in range(PATIENCE_SECONDS * 2):
        if server.poll() is not None:
            sys.exit(f"The demonstration stopped by itself with {server.returncode}.")
        try:
            return fetched(address)
        except HTTPError as error:
            sys.exit(f"{error.url} answered {error.code}.")
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    sys.exit(f"Nothing answered at {address} within {PATIENCE_SECONDS} seconds.")


def check(root: str, server: subprocess.Popen[bytes]) -> None:
    """Check that a visitor is led to the sign-in page, and that its style sheet is there."""
    address, page = wait_for(root, server)
    if not address.endswith("/sign-in") or "<form" not in page:
        sys.exit(f"{root} led to {address}, which is no sign-in page.")
    sheet = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
    if sheet is None:
        sys.exit("The sign-in page has no style sheet.")
    _, rules = fetched(root.rstrip("/") + sheet[1])
    sys.stdout.write(f"The wheel serves {address} and {sheet[1]} ({len(rules)} characters).\n")


def main() -> None:
    """Serve the demonstration from its wheel for as long as the check takes."""
    scratch, port = Path(sys.argv[1]), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "DIRECTORY_PORT": str(port),
        "DIRECTORY_DATA": str(scratch / "demo"),
    }
    log = scratch / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            (sys.executable, "-m", "directory"),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            check(f"http://127.0.0.1:{port}/", server)
        except BaseException:
            sys.stderr.write(log.read_text("utf-8", "replace"))
            raise
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
