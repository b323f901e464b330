"""The race: its methods are the snippets' and torch's, its slopes torch's, and it finds the settings that Python finds."""

import random

import numpy as np
import pytest
import torch

from tests.explorables.conftest import ADDRESS

RANDOM = random.Random(17)
SURFACES = {  # in torch
    "along": lambda x: 0.5 * (x[0] ** 2 + 30 * x[1] ** 2),
    "turned": lambda x: 0.25 * (x[0] + x[1]) ** 2 + 7.5 * (x[0] - x[1]) ** 2,
    "rosenbrock": lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
    "saddle": lambda x: x[0] ** 2 / 2 - x[1] ** 2 / 2 + x[1] ** 4 / 4 + 1 / 4,
}
SURFACES["noisy"] = SURFACES["along"]
STARTS = {
    "along": [-1.8, 0.5],
    "turned": [-1.6, -0.9],
    "rosenbrock": [-1.2, 1],
    "saddle": [1, 1e-4],
    "noisy": [-1.8, 0.5],
}
MINIMA = {"along": [[0, 0]], "turned": [[0, 0]], "rosenbrock": [[1, 1]], "saddle": [[0, 1], [0, -1]]}
METHODS = ["GD", "momentum", "Nesterov", "Adam", "AdamW"]
SMALLEST = {"along": 30, "turned": 30, "noisy": 30, "rosenbrock": 1500, "saddle": 3}  # what a rate is divided by
NUMERICS = f"import('{ADDRESS}/numerics/race.js')"
WALK = f"""async (cases) => {{
  const {{ surfaces, walk }} = await {NUMERICS};
  return cases.map(([name, ...rest]) => Object.values(walk(surfaces[name], ...rest)).map((found) => [...found]));
}}"""
AT = f"""async ([name, points]) => {{
  const {{ surfaces }} = await {NUMERICS};
  return points.map((point) => [surfaces[name].loss(...point), surfaces[name].slope(...point)]);
}}"""
SEARCH = f"""async ([name, start, steps]) => {{
  const {{ search, surfaces }} = await {NUMERICS};
  const found = {{}};
  for (const _ of search(surfaces[name], start, steps, found)) continue;
  return found;
}}"""
GRID = f"async () => {{ const {{ betas, rates, surfaces }} = await {NUMERICS}; return [rates, betas, surfaces]; }}"


def close(found, expected) -> bool:
    """Whether two arrays differ by no more than 1e-12 of the largest entry."""
    return np.max(np.abs(np.asarray(found) - expected)) <= 1e-12 * np.max(np.abs(expected))


def walks(blank, cases: list) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.reshape(points, (-1, 2)), np.array(losses)) for points, losses in blank.evaluate(WALK, cases)]


@pytest.fixture(scope="session")
def best(blank):
    """A function: the best settings that the page finds on a surface."""
    found = {}

    def settings(name: str, steps: int = 60) -> dict:
        if (name, steps) not in found:
            found[name, steps] = blank.evaluate(SEARCH, [name, STARTS[name], steps])
        return found[name, steps]

    return settings


def test_grid_and_starts_are_the_programs(blank, program):
    rates, betas, surfaces = blank.evaluate(GRID)
    assert betas == program("choosing/race")["betas"]
    assert np.allclose(rates, program("choosing/race")["rates"], rtol=1e-15)
    assert {name: surface["start"] for name, surface in surfaces.items()} == STARTS
    assert {name: surface["sigma"] for name, surface in surfaces.items() if surface["sigma"]} == {"noisy": 3}


@pytest.mark.parametrize("method", METHODS[:4])
def test_paths_and_losses_are_the_programs_over_its_whole_grid(blank, program, method):
    snippet = program("choosing/race")
    pairs = [(float(lr), beta) for lr in snippet["rates"] for beta in (snippet["betas"] if method != "GD" else [0])]
    lr, beta = np.array(pairs).T
    path, losses = snippet["walk"](method, lr, beta)
    found = walks(blank, [["turned", method, *pair, STARTS["turned"], 60] for pair in pairs])
    for k, (points, lost) in enumerate(found):
        held = 26 if method == "Adam" else 61  # at some large rates it is chaotic: what differs in the last bit grows
        assert close(points[:held], path[:held, :, k]), pairs[k]
        assert close(lost[:held], losses[:held, k]), pairs[k]


