# misconception: Z is the input of softmax, not its output: compute σ first.
class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = Z
        return S * (dY - (dY * S).sum(axis=1, keepdims=True))
