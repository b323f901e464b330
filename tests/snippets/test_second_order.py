"""The methods of the chapter on second order, each beside a second way to what it computes."""

import numpy as np
import pytest
import torch

RNG = np.random.default_rng(5)


def newton(loss, x: torch.Tensor) -> torch.Tensor:
    """Return where Newton's method goes from a point, its derivatives by automatic differentiation."""
    grad = torch.autograd.functional.jacobian(loss, x)
    hessian = torch.autograd.functional.hessian(loss, x)
    return x - torch.linalg.solve(hessian.reshape(x.numel(), -1), grad.flatten()).reshape(x.shape)


@pytest.mark.parametrize(
    ("name", "loss", "options"),
    [
        ("newton_cubes", lambda x: (1 + x**2).sqrt(), {}),
        ("solutions/quartic", lambda x: abs(x) ** 5, {"p": 5}),
        ("solutions/two_points", lambda x: x**4 / 4 - x**2 + 2 * x, {}),
        ("solutions/hilltop", lambda x: (x**2 - 1) ** 2 / 4, {}),
    ],
)
def test_newton_in_one_variable(program, name, loss, options):
    walk = program(f"second_order/{name}")["newton"]
    for start in (0.3, 0.9, 1.7):
        end = walk(x=start, steps=1, **options)
        expected = float(newton(loss, torch.tensor(start, dtype=torch.float64)))
        assert (end if np.isscalar(end) else end[1]) == pytest.approx(expected, rel=1e-9)


def test_the_logistic_loss_has_these_derivatives(program):
    names = program("second_order/newton_cycles")
    x, y = torch.from_numpy(names["x"]), torch.from_numpy(names["y"])

    def loss(w):
        return torch.nn.functional.softplus(-y * (x @ w)).mean() + 0.005 * w @ w

    for w in RNG.normal(size=(5, 3)):
        grad, hessian = names["derivatives"](w)
        point = torch.from_numpy(w)
        assert abs(names["loss"](w) - float(loss(point))) < 1e-12
        assert np.abs(grad - torch.autograd.functional.jacobian(loss, point).numpy()).max() < 1e-12
        assert np.abs(hessian - torch.autograd.functional.hessian(loss, point).numpy()).max() < 1e-12
        assert 0.01 < np.linalg.eigvalsh(hessian)[0] <= np.linalg.eigvalsh(hessian)[-1] < names["top"]


@pytest.mark.parametrize("start", [-2.0, 0.5, 1.0, 2.0, 8.0])
def test_damped_newton_never_climbs_and_arrives(program, start):
    names = program("second_order/newton_cycles")
    losses = names["newton"](start, True, 40)
    assert (np.diff(losses) <= 1e-12).all()
    assert losses[-1] == pytest.approx(names["near"][10], abs=1e-9)


def test_newton_in_two_variables(program):
    path, A = program("second_order/affine")["path"], RNG.normal(size=(5, 2))
    start = np.array([0.2, -0.1])
    expected = newton(lambda x: torch.exp(torch.from_numpy(A) @ x).sum(), torch.from_numpy(start))
    assert np.abs(path(A, start, True, steps=1)[1] - expected.numpy()).max() < 1e-12


@pytest.mark.parametrize("n", [2, 5, 9])
def test_conjugate_gradient_is_the_best_of_the_krylov_space(program, n):
    half = RNG.normal(size=(n, n))
    A, b = half @ half.T + np.eye(n), RNG.normal(size=n)
    path, best = program("second_order/cg_clusters")["conjugate_gradient"](A, b, n), np.linalg.solve(A, b)
    root = np.linalg.cholesky(A).T  # the norm of A is the Euclidean norm of root @ error
    for k in range(1, n + 1):
        space = np.linalg.qr(np.array([np.linalg.matrix_power(A, j) @ b for j in range(k)]).T)[0]
        weights = np.linalg.lstsq(root @ space, root @ best, rcond=None)[0]
        assert np.abs(path[k] - space @ weights).max() < 1e-7


def test_the_conjugate_gradients_of_the_chapter_are_one(program):
    race, general = program("second_order/cg_race"), program("second_order/cg_clusters")["conjugate_gradient"]
    curvature, start = race["curvature"], race["start"]
    gaps = start + general(np.diag(curvature), -curvature * start, 20)
    assert np.abs(np.sqrt(gaps**2 @ curvature / 200) - race["cg"][:21]).max() < 1e-9
    n = np.arange(12)
    hilbert = 1 / (n[:, None] + n + 1)
    gaps = general(hilbert, hilbert.sum(1), 6) - 1
    assert np.linalg.norm(gaps, axis=1) == pytest.approx(program("second_order/solutions/hilbert")["weights"][:7], rel=1e-4)


def test_the_bound_is_that_of_chebyshev(program):
    bound = program("second_order/cg_race")["bound"]
    by_numpy = [1 / np.polynomial.chebyshev.chebval(101 / 99, [0] * k + [1]) for k in range(81)]
    assert bound == pytest.approx(by_numpy, rel=1e-9)


@pytest.mark.parametrize(("memory", "steps"), [(1, 3), (2, 6), (10, 6)])
def test_the_direction_is_that_of_the_bfgs_formula(program, memory, steps):
    direction = program("second_order/lbfgs_by_hand")["direction"]
    half = RNG.normal(size=(6, 6))
    hessian = half @ half.T + np.eye(6)
    pairs = [(s, hessian @ s) for s in RNG.normal(size=(steps, 6))][-memory:]
    s, y = pairs[-1]
    inverse = np.eye(6) * (s @ y) / (y @ y)
    for s, y in pairs:
        left = np.eye(6) - np.outer(s, y) / (s @ y)
        inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
    grad = RNG.normal(size=6)
    got = direction(torch.from_numpy(grad), [tuple(map(torch.from_numpy, pair)) for pair in pairs])
    assert np.abs(got.numpy() + inverse @ grad).max() < 1e-10


def test_the_natural_gradient_leads_the_same_way_for_a_short_step(program):
    walk = program("second_order/natural")["walk"]
    steps = [walk(form, 1e-6, 1)[1] - 0.02 for form in ("p", "logit", "angle")]
    assert steps == pytest.approx([0.88e-6] * 3, rel=1e-4)


def test_a_newton_step_on_a_batch_is_its_least_squares_solution():
    x, noise = RNG.normal(size=(30, 4)), RNG.normal(size=30)
    best, start = RNG.normal(size=4), torch.from_numpy(RNG.normal(size=4))
    target = torch.from_numpy(x @ best + noise)
    end = newton(lambda w: ((torch.from_numpy(x) @ w - target) ** 2).mean(), start)
    assert end.numpy() == pytest.approx(best + np.linalg.pinv(x) @ noise, rel=1e-9)
