// Races as points: bounds of their axes, and what is drawn of a method. downhill/execution/trials.py draws the same, standing still.
const MARGIN = 0.04; // of a panel, beside its outermost points

/** Return the least and the largest rate and score of a race, with a margin; both axes are logarithmic. */
export function bounds(methods) {
  const search = Object.values(methods).flatMap((about) => about.search);
  const scores = [...search.flatMap(([, ...each]) => each), ...Object.values(methods).flatMap((about) => about.fresh)];
  return [wider(search.map(([lr]) => lr)), wider(scores)];
}

function wider(numbers) {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const margin = (high / low) ** MARGIN;
  return [low / margin, high * margin];
}

/** Return the geometric mean, which lies in the middle on a logarithmic axis. */
export const middle = (numbers) => numbers.reduce((product, one) => product * one, 1) ** (1 / numbers.length);

/** Return the points [rate, score] of a method: the means of its search, all of its runs, and the mean at the chosen rate. */
export function points({ best, search, fresh }) {
  const means = search.map(([lr, ...scores]) => [lr, middle(scores)]);
  const runs = [...search.flatMap(([lr, ...scores]) => scores.map((score) => [lr, score])), ...fresh.map((score) => [best, score])];
  return [means, runs, [[best, middle(fresh)]]];
}

/** Return the methods of a race that a choice means: one or all, under any schedule or one. */
export function chosen(methods, method, schedule) {
  return Object.keys(methods).filter(
    (name) => (method === "all" || method === name) && (schedule === "any" || schedule === methods[name].schedule),
  );
}
