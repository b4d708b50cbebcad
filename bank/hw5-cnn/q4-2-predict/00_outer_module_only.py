def predict(model, images):
    model.training = False
    with torch.no_grad():
        found = [model(prepare(images[i : i + 200])).argmax(dim=1) for i in range(0, len(images), 200)]
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for i, label in enumerate(classes):
            file.write(f"{i},{int(label)}\n")
