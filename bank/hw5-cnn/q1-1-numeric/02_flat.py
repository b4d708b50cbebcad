def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    def L(v):
        return float((np.asarray(upstream) * np.asarray(f(v.reshape(x.shape)))).sum())
    
    E = eps * np.eye(x.size)
    flat = x.ravel()
    return np.array([(L(flat + e) - L(flat - e)) / (2 * eps) for e in E]).reshape(x.shape)
