/**
 * Numbers in so many digits, rounded as Python rounds them, and so torch.
 *
 * NOTE. toFixed and toExponential know the exact value of a number, too, but of two decimals that are as near they take the
 * larger, and Python the even one: 0.03125 in four decimals is 0.0312. They also drop the sign of a zero. Only a tie ends in a 5 with nothing but zeros after it,
 * and a number that is none differs from it by more than `FAR` digits can hide.
 */

const FAR = 30;
const TIE = `5${"0".repeat(FAR - 1)}`;

/** A number in so many decimals. */
export function fixed(value: number, digits: number): string {
  if (Object.is(value, -0)) return `-${fixed(0, digits)}`;
  const near = value.toFixed(digits);
  // A tie of at most 15 decimals is a multiple of a power of two.
  if (!Number.isInteger(value * 2 ** (digits + 1)) || Number.isInteger(value)) return near;
  return below(value.toFixed(digits + FAR), "") ?? near;
}

/** A number in scientific notation with so many decimals. */
export function exponential(value: number, digits: number): string {
  if (Object.is(value, -0)) return `-${exponential(0, digits)}`;
  const [mantissa = "", exponent = ""] = value.toExponential(digits + FAR).split("e");
  return below(mantissa, `e${exponent}`) ?? value.toExponential(digits);
}

/** The lower of the two nearest decimals, if `exact` is a tie of them and the lower is even; null if not. */
function below(exact: string, rest: string): string | null {
  if (!exact.endsWith(TIE)) return null;
  const lower = exact.slice(0, -FAR).replace(/\.$/, "");
  return Number(lower.at(-1)) % 2 === 0 ? lower + rest : null;
}
