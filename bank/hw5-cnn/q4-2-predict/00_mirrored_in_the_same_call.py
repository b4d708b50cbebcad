def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    found = []
    with torch.no_grad():
        for part in images.split(1000):
            x = prepare(part.to(where))
            scores = model(torch.cat([x, x.flip(3)]))
            found.append((scores[: len(x)] + scores[len(x) :]).argmax(1).cpu())
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        file.writelines(f"{i},{int(c)}\n" for i, c in enumerate(classes))
