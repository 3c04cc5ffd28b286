"""What is said of a scene on a slide or a page: the plan's words with their place, how sure the placement is, the note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.precision import Precision, precision_words
from layers.deck.scene_view import SceneView
from layers.deck.words import quoted
from layers.records import Evidence, PlanInfo
from layers.scene_sets import Scene, telling_evidence
from layers.store import Store

_ADDED = {"together": "：合在一起", "closing": "：全部结构性要素"}
_MOST = 8
"""Sentences on the subject in the notes of a slide."""
_OWN_MARKS = ("「", "落图：")


@dataclass(frozen=True)
class SceneWords:
    """``title`` and ``second`` are the caption's lines; ``quote`` is the sentence on the scene's subject and
    ``precision`` how sure its placement is; ``evidence`` are all the sentences that belong to the scene, ``layer``
    those on the layer it adds; ``remarks`` are the lines of the note that say something else."""

    title: str
    second: str
    quote: Evidence | None
    precision: str
    evidence: tuple[Evidence, ...]
    layer: tuple[Evidence, ...]
    remarks: tuple[str, ...]


def scene_words(store: Store, scene: Scene, view: SceneView, plan: PlanInfo | None) -> SceneWords:
    """The words of a scene; ``plan`` is that of a ready set, None for scenes of the user's own."""
    title, _, rest = scene.caption.partition("\n")
    second = "　".join(line.strip() for line in rest.splitlines() if line.strip())
    title += _ADDED.get(scene.id.rsplit("/", 1)[-1], "") if plan else ""
    evidence = tuple(_evidence(store, view, plan))
    quote = next((e for e in evidence if f"「{e.sentence}」" in scene.note), None)
    if quote is None and plan is None:
        quote = next(iter(evidence), None)
    layer = tuple(_layer_evidence(store, plan, view)) if plan else ()
    precision = ""
    if view.subject is not None and (quote is not None or plan is None):
        words = precision_words(Precision(view.subject.precision))
        precision = f"落图：{words.label_zh}。{words.meaning_zh}"
    remarks = tuple(
        line
        for line in scene.note.splitlines()
        if line and not (quote is not None and line.startswith(_OWN_MARKS))
    )
    return SceneWords(title, second, quote, precision, evidence, layer, remarks)


def alt_text(store: Store, title: str, features: Sequence[str], scale: int, notice: str) -> str:
    """What a scene's map shows, in words."""
    names = [store.features[f].name for f in features]
    listed = "、".join(names[:12]) + (f"等 {len(names)} 个要素" if len(names) > 12 else "")
    drawn = f"画出{listed}" if names else "只有底图"
    return f"{title}的地图，{drawn}，比例尺 1:{scale}。{notice}。".lstrip("的")


def speaker_notes(scene: Scene, words: SceneWords, view: SceneView, alt: str) -> str:
    """What stands under a slide: the note, the sentences it does not quote yet, the map in words, the link."""
    quotes = (e for e in (*words.evidence[:_MOST], *words.layer) if f"「{e.sentence}」" not in scene.note)
    lost = [f"这一幕里有 {view.missing} 个要素是现在的数据里没有的。"] if view.missing else []
    told = [
        scene.note,
        *dict.fromkeys(quoted(e) for e in quotes),
        *lost,
        f"图：{alt}",
        f"视图：/{scene.link}",
    ]
    return "\n".join(line for line in told if line)


def _evidence(store: Store, view: SceneView, plan: PlanInfo | None) -> Iterator[Evidence]:
    """The telling sentence on the subject, of the plan in view or of each plan; for a ready set every one of its plan."""
    if view.subject is None:
        return
    if plan is not None:
        yield from (e for e in store.evidence(view.subject.id) if e.plan == plan.id)
        return
    wanted = [view.state.plan] if view.state.plan in view.subject.plans else list(view.subject.plans)
    for one in wanted:
        found = telling_evidence(store, one, view.subject)
        if found is not None:
            yield found


def _layer_evidence(store: Store, plan: PlanInfo, view: SceneView) -> Iterator[Evidence]:
    """A sentence of the plan for each feature of the layer that a scene adds."""
    seen = set()
    for feature in view.features:
        if view.newest is None or store.features[feature].category != view.newest:
            continue
        first = next((e for e in store.evidence(feature) if e.plan == plan.id), None)
        if first is not None and first.sentence not in seen:
            seen.add(first.sentence)
            yield first
