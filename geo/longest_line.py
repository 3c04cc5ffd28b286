"""One line through many pieces: the longest way along a network of segments.

A road comes from OpenStreetMap as tens of ways, often two carriageways with slip roads between them. What the map
needs is one line from its one end to the other.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeAlias

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

GAP_M = 80.0
_GRID_M = 0.5

Node: TypeAlias = tuple[float, float]
_Graph: TypeAlias = dict[Node, dict[Node, tuple[float, list[Node]]]]


def longest_line(metric: Iterable[BaseGeometry], gap_m: float = GAP_M) -> LineString | None:
    """The longest of the shortest ways through metric lines, ends nearer than ``gap_m`` joined; None without a line."""
    noded = shapely.union_all(list(metric), grid_size=_GRID_M)
    pieces = [p for p in shapely.get_parts(shapely.line_merge(noded)) if p.geom_type == "LineString"]
    if not pieces:
        return None
    graph = _graph(pieces)
    _join_gaps(graph, gap_m)
    best: list[Node] = []
    length = -1.0
    for part in _components(graph):
        first = _farthest(graph, next(iter(part)))[1][-1]
        reach, way = _farthest(graph, first)
        if reach > length:
            length, best = reach, way
    return _line(graph, best)


def _graph(pieces: list[LineString]) -> _Graph:
    graph: _Graph = defaultdict(dict)
    for piece in pieces:
        xy = [(float(x), float(y)) for x, y in shapely.get_coordinates(piece)]
        a, b = xy[0], xy[-1]
        if b not in graph[a] or graph[a][b][0] > piece.length:
            graph[a][b] = (float(piece.length), xy)
            graph[b][a] = (float(piece.length), xy[::-1])
    return graph


def _join_gaps(graph: _Graph, gap_m: float) -> None:
    """Edges between near ends; they count threefold, so that a real way goes first."""
    ends = [node for node in graph if len(graph[node]) == 1]
    points = shapely.points(ends) if ends else []
    tree = shapely.STRtree(points)
    for node, point in zip(ends, points, strict=True):
        for index in tree.query(point, predicate="dwithin", distance=gap_m):
            other = ends[int(index)]
            if other != node and other not in graph[node]:
                graph[node][other] = (3.0 * float(point.distance(points[int(index)])), [node, other])


def _components(graph: _Graph) -> list[set[Node]]:
    left = set(graph)
    found = []
    while left:
        part, todo = set(), [min(left)]
        while todo:
            node = todo.pop()
            if node not in part:
                part.add(node)
                todo.extend(graph[node])
        found.append(part)
        left -= part
    return found


def _farthest(graph: _Graph, start: Node) -> tuple[float, list[Node]]:
    """Distance and way from a node to the one farthest from it (Dijkstra)."""
    distance = {start: 0.0}
    before: dict[Node, Node] = {}
    queue = [(0.0, start)]
    while queue:
        reached, node = heapq.heappop(queue)
        if reached > distance[node]:
            continue
        for other, (step, _) in graph[node].items():
            if reached + step < distance.get(other, float("inf")):
                distance[other] = reached + step
                before[other] = node
                heapq.heappush(queue, (reached + step, other))
    end = max(distance, key=lambda node: (distance[node], node))
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return distance[end], way[::-1]


def _line(graph: _Graph, way: list[Node]) -> LineString | None:
    if len(way) < 2:
        return None
    xy = [way[0]]
    for a, b in pairwise(way):
        xy.extend(graph[a][b][1][1:])
    return LineString(xy)
