"""Parts of the layout sent as HTML: the same words and attributes, nothing that a callback needs, every text escaped."""

from __future__ import annotations

import json

from dash import Dash, Input, Output, dcc, html
from dash._utils import to_json

from viewer.static_parts import live_ids, with_static_parts


def sent(node: object, live: set[str] | None = None) -> str:
    return json.dumps(json.loads(to_json(with_static_parts(node, live or set()))), ensure_ascii=False)


def test_a_part_without_callbacks_is_html_within_its_own_element() -> None:
    part = html.Div([html.B("甲", className="x"), "乙"], className="frame", **{"data-a": "1"})
    described = json.loads(sent(part))
    assert described["props"] == {
        "className": "frame",
        "data-a": "1",
        "dangerouslySetInnerHTML": {"__html": '<b class="x">甲</b>乙'},
    }


def test_text_is_escaped() -> None:
    assert "<script>" not in sent(html.Div([html.B("<script>alert(1)</script>"), '"&'], title="<i>"))
    assert "&lt;script&gt;" in sent(html.Div([html.B("<script>alert(1)</script>")]))


def test_what_a_callback_names_stays_a_component() -> None:
    node = html.Div([html.P([html.B("甲")], id="live"), html.P([html.B("乙")], id="still")])
    described = json.loads(sent(node, {"live"}))
    live, still = described["props"]["children"]
    assert live["props"]["id"] == "live"
    assert "dangerouslySetInnerHTML" not in live["props"]
    assert still["props"]["dangerouslySetInnerHTML"] == {"__html": "<b>乙</b>"}


def test_other_components_stay_wherever_they_are() -> None:
    node = html.Div([html.P([html.Span([dcc.Input(id="words")])]), html.P([html.B("甲")])])
    text = sent(node)
    assert '"type": "Input"' in text
    assert text.count("dangerouslySetInnerHTML") == 1


def test_ids_of_patterns_stay() -> None:
    node = html.Div([html.P([html.B("甲")], id={"type": "x", "n": 1})])
    (child,) = json.loads(sent(node))["props"]["children"]
    assert child["props"]["id"] == {"type": "x", "n": 1}
    assert "dangerouslySetInnerHTML" not in child["props"]


def test_the_layout_given_is_not_changed() -> None:
    node = html.Div([html.P([html.B("甲")]), dcc.Input(id="words")])
    before = to_json(node)
    with_static_parts(node, set())
    assert to_json(node) == before


def test_ids_of_callbacks_are_found() -> None:
    app = Dash("live")

    @app.callback(
        Output("a", "children"), Output("b", "title"), Input("c", "value"), prevent_initial_call=True
    )
    def both(_: object) -> tuple[str, str]:
        return "", ""

    @app.callback(Output("d", "children"), Input("e", "value"), prevent_initial_call=True)
    def one(_: object) -> str:
        return ""

    assert {"a", "b", "c", "d", "e"} <= live_ids(app)
