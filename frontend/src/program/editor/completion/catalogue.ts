/** The names of modules and classes, asked of the service once each, when they are first needed. */

import { namesOf } from "../../../api/client.ts";
import type { NameBody } from "../../../api/schema.ts";

const asked = new Map<string, Promise<readonly NameBody[]>>();

/** The names below a path such as `torch.nn`; none where the service cannot say. */
export function names(path: string): Promise<readonly NameBody[]> {
  const known = asked.get(path);
  if (known !== undefined) return known;
  const answer = namesOf(path).then((found) => {
    // A service that could not answer may do so the next time.
    if (found === null) asked.delete(path);
    return found?.names ?? [];
  });
  asked.set(path, answer);
  return answer;
}
