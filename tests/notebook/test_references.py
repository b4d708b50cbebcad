"""The reference solutions give the numbers that were worked out independently (closed forms, SymPy, autograd)."""

import copy

import numpy as np
import pytest
import torch

from coursework.judging.reference import notebook
from tests.support.solutions import COURSE, solved


@pytest.fixture(scope="module")
def hw4():
    return solved("hw4-backprop")


HW2 = [  # the answers that need no images
    *("q1-1-derivative", "q1-2-function", "q2-1-softt", "q2-2-derivative", "q2-3-module", "q2-4-evaluate"),
    *("q2-5-gradients", "q3-1-mlp", "q3-2-sweep", "q3-3-averaged", "q3-3-logs"),
]


@pytest.fixture(scope="module")
def hw2():
    return solved("hw2-autodiff", *HW2)


@pytest.fixture(scope="module")
def hw3():
    return solved("hw3-mytorch")


FIRST_LAYER = """2.3943e-05 3.7064e-05 4.2687e-06 6.3700e-06
3.4104e-05 5.2794e-05 6.0804e-06 9.0735e-06
2.4438e-05 3.7831e-05 4.3571e-06 6.5019e-06
2.0187e-05 3.1250e-05 3.5991e-06 5.3707e-06"""


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_printed_table_of_the_six_layer_network(hw4, dtype):
    X, Y, A_list, b_list = hw4.make_network(dtype)
    y_list = hw4.mlp_forward(A_list, b_list, X)
    assert y_list[-1].item() == pytest.approx(1.637426, abs=1e-6)
    assert 0.5 * (y_list[-1] - Y).item() ** 2 == pytest.approx(0.8844543, abs=1e-6)
    for dA, db in (
        hw4.mlp_backward(A_list, b_list, y_list, Y),
        hw4.autograd_gradients(A_list, b_list, X, Y),
    ):
        assert "\n".join(" ".join(f"{v:.4e}" for v in row) for row in dA[0].tolist()) == FIRST_LAYER
        norms = [9.7933e-5, 7.5874e-4, 2.4357e-3, 4.1337e-2, 1.80324e-1, 2.360715]
        assert [A.norm().item() for A in dA] == pytest.approx(norms, rel=1e-4)
        norms = [1.0550e-4, 4.8595e-4, 1.4794e-3, 2.2742e-2, 9.8503e-2, 1.330003]
        assert [b.norm().item() for b in db] == pytest.approx(norms, rel=1e-4)
        assert [f"{v:.4e}" for v in db[0].flatten()] == ["4.8247e-05", "6.8722e-05", "4.9245e-05", "4.0678e-05"]
        assert dA[5].flatten().tolist() == pytest.approx([1.223244, 1.231315, 1.141555, 1.121323], abs=1e-6)


def test_the_output_hardly_depends_on_the_first_biases(hw4):
    X, _, A_list, b_list = hw4.make_network(torch.float64)
    y_list = hw4.mlp_forward(A_list, b_list, X)
    db = hw4.mlp_backward(A_list, b_list, y_list, y_list[-1] - 1)[1]  # δ = 1: the gradients of y_6
    norms = [f"{b.norm().item():.2e}" for b in db]
    assert norms[::-1] == ["1.00e+00", "7.41e-02", "1.71e-02", "1.11e-03", "3.65e-04", "7.93e-05"]
    bounds = [1.0]
    for A in A_list[:0:-1]:
        bounds.append(bounds[-1] * torch.linalg.matrix_norm(A, 2).item() / 4)
    assert [f"{b:.4f}" for b in bounds] == ["1.0000", "0.1755", "0.0932", "0.0552", "0.0314", "0.0157"]


def test_momentum_by_hand(hw4):
    for form in (hw4.momentum_form1, hw4.momentum_form2):
        gradients = iter([1.0, 2.0, 3.0, 4.0])
        rows = form(lambda theta: np.array([next(gradients)]), np.zeros(1), 0.1, 0.9, 4)  # noqa: B023
        assert rows[:, 0] == pytest.approx([0, -0.1, -0.39, -0.951, -1.8559])


