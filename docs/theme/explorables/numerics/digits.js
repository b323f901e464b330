// Digits as MNIST's files hold them, and SGD on them, a mini-batch after the other.
import { shuffled, uniform } from "./random.js";
import { lossAndGradient, step, zeros } from "./softmax.js";

/** Return the contents of IDX files that follow each other, without their headers. */
export function contents(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const dimensions = view.getUint8(at + 3);
    let size = 1;
    for (let i = 1; i <= dimensions; i++) size *= view.getUint32(at + 4 * i);
    at += 4 + 4 * dimensions;
    found.push(bytes.subarray(at, at + size));
    at += size;
  }
  return found;
}

/** A model in training from zero weights: every epoch has its own order, and what a step takes may differ from the last. */
export class Training {
  constructor(data, seed = 0) {
    Object.assign(this, { data, random: uniform(seed), order: [], next: 0, seen: 0 });
    [this.model, this.velocity, this.gradient] = [zeros(), zeros(), zeros()];
  }

  /** Make a step of SGD on the next mini-batch; return its loss before the step. */
  step(lr, batch, beta) {
    if (this.next >= this.order.length) [this.order, this.next] = [shuffled(this.data.labels.length, this.random), 0];
    this.rows = this.order.subarray(this.next, this.next + batch);
    const loss = lossAndGradient(this.model, this.data, this.rows, this.gradient);
    step(this.model, this.velocity, this.gradient, lr, beta);
    this.next += batch;
    this.seen += this.rows.length;
    return loss;
  }

  get epoch() {
    return this.seen / this.data.labels.length;
  }
}
