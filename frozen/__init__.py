"""Heavy runs whose numbers stand in data/: the programs on all of MNIST, and the experiments."""
