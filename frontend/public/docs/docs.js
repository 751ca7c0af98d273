// Shows the API's own description; nothing is sent to a validator elsewhere.
SwaggerUIBundle({
  url: `${document.documentElement.dataset.root ?? "/"}openapi.json`,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
});
