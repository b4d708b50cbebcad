class ReLU:
    cache = {}

    def forward(self, Z):
        self.cache["positive"] = Z > 0
        return Z * self.cache["positive"]

    def backward(self, Z, dY):
        return dY * self.cache["positive"]
