/** Every request to the service. All of them fail in the same ways, as `Fault` lists them. */

import { pathTo } from "../address.ts";
import { type Fault, FaultError, faultFrom, faultOf } from "./faults.ts";

/** The answer to a program or a question, as JSON. Throws FaultError. Aborting `signal` ends the work on the server too. */
export async function postJson<T>(route: string, body: object, signal?: AbortSignal): Promise<T> {
  return readJson<T>(await post(route, "application/json", body, signal), signal);
}

/** Send what has no answer. Throws FaultError. */
export async function sendJson(route: string, body: object): Promise<void> {
  await post(route, "application/json", body);
}

/** What a route of the API has, as JSON. Throws FaultError. */
export async function getJson<T>(route: string, signal?: AbortSignal): Promise<T> {
  const init = { headers: { Accept: "application/json" }, ...(signal === undefined ? {} : { signal }) };
  return readJson<T>(await request(pathTo(`api/v1/${route}`), init), signal);
}

/** What a route of the API has, as it is written. Throws FaultError. */
export async function getText(route: string, accept: string): Promise<string> {
  const response = await request(pathTo(`api/v1/${route}`), { headers: { Accept: accept } });
  return response.text().catch(() => {
    throw brokenOff();
  });
}

/** The body of an answer that comes bit by bit. Throws FaultError. */
export async function postStream(
  route: string,
  accept: string,
  body: object,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await post(route, accept, body, signal);
  if (response.body === null) throw new FaultError({ kind: "cut" });
  return response.body;
}

/** Why nothing can be had from an address; null if something can. */
export async function faultAt(address: string): Promise<Fault | null> {
  try {
    await request(address, {});
    return null;
  } catch (error) {
    return faultFrom(error);
  }
}

/** The fault of an answer whose body broke off or cannot be read. */
export function brokenOff(signal?: AbortSignal): FaultError {
  return new FaultError({ kind: signal?.aborted === true ? "cancelled" : "cut" });
}

function post(route: string, accept: string, body: object, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: accept };
  return request(pathTo(`api/v1/${route}`), {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function request(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init).catch(() => {
    throw new FaultError({ kind: init.signal?.aborted === true ? "cancelled" : "unreachable" });
  });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  if (init.signal?.aborted === true) throw new FaultError({ kind: "cancelled" });
  const fault = faultOf(response.status, response.headers.get("Retry-After"), problem, Date.now());
  throw new FaultError(fault, response.status);
}

async function readJson<T>(response: Response, signal?: AbortSignal): Promise<T> {
  return response.json().then(
    (answer) => answer as T,
    () => {
      throw brokenOff(signal);
    },
  );
}
