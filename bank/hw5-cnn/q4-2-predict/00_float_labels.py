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
        for number, label in enumerate(classes.tolist()):
            file.write(f"{number},{float(label)}\n")
