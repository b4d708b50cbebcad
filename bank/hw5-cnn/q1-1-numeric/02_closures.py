import operator
from functools import reduce


def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    def moved(index, by):
        y = np.array(x, copy=True, order="C")
        y.itemset(index, y.item(index) + by) if hasattr(y, "itemset") else operator.setitem(y, index, y[index] + by)
        return f(y)

    def slope(index):
        difference = np.atleast_1d(upstream * (moved(index, eps) - moved(index, -eps)))
        return reduce(operator.add, difference.ravel()) / (2 * eps)

    return np.fromiter(map(slope, np.ndindex(x.shape)), dtype=x.dtype, count=x.size).reshape(x.shape)