@pytest.mark.parametrize("method", ["Adam", "AdamW"])
@pytest.mark.parametrize("lr", [0.001, 0.05, 0.3])
def test_adam_is_the_one_written_by_hand(blank, program, method, lr):
    adam, curvature, x = program("choosing/adam_by_hand")["adam"], np.array([1.0, 30.0]), np.array(STARTS["along"])
    expected, m, s = [x], 0.0, 0.0
    for t in range(1, 101):
        x, m, s = adam(curvature * x, x, m, s, t, lr, 0.01 if method == "AdamW" else 0.0)
        expected.append(x)
    ((points, _),) = walks(blank, [["along", method, lr, 0.9, STARTS["along"], 100]])
    assert close(points, np.array(expected))


@pytest.mark.parametrize("name", MINIMA)
def test_losses_and_slopes_are_torchs(blank, name):
    points = [[RANDOM.uniform(-2.5, 2.5), RANDOM.uniform(-2.5, 2.5)] for _ in range(300)] + [*MINIMA[name], [0, 0], [1e3, -1e3]]
    found = blank.evaluate(AT, [name, points])
    for point, (loss, slope) in zip(points, found, strict=True):
        x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
        expected = SURFACES[name](x)
        expected.backward()
        assert loss == pytest.approx(expected.item(), rel=1e-12, abs=1e-12), point
        assert np.allclose(slope, x.grad, rtol=1e-12, atol=1e-12), point
    for loss, slope in blank.evaluate(AT, [name, MINIMA[name]]):
        assert loss == 0 and not np.any(slope)


def test_what_has_only_four_operations_is_gradient_descent_to_the_last_bit(blank, program):
    descend = program("gradient_descent/saddle")["gradient_descent"]
    for offset in (1e-2, 1e-4, 0.0, 1.5):
        ((points, _),) = walks(blank, [["saddle", "GD", 0.5, 0, [1, offset], 80]])
        expected = descend(offset)
        assert points[:, 0].tolist() == expected[:, 0].tolist()
        assert close(points, expected)  # the cube is a power there


def optimizer(method: str, weights, lr: float, beta: float):
    if method == "Adam":
        return torch.optim.Adam([weights], lr=lr, betas=(beta, 0.999))
    if method == "AdamW":
        return torch.optim.AdamW([weights], lr=lr, betas=(beta, 0.999), weight_decay=0.01)
    return torch.optim.SGD([weights], lr=lr, momentum=beta, nesterov=method == "Nesterov" and beta > 0)


def visited(name: str, method: str, lr: float, beta: float, steps: int, noise) -> np.ndarray:
    """Return the points of torch.optim on a surface, by autograd, in float64."""
    weights = torch.tensor(STARTS[name], dtype=torch.float64, requires_grad=True)
    stepping, points = optimizer(method, weights, lr, beta), [weights.detach().clone()]
    for t in range(steps):
        stepping.zero_grad()
        SURFACES[name](weights).backward()
        if name == "noisy":
            weights.grad += 3 * torch.tensor(noise[2 * t : 2 * t + 2], dtype=torch.float64)
        stepping.step()
        points.append(weights.detach().clone())
    return torch.stack(points).numpy()


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("method", METHODS)
def test_a_hundred_steps_are_torchs(blank, name, method):
    adaptive = method.startswith("Adam")
    top = 0.1 if adaptive else 1 / SMALLEST[name]
    betas = [0.0] if method == "GD" else [0.0, 0.5, 0.9]
    pairs = [(top * share, beta) for share in (1, 0.3, 0.05) for beta in betas]
    noise = [RANDOM.gauss(0, 1) for _ in range(200)]
    found = walks(blank, [[name, method, lr, beta, STARTS[name], 100, noise] for lr, beta in pairs])
    for (points, losses), (lr, beta) in zip(found, pairs, strict=True):
        ahead = points + beta * np.diff(points, axis=0, prepend=points[:1]) if method == "Nesterov" else points
        assert close(ahead, visited(name, method, lr, beta, 100, noise)), (lr, beta)
        expected = [SURFACES[name](torch.from_numpy(point)).item() for point in points]
        assert np.allclose(losses, expected, rtol=1e-9, atol=1e-12)


