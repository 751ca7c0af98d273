/** The gallery's examples, in the order in which one may learn from them. */

import { AUTOGRAD } from "./autograd.ts";
import { OVERWRITTEN, SHAPE_ERROR } from "./errors.ts";
import type { Example } from "./example.ts";
import { ACCUMULATION, DOUBLE, FUNCTION, LEAVES } from "./gradients.ts";
import { IN_PLACE, NUMPY, VIEWS } from "./memory.ts";
import { ALGEBRA, BROADCASTING, INDEXING } from "./shapes.ts";
import { REGRESSION, TRAINING } from "./training.ts";

export const EXAMPLES: readonly Example[] = [
  AUTOGRAD,
  VIEWS,
  BROADCASTING,
  INDEXING,
  IN_PLACE,
  NUMPY,
  ALGEBRA,
  LEAVES,
  ACCUMULATION,
  REGRESSION,
  TRAINING,
  DOUBLE,
  FUNCTION,
  SHAPE_ERROR,
  OVERWRITTEN,
];
