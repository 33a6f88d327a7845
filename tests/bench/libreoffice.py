"""Prints how many seconds LibreOffice takes to recalculate workbooks: for each the median, all added up.

Usage: libreoffice.py SOFFICE FILE…, by a Python that has UNO.
"""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

RUNS = 9


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connected(port):
    """The office's context, as soon as it listens."""
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def recalculation(desktop, file):
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden,))
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        document.calculateAll()
        times.append(time.perf_counter() - start)
    document.close(True)
    return statistics.median(times)


def main(soffice, *files):
    port = free_port()
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            [
                soffice,
                "--headless",
                "--norestore",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                f"--accept=socket,host=127.0.0.1,port={port};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = connected(port)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        print(sum(recalculation(desktop, file) for file in files))
        desktop.terminate()
        office.wait(timeout=30)


main(*sys.argv[1:])
