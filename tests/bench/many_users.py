"""Twenty users of one server at the same time, by plain HTTP on this machine: panels and searches."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

from layers.store import Store
from tests.viewer.browser.serving import serving

USERS = 20
STEPS = 30
THINKING_S = (0.1, 0.5)
"""How long a user waits between two steps; far shorter than people do."""
_QUERIES = ("胶州湾", "jzw", "ditie", "发展轴", "园区", "qingdao", "公园", "地铁8号线")


def time_users(store_path: Path) -> Iterator[tuple[str, str]]:
    """Median, 95th percentile and longest of each kind of request, and how many failed."""
    features = list(Store(store_path).features)
    times: dict[str, list[float]] = defaultdict(list)
    failures: list[int] = []
    with serving(store_path) as server:
        users = [
            threading.Thread(target=_user, args=(server.url, features, number, times, failures))
            for number in range(USERS)
        ]
        for user in users:
            user.start()
        for user in users:
            user.join()
    for name, taken in times.items():
        cuts = quantiles(taken, n=20)
        yield (
            f"{USERS} users: {name}",
            f"{cuts[9]:6.0f} ms  median of {len(taken)}, p95 {cuts[18]:.0f}, longest {max(taken):.0f}",
        )
    yield f"{USERS} users: answers that were no 200", f"{len(failures):6d}"


def _user(
    url: str, features: list[str], number: int, times: dict[str, list[float]], failures: list[int]
) -> None:
    chance = random.Random(number)
    connection = HTTPConnection(str(urlsplit(url).hostname), urlsplit(url).port, timeout=30)
    for _ in range(STEPS):
        for name, path in (
            ("panel", f"/panel/{quote(chance.choice(features))}"),
            ("search", f"/search?q={quote(chance.choice(_QUERIES))}"),
        ):
            time.sleep(chance.uniform(*THINKING_S))
            began = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            times[name].append((time.perf_counter() - began) * 1e3)
            if answer.status != 200:
                failures.append(answer.status)
    connection.close()
