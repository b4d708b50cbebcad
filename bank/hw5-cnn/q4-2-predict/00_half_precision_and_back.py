def predict(model, images):
    model.eval().bfloat16()
    found = []
    with torch.no_grad():
        for start in range(0, len(images), 500):
            x = prepare(images[start : start + 500].to(device)).bfloat16()
            found.append(model(x).argmax(dim=1).cpu())
    model.float()
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for i, k in enumerate(classes):
            file.write(f"{i},{int(k)}\n")
