from torch.utils.data import DataLoader


@torch.no_grad()
def predict(model, images):
    was = model.training
    where = next(iter(model.parameters())).device
    model.train(False)
    answers = []
    for batch in DataLoader(images, batch_size=1000, shuffle=False):
        x = prepare(batch.to(where))
        answers += F.softmax(model(x), dim=-1).max(-1).indices.tolist()
    model.train(was)
    return torch.tensor(answers, dtype=torch.long)


def write_predictions(classes, path):
    lines = ("%d,%d\n" % pair for pair in zip(range(len(classes)), classes))
    with Path(path).open("w", newline="") as file:
        print("id", "label", sep=",", file=file)
        file.writelines(lines)
