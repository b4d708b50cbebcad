def predict(model, images):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(prepare(part)).argmax(dim=1) for part in images.chunk(20)])


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for i, label in enumerate(classes):
            file.write(f"{i},{int(label)}\n")
