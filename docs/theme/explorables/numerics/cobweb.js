// Newton–Schulz on one singular value, as in snippets/matrix/newton_schulz.py: an odd polynomial, again and again.

export const coefficients = { muon: [3.4445, -4.775, 2.0315], cubic: [1.5, -0.5, 0] };

export function polynomial(s, [a, b, c]) {
  return a * s + b * s ** 3 + c * s ** 5;
}

/** Return a singular value at the start and after each step. */
export function orbit(s, factors, steps = 5) {
  const path = [s];
  for (let k = 0; k < steps; k += 1) path.push(polynomial(path[k], factors));
  return path;
}

/** Return the positive fixed points, of which fixed_point.py has the lower one of Muon's. */
export function fixedPoints([a, b, c]) {
  const squares = c ? [-1, 1].map((side) => (-b + side * Math.sqrt(b * b - 4 * c * (a - 1))) / (2 * c)) : [(1 - a) / b];
  return squares.map(Math.sqrt);
}

/** Return the least start that is at the target after some steps, by the bisection of smallest_lifted.py. */
export function smallest(steps, factors, target = 0.68) {
  let found = target;
  for (let step = 0; step < steps; step += 1) {
    let [low, high] = [0, 0.55]; // there both polynomials grow
    const aim = found;
    while (high - low > 1e-12) {
      const middle = (low + high) / 2;
      if (polynomial(middle, factors) < aim) low = middle;
      else high = middle;
    }
    found = low;
  }
  return found;
}

/** Return the key of what has become of a start. */
export function regime(path, factors, { target = 0.68, near = 1e-3, beside = 0.02 } = {}) {
  const [start, end] = [path[0], path.at(-1)];
  const [fixed, outer = Infinity] = fixedPoints(factors);
  if (start > outer) return "flees";
  if (path.every((s) => s < target)) return "rises";
  if (!factors[2]) return Math.abs(end - fixed) < near ? "stays" : "nears";
  if (Math.abs(end - fixed) < beside) return "beside";
  const rounds = path.slice(-16); // three times round, and the one before
  return rounds.length === 16 && rounds.slice(4).every((s, k) => Math.abs(s - rounds[k]) < near) ? "cycles" : "weaves";
}
