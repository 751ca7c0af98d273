/** A recording as a source of answers. */

import { FaultError } from "../api/faults.ts";
import type { RunResponse } from "../api/schema.ts";
import type { Source } from "../api/source.ts";
import type { Recording } from "./reading.ts";

/** What is asked of a recording is what its program was asked when it was made; everything else is `unrecorded`. */
export function recorded({ answer, derivations, drawings, openings, lenses, names }: Recording): Source {
  const { status, message, environment, timing } = answer;
  const envelope: Pick<RunResponse, "status" | "message" | "environment" | "timing"> = {
    ...{ status, message, environment, timing },
  };
  return {
    run: null,
    window: null,
    chunk: () => unrecorded(),
    draw: ({ graph, open, closed }) =>
      among(
        drawings.find((one) => one.graph === graph && same(one.open, open ?? []) && same(one.closed, closed ?? [])),
        ({ drawn }) => drawn,
      ),
    derive: ({ of, backward, finite_differences: checked }) =>
      among(
        derivations.find(
          (one) =>
            (one.of ?? null) === (of ?? null) &&
            (one.backward ?? null) === (backward ?? null) &&
            (one.checked ?? false) === (checked ?? false),
        ),
        (one) => ({ ...envelope, message: one.message ?? null, derivation: one.derivation }),
      ),
    lens: ({ operation, output, element }) =>
      among(
        lenses.find(
          (one) => one.operation === operation && one.output === (output ?? 0) && same(one.element, element ?? []),
        ),
        ({ lens }) => ({ ...envelope, lens }),
      ),
    opening: ({ operation }) =>
      among(
        openings.find((one) => one.operation === operation),
        ({ opening }) => ({ ...envelope, opening }),
      ),
    documentation: (name) => Promise.resolve(names.find((one) => one.name === name)?.documentation ?? null),
  };
}

function among<Found, Answer>(found: Found | undefined, answer: (found: Found) => Answer): Promise<Answer> {
  return found === undefined ? unrecorded() : Promise.resolve(answer(found));
}

function unrecorded(): Promise<never> {
  return Promise.reject(new FaultError({ kind: "unrecorded" }));
}

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
