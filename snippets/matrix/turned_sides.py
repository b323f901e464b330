"""Turn the rows and the columns of all gradients: which steps turn with them?"""

import numpy as np


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return vectors * values**exponent @ vectors.T


def step(method, grads, beta=0.9):
    """Return the direction that a method takes after a list of gradients.

    >>> [f"{turns[name]:.2f}" for name in ("Adam", "Lion")]
    ['0.23', '0.89']
    >>> [turns[k] < 1e-9 for k in ("momentum", "Shampoo", "SOAP", "Muon")]
    [True, True, True, True]
    >>> [round(float(step(k, np.array([[[0.0]], [[-16.0]]]))[0, 0]), 9) for k in turns]
    [-16.0, -1.0, -1.0, -1.0, -1.0, -1.0]
    """
    weights = beta ** np.arange(len(grads))[::-1]
    mean = np.tensordot(weights, grads, 1)
    rows = np.tensordot(weights, grads @ grads.transpose(0, 2, 1), 1)
    columns = np.tensordot(weights, grads.transpose(0, 2, 1) @ grads, 1)
    if method == "Shampoo":
        return power(rows, -1 / 4) @ grads[-1] @ power(columns, -1 / 4)
    if method == "SOAP":
        left, right = np.linalg.eigh(rows)[1], np.linalg.eigh(columns)[1]
        return left @ step("Adam", left.T @ grads @ right) @ right.T
    if method == "Muon":
        u, _, vt = np.linalg.svd(mean)
        return u @ vt
    if method == "Adam":
        return mean / np.sqrt(np.tensordot(weights, grads**2, 1))
    return np.sign(mean) if method == "Lion" else mean


rng = np.random.default_rng(0)
grads = rng.normal(size=(30, 12, 12))
left, right = (np.linalg.qr(rng.normal(size=(12, 12)))[0] for _ in range(2))
turns = {}
for name in ("momentum", "Adam", "Lion", "Shampoo", "SOAP", "Muon"):
    gap = step(name, left @ grads @ right) - left @ step(name, grads) @ right
    turns[name] = float(np.linalg.norm(gap) / np.linalg.norm(step(name, grads)))
    print(f"{name:9}{turns[name]:6.2f}")
