def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    found = []
    with torch.no_grad():
        for part in torch.split(images, 256):
            found.append(model(prepare(part.to(where))).argmax(dim=1).cpu())
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for number, label in [(0, c) for c in classes.tolist()]:
            file.write(f"{number},{label}\n")
