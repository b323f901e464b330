// Random numbers with a seed, so that a link shows the same picture again.

/** Return a function of numbers uniform in [0, 1): sfc32 by Chris Doty-Humphrey, multiples of 2^-32. */
export function uniform(seed) {
  let [a, b, c, d] = [seed | 0, 0, 0, 1];
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next(); // until the seed has reached every bit
  return next;
}

/** Return an array of independent standard normal numbers, by the polar method. */
export function normals(seed, count) {
  const random = uniform(seed);
  const found = new Float64Array(count + 1);
  for (let i = 0; i < count; ) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const s = u * u + v * v;
    if (s >= 1 || s === 0) continue;
    const factor = Math.sqrt((-2 * Math.log(s)) / s);
    found[i++] = u * factor;
    found[i++] = v * factor;
  }
  return found.subarray(0, count);
}

/** Return 0, ..., n - 1 in a random order. */
export function shuffled(n, random) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