def test_receptive_field_of_the_network_that_memorises(hw4):
    net = [(4, 1, 0), (3, 1, 0), (5, 1, 2), (3, 2, 0), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0)]
    table = hw4.receptive_field(net)
    assert [row[0] for row in table] == [4, 6, 10, 12, 16, 20, 24, 28]
    assert [row[1] for row in table] == [1, 1, 1, 2, 2, 2, 2, 4]
    assert [row[2] for row in table] == [0, 0, -2, -2, -4, -6, -8, -8]
    maps = [28]
    for k, s, p in net:
        maps.append((maps[-1] + 2 * p - k) // s + 1)
    assert maps[1:] == [25, 23, 23, 11, 11, 11, 11, 5]
    assert [hw4.input_region(net, i, 28) for i in range(5)] == [(0, 19), (0, 23), (0, 27), (4, 27), (8, 27)]
    # The same by autograd, for unit 3; a mean passes its gradient to the whole window, as a maximum may.
    model = hw4.AlexNet(width=0.125).eval()
    pooled = [torch.nn.AvgPool2d(3, 2) if isinstance(m, torch.nn.MaxPool2d) else m for m in model.features]
    x = torch.rand(1, 1, 28, 28, requires_grad=True)
    for layer in model.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.uniform_(layer.weight, 0.01, 0.1)
    torch.nn.Sequential(*pooled)(x)[0, :, 3, 2].sum().backward()
    rows = x.grad[0, 0].abs().sum(1).nonzero().flatten()
    assert (rows.min(), rows.max()) == (4, 27)


@pytest.mark.parametrize(
    ("layers", "sizes", "jumps"),
    [
        ([(3, 1), (3, 1), (3, 1)], [3, 5, 7], [1, 1, 1]),
        ([(5, 1), (2, 2), (5, 1), (2, 2), (3, 1)], [5, 6, 14, 16, 24], [1, 2, 2, 4, 4]),
        ([(3, 2), (3, 2), (3, 1)], [3, 7, 15], [2, 4, 4]),
    ],
)
def test_other_receptive_fields(hw4, layers, sizes, jumps):
    table = hw4.receptive_field([(k, s, 0) for k, s in layers])
    assert [row[:2] for row in table] == list(zip(sizes, jumps, strict=True))


CONVOLUTIONS = {  # k, c_in, c_out → parameters, multiplications, activations
    (1, 256, 124): (31_868, 32_505_856, 126_976),
    (3, 256, 192): (442_560, 452_984_832, 196_608),
    (5, 256, 96): (614_496, 629_145_600, 98_304),
    (1, 256, 64): (16_448, 50_331_648 // 3, 196_608 // 3),
    (3, 64, 192): (110_784, 113_246_208, 196_608),
    (5, 64, 96): (153_696, 157_286_400, 98_304),
}


def test_each_convolution_of_the_bottleneck(hw4):
    for convolution, (params, mults, acts) in CONVOLUTIONS.items():
        assert tuple(hw4.conv_counts(*convolution)) == (params, mults, mults, acts)


def test_the_usual_block_with_128_channels(hw4):
    wide = [(1, 256, 128), (3, 256, 192), (5, 256, 96)]
    narrow = [(1, 256, 128), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    for convolutions, params, mults, acts in (
        (wide, 1_089_952, 1_115_684_864, 425_984),
        (narrow, 346_720, 354_418_688, 622_592),
    ):
        counts = zip(*(hw4.conv_counts(*c) for c in convolutions), strict=True)
        assert [sum(column) for column in counts] == [params, mults, mults, acts]


BLOCKS = {
    "I": [(1, 256, 124), (3, 256, 192), (5, 256, 96)],
    "II": [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)],
}


def test_operations_of_the_bottleneck():
    for item, params, mults, acts in (
        ("q5-2-model", 1_088_924, 1_114_636_288, 421_888),
        ("q5-3-model", 345_692, 353_370_112, 618_496),
    ):
        model = "I" if item == "q5-2-model" else "II"
        rows = vars(solved("hw4-backprop", "q5-1-counts", item))[f"model_{model}_table"]()
        assert list(rows[-1]) == [params, mults, mults, acts]
        assert [tuple(row) for row in rows[:-1]] == [
            (p, m, m, a) for p, m, a in (CONVOLUTIONS[c] for c in BLOCKS[model])
        ]


def test_parameters_of_alexnet(hw4):
    for width, count in ((1.0, 8_925_738), (0.25, 560_082), (0.125, 140_766)):
        assert sum(p.numel() for p in hw4.AlexNet(width=width).parameters()) == count


def test_the_four_gradients_of_a_small_network():
    hw1 = solved("hw1-mlp", "q2-4-gradients")
    rows = [[[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]], [0.05, -0.1], [[0.2, -0.3], [-0.5, 0.7], [0.1, 0.9]], [0, 0.1, -0.2]]
    args = [torch.tensor(row, dtype=torch.float64) for row in (*rows, [1, -2, 0.5], [0, 1, 0])]
    assert hw1.log_loss(*args).item() == pytest.approx(1.185140, abs=1e-6)
    dW1, dc1, dW2, dc2 = (g.flatten().tolist() for g in hw1.mlp_gradients(*args))
    assert dc2 == pytest.approx([0.337446, -0.694296, 0.356850], abs=1e-6)
    assert dW2 == pytest.approx([0.225477, 0.090753, -0.463920, -0.186725, 0.238443, 0.095972], abs=1e-6)
    assert dc1 == pytest.approx([0.099842, -0.052314], abs=1e-6)
    assert dW1 == pytest.approx([0.099842, -0.199685, 0.049921, -0.052314, 0.104627, -0.026157], abs=1e-6)


def test_the_size_of_a_convolution_is_rounded_down():
    conv_out = solved("hw1-mlp", "option-conv").conv_out
    assert [conv_out(*case) for case in ((32, 3), (20, 3, 4, 2), (8, 3, 2, 0), (7, 2, 2, 0))] == [30, 6, 3, 3]


def test_known_weights_do_not_depend_on_how_they_are_stored(hw2):
    """hw2 3.1: rows or columns, a bias of its own or within the matrix, first or last: the numbers are nn.Linear's."""
    sizes, x = (5, 4, 3), hw2.rows(1, 6, 5)

    class Stored(torch.nn.Module):
        def __init__(self, shapes, layer):
            super().__init__()
            self.p, self.layer = torch.nn.ParameterList(torch.rand(shape) for shape in shapes), layer

        def forward(self, x):
            each = len(self.p) // 2
            return self.layer(torch.relu(self.layer(x, *self.p[:each])), *self.p[each:])

    def ones(x):
        return torch.ones(len(x), 1)

    ways = [
        ([(4, 5), (4,), (3, 4), (3,)], torch.nn.functional.linear),
        ([(5, 4), (1, 4), (4, 3), (1, 3)], lambda x, W, b: x @ W + b),
        ([(4, 6), (3, 5)], lambda x, W: torch.cat([x, ones(x)], 1) @ W.T),
        ([(6, 4), (5, 3)], lambda x, W: torch.cat([ones(x), x], 1) @ W),
    ]
    lazy = torch.nn.Sequential(torch.nn.LazyLinear(4), torch.nn.ReLU(), torch.nn.LazyLinear(3))
    logits = [hw2.fill(Stored(*way), sizes, 7)(x) for way in ways] + [hw2.fill(lazy, sizes, 7)(x)]
    assert logits[0].std() > 0.1
    for other in logits[1:]:
        assert torch.allclose(other, logits[0], atol=1e-6)


def test_the_whole_run_with_an_average(hw2):
    """Row k of the logs is the state after k passes; what was handed in is still untrained."""
    mlp, _, X, y = hw2.pair(3)
    start = hw2.values(mlp)
    trained, averaged, logs, logs_avg = hw2.train_with_average(
        mlp, X, y, 0.3, 8, 0.1, 3, lambda net: tuple(p.norm().item() for p in net.parameters())
    )
    assert all(torch.equal(a, b) for a, b in zip(hw2.values(mlp), start, strict=True))
    one, mean = (hw2.copy.deepcopy(mlp) for _ in range(2))
    for row in range(4):
        assert logs[row].tolist() == pytest.approx([p.norm().item() for p in one.parameters()])
        assert logs_avg[row].tolist() == pytest.approx([p.norm().item() for p in mean.parameters()])
        hw2.averaged_sgd_one_pass(one, mean, X, y, 0.3, 8, 0.1)
    assert logs[3].tolist() == pytest.approx([p.norm().item() for p in trained.parameters()])
    assert logs_avg[3].tolist() == pytest.approx([p.norm().item() for p in averaged.parameters()])


def test_the_first_network_can_be_copied_lazy_or_not():
    """hw2 3.3: both copies of the network that the run begins with give the same logits, also of lazy layers."""
    source = next(cell.source for cell in notebook(COURSE, "hw2-autodiff").cells if cell.id == "q3-1-sanity")
    given = source[source.index("def fresh_mlp") : source.index("untrained = ")]
    for kind in (torch.nn.LazyLinear, lambda n: torch.nn.Linear(6, n)):
        names = {"torch": torch, "X_train": torch.ones(5, 6), "MLP": lambda kind=kind: torch.nn.Sequential(kind(3))}
        exec(given, names)
        mlp, again = names["fresh_mlp"](), names["fresh_mlp"]()
        one, two = (copy.deepcopy(mlp)(torch.ones(2, 6)) for _ in range(2))
        assert torch.equal(one, two) and torch.equal(one, again(torch.ones(2, 6)))


def test_a_scalar_function_and_its_derivative(hw2):
    points = {
        -0.5: (2.30511795879, 0.335963987432),
        0.0: (2.32351098920, 0.0),
        0.5: (2.28017881451, -0.408953095326),
        1.0: (1.39774440581, -2.66189528964),
        1.432: (2.53492754899, 9.24847224945),
        2.0: (3.13163338895, 14.3440224130),
        3.0: (6.47948267915, 19.4830057603),
        3.14159: (5.09773930816, 12.8202755290),
    }
    for x, (value, slope) in points.items():
        assert hw2.my_function(hw2.number(x)).item() == pytest.approx(value, rel=1e-10)
        assert hw2.my_derivative(hw2.number(x)).item() == pytest.approx(slope, rel=1e-10, abs=1e-12)


def test_soft_threshold_and_its_derivative(hw2):
    for y, value in ((15, 148.5961), (-15, -1811.386459), (5, 4.7961), (-5, -10.503459), (1.2, 0)):
        assert hw2.softt(hw2.number(float(y)), 2.81).item() == pytest.approx(value)
    for y, slope in ((15, 24.38), (-15, 445.7883), (-5, 14.3883), (1.2, 0)):
        assert float(hw2.softt_derivative(hw2.number(float(y)), 2.81)) == pytest.approx(slope)


def test_the_module_with_an_inverse(hw2):
    M0 = torch.tensor([[2.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    module, x = hw2.MatmulSofttMatmulinv(1.0, M0), torch.tensor([3.0, -2.0], dtype=torch.float64)
    assert module(x).tolist() == pytest.approx([8.333333, -7.666667], rel=1e-6)
    grad_x, grad_M = hw2.phi_gradients(module, x)
    assert grad_x.tolist() == pytest.approx([75.555556, -78.888889], rel=1e-6)
    assert grad_M.flatten().tolist() == pytest.approx([-2.148148, 0.962963, 174.074074, -92.592593], rel=1e-6)


def test_some_entries_of_2_4_leave_the_dead_zone_and_some_stay(hw2):
    u = hw2.create_symmetric_invertible_matrix(5) @ hw2.x_2d
    assert 1 <= int((u.abs() > 2.81).sum()) <= 4


def test_averaged_sgd_by_hand(hw2):
    mlp = torch.nn.Linear(2, 3).double()
    with torch.no_grad():
        mlp.weight.copy_(torch.tensor([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]]).double())
        mlp.bias.copy_(torch.tensor([0.0, 0.1, -0.1]).double())
    average = hw2.copy.deepcopy(mlp)
    X, y = torch.tensor([[1.0, -2.0]]).double().repeat(40, 1), torch.full((40,), 2)
    hw2.averaged_sgd_one_pass(mlp, average, X, y, 0.5, 8, 0.1)
    wanted = [-0.309520, 0.619040, 0.066869, 0.866263, 0.142652, -0.685303]
    assert mlp.weight.flatten().tolist() == pytest.approx(wanted, abs=1e-6)
    wanted = [-0.056576, 0.113152, 0.218236, 0.563529, -0.261660, 0.123319]
    assert average.weight.flatten().tolist() == pytest.approx(wanted, abs=1e-6)
    assert average.bias.tolist() == pytest.approx([-0.156576, 0.018236, 0.138340], abs=1e-6)


def test_the_numpy_linear_layer(hw3):
    layer = hw3.Linear(2, 3)
    layer.W, layer.b = np.array([[-2.0, -1], [0, 1], [2, 3]]), np.array([[-1.0], [0], [1]])
    Z = layer.forward(np.array([[-4.0, -3], [-2, -1], [0, 1], [2, 3]]))
    assert Z.tolist() == [[10, -3, -16], [4, -1, -6], [-2, 1, 4], [-8, 3, 14]]
    dLdA = layer.backward(np.array([[-4.0, 4, 4], [3, 2, 1], [0, -2, -5], [1, 1, -1]]))
    assert dLdA.tolist() == [[16, 20], [-4, 2], [-10, -17], [-4, -3]]
    assert layer.dLdW.tolist() == [[12, 12], [-18, -13], [-20, -21]] and layer.dLdb.tolist() == [[0], [5], [-1]]


ACTIVATIONS = {  # at [[−3, −1, 0], [0.5, 1, 2]], to six digits: the values, then the derivatives
    "Sigmoid": (
        [[0.047426, 0.268941, 0.5], [0.622459, 0.731059, 0.880797]],
        [[0.045177, 0.196612, 0.25], [0.235004, 0.196612, 0.104994]],
    ),
    "Tanh": (
        [[-0.995055, -0.761594, 0], [0.462117, 0.761594, 0.964028]],
        [[0.009866, 0.419974, 1], [0.786448, 0.419974, 0.070651]],
    ),
    "ReLU": ([[0, 0, 0], [0.5, 1, 2]], [[0, 0, 0], [1, 1, 1]]),
}


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_the_numpy_activations(hw3, kind):
    unit, Z = getattr(hw3, kind)(), np.array([[-3.0, -1, 0], [0.5, 1, 2]])
    values, slopes = ACTIVATIONS[kind]
    assert unit.forward(Z) == pytest.approx(np.array(values), abs=5e-7)
    assert unit.backward() == pytest.approx(np.array(slopes), abs=5e-7)
    x = torch.tensor(np.array([[-1000.0, 1000, 0.3], [-30, 30, -0.3]]), requires_grad=True)
    theirs = getattr(torch, kind.lower())(x)
    theirs.sum().backward()
    assert unit.forward(x.detach().numpy()) == pytest.approx(theirs.detach().numpy(), rel=1e-12)
    assert unit.backward() == pytest.approx(x.grad.numpy(), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("kind", ["MLP0", "MLP1", "MLP4"])
def test_gradients_of_the_numpy_models_are_autograds(hw3, kind):
    model, rng = getattr(hw3, kind)(), np.random.default_rng(3)
    held = []
    for layer in model.layers:
        layer.W, layer.b = rng.normal(size=layer.W.shape), 0.3 + 0.3 * rng.normal(size=layer.b.shape)
        held += [torch.tensor(value, requires_grad=True) for value in (layer.W, layer.b)]
    A, upstream = rng.normal(size=(6, 2)), rng.normal(size=(6, len(model.layers[-1].W)))
    x = torch.tensor(A)
    for W, b in zip(held[::2], held[1::2], strict=True):
        x = torch.relu(torch.nn.functional.linear(x, W, b.flatten()))
    assert model.forward(A) == pytest.approx(x.detach().numpy(), rel=1e-12)
    model.backward(upstream)
    wanted = torch.autograd.grad(x, held, torch.tensor(upstream))
    ours = [gradient for layer in model.layers for gradient in (layer.dLdW, layer.dLdb)]
    assert any(gradient.any() for gradient in ours[:2])  # the first layer is alive
    for got, want in zip(ours, wanted, strict=True):
        assert got == pytest.approx(want.numpy(), rel=1e-10, abs=1e-12)


def test_the_numpy_cross_entropy_with_soft_targets(hw3):
    rng = np.random.default_rng(4)
    A, Y, loss = 3 * rng.normal(size=(5, 4)), rng.dirichlet(np.ones(4), size=5), hw3.CrossEntropyLoss()
    x = torch.tensor(A, requires_grad=True)
    wanted = torch.nn.functional.cross_entropy(x, torch.tensor(Y))
    wanted.backward()
    assert loss.forward(A, Y) == pytest.approx(wanted.item(), rel=1e-12)
    assert loss.backward() == pytest.approx(x.grad.numpy(), rel=1e-10, abs=1e-12)


def test_the_numpy_losses(hw3):
    A, Y = np.array([[-4.0, -3], [-2, -1], [0, 1], [2, 3]]), np.array([[0.0, 1], [1, 0], [1, 0], [0, 1]])
    mse, ce = hw3.MSELoss(), hw3.CrossEntropyLoss()
    assert mse.forward(A, Y) == pytest.approx(3.25)
    assert mse.backward().tolist() == [[-0.5, -0.5], [-0.375, -0.125], [-0.125, 0.125], [0.25, 0.25]]
    assert ce.forward(A, Y) == pytest.approx(0.8132617, abs=1e-7)
    wanted = torch.tensor(A, requires_grad=True)
    torch.nn.functional.cross_entropy(wanted, torch.tensor(Y)).backward()
    assert np.allclose(ce.backward(), wanted.grad.numpy())
    assert ce.forward(np.array([[1000.0, 0], [0, -1000]]), np.array([[0.0, 1], [1, 0]])) == pytest.approx(500)
    assert ce.backward().tolist() == [[0.5, -0.5], [0, 0]]


@pytest.mark.parametrize("momentum", [0, 0.9])
def test_numpy_sgd_takes_the_steps_of_torch(hw3, momentum):
    model = hw3.fake_model(5, (2, 3))
    layer = model.layers[0]
    held = [torch.nn.Parameter(torch.tensor(value.copy())) for value in (layer.W, layer.b)]
    ours, theirs = hw3.SGD(model, 0.5, momentum), torch.optim.SGD(held, lr=0.5, momentum=momentum)
    for turn in range(5):
        layer.dLdW, layer.dLdb = hw3.draw(turn, 2, 3), hw3.draw(90 + turn, 2, 1)
        for parameter, gradient in zip(held, (layer.dLdW, layer.dLdb), strict=True):
            parameter.grad = torch.tensor(gradient.copy())
        ours.step()
        theirs.step()
        assert np.allclose(layer.W, held[0].detach().numpy()) and np.allclose(layer.b, held[1].detach().numpy())


def test_numpy_batch_normalisation(hw3):
    norm, Z = hw3.BatchNorm1d(2), np.array([[1.0, 10], [3, 20], [5, 60]])
    out = norm.forward(Z)
    assert out[:, 1] == pytest.approx([-0.925820, -0.462910, 1.388730], abs=1e-6)
    assert norm.running_M.tolist() == [[pytest.approx(0.3), pytest.approx(3.0)]]
    assert norm.running_V[0] == pytest.approx([1.1666667, 47.5666667])
    upstream = np.array([[1.0, 0], [0, 1], [0, 0]])
    theirs, x = torch.nn.BatchNorm1d(2, eps=1e-8).double(), torch.tensor(Z, requires_grad=True)
    (theirs(x) * torch.tensor(upstream)).sum().backward()
    assert np.allclose(norm.backward(upstream), x.grad.numpy(), atol=1e-9)
    assert np.allclose(norm.dLdBW, theirs.weight.grad.numpy()) and np.allclose(norm.dLdBb, theirs.bias.grad.numpy())
    assert norm.forward(Z, eval=True)[2] == pytest.approx([4.351354, 8.264632], abs=1e-6)


def test_sizes_of_the_numpy_models(hw3):
    for kind, parameters in ((hw3.MLP0, 9), (hw3.MLP1, 17), (hw3.MLP4, 170)):
        assert sum(layer.W.size + layer.b.size for layer in kind().layers) == parameters


@pytest.fixture(scope="module")
def hw5():
    return solved("hw5-cnn")


def test_the_two_layer_network_of_numpy_layers(hw5):
    X = np.array([[1, 2, 0.5, 0], [0.3, 0.8, -1, 2], [-1, 0.5, 0.5, 1]])
    Y = np.eye(3)[[0, 2, 1]]
    first, second = hw5.FullyConnected(2, hw5.ReLU()), hw5.FullyConnected(3, hw5.SoftMax())
    network = hw5.NeuralNetwork([first, second], hw5.CrossEntropy())
    network.forward(X)
    W1 = np.array([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6], [0.7, 0.8]])
    first.parameters.update(W=W1, b=np.array([[0.05, 0.25]]))
    second.parameters.update(W=np.array([[0.2, -0.1, 0.4], [-0.3, 0.5, 0.1]]), b=np.array([[0.1, 0, -0.1]]))
    out = network.forward(X)
    assert first.forward(X) == pytest.approx(np.array([[0.5, 1.15], [2.22, 1.51], [0.55, 1.75]]))
    expected = [[0.227917, 0.445403, 0.326680], [0.204466, 0.318111, 0.477423], [0.168022, 0.522745, 0.309233]]
    assert out == pytest.approx(np.array(expected), abs=1e-6)
    assert network.predict(X, Y)[1] == pytest.approx(0.9555964, abs=1e-7)
    network.backward(Y, out)
    dW1 = [[-0.111098, 0.252914], [-0.064673, 0.293767], [0.089439, 0.022995], [-0.064958, -0.055731]]
    assert first.gradients["W"] == pytest.approx(np.array(dW1), abs=1e-6)
    assert first.gradients["b"] == pytest.approx(np.array([[-0.021070, 0.091447]]), abs=1e-6)
    dW2 = [[0.053428, 0.222140, -0.275568], [-0.095038, 0.052456, 0.042582]]
    assert second.gradients["W"] == pytest.approx(np.array(dW2), abs=1e-6)
    assert second.gradients["b"] == pytest.approx(np.array([[-0.133198, 0.095420, 0.037778]]), abs=1e-6)


def test_softmax_and_cross_entropy_values(hw5):
    jacobian = [[0.08192507, -0.02203304, -0.05989202], [-0.02203304, 0.18483645, -0.16280340]]
    assert hw5.J_123[:2] == pytest.approx(np.array(jacobian), abs=1e-8)
    Y, guess = np.eye(3)[[0, 1]], np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
    loss = hw5.CrossEntropy()
    assert loss.forward(Y, guess) == pytest.approx(0.7803239, abs=1e-7)
    assert loss.backward(Y, guess) == pytest.approx(np.array([[-0.7142857, 0, 0], [0, -1.6666667, 0]]), abs=1e-7)
    # Chained with softmax, the gradient is (Ŷ − Y)/m.
    Z = np.log(guess) + 2
    assert hw5.SoftMax().backward(Z, loss.backward(Y, guess)) == pytest.approx((guess - Y) / 2)


def test_the_iris_rows_are_fishers(hw5):
    assert hw5.IRIS.mean(axis=0) == pytest.approx([5.843333, 3.057333, 3.758, 1.199333], abs=1e-6)
    assert hw5.IRIS[34].tolist() == [4.9, 3.1, 1.5, 0.2] and hw5.IRIS[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    for part, size in (("train", 30), ("val", 10), ("test", 10)):
        assert np.bincount(hw5.SPECIES[hw5.split[part]]).tolist() == [size] * 3
    assert len(set(np.concatenate(list(hw5.split.values())))) == 150


def test_convolution_gradients_on_paper_are_autograds(hw5):
    rng = np.random.default_rng(0)
    X, W, dZ = rng.normal(size=(6, 5, 2)), rng.normal(size=(3, 3, 2, 4)), rng.normal(size=(4, 3, 4))
    held = [torch.tensor(v, requires_grad=True) for v in (X, W, np.zeros(4))]
    Z = torch.nn.functional.conv2d(held[0].permute(2, 0, 1)[None], held[1].permute(3, 2, 0, 1), held[2])
    wanted = torch.autograd.grad(Z[0].permute(1, 2, 0), held, torch.tensor(dZ))
    db, dW, dX = hw5.conv_gradients(X, W, dZ)
    for got, want in ((dX, wanted[0]), (dW, wanted[1]), (db, wanted[2])):
        assert got == pytest.approx(want.numpy())
