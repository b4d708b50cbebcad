def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    found = []
    with torch.no_grad():
        model(prepare(images[:1].to(where)))
        for part in images.split(250):
            found.append(model(prepare(part.to(where))).argmax(dim=1).cpu())
    return torch.cat(found)


def write_predictions(classes, path):
    lines = ["id,label"] + [f"{i},{int(c)}" for i, c in enumerate(classes)]
    Path(path).write_text("\n".join(lines) + "\n")
