// Trains on digits beside the page, at a pace that can be watched, and tells the page how it goes.
import { contents, Training } from "./numerics/digits.js";
import { evaluate, WEIGHTS } from "./numerics/softmax.js";

const PACE = 2; // epochs a second
const [TICK, WORK] = [100, 60]; // milliseconds from a report to the next, and of steps between them at most
const MARKS = 64; // losses an epoch that are reported at most
const settings = { lr: 0, batch: 1, beta: 0 };
let train, test, training, timer;

/** Load the digits. A server may have unpacked the file on its way. */
async function load() {
  const answer = await fetch(new URL("./digits.bin.gz", import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  let bytes = await answer.arrayBuffer();
  if (new Uint8Array(bytes)[0] === 0x1f) bytes = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const [images, labels, testImages, testLabels] = contents(new Uint8Array(bytes));
  [train, test] = [{ images, labels }, { images: testImages, labels: testLabels }];
}

/** Go on for a tick: so many steps as the pace asks for, and the time allows. */
function tick() {
  const [start, due] = [performance.now(), training.epoch + (PACE * TICK) / 1000];
  const losses = [];
  for (let marked = -1; training.epoch < due && performance.now() - start < WORK; ) {
    const loss = training.step(settings.lr, settings.batch, settings.beta);
    if (training.epoch - marked < 1 / MARKS) continue;
    losses.push([training.epoch, loss]);
    marked = training.epoch;
  }
  report(losses);
  timer = setTimeout(tick, Math.max(0, TICK - (performance.now() - start)));
}

function report(losses) {
  const weights = Float32Array.from(training.model.subarray(0, WEIGHTS));
  const [onTrain, onTest] = [evaluate(training.model, train), evaluate(training.model, test)];
  postMessage({ epoch: training.epoch, losses, train: onTrain, test: onTest, weights }, [weights.buffer]);
}

const orders = {
  async load() {
    try {
      await load();
      postMessage({ loaded: true });
    } catch {
      postMessage({ failed: true });
    }
  },
  set(values) {
    Object.assign(settings, values);
  },
  begin() {
    training = new Training(train);
    report([]);
  },
  go() {
    clearTimeout(timer);
    tick();
  },
  stop() {
    clearTimeout(timer);
  },
};

addEventListener("message", ({ data: [order, value] }) => orders[order](value));
