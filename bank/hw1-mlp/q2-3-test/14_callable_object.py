class Tester:
    """Called like a function."""

    def __init__(self):
        self.right, self.total = 0, 0

    @torch.inference_mode()
    def share(self, model, loader):
        self.right = self.total = 0
        for image, label in loader:
            weight = next(model.parameters())
            if weight.is_cuda:
                image, label = image.cuda(), label.cuda()
            self.right += (model(image.flatten(1)).argmax(-1) == label).float().sum().item()
            self.total += label.numel()
        return self.right / self.total

    def __call__(self, model, train_dataloader, test_dataloader):
        modes = {m: m.training for m in model.modules()}
        model.eval()
        try:
            return np.array([self.share(model, loader) for loader in (train_dataloader, test_dataloader)])
        finally:
            for m, mode in modes.items():
                m.training = mode


test = Tester()
