class MLP(nn.Sequential):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        for k, (i, o) in enumerate(zip(sizes, sizes[1:]), 1):
            self.add_module(f"affine{k}", nn.Linear(i, o))
            if k < len(sizes) - 1:
                self.add_module(f"relu{k}", nn.ReLU())
