// The noisy parabola of noise_ball.py: where SGD settles on it, what is expected of it, and many runs.

/** Return the stationary variance of SGD on a parabola, in closed form. */
export function ball(lr, curvature = 1, sigma = 1) {
  return (lr * (sigma * sigma)) / (curvature * (2 - lr * curvature));
}

/** Return E[x**2] after each step from x0, exactly, as decreasing_steps.py does; it needs no ball to exist. */
export function squaredDistance(lr, x0, steps, sigma = 1) {
  const curve = new Float64Array(steps + 1);
  let [mean, variance] = [x0, 0];
  curve[0] = x0 * x0;
  for (let t = 1; t <= steps; t++) {
    mean = (1 - lr) * mean;
    variance = (1 - lr) * (1 - lr) * variance + lr * lr * (sigma * sigma);
    curve[t] = mean * mean + variance;
  }
  return curve;
}

/** Fill x with the iterates of many runs, a step after the other; noise holds a standard normal number a step and run. */
export function simulate(x, lr, x0, runs, noise, curvature = 1, sigma = 1) {
  x.fill(x0, 0, runs);
  for (let i = runs; i < x.length; i++) {
    const before = x[i - runs];
    x[i] = before - lr * (curvature * before + sigma * noise[i - runs]);
  }
  return x;
}

/** Return the mean of x squared over the runs, after each step. */
export function meanSquare(x, runs) {
  const curve = new Float64Array(x.length / runs);
  for (let t = 0, i = 0; t < curve.length; t++) {
    let sum = 0;
    for (const end = i + runs; i < end; i++) sum += x[i] * x[i];
    curve[t] = sum / runs;
  }
  return curve;
}
