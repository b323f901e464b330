// The runs of races as paths, and which of them a choice means. downhill/execution/trials.py lays out, and draws what stands still.
const place = (x, y) => `${x / 10} ${y / 10}`; // what is laid out is in tenths
const middle = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Return the paths of a series: the line through the middles of its search, a mark a run, and a large one for the mean. */
export function paths({ search, fresh, mean }, dashes, [[small, thin], [large, thick]]) {
  const runs = [...search, ...fresh].flatMap(([x, ...ys]) => ys.map((y) => `M${place(x, y)}${small}`));
  return [
    { d: search.map(([x, ...ys], i) => `${i ? "L" : "M"}${place(x, middle(ys))}`).join(""), "stroke-width": 1.2, "stroke-dasharray": dashes },
    { d: runs.join(""), "stroke-width": thin },
    { d: `M${place(...mean)}${large}`, "stroke-width": thick },
  ];
}

/** Return the series that a choice means: one method or all, under one schedule, that of the race, or all. */
export function chosen(series, method, schedule) {
  const means = (one) => schedule === "all" || (schedule === "race" ? one.race : schedule === one.schedule);
  return series.filter((one) => (method === "all" || method === one.method) && means(one));
}

/** Return the number of runs of some series. */
export const count = (series) => series.flatMap(({ search, fresh }) => [...search, ...fresh]).reduce((sum, column) => sum + column.length - 1, 0);
