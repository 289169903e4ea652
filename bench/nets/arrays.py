"""What the nets of every peer start from: one file of numbers, taken one array after another."""

import numpy as np


class Arrays:
    def __init__(self, file):
        self.data = np.fromfile(file, np.float32)
        self.at = 0
        self.parameters = []

    def take(self, *shape):
        size = int(np.prod(shape))
        array = self.data[self.at : self.at + size].reshape(shape)
        self.at += size
        return array
