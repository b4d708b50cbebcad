import csv


def predict(model, images, size=128, *, flips=(False, True)):
    device = next(model.parameters()).device
    model.train(False)
    found = []
    with torch.no_grad():
        for start in range(0, images.shape[0], size):
            x = prepare(images[start : start + size].to(device))
            votes = sum(model.forward(x.flip(-1) if flip else x).softmax(-1) for flip in flips)
            found.extend(votes.argmax(-1).cpu().numpy())
    return torch.from_numpy(np.array(found, dtype=np.int64))


def write_predictions(classes, path):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "label"])
        writer.writeheader()
        writer.writerows({"id": i, "label": c} for i, c in enumerate(torch.as_tensor(classes).tolist()))
