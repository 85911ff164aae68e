#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Predicts a bulk scan over many nodes from what repositories cost in a store.

    tests/bench/bulk_simulate.py STORE [REPOSITORIES] [THREADS per node]

Draws repositories, with replacement, from those of the store with their
seconds; deals them to nodes as `--shard` does (evenly by hash; a tenth of them
in families of 2 to 50, which stay together); lets each node's threads take them
largest first. The slowest node counts. First it predicts the store's own scan
and says how long that took by the store's clock.
"""

import heapq
import random
import sqlite3
import sys


def makespan(costs, threads):
    ends = [0.0] * threads
    for cost in sorted(costs, reverse=True):
        heapq.heapreplace(ends, ends[0] + cost)
    return max(ends)


def deal(costs, nodes, source):
    """Lists of costs by node."""
    parts = [[] for _ in range(nodes)]
    at = 0
    while at < len(costs):
        size = source.randint(2, 50) if source.random() < 0.004 else 1
        parts[source.randrange(nodes)] += costs[at : at + size]
        at += size
    return parts


def main():
    store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    known = [seconds for (seconds,) in store.execute(
        "SELECT seconds FROM repository WHERE state = 'done'")]
    (took,) = store.execute("SELECT finished - started FROM scan WHERE number = 1").fetchone()
    print(f"{len(known)} repositories, {sum(known):.1f} s; its own scan: predicted "
          f"{makespan(known, threads):.1f} s with {threads} threads, took {took} s")
    source = random.Random(1)
    costs = source.choices(known, k=count)
    for nodes in (1, 10, 100):
        ends = [makespan(part, threads) for part in deal(costs, nodes, source)]
        mean = sum(ends) / nodes
        print(f"{count} repositories on {nodes} nodes: {max(ends) / 3600:.2f} h "
              f"(mean {mean / 3600:.2f} h, the slowest {max(ends) / mean - 1:.1%} later)")


if __name__ == "__main__":
    main()
