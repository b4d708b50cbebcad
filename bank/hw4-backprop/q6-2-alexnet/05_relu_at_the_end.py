# misconception: There is a ReLU behind the last layer: logits may be negative.
class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        w = lambda n: int(round(n * width))
        self.conv1 = nn.Conv2d(1, w(96), kernel_size=4)
        self.conv2 = nn.Conv2d(w(96), w(96), kernel_size=3)
        self.conv3 = nn.Conv2d(w(96), w(256), kernel_size=5, padding=2)
        self.conv4 = nn.Conv2d(w(256), w(384), kernel_size=3, padding=1)
        self.conv5 = nn.Conv2d(w(384), w(384), kernel_size=3, padding=1)
        self.conv6 = nn.Conv2d(w(384), w(256), kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(kernel_size=3, stride=2)
        self.drop = nn.Dropout(0.5)
        self.fc1 = nn.Linear(w(256) * 5 * 5, w(800))
        self.fc2 = nn.Linear(w(800), num_class)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = F.relu(self.conv2(x))
        x = self.pool(F.relu(self.conv3(x)))
        x = F.relu(self.conv4(x))
        x = F.relu(self.conv5(x))
        x = self.pool(F.relu(self.conv6(x)))
        x = self.drop(torch.flatten(x, 1))
        x = F.relu(self.fc1(x))
        return F.relu(self.fc2(x))
