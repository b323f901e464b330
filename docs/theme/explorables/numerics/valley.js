// The valley of snippets/momentum/valley.py and gradient_descent/zigzag.py: the same operations in the same order.

export const L = 20; // the curvature across; the one along is L / kappa

/** Return the path from a start, its start included: pairs [x1, x2]. With beta = 0 it is gradient descent. */
export function momentum(start, curvature, lr, beta, steps = 20) {
  const path = [start];
  let v = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const x = path[step];
    v = v.map((each, i) => beta * each - lr * curvature[i] * x[i]);
    path.push([x[0] + v[0], x[1] + v[1]]);
  }
  return path;
}

export function loss(x, curvature) {
  return 0.5 * (curvature[0] * (x[0] * x[0]) + curvature[1] * (x[1] * x[1]));
}

/** Return the modulus of the larger eigenvalue, as snippets/momentum/regimes.py does; step is lr times curvature. */
export function radius(step, beta) {
  const half = (1 + beta - step) / 2;
  const square = half * half - beta;
  return square < 0 ? Math.sqrt(beta) : Math.abs(half) + Math.sqrt(square);
}

/** Return where gliding ends, where swinging ends, and where converging ends. */
export function edges(beta) {
  const root = Math.sqrt(beta);
  return [(1 - root) * (1 - root), (1 + root) * (1 + root), 2 * (1 + beta)];
}

/** Return what a coordinate does: it swings beyond (1 - sqrt(beta))², for ever at 2 (1 + beta), and diverges beyond that. */
export function motion(step, beta) {
  const [low, , limit] = edges(beta);
  if (Math.abs(step - limit) < 1e-9) return "forever";
  if (step > limit) return "diverges";
  return step > low + 1e-9 ? "swings" : "glides";
}

/** Return which regime the valley is in; a tenth of the way left after all steps along the flat direction is slow. */
export function regime(lr, beta, curvature, steps = 20) {
  const [along, across] = curvature.map((each) => motion(lr * each, beta));
  if (across === "diverges" || across === "forever") return across;
  if (along === "swings") return "both";
  if (across === "swings") return "across";
  return radius(lr * curvature[0], beta) ** steps > 0.1 ? "slow" : "glides";
}

/** Return the pair that is best for all curvatures between two: (learning rate, beta). */
export function best([mu, high]) {
  const [low, top] = [Math.sqrt(mu), Math.sqrt(high)];
  const ratio = (top - low) / (top + low);
  return [(2 / (top + low)) * (2 / (top + low)), ratio * ratio];
}
