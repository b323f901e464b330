// Gradient descent on f(x) = x², as in snippets/gradient_descent/learning_rates.py: the same operations in the same order.

/** Return the path from x, its start included. */
export function gradientDescent(x, lr, steps = 20) {
  const path = [x];
  for (let step = 0; step < steps; step += 1) {
    x = x - lr * 2 * x;
    path.push(x);
  }
  return path;
}

/** Return which regime a learning rate is in: each step multiplies x by 1 - 2 lr. More than a tenth left at the end is slow. */
export function regime(lr, steps = 20) {
  if (lr > 1) return "diverges";
  if (lr === 1) return "forever";
  if (lr > 0.5) return "swings";
  if (lr === 0.5) return "one";
  return (1 - 2 * lr) ** steps > 0.1 ? "slow" : "monotone";
}
