"""Numbers measured once, which stand in data/: the programs on all of MNIST, and the experiments."""
