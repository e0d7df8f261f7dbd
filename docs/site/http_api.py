"""MkDocs hook: ``<!-- http api -->`` becomes the HTTP API, from the OpenAPI document that the service itself serves."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from service.app import create_app
from service.settings import Settings

MARK: Final = "<!-- http api -->"
METHODS: Final = ("get", "put", "post", "delete", "patch")
Json = Mapping[str, Any]


def on_page_markdown(markdown: str, **_: object) -> str:
    """Fill in the API."""
    return markdown.replace(MARK, "\n".join(_api(document()))) if MARK in markdown else markdown


def document() -> dict[str, Any]:
    """The OpenAPI document of a service with every call there is: with API keys, and with admin keys."""
    settings = Settings.model_validate({"api_keys": ["a key"], "admin_keys": ["another"], "feedback_url": ""})
    return create_app(settings).openapi()


def _api(api: Json) -> Iterator[str]:
    yield from ("## Calls", "")
    for path, operations in api["paths"].items():
        for method in METHODS:
            if method in operations:
                yield from _call(api, method.upper(), path, operations[method])
    yield from ("## Schemas", "")
    for name, schema in api["components"]["schemas"].items():
        yield from _schema(name, schema)


def _call(api: Json, method: str, path: str, call: Json) -> Iterator[str]:
    yield from (f"### `{method} {path}`", "", call.get("description", call["summary"]), "")
    for name in (name for wanted in call.get("security", ()) for name in wanted):
        held = api["components"]["securitySchemes"][name]["description"]
        yield from (f"Wants `Authorization: Bearer` with {held}, where keys are set.", "")
    if "requestBody" in call:
        schema = call["requestBody"]["content"]["application/json"]["schema"]
        yield from (f"Body: {_type(schema)}, for example", "", "```json", _example(api, schema), "```", "")
    yield from ("| status | `error_type` | when | body, headers |", "|---|---|---|---|")
    for status, answer in call["responses"].items():
        yield _answer(status, answer)
    yield ""


def _answer(status: str, answer: Json) -> str:
    bodies = answer.get("content", {}).items()
    kinds = [kind for _, body in bodies for kind in body.get("examples", {})]
    shapes = [_type(body["schema"]) if body.get("schema") else f"`{media}`" for media, body in bodies]
    carried = [*shapes, *(f"`{name}`" for name in answer.get("headers", {}))]
    said = "answered" if answer["description"] == "Successful Response" else answer["description"]
    return f"| {status} | {', '.join(f'`{kind}`' for kind in kinds)} | {_cell(said)} | {', '.join(carried)} |"


def _schema(name: str, schema: Json) -> Iterator[str]:
    yield from (f"### {name}", "", schema.get("description", ""), "")
    yield from ("| field | type | | what |", "|---|---|---|---|")
    for field, facts in schema["properties"].items():
        needed = "" if field in schema.get("required", ()) else f"default `{json.dumps(facts.get('default'))}`"
        yield f"| `{field}` | {_type(facts)} | {needed} | {_cell(facts.get('description', ''))} |"
    yield ""


def _type(schema: Json) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return ", ".join(f'`"{value}"`' for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    limits = [f"{word} {schema[key]}" for key, word in LIMITS.items() if key in schema]
    return ", ".join([str(schema.get("type", "any")), *limits])


LIMITS: Final = {"minimum": "from", "maximum": "to", "maxLength": "at most"}


def _example(api: Json, schema: Json) -> str:
    fields = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
    shown = {name: facts["examples"][0] for name, facts in fields.items() if facts.get("examples")}
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
