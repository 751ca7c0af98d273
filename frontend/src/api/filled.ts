/**
 * An answer as it arrives, made whole: with what it says once put wherever it belongs (`once.ts`), with the defaults that it came
 * without, and with its numbers as torch has them.
 *
 * NOTE. What is mostly empty is left out of an answer; `forms.ts`, generated from the description of the API, has the defaults.
 * Values of at most single precision (`single`) come with the fewest digits that tell a number from its neighbours. JSON.parse
 * makes doubles of them; rounded to single precision they are the very numbers again (0.00125 is 0.001249999972…, and torch
 * prints 0.0012).
 */

import { type Form, FORMS, type Place, type Records } from "./forms.ts";
import { type Fresh, spread } from "./once.ts";

/** Changes a part in place, and returns it, or what belongs in its place. */
type Visit = (part: unknown) => unknown;

/** A function that fills in a record, by its name. The record is changed in place. */
export function filling(forms: Readonly<Record<string, Form>>): (name: string, record: unknown) => void {
  const visits = new Map<string, Visit>();
  /** The values that the answer at hand has several times. */
  let repeated: readonly unknown[] = [];

  const visitOf = (place: Place): Visit => {
    if (typeof place === "string") return (part) => fill(place, part);
    if ("list" in place) {
      const visit = visitOf(place.list);
      return (part) => {
        const items = part as unknown[];
        for (const [at, item] of items.entries()) if (item !== null) items[at] = visit(item);
        return items;
      };
    }
    if ("tuple" in place) {
      const each = place.tuple.map((item) => (item === null ? null : visitOf(item)));
      return (part) => {
        const items = part as unknown[];
        for (const [at, item] of items.entries()) if (item !== null) items[at] = each[at]?.(item) ?? item;
        return items;
      };
    }
    const { kinds } = place;
    return (part) => {
      const { kind, index } = part as Fresh;
      if (kind === "repeated") return repeated[index as number];
      const name = kinds[String(kind)];
      return name === undefined ? part : fill(name, part);
    };
  };

  const visitRecord = (name: string): Visit => {
    const { defaults, within } = forms[name] ?? { defaults: {}, within: {} };
    const missing = Object.entries(defaults).map(([member, value]) => [member, frozen(value)] as const);
    const inner = Object.entries(within).map(([member, place]) => [member, visitOf(place)] as const);
    const numbers = NUMBERS[name];
    return (part) => {
      const record = part as Fresh;
      if (name === "RunResponse") repeated = spread(record);
      for (const [member, value] of missing) if (record[member] === undefined) record[member] = value;
      for (const [member, visit] of inner)
        if (record[member] !== null && record[member] !== undefined) record[member] = visit(record[member]);
      numbers?.(record);
      return record;
    };
  };

  const fill = (name: string, record: unknown): unknown => {
    const visit = visits.get(name) ?? visitRecord(name);
    visits.set(name, visit);
    return visit(record);
  };
  return fill;
}

const fill = filling(FORMS);

/** Fills in an answer that is this record. */
export function as<Name extends keyof Records>(name: Name): (answer: unknown) => Records[Name] {
  return (answer) => {
    fill(name, answer);
    return answer as Records[Name];
  };
}

/** The records with numbers of a tensor, and what becomes of these. */
const NUMBERS: Readonly<Record<string, (values: Fresh) => void>> = {
  FullValues(values) {
    if (values["single"] === true) values["data"] = single(values["data"]);
  },
  SummaryValues(values) {
    if (values["single"] !== true) return;
    for (const member of ["min", "max", "mean", "std"]) values[member] = single(values[member]);
    single((values["corners"] as Fresh)["data"]);
  },
};

/** Numbers, however nested, rounded to single precision. Lists are changed in place. */
function single(data: unknown): unknown {
  if (typeof data === "number") return Math.fround(data);
  if (Array.isArray(data)) for (let at = 0; at < data.length; at++) data[at] = single(data[at]);
  return data;
}

/** A default is one object for all records that have it. */
function frozen(value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
