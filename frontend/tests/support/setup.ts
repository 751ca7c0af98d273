import { afterAll } from "vitest";

import { server } from "../../src/api/server.ts";
import { answerFrom } from "../../src/api/source.ts";

answerFrom(server);

// The files of a thread share one page; none should find what another left on it.
afterAll(() => {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
});