class Slope:
    """What choosing/race.py multiplies points with, when its Hessian is another surface, moved to the program's start."""

    def __init__(self, name: str):
        self.name, self.moved = name, np.subtract(STARTS[name], STARTS["turned"])[:, None]

    def __matmul__(self, x):
        point = torch.tensor(x + self.moved, requires_grad=True)
        SURFACES[self.name](point).sum().backward()
        return point.grad.numpy()


@pytest.mark.parametrize("name", MINIMA)
@pytest.mark.parametrize("method", METHODS[:4])
def test_it_finds_the_best_setting_of_the_programs_grid(best, program, monkeypatch, name, method):
    snippet = program("choosing/race")
    rates, betas = (np.ravel(each) for each in np.meshgrid(snippet["rates"], snippet["betas"] if method != "GD" else [0.0]))
    slope = Slope(name)
    monkeypatch.setitem(snippet["walk"].__globals__, "hessian", slope)
    with np.errstate(all="ignore"):
        points = torch.from_numpy(snippet["walk"](method, rates, betas)[0] + slope.moved)
        late = SURFACES[name](points.movedim(1, 0))[-12:].amax(0).nan_to_num(torch.inf).numpy()
    found = best(name)[method]
    at = np.argmin(np.abs(rates / found["lr"] - 1) + np.abs(betas - found["beta"]))
    assert (rates[at], betas[at]) == (pytest.approx(found["lr"]), found["beta"])
    assert late[at] <= max(late.min() * (1 + 1e-6), 1e-15)


def test_on_the_figure_it_is_the_programs_best(best, program):
    expected = program("choosing/race")["best"]
    assert {k: (pytest.approx(v["lr"]), v["beta"]) for k, v in best("turned").items() if k in expected} == {
        k: v[:2] for k, v in expected.items()
    }


def test_late_is_the_largest_of_the_last_fifth(numerics):
    cases = [[[9.0] * 49 + list(range(12))], [[7, 1, 2, 3, 1, 1, 1, 1, 1, 2, 1]], [[1.0] * 10 + [float("nan")]]]
    assert numerics("race", "late", cases) == [11, 2, float("inf")]


@pytest.fixture
def lasts(blank, best):
    """A function: the late losses on a surface at the best settings, on the draw of noise that is shown first."""

    def losses(name: str, steps: int = 60) -> dict[str, float]:
        noise = blank.evaluate(f"async (n) => [...(await import('{ADDRESS}/numerics/random.js')).normals(0, n)]", 2 * steps)
        cases = [
            [name, k, best(name, steps)[k]["lr"], best(name, steps)[k]["beta"], STARTS[name], steps, noise] for k in METHODS
        ]
        size = steps // 5
        return {k: max(losses[-size:]) for k, (_, losses) in zip(METHODS, walks(blank, cases), strict=True)}

    return losses


def test_what_the_page_says_of_the_surfaces_is_so(best, lasts, blank):
    shown = METHODS[:4]
    assert not any(setting["edge"] for name in SURFACES for setting in best(name).values())
    turned, along, curved, saddle, noisy = (lasts(name) for name in ("turned", "along", "rosenbrock", "saddle", "noisy"))
    assert min(shown, key=turned.get) == "momentum"
    assert min(shown, key=along.get) == "Adam"
    assert min(shown, key=curved.get) == "Nesterov" and best("rosenbrock")["Nesterov"]["beta"] >= 0.9
    assert len({(best("saddle")[k]["lr"], best("saddle")[k]["beta"]) for k in METHODS[:3]}) == 1
    assert best("saddle")["momentum"]["beta"] == 0 and saddle["AdamW"] > 1e6 * saddle["Adam"]
    assert all(noisy[k] > 10 * along[k] for k in METHODS)
    ((_, losses),) = walks(blank, [["turned", "GD", 0.07, 0, STARTS["turned"], 60]])
    assert best("turned")["GD"]["lr"] < 2 / 30 < 0.07 and max(losses[-12:]) > losses[0]
