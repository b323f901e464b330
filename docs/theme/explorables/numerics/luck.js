// The best of many equals, as choosing/best_of_many.py has it: its density, and by how much it looks better than it is.
import { normals } from "./random.js";

export const z = Float64Array.from({ length: 1024 }, (_, k) => k / 64 - 8);
const bell = z.map((at) => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI));
const below = z.map((at, k) => 0.5 + bell[k] * tail(at));

/** Return (Phi(z) - 1/2) / phi(z) by its power series, whose terms have one sign. */
function tail(at) {
  let [sum, term] = [at, at];
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= (at * at) / k;
  return sum;
}

/** Return the density, at z, of the greatest of n standard normal numbers. */
export function law(n) {
  return bell.map((density, k) => n * density * below[k] ** (n - 1));
}

/** Return by how much the best of n equals looks better than it is, on average. */
export function flattery(n, sd = 0.1) {
  return (sd * law(n).reduce((sum, density, k) => sum + z[k] * density, 0)) / 64;
}

/** Play rounds, each of n standard normal errors; return the last one's, the lowest of each, and one more of each winner. */
export function rounds(n, count) {
  const [seen, fresh] = [[], []];
  let last = [];
  for (let round = 1; round <= count; round += 1) {
    const drawn = normals(round, n + 1);
    last = drawn.subarray(0, n);
    seen.push(last.reduce((a, b) => Math.min(a, b)));
    fresh.push(drawn[n]);
  }
  return { last, seen, fresh };
}
