class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return np.stack([(np.diag(s) - np.outer(s, s)) @ g for s, g in zip(S, dY)])
