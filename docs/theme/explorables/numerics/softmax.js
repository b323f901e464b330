// Softmax regression on digits as mnist_sgd.py trains it: loss, gradient, and a step of SGD, in 64-bit numbers.
//
// The program scales a pixel p to (p / 255 - 0.1307) / 0.3081. Here pixels stay bytes, most of them zero, and the scaling
// is put into the sums instead: scores = (p W / 255 - 0.1307 colsum(W)) / 0.3081 + b, and so for the gradient.

export const [PIXELS, CLASSES] = [784, 10];
export const WEIGHTS = PIXELS * CLASSES; // a model is one array: the weights, pixel by pixel, then ten biases
const [MEAN, SCALE] = [0.1307, 0.3081];

export const zeros = () => new Float64Array(WEIGHTS + CLASSES);

/** Return the sum of the weights of each class. */
function columnSums(model) {
  const sums = new Float64Array(CLASSES);
  for (let i = 0; i < WEIGHTS; ) for (let k = 0; k < CLASSES; k++) sums[k] += model[i++];
  return sums;
}

/** Put the scores of one digit into ten numbers. */
function score(scores, model, sums, images, row) {
  scores.fill(0);
  for (let pixel = row * PIXELS, i = 0; i < WEIGHTS; i += CLASSES) {
    const p = images[pixel++];
    if (p) for (let k = 0; k < CLASSES; k++) scores[k] += p * model[i + k];
  }
  for (let k = 0; k < CLASSES; k++) scores[k] = (scores[k] / 255 - MEAN * sums[k]) / SCALE + model[WEIGHTS + k];
}

/** Turn scores into probabilities, in place; return the cross-entropy of the right class. */
function softmax(scores, label) {
  const top = Math.max(...scores);
  const right = scores[label] - top;
  let sum = 0;
  for (let k = 0; k < CLASSES; k++) sum += scores[k] = Math.exp(scores[k] - top);
  for (let k = 0; k < CLASSES; k++) scores[k] /= sum;
  return Math.log(sum) - right;
}

/** Return the mean loss over some rows; its gradient goes into an array like the model. */
export function lossAndGradient(model, { images, labels }, rows, gradient) {
  const sums = columnSums(model);
  const errors = new Float64Array(CLASSES); // probabilities minus the right answer
  const total = new Float64Array(CLASSES);
  let loss = 0;
  gradient.fill(0);
  for (const row of rows) {
    score(errors, model, sums, images, row);
    loss += softmax(errors, labels[row]);
    errors[labels[row]] -= 1;
    for (let k = 0; k < CLASSES; k++) total[k] += errors[k];
    for (let pixel = row * PIXELS, i = 0; i < WEIGHTS; i += CLASSES) {
      const p = images[pixel++];
      if (p) for (let k = 0; k < CLASSES; k++) gradient[i + k] += p * errors[k];
    }
  }
  const n = rows.length;
  for (let i = 0; i < WEIGHTS; ) {
    for (let k = 0; k < CLASSES; k++, i++) gradient[i] = (gradient[i] / 255 - MEAN * total[k]) / (SCALE * n);
  }
  for (let k = 0; k < CLASSES; k++) gradient[WEIGHTS + k] = total[k] / n;
  return loss / n;
}

/** Make one step of SGD with momentum, as torch.optim.SGD does. */
export function step(model, velocity, gradient, lr, beta) {
  for (let i = 0; i < model.length; i++) {
    velocity[i] = beta * velocity[i] + gradient[i];
    model[i] -= lr * velocity[i];
  }
}

/** Return the mean loss and the error in %, over all of a data set. */
export function evaluate(model, { images, labels }) {
  const sums = columnSums(model);
  const scores = new Float64Array(CLASSES);
  let [loss, wrong] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    score(scores, model, sums, images, row);
    if (scores.indexOf(Math.max(...scores)) !== labels[row]) wrong++;
    loss += softmax(scores, labels[row]);
  }
  return { loss: loss / labels.length, error: (100 * wrong) / labels.length };
}
