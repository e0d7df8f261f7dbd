// Shows the service's own OpenAPI document: operations, bodies, every status with an example.

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const json = (value) => element("pre", "", element("code", "", JSON.stringify(value, null, 2)));

function example(schema, schemas) {
  if (!schema) return null;
  if (schema.$ref) return example(schemas[schema.$ref.split("/").pop()], schemas);
  if (schema.examples) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.anyOf) return example(schema.anyOf[0], schemas);
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, example(part, schemas)]));
  }
  if (schema.type === "array") return [example(schema.items, schemas)];
  if (schema.type === "object") return {};
  return { integer: 0, number: 0.5, boolean: true }[schema.type] ?? "…";
}

const content = (part) => Object.entries(part?.content ?? {})[0] ?? [null, null];

function body(operation, schemas) {
  const [, media] = content(operation.requestBody);
  return media ? [element("h3", "", "Body"), json(example(media.schema, schemas))] : [];
}

function call(method, path, operation, schemas) {
  const [type, media] = content(operation.requestBody);
  const data = media && JSON.stringify(example(media.schema, schemas)).replaceAll("'", "'\\''");
  const send = media ? ` \\\n  -H 'Content-Type: ${type}' \\\n  -d '${data}'` : "";
  const url = new URL(path.slice(1), document.baseURI);
  return element("pre", "", element("code", "", `curl ${method === "get" ? "" : "-X POST "}${url}${send}`));
}

function answer([status, response], schemas) {
  const [, media] = content(response);
  const named = Object.values(media?.examples ?? {}).map((one) => one.value);
  const shown = named.length ? named : [example(media?.schema, schemas)].filter((one) => one !== null);
  const summary = element("summary", "", element("code", "", status), response.description);
  return element("details", "", summary, ...(shown.length ? shown.map(json) : ["no JSON body"]));
}

function operation(path, method, described, schemas) {
  return element(
    "section",
    "",
    element("h2", "", element("code", "", `${method.toUpperCase()} ${path}`)),
    element("p", "", described.description ?? described.summary ?? ""),
    call(method, path, described, schemas),
    ...body(described, schemas),
    element("h3", "", "Answers"),
    ...Object.entries(described.responses).map((response) => answer(response, schemas)),
  );
}

const api = await (await fetch("openapi.json")).json();
const schemas = api.components.schemas;
document.getElementById("description").textContent = api.info.description;
document.getElementById("operations").replaceChildren(
  ...Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operation(path, method, described, schemas)),
  ),
);
