"""Values come back as they were."""

from downhill.manuscript import packing, values


def test_values_come_back_as_they_were():
    import numpy as np
    import torch

    from downhill.manuscript.packing import packed

    for value in (1, 2.5, "a", True, [1.0, 2.0], (1, "b"), {0.1: [1.0], "k": 2}):
        assert packing.unpack(packed(value)) == value
    assert packing.unpack(packed(np.eye(2))).tolist() == [[1, 0], [0, 1]]
    assert packing.unpack(packed(torch.tensor(0.5))) == 0.5
    assert len(packing.unpack(packed(torch.utils.data.TensorDataset(torch.zeros(7))))) == 7
    assert packed(print) is None
    assert (
        values.substitute("a {{ s: max(x):.2f }}%", {"s": packing.Unpacked({"x": packed([1.0, 3.0])})}.__getitem__) == "a 3.00%"
    )
