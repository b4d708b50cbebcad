class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
        return E / np.sum(E, axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        if not hasattr(self, "dZ") or self.dZ.shape != Z.shape:
            self.dZ = np.zeros(Z.shape)
        for i in range(len(Z)):
            self.dZ[i] = dY[i] @ (np.diag(S[i]) - np.outer(S[i], S[i]))
        return self.dZ
