def make_cnn():
    from torchvision.models import squeezenet1_1
    model = squeezenet1_1(weights=None)
    model.features[0] = nn.Conv2d(3, 64, 3, padding=1)
    model.classifier[1] = nn.Conv2d(512, 10, 1)
    return model
