// Shows the API's own description; nothing is sent to a validator elsewhere.

/**
 * The links of the description, by the example that a request has in its address: which operation makes what is named
 * there, with which body. A run or a stored program of an example is nowhere, and so each is made when it is asked for.
 */
function makers(document) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const found = new Map();
  for (const { path, method, operation } of operations)
    for (const response of Object.values(operation.responses))
      for (const link of Object.values(response.links ?? {})) {
        const target = operations.find((other) => other.operation.operationId === link.operationId);
        const examples = operation.requestBody.content["application/json"].examples;
        for (const [name, expression] of Object.entries(link.parameters)) {
          const { example } = target.operation.parameters.find((parameter) => parameter.name === name);
          const body = JSON.stringify(examples[link["x-example"]].value);
          found.set(String(example), {
            path: path.slice(1),
            method: method.toUpperCase(),
            body,
            member: expression.split("#/")[1],
          });
        }
      }
  return found;
}

const address = new URL(`${document.documentElement.dataset.root ?? "/"}openapi.json`, location.href);
let known = new Map();

const ui = SwaggerUIBundle({
  url: address.href,
  dom_id: "#docs",
  deepLinking: true,
  // The list of all types, opened, makes every click take seconds.
  defaultModelsExpandDepth: 0,
  // So do the colours of a run's answer, which is long.
  syntaxHighlight: { activated: false },
  validatorUrl: null,
  onComplete: () => {
    known = makers(ui.specSelectors.specJson().toJS());
  },
  requestInterceptor: async (request) => {
    for (const [example, { path, method, body, member }] of known) {
      if (!request.url.split(/[/?]/).includes(example)) continue;
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      const made = await fetch(new URL(path, address), { method, headers, body });
      if (made.ok) request.url = request.url.replace(example, (await made.json())[member]);
    }
    return request;
  },
});
