/** @typedef {Readonly<Record<string, unknown>>} Members */
/** @typedef {{ readonly paths: Members, readonly components: { readonly schemas: Members } }} OpenApiDocument */

/**
 * The OpenAPI document as docs/openapi.json holds it: indented, with calls and schemas in the order of their names, so
 * that a moved controller is no change. Everything else keeps the order in which the service gives it.
 *
 * @param {OpenApiDocument} document
 */
export function openApiText(document) {
  const { paths, components } = document;
  const ordered = {
    ...document,
    paths: byName(paths),
    components: { ...components, schemas: byName(components.schemas) },
  };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

/** @param {Members} members */
function byName(members) {
  return Object.fromEntries(
    Object.keys(members)
      .sort()
      .map((name) => [name, members[name]]),
  );
}
