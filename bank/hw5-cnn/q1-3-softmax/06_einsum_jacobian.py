class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        J = np.einsum("mi,ij->mij", S, np.eye(S.shape[1])) - np.einsum("mi,mj->mij", S, S)
        return np.einsum("mij,mi->mj", J, dY)
